// What the window's commands do: files, saving, questions, pausing, clearing, finding, going, colours, and
// layout.
#include "tests/app/window/open_window.h"
#include "tests/support/python_peer.h"
#include "widgets/composer/file_page.h"
#include "widgets/hexview/find_bar.h"
#include "widgets/hexview/go_to_bar.h"

#include <QClipboard>
#include <QComboBox>
#include <QDockWidget>
#include <QDropEvent>
#include <QFile>
#include <QFileDialog>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>

using namespace octetscope;
using namespace octetscope::test;

namespace {

QString text(const char *words) {
  return QString::fromUtf8(words);
}

/// Types `path` into a file dialog and accepts it.
std::function<void(QFileDialog *)> choose(const QString &path) {
  return [path](QFileDialog *dialog) {
    auto *line = dialog->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"));
    line->setFocus();
    line->setText(path);
    QTest::keyClick(line, Qt::Key_Return);
  };
}

std::function<void(QMessageBox *)> clickOn(QMessageBox::StandardButton which) {
  return [which](QMessageBox *box) { QTest::mouseClick(box->button(which), Qt::LeftButton); };
}

}  // namespace

class TestWindowCommands : public QObject {
  Q_OBJECT

  std::unique_ptr<OpenWindow> w_;
  std::unique_ptr<PythonPeer> peer_;

  QString write(const char *name, const QByteArray &bytes) {
    QFile file(w_->dir.filePath(text(name)));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) return {};
    return file.fileName();
  }
  static QByteArray read(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }
  void clientConnects() {
    const quint16 port = w_->listen();
    QVERIFY(port != 0);
    peer_ = std::make_unique<PythonPeer>(text("tcp_peer.py"),
                                         QStringList{text("connect"), QString::number(port), text("obey")});
    SOON_VERIFY(w_->window.shownLive() && w_->window.shownLive()->state() == LinkState::Open);
  }
  void arrives(const QByteArray &bytes) {
    const quint64 there = w_->connection()->stream(Direction::In).size();
    QCOMPARE(peer_->order("send " + bytes.toHex()), QByteArray("ok"));
    SOON_COMPARE(w_->connection()->stream(Direction::In).size(), there + static_cast<quint64>(bytes.size()));
  }

 private Q_SLOTS:
  void initTestCase() { QApplication::setAttribute(Qt::AA_DontUseNativeDialogs); }
  void init() { w_ = std::make_unique<OpenWindow>(); }
  void cleanup() {
    peer_.reset();
    w_.reset();
    QApplication::setPalette(Theme::palette(ThemeChoice::System));
  }

  void aFileIsChosenAndOpened() {
    const QString path = write("some.bin", "abcdef");
    const Answer<QFileDialog> answer(choose(path));
    w_->key(Qt::Key_O, Qt::ControlModifier);
    QVERIFY(answer.wasAsked());
    QVERIFY(w_->window.shownCapture());
    QCOMPARE(w_->window.windowTitle(), text("some.bin — Octetscope"));
    QCOMPARE(w_->state(), text("from a file"));
    SOON_COMPARE(w_->messageRows(), QStringList{text("in 0+6 Complete")});
    QVERIFY(!w_->action(ActionId::Send)->isEnabled());
    // It is offered again.
    QMenu *recent = w_->window.commands()->recentFiles();
    QCOMPARE(recent->actions().size(), 1);
    recent->actions().first()->trigger();
    QCOMPARE(w_->workspace.captures()->count(), 2);
    QCOMPARE(recent->actions().size(), 1);
  }

  void droppedFilesAreOpened() {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(write("one.bin", "1")), QUrl::fromLocalFile(write("two.bin", "22"))});
    QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&w_->window, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&w_->window, &drop);
    QVERIFY(drop.isAccepted());
    QCOMPARE(w_->workspace.captures()->count(), 2);
    QCOMPARE(w_->window.shownCapture()->title(), text("two.bin"));
    QMimeData words;
    words.setText(text("no file"));
    QDragEnterEvent other(QPoint(300, 300), Qt::CopyAction, &words, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&w_->window, &other);
    QVERIFY(!other.isAccepted());
  }

  void aMissingFileIsAnErrorInSight() {
    w_->window.commands()->openFile(w_->dir.filePath(text("missing.bin")));
    QVERIFY2(w_->error().contains(text("missing.bin")), qPrintable(w_->error()));
    QCOMPARE(w_->workspace.captures()->count(), 0);
    QVERIFY(w_->window.commands()->recentFiles()->actions().isEmpty());
  }

  void receivedAndSentBytesAreSaved() {
    clientConnects();
    arrives("received");
    w_->window.shownLive()->send("sent");
    SOON_VERIFY(w_->action(ActionId::SaveSent)->isEnabled());
    QVERIFY(w_->workspace.isUnsaved(w_->window.shownCapture()));
    using Row = std::tuple<Qt::KeyboardModifiers, const char *, const char *>;
    for (const auto &[key, name, bytes] : {Row{Qt::ControlModifier, "in.bin", "received"},
                                           Row{Qt::ControlModifier | Qt::ShiftModifier, "out.bin", "sent"}}) {
      const QString path = w_->dir.filePath(text(name));
      const Answer<QFileDialog> answer(choose(path));
      QVERIFY(w_->workspace.isUnsaved(w_->window.shownCapture()));  // one direction is not the other
      w_->key(Qt::Key_S, key);
      QVERIFY(answer.wasAsked());
      SOON_VERIFY(!w_->window.commands()->isSaving());
      QCOMPARE(read(path), QByteArray(bytes));
    }
    QVERIFY(!w_->workspace.isUnsaved(w_->window.shownCapture()));
    QVERIFY(w_->window.close());  // without a question
  }

  void whatCannotBeWrittenIsAnError() {
    clientConnects();
    arrives("x");
    SOON_VERIFY(w_->action(ActionId::SaveReceived)->isEnabled());
    const QString path = QStringLiteral("/proc/nowhere.bin");
    const Answer<QFileDialog> answer(choose(path));
    w_->action(ActionId::SaveReceived)->trigger();
    SOON_VERIFY(!w_->error().isEmpty());
    QVERIFY2(w_->error().contains(path), qPrintable(w_->error()));
    QVERIFY(w_->workspace.isUnsaved(w_->window.shownCapture()));
    QVERIFY(w_->action(ActionId::SaveReceived)->isEnabled());
  }

  void closingAsksBeforeUnsavedBytesAreLost() {
    clientConnects();
    arrives("precious");
    {
      const Answer<QMessageBox> answer([](QMessageBox *box) {
        QVERIFY2(box->text().contains(QStringLiteral("Listening")), qPrintable(box->text()));
        QTest::keyClick(box, Qt::Key_Return);  // the default keeps
      });
      QVERIFY(!w_->window.close());
      QVERIFY(answer.wasAsked());
      QVERIFY(w_->window.isVisible());
    }
    {
      const Answer<QMessageBox> answer(clickOn(QMessageBox::Cancel));
      w_->key(Qt::Key_W, Qt::ControlModifier);
      QVERIFY(answer.wasAsked());
      QCOMPARE(w_->workspace.captures()->count(), 1);
    }
    {
      const Answer<QMessageBox> answer(clickOn(QMessageBox::Discard));
      QVERIFY(w_->window.close());
      QVERIFY(answer.wasAsked());
      QVERIFY(!w_->window.isVisible());
    }
  }

  void closingACaptureShowsAnother() {
    w_->window.commands()->openFile(write("one.bin", "1"));
    w_->window.commands()->openFile(write("two.bin", "22"));
    w_->key(Qt::Key_W, Qt::ControlModifier);
    QCOMPARE(w_->workspace.captures()->count(), 1);
    QCOMPARE(w_->window.shownCapture()->title(), text("one.bin"));
    SOON_COMPARE(w_->messageRows(), QStringList{text("in 0+1 Complete")});
    w_->key(Qt::Key_W, Qt::ControlModifier);
    QVERIFY(!w_->window.shownCapture());
    QVERIFY(w_->messageRows().isEmpty());
    QVERIFY(!w_->action(ActionId::CloseCapture)->isEnabled());
    QVERIFY2(w_->state().contains(text("Nothing is open")), qPrintable(w_->state()));
  }

  void pausingHoldsTheRowsStill() {
    clientConnects();
    type(w_->spec(), text("fixed:2"));
    arrives("ab");
    SOON_COMPARE(w_->messageRows(), QStringList{text("in 0+2 Complete")});
    w_->key(Qt::Key_P, Qt::ControlModifier);
    QVERIFY(w_->action(ActionId::Pause)->isChecked());
    arrives("cdef");
    SOON_VERIFY(w_->counts().contains(text("4 more bytes")));
    QCOMPARE(w_->messageRows(), QStringList{text("in 0+2 Complete")});
    QCOMPARE(w_->view()->decoder()->view(Direction::In).size(), 2U);
    w_->key(Qt::Key_P, Qt::ControlModifier);
    const QStringList all = {text("in 0+2 Complete"), text("in 2+2 Complete"), text("in 4+2 Complete")};
    SOON_COMPARE(w_->messageRows(), all);
    QVERIFY(!w_->counts().contains(text("paused")));
  }

  void clearingPutsRowsAwayAndBringsThemBack() {
    clientConnects();
    type(w_->spec(), text("fixed:4"));
    arrives("abcdef");  // one message and a half
    const QStringList both = {text("in 0+4 Complete"), text("in 4+2 Incomplete")};
    SOON_COMPARE(w_->messageRows(), both);
    w_->key(Qt::Key_Delete, Qt::ControlModifier | Qt::ShiftModifier);
    // What is still arriving is not torn apart.
    SOON_COMPARE(w_->messageRows(), QStringList{text("in 4+2 Incomplete")});
    QCOMPARE(w_->action(ActionId::Clear)->text().remove(QLatin1Char('&')), text("Show what was cleared"));
    QVERIFY(w_->counts().contains(text("put away")));
    arrives("ghij");
    const QStringList later = {text("in 4+4 Complete"), text("in 8+2 Incomplete")};
    SOON_COMPARE(w_->messageRows(), later);
    QCOMPARE(w_->eventRows(Event::Kind::Accepted), 0);
    w_->key(Qt::Key_Delete, Qt::ControlModifier | Qt::ShiftModifier);
    SOON_COMPARE(w_->messageRows(), QStringList{text("in 0+4 Complete")} + later);
    SOON_COMPARE(w_->eventRows(Event::Kind::Accepted), 1);
  }

  void followingEndsAndGoesOn() {
    clientConnects();
    type(w_->spec(), text("fixed:1"));
    arrives(QByteArray(500, 'x'));
    SOON_COMPARE(w_->view()->decoder()->messageCount(Direction::In), 500U);
    QVERIFY(w_->action(ActionId::Follow)->isChecked());
    const auto atEnd = [this] {
      const MessageTreeView *messages = w_->messages();
      return messages->topLine() + messages->linesPerPage() >= messages->lineCount();
    };
    SOON_VERIFY(atEnd());
    w_->messages()->setFocus();
    QTest::keyClick(w_->messages(), Qt::Key_Home);
    QVERIFY(!w_->action(ActionId::Follow)->isChecked());
    QVERIFY(!button(w_->view(), text("Follow the newest"))->isChecked());
    arrives("y");
    SOON_COMPARE(w_->view()->decoder()->messageCount(Direction::In), 501U);
    QCOMPARE(w_->messages()->topLine(), 0U);
    // Its own key, from wherever the keyboard is, and again to end it.
    w_->key(Qt::Key_F5);
    QVERIFY(w_->action(ActionId::Follow)->isChecked());
    SOON_VERIFY(atEnd());
    w_->key(Qt::Key_F5);
    QVERIFY(!w_->action(ActionId::Follow)->isChecked());
    // Ctrl+End goes to the end of whatever has the keyboard, as everywhere; being there is following.
    w_->messages()->setFocus();
    QTest::keyClick(w_->messages(), Qt::Key_Home, Qt::ControlModifier);
    QCOMPARE(w_->messages()->topLine(), 0U);
    QTest::keyClick(w_->messages(), Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(w_->messages()->lineOf(w_->messages()->currentIndex()), std::optional(w_->messages()->lineCount() - 1));
    QVERIFY(w_->action(ActionId::Follow)->isChecked());
    w_->bytes()->setFocus();
    QTest::keyClick(w_->bytes(), Qt::Key_Home, Qt::ControlModifier);
    QCOMPARE(w_->bytes()->caret(), std::optional<quint64>(0));
    QTest::keyClick(w_->bytes(), Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(w_->bytes()->caret(), std::optional(w_->bytes()->source()->size() - 1));
    w_->window.composer()->focusEditor();
    QTest::keyClicks(QApplication::focusWidget(), text("ab"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Home, Qt::ControlModifier);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_End, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), text("c"));
    QCOMPARE(qobject_cast<QPlainTextEdit *>(QApplication::focusWidget())->toPlainText(), text("abc"));
    QTest::keyClick(w_->messages(), Qt::Key_End, Qt::ControlModifier);
    SOON_VERIFY(atEnd());
    arrives(QByteArray(500, 'z'));
    SOON_VERIFY(w_->view()->decoder()->messageCount(Direction::In) == 1001 && atEnd());
  }

  void textAndBytesAreFound() {
    w_->window.commands()->openFile(write("some.bin", "hay needle hay\x01\x02\x03 needle"));
    QTRY_COMPARE(w_->counts(), text("24 B · chunks: 1 · messages: 1"));  // a file is neither received nor sent
    SOON_COMPARE(w_->messageRows().size(), 1);
    w_->key(Qt::Key_F, Qt::ControlModifier);
    FindBar *bar = w_->view()->findBar();
    QVERIFY(bar->isVisible());
    auto *line = named<ErrorLineEdit>(bar, text("Find"));
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(line));
    QTest::keyClicks(line, text("needle"));
    QTest::keyClick(line, Qt::Key_Return);
    SOON_COMPARE(w_->bytes()->selection(), (ByteRange{4, 10}));
    w_->key(Qt::Key_F3);
    SOON_COMPARE(w_->bytes()->selection(), (ByteRange{18, 24}));
    w_->key(Qt::Key_F3, Qt::ShiftModifier);
    SOON_COMPARE(w_->bytes()->selection(), (ByteRange{4, 10}));
    auto *mode = bar->findChild<QComboBox *>();
    mode->setFocus();
    QTest::keyClick(mode, Qt::Key_Down);
    type(line, text("01 02 03"));
    QTest::keyClick(line, Qt::Key_Return);
    SOON_COMPARE(w_->bytes()->selection(), (ByteRange{14, 17}));
    type(line, text("ff ff"));
    QTest::keyClick(line, Qt::Key_Return);
    SOON_VERIFY(bar->message().contains(text("Not found")));
    QTest::keyClick(line, Qt::Key_Escape);
    QVERIFY(!bar->isVisible());
    QCOMPARE(w_->currentRange(), (ByteRange{0, 24}));  // what was found selected its message, too
  }

  void goesToOffsetsAndMessages() {
    w_->window.commands()->openFile(write("some.bin", "0123456789abcdef0123456789"));
    type(w_->spec(), text("fixed:5"));
    SOON_COMPARE(w_->messageRows().size(), 6);
    GoToBar *bar = w_->view()->goToBar();
    const auto go = [&](const char *where) {
      w_->key(Qt::Key_G, Qt::ControlModifier);
      auto *line = named<ErrorLineEdit>(bar, text("Go to"));
      type(line, text(where));
      QTest::keyClick(line, Qt::Key_Return);
    };
    go("0x11");
    QCOMPARE(w_->bytes()->caret(), std::optional<quint64>(17));
    QCOMPARE(w_->currentRange(), (ByteRange{15, 20}));
    QVERIFY(!bar->isVisible());
    go("#1");  // the second: they count from 0
    QCOMPARE(w_->bytes()->selection(), (ByteRange{5, 10}));
    QCOMPARE(w_->currentRange(), (ByteRange{5, 10}));
    go("9999");
    QVERIFY(bar->isVisible() && !bar->message().isEmpty());
    QTest::keyClick(named<ErrorLineEdit>(bar, text("Go to")), Qt::Key_Escape);
    QVERIFY(!bar->isVisible());
    w_->key(Qt::Key_Down, Qt::ControlModifier);
    QCOMPARE(w_->currentRange(), (ByteRange{10, 15}));
    w_->key(Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(w_->bytes()->selection(), (ByteRange{5, 10}));
  }

  void theMessagesMenuCopiesAndGoesToBytes() {
    w_->window.commands()->openFile(write("some.bin", "ABCDEF"));
    type(w_->spec(), text("fixed:2"));
    SOON_COMPARE(w_->messageRows().size(), 3);
    w_->messages()->setFocus();
    QTest::keyClick(w_->messages(), Qt::Key_End);
    QTest::keyClick(w_->messages(), Qt::Key_Up);
    QCOMPARE(w_->currentRange(), (ByteRange{2, 4}));
    const std::unique_ptr<QMenu> menu(w_->messages()->createRowMenu(nullptr));
    const auto entry = [&](const char *words) -> QAction * {
      for (QAction *action : menu->actions()) {
        if (action->text().remove(QLatin1Char('&')) == text(words)) return action;
      }
      return nullptr;
    };
    QVERIFY(entry("Copy as Hex") && entry("Go to Bytes"));
    QApplication::clipboard()->clear();
    entry("Copy as Hex")->trigger();
    QCOMPARE(QApplication::clipboard()->text(), text("43 44"));
    entry("Go to Bytes")->trigger();
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(w_->bytes()));
    QCOMPARE(w_->bytes()->selection(), (ByteRange{2, 4}));
  }

  void coloursChangeAtOnceAndAreRemembered() {
    const auto lightness = [this] { return w_->window.palette().color(QPalette::Window).lightness(); };
    w_->action(ActionId::ThemeDark)->trigger();
    QTRY_VERIFY(lightness() < 100);
    QVERIFY(Theme::of(w_->bytes()).isDark());
    w_->action(ActionId::ThemeLight)->trigger();
    QTRY_VERIFY(lightness() > 150);
    QCOMPARE(w_->settings.value(text("window/theme")).toInt(), static_cast<int>(ThemeChoice::Light));
    QVERIFY(w_->action(ActionId::ThemeLight)->isChecked());
  }

  void theLayoutIsRemembered() {
    w_->window.resize(1111, 777);
    auto *inspector = w_->window.findChild<QDockWidget *>(text("inspector"));
    QVERIFY(inspector->isVisible());
    inspector->toggleViewAction()->trigger();
    QVERIFY(!inspector->isVisible());
    w_->action(ActionId::ZoomIn)->trigger();
    QCOMPARE(w_->bytes()->zoom(), 1);
    QVERIFY(w_->window.close());
    w_->settings.sync();

    OpenWindow again(w_->settings.fileName());
    QCOMPARE(again.window.size(), QSize(1111, 777));
    auto *then = again.window.findChild<QDockWidget *>(text("inspector"));
    QVERIFY(!then->isVisible());
    QCOMPARE(again.bytes()->zoom(), 1);
    again.action(ActionId::ResetLayout)->trigger();
    QVERIFY(then->isVisible());
  }
};

QTEST_MAIN(TestWindowCommands)
#include "tst_window_commands.moc"
