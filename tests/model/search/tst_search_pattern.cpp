// SearchPattern and what is typed for one: against CPython's bytes.find and re, however the bytes are cut; and the
// words for what cannot be looked for.
#include "model/search/search_terms.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

using namespace octetscope;
using namespace Qt::StringLiterals;

namespace {

/// Of what can be compared, as a column of data must be.
using Made = std::shared_ptr<const Result<SearchPattern>>;

QString told(const std::vector<SearchHit> &hits) {
  QStringList words;
  for (const SearchHit &hit : hits) words += u"%1+%2"_s.arg(hit.offset).arg(hit.size);
  return words.join(u' ');
}

/// All hits, found in slices of any size.
std::vector<SearchHit> all(const SearchPattern &pattern, ByteView bytes, quint64 slice, std::size_t most) {
  std::vector<SearchHit> hits;
  for (quint64 at = 0; at < bytes.size();) {
    const auto looked = pattern.find(bytes, ByteRange::ofSize(at, slice), true, hits, most);
    if (looked.gaveUp) break;
    at = looked.next;
  }
  return hits;
}

/// The same while the bytes come.
std::vector<SearchHit> growing(const SearchPattern &pattern, ByteView bytes, quint64 step) {
  std::vector<SearchHit> hits;
  quint64 at = 0;
  for (quint64 size = 0; size < bytes.size(); size += step) {
    const ByteView there = bytes.first(size);
    for (quint64 before = ~0ULL; at != before && at < size;) {
      before = at;
      at = pattern.find(there, {at, size}, false, hits).next;
    }
  }
  while (at < bytes.size()) at = pattern.find(bytes, {at, bytes.size()}, true, hits).next;
  return hits;
}

QByteArray randomBytes(QRandomGenerator &random, int most) {
  static constexpr char likely[] = {'a', 'b', 'a', 'b', '\n', '\0', '\xff', 'A'};
  QByteArray bytes(random.bounded(most), '\0');
  for (char &byte : bytes) byte = likely[random.bounded(8)];
  return bytes;
}

}  // namespace

class TestSearchPattern : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void equalsPython_data();
  void equalsPython();
  void doesNotHangOnWhereBytesAreCut();
  void reads_data();
  void reads();
  void refuses_data();
  void refuses();
  void ofPlacesWithinOneAnotherTheOuterCounts();
  void longMatchesGrow();
  void endlessStepsAreGivenUp();
};

void TestSearchPattern::equalsPython_data() {
  QTest::addColumn<bool>("isRegex");
  QTest::newRow("bytes") << false;
  QTest::newRow("expressions") << true;
}

void TestSearchPattern::equalsPython() {
  QFETCH(bool, isRegex);
  // Expressions that match nothing but what they consume: an empty match counts in Python, here not.
  static constexpr const char *expressions[] = {
      "ab",      "a+b",     "[ab]{2,3}", "(?i)ab", "a|ba",    "\\x00\\xff",     "(?s)a.b", "a.b",       "^a",
      "b$",      "(?m)^a",  "(?m)b$",    "\\bab",  "ab\\b",   "(a)\\1",         "(?<=a)b", "a(?=b)",    "a(?!b)",
      "(?<!a)b", "a[^b]*b", "\\w+",      "\\s",    "(?:ab)+", "[\\x80-\\xff]+", "a{2}",    "(?s)a.*?b", "a*b+"};
  QRandomGenerator random(17);
  QString script =
      u"import re\n"
      "def tell(hits): print(' '.join('%d+%d' % h for h in hits))\n"
      "def plain(hay, needle):\n"
      "  at = hay.find(needle)\n"
      "  while at >= 0:\n"
      "    yield at, len(needle)\n"
      "    at = hay.find(needle, at + 1)\n"_s;
  QStringList ours;
  for (int round = 0; round < 1500; ++round) {
    const QByteArray bytes = randomBytes(random, 80);
    QByteArray needle;
    while (needle.isEmpty()) needle = randomBytes(random, 4);
    const char *expression = expressions[random.bounded(int(std::size(expressions)))];
    const SearchPattern pattern =
        isRegex ? SearchPattern::regex(QString::fromLatin1(expression)).value() : SearchPattern::anyOf({needle});
    const std::vector<SearchHit> hits = all(pattern, viewOf(bytes), 1 + random.bounded(90U), 1 + random.bounded(3U));
    ours += told(hits);
    const auto whole = growing(pattern, viewOf(bytes), 1 + random.bounded(20U));
    QCOMPARE(told(whole), ours.last());
    const QString hay = u"bytes.fromhex('%1')"_s.arg(QString::fromLatin1(bytes.toHex()));
    script += isRegex ? u"tell((m.start(), m.end() - m.start()) for m in re.finditer(br'%1', %2))\n"_s.arg(
                            QString::fromLatin1(expression), hay)
                      : u"tell(plain(%1, bytes.fromhex('%2')))\n"_s.arg(hay, QString::fromLatin1(needle.toHex()));
  }
  QProcess python;
  python.start(u"python3"_s, {u"-"_s});
  python.write(script.toUtf8());
  python.closeWriteChannel();
  QVERIFY2(python.waitForFinished() && python.exitCode() == 0, python.readAllStandardError());
  const QStringList theirs = QString::fromUtf8(python.readAllStandardOutput()).split(u'\n');
  for (qsizetype i = 0; i < ours.size(); ++i) {
    QVERIFY2(ours[i] == theirs.value(i),
             qPrintable(u"%1: %2 instead of %3"_s.arg(script.section(u'\n', 7 + i, 7 + i), ours[i], theirs.value(i))));
  }
}

void TestSearchPattern::doesNotHangOnWhereBytesAreCut() {
  QRandomGenerator random(5);
  QByteArray bytes;
  while (bytes.size() < 700'000) bytes += randomBytes(random, 90) + QByteArray(random.bounded(3000), 'a');
  const SearchPattern patterns[] = {
      SearchPattern::anyOf({"ab", "abab", "\n"}),
      SearchPattern::regex(u"a+b"_s).value(),
      SearchPattern::regex(u"(?s)b.{0,2000}\\x00"_s).value(),
      textPattern(u"AbA"_s, TextEncoding::Utf8, true).value(),
      hexPattern(u"6? ?? 0a").value(),
  };
  for (const SearchPattern &pattern : patterns) {
    const QString expected = told(all(pattern, viewOf(bytes), ~0ULL >> 1, ~std::size_t(0)));
    QVERIFY(expected.size() > 100);
    QCOMPARE(told(all(pattern, viewOf(bytes), 10'007, 13)), expected);
    QCOMPARE(told(growing(pattern, viewOf(bytes), 30'011)), expected);
  }
}

void TestSearchPattern::reads_data() {
  QTest::addColumn<Made>("pattern");
  QTest::addColumn<QByteArray>("bytes");
  QTest::addColumn<QString>("hits");
  using enum TextEncoding;
  const auto row = [](const char *name, const Result<SearchPattern> &pattern, const QByteArray &bytes,
                      const char *hits) {
    QTest::newRow(name) << std::make_shared<const Result<SearchPattern>>(pattern) << bytes << QString::fromLatin1(hits);
  };
  const QString umlaut = u"Äb"_s;
  row("UTF-8", textPattern(umlaut, Utf8, false),
      "x\xc3\x84"
      "b\xc4"
      "b",
      "1+3");
  row("Latin-1", textPattern(umlaut, Latin1, false),
      "x\xc3\x84"
      "b\xc4"
      "b",
      "4+2");
  row("UTF-16, either order", textPattern(u"ab"_s, Utf16Le | Utf16Be, false), QByteArray("a\0b\0a\0b", 7), "0+4 3+4");
  // Between ASCII letters each order is found in the other, a byte beside it: one place, at an even offset.
  row("little endian between letters", textPattern(u"ab"_s, Utf16Le | Utf16Be, false),
      QByteArray("x\0a\0b\0y\0a\0b\0", 12), "2+4 8+4");
  row("big endian between letters", textPattern(u"ab"_s, Utf16Le | Utf16Be, false),
      QByteArray("\0x\0a\0b\0y\0a\0b\0z", 14), "2+4 8+4");
  row("big endian alone keeps what it is", textPattern(u"ab"_s, Utf16Be, false), QByteArray("x\0a\0b\0y\0", 8), "1+4");
  row("at an odd place of its own", textPattern(u"ab"_s, Utf16Le | Utf16Be, false), QByteArray("xa\0b\0", 5), "1+4");
  row("any encoding", textPattern(u"ab"_s, Utf8 | Utf16Be | Latin1, false), QByteArray("ab\0a\0b", 6), "0+2 2+4");
  row("any case", textPattern(u"äB"_s, Utf8, true),
      "\xc3\x84"
      "b\xc3\xa4"
      "B",
      "0+3 3+3");
  // As Python's codec cp037 writes it.
  row("EBCDIC", textPattern(u"Ab ö1"_s, Ebcdic, false), QByteArray("\xc1\x82\x40\xcc\xf1\xc1\x82", 7), "0+5");
  row("EBCDIC, any case", textPattern(u"aB"_s, Ebcdic, true), QByteArray("\xc1\x82\x40\x81\xc2", 5), "0+2 3+2");
  row("any case in UTF-16", textPattern(u"äB"_s, Utf16Le, true), QByteArray("\xc4\0b\0\xe4\0B\0", 8), "0+4 4+4");
  row("letters that mean something elsewhere", textPattern(u"a.*("_s, Utf8, true), "aaa( A.*(", "5+4");
  row("hex", hexPattern(u"0d 0A"), "\r\n\n", "0+2");
  row("hex with gaps", hexPattern(u"0d ?? 4? ?1"), "\r\nA1\rzBQ", "0+4 4+4");
  row("a gap takes a line feed", hexPattern(u"61??61"), "a\na", "0+3");
  row("u16 and u32", numberPattern(u"258", {}), QByteArray("\1\2\0\0\1\2", 6), "0+2 2+4");
  row("little-endian alone", numberPattern(u"258", {.order = ByteOrder::Little}), QByteArray("\1\2\1\0\0", 5), "1+4");
  row("one byte", numberPattern(u"0x61", {.bytes = 1}), "banana", "1+1 3+1 5+1");
  row("three bytes", numberPattern(u"66051", {.bytes = 3, .order = ByteOrder::Big}), "\1\2\3", "0+3");
  row("below zero", numberPattern(u"-2", {.bytes = 2, .order = ByteOrder::Big}), "\xff\xfe\xff", "0+2");
  row("floats", numberPattern(u"1.5", {.order = ByteOrder::Big}), QByteArray::fromHex("3fc000003ff8000000000000"),
      "0+4 4+8");
  row("an expression", SearchPattern::regex(u"\\x02[^\\x03]*\\x03"_s), "a\2xyz\3b", "1+5");
  row("any case of an expression", SearchPattern::regex(u"ab+"_s, true), "aBBb", "0+4");
}

void TestSearchPattern::reads() {
  QFETCH(Made, pattern);
  QFETCH(QByteArray, bytes);
  QFETCH(QString, hits);
  QVERIFY2(pattern->has_value(), *pattern ? "" : qPrintable(pattern->error().line()));
  QCOMPARE(told(all(**pattern, viewOf(bytes), 3, 100)), hits);
  // The last as one sees it from behind.
  const auto last = (*pattern)->findLast(viewOf(bytes), {0, quint64(bytes.size())});
  QVERIFY(last.hit && !last.gaveUpAt);
  QCOMPARE(told({*last.hit}), hits.section(u' ', -1));
}

void TestSearchPattern::refuses_data() {
  QTest::addColumn<Made>("pattern");
  QTest::addColumn<QString>("words");
  QTest::addColumn<qsizetype>("position");
  using enum TextEncoding;
  const auto row = [](const char *name, const Result<SearchPattern> &pattern, const char *words, qsizetype position) {
    QTest::newRow(name) << std::make_shared<const Result<SearchPattern>>(pattern) << QString::fromUtf8(words)
                        << position;
  };
  row("no text", textPattern({}, Utf8, false),
      "nothing to look for: type text, bytes in hex, a number or an expression", -1);
  row("not in the encoding", textPattern(u"日"_s, Latin1, false),
      "this text cannot be written in the encoding chosen: choose another encoding", -1);
  row("not in EBCDIC", textPattern(u"a€"_s, Ebcdic, false),
      "this text cannot be written in the encoding chosen: choose another encoding", -1);
  row("hex", hexPattern(u"0d g"), "'g' is not a hex digit at character 4: use 0 to 9 and a to f", 3);
  row("half a byte", hexPattern(u"0d ?"), "half a byte: write two digits for each byte, a ? for any", 3);
  row("gaps alone", hexPattern(u"?? ??"), "any bytes would do: write the digits of one byte at least", 0);
  row("no number", numberPattern(u"12x", {}), "12x is no number: write 1234, -5, 0xff, 2.5 or 1e3", 0);
  row("too large", numberPattern(u"256", {.bytes = 1}), "256 does not fit one byte: choose more bytes", -1);
  row("too small", numberPattern(u"-129", {.bytes = 1}), "-129 does not fit one byte: choose more bytes", -1);
  row("over 64 bits", numberPattern(u"99999999999999999999", {}),
      "99999999999999999999 does not fit 8 bytes: look for its bytes in hex", -1);
  row("two bytes of a float", numberPattern(u"1.5", {.bytes = 2}),
      "a number with a point has 4 or 8 bytes: choose one of these", -1);
  row("a bracket that is not closed", SearchPattern::regex(u"ä(b"_s), "missing closing parenthesis", 3);
  row("nothing to repeat", SearchPattern::regex(u"*"_s), "quantifier does not follow a repeatable item", 0);
}

void TestSearchPattern::refuses() {
  QFETCH(Made, pattern);
  QFETCH(QString, words);
  QFETCH(qsizetype, position);
  QVERIFY(!pattern->has_value());
  QCOMPARE(pattern->error().line(), words);
  QCOMPARE(pattern->error().position, position);
}

void TestSearchPattern::ofPlacesWithinOneAnotherTheOuterCounts() {
  const SearchPattern pattern = numberPattern(u"5", {.order = ByteOrder::Big}).value();
  QCOMPARE(told(all(pattern, viewOf(QByteArray("\0\0\0\0\0\0\0\5\0\5", 10)), 1, 1)), u"0+8 8+2"_s);
}

void TestSearchPattern::longMatchesGrow() {
  QByteArray bytes(900'000, 'x');
  bytes.front() = 'a';
  bytes += "bcab";
  const SearchPattern pattern = SearchPattern::regex(u"a.*?b"_s).value();
  QCOMPARE(told(all(pattern, viewOf(bytes), 4096, 10)), u"0+900001 900002+2"_s);
  QCOMPARE(told(growing(pattern, viewOf(bytes), 100'000)), u"0+900001 900002+2"_s);
}

void TestSearchPattern::endlessStepsAreGivenUp() {
  const QByteArray bytes(5000, 'a');
  const SearchPattern pattern = SearchPattern::regex(u"(a+)+$(?<=b)"_s).value();
  std::vector<SearchHit> hits;
  const auto looked = pattern.find(viewOf(bytes), {0, 5000}, true, hits);
  QVERIFY(looked.gaveUp);
  QCOMPARE(hits.size(), 0U);
  QVERIFY(pattern.findLast(viewOf(bytes), {0, 5000}).gaveUpAt);
}

QTEST_GUILESS_MAIN(TestSearchPattern)
#include "tst_search_pattern.moc"
