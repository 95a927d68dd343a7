// GoToBar over a HexView: which places it reads, and that it goes there; and how a SelectionHub links views.
#include "model/items/selection_hub.h"
#include "tests/widgets/hexview/hex_bars_window.h"

#include <QDateTime>
#include <QSignalSpy>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestGoToBar : public HexBarsWindow {
  Q_OBJECT

 private Q_SLOTS:
  void init() { open(); }

  void placesAreRead_data();
  void placesAreRead();
  void takesNumbersAsTheyAreShown();
  void wrongPlacesAreExplained_data();
  void wrongPlacesAreExplained();
  void goesThere();

  void hubLinksViews();
  void hubKeepsDirectionsApart();
};

void TestGoToBar::placesAreRead_data() {
  QTest::addColumn<QString>("text");
  QTest::addColumn<quint64>("caret");
  QTest::addColumn<quint64>("begin");
  QTest::addColumn<quint64>("end");
  QTest::newRow("decimal") << u"123"_s << 0ULL << 123ULL << 123ULL;
  QTest::newRow("hex") << u"0x1F"_s << 0ULL << 31ULL << 31ULL;
  QTest::newRow("spaces around") << u"  7 "_s << 0ULL << 7ULL << 7ULL;
  QTest::newRow("underscores") << u"0x1_0"_s << 0ULL << 16ULL << 16ULL;
  QTest::newRow("forward") << u"+10"_s << 5ULL << 15ULL << 15ULL;
  QTest::newRow("forward, hex") << u"+0x10"_s << 5ULL << 21ULL << 21ULL;
  QTest::newRow("back") << u"-5"_s << 5ULL << 0ULL << 0ULL;
  QTest::newRow("message") << u"#2"_s << 5ULL << 40ULL << 60ULL;
  // A chunk of 39 bytes every 10 ms.
  QTest::newRow("seconds") << u"@0.02"_s << 5ULL << 78ULL << 78ULL;
  QTest::newRow("milliseconds") << u"@ 11ms"_s << 5ULL << 78ULL << 78ULL;
  QTest::newRow("the begin") << u"@0"_s << 5ULL << 0ULL << 0ULL;
  const QDateTime start = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000);
  QTest::newRow("clock") << u"@%1.03"_s.arg(start.toString(u"HH:mm:ss"_s)) << 5ULL << 117ULL << 117ULL;
  QTest::newRow("clock, before the fraction") << u"@%1"_s.arg(start.toString(u"HH:mm:ss"_s)) << 5ULL << 0ULL << 0ULL;
  QTest::newRow("last byte") << u"499"_s << 5ULL << 499ULL << 499ULL;
}

void TestGoToBar::placesAreRead() {
  QFETCH(const QString, text);
  QFETCH(const quint64, caret);
  QFETCH(const quint64, begin);
  QFETCH(const quint64, end);
  const auto place = parsePlace(text, *source_, caret);
  QVERIFY2(place.has_value(), qPrintable(place ? QString() : place.error().line()));
  QCOMPARE(*place, (ByteRange{begin, end}));
}

void TestGoToBar::takesNumbersAsTheyAreShown() {
  const FakeHexSource large(2'000'000, 20);
  const QLocale locale;
  const QString grouped = locale.toString(1'234'567);
  QCOMPARE(grouped.size(), 9);
  QCOMPARE(parsePlace(grouped, large, 0).value(), (ByteRange{1'234'567, 1'234'567}));
  QCOMPARE(parsePlace(QString(u" +"_s + locale.toString(1000)), large, 5).value(), (ByteRange{1005, 1005}));
  QCOMPARE(parsePlace(QString(u'#' + locale.toString(4000)), large, 0).value(), (ByteRange{80'000, 80'020}));
  // Whatever else has a separator may mean something else.
  for (QString other : {u"1,5"_s, u"12,34"_s, u"1234,567"_s, u",123"_s, u"1,234,"_s, u"0x1,234"_s}) {
    other.replace(u","_s, locale.groupSeparator());
    const auto place = parsePlace(other, large, 0);
    QVERIFY2(!place, qPrintable(other));
    QVERIFY2(place.error().what.contains(u"is not a number"_s), qPrintable(place.error().line()));
  }
}

void TestGoToBar::wrongPlacesAreExplained_data() {
  QTest::addColumn<QString>("text");
  QTest::addColumn<QString>("words");
  QTest::newRow("empty") << u""_s << u"nowhere to go"_s;
  QTest::newRow("word") << u"twelve"_s << u"'twelve' is not a number"_s;
  QTest::newRow("no time") << u"@soon"_s << u"'soon' is no time: write @2.5 (seconds), @20ms or @12:34:56.789"_s;
  QTest::newRow("no clock") << u"@12:34"_s << u"'12:34' is no time"_s;
  QTest::newRow("a time too late") << u"@60"_s << u"nothing arrived then or later"_s;
  QTest::newRow("hex without 0x") << u"1F"_s << u"'1F' is not a number"_s;
  QTest::newRow("0x alone") << u"0x"_s << u"a number is missing"_s;
  QTest::newRow("# alone") << u"#"_s << u"a number is missing"_s;
  QTest::newRow("behind the end") << u"500"_s << u"there is no byte at 500"_s;
  QTest::newRow("before the begin") << u"-6"_s << u"before the first byte"_s;
  QTest::newRow("far forward") << u"+18446744073709551615"_s << u"there is no byte"_s;
  QTest::newRow("too large") << u"18446744073709551616"_s << u"too large"_s;
  QTest::newRow("no such message") << u"#25"_s << u"there is no message 25"_s;
}

void TestGoToBar::wrongPlacesAreExplained() {
  QFETCH(const QString, text);
  QFETCH(const QString, words);
  const auto place = parsePlace(text, *source_, 5);
  QVERIFY(!place.has_value());
  QVERIFY2(place.error().line().contains(words), qPrintable(place.error().line()));
  goTo_->open();
  type(goTo_, text);
  press(goTo_, Qt::Key_Return);
  QVERIFY(goTo_->isVisible());
  QVERIFY(goTo_->message().contains(words) || text.startsWith(u'-'));
}

void TestGoToBar::goesThere() {
  QSignalSpy selected(view_, &HexView::selectionChanged);
  goTo_->open();
  type(goTo_, u"#20"_s);
  QVERIFY2(goTo_->message().contains(u"offset 400"), qPrintable(goTo_->message()));
  press(goTo_, Qt::Key_Return);
  QVERIFY(!goTo_->isVisible());
  QVERIFY(view_->hasFocus());
  QCOMPARE(view_->selection(), (ByteRange{400, 420}));
  QVERIFY(view_->visibleRange().contains(400));
  QCOMPARE(selected.size(), 1);
}

void TestGoToBar::hubLinksViews() {
  SelectionHub hub;
  QSignalSpy changed(&hub, &SelectionHub::changed);
  view_->setSelectionHub(&hub);
  view_->select({45, 50});
  QVERIFY(hub.current().has_value());
  QCOMPARE(hub.current()->range, (ByteRange{45, 50}));
  QCOMPARE(hub.current()->message, std::optional<quint64>(2));
  QCOMPARE(changed.size(), 1);
  view_->select({45, 70});
  QCOMPARE(hub.current()->message, std::nullopt);
  changed.clear();
  hub.select(Selection{Direction::In, {480, 490}, 24}, this);
  QCOMPARE(view_->selection(), (ByteRange{480, 490}));
  QVERIFY(view_->visibleRange().contains(480));
  QCOMPARE(changed.size(), 1);  // the view did not answer
  hub.select(std::nullopt, this);
  QVERIFY(view_->selection().isEmpty());
  QCOMPARE(view_->caret(), std::optional<quint64>(480));
  view_->setSelectionHub(nullptr);
  view_->select({1, 2});
  QCOMPARE(hub.current(), std::nullopt);
}

void TestGoToBar::hubKeepsDirectionsApart() {
  SelectionHub hub;
  source_->way = Direction::Out;
  view_->setSelectionHub(&hub);
  hub.select(Selection{Direction::In, {10, 20}, std::nullopt}, this);
  QVERIFY(view_->selection().isEmpty());
  view_->select({5, 6});
  QCOMPARE(hub.current()->direction, Direction::Out);
}

QTEST_MAIN(TestGoToBar)
#include "tst_go_to_bar.moc"
