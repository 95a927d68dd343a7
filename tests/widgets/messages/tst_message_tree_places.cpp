// A MessageTreeView while rows come and go: what it follows, keeps in place and paints again.
#include "tests/widgets/messages/message_view_window.h"

#include <QScrollBar>
#include <QSignalSpy>
#include <QWheelEvent>

using namespace octetscope;
using octetscope::test::FakeMessageModel;
using octetscope::test::M;
using octetscope::test::MessageViewWindow;

class TestMessageTreePlaces : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void hubMovesTheCurrentRow() {
    MessageViewWindow w(1000);
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

  void theNextMessageFromNowhereIsTheFirstInSight() {
    MessageViewWindow w(1000);
    w.view.setFollowing(false);
    w.view.verticalScrollBar()->setValue(0);
    QVERIFY(!w.view.currentIndex().isValid());
    w.view.goToNextMessage();
    QCOMPARE(w.view.currentIndex(), w.model.index(0, 0));
    w.view.goToNextMessage();
    QCOMPARE(w.view.currentIndex(), w.model.index(1, 0));
    w.view.goToPreviousMessage();
    QCOMPARE(w.view.currentIndex(), w.model.index(0, 0));
  }

  void aNewBeginningKeepsThePlace() {
    MessageViewWindow w(1000);
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
    MessageViewWindow w(1000);
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
    MessageViewWindow w(1000);
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
    MessageViewWindow w(1000);
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
    w.view.viewport()->installEventFilter(&counter);
    w.view.viewport()->update();
    QTRY_VERIFY(counter.count > 0);  // nothing is left to paint
    counter.count = 0;
    // What is painted next is all that anything asked for meanwhile: one row.
    w.model.touch(900);
    w.model.append(5);
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
    MessageViewWindow w(100'000'000, 0, size);
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
};

QTEST_MAIN(TestMessageTreePlaces)
#include "tst_message_tree_places.moc"
