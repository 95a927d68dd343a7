// MessageTreeView in a real window: selecting, moving, opening, columns, what it looks like.
#include "tests/widgets/messages/message_view_window.h"

#include <QAbstractItemModelTester>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>

#include <memory>

using namespace octetscope;
using octetscope::test::FakeMessageModel;
using octetscope::test::M;
using octetscope::test::MessageViewWindow;

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
    MessageViewWindow w(0);
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
    MessageViewWindow w(10);
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
    MessageViewWindow w(10);
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
    MessageViewWindow w(1000);
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
    MessageViewWindow w(10);
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
    MessageViewWindow w(10);
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
    MessageViewWindow w(20, 4);  // rows 3, 7, … are events
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
    MessageViewWindow w(20, 4);
    w.click(2);
    QVERIFY(w.hub.current());
    w.click(3);
    QVERIFY(!w.hub.current());
    QCOMPARE(w.currentLine(), quint64(3));
    w.key(Qt::Key_Return);  // nothing to open
    QCOMPARE(w.view.lineCount(), quint64(20));
  }

  void shiftAndDragSelectRanges() {
    MessageViewWindow w(20);
    w.click(8);
    w.click(4, Qt::ShiftModifier);
    QCOMPARE(w.view.selectedLines(), (LineRuns{{4, 8}}));
    w.click(10, Qt::ShiftModifier);
    QCOMPARE(w.view.selectedLines(), (LineRuns{{8, 10}}));
    QTest::mousePress(w.view.viewport(), Qt::LeftButton, {}, w.middleOf(2));
    QMouseEvent move(QEvent::MouseMove, w.middleOf(5), w.view.viewport()->mapToGlobal(w.middleOf(5)), Qt::NoButton,
                     Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(w.view.viewport(), &move);
    QTest::mouseRelease(w.view.viewport(), Qt::LeftButton, {}, w.middleOf(5));
    QCOMPARE(w.view.selectedLines(), (LineRuns{{2, 5}}));
    w.key(Qt::Key_Down);
    QCOMPARE(w.view.selectedLines(), (LineRuns{{6, 6}}));
  }

  void headerHidesMovesAndRemembers() {
    MessageViewWindow w(10);
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
    MessageViewWindow other(10);
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
    MessageViewWindow w(10, 0, {300, 300});
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
    MessageViewWindow w(3);
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
