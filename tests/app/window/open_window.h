// OpenWindow: the whole window as a person finds it, with settings of its own, and the hands and eyes of a test: keys
// and clicks on the real widgets, rows as text. Waiting runs the event loop and never sleeps.
#pragma once

#include "app/connection_view.h"
#include "app/main_window.h"
#include "app/window_commands.h"
#include "tests/support/live_test.h"
#include "tests/widgets/named_controls.h"
#include "widgets/composer/composer_panel.h"
#include "widgets/connections/connections_pane.h"
#include "widgets/controls/error_line_edit.h"
#include "widgets/decoder/decoder_bar.h"
#include "widgets/decoder/spec_line.h"
#include "widgets/endpoint/connect_dialog.h"
#include "widgets/endpoint/listen_dialog.h"
#include "widgets/hexview/hex_view.h"
#include "widgets/messages/message_tree_view.h"

#include <QAbstractButton>
#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <functional>

namespace octetscope::test {

/// Answers the next modal dialog of type T, as soon as it is there: `answer` must close it.
template <typename T>
class Answer {
 public:
  explicit Answer(std::function<void(T *)> answer) : answer_(std::move(answer)) {
    QObject::connect(&timer_, &QTimer::timeout, [this] {
      auto *dialog = qobject_cast<T *>(QApplication::activeModalWidget());
      if (!dialog || !dialog->isVisible()) return;
      timer_.stop();
      wasAsked_ = true;
      answer_(dialog);
    });
    timer_.start(1);
  }
  bool wasAsked() const { return wasAsked_; }

 private:
  std::function<void(T *)> answer_;
  QTimer timer_;
  bool wasAsked_ = false;
};

inline QAbstractButton *button(const QObject *parent, const QString &text) {
  for (QAbstractButton *one : parent->findChildren<QAbstractButton *>()) {
    if (one->text().remove(QLatin1Char('&')) == text) return one;
  }
  return nullptr;
}

inline void type(QLineEdit *edit, const QString &text) {
  edit->setFocus();
  edit->selectAll();
  QTest::keyClick(edit, Qt::Key_Delete);
  QTest::keyClicks(edit, text);
  // What is offered below the line is not wanted.
  while (QWidget *popup = QApplication::activePopupWidget()) QTest::keyClick(popup, Qt::Key_Escape);
  // The offscreen platform leaves no window active behind it.
  edit->activateWindow();
  if (!QTest::qWaitForWindowActive(edit->window())) qWarning("the window did not become active");
}

struct OpenWindow {
  /// `settings`: where another window left them; empty: none yet.
  explicit OpenWindow(const QString &settingsPath = {})
      : settings(settingsPath.isEmpty() ? dir.filePath(QStringLiteral("settings.ini")) : settingsPath,
                 QSettings::IniFormat),
        window(&workspace, &settings) {
    window.show();
    activate();
  }

  QTemporaryDir dir;
  QSettings settings;
  Workspace workspace;
  MainWindow window;

  ConnectionView *view() const { return window.view(); }
  MessageTreeView *messages() const { return window.view()->messages(); }
  HexView *bytes() const { return window.view()->bytes(); }
  QAction *action(ActionId id) { return window.actions()[id]; }
  std::shared_ptr<Connection> connection() const { return window.view()->connection(); }

  ErrorLineEdit *spec() const {
    return named<ErrorLineEdit>(window.decoderBar(), QStringLiteral("Framing as text (SPEC)"));
  }
  ErrorLineEdit *layout() const {
    return named<ErrorLineEdit>(window.decoderBar(), QStringLiteral("Struct layout of a payload"));
  }
  static QString sentenceOf(const QWidget *line) {
    return static_cast<SpecLine *>(line->parentWidget())->sentence()->text();
  }
  QString state() const { return named<QLabel>(&window, QStringLiteral("State of the connection"))->text(); }
  QString counts() const { return named<QLabel>(&window, QStringLiteral("What was captured"))->text(); }
  QString words() const { return named<QLabel>(&window, QStringLiteral("What the receiver knows"))->text(); }
  /// The error bar's words; empty where it is not shown.
  QString error() const {
    const auto *label = named<QLabel>(&window, QStringLiteral("Error"));
    return label->isVisible() ? label->text() : QString();
  }

  QVariant data(const QModelIndex &row, int role) const { return row.data(role); }
  /// Rows of messages, one text each: "in 0+9 Complete".
  QStringList messageRows() const {
    static const char *const statuses[] = {"Complete", "Incomplete", "Error"};
    QStringList rows;
    const QAbstractItemModel *model = messages()->model();
    for (int i = 0; i < model->rowCount(); ++i) {
      const QModelIndex row = model->index(i, 0);
      using M = MessageTreeModel;
      if (row.data(M::KindRole).toInt() != static_cast<int>(M::Kind::Message)) continue;
      const quint64 begin = row.data(M::RangeBeginRole).toULongLong();
      rows.append(QStringLiteral("%1 %2+%3 %4")
                      .arg(row.data(M::DirectionRole).toInt() == static_cast<int>(Direction::In)
                               ? QStringLiteral("in")
                               : QStringLiteral("out"))
                      .arg(begin)
                      .arg(row.data(M::RangeEndRole).toULongLong() - begin)
                      .arg(QLatin1String(statuses[row.data(M::StatusRole).toInt()])));
    }
    return rows;
  }
  /// How many rows tell of an event of `kind`.
  int eventRows(Event::Kind kind) const {
    int count = 0;
    const QAbstractItemModel *model = messages()->model();
    for (int i = 0; i < model->rowCount(); ++i) {
      const QVariant of = model->index(i, 0).data(MessageTreeModel::EventKindRole);
      if (of.isValid() && of.toInt() == static_cast<int>(kind)) ++count;
    }
    return count;
  }
  ByteRange currentRange() const {
    const QModelIndex row = messages()->currentIndex();
    return {row.data(MessageTreeModel::RangeBeginRole).toULongLong(),
            row.data(MessageTreeModel::RangeEndRole).toULongLong()};
  }
  /// Clicks on a byte of the hex view.
  void clickByte(quint64 offset) {
    QTest::mouseClick(bytes()->viewport(), Qt::LeftButton, {},
                      bytes()->cellRect(HexColumn::Hex, offset).center().toPoint());
  }
  void press(const QString &text) {
    QAbstractButton *one = button(window.composer(), text);
    QVERIFY2(one && one->isVisible() && one->isEnabled(), qPrintable(text));
    QTest::mouseClick(one, Qt::LeftButton);
  }
  /// A shortcut, to the window as a whole.
  void key(Qt::Key one, Qt::KeyboardModifiers modifiers = {}) {
    activate();
    QTest::keyClick(&window, one, modifiers);
  }
  /// The offscreen platform does not make the window active again when a dialog before it closes; shortcuts need that.
  void activate() {
    window.activateWindow();
    if (!QTest::qWaitForWindowActive(&window)) qWarning("the window did not become active");
  }
  /// Listens on a free port of 127.0.0.1, by the dialog; 0: it did not.
  quint16 listen();
  /// Connects by the dialog.
  void connectTo(quint16 port);
  /// Opens a file that has `bytes`.
  void openBytes(const QByteArray &bytes, const QString &name = QStringLiteral("some.bin")) {
    QFile file(dir.filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    file.close();
    window.commands()->openFile(file.fileName());
  }
  void decode(const QString &framing, const QString &layoutText = {}) {
    type(spec(), framing);
    type(layout(), layoutText);
  }
};

inline void typeNumber(QSpinBox *box, int number) {
  box->setFocus();
  box->selectAll();
  QTest::keyClicks(box, QString::number(number));
}

inline quint16 OpenWindow::listen() {
  const Answer<ListenDialog> answer([](ListenDialog *dialog) {
    typeNumber(named<QSpinBox>(dialog, QStringLiteral("Port")), 0);
    QTest::keyClick(dialog, Qt::Key_Return);
  });
  key(Qt::Key_L, Qt::ControlModifier);
  const LiveListener *listener = window.shownCapture() ? workspace.listener(window.shownCapture()) : nullptr;
  if (!listener || !QTest::qWaitFor([&] { return listener->isListening(); }, 60'000)) return 0;
  return listener->endpoint().port;
}

inline void OpenWindow::connectTo(quint16 port) {
  const Answer<ConnectDialog> answer([port](ConnectDialog *dialog) {
    type(named<ErrorLineEdit>(dialog, QStringLiteral("Host to connect to")), QStringLiteral("127.0.0.1"));
    typeNumber(named<QSpinBox>(dialog, QStringLiteral("Port")), port);
    QTest::keyClick(dialog, Qt::Key_Return);
  });
  key(Qt::Key_N, Qt::ControlModifier);
}

}  // namespace octetscope::test
