// The hex view over many bytes and few: what is in sight, what is asked for, what follows.
#include "tests/widgets/hexview/shown_hex_view.h"

#include <QApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QToolTip>
#include <QWheelEvent>

using namespace octetscope;
using namespace Qt::StringLiterals;
using test::FakeHexSource;

Q_DECLARE_METATYPE(octetscope::ByteRange)

namespace {

constexpr quint64 sixtyFourGibi = 64ULL << 30;

}  // namespace

class TestHexScrolling : public QObject, test::ShownHexView {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { qRegisterMetaType<ByteRange>(); }
  void init() { reset(); }

  void settersNeverEmit();
  void scrollToCentresWhatIsFar();
  void goToOffset();
  void followsTheEnd();
  void scrollsSixtyFourGibibytes();
  void wheelScrollsAndZooms();
  void asksOnlyForWhatIsVisible();
  void rowModes();
  void toolTipIsPlainText();
  void emptyAndTiny();
  void shrinkingIsSurvived();
  void sourceMayGoAway();

 private:
  void wheel(int angle, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    const QPointF point = view_->viewport()->rect().center();
    QWheelEvent event(point, view_->viewport()->mapToGlobal(point), {}, {0, angle}, Qt::NoButton, modifiers,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(view_->viewport(), &event);
  }
};

void TestHexScrolling::settersNeverEmit() {
  show(100'000);
  QSignalSpy selected(&view(), &HexView::selectionChanged);
  QSignalSpy followed(&view(), &HexView::followingChanged);
  view().setSelection({10, 20});
  QCOMPARE(view().selection(), (ByteRange{10, 20}));
  QCOMPARE(view().caret(), std::optional<quint64>(10));
  view().setFollowing(true);
  view().setFollowing(false);
  view().setSelection({99'990, ~0ULL});
  QCOMPARE(view().selection(), (ByteRange{99'990, 100'000}));
  QCOMPARE(selected.size(), 0);
  QCOMPARE(followed.size(), 0);
  view().select({5, 6});
  QCOMPARE(selected.size(), 1);
}

void TestHexScrolling::scrollToCentresWhatIsFar() {
  show(1'000'000);
  view().scrollTo({500'000, 500'010});
  const quint64 row = 500'000 / 16;
  QVERIFY(row > view().topRow() + 3);
  QVERIFY(row + 3 < view().topRow() + view().visibleRows());
  const quint64 top = view().topRow();
  view().scrollTo({top * 16, top * 16 + 1});
  QCOMPARE(view().topRow(), top);
  view().scrollTo({(top - 1) * 16, (top - 1) * 16 + 1});
  QCOMPARE(view().topRow(), top - 1);
  // Larger than the window: its begin.
  view().scrollTo({600'000, 900'000});
  QCOMPARE(view().topRow(), 600'000 / 16ULL);
  view().scrollTo({999'999, 1'000'000});
  QVERIFY(view().visibleRange().contains(999'999));
  view().scrollTo({0, 0});
  QVERIFY(view().visibleRange().contains(0));
}

void TestHexScrolling::goToOffset() {
  show(sixtyFourGibi);
  QSignalSpy selected(&view(), &HexView::selectionChanged);
  QVERIFY(view().goToOffset(sixtyFourGibi - 1));
  QVERIFY(view().visibleRange().contains(sixtyFourGibi - 1));
  QCOMPARE(view().caret(), std::optional(sixtyFourGibi - 1));
  QCOMPARE(selected.size(), 1);
  QVERIFY(!view().goToOffset(sixtyFourGibi));
  QCOMPARE(selected.size(), 1);
}

void TestHexScrolling::followsTheEnd() {
  show(0);
  QVERIFY(view().isFollowing());
  QSignalSpy followed(&view(), &HexView::followingChanged);
  source_->setSize(10'000);
  QVERIFY(view().visibleRange().contains(9'999));
  wheel(120);
  QCOMPARE(followed.size(), 1);
  QVERIFY(!view().isFollowing());
  const quint64 top = view().topRow();
  source_->setSize(20'000);
  QCOMPARE(view().topRow(), top);
  view().setFollowing(true);
  QVERIFY(view().visibleRange().contains(19'999));
  source_->setSize(30'000);
  QVERIFY(view().visibleRange().contains(29'999));
  QTest::keyClick(&view(), Qt::Key_Home, Qt::ControlModifier);
  QVERIFY(!view().isFollowing());
  QTest::keyClick(&view(), Qt::Key_End, Qt::ControlModifier);
  QVERIFY(view().isFollowing());
  QCOMPARE(followed.size(), 3);
  // Something large that is there already is read from its begin.
  show(100'000);
  QVERIFY(!view().isFollowing());
  QCOMPARE(view().topRow(), 0ULL);
}

void TestHexScrolling::scrollsSixtyFourGibibytes() {
  show(sixtyFourGibi);
  QScrollBar *bar = view().verticalScrollBar();
  const quint64 lastTop = sixtyFourGibi / 16 - view().visibleRows();
  bar->setValue(bar->maximum());
  QCOMPARE(view().topRow(), lastTop);
  QCOMPARE(view().visibleRange().end, sixtyFourGibi);
  bar->triggerAction(QAbstractSlider::SliderSingleStepSub);
  QCOMPARE(view().topRow(), lastTop - 1);
  bar->triggerAction(QAbstractSlider::SliderPageStepSub);
  QCOMPARE(view().topRow(), lastTop - 1 - (view().visibleRows() - 1));
  bar->setValue(bar->maximum() / 2);
  const quint64 middle = view().topRow();
  QVERIFY(middle > lastTop / 2 - 10 && middle < lastTop / 2 + 10);
  for (quint64 i = 1; i <= 5; ++i) {
    bar->triggerAction(QAbstractSlider::SliderSingleStepAdd);
    QCOMPARE(view().topRow(), middle + i);
  }
  wheel(-120);
  QCOMPARE(view().topRow(), middle + 5 + static_cast<quint64>(QApplication::wheelScrollLines()));
  bar->setValue(0);
  QCOMPARE(view().topRow(), 0ULL);
  view().grab();
  QVERIFY(source_->spanBytes < 100'000);
}

void TestHexScrolling::wheelScrollsAndZooms() {
  show(100'000);
  wheel(-120);
  const auto lines = static_cast<quint64>(QApplication::wheelScrollLines());
  QCOMPARE(view().topRow(), lines);
  for (int i = 0; i < 4; ++i) wheel(-30);  // a finer wheel adds up
  QCOMPARE(view().topRow(), lines * 2);
  wheel(120 * 100);
  QCOMPARE(view().topRow(), 0ULL);
  QSignalSpy zoomed(&view(), &HexView::zoomChanged);
  const qreal before = view().geometryOfBytes().metrics().charWidth;
  wheel(240, Qt::ControlModifier);
  QCOMPARE(view().zoom(), 2);
  QCOMPARE(zoomed.size(), 1);
  QVERIFY(view().geometryOfBytes().metrics().charWidth > before);
  QTest::keyClick(&view(), Qt::Key_Minus, Qt::ControlModifier);
  QCOMPARE(view().zoom(), 1);
  QTest::keyClick(&view(), Qt::Key_Plus, Qt::ControlModifier);
  QCOMPARE(view().zoom(), 2);
  QTest::keyClick(&view(), Qt::Key_0, Qt::ControlModifier);
  QCOMPARE(view().zoom(), 0);
  QCOMPARE(view().geometryOfBytes().metrics().charWidth, before);
  view().setZoom(-1000);
  view().grab();
  view().setZoom(1000);
  view().grab();
}

void TestHexScrolling::asksOnlyForWhatIsVisible() {
  show(1000);
  view().grab();
  const quint64 small = source_->spanBytes / static_cast<quint64>(source_->spanCalls);
  show(sixtyFourGibi);
  view().grab();
  QVERIFY(source_->spanBytes / static_cast<quint64>(source_->spanCalls) <= std::max<quint64>(small, 40 * 16));
  // A caret that moves inside the window asks nothing.
  const int calls = source_->spanCalls;
  view().goToOffset(40);
  view().grab();
  QCOMPARE(source_->spanCalls, calls);
}

void TestHexScrolling::rowModes() {
  show(10'000);
  view().goToOffset(16 * 100);
  const quint64 top = view().geometryOfBytes().offsetOfRow(view().topRow());
  view().setBytesARow(32);
  QCOMPARE(view().geometryOfBytes().bytesPerRow(), 32);
  QCOMPARE(view().topRow(), top / 32);
  view().setBytesARow(0);
  view().resize(2000, 400);
  QVERIFY(view().geometryOfBytes().bytesPerRow() > 32);
  QVERIFY(view().geometryOfBytes().width() <= view().viewport()->width());
  view().resize(100, 400);
  QCOMPARE(view().geometryOfBytes().bytesPerRow(), 8);
  QVERIFY(view().horizontalScrollBar()->maximum() > 0);
}

void TestHexScrolling::toolTipIsPlainText() {
  show(1000);
  QHelpEvent event(QEvent::ToolTip, at(47), view().viewport()->mapToGlobal(at(47)));
  QApplication::sendEvent(view().viewport(), &event);
  const QString text = QToolTip::text();
  for (const auto &part :
       {u"Offset 47 (0x2f)"_s, u"field f0"_s, u"&lt;b&gt;7&lt;/b&gt;"_s, u"Message 1"_s, u"Chunk 1"_s, u"0.001500"_s}) {
    QVERIFY2(text.contains(part), qPrintable(text));
  }
  QHelpEvent beside(QEvent::ToolTip, QPoint(2, 2), view().viewport()->mapToGlobal(QPoint(2, 2)));
  QApplication::sendEvent(view().viewport(), &beside);
  QTRY_VERIFY(QToolTip::text().isEmpty());
}

void TestHexScrolling::emptyAndTiny() {
  show(0);
  QCOMPARE(view().caret(), std::nullopt);
  for (const auto key : {Qt::Key_Right, Qt::Key_End, Qt::Key_PageDown, Qt::Key_Up}) QTest::keyClick(&view(), key);
  QTest::keyClick(&view(), Qt::Key_A, Qt::ControlModifier);
  QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, {100, 100});
  QTest::mouseDClick(view().viewport(), Qt::LeftButton, {}, {100, 100});
  view().setSelection({0, 100});
  view().scrollTo({5, 10});
  QVERIFY(view().selection().isEmpty());
  for (const quint64 size : {0ULL, 1ULL, 17ULL, sixtyFourGibi}) {
    show(size);
    for (const QSize &window : {QSize(1, 1), QSize(20, 10), QSize(5, 300), QSize(600, 5)}) {
      view().setMinimumSize(1, 1);
      view().resize(window);
      view().grab();
      QTest::keyClick(&view(), Qt::Key_End, Qt::ControlModifier);
      view().grab();
      QVERIFY(view().visibleRows() >= 1);
    }
  }
}

void TestHexScrolling::shrinkingIsSurvived() {
  show(100'000);
  view().goToOffset(99'999);
  view().setSelection({90'000, 100'000});
  source_->setSize(50);
  view().grab();
  QVERIFY(view().selection().end <= 50);
  QCOMPARE(view().topRow(), 0ULL);
  source_->setSize(0);
  view().grab();
  QCOMPARE(view().caret(), std::nullopt);
}

void TestHexScrolling::sourceMayGoAway() {
  show(1000);
  view().goToOffset(500);
  source_.reset();
  view().grab();
  QTest::keyClick(&view(), Qt::Key_Right);
  view().setSource(nullptr);
  view().grab();
  QCOMPARE(view().caret(), std::nullopt);
}

QTEST_MAIN(TestHexScrolling)
#include "tst_hex_scrolling.moc"
