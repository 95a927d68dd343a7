// Rows of the message list dragged with the mouse into the Send panel: as hex, or as text where text is typed.
#include "tests/app/window/open_window.h"

#include "widgets/composer/fields_page.h"
#include "widgets/composer/file_page.h"
#include "widgets/composer/frame_box.h"
#include "widgets/composer/text_page.h"

#include <QDockWidget>
#include <QDrag>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QStatusBar>
#include <QTabBar>

using namespace octetscope;
using namespace octetscope::test;

namespace {

QString text(const char *words) {
  return QString::fromUtf8(words);
}

}  // namespace

class TestWindowDrag : public QObject {
  Q_OBJECT

  std::unique_ptr<OpenWindow> w_;

  void open(const QByteArray &bytes, const char *framing) {
    w_->openBytes(bytes);
    w_->decode(text(framing));
    settle();
    w_->messages()->setFocus();
    QTest::keyClick(w_->messages(), Qt::Key_Home);
  }
  void settle() { SOON_VERIFY(!w_->view()->decoder()->isBusy() && !w_->messageRows().isEmpty()); }
  QTabBar *tabs() const { return named<QTabBar>(w_->window.composer(), text("What to send")); }
  QPlainTextEdit *typed() const { return w_->window.composer()->findChild<TextPage *>()->editor(); }
  QPlainTextEdit *hex() const { return w_->window.composer()->findChild<HexInputPage *>()->editor(); }
  FrameBox *frame() const { return w_->window.composer()->findChild<FrameBox *>(); }
  QPoint middleOf(int line) const {
    const QModelIndex row = w_->messages()->indexAtLine(static_cast<quint64>(line));
    return w_->messages()->visualRect(row.siblingAtColumn(MessageTreeModel::SizeColumn)).center();
  }
  /// What the mouse has begun to drag is dropped in the middle of `onto`, as the platform would: the offscreen one
  /// starts a drag and does not go on with it.
  void drop(QWidget *onto) {
    const auto drags = w_->messages()->findChildren<QDrag *>();
    QCOMPARE(drags.size(), 1);
    const QMimeData *data = drags.first()->mimeData();
    const QPoint at = onto->rect().center();
    QDragEnterEvent enter(at, Qt::CopyAction, data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(onto, &enter);
    // Who does not want it leaves it to whom he is in.
    QWidget *taker = onto;
    while (!enter.isAccepted() && taker->parentWidget()) {
      taker = taker->parentWidget();
      if (!taker->acceptDrops()) continue;
      QApplication::sendEvent(taker, &enter);
    }
    QVERIFY(enter.isAccepted());
    QDropEvent event(taker->mapFrom(&w_->window, onto->mapTo(&w_->window, at)), Qt::CopyAction, data, Qt::LeftButton,
                     Qt::NoModifier);
    QApplication::sendEvent(taker, &event);
    QVERIFY(event.isAccepted());
    delete drags.first();
  }
  void move(QPoint to) const {
    QWidget *at = w_->messages()->viewport();
    QMouseEvent event(QEvent::MouseMove, to, at->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(at, &event);
  }
  void dragRow(int line, QWidget *onto) {
    QTest::mousePress(w_->messages()->viewport(), Qt::LeftButton, {}, middleOf(line));
    move(middleOf(line) + QPoint(QApplication::startDragDistance() + 2, 0));
    drop(onto);
  }

 private Q_SLOTS:
  void init() { w_ = std::make_unique<OpenWindow>(); }
  void cleanup() { w_.reset(); }

  void aMessageIsDroppedAsHex() {
    open(QByteArray("\2Hi\3\0\1\2", 7), "length:u8");
    tabs()->setCurrentIndex(1);
    dragRow(1, hex()->viewport());
    QCOMPARE(hex()->toPlainText(), text("00 01 02"));
    QCOMPARE(tabs()->currentIndex(), 1);
    QTRY_VERIFY(hex()->hasFocus());
    // It is sent as it came.
    QVERIFY(frame()->isChecked());
    QCOMPARE(frame()->accessibleDescription(), text("adds 03"));
    hex()->undo();
    QCOMPARE(hex()->toPlainText(), QString());
  }

  void whatLeavesTheListIsDragged_data() {
    QTest::addColumn<bool>("isUp");
    QTest::newRow("to the heads") << true;
    QTest::newRow("to the panel below") << false;
  }
  /// The row that was pressed, whatever was selected on the way; with Shift held more is selected.
  void whatLeavesTheListIsDragged() {
    QFETCH(bool, isUp);
    open("\2Hi\2!?\1x\1y", "length:u8");
    QTest::keyClick(w_->messages(), Qt::Key_Home);
    tabs()->setCurrentIndex(0);
    QTest::mousePress(w_->messages()->viewport(), Qt::LeftButton, {}, middleOf(1));
    move(middleOf(isUp ? 0 : 2));
    QCOMPARE(w_->messages()->selectedLines(), (isUp ? LineRuns{{0, 1}} : LineRuns{{1, 2}}));
    move(isUp ? QPoint(20, -4) : QPoint(20, w_->messages()->viewport()->height() + 4));
    QCOMPARE(w_->messages()->selectedLines(), (LineRuns{{1, 1}}));
    QCOMPARE(w_->currentRange(), (ByteRange{3, 6}));
    drop(typed()->viewport());
    QCOMPARE(typed()->toPlainText(), text("!?"));
    QTest::mouseRelease(w_->messages()->viewport(), Qt::LeftButton, {}, middleOf(1));
    // What is selected by Shift and dragging stays a selection.
    QTest::mouseClick(w_->messages()->viewport(), Qt::LeftButton, {}, middleOf(0));
    QTest::mousePress(w_->messages()->viewport(), Qt::LeftButton, Qt::ShiftModifier, middleOf(2));
    move(QPoint(20, w_->messages()->viewport()->height() + 4));
    QVERIFY(w_->messages()->findChildren<QDrag *>().isEmpty());
    QCOMPARE(w_->messages()->selectedLines(), (LineRuns{{0, 3}}));
    QTest::mouseRelease(w_->messages()->viewport(), Qt::LeftButton, Qt::ShiftModifier, middleOf(2));
  }

  void cleanTextIsDroppedAsText() {
    open(QByteArray("\2Hi\3\0\1\2", 7), "length:u8");
    tabs()->setCurrentIndex(0);
    dragRow(0, typed()->viewport());
    QCOMPARE(typed()->toPlainText(), text("Hi"));
    QCOMPARE(tabs()->currentIndex(), 0);
    // What is no text comes as hex, and what was typed stays.
    dragRow(1, typed()->viewport());
    QCOMPARE(hex()->toPlainText(), text("00 01 02"));
    QCOMPARE(tabs()->currentIndex(), 1);
    QCOMPARE(typed()->toPlainText(), text("Hi"));
    // The same beside an editor.
    tabs()->setCurrentIndex(3);
    dragRow(0, w_->window.composer()->findChild<FilePage *>());
    QCOMPARE(hex()->toPlainText(), text("48 69"));
  }

  void textThatWouldBeSentOtherwiseIsHex() {
    open(QByteArray("\3a\\n", 4), "length:u8");
    auto *escapes = qobject_cast<QAbstractButton *>(button(w_->window.composer(), text("Escapes")));
    QVERIFY(escapes);
    tabs()->setCurrentIndex(0);
    escapes->setChecked(true);
    dragRow(0, typed()->viewport());
    QCOMPARE(hex()->toPlainText(), text("61 5C 6E"));
  }

  void severalRowsOneBehindTheOther() {
    open("\2Hi\2!?\1x", "length:u8");
    tabs()->setCurrentIndex(0);
    QTest::keyClick(w_->messages(), Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(w_->messages()->selectedLines(), (LineRuns{{0, 1}}));
    // From either of the selected rows, and whatever way one goes.
    QTest::mousePress(w_->messages()->viewport(), Qt::LeftButton, {}, middleOf(1));
    QCOMPARE(w_->messages()->selectedLines(), (LineRuns{{0, 1}}));
    move(middleOf(1) + QPoint(0, QApplication::startDragDistance() + 2));
    frame()->setChecked(true);
    drop(typed()->viewport());
    // No framing carries two as one: they are what came.
    QCOMPARE(hex()->toPlainText(), text("02 48 69 02 21 3F"));
    QVERIFY(!frame()->isChecked());
    // Pressing and letting go selects the one.
    QTest::mouseClick(w_->messages()->viewport(), Qt::LeftButton, {}, middleOf(1));
    QCOMPARE(w_->messages()->selectedLines(), (LineRuns{{1, 1}}));
  }

  void whatCannotBeFramedIsTakenWhole() {
    open("\2Hi\5cut", "length:u8");
    frame()->setChecked(true);
    tabs()->setCurrentIndex(1);
    // It is no whole message.
    dragRow(1, hex()->viewport());
    QCOMPARE(hex()->toPlainText(), text("05 63 75 74"));
    QVERIFY(!frame()->isChecked());
    // The framing of what is sent carries two bytes, and one goes beyond it.
    DecodeSettings settings = w_->window.shownCapture()->decodeSettings();
    settings.of(Direction::Out).framing = text("fixed:1");
    w_->window.shownCapture()->setDecodeSettings(settings);
    settle();
    dragRow(0, hex()->viewport());
    QCOMPARE(hex()->toPlainText(), text("02 48 69"));
    QVERIFY(!frame()->isChecked());
    // A part of a message is its bytes, and nothing is framed that was not.
    settings.of(Direction::Out).framing = text("length:u8");
    w_->window.shownCapture()->setDecodeSettings(settings);
    settle();
    w_->messages()->setFocus();
    QTest::keyClick(w_->messages(), Qt::Key_Home);
    QTest::keyClick(w_->messages(), Qt::Key_Right);
    dragRow(1, hex()->viewport());
    QCOMPARE(hex()->toPlainText(), text("02"));
    QVERIFY(!frame()->isChecked());
  }

  void fieldsAreFilled() {
    const QByteArray bytes("\x0b\0\7hi\\ \0\xff\xfe\1\2", 12);
    open(bytes, "length:u8");
    type(w_->layout(), text("!H:seq 5s:text b:n 3B:flags"));
    settle();
    tabs()->setCurrentIndex(2);
    auto *page = w_->window.composer()->findChild<FieldsPage *>();
    dragRow(0, page->input(text("seq")));
    QCOMPARE(tabs()->currentIndex(), 2);
    const auto typedIn = [page](const char *name) { return page->input(text(name))->text(); };
    QCOMPARE(typedIn("seq"), text("7"));
    QCOMPARE(typedIn("text"), text("hi\\\\ "));
    QCOMPARE(typedIn("n"), text("-1"));
    QCOMPARE(typedIn("flags"), text("254 1 2"));
    QVERIFY(page->payload() == bytes.sliced(1));
    QVERIFY(frame()->isChecked());
    // What the layout does not read stays hex, and the fields as they were.
    type(w_->layout(), text("!H:seq"));
    settle();
    tabs()->setCurrentIndex(2);
    dragRow(0, page);
    QCOMPARE(tabs()->currentIndex(), 1);
    QCOMPARE(hex()->toPlainText(), text("00 07 68 69 5C 20 00 FF FE 01 02"));
    QCOMPARE(typedIn("seq"), text("7"));
  }

  void theKeyboardTakesAMessageToo() {
    open(QByteArray("\2Hi\3\0\1\2", 7), "length:u8");
    tabs()->setCurrentIndex(0);
    QTest::keyClick(w_->messages(), Qt::Key_Home);
    QTest::keyClick(w_->messages(), Qt::Key_Down);
    QVERIFY(w_->action(ActionId::EditInSend)->isEnabled());
    w_->window.findChild<QDockWidget *>(text("send"))->hide();
    w_->key(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(hex()->isVisible() && hex()->hasFocus());
    QCOMPARE(hex()->toPlainText(), text("00 01 02"));
    QVERIFY(frame()->isChecked());
    // From a row inside it, too.
    tabs()->setCurrentIndex(0);
    w_->messages()->setFocus();
    QTest::keyClick(w_->messages(), Qt::Key_Home);
    QTest::keyClick(w_->messages(), Qt::Key_Right);
    QTest::keyClick(w_->messages(), Qt::Key_Down);
    w_->key(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(typed()->toPlainText(), text("Hi"));
    QTRY_VERIFY(typed()->hasFocus());
  }

  void upAndDownSelects() {
    open("ABCDEFGH", "fixed:1");
    QWidget *at = w_->messages()->viewport();
    QTest::mousePress(at, Qt::LeftButton, {}, middleOf(2));
    move(middleOf(4));
    QTest::mouseRelease(at, Qt::LeftButton, {}, middleOf(4));
    QCOMPARE(w_->messages()->selectedLines(), (LineRuns{{2, 4}}));
  }

  void whatOtherProgramsGet() {
    open("\2Hi\2!?\1x", "length:u8");
    const auto *model = w_->view()->messageModel();
    const std::unique_ptr<QMimeData> data(model->mimeData({model->index(0, 0), model->index(2, 0)}));
    QVERIFY(data);
    QCOMPARE(data->data(text("application/octet-stream")), QByteArray("Hix"));
    QCOMPARE(data->text(), text("48 69\n78"));
    const QModelIndex length = model->index(0, 0, model->index(1, 0));
    const std::unique_ptr<QMimeData> part(model->mimeData({length}));
    QCOMPARE(part->text(), text("02"));
    QVERIFY(!model->mimeData({}));
  }

  void tooMuchIsRefused() {
    open(QByteArray(3 << 20, 'x'), "fixed:3145728");
    QWidget *at = w_->messages()->viewport();
    QTest::mousePress(at, Qt::LeftButton, {}, middleOf(0));
    move(middleOf(0) + QPoint(QApplication::startDragDistance() + 2, 0));
    QTest::mouseRelease(at, Qt::LeftButton, {}, middleOf(0));
    QVERIFY2(w_->window.statusBar()->currentMessage().startsWith(text("Nothing is dragged")),
             qPrintable(w_->window.statusBar()->currentMessage()));
  }
};

QTEST_MAIN(TestWindowDrag)
#include "tst_window_drag.moc"
