// The filter of the message list in the window, with real keys and clicks: what is listed, what it says, how one gets
// back, while bytes come from a plain Python peer, time is travelled, and settings change.
#include "app/filtering.h"
#include "tests/app/window/open_window.h"
#include "tests/support/binary_makers.h"
#include "tests/support/python_peer.h"
#include "tests/widgets/named_controls.h"
#include "widgets/help/filter_help_window.h"
#include "widgets/hexview/go_to_bar.h"
#include "widgets/messages/filter_bar.h"
#include "widgets/messages/message_header.h"
#include "widgets/messages/message_pane.h"

#include <QFile>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray counted(int kind, const QByteArray &text) {
  const QByteArray payload = QByteArray(1, static_cast<char>(kind)) + text;
  return bigEndianBytes(static_cast<quint64>(payload.size()), 2) + payload;
}

}  // namespace

class TestWindowFilter : public QObject {
  Q_OBJECT

  std::unique_ptr<OpenWindow> w_;
  std::unique_ptr<PythonPeer> peer_;

  MessagePane *pane() { return w_->view()->messagePane(); }
  ErrorLineEdit *line() { return named<ErrorLineEdit>(pane(), u"Filter"_s); }
  /// Messages with kinds 1, 2, 3, 1, 2 and sizes 4, 5, 6, 7, 8.
  void openMessages() {
    QByteArray bytes;
    for (int i = 0; i < 5; ++i) bytes += counted(1 + i % 3, QByteArray(i + 1, 'x'));
    open(bytes);
    w_->decode(u"length:u16be"_s, u"B:kind *s:text"_s);
    SOON_COMPARE(w_->messageRows().size(), 5);
  }
  void open(const QByteArray &bytes) { w_->openBytes(bytes); }
  void clientConnects() {
    const quint16 port = w_->listen();
    QVERIFY(port != 0);
    peer_ = std::make_unique<PythonPeer>(u"tcp_peer.py"_s, QStringList{u"connect"_s, QString::number(port), u"obey"_s});
    SOON_VERIFY(w_->window.shownLive() && w_->window.shownLive()->state() == LinkState::Open);
    w_->decode(u"length:u16be"_s, u"B:kind *s:text"_s);
  }
  void arrives(const QByteArray &bytes) {
    const quint64 there = w_->connection()->stream(Direction::In).size();
    QCOMPARE(peer_->order("send " + bytes.toHex()), QByteArray("ok"));
    SOON_COMPARE(w_->view()->decoder()->liveView(Direction::In).size(), there + static_cast<quint64>(bytes.size()));
  }
  /// By keys alone: Ctrl+/, the text, Return.
  void filter(const QString &text) {
    w_->key(Qt::Key_Slash, Qt::ControlModifier);
    QVERIFY(line()->isVisible() && line()->hasFocus());
    type(line(), text);
    QTest::keyClick(line(), Qt::Key_Return);
  }
  QStringList numbers() {
    QStringList all;
    const QAbstractItemModel *model = w_->messages()->model();
    for (int row = 0; row < model->rowCount(); ++row) all.append(model->index(row, 0).data().toString());
    return all;
  }
  QPoint cellAt(int row, int column) {
    const QModelIndex cell = w_->messages()->model()->index(row, column);
    w_->messages()->showLine(w_->messages()->lineOf(cell.siblingAtColumn(0)).value_or(0));
    return w_->messages()->visualRect(cell).center();
  }
  /// Opens the menu of a row with the right button, and chooses what begins so.
  void chooseInMenu(QPoint at, const QString &beginning) {
    MessageTreeView *list = w_->messages();
    QTest::mouseClick(list->viewport(), Qt::RightButton, {}, at);
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, list->viewport()->mapToGlobal(at));
    QApplication::sendEvent(list->viewport(), &event);
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    for (QAction *action : menu->actions()) {
      if (!action->text().remove(u'&').startsWith(beginning)) continue;
      QVERIFY2(action->isEnabled(), qPrintable(action->text()));
      menu->setActiveAction(action);
      QTest::keyClick(menu, Qt::Key_Return);
      return;
    }
    menu->close();
    QFAIL(qPrintable(beginning));
  }

 private Q_SLOTS:
  void init() { w_ = std::make_unique<OpenWindow>(); }
  void cleanup() {
    peer_.reset();
    w_.reset();
  }

  void listsWhatPassesAndKeepsNumbers() {
    openMessages();
    QVERIFY(!pane()->hasFilterBar());
    filter(u"kind == 2"_s);
    SOON_COMPARE(numbers(), (QStringList{u"1"_s, u"4"_s}));
    QCOMPARE(pane()->filterBar()->sentence(), u"✓ 2 of 5 messages pass"_s);
    // Wrong, and nothing changes.
    type(line(), u"kind == "_s);
    SOON_VERIFY(line()->error());
    QCOMPARE(numbers(), (QStringList{u"1"_s, u"4"_s}));
    QTest::keyClicks(line(), u"3"_s);
    SOON_COMPARE(numbers(), QStringList{u"2"_s});
    QVERIFY(!line()->error() && line()->isInForce());
    // Esc goes to the list, and what passes stays.
    QTest::keyClick(line(), Qt::Key_Escape);
    QVERIFY(w_->messages()->hasFocus() && pane()->hasFilterBar());
    QCOMPARE(numbers(), QStringList{u"2"_s});
    w_->action(ActionId::ClearFilter)->trigger();
    SOON_COMPARE(numbers().size(), 5);
    w_->key(Qt::Key_Slash, Qt::ControlModifier);
    QTest::keyClick(line(), Qt::Key_Escape);
    QVERIFY(!pane()->hasFilterBar() && w_->messages()->hasFocus());
  }

  void theSelectionStaysWhereItPasses() {
    openMessages();
    QTest::mouseClick(w_->messages()->viewport(), Qt::LeftButton, {}, cellAt(4, MessageTreeModel::SummaryColumn));
    const ByteRange selected = w_->currentRange();
    filter(u"kind == 2"_s);
    SOON_COMPARE(numbers(), (QStringList{u"1"_s, u"4"_s}));
    QCOMPARE(w_->messages()->currentIndex().row(), 1);
    QCOMPARE(w_->currentRange(), selected);
    filter(u"kind == 3"_s);
    SOON_COMPARE(numbers(), QStringList{u"2"_s});
    QVERIFY(!w_->messages()->currentIndex().isValid());
    QCOMPARE(w_->bytes()->selection(), selected);  // the bytes are as they were
    w_->action(ActionId::ClearFilter)->trigger();
    SOON_COMPARE(numbers().size(), 5);
    QCOMPARE(w_->messages()->currentIndex().row(), 4);
    // What is selected in the bytes is found among what passes.
    filter(u"kind == 2"_s);
    SOON_COMPARE(numbers().size(), 2);
    w_->clickByte(6);
    QCOMPARE(w_->messages()->currentIndex().parent().row(), 0);
    // From one that passes to the next.
    w_->key(Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(w_->messages()->currentIndex().row(), 1);
  }

  /// Its neighbours are what one wants to see.
  void theSelectionStaysInSight() {
    QByteArray bytes;
    for (int i = 0; i < 900; ++i) bytes += QByteArray("\0\4", 2) + static_cast<char>(i % 9) + "abc";
    w_->openBytes(bytes);
    w_->decode(u"length:u16be"_s, u"B:kind *s:text"_s);
    SOON_COMPARE(numbers().size(), 900);
    MessageTreeView *list = w_->messages();
    const auto onScreen = [list] {
      list->grab();  // what is in sight is known once it was painted
      const auto line = list->lineOf(list->currentIndex());
      return line && *line >= list->topLine() && *line - list->topLine() < list->linesPerPage()
                 ? static_cast<qint64>(*line - list->topLine())
                 : qint64(-1);
    };
    list->scrollToLine(700);
    list->grab();
    filter(u"kind == 3"_s);
    SOON_COMPARE(numbers().size(), 100);
    list->goTo(list->model()->index(50, 0));
    const qint64 line = onScreen();
    QVERIFY(line >= 0);
    w_->action(ActionId::ClearFilter)->trigger();
    SOON_COMPARE(numbers().size(), 900);
    SOON_COMPARE(list->currentIndex().row(), 453);
    QCOMPARE(onScreen(), line);
    // Another filter that it passes, too.
    filter(u"kind in {2..3}"_s);
    SOON_COMPARE(numbers().size(), 200);
    QCOMPARE(onScreen(), line);
    // Hidden for a while, it is seen when it comes back, wherever one has looked meanwhile.
    filter(u"kind == 7"_s);
    SOON_COMPARE(numbers().size(), 100);
    QVERIFY(!list->currentIndex().isValid());
    list->verticalScrollBar()->triggerAction(QAbstractSlider::SliderPageStepAdd);
    list->grab();
    QTest::mouseClick(button(&w_->window, u"Show all messages"_s), Qt::LeftButton);
    SOON_COMPARE(numbers().size(), 900);
    SOON_COMPARE(list->currentIndex().row(), 453);
    QVERIFY(onScreen() >= 0);
    // Who looks elsewhere goes on doing so.
    list->scrollToLine(20);
    list->grab();
    const quint64 top = list->topLine();
    filter(u"kind < 9"_s);
    SOON_COMPARE(numbers().size(), 900);
    SOON_COMPARE(list->topLine(), top);
  }

  void saysThatItHidesWhatIsSelected() {
    openMessages();
    filter(u"kind == 2"_s);
    SOON_COMPARE(numbers(), (QStringList{u"1"_s, u"4"_s}));
    QCOMPARE(pane()->hiddenWords(), QString());
    const auto goTo = [this](const QString &place) {
      w_->key(Qt::Key_G, Qt::ControlModifier);
      auto *edit = named<ErrorLineEdit>(w_->view()->goToBar(), u"Go to"_s);
      type(edit, place);
      QTest::keyClick(edit, Qt::Key_Return);
    };
    const QString words = u"Message 2 is selected, but the filter hides it"_s;
    goTo(u"#2"_s);
    QCOMPARE(pane()->hiddenWords(), words);
    const QStringList unnamed = unnamedControls(&w_->window);
    QVERIFY2(unnamed.isEmpty(), qPrintable(unnamed.join(u'\n')));
    goTo(u"#4"_s);
    QCOMPARE(pane()->hiddenWords(), QString());
    QCOMPARE(w_->messages()->currentIndex().row(), 1);
    goTo(u"#2"_s);
    filter(u"kind == 3"_s);
    SOON_COMPARE(w_->messages()->currentIndex().row(), 0);
    QCOMPARE(pane()->hiddenWords(), QString());
    filter(u"kind == 2"_s);
    SOON_COMPARE(pane()->hiddenWords(), words);
    QTest::mouseClick(named<QPushButton>(pane(), u"Show all messages"_s), Qt::LeftButton);
    SOON_COMPARE(w_->messages()->currentIndex().row(), 2);
    QCOMPARE(pane()->hiddenWords(), QString());
    QVERIFY(line()->text().isEmpty() && w_->messages()->hasFocus());
    // By keys: from anywhere, and from the list.
    for (const bool fromList : {false, true}) {
      filter(u"kind == 2"_s);
      SOON_COMPARE(pane()->hiddenWords(), words);
      if (fromList) {
        w_->messages()->setFocus();
        QTest::keyClick(w_->messages(), Qt::Key_Escape);
      } else {
        w_->key(Qt::Key_W, Qt::AltModifier);
      }
      SOON_COMPARE(w_->messages()->currentIndex().row(), 2);
    }
  }

  void isAppliedToWhatArrivesAndToThePast() {
    clientConnects();
    arrives(counted(1, "a"));
    filter(u"kind == 2"_s);
    SOON_VERIFY(w_->view()->filter()->isActive());
    arrives(counted(2, "b"));
    SOON_COMPARE(numbers(), QStringList{u"1"_s});
    arrives(counted(1, "c").first(3));
    arrives(counted(1, "c").sliced(3) + counted(2, "d").first(3));
    SOON_COMPARE(numbers(), (QStringList{u"1"_s, u"3"_s}));
    w_->key(Qt::Key_F7);
    w_->key(Qt::Key_F7);
    SOON_COMPARE(numbers(), QStringList{u"1"_s});
    w_->key(Qt::Key_F7, Qt::ShiftModifier);
    SOON_COMPARE(numbers(), QStringList());
    QVERIFY2(pane()->emptyWords().startsWith(u"No messages yet."), qPrintable(pane()->emptyWords()));
    w_->key(Qt::Key_F8, Qt::ShiftModifier);
    SOON_COMPARE(numbers(), (QStringList{u"1"_s, u"3"_s}));
    // Paused, more comes underneath.
    w_->key(Qt::Key_P, Qt::ControlModifier);
    arrives(counted(2, "d").sliced(3) + counted(2, "e"));
    QCOMPARE(numbers(), (QStringList{u"1"_s, u"3"_s}));
    w_->key(Qt::Key_P, Qt::ControlModifier);
    SOON_COMPARE(numbers(), (QStringList{u"1"_s, u"3"_s, u"4"_s}));
    // What was put away counts no more.
    w_->action(ActionId::Clear)->trigger();
    SOON_COMPARE(numbers(), QStringList());
    arrives(counted(2, "f"));
    SOON_COMPARE(numbers().size(), 1);
  }

  void followsTheSettings() {
    openMessages();
    filter(u"kind == 2"_s);
    SOON_COMPARE(numbers().size(), 2);
    // Its name is gone: everything is listed, and it says why.
    w_->decode(u"length:u16be"_s, {});
    SOON_COMPARE(numbers().size(), 5);
    SOON_VERIFY(line()->error());
    w_->decode(u"length:u16be"_s, u"B:kind"_s);
    SOON_COMPARE(numbers().size(), 2);
    QVERIFY(!line()->error());
    filter(u"size == 3"_s);
    w_->decode(u"fixed:3"_s, {});
    SOON_COMPARE(numbers().size(), 10);
  }

  void theFilterGoesOnInAnotherCapture() {
    openMessages();
    filter(u"size > 6"_s);
    SOON_COMPARE(numbers().size(), 2);
    QFile file(w_->dir.filePath(u"other.bin"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("a line\nand a longer one\n");
    file.close();
    w_->window.commands()->openFile(file.fileName());
    w_->decode(u"lines"_s, {});
    SOON_COMPARE(numbers(), (QStringList{u"0"_s, u"1"_s}));
    filter(u"size > 7"_s);
    SOON_COMPARE(numbers(), QStringList{u"1"_s});
  }

  void whereNothingPassesItSaysSoAndHowToGetBack() {
    openMessages();
    filter(u"size > 100"_s);
    SOON_COMPARE(pane()->emptyWords(), u"No message passes “size > 100”: 0 of 5."_s);
    QCOMPARE(w_->messages()->emptyText(), pane()->emptyWords());
    filter(u"text contains error"_s);
    SOON_VERIFY(
        pane()->emptyWords().endsWith(u": 0 of 5. Perhaps because: error is a name, and what it stands for is "
                                      "looked for: write \"error\" for the word itself."_s));
    filter(u"size > 100"_s);
    SOON_COMPARE(pane()->emptyWords(), u"No message passes “size > 100”: 0 of 5."_s);
    const QStringList unnamed = unnamedControls(&w_->window);
    QVERIFY2(unnamed.isEmpty(), qPrintable(unnamed.join(u'\n')));
    auto *back = named<QPushButton>(pane(), u"Clear the filter"_s);
    QVERIFY(back && back->isVisible());
    QTest::mouseClick(back, Qt::LeftButton);
    SOON_COMPARE(numbers().size(), 5);
    QVERIFY(pane()->emptyWords().isEmpty() && !back->isVisible());
    QVERIFY(w_->messages()->hasFocus());
    // By keys, from the line and from the list.
    for (QWidget *from : {static_cast<QWidget *>(line()), static_cast<QWidget *>(w_->messages())}) {
      filter(u"size > 100"_s);
      SOON_VERIFY(!pane()->emptyWords().isEmpty());
      from->setFocus();
      QTest::keyClick(from, Qt::Key_Escape);
      SOON_COMPARE(numbers().size(), 5);
    }
  }

  void filtersForTheValueOfAFieldAndOfACell() {
    openMessages();
    w_->messages()->setOpen(w_->messages()->model()->index(1, 0), true);
    const QModelIndex message = w_->messages()->model()->index(1, 0);
    const QModelIndex kind = w_->messages()->model()->index(1, MessageTreeModel::SummaryColumn, message);
    QCOMPARE(kind.siblingAtColumn(0).data().toString(), u"kind"_s);
    chooseInMenu(w_->messages()->visualRect(kind).center(), u"Filter for this value:  kind == 2"_s);
    SOON_COMPARE(numbers(), (QStringList{u"1"_s, u"4"_s}));
    QVERIFY(pane()->hasFilterBar());
    QCOMPARE(line()->text(), u"kind == 2"_s);
    // The cell that was clicked is what is meant of a message.
    chooseInMenu(cellAt(1, MessageTreeModel::SizeColumn), u"And this value:  size == 8"_s);
    SOON_COMPARE(numbers(), QStringList{u"4"_s});
    QCOMPARE(line()->text(), u"kind == 2 && size == 8"_s);
    chooseInMenu(cellAt(0, MessageTreeModel::SizeColumn), u"Filter for not this value:  !(size == 8)"_s);
    SOON_COMPARE(numbers(), (QStringList{u"0"_s, u"1"_s, u"2"_s, u"3"_s}));
    chooseInMenu(cellAt(0, MessageTreeModel::OffsetColumn), u"And not this value"_s);
    QCOMPARE(line()->text(), u"!(size == 8) && !(offset == 0)"_s);
    SOON_COMPARE(numbers(), (QStringList{u"1"_s, u"2"_s, u"3"_s}));
    filter(u"size == 8"_s);
    SOON_COMPARE(numbers(), QStringList{u"4"_s});
    chooseInMenu(cellAt(0, MessageTreeModel::OffsetColumn), u"Filter for this value"_s);
    const QString one = line()->text();
    SOON_COMPARE(numbers(), QStringList{u"4"_s});
    w_->messages()->setOpen(w_->messages()->model()->index(0, 0), true);
    const QModelIndex only = w_->messages()->model()->index(0, 0);
    chooseInMenu(w_->messages()->visualRect(w_->messages()->model()->index(1, 0, only)).center(),
                 u"Or this value:  kind == 2"_s);
    QCOMPARE(line()->text(), QString(one + u" || kind == 2"_s));
    SOON_COMPARE(numbers(), (QStringList{u"1"_s, u"4"_s}));
    // The summary is no value.
    QTest::mouseClick(w_->messages()->viewport(), Qt::LeftButton, {}, cellAt(0, MessageTreeModel::SummaryColumn));
    const std::unique_ptr<QMenu> menu(w_->messages()->createRowMenu(nullptr));
    QVERIFY(!w_->action(ActionId::FilterForValue)->isEnabled());
  }

  void helpIsThere() {
    w_->key(Qt::Key_Slash, Qt::ControlModifier);
    QTest::keyClick(line(), Qt::Key_F1);
    FilterHelpWindow *help = w_->window.commands()->filtering()->help();
    QVERIFY(help && help->isVisible());
    QVERIFY(help->page()->toPlainText().contains(u"payload[0:4] == de:ad:be:ef"_s));
    QTest::keyClicks(help->search(), u"bigger"_s);
    QVERIFY(help->page()->textCursor().selectedText().isEmpty());
    type(help->search(), u"chunks"_s);
    const int first = help->page()->textCursor().position();
    QCOMPARE(help->page()->textCursor().selectedText(), u"chunks"_s);
    QTest::keyClick(help->search(), Qt::Key_Return);
    QVERIFY(help->page()->textCursor().position() > first);
    const QStringList unnamed = unnamedControls(help);
    QVERIFY2(unnamed.isEmpty(), qPrintable(unnamed.join(u'\n')));
  }

  void theBarIsOnTheWayOfTabAndComesBack() {
    openMessages();
    filter(u"kind == 2"_s);
    QStringList reached;
    for (int i = 0; i < 4; ++i) {
      QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
      reached.append(QApplication::focusWidget()->accessibleName());
      if (QApplication::focusWidget() == w_->messages()) break;
    }
    QVERIFY2(reached.last() == u"Messages"_s && reached.contains(u"Close the filter bar"_s),
             qPrintable(reached.join(u' ')));
    QTest::mouseClick(named<QToolButton>(pane(), u"Close the filter bar"_s), Qt::LeftButton);
    QVERIFY(!pane()->hasFilterBar());
    SOON_COMPARE(numbers().size(), 5);
    w_->key(Qt::Key_Slash, Qt::ControlModifier);
    w_->window.close();
    OpenWindow other(w_->settings.fileName());
    QVERIFY(other.view()->messagePane()->hasFilterBar());
  }
};

QTEST_MAIN(TestWindowFilter)
#include "tst_window_filter.moc"
