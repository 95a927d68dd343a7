// The grammar of filters: what is refused, where and in which words, and how deep and long an expression may be.
#include "tests/support/filtered.h"

#include <QTest>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestFilterGrammar : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void refuses_data();
  void refuses();
  void saysWhatMayBeMeant_data();
  void saysWhatMayBeMeant();
  void refusesWhatTheLayoutRulesOut_data();
  void refusesWhatTheLayoutRulesOut();
  void takesAnythingWhereFormatsDescribeThemselves();
  void aNameOfOneDirectionIsEnough();
  void readsEverySpelling_data();
  void readsEverySpelling();
  void limitsWhatItIsGiven();
};

void TestFilterGrammar::refuses_data() {
  QTest::addColumn<QString>("expression");
  QTest::addColumn<QString>("words");
  const auto row = [](const char *expression, const char *words) {
    QTest::newRow(expression) << QString::fromUtf8(expression) << QString::fromUtf8(words);
  };
  row("", "0+0: the expression is empty: write a condition, such as size > 100");
  row("  ", "2+0: the expression is empty: write a condition, such as size > 100");
  row("size >", "6+0: a value is missing at the end: write a value: 5, 0xff, 2.5, \"text\", de:ad:be:ef");
  row("size > &&", "7+1: & stands where a value should be: write a value: 5, 0xff, 2.5, \"text\", de:ad:be:ef");
  row("size > 1 &&",
      "11+0: a condition is missing at the end: write a condition, such as size > 100 or text contains \"x\"");
  row("&& size",
      "0+1: & stands where a condition should be: write a condition, such as size > 100 or text contains "
      "\"x\"");
  row("size > 1 size",
      "9+4: size stands where the expression could end: join conditions with && or ||, and put text "
      "in quotes");
  row("(size > 1", "0+1: this ( is never closed: write ) where it ends");
  row("(size > 1 5)", "10+1: 5 stands where ) should be: join conditions with && or ||, and close what was opened");
  row("size > 1)", "8+1: there is no ( for this ): remove it, or write a ( before it");
  row("size = 5", "5+1: = is no operator: write == for equal");
  row("size =~ 5", "5+2: =~ is no operator: write matches");
  row("size > 1 | size < 5", "9+1: | is no operator: write || for or");
  row("size > 1 ^^ size < 5", "9+2: ^^ is no operator: write (a || b) && !(a && b)");
  row("size + 1 == 5", "5+1: there is no arithmetic here: compare fields with values as they are");
  row("1 < size < 5", "9+1: a comparison has two sides, not three: write 1 < x && x < 5");
  row("size == \"5\"", "0+11: size is a number, and \"5\" is none: write size == 5, or .size for a field of that name");
  row("size == 20ms", "0+12: size is a number, and 20ms is none: write size == 5, or .size for a field of that name");
  row("size contains 5", "14+1: contains looks for text or bytes: write \"5\" for text, \"\\x05\" or 00:05 for bytes");
  row("payload contains \"\"", "17+2: there is nothing to look for: write what it has to contain");
  row("size contains \"5\"", "0+17: size is no text: compare it with a number");
  row("status matches \"5\"", "0+18: status is no text: compare it with == or !=");
  row("size matches 5", "13+1: 5 is no regular expression: write it in quotes: matches \"^GET \"");
  row("payload matches \"a(b\"",
      "20+0: this is no regular expression (missing closing parenthesis): write \\ before "
      "signs that are meant as themselves");
  row("payload matches \"a**b\"",
      "19+1: this is no regular expression (quantifier does not follow a repeatable item): "
      "write \\ before signs that are meant as themselves");
  row("status == done", "10+4: done is no status: status is complete, incomplete or error");
  row("status ==", "9+0: a value is missing at the end: status is complete, incomplete or error");
  row("status > error", "0+14: status has no order: compare it with == or !=");
  row("direction == up", "13+2: up is no direction: direction is in or out");
  row("status in {complete, no}", "21+2: no is no status: status is complete, incomplete or error");
  row("5 == status", "5+6: status stands on the right: write status first: status == complete");
  row("size in 5", "8+1: 5 stands where { should be: write in {1, 2, 5..9}");
  row("size in {}", "9+1: } stands where a value should be: write a value: 5, 0xff, 2.5, \"text\", de:ad:be:ef");
  row("size in {1, 2", "8+1: this { is never closed: write } where it ends");
  row("size in {1 2}", "11+1: 2 stands where , or } should be: write in {1, 2, 5..9}");
  row("size in {5..2}", "9+4: this range has nothing in it: write the lower end first");
  row("size in {1, x}", "12+1: x is no value: a set has values alone; text stands in quotes");
  row("5", "0+1: a value alone is no condition: compare something with it: size > 100");
  row("5 in {5}", "0+1: a value stands on the left: write the name first");
  row("5 == 5", "0+6: both sides are values: compare a name of the message or a field with one");
  row("time == \"x\"", "0+11: time is a time, and \"x\" is none: write seconds, 2.5, or 20ms");
  row("time > 2023-10-30T09:23:54Z", "0+27: time is no date: compare epoch with dates");
  row("from == 5", "0+9: from is text, and 5 is none: put it in quotes");
  row("payload == 5ms", "0+14: payload is bytes, and 5ms are none: write de:ad:be:ef or \"text\"");
  row("payload == null", "0+15: payload is bytes, and null are none: write de:ad:be:ef or \"text\"");
  row("payload[0:2] == null", "0+20: a slice is bytes: compare it with bytes, text or a number");
  row("size < null", "0+11: null has no order: compare it with == or !=");
  row("size[0] == 5", "0+7: size has no bytes: write .size for a field of that name");
  row("payload & 1", "0+9: payload has no bits: & takes bits of whole numbers");
  row("size & x", "7+1: x are no bits: write a number: flags & 0x02; && joins conditions");
  row("size & -1", "7+2: -1 are no bits: write a number: flags & 0x02; && joins conditions");
  row("size & nan", "7+3: nan are no bits: write a number: flags & 0x02; && joins conditions");
  row("size & inf", "7+3: inf are no bits: write a number: flags & 0x02; && joins conditions");
  row("size & 1 == \"x\"", "0+15: bits are a number: compare them with one: flags & 0x0f == 3");
  row("payload[", "7+1: this [ is never closed: write ] where it ends");
  row("payload[x]",
      "8+1: x stands where a number should be: write [start:length], [first-last], [:length], [start:] "
      "or [n]");
  row("payload[:]",
      "7+2: this slice has neither start nor length: write [start:length], [first-last], [:length], "
      "[start:] or [n]");
  row("[0:2] == 5", "0+5: this is a slice of nothing: write payload[0:4] or name[0:4]");
  row("payload[0:2] == .[-1]", "16+5: this is a slice of nothing: write payload[0:4] or name[0:4]");
  row("payload[0:0] == 5",
      "7+4: this slice takes nothing: write [start:length], [first-last], [:length], [start:] or "
      "[n]");
  row("payload[4-2] == 5",
      "7+4: this slice takes nothing: write [start:length], [first-last], [:length], [start:] or "
      "[n]");
  row("payload[0,2] == 5", "9+1: , stands where ] should be: one slice at a time: [start:length], [first-last] or [n]");
  row("payload[9999999999999999999] == 5", "8+19: this number is too large: no message has so many bytes");
  row("payload == \"x", "11+2: this text has no end: write \" where it ends");
  row("payload == \"a\\q\"",
      "13+2: \\q is no escape: the escapes are \\n \\r \\t \\0 \\xNN \\\\ \\\" \\'; write \\\\ for a "
      "backslash");
  row("payload == \"\\x1\"", "12+2: \\x needs two hexadecimal digits: write \\x0a for a line end");
  row("size == 007", "8+3: 007 may be meant as octal: write 0o in front of an octal number, else no 0");
  row("size == 0b12", "8+4: 0b12 is no number: behind 0b stand 0 and 1 alone");
  row("size == 0xfg", "8+4: 0xfg is no number: behind 0x stand hexadecimal digits alone");
  row("size == 5x",
      "8+2: 5x is neither a number nor a time: numbers are written 5, -5, 0xff, 0b101, 0o17, 2.5, 1e3, "
      "times 2.5, 20ms; text stands in quotes");
  row("payload == de:a",
      "11+4: de:a are no bytes: a name with a : in it stands in quotes: .\"de:a\"; bytes are written "
      "de:ad:be:ef");
  row("soap:Body == 5",
      "0+9: soap:Body are no bytes: a name with a : in it stands in quotes: .\"soap:Body\"; bytes are "
      "written de:ad:be:ef");
  row("payload == 1:2",
      "11+3: 1:2 are no bytes: bytes are written as two digits each, de:ad:be:ef; one byte as "
      "\"\\xde\"");
  row("a..b", "1+1: . stands where the expression could end: join conditions with && or ||, and put text in quotes");
  row("a.", "2+0: the end stands where a name should be: put odd names in quotes: headers.\"a name\"");
  row("\xF0\x9F\x98\x80 == 1 \xE2\x80\xA6",
      "8+1: \xE2\x80\xA6 stands where the expression could end: join conditions "
      "with && or ||, and put text in quotes");
}

void TestFilterGrammar::refuses() {
  QFETCH(QString, expression);
  QFETCH(QString, words);
  const auto parsed = FilterExpression::parse(expression);
  QCOMPARE(parsed ? u"it is taken"_s : Filtered::words(parsed.error()), words);
  QVERIFY(parsed.error().position + parsed.error().length <= expression.size());
}

void TestFilterGrammar::saysWhatMayBeMeant_data() {
  QTest::addColumn<QString>("expression");
  QTest::addColumn<QString>("words");
  const auto row = [](const char *expression, const char *words) {
    QTest::newRow(expression) << QString::fromUtf8(expression) << QString::fromUtf8(words);
  };
  // Brackets that hold a value.
  row("(seq & 3) == 1", "0+9: ( ) hold conditions, not values: write seq & 3 == 1");
  row("((seq & 3)) in {1}", "0+11: ( ) hold conditions, not values: write seq & 3 in \xE2\x80\xA6");
  row("size > 1 && (seq) & 3", "12+5: ( ) hold conditions, not values: write seq & 3");
  row("(size > 1) == true", "0+10: ( ) hold conditions, not values: write what is compared without ( )");
  row("1 == (seq & 3)",
      "5+1: ( stands where a value should be: ( ) hold conditions, not values; write the value alone");
  // Signs of other languages.
  row("seq == 1 == 1", "9+2: a comparison has two sides, not three: write two, joined: x == 1 && y == 1");
  row("seq => 5", "4+2: => is no operator: write >= for greater or equal");
  row("seq =< 5", "4+2: =< is no operator: write <= for less or equal");
  row("seq <> 5", "4+2: <> is no operator: write != for not equal");
  row("seq === 5", "4+3: === is no operator: write == for equal");
  row("seq !== 5", "4+3: !== is no operator: write != for not equal");
  row("seq % 2 == 0", "4+1: there is no arithmetic here: & takes bits: seq & 1 == 0 has the even ones");
  row("seq - 1 == 0", "4+1: there is no arithmetic here: compare fields with values as they are");
  row("seq << 1 == 2", "4+2: there is no arithmetic here: & takes bits: flags & 0x0f == 3");
  row("seq >> 1 == 2", "4+2: there is no arithmetic here: & takes bits: flags & 0x0f == 3");
  // Words.
  row("name conatins \"x\"", "5+8: conatins is no operator: did you mean contains?");
  row("name CONTAINS \"x\"", "5+8: CONTAINS is no operator: did you mean contains?");
  row("name mathces \"x\"", "5+7: mathces is no operator: did you mean matches?");
  row("size > 1 AND seq == 1", "9+3: AND is no operator: did you mean and?");
  row("(size > 1 Or seq == 1)", "10+2: Or is no operator: did you mean or?");
  row("NOT seq == 5", "0+3: NOT is no operator: did you mean not?");
  row("seq not IN {5}", "8+2: IN is no operator: did you mean in?");
  row("status is complete", "7+2: is is no operator: write == for equal");
  row("status == \"complete\"", "10+10: status is no text: write complete without quotes");
  row("status in {error, 'complete'}", "18+10: status is no text: write complete without quotes");
  row("status == \"done\"", "10+1: \" is no status: status is complete, incomplete or error");
  row("status == \"complete", "10+1: \" is no status: status is complete, incomplete or error");
  row("status == Complete", "10+8: Complete is no status: did you mean complete?");
  row("direction != uot", "13+3: uot is no direction: did you mean out?");
  // Numbers as people write them.
  row("size > 1,000", "7+5: 1,000 has commas in it: write 1000");
  row("(size > 1,234,567)", "8+9: 1,234,567 has commas in it: write 1234567");
  row("size > 1,00",
      "8+1: , stands where the expression could end: join conditions with && or ||, and put text in quotes");
  // Names.
  row("Size > 5", "0+4: there is no field Size: did you mean size? the fields are seq, v, name, .size, .4");
  row("len > 5", "0+3: there is no field len: did you mean size? the fields are seq, v, name, .size, .4");
  row("index == 5", "0+5: there is no field index: did you mean number? the fields are seq, v, name, .size, .4");
  row(".index == 5", "0+6: there is no field index: the fields are seq, v, name, .size, .4");
  row("seq == 1 && .Size > 5",
      "12+5: there is no field Size: did you mean .size? the fields are seq, v, name, .size, .4");
  row("Seq == 5", "0+3: there is no field Seq: did you mean seq? the fields are seq, v, name, .size, .4");
  row("paylaod contains \"x\"",
      "0+7: there is no field paylaod: did you mean payload? the fields are seq, v, name, .size, .4");
  row("name == Name", "8+4: Name is neither a value nor a field: did you mean name? else write \"Name\" for text");
}

void TestFilterGrammar::saysWhatMayBeMeant() {
  QFETCH(QString, expression);
  QFETCH(QString, words);
  const Filtered filtered{.layout = u"!H:seq 3I:v 4s:name B:size b"_s};
  QCOMPARE(filtered.by(expression), words);
}

void TestFilterGrammar::refusesWhatTheLayoutRulesOut_data() {
  QTest::addColumn<QString>("expression");
  QTest::addColumn<QString>("words");
  const auto row = [](const char *expression, const char *words) {
    QTest::newRow(expression) << QString::fromUtf8(expression) << QString::fromUtf8(words);
  };
  row("size > 1 && sequ == 5",
      "12+4: there is no field sequ: did you mean seq? the fields are seq, v, name, .size, .4");
  row("seq.x == 5", "0+5: seq has no fields inside: name it alone");
  row("v[3] == 5", "0+4: v has no [3]: its 3 elements are [0] to [2]");
  row("v == 5", "0+6: v is an array: write v[0], or v[*] for any of its elements");
  row("v[1][2] == 5", "0+7: v[\xE2\x80\xA6] has no fields inside: name it alone");
  row("seq[*] == 5", "0+6: seq is no array: write seq[start:length] for some of its bytes");
  row("seq == \"5\"", "0+10: seq is a number, and \"5\" is none: write numbers without quotes");
  row("seq in {1, \"5\"}", "0+15: seq is a number, and \"5\" is none: write numbers without quotes");
  row("seq contains \"5\"", "0+16: seq is a number: compare it with one, or look into payload or message");
  row("name & 1", "0+8: name & 1 is no whole number: & takes bits of whole numbers");
  row("name == hello",
      "8+5: hello is neither a value nor a field: write \"hello\" for text, .hello for a field of that "
      "name");
  row(".5 == 5", "0+2: there is no field 5: the fields are seq, v, name, .size, .4");
  row("[0] == 5", "0+3: the fields of a layout have names: write .0 for the first");
}

void TestFilterGrammar::refusesWhatTheLayoutRulesOut() {
  QFETCH(QString, expression);
  QFETCH(QString, words);
  const Filtered filtered{.layout = u"!H:seq 3I:v 4s:name B:size b"_s};
  QCOMPARE(filtered.by(expression), words);
}

void TestFilterGrammar::takesAnythingWhereFormatsDescribeThemselves() {
  QCOMPARE((Filtered{.framing = u"json"_s}).by(u"anything.goes[5] == 5 && .other == .one"_s), QString());
  QCOMPARE((Filtered{.framing = u"http"_s}).by(u"Content-Length == \"5\""_s), QString());
  QCOMPARE((Filtered{.framing = u"length:u16be | json"_s}).by(u"a == 5"_s), QString());
  QCOMPARE((Filtered{.framing = u"json"_s}).by(u"a == hello"_s),
           u"5+5: hello is neither a value nor a field: write \"hello\" for text, .hello for a field of that name"_s);
  QCOMPARE((Filtered{}).by(u"a == 5"_s),
           u"0+1: there is no field a: messages have no fields here; give their payloads a LAYOUT"_s);
}

void TestFilterGrammar::aNameOfOneDirectionIsEnough() {
  const Filtered in{.layout = u"!H:asked"_s};
  const Filtered out{.layout = u"!H:told 4s:name"_s};
  const std::array scopes{*in.scope(), *out.scope()};
  const auto create = [&](const QString &text) -> QString {
    const auto program = FilterProgram::create(*FilterExpression::parse(text), scopes);
    return program ? u"good"_s : Filtered::words(program.error());
  };
  QCOMPARE(create(u"asked == 1 || told == 1"_s), u"good"_s);
  QCOMPARE(create(u"said == 1"_s), u"0+4: there is no field said: the field is asked"_s);
  QCOMPARE(create(u"told == \"x\""_s), u"0+11: told is a number, and \"x\" is none: write numbers without quotes"_s);
}

void TestFilterGrammar::readsEverySpelling_data() {
  QTest::addColumn<QString>("one");
  QTest::addColumn<QString>("other");
  const auto row = [](const char *one, const char *other) {
    QTest::newRow(one) << QString::fromUtf8(one) << QString::fromUtf8(other);
  };
  row("seq eq 5", "seq == 5");
  row("seq ne 5", "seq != 5");
  row("seq gt 5 and seq le 8", "seq > 5 && seq <= 8");
  row("seq ge 5 or seq lt 3", "seq >= 5 || seq < 3");
  row("not seq == 5", "!seq==5");
  row("seq in {0x5,0b110,0o7,8 .. 9}", "seq in {5..9}");
  row("name ~ \"a\"", "name matches \"a\"");
  row("no == 3", "number == 3");
  row("5 < seq", "seq > 5");
  row("5 >= seq", "seq <= 5");
  row("seq not in {1,2}", "seq != 1 && seq != 2");
  row(".seq == 5", "seq == 5");
  row(".\"seq\" == 5", "seq == 5");
  row("name[0:2] == \"ab\"", "name[0-1] == 61:62");
  row("name[:2] == \"ab\"", "name[-4:2] == 'ab'");
  row("name[1:] == \"bc1\"", "name[1-3] == r\"bc1\"");
  row("name[-1] == 0x31", "name[3] == \"1\"");
  row("seq == 5.0", "seq == 5e0");
  row("seq != 5 || seq == 5 && seq == 6", "seq != 5 || (seq == 5 && seq == 6)");
}

void TestFilterGrammar::readsEverySpelling() {
  QFETCH(QString, one);
  QFETCH(QString, other);
  QByteArray bytes;
  for (char i = 0; i < 12; ++i) {
    bytes += QByteArray("\0\6\0", 3) + i + (i % 2 == 0 ? "abc" : "xbc") + static_cast<char>('0' + i % 3);
  }
  const Filtered filtered{.layout = u"!H:seq 4s:name"_s,
                          .stream = {ByteSnapshot::of(bytes), {}, StreamEnd::Fin, noTime}};
  const QString passing = filtered.by(one);
  QCOMPARE(passing, filtered.by(other));
  QVERIFY2(!passing.isEmpty() && passing != u"0 1 2 3 4 5 6 7 8 9 10 11", qPrintable(passing));
}

void TestFilterGrammar::limitsWhatItIsGiven() {
  const auto wordsOf = [](const QString &text) {
    const auto parsed = FilterExpression::parse(text);
    return parsed ? u"good"_s : Filtered::words(parsed.error());
  };
  const auto open = [](int times) -> QString { return QString(times, u'(') + u"size" + QString(times, u')'); };
  QCOMPARE(wordsOf(open(100)), u"good"_s);
  QCOMPARE(wordsOf(open(101)), u"100+1: this is nested more than 100 deep: write it with fewer parentheses"_s);
  QCOMPARE(wordsOf(QString(30'000, u'(')),
           u"100+1: this is nested more than 100 deep: write it with fewer parentheses"_s);
  QCOMPARE(wordsOf(QString(30'000, u'!')),
           u"100+1: this is nested more than 100 deep: write it with fewer parentheses"_s);
  QCOMPARE(wordsOf(QString(65'537, u' ')),
           u"65536+0: the expression has more than 65536 characters: write a shorter one"_s);
  QString many = u"no==1"_s;
  for (int i = 1; i < 1000; ++i) many += u"&&no==1"_s;
  QCOMPARE(wordsOf(many), u"good"_s);
  QCOMPARE(wordsOf(many + u"&&no==1"_s),
           u"7000+5: there are more than 1000 conditions: name many values of one field as in {1, 2, 5..9}"_s);
  QString set = u"no in {1"_s;
  for (int i = 1; i < 10'000; ++i) set += u",1"_s;
  QCOMPARE(wordsOf(set + u'}'), u"good"_s);
  QVERIFY(wordsOf(set + u",1}"_s).contains(u"the set has more than 10000 values"_s));
  QString path = u"a"_s;
  for (int i = 1; i < 64; ++i) path += u".a"_s;
  QCOMPARE(wordsOf(path), u"good"_s);
  QCOMPARE(wordsOf(path + u".a"_s),
           u"0+128: this goes through more than 64 fields: name a field that lies less deep"_s);
}

QTEST_APPLESS_MAIN(TestFilterGrammar)
#include "tst_filter_grammar.moc"
