// FindBar and GoToBar over a HexView, and what assistive technology is told of all three.
#include "model/items/selection_hub.h"
#include "tests/widgets/hexview/fake_hex_source.h"
#include "widgets/hexview/find_bar.h"
#include "widgets/hexview/go_to_bar.h"
#include "widgets/hexview/hex_view.h"

#include <QAccessible>
#include <QComboBox>
#include <QDateTime>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

#include <memory>

using namespace octetscope;
using namespace Qt::StringLiterals;
using test::FakeHexSource;

class TestHexBars : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init();

  void findsForwardAndBackAndWraps();
  void findsHex();
  void findsNumbersAndExpressions();
  void anyCaseIsAChoice();
  void saysThatAnotherCaseIsThere();
  void looksForWhatIsSelected();
  void typingGoesOnFromWhereItBegan();
  void countsAndMarksAll();
  void saysWhatIsWrongWithTheHex();
  void saysThatThereIsNone();
  void whatItSaysIsOfWhatIsShown();
  void stopsAndDropsWhatIsOld();
  void escapeClosesAndGivesTheFocusBack();

  void placesAreRead_data();
  void placesAreRead();
  void takesNumbersAsTheyAreShown();
  void wrongPlacesAreExplained_data();
  void wrongPlacesAreExplained();
  void goesThere();

  void hubLinksViews();
  void hubKeepsDirectionsApart();

  void everyControlHasAName();
  void viewSpeaks();

 private:
  void type(QWidget *bar, const QString &text) {
    auto *line = bar->findChild<QLineEdit *>();
    line->setFocus();
    line->clear();
    QTest::keyClicks(line, text);
  }
  void choose(const QString &name, const QString &text) {
    for (auto *box : find_->findChildren<QComboBox *>()) {
      if (box->accessibleName() == name) box->setCurrentIndex(box->findText(text));
    }
  }
  void press(QWidget *bar, Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QTest::keyClick(bar->findChild<QLineEdit *>(), key, modifiers);
  }

  std::unique_ptr<FakeHexSource> source_;
  std::unique_ptr<QWidget> window_;
  HexView *view_ = nullptr;
  FindBar *find_ = nullptr;
  GoToBar *goTo_ = nullptr;
};

void TestHexBars::init() {
  window_.reset();
  source_ = std::make_unique<FakeHexSource>(0, 20);
  QByteArray bytes(500, '.');
  for (const int place : {10, 200, 400}) bytes.replace(place, 5, "apple");
  bytes.replace(300, 2, QByteArray("\x0d\x0a", 2));
  source_->setBytes(bytes);
  window_ = std::make_unique<QWidget>();
  auto *layout = new QVBoxLayout(window_.get());
  view_ = new HexView;
  view_->setSource(source_.get());
  find_ = new FindBar(view_);
  goTo_ = new GoToBar(view_);
  layout->addWidget(view_);
  layout->addWidget(find_);
  layout->addWidget(goTo_);
  window_->resize(800, 300);
  window_->show();
  QVERIFY(QTest::qWaitForWindowActive(window_.get()));
}

void TestHexBars::findsForwardAndBackAndWraps() {
  find_->open();
  QVERIFY(find_->findChild<QLineEdit *>()->hasFocus());
  type(find_, u"apple"_s);
  // The first is gone to as one types.
  for (const quint64 place : {10ULL, 200ULL, 400ULL}) {
    if (place != 10) press(find_, Qt::Key_Return);
    QTRY_COMPARE(view_->selection(), (ByteRange{place, place + 5}));
    QVERIFY2(find_->message().contains(u"Found at offset %1"_s.arg(place)), qPrintable(find_->message()));
    QVERIFY(view_->visibleRange().contains(place));
  }
  find_->findNext();
  QTRY_COMPARE(view_->selection().begin, 10ULL);
  QVERIFY2(find_->message().contains(u"past the end"), qPrintable(find_->message()));
  find_->findPrevious();
  QTRY_COMPARE(view_->selection().begin, 400ULL);
  QVERIFY2(find_->message().contains(u"past the begin"), qPrintable(find_->message()));
  press(find_, Qt::Key_Return, Qt::ShiftModifier);
  QTRY_COMPARE(view_->selection().begin, 200ULL);
  QVERIFY(!find_->isSearching());
}

void TestHexBars::findsHex() {
  find_->open();
  find_->setMode(FindBar::Mode::Hex);
  type(find_, u"0d 0A"_s);
  press(find_, Qt::Key_Return);
  QTRY_COMPARE(view_->selection(), (ByteRange{300, 302}));
}

void TestHexBars::findsNumbersAndExpressions() {
  find_->open();
  find_->setMode(FindBar::Mode::Number);
  type(find_, u"2573"_s);  // 0a0d, little-endian
  QTRY_COMPARE(view_->selection(), (ByteRange{300, 302}));
  choose(u"Byte order of the number"_s, u"big-endian"_s);
  QTRY_COMPARE(find_->countWords(), u"0 places"_s);
  choose(u"Byte order of the number"_s, u"either order"_s);
  choose(u"Size of the number"_s, u"4 bytes"_s);
  QTRY_COMPARE(find_->countWords(), u"0 places"_s);
  // A single byte is looked for where it is chosen, and the choice says so.
  type(find_, u"13"_s);
  choose(u"Size of the number"_s, u"2, 4 or 8 bytes"_s);
  QTRY_COMPARE(find_->countWords(), u"0 places"_s);
  choose(u"Size of the number"_s, u"1 byte"_s);
  QTRY_COMPARE(find_->countWords(), u"1 place"_s);
  find_->setMode(FindBar::Mode::Expression);
  type(find_, u"\\r.|p+l"_s);
  QTRY_COMPARE(find_->countWords(), u"1 of 3"_s);
  find_->findNext();
  QTRY_COMPARE(view_->selection(), (ByteRange{201, 204}));
  type(find_, u"p+("_s);
  QTRY_COMPARE(find_->message(), u"missing closing parenthesis"_s);
  QCOMPARE(find_->countWords(), QString());
}

void TestHexBars::anyCaseIsAChoice() {
  find_->open();
  type(find_, u"APPLE"_s);
  QTRY_COMPARE(find_->countWords(), u"0 places"_s);
  auto *button = find_->findChild<QToolButton *>(u"case"_s);
  QTest::mouseClick(button, Qt::LeftButton);
  QTRY_COMPARE(find_->countWords(), u"3 places"_s);
  find_->findNext();
  QTRY_COMPARE(find_->countWords(), u"1 of 3"_s);
}

void TestHexBars::saysThatAnotherCaseIsThere() {
  find_->open();
  type(find_, u"Apple"_s);
  QTRY_COMPARE(find_->message(), u"3 places in another case of letters: turn off Aa"_s);
  QCOMPARE(find_->countWords(), u"0 places"_s);
  type(find_, u"applE."_s);
  QTRY_COMPARE(find_->message(), u"3 places in another case of letters: turn off Aa"_s);
  type(find_, u"pear"_s);
  QTRY_COMPARE(find_->message(), u"Not found in 500 bytes"_s);
  find_->setMode(FindBar::Mode::Expression);
  type(find_, u"AP+LE"_s);
  QTRY_COMPARE(find_->message(), u"3 places in another case of letters: turn off Aa"_s);
  QTest::mouseClick(find_->findChild<QToolButton *>(u"case"_s), Qt::LeftButton);
  QTRY_COMPARE(find_->countWords(), u"3 places"_s);
  QCOMPARE(find_->message(), QString());
}

void TestHexBars::looksForWhatIsSelected() {
  const auto selectByKeys = [this](quint64 begin, int count) {
    view_->goToOffset(begin);
    view_->setFocus();
    for (int i = 0; i < count; ++i) QTest::keyClick(view_, Qt::Key_Right, Qt::ShiftModifier);
  };
  selectByKeys(200, 2);
  QCOMPARE(view_->selection(), (ByteRange{200, 203}));
  find_->open();
  QCOMPARE(find_->mode(), FindBar::Mode::Hex);
  QCOMPARE(find_->text(), u"61 70 70"_s);
  QTRY_COMPARE(find_->countWords(), u"2 of 3"_s);
  find_->findNext();
  QTRY_COMPARE(view_->selection(), (ByteRange{400, 403}));
  // What was found stays as it was typed, with its gaps.
  type(find_, u"6? 70"_s);
  QTRY_COMPARE(view_->selection().size(), 2U);
  view_->setFocus();
  find_->open();
  QCOMPARE(find_->text(), u"6? 70"_s);
  // In Hex, another selection takes its place; a long one does not.
  selectByKeys(300, 1);
  find_->open();
  QCOMPARE(find_->text(), u"0D 0A"_s);
  selectByKeys(100, 64);
  find_->open();
  QCOMPARE(find_->text(), u"0D 0A"_s);
  // Nor where the keyboard is elsewhere, nor over other text.
  view_->setSelection({10, 12});
  find_->open();
  QCOMPARE(find_->text(), u"0D 0A"_s);
  find_->setMode(FindBar::Mode::Text);
  type(find_, u"apple"_s);
  selectByKeys(240, 1);
  find_->open();
  QCOMPARE(find_->mode(), FindBar::Mode::Text);
  QCOMPARE(find_->text(), u"apple"_s);
}

void TestHexBars::typingGoesOnFromWhereItBegan() {
  QByteArray bytes(500, '.');
  bytes.replace(10, 2, "ap");
  bytes.replace(200, 5, "apple");
  source_->setBytes(bytes);
  view_->select({5, 5});
  find_->open();
  auto *line = find_->findChild<QLineEdit *>();
  QTest::keyClicks(line, u"ap"_s);
  QTRY_COMPARE(view_->selection(), (ByteRange{10, 12}));
  QTest::keyClicks(line, u"p"_s);
  QTRY_COMPARE(view_->selection(), (ByteRange{200, 203}));
  QTest::keyClick(line, Qt::Key_Backspace);
  QTRY_COMPARE(view_->selection(), (ByteRange{10, 12}));
}

void TestHexBars::countsAndMarksAll() {
  const QImage before = view_->viewport()->grab().toImage();
  find_->open();
  type(find_, u"apple"_s);
  QTRY_COMPARE(find_->countWords(), u"1 of 3"_s);
  // All are marked, whatever is selected: the bytes at 200 look different.
  QTRY_VERIFY(view_->viewport()->grab().toImage() != before);
  const auto colorAt = [this](quint64 offset) {
    const QRectF cell = view_->cellRect(HexColumn::Hex, offset);
    const QImage image = view_->viewport()->grab().toImage();
    return image.pixelColor((cell.topLeft() * image.devicePixelRatio()).toPoint() + QPoint(1, 1));
  };
  view_->scrollTo({200, 205});
  const QColor marked = colorAt(200);
  QVERIFY(marked != colorAt(198));
  QCOMPARE(colorAt(204), marked);
  // What comes is counted too.
  QByteArray bytes = source_->bytes({0, 500}).empty() ? QByteArray() : copyOf(source_->bytes({0, 500}));
  source_->setBytes(bytes + "an apple");
  QTRY_COMPARE(find_->countWords(), u"1 of 4"_s);
  // And nothing is marked once it is closed.
  press(find_, Qt::Key_Escape);
  if (find_->isVisible()) press(find_, Qt::Key_Escape);
  QVERIFY(!find_->isVisible());
  QTRY_VERIFY(colorAt(200) != marked);
}

void TestHexBars::saysWhatIsWrongWithTheHex() {
  find_->open();
  find_->setMode(FindBar::Mode::Hex);
  type(find_, u"zz 0d"_s);
  QVERIFY2(find_->message().contains(u"character 1"), qPrintable(find_->message()));
  press(find_, Qt::Key_Return);
  QVERIFY(!find_->isSearching());
  QVERIFY(view_->selection().isEmpty());
  find_->setMode(FindBar::Mode::Text);
  QVERIFY(find_->message().isEmpty());
}

void TestHexBars::saysThatThereIsNone() {
  find_->open();
  type(find_, u"pear"_s);
  press(find_, Qt::Key_Return);
  QTRY_VERIFY2(find_->message().contains(u"Not found"), qPrintable(find_->message()));
  source_->setBytes({});
  find_->findNext();
  QVERIFY2(find_->message().contains(u"no bytes"), qPrintable(find_->message()));
}

void TestHexBars::whatItSaysIsOfWhatIsShown() {
  find_->open();
  type(find_, u"pear"_s);
  QTRY_COMPARE(find_->message(), u"Not found in 500 bytes"_s);
  FakeHexSource other(0);
  other.setBytes("a pear, a pear");
  view_->setSource(&other);
  QTRY_COMPARE(find_->countWords(), u"2 places"_s);
  QCOMPARE(find_->message(), QString());
  view_->setSource(source_.get());
  QTRY_COMPARE(find_->countWords(), u"0 places"_s);
  find_->findNext();
  QTRY_COMPARE(find_->message(), u"Not found in 500 bytes"_s);
  // It comes later.
  source_->setBytes(QByteArray(500, '.') + "pear");
  QTRY_COMPARE(find_->countWords(), u"1 place"_s);
  QCOMPARE(find_->message(), QString());
  // What cannot be read is wrong in any bytes.
  find_->setMode(FindBar::Mode::Hex);
  view_->setSource(&other);
  QVERIFY2(find_->message().contains(u"character 1"), qPrintable(find_->message()));
  view_->setSource(source_.get());
}

void TestHexBars::stopsAndDropsWhatIsOld() {
  find_->setText(u"apple"_s);
  find_->findNext();
  find_->cancel();
  QCOMPARE(find_->message(), u"Stopped"_s);
  find_->findNext();
  FakeHexSource other(1000);
  view_->setSource(&other);
  QTRY_VERIFY(!find_->isSearching());
  QVERIFY(view_->selection().isEmpty());
  view_->setSource(source_.get());
  find_->findNext();
  find_->setText(u"other"_s);  // what is typed now is not what was looked for
  QVERIFY(!find_->isSearching());
}

void TestHexBars::escapeClosesAndGivesTheFocusBack() {
  for (QWidget *bar : {static_cast<QWidget *>(find_), static_cast<QWidget *>(goTo_)}) {
    bar == find_ ? find_->open() : goTo_->open();
    QVERIFY(bar->isVisible());
    press(bar, Qt::Key_Escape);
    QVERIFY(!bar->isVisible());
    QVERIFY(view_->hasFocus());
  }
}

void TestHexBars::placesAreRead_data() {
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

void TestHexBars::placesAreRead() {
  QFETCH(const QString, text);
  QFETCH(const quint64, caret);
  QFETCH(const quint64, begin);
  QFETCH(const quint64, end);
  const auto place = parsePlace(text, *source_, caret);
  QVERIFY2(place.has_value(), qPrintable(place ? QString() : place.error().line()));
  QCOMPARE(*place, (ByteRange{begin, end}));
}

void TestHexBars::takesNumbersAsTheyAreShown() {
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

void TestHexBars::wrongPlacesAreExplained_data() {
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

void TestHexBars::wrongPlacesAreExplained() {
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

void TestHexBars::goesThere() {
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

void TestHexBars::hubLinksViews() {
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

void TestHexBars::hubKeepsDirectionsApart() {
  SelectionHub hub;
  source_->way = Direction::Out;
  view_->setSelectionHub(&hub);
  hub.select(Selection{Direction::In, {10, 20}, std::nullopt}, this);
  QVERIFY(view_->selection().isEmpty());
  view_->select({5, 6});
  QCOMPARE(hub.current()->direction, Direction::Out);
}

void TestHexBars::everyControlHasAName() {
  find_->open();
  goTo_->open();
  int controls = 0;
  for (QWidget *widget : window_->findChildren<QWidget *>()) {
    const bool isControl = qobject_cast<QToolButton *>(widget) || qobject_cast<QLineEdit *>(widget) ||
                           qobject_cast<QComboBox *>(widget) || qobject_cast<HexView *>(widget);
    if (!isControl || !widget->isVisible()) continue;
    auto *face = QAccessible::queryAccessibleInterface(widget);
    QVERIFY(face);
    QVERIFY2(!face->text(QAccessible::Name).isEmpty(), qPrintable(QDebug::toString(widget)));
    ++controls;
  }
  QVERIFY(controls >= 8);
}

void TestHexBars::viewSpeaks() {
  auto *face = QAccessible::queryAccessibleInterface(view_);
  QVERIFY(face);
  QCOMPARE(face->text(QAccessible::Name), u"Bytes"_s);
  view_->goToOffset(12);
  QCOMPARE(face->text(QAccessible::Description), u"offset 12, byte 0x70, 'p', field f2 of message 0"_s);
  auto *text = face->textInterface();
  QVERIFY(text);
  const QString all = text->text(0, text->characterCount());
  QVERIFY2(all.startsWith(u"00000000  2E 2E "), qPrintable(all.left(100)));
  QCOMPARE(all.count(u'\n'), static_cast<qsizetype>(view_->visibleRange().size() / 16));
  QCOMPARE(text->text(text->cursorPosition(), text->cursorPosition() + 2), u"70"_s);
  view_->setFocus();
  QTest::keyClick(view_, Qt::Key_Tab);  // to the text
  QCOMPARE(text->text(text->cursorPosition(), text->cursorPosition() + 1), u"p"_s);
  text->setCursorPosition(static_cast<int>(all.indexOf(u'\n')) + 1 + 10 + 3);
  QCOMPARE(view_->caret(), std::optional<quint64>(17));
  view_->setSelection({11, 15});
  QCOMPARE(text->selectionCount(), 1);
  int start = 0;
  int end = 0;
  text->selection(0, &start, &end);
  QCOMPARE(text->text(start, end), u"pple"_s);
  QCOMPARE(text->offsetAtPoint(text->characterRect(start).center()), start);
  text->setSelection(0, start + 1, end);
  QCOMPARE(view_->selection(), (ByteRange{12, 15}));
  view_->setSource(nullptr);
  QCOMPARE(text->characterCount(), 0);
  QVERIFY(face->text(QAccessible::Description).contains(u"No bytes yet"));
}

QTEST_MAIN(TestHexBars)
#include "tst_hex_bars.moc"
