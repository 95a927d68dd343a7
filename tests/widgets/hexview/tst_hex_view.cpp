#include "tests/widgets/hexview/fake_hex_source.h"
#include "widgets/hexview/hex_view.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>
#include <QWheelEvent>

#include <memory>

using namespace octetscope;
using namespace Qt::StringLiterals;
using test::FakeHexSource;

Q_DECLARE_METATYPE(octetscope::ByteRange)

namespace {

constexpr quint64 sixtyFourGibi = 64ULL << 30;

}  // namespace

class TestHexView : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void init();

  void clickPutsTheCaret();
  void dragSelects();
  void shiftClickExtends();
  void doubleClickSelectsTheFieldAndTripleTheMessage();
  void dragBelowScrolls();
  void keysMoveTheCaret_data();
  void keysMoveTheCaret();
  void shiftAndKeysSelect();
  void pageKeysScroll();
  void controlArrowsAreLeftToTheWindow();
  void tabGoesToTheTextAndOn();
  void copies_data();
  void copies();
  void copiesTheByteUnderTheCaret();
  void copyRefusesWhatIsTooMuch();
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
  HexView &view() { return *view_; }
  void show(quint64 size);
  QPoint at(quint64 offset, HexColumn column = HexColumn::Hex) {
    return view_->cellRect(column, offset).center().toPoint();
  }
  void wheel(int angle, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    const QPointF point = view_->viewport()->rect().center();
    QWheelEvent event(point, view_->viewport()->mapToGlobal(point), {}, {0, angle}, Qt::NoButton, modifiers,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(view_->viewport(), &event);
  }

  std::unique_ptr<FakeHexSource> source_;
  std::unique_ptr<HexView> view_;
};

void TestHexView::initTestCase() {
  qRegisterMetaType<ByteRange>();
}

void TestHexView::init() {
  view_.reset();
  source_.reset();
}

void TestHexView::show(quint64 size) {
  view_.reset();
  source_ = std::make_unique<FakeHexSource>(size);
  view_ = std::make_unique<HexView>();
  view_->setSource(source_.get());
  view_->resize(760, 480);
  view_->show();
  QVERIFY(QTest::qWaitForWindowActive(view_.get()));
  view_->setFocus();
}

void TestHexView::clickPutsTheCaret() {
  show(1000);
  QSignalSpy selected(&view(), &HexView::selectionChanged);
  QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, at(37));
  QCOMPARE(view().caret(), std::optional<quint64>(37));
  QVERIFY(view().selection().isEmpty());
  QCOMPARE(view().activeColumn(), HexColumn::Hex);
  QCOMPARE(selected.size(), 1);
  QCOMPARE(selected.at(0).at(0).value<ByteRange>(), (ByteRange{37, 37}));
  QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, at(20, HexColumn::Text));
  QCOMPARE(view().caret(), std::optional<quint64>(20));
  QCOMPARE(view().activeColumn(), HexColumn::Text);
}

void TestHexView::dragSelects() {
  show(1000);
  QSignalSpy selected(&view(), &HexView::selectionChanged);
  QTest::mousePress(view().viewport(), Qt::LeftButton, {}, at(18));
  QTest::mouseMove(view().viewport(), at(25));
  QTest::mouseMove(view().viewport(), at(40));
  QTest::mouseRelease(view().viewport(), Qt::LeftButton, {}, at(40));
  QCOMPARE(view().selection(), (ByteRange{18, 41}));
  QCOMPARE(selected.last().at(0).value<ByteRange>(), (ByteRange{18, 41}));
  // Backwards, the byte it began on stays in.
  QTest::mousePress(view().viewport(), Qt::LeftButton, {}, at(50));
  QTest::mouseMove(view().viewport(), at(45));
  QTest::mouseRelease(view().viewport(), Qt::LeftButton, {}, at(45));
  QCOMPARE(view().selection(), (ByteRange{45, 51}));
  // Moving without the button selects nothing.
  QTest::mouseMove(view().viewport(), at(90));
  QCOMPARE(view().selection(), (ByteRange{45, 51}));
}

void TestHexView::shiftClickExtends() {
  show(1000);
  QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, at(37));
  QTest::mouseClick(view().viewport(), Qt::LeftButton, Qt::ShiftModifier, at(52));
  QCOMPARE(view().selection(), (ByteRange{37, 53}));
  QTest::mouseClick(view().viewport(), Qt::LeftButton, Qt::ShiftModifier, at(30));
  QCOMPARE(view().selection(), (ByteRange{30, 38}));
}

void TestHexView::doubleClickSelectsTheFieldAndTripleTheMessage() {
  show(1000);
  const QPoint point = at(42 + 5);  // the second message's field 0, of 2 bytes
  QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, point);
  QTest::mouseDClick(view().viewport(), Qt::LeftButton, {}, point);
  QCOMPARE(view().selection(), (ByteRange{46, 48}));
  QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, point);
  QCOMPARE(view().selection(), (ByteRange{42, 84}));
}

void TestHexView::dragBelowScrolls() {
  show(100'000);
  const QPoint below(at(3).x(), view().viewport()->height() + 30);
  QTest::mousePress(view().viewport(), Qt::LeftButton, {}, at(3));
  QTest::mouseMove(view().viewport(), below);
  QTRY_VERIFY(view().topRow() > 20);
  QTest::mouseRelease(view().viewport(), Qt::LeftButton, {}, below);
  const quint64 stopped = view().topRow();
  QCOMPARE(view().selection().begin, 3ULL);
  QVERIFY(view().selection().end > view().geometryOfBytes().offsetOfRow(stopped));
}

void TestHexView::keysMoveTheCaret_data() {
  QTest::addColumn<quint64>("from");
  QTest::addColumn<int>("key");
  QTest::addColumn<bool>("control");
  QTest::addColumn<quint64>("to");
  const auto row = [](const char *name, quint64 from, Qt::Key key, bool control, quint64 to) {
    QTest::newRow(name) << from << int(key) << control << to;
  };
  row("right", 5, Qt::Key_Right, false, 6);
  row("right, into the next row", 15, Qt::Key_Right, false, 16);
  row("right at the end", 999, Qt::Key_Right, false, 999);
  row("left", 16, Qt::Key_Left, false, 15);
  row("left at the begin", 0, Qt::Key_Left, false, 0);
  row("down", 5, Qt::Key_Down, false, 21);
  row("down into a short row", 990, Qt::Key_Down, false, 999);
  row("down in the last row", 995, Qt::Key_Down, false, 995);
  row("up", 21, Qt::Key_Up, false, 5);
  row("up in the first row", 5, Qt::Key_Up, false, 5);
  row("home", 21, Qt::Key_Home, false, 16);
  row("end", 21, Qt::Key_End, false, 31);
  row("end of a short row", 993, Qt::Key_End, false, 999);
  row("to the begin", 500, Qt::Key_Home, true, 0);
  row("to the end", 500, Qt::Key_End, true, 999);
}

void TestHexView::keysMoveTheCaret() {
  QFETCH(const quint64, from);
  QFETCH(const int, key);
  QFETCH(const bool, control);
  QFETCH(const quint64, to);
  show(1000);
  view().goToOffset(from);
  QTest::keyClick(&view(), Qt::Key(key), control ? Qt::ControlModifier : Qt::NoModifier);
  QCOMPARE(view().caret(), std::optional(to));
  QVERIFY(view().selection().isEmpty());
  QVERIFY(view().viewport()->rect().contains(view().cellRect(HexColumn::Hex, to).toRect()));
}

void TestHexView::shiftAndKeysSelect() {
  show(1000);
  view().goToOffset(40);
  QTest::keyClick(&view(), Qt::Key_Right, Qt::ShiftModifier);
  QCOMPARE(view().selection(), (ByteRange{40, 42}));
  QTest::keyClick(&view(), Qt::Key_Down, Qt::ShiftModifier);
  QCOMPARE(view().selection(), (ByteRange{40, 58}));
  QTest::keyClick(&view(), Qt::Key_Home, Qt::ShiftModifier | Qt::ControlModifier);
  QCOMPARE(view().selection(), (ByteRange{0, 41}));
  QTest::keyClick(&view(), Qt::Key_End, Qt::ShiftModifier | Qt::ControlModifier);
  QCOMPARE(view().selection(), (ByteRange{40, 1000}));
  QTest::keyClick(&view(), Qt::Key_A, Qt::ControlModifier);
  QCOMPARE(view().selection(), (ByteRange{0, 1000}));
  QTest::keyClick(&view(), Qt::Key_Left);
  QVERIFY(view().selection().isEmpty());
}

void TestHexView::pageKeysScroll() {
  show(100'000);
  const quint64 page = view().visibleRows() - 1;
  view().goToOffset(5);
  QTest::keyClick(&view(), Qt::Key_PageDown);
  QCOMPARE(view().caret(), std::optional<quint64>(page * 16 + 5));
  QCOMPARE(view().topRow(), page);
  QTest::keyClick(&view(), Qt::Key_PageUp);
  QCOMPARE(view().caret(), std::optional<quint64>(5));
  QCOMPARE(view().topRow(), 0ULL);
  QTest::keyClick(&view(), Qt::Key_PageUp);
  QCOMPARE(view().caret(), std::optional<quint64>(5));
  QTest::keyClick(&view(), Qt::Key_End, Qt::ControlModifier);
  QTest::keyClick(&view(), Qt::Key_PageDown);
  QCOMPARE(view().caret(), std::optional<quint64>(99'999));
}

void TestHexView::controlArrowsAreLeftToTheWindow() {
  show(1000);
  view().goToOffset(40);
  for (const auto key : {Qt::Key_Up, Qt::Key_Down, Qt::Key_Left, Qt::Key_Right}) {
    QTest::keyClick(&view(), key, Qt::ControlModifier);
    QCOMPARE(view().caret(), std::optional<quint64>(40));
  }
}

void TestHexView::tabGoesToTheTextAndOn() {
  QWidget window;
  HexView one(&window);
  HexView two(&window);
  FakeHexSource source(100);
  one.setSource(&source);
  two.setGeometry(0, 100, 100, 100);
  window.resize(300, 300);
  window.show();
  QVERIFY(QTest::qWaitForWindowActive(&window));
  one.setFocus(Qt::TabFocusReason);
  QCOMPARE(one.activeColumn(), HexColumn::Hex);
  QTest::keyClick(&one, Qt::Key_Tab);
  QVERIFY(one.hasFocus());
  QCOMPARE(one.activeColumn(), HexColumn::Text);
  QTest::keyClick(&one, Qt::Key_Tab);
  QVERIFY(two.hasFocus());
  QTest::keyClick(&two, Qt::Key_Backtab);  // empty: nothing to go through
  QVERIFY(one.hasFocus());
  QCOMPARE(one.activeColumn(), HexColumn::Text);
  QTest::keyClick(&one, Qt::Key_Backtab);
  QVERIFY(one.hasFocus());
  QCOMPARE(one.activeColumn(), HexColumn::Hex);
}

void TestHexView::copies_data() {
  QTest::addColumn<int>("format");
  QTest::addColumn<QString>("text");
  QTest::newRow("hex") << int(BytesFormat::Hex) << u"48 69 00 FF"_s;
  QTest::newRow("text") << int(BytesFormat::Text) << u"Hi.."_s;
  QTest::newRow("Python") << int(BytesFormat::Python) << u"b'Hi\\x00\\xff'"_s;
  QTest::newRow("C") << int(BytesFormat::C) << u"{ 0x48, 0x69, 0x00, 0xff }"_s;
}

void TestHexView::copies() {
  QFETCH(const int, format);
  QFETCH(const QString, text);
  show(0);
  source_->setBytes(QByteArray("..Hi\0\xff..", 8));
  view().setSelection({2, 6});
  QGuiApplication::clipboard()->clear();
  switch (BytesFormat(format)) {
    case BytesFormat::Hex:
      QTest::keyClick(&view(), Qt::Key_C, Qt::ControlModifier);
      break;
    case BytesFormat::Text:
      QTest::keyClick(&view(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
      break;
    case BytesFormat::Python:
      view().copyPythonAction()->trigger();
      break;
    case BytesFormat::C:
      view().copyCAction()->trigger();
      break;
  }
  QCOMPARE(QGuiApplication::clipboard()->text(), text);
}

void TestHexView::copiesTheByteUnderTheCaret() {
  show(0);
  source_->setBytes("Hello");
  view().goToOffset(1);
  QVERIFY(view().copy(BytesFormat::Hex).has_value());
  QCOMPARE(QGuiApplication::clipboard()->text(), u"65"_s);
}

void TestHexView::copyRefusesWhatIsTooMuch() {
  show(sixtyFourGibi);
  QSignalSpy said(&view(), &HexView::said);
  QGuiApplication::clipboard()->setText(u"before"_s);
  QTest::keyClick(&view(), Qt::Key_A, Qt::ControlModifier);
  QCOMPARE(view().selection(), (ByteRange{0, sixtyFourGibi}));
  QTest::keyClick(&view(), Qt::Key_C, Qt::ControlModifier);
  QCOMPARE(said.size(), 1);
  QVERIFY2(said.at(0).at(0).toString().contains(u"too many for the clipboard"),
           qPrintable(said.at(0).at(0).toString()));
  QCOMPARE(QGuiApplication::clipboard()->text(), u"before"_s);
  show(0);
  QVERIFY(!view().copy(BytesFormat::Hex).has_value());
}

void TestHexView::settersNeverEmit() {
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

void TestHexView::scrollToCentresWhatIsFar() {
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

void TestHexView::goToOffset() {
  show(sixtyFourGibi);
  QSignalSpy selected(&view(), &HexView::selectionChanged);
  QVERIFY(view().goToOffset(sixtyFourGibi - 1));
  QVERIFY(view().visibleRange().contains(sixtyFourGibi - 1));
  QCOMPARE(view().caret(), std::optional(sixtyFourGibi - 1));
  QCOMPARE(selected.size(), 1);
  QVERIFY(!view().goToOffset(sixtyFourGibi));
  QCOMPARE(selected.size(), 1);
}

void TestHexView::followsTheEnd() {
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

void TestHexView::scrollsSixtyFourGibibytes() {
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

void TestHexView::wheelScrollsAndZooms() {
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

void TestHexView::asksOnlyForWhatIsVisible() {
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

void TestHexView::rowModes() {
  show(10'000);
  view().goToOffset(16 * 100);
  const quint64 top = view().geometryOfBytes().offsetOfRow(view().topRow());
  view().setRowMode(HexView::RowMode::ThirtyTwo);
  QCOMPARE(view().geometryOfBytes().bytesPerRow(), 32);
  QCOMPARE(view().topRow(), top / 32);
  view().setRowMode(HexView::RowMode::Fit);
  view().resize(2000, 400);
  QVERIFY(view().geometryOfBytes().bytesPerRow() > 32);
  QVERIFY(view().geometryOfBytes().width() <= view().viewport()->width());
  view().resize(100, 400);
  QCOMPARE(view().geometryOfBytes().bytesPerRow(), 8);
  QVERIFY(view().horizontalScrollBar()->maximum() > 0);
}

void TestHexView::toolTipIsPlainText() {
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

void TestHexView::emptyAndTiny() {
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

void TestHexView::shrinkingIsSurvived() {
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

void TestHexView::sourceMayGoAway() {
  show(1000);
  view().goToOffset(500);
  source_.reset();
  view().grab();
  QTest::keyClick(&view(), Qt::Key_Right);
  view().setSource(nullptr);
  view().grab();
  QCOMPARE(view().caret(), std::nullopt);
}

QTEST_MAIN(TestHexView)
#include "tst_hex_view.moc"
