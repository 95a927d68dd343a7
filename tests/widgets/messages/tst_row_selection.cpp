// Rows of a MessageTreeView that are selected apart: by mouse and keys, what acts on them, and what becomes of them
// when rows come, go and are hidden.
#include "tests/widgets/messages/message_view_window.h"

#include <QClipboard>
#include <QDrag>
#include <QElapsedTimer>
#include <QSignalSpy>

using namespace octetscope;
using namespace Qt::StringLiterals;
using octetscope::test::M;
using octetscope::test::MessageViewWindow;

namespace {

constexpr Qt::KeyboardModifiers apart = Qt::ControlModifier;
constexpr QSize tall(900, 900);  // all rows are in sight
constexpr Qt::KeyboardModifiers both = Qt::ControlModifier | Qt::ShiftModifier;

void moveMouse(MessageViewWindow &w, QPoint to, Qt::KeyboardModifiers modifiers = {}) {
  QWidget *at = w.view.viewport();
  QMouseEvent move(QEvent::MouseMove, to, at->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, modifiers);
  QApplication::sendEvent(at, &move);
}

}  // namespace

class TestRowSelection : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void controlAndClickAddsAndTakesOut() {
    MessageViewWindow w(20);
    QSignalSpy told(&w.view, &MessageTreeView::selectedRowsChanged);
    w.click(3);
    w.click(7, apart);
    w.click(5, apart);
    QCOMPARE(w.selected(), u"3 5 7"_s);
    QCOMPARE(told.size(), 3);
    QCOMPARE(w.currentLine(), quint64(5));
    QVERIFY2(w.hub.current()->range == (ByteRange{100, 120}), "the others show where the keyboard stands");
    w.click(6, apart);
    QCOMPARE(w.selected(), u"3 5-7"_s);
    w.click(6, apart);
    QCOMPARE(w.selected(), u"3 5 7"_s);
    QCOMPARE(w.currentLine(), quint64(6));
    QCOMPARE(told.size(), 5);
    // The last one stays.
    for (const quint64 line : {3, 5, 7}) w.click(line, apart);
    QCOMPARE(w.selected(), u"7"_s);
    // A plain click, or key, is one row again.
    w.click(9, apart);
    w.click(7);
    QCOMPARE(w.selected(), u"7"_s);
    w.click(9, apart);
    w.key(Qt::Key_Down);
    QCOMPARE(w.selected(), u"10"_s);
    // Quick clicks are clicks: nothing opens.
    w.click(12, apart);
    QTest::mouseDClick(w.view.viewport(), Qt::LeftButton, apart, w.middleOf(14));
    QVERIFY(!w.view.isOpen(w.model.index(14, 0)));
    QCOMPARE(w.selected(), u"10 12 14"_s);
  }

  void whatIsSelectedElsewhereIsOneRow() {
    MessageViewWindow w(20);
    w.click(3);
    w.click(7, apart);
    const QObject other;
    w.hub.select(Selection{.direction = Direction::In, .range = {40, 60}, .message = 2}, &other);
    QCOMPARE(w.selected(), u"2"_s);
    w.click(7, apart);
    w.view.goToNextMessage();
    QCOMPARE(w.selected(), u"8"_s);
    w.click(2, apart);
    w.hub.select({}, &other);
    QCOMPARE(w.selected(), QString());
  }

  void shiftReachesFromTheLastOne() {
    MessageViewWindow w(30, 0, tall);
    w.click(1);
    w.click(5, apart);
    w.click(8, both);
    QCOMPARE(w.selected(), u"1 5-8"_s);
    w.click(3, both);  // the same act, corrected
    QCOMPARE(w.selected(), u"1 3-5"_s);
    w.click(10, apart);
    w.click(12, both);
    QCOMPARE(w.selected(), u"1 3-5 10-12"_s);
    w.click(4, apart);  // out of the midst of a run
    QCOMPARE(w.selected(), u"1 3 5 10-12"_s);
    w.click(7, Qt::ShiftModifier);  // without Control the others go
    QCOMPARE(w.selected(), u"4-7"_s);
    w.key(Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(w.selected(), u"0-29"_s);
    w.click(9, apart);
    QCOMPARE(w.selected(), u"0-8 10-29"_s);
  }

  void keysDoTheSame() {
    MessageViewWindow w(30, 0, tall);
    w.click(3);
    w.key(Qt::Key_Down, both);
    w.key(Qt::Key_Down, both);
    QCOMPARE(w.selected(), u"3"_s);
    QCOMPARE(w.currentLine(), quint64(5));
    QVERIFY(w.hub.current()->range == (ByteRange{100, 120}));
    w.key(Qt::Key_Space, apart);
    QCOMPARE(w.selected(), u"3 5"_s);
    QVERIFY(!w.view.isOpen(w.model.index(5, 0)));
    w.key(Qt::Key_End, both);
    w.key(Qt::Key_Up, both);
    QCOMPARE(w.selected(), u"3 5"_s);
    w.key(Qt::Key_Space, apart);
    w.key(Qt::Key_Up, both);
    w.key(Qt::Key_Up, both);
    w.key(Qt::Key_Space, both);  // the run, too
    QCOMPARE(w.selected(), u"3 5 26-28"_s);
    w.key(Qt::Key_Space, apart);
    QCOMPARE(w.selected(), u"3 5 27-28"_s);
    w.key(Qt::Key_Up, Qt::ShiftModifier);
    QCOMPARE(w.selected(), u"25-26"_s);
    // What was selected because the keyboard stood there stays behind.
    w.key(Qt::Key_Home);
    w.key(Qt::Key_Space, apart);
    w.key(Qt::Key_Down, both);
    QCOMPARE(w.selected(), u"0"_s);
  }

  void aDragIsOfAllThatAreSelected() {
    MessageViewWindow w(20);
    // The offscreen platform starts a drag and does not go on with it.
    const auto drags = [&w] {
      const auto begun = w.view.findChildren<QDrag *>();
      qDeleteAll(begun);
      return begun.size();
    };
    const QPoint far(QApplication::startDragDistance() + 2, 0);
    w.click(3);
    w.click(7, apart);
    // With Control on a selected row it is decided when the button is let go.
    QTest::mousePress(w.view.viewport(), Qt::LeftButton, apart, w.middleOf(3));
    QCOMPARE(w.selected(), u"3 7"_s);
    moveMouse(w, w.middleOf(3) + far, apart);
    QCOMPARE(drags(), 1);
    QTest::mouseRelease(w.view.viewport(), Qt::LeftButton, apart, w.middleOf(3) + far);
    QCOMPARE(w.selected(), u"3 7"_s);
    w.click(3, apart);
    QCOMPARE(w.selected(), u"7"_s);
    // Up and down selects more.
    QTest::mousePress(w.view.viewport(), Qt::LeftButton, apart, w.middleOf(10));
    moveMouse(w, w.middleOf(13), apart);
    QCOMPARE(w.selected(), u"7 10-13"_s);
    moveMouse(w, w.middleOf(12), apart);
    QTest::mouseRelease(w.view.viewport(), Qt::LeftButton, apart, w.middleOf(12));
    QCOMPARE(w.selected(), u"7 10-12"_s);
    QCOMPARE(drags(), 0);
  }

  void theMenuIsAboutAllOfThem() {
    MessageViewWindow w(20);
    w.click(3);
    w.click(7, apart);
    QTest::mousePress(w.view.viewport(), Qt::RightButton, {}, w.middleOf(3));
    QCOMPARE(w.selected(), u"3 7"_s);
    QCOMPARE(w.currentLine(), quint64(3));
    QTest::mousePress(w.view.viewport(), Qt::RightButton, {}, w.middleOf(5));
    QCOMPARE(w.selected(), u"5"_s);
  }

  void copiesAndVisitsInTheOrderOfLines() {
    MessageViewWindow w(20, 0, tall);
    w.click(7);
    w.click(2, apart);
    w.click(4, apart);
    w.key(Qt::Key_C, Qt::ControlModifier);
    QStringList lines = QApplication::clipboard()->text().split(u'\n', Qt::SkipEmptyParts);
    for (QString &line : lines) line = line.section(u'\t', 0, 0);
    QCOMPARE(lines, (QStringList{u"2"_s, u"4"_s, u"7"_s}));
    // A message stands for what is in it, also where a branch between is taken out.
    w.view.openAllBelow(w.model.index(4, 0));
    w.click(7);                     // its third field
    w.click(9, Qt::ShiftModifier);  // up to the first item
    w.click(4, apart);              // the message
    w.click(8, apart);              // without its array
    w.click(0, apart);
    QCOMPARE(w.selected(), u"0 4 7 9"_s);
    const auto names = [&w] {
      QStringList visited;
      w.view.visitSelected(
          [&visited](const QModelIndex &row) {
            visited.append(row.data().toString());
            return true;
          },
          [&visited](bool whole) { visited.append(whole ? u"whole"_s : u"cut"_s); });
      return visited;
    };
    QCOMPARE(names(), (QStringList{u"0"_s, u"4"_s, u"whole"_s}));
    QCOMPARE(w.view.selectedRows(4).size(), 2);
    QVERIFY(w.view.selectedRows(3).isEmpty());
    w.click(4, apart);
    QCOMPARE(names(), (QStringList{u"0"_s, u"kind"_s, u"[0]"_s, u"whole"_s}));
  }

  void itIsPainted() {
    MessageViewWindow w(20, 0, tall);
    w.click(3);
    w.click(7, apart);
    w.key(Qt::Key_Down, both);
    const QImage image = w.view.viewport()->grab().toImage();
    const auto colour = [&](int line) { return image.pixelColor(image.width() - 4, line * w.view.rowHeight() + 4); };
    QCOMPARE(colour(3), colour(7));
    QVERIFY(colour(5) != colour(7));
    QCOMPARE(colour(9), colour(5));
    const QColor own = image.pixelColor(image.width() - 4, 8 * w.view.rowHeight() + 4);
    QVERIFY(own != colour(7));
  }

  void rowsThatComeAndBranchesThatOpenChangeNothing() {
    MessageViewWindow w(20);
    w.click(3);
    w.click(7, apart);
    w.click(9, both);
    QSignalSpy told(&w.view, &MessageTreeView::selectedRowsChanged);
    w.model.append(10);
    QCOMPARE(told.size(), 0);
    w.view.setOpen(w.model.index(1, 0), true);  // five fields above
    QCOMPARE(w.selected(), u"8 12-14"_s);
    w.view.setOpen(w.model.index(8, 0), true);  // in the midst of the run
    QCOMPARE(w.selected(), u"8 12-19"_s);
    QVERIFY(told.size() > 0);
    w.view.closeAll();
    QCOMPARE(w.selected(), u"3 7-9"_s);
  }

  void whatIsHiddenIsDropped() {
    MessageViewWindow w(20, 0, tall);
    w.view.openAllBelow(w.model.index(4, 0));  // 5 length, 6 seq, 7 kind, 8 items, 9-11, 12 text
    w.click(2);
    w.click(6, apart);
    w.click(10, apart);
    w.clickArrow(8);
    QCOMPARE(w.selected(), u"2 6"_s);
    QCOMPARE(w.currentLine(), quint64(8));
    w.clickArrow(8);
    QCOMPARE(w.selected(), u"2 6"_s);  // it does not come back
    // A run that begins or ends there keeps what can be seen.
    w.click(10);
    w.click(14, Qt::ShiftModifier);
    w.clickArrow(4);
    QCOMPARE(w.selected(), u"5-6"_s);
    w.clickArrow(4);
    w.click(2);
    w.click(6, Qt::ShiftModifier);
    w.clickArrow(4);
    QCOMPARE(w.selected(), u"2-4"_s);
    // Where nothing else is selected, the branch is.
    w.clickArrow(4);
    w.click(6);
    w.clickArrow(4);
    QCOMPARE(w.selected(), u"4"_s);
    QCOMPARE(w.currentLine(), quint64(4));
  }

  void whatGoesIsDropped() {
    MessageViewWindow w(20, 0, tall);
    w.click(2);
    w.click(4, apart);
    w.click(9, both);
    w.click(12, apart);
    QSignalSpy told(&w.view, &MessageTreeView::selectedRowsChanged);
    w.model.removeFirst(6);
    QCOMPARE(w.selected(), u"0-3 6"_s);
    QCOMPARE(w.nameAt(0), u"6"_s);
    QCOMPARE(told.size(), 1);
    w.model.removeFirst(4);
    QCOMPARE(w.selected(), u"2"_s);
    w.model.append(3);
    w.view.setOpen(w.model.index(1, 0), true);
    w.model.addFields(1, 3);
    w.click(7);
    w.click(9, apart);
    w.click(12, apart);
    w.model.removeAddedFields(1);
    QCOMPARE(w.selected(), u"9"_s);
    w.model.begin(5);
    QVERIFY(w.selected().size() <= 1);
  }

  void tenMillionAreSelectedAtOnce() {
    MessageViewWindow w(10'000'000);
    QElapsedTimer clock;
    clock.start();
    w.key(Qt::Key_A, Qt::ControlModifier);
    w.view.toggleSelected(w.model.index(5'000'000, 0));
    w.view.toggleSelected(w.model.index(2, 0));
    QCOMPARE(w.selected(), u"0-1 3-4999999 5000001-9999999"_s);
    w.model.append(1000);
    w.model.removeFirst(3);
    QCOMPARE(w.selected(), u"0-4999996 4999998-9999996"_s);
    w.view.grab();
    QVERIFY2(clock.elapsed() < 500, "nothing is done for each row");
  }
};

QTEST_MAIN(TestRowSelection)
#include "tst_row_selection.moc"
