// Rows of the message list that are selected apart, in a real window: what acts on rows acts on all of them, and they
// stay selected while the rows are sorted.
#include "app/message_differences.h"
#include "tests/app/window/marking_hands.h"
#include "tests/support/binary_makers.h"
#include "widgets/composer/frame_box.h"
#include "widgets/composer/text_page.h"
#include "widgets/messages/message_header.h"

#include <QClipboard>
#include <QDrag>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QTabBar>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;
using M = MessageTreeModel;

class TestWindowRows : public QObject, private MarkingHands {
  Q_OBJECT

  void openFive() {
    w_->openBytes("\2Hi\2!?\1x\3abc\2no"_ba);
    w_->decode(u"length:u8"_s);
    SOON_COMPARE(w_->messageRows().size(), 5);
    w_->messages()->setFocus();
  }
  QPoint middleOf(int line) const {
    const QModelIndex row = w_->messages()->indexAtLine(static_cast<quint64>(line));
    return w_->messages()->visualRect(row.siblingAtColumn(M::SizeColumn)).center();
  }
  void click(int line, Qt::KeyboardModifiers modifiers = {}) {
    QTest::mouseClick(w_->messages()->viewport(), Qt::LeftButton, modifiers, middleOf(line));
  }
  void selectApart(const QList<int> &lines) {
    click(lines.first());
    for (const int line : lines.sliced(1)) click(line, Qt::ControlModifier);
  }
  void listKey(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(w_->messages(), key, modifiers); }
  QString said() const { return w_->window.statusBar()->currentMessage(); }
  QPlainTextEdit *hex() const { return w_->window.composer()->findChild<HexInputPage *>()->editor(); }
  /// Of the selected rows, in the order of lines.
  QStringList selectedSizes() const {
    QStringList sizes;
    for (const QModelIndex &row : w_->messages()->selectedRows(1000)) {
      sizes.append(row.siblingAtColumn(M::SizeColumn).data().toString());
    }
    return sizes;
  }
  void clickHead(int column) {
    MessageHeader *header = w_->messages()->header();
    const QPoint at(header->sectionViewportPosition(column) + header->sectionSize(column) / 2, header->height() / 2);
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, at);
  }

 private Q_SLOTS:
  void init() { open(); }
  void cleanup() { close(); }

  void twoApartAreCompared() {
    openFive();
    selectApart({4, 0});
    QCOMPARE(w_->action(ActionId::CompareMessages)->text().remove(u'&'), u"Compare these two, byte by byte"_s);
    w_->key(Qt::Key_D, Qt::ControlModifier | Qt::AltModifier);
    const DifferenceWindow *shown = w_->window.commands()->differences()->window();
    SOON_VERIFY(shown && shown->isComplete());
    const auto text = [shown](const QString &label) { return named<QLabel>(shown, label)->text(); };
    QCOMPARE(text(u"What stands on the left"_s), u"← in, message 0 of some.bin: 3 bytes"_s);
    QCOMPARE(text(u"What stands on the right"_s), u"← in, message 4 of some.bin: 3 bytes"_s);
    click(2, Qt::ControlModifier);
    QVERIFY(w_->action(ActionId::CompareMessages)->text().startsWith(u"Compare the first and the last"_s));
    click(2, Qt::ControlModifier);
    click(0, Qt::ControlModifier);
    QCOMPARE(w_->action(ActionId::CompareMessages)->text().remove(u'&'), u"Compare byte by byte with…"_s);
  }

  void theyAreMarkedAtOnce() {
    openFive();
    selectApart({0, 3, 1});
    QCOMPARE(named<QLabel>(&w_->window, u"How much is selected"_s)->text(), u"3 rows selected"_s);
    QCOMPARE(w_->action(ActionId::Mark)->text(), u"&Mark 3 rows"_s);
    w_->key(Qt::Key_M, Qt::ControlModifier);
    QCOMPARE(marked(), (QStringList{u"0–2 green"_s, u"3–5 green"_s, u"8–11 green"_s}));
    QCOMPARE(selectedSizes().size(), 3);
    w_->key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(marked(), QStringList());
    // The one that is selected, not the one where the keyboard went from it.
    click(2);
    listKey(Qt::Key_Down, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(w_->currentRange(), (ByteRange{8, 12}));
    QCOMPARE(named<QLabel>(&w_->window, u"How much is selected"_s)->text(), u"4 bytes selected"_s);
    QCOMPARE(w_->action(ActionId::Mark)->text(), u"&Mark"_s);
    w_->key(Qt::Key_M, Qt::ControlModifier);
    QCOMPARE(marked(), QStringList{u"6–7 green"_s});
    w_->key(Qt::Key_D, Qt::ControlModifier | Qt::AltModifier);
    QVERIFY2(said().contains(u"message 2 of some.bin is the first of two"_s), qPrintable(said()));
    w_->key(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(w_->window.composer()->findChild<TextPage *>()->editor()->toPlainText(), u"x"_s);
  }

  void theyAreCopiedInOrder() {
    openFive();
    selectApart({3, 0});
    w_->action(ActionId::CopyHex)->trigger();
    SOON_COMPARE(QGuiApplication::clipboard()->text(), u"02 48 69\n03 61 62 63"_s);
  }

  void theyAreDraggedAndEdited() {
    openFive();
    named<QTabBar>(w_->window.composer(), u"What to send"_s)->setCurrentIndex(1);
    selectApart({3, 0, 2});
    QWidget *at = w_->messages()->viewport();
    QTest::mousePress(at, Qt::LeftButton, Qt::ControlModifier, middleOf(3));
    const QPoint to = middleOf(3) + QPoint(0, QApplication::startDragDistance() + 2);
    QMouseEvent move(QEvent::MouseMove, to, at->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, Qt::ControlModifier);
    QApplication::sendEvent(at, &move);
    const auto drags = w_->messages()->findChildren<QDrag *>();
    QCOMPARE(drags.size(), 1);
    QCOMPARE(drags.first()->mimeData()->text(), u"48 69\n78\n61 62 63"_s);
    qDeleteAll(drags);
    QTest::mouseRelease(at, Qt::LeftButton, Qt::ControlModifier, to);
    QCOMPARE(selectedSizes(), (QStringList{u"3"_s, u"2"_s, u"4"_s}));
    // No framing carries several as one: they are what came.
    w_->key(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(hex()->toPlainText(), u"02 48 69 01 78 03 61 62 63"_s);
    QVERIFY(!w_->window.composer()->findChild<FrameBox *>()->isChecked());
    // Rows inside messages stand for these, each once.
    w_->messages()->setFocus();
    click(1);
    listKey(Qt::Key_Right);
    selectApart({2, 3, 0});
    w_->key(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(hex()->toPlainText(), u"02 48 69 02 21 3F"_s);
  }

  void theyStaySelectedWhileRowsAreSorted() {
    QByteArray bytes;
    for (const int size : {5, 3, 9, 4, 7}) {
      bytes += bigEndianBytes(static_cast<quint64>(size - 2), 2) + QByteArray(size - 2, 'x');
    }
    w_->openBytes(bytes);
    w_->decode(u"length:u16be"_s);
    SOON_COMPARE(w_->messageRows().size(), 5);
    click(0);
    click(2, Qt::ControlModifier);
    click(3, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(selectedSizes(), (QStringList{u"5"_s, u"9"_s, u"4"_s}));
    const auto hasSmallestFirst = [this] {
      return w_->messages()->model()->index(0, M::SizeColumn).data().toString() == u"3"_s;
    };
    clickHead(M::SizeColumn);
    SOON_VERIFY(hasSmallestFirst());
    QCOMPARE(selectedSizes(), (QStringList{u"4"_s, u"5"_s, u"9"_s}));
    clickHead(M::SizeColumn);
    QCOMPARE(selectedSizes(), (QStringList{u"9"_s, u"5"_s, u"4"_s}));
    clickHead(M::SizeColumn);
    QCOMPARE(selectedSizes(), (QStringList{u"5"_s, u"9"_s, u"4"_s}));
  }

  void moreThanCanBeFollowedAreNotSelectedAnyMore() {
    constexpr quint64 rows = RowSelection::mostFollowed + 2;
    w_->openBytes(QByteArray(rows, 'x'));
    w_->decode(u"fixed:1"_s);
    SOON_COMPARE(w_->messages()->lineCount(), rows);
    w_->messages()->setFocus();
    listKey(Qt::Key_A, Qt::ControlModifier);
    listKey(Qt::Key_Up, Qt::ShiftModifier);
    QCOMPARE(w_->messages()->selectedLines().count(), rows - 1);
    clickHead(M::OffsetColumn);
    SOON_COMPARE(w_->messages()->selectedLines().count(), 1U);
    QVERIFY2(said().startsWith(u"The order changed, and more than 10,000 rows were selected"_s), qPrintable(said()));
    // All stay all, however many they are; and nobody is told otherwise.
    w_->window.statusBar()->clearMessage();
    listKey(Qt::Key_A, Qt::ControlModifier);
    clickHead(M::OffsetColumn);
    clickHead(M::OffsetColumn);
    QCOMPARE(w_->messages()->selectedLines(), (LineRuns{{0, rows - 1}}));
    QCOMPARE(said(), QString());
  }

  /// What the menu Time has keeps its keys.
  void controlAndDownGoesToTheNextMessage() {
    openFive();
    click(0);
    listKey(Qt::Key_Down, Qt::ControlModifier);
    QCOMPARE(w_->currentRange(), (ByteRange{3, 6}));
    w_->action(ActionId::Live)->trigger();
    SOON_COMPARE(w_->messageRows().size(), 5);
    w_->messages()->setFocus();
    click(0);
    listKey(Qt::Key_Down, Qt::ControlModifier | Qt::ShiftModifier);
    listKey(Qt::Key_Down, Qt::ControlModifier | Qt::ShiftModifier);
    listKey(Qt::Key_Space, Qt::ControlModifier);
    QCOMPARE(selectedSizes(), (QStringList{u"3"_s, u"2"_s}));
  }
};

QTEST_MAIN(TestWindowRows)
#include "tst_window_rows.moc"
