// FindBar over a HexView, and what assistive technology is told of both and of the GoToBar.
#include "tests/widgets/hexview/hex_bars_window.h"

#include <QAccessible>
#include <QComboBox>
#include <QSignalSpy>
#include <QToolButton>

using namespace octetscope;
using namespace Qt::StringLiterals;
using namespace octetscope::test;

class TestHexBars : public HexBarsWindow {
  Q_OBJECT

 private Q_SLOTS:
  void init() { open(); }

  void findsForwardAndBackAndWraps();
  void findsHex();
  void findsNumbersAndExpressions();
  void anyCaseIsAChoice();
  void saysThatAnotherCaseIsThere();
  void saysThatTheOtherDirectionHasIt();
  void looksForWhatIsSelected();
  void typingGoesOnFromWhereItBegan();
  void countsAndMarksAll();
  void saysWhatIsWrongWithTheHex();
  void saysThatThereIsNone();
  void whatItSaysIsOfWhatIsShown();
  void stopsAndDropsWhatIsOld();
  void escapeClosesAndGivesTheFocusBack();

  void everyControlHasAName();
  void viewSpeaks();

 private:
  void choose(const QString &name, const QString &text) {
    for (auto *box : find_->findChildren<QComboBox *>()) {
      if (box->accessibleName() == name) box->setCurrentIndex(box->findText(text));
    }
  }
};

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

void TestHexBars::saysThatTheOtherDirectionHasIt() {
  source_->otherBytes = "pears, pears and an Apple";
  find_->open();
  type(find_, u"pear"_s);
  QTRY_COMPARE(find_->message(), u"Not ← in, but 2 places → out: choose its tab"_s);
  type(find_, u"plum"_s);
  QTRY_COMPARE(find_->message(), u"Not found in the 500 bytes ← in"_s);
  // As it is typed goes before other letters, whichever is found first.
  type(find_, u"Apple"_s);
  QTRY_COMPARE(find_->message(), u"Not ← in, but 1 place → out: choose its tab"_s);
  type(find_, u"aPPLE"_s);
  QTRY_COMPARE(find_->message(), u"3 places in another case of letters: turn off Aa"_s);
  type(find_, u"apple"_s);
  QTRY_COMPARE(find_->countWords(), u"1 of 3"_s);
  QVERIFY(find_->message().startsWith(u"Found at"_s));
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
