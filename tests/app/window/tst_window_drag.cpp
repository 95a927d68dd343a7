// Rows of the message list dragged with the mouse into the Send panel: as hex, or as text where text is typed.
#include "tests/app/window/open_window.h"

#include "widgets/composer/file_page.h"
#include "widgets/composer/text_page.h"

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
    SOON_VERIFY(!w_->view()->decoder()->isBusy() && !w_->messageRows().isEmpty());
    w_->messages()->setFocus();
    QTest::keyClick(w_->messages(), Qt::Key_Home);
  }
  QTabBar *tabs() const { return named<QTabBar>(w_->window.composer(), text("What to send")); }
  QPlainTextEdit *typed() const { return w_->window.composer()->findChild<TextPage *>()->editor(); }
  QPlainTextEdit *hex() const { return w_->window.composer()->findChild<HexInputPage *>()->editor(); }
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
    hex()->undo();
    QCOMPARE(hex()->toPlainText(), QString());
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
    QCOMPARE(w_->messages()->selectedLines(), std::optional(std::pair<quint64, quint64>(0, 1)));
    // From either of the selected rows, and whatever way one goes.
    QTest::mousePress(w_->messages()->viewport(), Qt::LeftButton, {}, middleOf(1));
    QCOMPARE(w_->messages()->selectedLines(), std::optional(std::pair<quint64, quint64>(0, 1)));
    move(middleOf(1) + QPoint(0, QApplication::startDragDistance() + 2));
    drop(typed()->viewport());
    QCOMPARE(typed()->toPlainText(), text("Hi!?"));
    // Pressing and letting go selects the one.
    QTest::mouseClick(w_->messages()->viewport(), Qt::LeftButton, {}, middleOf(1));
    QCOMPARE(w_->messages()->selectedLines(), std::optional(std::pair<quint64, quint64>(1, 1)));
  }

  void upAndDownSelects() {
    open("ABCDEFGH", "fixed:1");
    QWidget *at = w_->messages()->viewport();
    QTest::mousePress(at, Qt::LeftButton, {}, middleOf(2));
    move(middleOf(4));
    QTest::mouseRelease(at, Qt::LeftButton, {}, middleOf(4));
    QCOMPARE(w_->messages()->selectedLines(), std::optional(std::pair<quint64, quint64>(2, 4)));
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
