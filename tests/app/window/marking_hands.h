// MarkingHands: a window whose marks a test sets and reads, as a person would: by clicks, keys and the list of marks.
#pragma once

#include "tests/app/window/open_window.h"
#include "widgets/marks/marks_pane.h"
#include "widgets/marks/note_dialog.h"

#include <QComboBox>
#include <QStatusBar>
#include <QTreeView>

namespace octetscope::test {

class MarkingHands {
 protected:
  std::unique_ptr<QTemporaryDir> dir_;
  std::unique_ptr<OpenWindow> w_;

  QString settingsPath() const { return dir_->filePath(QStringLiteral("settings.ini")); }

  MarksPane *pane() const { return w_->window.marks(); }
  QTreeView *list() const { return pane()->list(); }
  CaptureMarks &marks() const { return w_->window.shownCapture()->marks(); }
  /// "4-8 green", a text each.
  QStringList marked() const {
    QStringList texts;
    const MarkListModel *model = pane()->model();
    for (int row = 0; row < model->rowCount(); ++row) {
      QString text = QStringLiteral("%1 %2").arg(model->index(row, MarkListModel::PlaceColumn).data().toString(),
                                                 model->index(row, MarkListModel::ColorColumn).data().toString());
      const QString note = model->index(row, MarkListModel::NoteColumn).data().toString();
      texts += note.isEmpty() ? text : text + QStringLiteral(": ") + note;
    }
    return texts;
  }
  std::optional<Selection> selected() const { return w_->view()->hub()->current(); }
  ByteRange selectedRange() const { return selected() ? selected()->range : ByteRange(); }
  void clickMessage(int row) {
    const QModelIndex index = w_->messages()->model()->index(row, MessageTreeModel::SizeColumn);
    QTest::mouseClick(w_->messages()->viewport(), Qt::LeftButton, {}, w_->messages()->visualRect(index).center());
  }
  void dragBytes(quint64 from, quint64 to) {
    QWidget *bytes = w_->bytes()->viewport();
    const auto at = [&](quint64 offset) { return w_->bytes()->cellRect(HexColumn::Hex, offset).center().toPoint(); };
    QTest::mousePress(bytes, Qt::LeftButton, {}, at(from));
    QTest::mouseMove(bytes, at(to));
    QTest::mouseRelease(bytes, Qt::LeftButton, {}, at(to));
  }
  void selectMessages(int first, int last) {
    clickMessage(first);
    for (int row = first; row < last; ++row) QTest::keyClick(w_->messages(), Qt::Key_Down, Qt::ShiftModifier);
  }
  void answerNote(const QString &note, int color = -1) {
    NoteDialog *dialog = nullptr;
    SOON_VERIFY((dialog = w_->window.findChild<NoteDialog *>()) && dialog->isVisible());
    auto *line = named<QLineEdit>(dialog, QStringLiteral("Note"));
    line->selectAll();
    QTest::keyClicks(line, note);
    if (color >= 0) named<QComboBox>(dialog, QStringLiteral("Colour of the mark"))->setCurrentIndex(color);
    QTest::keyClick(dialog, Qt::Key_Return);
    SOON_VERIFY(!w_->window.findChild<NoteDialog *>());
    w_->activate();
  }
  void openLines() {
    w_->openBytes("one\ntwo\nthree\nfour\n");
    w_->decode(QStringLiteral("lines"));
    SOON_COMPARE(w_->messageRows().size(), qsizetype(4));
  }

  void open() {
    dir_ = std::make_unique<QTemporaryDir>();
    QSettings(settingsPath(), QSettings::IniFormat)
        .setValue(QStringLiteral("marks/folder"), dir_->filePath(QStringLiteral("marks")));
    w_ = std::make_unique<OpenWindow>(settingsPath());
  }
  void close() { w_.reset(); }
};

}  // namespace octetscope::test
