// MessageTreeView in a real window, with mouse and keys.
#include "tests/support/fake_message_model.h"
#include "widgets/messages/message_header.h"
#include "widgets/messages/message_tree_view.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <memory>

using namespace octetscope;
using octetscope::test::FakeMessageModel;
using M = MessageTreeModel;

namespace {

/// A view over a fake model with a hub, shown.
struct Window {
  FakeMessageModel model;
  SelectionHub hub;
  MessageTreeView view;

  explicit Window(int rows, int eventEvery = 0, QSize size = {900, 400}) : model(rows, eventEvery) {
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
  quint64 currentLine() const { return view.lineOf(view.currentIndex()).value_or(~0ULL); }
  QString nameAt(quint64 line) const { return view.indexAtLine(line).data().toString(); }
};

}  // namespace

class TestMessageTreeView : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void theFakeModelIsAModel() {
    FakeMessageModel model(12, 4);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.append(5);
    model.addFields(2, 3);
    model.removeAddedFields(2);
    model.removeFirst(4);
    model.begin(3);
    QCOMPARE(model.rowOf(model.numberOf(2)), 2);
  }

  void emptyViewSaysSo() {
    Window w(0);
    const QImage empty = w.view.grab().toImage();
    w.view.setEmptyText(QString());
    QVERIFY(empty != w.view.grab().toImage());
    for (const int key : {Qt::Key_Down, Qt::Key_End, Qt::Key_PageUp, Qt::Key_Asterisk, Qt::Key_A, Qt::Key_Left})
      w.key(key);
    QVERIFY(!w.view.currentIndex().isValid());
    MessageTreeView none;
    none.setModel(nullptr, nullptr);
    none.grab();
    QTest::keyClick(&none, Qt::Key_Down);
    QCOMPARE(none.lineCount(), quint64(0));
  }

  void clickSelectsAndTellsTheHub() {
    Window w(10);
    const QSignalSpy told(&w.hub, &SelectionHub::changed);
    w.click(3);
    QCOMPARE(w.currentLine(), quint64(3));
    QCOMPARE(told.size(), 1);
    const Selection expected{.direction = Direction::Out, .range = {60, 80}, .message = 3};
    QVERIFY(w.hub.current() == expected);
    QTest::mouseClick(w.view.viewport(), Qt::LeftButton, {}, QPoint(300, 380));  // below the rows
    QCOMPARE(w.currentLine(), quint64(3));
  }

  void arrowsAndDoubleClickOpen() {
    Window w(10);
    w.clickArrow(2);
    QVERIFY(w.view.isOpen(w.model.index(2, 0)));
    QCOMPARE(w.view.lineCount(), quint64(15));
    QVERIFY2(!w.view.currentIndex().isValid(), "an arrow opens, it does not select");
    QCOMPARE(w.nameAt(3), QStringLiteral("length"));
    w.clickArrow(6);  // items, inside
    QCOMPARE(w.view.lineCount(), quint64(18));
    QCOMPARE(w.nameAt(8), QStringLiteral("[1]"));
    w.clickArrow(2);
    QCOMPARE(w.view.lineCount(), quint64(10));
    QTest::mouseDClick(w.view.viewport(), Qt::LeftButton, {}, w.middleOf(4));
    QVERIFY(w.view.isOpen(w.model.index(4, 0)));
    QTest::mouseDClick(w.view.viewport(), Qt::LeftButton, {}, w.middleOf(4));
    QVERIFY(!w.view.isOpen(w.model.index(4, 0)));
  }

  void keysMove() {
    Window w(1000);
    w.view.setFollowing(false);
    w.view.scrollToLine(0);
    const quint64 page = w.view.linesPerPage();
    w.key(Qt::Key_Down);
    QCOMPARE(w.currentLine(), quint64(0));
    w.key(Qt::Key_Down);
    QCOMPARE(w.currentLine(), quint64(1));
    w.key(Qt::Key_PageDown);
    QCOMPARE(w.currentLine(), page);
    w.key(Qt::Key_PageUp);
    QCOMPARE(w.currentLine(), quint64(1));
    w.key(Qt::Key_Up);
    w.key(Qt::Key_Up);
    QCOMPARE(w.currentLine(), quint64(0));
    w.key(Qt::Key_End);
    QCOMPARE(w.currentLine(), quint64(999));
    QCOMPARE(w.view.topLine(), 1000 - page);
    w.key(Qt::Key_Down);
    QCOMPARE(w.currentLine(), quint64(999));
    w.key(Qt::Key_Home);
    QCOMPARE(w.currentLine(), quint64(0));
    QCOMPARE(w.view.topLine(), quint64(0));
    QVERIFY(w.hub.current()->range == (ByteRange{0, 20}));
  }

  void keysOpenAndClose() {
    Window w(10);
    w.click(1);
    w.key(Qt::Key_Right);
    QVERIFY(w.view.isOpen(w.model.index(1, 0)));
    QCOMPARE(w.currentLine(), quint64(1));
    w.key(Qt::Key_Right);
    QCOMPARE(w.nameAt(w.currentLine()), QStringLiteral("length"));
    w.key(Qt::Key_Right);  // a leaf
    QCOMPARE(w.currentLine(), quint64(2));
    w.key(Qt::Key_Left);  // to its message
    QCOMPARE(w.currentLine(), quint64(1));
    w.key(Qt::Key_Left);
    QVERIFY(!w.view.isOpen(w.model.index(1, 0)));
    w.key(Qt::Key_Left);  // nothing left to close
    QCOMPARE(w.currentLine(), quint64(1));
    for (const int key : {Qt::Key_Return, Qt::Key_Enter, Qt::Key_Space}) {
      w.key(key);
      QVERIFY(w.view.isOpen(w.model.index(1, 0)));
      w.key(key);
      QVERIFY(!w.view.isOpen(w.model.index(1, 0)));
    }
    w.key(Qt::Key_Asterisk);
    QCOMPARE(w.view.lineCount(), quint64(10 + 5 + 3));
    w.key(Qt::Key_Minus);
    QCOMPARE(w.view.lineCount(), quint64(10));
    w.key(Qt::Key_Plus);
    QCOMPARE(w.view.lineCount(), quint64(15));
  }

  void closingABranchLiftsTheCurrentRow() {
    Window w(10);
    w.view.goTo(w.model.index(1, 0, w.model.index(w.model.itemsRow, 0, w.model.index(2, 0))));
    QCOMPARE(w.nameAt(w.currentLine()), QStringLiteral("[1]"));
    w.clickArrow(2);
    QCOMPARE(w.currentLine(), quint64(2));
    w.view.openAllBelow(w.model.index(2, 0));
    w.view.closeAllBelow(w.model.index(2, 0));
    QCOMPARE(w.view.lineCount(), quint64(15));
    w.view.closeAll();
    QCOMPARE(w.view.lineCount(), quint64(10));
  }

  void controlArrowsGoFromMessageToMessage() {
    Window w(20, 4);  // rows 3, 7, … are events
    w.click(2);
    w.key(Qt::Key_Down, Qt::ControlModifier);
    QCOMPARE(w.currentLine(), quint64(4));
    w.key(Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(w.currentLine(), quint64(2));
    w.key(Qt::Key_Right);
    w.key(Qt::Key_Right);
    QCOMPARE(w.currentLine(), quint64(3));  // its first field
    w.key(Qt::Key_Down, Qt::ControlModifier);
    QCOMPARE(w.view.currentIndex(), w.model.index(4, 0));
    w.view.goTo(w.model.index(0, 0));
    w.key(Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(w.currentLine(), quint64(0));
  }

  void eventsHaveNoBytes() {
    Window w(20, 4);
    w.click(2);
    QVERIFY(w.hub.current());
    w.click(3);
    QVERIFY(!w.hub.current());
    QCOMPARE(w.currentLine(), quint64(3));
    w.key(Qt::Key_Return);  // nothing to open
    QCOMPARE(w.view.lineCount(), quint64(20));
  }

  void typeAheadFindsRows() {
    Window w(30, 10);
    w.click(0);
    QTest::keyClicks(&w.view, QStringLiteral("event 1"));
    QCOMPARE(w.currentLine(), quint64(19));
    w.view.goTo(w.model.index(0, 0));
    QTest::qWait(QApplication::keyboardInputInterval() + 50);
    QTest::keyClicks(&w.view, QStringLiteral("SEQ 12"));
    QCOMPARE(w.currentLine(), quint64(12));
    QTest::qWait(QApplication::keyboardInputInterval() + 50);
    QTest::keyClicks(&w.view, QStringLiteral("ee"));  // the same letter: the next but one
    QCOMPARE(w.currentLine(), quint64(29));
    QTest::qWait(QApplication::keyboardInputInterval() + 50);
    QSignalSpy notice(&w.view, &MessageTreeView::notice);
    QTest::keyClicks(&w.view, QStringLiteral("q"));
    QCOMPARE(notice.size(), 1);
    QCOMPARE(w.currentLine(), quint64(29));
  }

  void typeAheadInManyRowsKeepsTheWindowAwake() {
    Window w(10'000'000);
    w.view.setFollowing(false);
    w.view.goTo(w.model.index(0, 0));
    QElapsedTimer clock;
    clock.start();
    QTest::keyClicks(&w.view, QStringLiteral("q"));
    QVERIFY2(clock.elapsed() < 500, "it searches in slices");
    w.key(Qt::Key_Down);  // and lets go at the next key
    QCOMPARE(w.currentLine(), quint64(1));
  }

  void copiesRowsAsText() {
    Window w(10);
    w.click(1);
    w.key(Qt::Key_Right);
    w.key(Qt::Key_Down, Qt::ShiftModifier);
    w.key(Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(w.view.selectedLines(), std::optional(std::pair<quint64, quint64>(1, 3)));
    w.view.header()->hideSection(M::TimeColumn);
    w.key(Qt::Key_C, Qt::ControlModifier);
    const QStringList lines = QApplication::clipboard()->text().split(QLatin1Char('\n'));
    QCOMPARE(lines.size(), 4);
    QCOMPARE(lines[0], QStringLiteral("1\t0.001 s\tout\t20\t20\t1\tcomplete\tseq 1 · kind 1 · \"Simple is better than "
                                      "complex.\""));
    QCOMPARE(lines[1], QStringLiteral("  length\t\t\t20\t4\t\t\t0"));
    QCOMPARE(lines[2], QStringLiteral("  seq\t\t\t24\t2\t\t\t111"));
    // A cell cannot break the table.
    w.model.setSummary(QStringLiteral("a\tb\nc"));
    w.click(0);
    w.key(Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text().count(QLatin1Char('\n')), 1);
    QVERIFY(QApplication::clipboard()->text().endsWith(QStringLiteral("a b c\n")));
  }

  void copiesManyRowsInTheBackground() {
    Window w(60'000);
    w.key(Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(w.view.selectedLines()->second, quint64(59'999));
    QSignalSpy notice(&w.view, &MessageTreeView::notice);
    QElapsedTimer clock;
    clock.start();
    w.key(Qt::Key_C, Qt::ControlModifier);
    QVERIFY(clock.elapsed() < 200);
    w.model.append(10);  // rows that come behind do not disturb it
    QTRY_COMPARE_WITH_TIMEOUT(notice.size(), 1, 30000);
    QCOMPARE(QApplication::clipboard()->text().count(QLatin1Char('\n')), 60'000);
    // What changes the rows between stops it.
    w.view.copy();
    w.view.setOpen(w.model.index(0, 0), true);
    QCOMPARE(notice.size(), 2);
    QVERIFY(notice.last().first().toString().contains(QStringLiteral("Nothing was copied")));
  }

  void shiftAndDragSelectRanges() {
    Window w(20);
    w.click(8);
    w.click(4, Qt::ShiftModifier);
    QCOMPARE(w.view.selectedLines(), std::optional(std::pair<quint64, quint64>(4, 8)));
    w.click(10, Qt::ShiftModifier);
    QCOMPARE(w.view.selectedLines(), std::optional(std::pair<quint64, quint64>(8, 10)));
    QTest::mousePress(w.view.viewport(), Qt::LeftButton, {}, w.middleOf(2));
    QMouseEvent move(QEvent::MouseMove, w.middleOf(5), w.view.viewport()->mapToGlobal(w.middleOf(5)), Qt::NoButton,
                     Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(w.view.viewport(), &move);
    QTest::mouseRelease(w.view.viewport(), Qt::LeftButton, {}, w.middleOf(5));
    QCOMPARE(w.view.selectedLines(), std::optional(std::pair<quint64, quint64>(2, 5)));
    w.key(Qt::Key_Down);
    QCOMPARE(w.view.selectedLines(), std::optional(std::pair<quint64, quint64>(6, 6)));
  }

  void theMenuActs() {
    Window w(10);
    w.click(1);
    QSignalSpy hex(&w.view, &MessageTreeView::copyAsHexRequested);
    QSignalSpy bytes(&w.view, &MessageTreeView::goToBytesRequested);
    const auto trigger = [&](const QString &text) {
      const std::unique_ptr<QMenu> menu(w.view.createRowMenu(nullptr));
      for (QAction *action : menu->actions()) {
        if (action->text().remove(QLatin1Char('&')) != text) continue;
        if (!action->isEnabled()) return false;
        action->trigger();
        return true;
      }
      return false;
    };
    QVERIFY(trigger(QStringLiteral("Copy")));
    QVERIFY(QApplication::clipboard()->text().startsWith(QStringLiteral("1\t")));
    QVERIFY(trigger(QStringLiteral("Copy as Hex")));
    QVERIFY(hex.first().first().value<Selection>().range == (ByteRange{20, 40}));
    QVERIFY(trigger(QStringLiteral("Go to Bytes")));
    QCOMPARE(bytes.size(), 1);
    QVERIFY(!trigger(QStringLiteral("Close All Below")));
    QVERIFY(trigger(QStringLiteral("Open All Below")));
    QCOMPARE(w.view.lineCount(), quint64(18));
    QVERIFY(trigger(QStringLiteral("Close All Below")));
    QCOMPARE(w.view.lineCount(), quint64(15));
    QVERIFY(trigger(QStringLiteral("Close")));
    QVERIFY(trigger(QStringLiteral("Open")));
    QVERIFY(trigger(QStringLiteral("Close All Messages")));
    QCOMPARE(w.view.lineCount(), quint64(10));

    // By keyboard it opens at the current row; by the right button at the row under it, which becomes current.
    QTest::mousePress(w.view.viewport(), Qt::RightButton, {}, w.middleOf(5));
    QCOMPARE(w.currentLine(), quint64(5));
    QContextMenuEvent ask(QContextMenuEvent::Keyboard, QPoint(), QPoint());
    QApplication::sendEvent(w.view.viewport(), &ask);
    auto *popup = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(popup);
    QVERIFY(w.view.rect().contains(w.view.mapFromGlobal(popup->pos())));
    popup->close();
  }

  void hubMovesTheCurrentRow() {
    Window w(1000);
    const QObject other;
    QSignalSpy told(&w.hub, &SelectionHub::changed);
    // A field inside a message: it opens.
    w.hub.select(Selection{.direction = Direction::In, .range = {10'004, 10'006}, .message = 500}, &other);
    QCOMPARE(w.currentLine(), quint64(502));
    QCOMPARE(w.nameAt(502), QStringLiteral("seq"));
    QVERIFY(!w.view.visualRect(w.view.currentIndex()).isEmpty());
    QCOMPARE(told.size(), 1);  // nobody told it back
    QVERIFY2(!w.view.isFollowing(), "what is selected above stops following");
    // A caret in a nested element; the number is not always known.
    w.hub.select(Selection{.direction = Direction::In, .range = {48, 48}}, &other);
    QCOMPARE(w.nameAt(w.currentLine()), QStringLiteral("[0]"));
    // A whole message, and a range over two fields: the message.
    w.hub.select(Selection{.direction = Direction::In, .range = {80, 100}, .message = 4}, &other);
    QCOMPARE(w.view.currentIndex(), w.model.index(4, 0));
    w.hub.select(Selection{.direction = Direction::In, .range = {125, 128}, .message = 6}, &other);
    QCOMPARE(w.view.currentIndex(), w.model.index(6, 0));
    QVERIFY(!w.view.isOpen(w.model.index(6, 0)));
    w.hub.select({}, &other);
    QVERIFY(!w.view.currentIndex().isValid());
    // What is not framed yet is gone to when it is.
    w.hub.select(Selection{.direction = Direction::In, .range = {20'044, 20'046}}, &other);
    QVERIFY(!w.view.currentIndex().isValid());
    w.model.append(10);
    QCOMPARE(w.view.currentIndex().data().toString(), QStringLiteral("seq"));
    QCOMPARE(w.view.currentIndex().parent().row(), 1002);
    QCOMPARE(told.size(), 6);
  }

  void aNewBeginningKeepsThePlace() {
    Window w(1000);
    w.view.goTo(w.model.index(1, 0, w.model.index(400, 0)));
    w.view.setOpen(w.model.index(410, 0), true);
    w.view.scrollToLine(390);
    w.view.grab();
    const auto place = w.hub.current();
    w.model.begin(0);
    QVERIFY(!w.view.currentIndex().isValid());
    w.view.grab();
    w.model.begin(0);  // settings changed twice in a row
    w.model.append(300);
    w.view.grab();
    QVERIFY(!w.view.currentIndex().isValid());
    w.model.append(700);
    QCOMPARE(w.view.currentIndex(), w.model.index(1, 0, w.model.index(400, 0)));
    QVERIFY(w.view.isOpen(w.model.index(410, 0)));
    QCOMPARE(w.view.topLine(), quint64(390));
    QVERIFY(w.hub.current() == place);
  }

  void followsTheEnd() {
    Window w(1000);
    QSignalSpy spy(&w.view, &MessageTreeView::followingChanged);
    QVERIFY(w.view.isFollowing());
    const quint64 page = w.view.linesPerPage();
    QCOMPARE(w.view.topLine(), 1000 - page);
    w.model.append(50);
    QCOMPARE(w.view.topLine(), 1050 - page);
    // The user scrolls up: it stays.
    QWheelEvent wheel(QPointF(50, 50), w.view.mapToGlobal(QPointF(50, 50)), {}, QPoint(0, 120), Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(w.view.viewport(), &wheel);
    QVERIFY(!w.view.isFollowing());
    const quint64 top = w.view.topLine();
    QCOMPARE(top, 1050 - page - quint64(QApplication::wheelScrollLines()));
    w.model.append(50);
    QCOMPARE(w.view.topLine(), top);
    // The visible control.
    w.view.setFollowing(true);
    QCOMPARE(w.view.topLine(), 1100 - page);
    w.model.append(1);
    QCOMPARE(w.view.topLine(), 1101 - page);
    // Selecting above the end stops it, going to the end goes on.
    w.click(w.view.topLine() + 2);
    QVERIFY(!w.view.isFollowing());
    w.key(Qt::Key_End);
    QVERIFY(w.view.isFollowing());
    w.key(Qt::Key_Up);
    QVERIFY(!w.view.isFollowing());
    w.view.verticalScrollBar()->setValue(w.view.verticalScrollBar()->maximum());
    w.view.verticalScrollBar()->triggerAction(QAbstractSlider::SliderPageStepSub);
    QVERIFY(!w.view.isFollowing());
    w.view.verticalScrollBar()->triggerAction(QAbstractSlider::SliderToMaximum);
    QVERIFY(w.view.isFollowing());
    // Opening the last message to read it.
    w.clickArrow(1100);
    QVERIFY(!w.view.isFollowing());
    QCOMPARE(spy.last().first().toBool(), false);
  }

  void rowsInsertedBelowAndTakenAway() {
    Window w(1000);
    w.view.scrollToLine(0);
    w.view.setOpen(w.model.index(2, 0), true);
    QCOMPARE(w.view.lineCount(), quint64(1005));
    w.view.scrollToLine(500);
    const QModelIndex top = w.view.indexAtLine(500);
    w.model.addFields(2, 4);
    QCOMPARE(w.view.lineCount(), quint64(1009));
    QCOMPARE(w.view.indexAtLine(w.view.topLine()), top);  // what is looked at does not move
    QCOMPARE(w.nameAt(8), QStringLiteral("extra 0"));
    w.model.addFields(700, 4);  // closed: nothing to see
    QCOMPARE(w.view.lineCount(), quint64(1009));
    w.view.setOpen(w.model.index(700, 0), true);
    QCOMPARE(w.view.lineCount(), quint64(1018));
    w.model.removeAddedFields(2);
    QCOMPARE(w.view.lineCount(), quint64(1014));
    QCOMPARE(w.view.indexAtLine(w.view.topLine()), top);
    w.model.removeFirst(100);
    QCOMPARE(w.view.lineCount(), quint64(909));
    w.model.removeFirst(900);
    QCOMPARE(w.view.lineCount(), quint64(0));
    QCOMPARE(w.view.topLine(), quint64(0));
    w.view.grab();
  }

  void repaintsOnlyWhatIsInSight() {
    Window w(1000);
    w.view.scrollToLine(0);
    struct Counter : QObject {
      QRegion painted;
      int count = 0;
      bool eventFilter(QObject *, QEvent *event) override {
        if (event->type() != QEvent::Paint) return false;
        ++count;
        painted = static_cast<QPaintEvent *>(event)->region();
        return false;
      }
    } counter;
    QCoreApplication::processEvents();
    w.view.viewport()->installEventFilter(&counter);
    w.model.touch(900);
    w.model.append(5);
    QTest::qWait(50);
    QCOMPARE(counter.count, 0);
    w.model.touch(3);
    QTRY_COMPARE(counter.count, 1);
    QCOMPARE(counter.painted.boundingRect(),
             QRect(0, 3 * w.view.rowHeight(), w.view.viewport()->width(), w.view.rowHeight()));
  }

  void scrollsToBothEndsOfAHundredMillion_data() {
    QTest::addColumn<QSize>("size");
    QTest::newRow("usual") << QSize(900, 400);
    QTest::newRow("tiny") << QSize(60, 40);
    QTest::newRow("less than a row") << QSize(30, 20);
    QTest::newRow("large") << QSize(2500, 1600);
  }
  void scrollsToBothEndsOfAHundredMillion() {
    QFETCH(QSize, size);
    Window w(100'000'000, 0, size);
    const quint64 page = w.view.linesPerPage();
    QScrollBar *bar = w.view.verticalScrollBar();
    bar->setValue(bar->minimum());
    QCOMPARE(w.view.topLine(), quint64(0));
    bar->setValue(bar->maximum());
    QCOMPARE(w.view.topLine(), 100'000'000 - page);
    w.view.grab();
    bar->setValue(50'000'000);
    QCOMPARE(w.view.topLine(), quint64(50'000'000));
    bar->triggerAction(QAbstractSlider::SliderSingleStepSub);
    QCOMPARE(w.view.topLine(), quint64(49'999'999));
    w.view.openAllBelow(w.model.index(99'999'999, 0));
    w.key(Qt::Key_End);
    QCOMPARE(w.currentLine(), quint64(100'000'007));
    w.key(Qt::Key_Home);
    QCOMPARE(w.view.topLine(), quint64(0));
    w.view.resize(size.height() * 2, size.width());
    w.view.grab();
  }

  void headerHidesMovesAndRemembers() {
    Window w(10);
    const std::unique_ptr<QMenu> menu(w.view.header()->createColumnMenu(nullptr));
    QAction *chunks = nullptr;
    for (QAction *action : menu->actions()) {
      if (action->text() == QStringLiteral("Chunks")) chunks = action;
      QVERIFY2(action->text() != QStringLiteral("#"), "the tree's own column stays");
    }
    QVERIFY(chunks);
    chunks->trigger();
    QVERIFY(w.view.header()->isSectionHidden(M::ChunksColumn));
    w.view.header()->resizeSection(M::StatusColumn, 222);
    // Dragged by the mouse: Size before Offset.
    QWidget *bar = w.view.header()->viewport();
    const auto middle = [&](int column) {
      return QPoint(w.view.header()->sectionViewportPosition(column) + w.view.header()->sectionSize(column) / 2, 8);
    };
    const QPoint from = middle(M::SizeColumn);
    const QPoint to = middle(M::OffsetColumn) - QPoint(20, 0);
    QTest::mousePress(bar, Qt::LeftButton, {}, from);
    for (const QPoint at : {from - QPoint(20, 0), to}) {
      QMouseEvent move(QEvent::MouseMove, at, bar->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
      QApplication::sendEvent(bar, &move);
    }
    QTest::mouseRelease(bar, Qt::LeftButton, {}, to);
    QVERIFY(w.view.header()->visualIndex(M::SizeColumn) < w.view.header()->visualIndex(M::OffsetColumn));

    const QByteArray state = w.view.saveState();
    Window other(10);
    QVERIFY(other.view.restoreState(state));
    QVERIFY(other.view.header()->isSectionHidden(M::ChunksColumn));
    QCOMPARE(other.view.header()->sectionSize(M::StatusColumn), 222);
    QVERIFY(other.view.header()->visualIndex(M::SizeColumn) < other.view.header()->visualIndex(M::OffsetColumn));
    QVERIFY(!other.view.restoreState({}));
    QVERIFY(!other.view.restoreState(QByteArray("nonsense")));
    QVERIFY(!other.view.restoreState(state.left(state.size() / 2)));
    QVERIFY(other.view.header()->isSectionHidden(M::ChunksColumn));
    menu->actions().last()->trigger();  // Reset Columns
    QVERIFY(!w.view.header()->isSectionHidden(M::ChunksColumn));
    QCOMPARE(w.view.header()->visualIndex(M::SizeColumn), int(M::SizeColumn));
  }

  void narrowWindowsScrollSideways() {
    Window w(10, 0, {300, 300});
    QScrollBar *bar = w.view.horizontalScrollBar();
    QVERIFY(bar->maximum() > 0);
    bar->setValue(bar->maximum());
    QVERIFY(w.view.visualRect(w.model.index(0, 0)).left() < 0);
    const QRect last = w.view.visualRect(w.model.index(0, M::SummaryColumn));
    QCOMPARE(last.right() + 1, w.view.viewport()->width());
    w.click(2);
    QCOMPARE(w.currentLine(), quint64(2));
  }

  void statusShowsWithoutColour() {
    Window w(3);
    w.model.setErrors({1});
    w.model.setIncompleteLast(true);
    QVERIFY(MessageRowPainter::cellText(w.model.index(1, M::StatusColumn)).startsWith(Theme::glyph(Status::Error)));
    QVERIFY(
        MessageRowPainter::cellText(w.model.index(2, M::StatusColumn)).startsWith(Theme::glyph(Status::Incomplete)));
    QVERIFY(MessageRowPainter::cellText(w.model.index(0, M::DirectionColumn)).startsWith(Theme::arrow(Direction::In)));
    // The edge of the row says it too: none, solid, dashed.
    const QImage image = w.view.viewport()->grab().toImage();
    const auto differing = [&](int row) {
      int count = 0;
      for (int y = row * w.view.rowHeight() + 1; y < (row + 1) * w.view.rowHeight() - 1; ++y) {
        count += image.pixel(1, y) != image.pixel(6, y);
      }
      return count;
    };
    QCOMPARE(differing(0), 0);
    QVERIFY(differing(1) >= w.view.rowHeight() - 3);
    QVERIFY(differing(2) > 0 && differing(2) < w.view.rowHeight() - 3);
  }

  void modelMayGoFirst() {
    MessageTreeView view;
    auto model = std::make_unique<FakeMessageModel>(10);
    auto hub = std::make_unique<SelectionHub>();
    view.setModel(model.get(), [](const Selection &) { return QModelIndex(); });
    view.setSelectionHub(hub.get());
    view.setCurrentIndex(model->index(3, 0));
    model.reset();
    hub.reset();
    QCOMPARE(view.lineCount(), quint64(0));
    view.grab();
    FakeMessageModel next(5);
    view.setModel(&next, nullptr);
    QCOMPARE(view.lineCount(), quint64(5));
    view.grab();
    QTest::keyClick(&view, Qt::Key_Down);
  }
};

QTEST_MAIN(TestMessageTreeView)
#include "tst_message_tree_view.moc"
