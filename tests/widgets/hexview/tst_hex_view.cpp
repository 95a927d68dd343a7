// Selecting and copying bytes in the hex view, with mouse and keys.
#include "model/background_pool.h"
#include "tests/widgets/hexview/shown_hex_view.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QScrollBar>
#include <QSignalSpy>
#include <QThreadPool>

using namespace octetscope;
using namespace Qt::StringLiterals;
using test::FakeHexSource;

Q_DECLARE_METATYPE(octetscope::ByteRange)

namespace {

constexpr quint64 sixtyFourGibi = 64ULL << 30;

}  // namespace

class TestHexView : public QObject, test::ShownHexView {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { qRegisterMetaType<ByteRange>(); }
  void init() { reset(); }

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
  void copiesTextAsItIsRead();
  void copiesTheByteUnderTheCaret();
  void copiesMuchInTheBackground();
  void copyRefusesWhatIsTooMuch();
};

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
  view().setSelection({1000, 1000});  // behind the end there is no byte: the last one is where it goes on from
  QTest::keyClick(&view(), Qt::Key_Left, Qt::ShiftModifier);
  QCOMPARE(view().selection(), (ByteRange{998, 1000}));
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
  QTest::newRow("hex") << int(CopyFormat::Hex) << u"48 69 00 FF"_s;
  QTest::newRow("text") << int(CopyFormat::Text) << u"Hi.."_s;
  QTest::newRow("Python") << int(CopyFormat::Python) << u"b'Hi\\x00\\xff'"_s;
  QTest::newRow("C") << int(CopyFormat::C) << u"{ 0x48, 0x69, 0x00, 0xff }"_s;
  QTest::newRow("hex dump") << int(CopyFormat::HexDump)
                            << u"00000000  48 69 00 ff"_s + u" "_s.repeated(39) + u"|Hi..|\n00000004\n"_s;
  QTest::newRow("Base64") << int(CopyFormat::Base64) << u"SGkA/w=="_s;
}

void TestHexView::copies() {
  QFETCH(const int, format);
  QFETCH(const QString, text);
  show(0);
  source_->setBytes(QByteArray("..Hi\0\xff..", 8));
  view().setSelection({2, 6});
  QGuiApplication::clipboard()->clear();
  QSignalSpy said(&view(), &HexView::said);
  switch (CopyFormat(format)) {
    case CopyFormat::Hex:
      QTest::keyClick(&view(), Qt::Key_C, Qt::ControlModifier);
      break;
    case CopyFormat::Text:
      QTest::keyClick(&view(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
      break;
    default:
      QVERIFY(view().copy(CopyFormat(format)));
  }
  QCOMPARE(said.size(), 1);
  QVERIFY(said.at(0).at(0).toString().startsWith(u"Copied 4 bytes as "));
  QCOMPARE(QGuiApplication::clipboard()->text(), text);
}

/// As text as it is shown.
void TestHexView::copiesTextAsItIsRead() {
  show(0);
  source_->setBytes(QByteArray::fromHex("c885939396156ff1f200e905"));
  view().setSelection({0, 12});
  QSignalSpy said(&view(), &HexView::said);
  view().setTextCode(TextCode::Ebcdic);
  QTest::keyClick(&view(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
  QCOMPARE(QGuiApplication::clipboard()->text(), u"Hello\n?12.Z\t"_s);
  QCOMPARE(said.at(0).at(0).toString(), u"Copied 12 bytes as text, read as EBCDIC (cp037)."_s);
  view().setTextCode(TextCode::Latin1);
  QTest::keyClick(&view(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
  QCOMPARE(QGuiApplication::clipboard()->text(), u"È.....oñò.é."_s);
  view().setTextCode(TextCode::Utf8);
  QTest::keyClick(&view(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
  QVERIFY(QGuiApplication::clipboard()->text().contains(u"o.."_s));
}

void TestHexView::copiesTheByteUnderTheCaret() {
  show(0);
  source_->setBytes("Hello");
  view().goToOffset(1);
  QVERIFY(view().copy(CopyFormat::Hex).has_value());
  QCOMPARE(QGuiApplication::clipboard()->text(), u"65"_s);
}

void TestHexView::copiesMuchInTheBackground() {
  show(0);
  const QByteArray bytes(1'000'000, 'x');
  source_->setBytes(bytes);
  view().setSelection({0, 1'000'000});
  QSignalSpy said(&view(), &HexView::said);
  QGuiApplication::clipboard()->setText(u"before"_s);
  QVERIFY(view().copy(CopyFormat::Base64));
  QCOMPARE(said.size(), 1);
  QCOMPARE(said.at(0).at(0).toString(), u"Copying…"_s);
  QCOMPARE(QGuiApplication::clipboard()->text(), u"before"_s);
  QTRY_COMPARE(said.size(), 2);
  QCOMPARE(QGuiApplication::clipboard()->text(), QString::fromLatin1(bytes.toBase64()));
  // Another one drops the one under way, of which nothing is heard.
  QVERIFY(view().copy(CopyFormat::Hex));
  view().setSelection({0, 2});
  QVERIFY(view().copy(CopyFormat::Hex));
  QCOMPARE(QGuiApplication::clipboard()->text(), u"78 78"_s);
  QVERIFY(view().copy(CopyFormat::Base64));
  backgroundPool()->waitForDone();
  QCoreApplication::processEvents();
  QCOMPARE(QGuiApplication::clipboard()->text(), u"eHg="_s);
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
  QVERIFY(!view().copy(CopyFormat::Hex).has_value());
}

QTEST_MAIN(TestHexView)
#include "tst_hex_view.moc"
