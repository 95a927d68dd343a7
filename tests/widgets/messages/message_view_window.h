// MessageViewWindow: a MessageTreeView over a fake model, with a hub, shown; and the mouse and keys to use it with.
#pragma once

#include "tests/support/fake_message_model.h"
#include "widgets/messages/message_header.h"
#include "widgets/messages/message_tree_view.h"

#include <QApplication>
#include <QTest>

namespace octetscope::test {

using M = MessageTreeModel;

/// A view over a fake model with a hub, shown.
struct MessageViewWindow {
  FakeMessageModel model;
  SelectionHub hub;
  MessageTreeView view;

  explicit MessageViewWindow(int rows, int eventEvery = 0, QSize size = {900, 400}) : model(rows, eventEvery) {
    view.setModel(&model, [this](const Selection &selection) { return model.locate(selection); });
    view.setSelectionHub(&hub);
    view.resize(size);
    view.show();
    view.activateWindow();
    view.setFocus();
    if (!QTest::qWaitForWindowActive(&view)) qFatal("the window does not come up");
  }
  QPoint middleOf(quint64 line, int column = M::SummaryColumn) {
    return view.visualRect(view.indexAtLine(line).siblingAtColumn(column)).center();
  }
  void click(quint64 line, Qt::KeyboardModifiers modifiers = {}) {
    QTest::mouseClick(view.viewport(), Qt::LeftButton, modifiers, middleOf(line));
  }
  void clickArrow(quint64 line) {
    int depth = 0;
    for (QModelIndex at = view.indexAtLine(line).parent(); at.isValid(); at = at.parent()) ++depth;
    const MessageRowPainter painter(view.viewport(), view.header(), view.rowHeight(), true);
    const int y = static_cast<int>(line - view.topLine()) * view.rowHeight();
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, painter.arrowRect(depth, y).center());
  }
  void key(int key, Qt::KeyboardModifiers modifiers = {}) {
    QTest::keyClick(&view, static_cast<Qt::Key>(key), modifiers);
  }
  /// Types `text` at a moment of the key events' clock, in milliseconds.
  void type(const QString &text, quint64 atMs) {
    for (const QChar letter : text) {
      QKeyEvent press(QEvent::KeyPress, letter.toUpper().unicode(), Qt::NoModifier, letter);
      press.setTimestamp(atMs);
      QApplication::sendEvent(&view, &press);
    }
  }
  quint64 currentLine() const { return view.lineOf(view.currentIndex()).value_or(~0ULL); }
  /// The selected lines, as "1 3-5".
  QString selected() const {
    QStringList runs;
    const LineRuns lines = view.selectedLines();
    for (const LineRun &run : lines.runs()) {
      runs.append(run.first == run.last ? QString::number(run.first)
                                        : QStringLiteral("%1-%2").arg(run.first).arg(run.last));
    }
    return runs.join(QLatin1Char(' '));
  }
  QString nameAt(quint64 line) const { return view.indexAtLine(line).data().toString(); }
};

}  // namespace octetscope::test
