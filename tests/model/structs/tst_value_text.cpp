// Words, JSON and text for people, to values and back.
#include "model/structs/pack_request.h"
#include "model/structs/value_text.h"
#include "tests/support/guarded_bytes.h"

#include <QRandomGenerator>
#include <QTest>

#include <cmath>

using namespace octetscope;
using test::GuardedBytes;

namespace {

QString jsonOf(const Value &value) {
  QByteArray out;
  appendJsonValue(out, value);
  return QString::fromUtf8(out);
}

}  // namespace

class TestValueText : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void readsWords_data() {
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("json");
    const auto row = [](const char *word, const char *code, const char *json) {
      QTest::addRow("%s for %s", word, code)
          << QString::fromUtf8(word) << QString::fromLatin1(code) << QString::fromUtf8(json);
    };
    row("12", "H", "12");
    row("-12", "H", "-12");
    row("+12", "H", "12");
    row("007", "H", "7");
    row("-0", "H", "0");
    row("0x1F", "H", "31");
    row("-0x10", "H", "-16");
    row("9223372036854775807", "q", "9223372036854775807");
    row("9223372036854775808", "q", "9223372036854775808");
    row("-9223372036854775808", "q", "-9223372036854775808");
    row("-9223372036854775809", "q", "-9223372036854775809");
    row("18446744073709551615", "Q", "18446744073709551615");
    row("18446744073709551616", "Q", "18446744073709551616");
    row("0xffffffffffffffff", "Q", "18446744073709551615");
    row("0x1000000000000000000000000", "Q", "79228162514264337593543950336");
    row("-0xde0b6b3a7640000000000000000", "Q", "-281474976710656000000000000000000");
    row("00000000000000000000000000000001", "Q", "1");
    row("1.5", "d", "1.5");
    row("1.", "d", "1.0");
    row(".5", "d", "0.5");
    row("-.5e-3", "d", "-0.0005");
    row("1e400", "d", "\"inf\"");
    row("-1e400", "d", "\"-inf\"");
    row("1e-400", "d", "0.0");
    row("-1e-99999999999999999999", "d", "-0.0");
    row("0.00001e99999999999999999999", "d", "\"inf\"");
    row("0e99999999999999999999", "d", "0.0");
    row("5e-324", "d", "5e-324");
    row("1.7976931348623157e308", "d", "1.7976931348623157e+308");
    row("nan", "d", "\"nan\"");
    row("inf", "d", "\"inf\"");
    row("-inf", "d", "\"-inf\"");
    row("true", "?", "true");
    row("false", "?", "false");
    row("0", "?", "0");
    row("yes", "?", "true");
    row("", "?", "false");
    row("1.5", "H", "1.5");
    row("abc", "H", "null");
    row("", "H", "null");
    row("-", "H", "null");
    row("0x", "H", "null");
    row("1_000", "H", "null");
    row("1e", "d", "null");
    row(".", "d", "null");
    row("١٢", "H", "null");
    row("12", "s", "{\"hex\":\"3132\",\"text\":\"12\"}");
    row("true", "s", "{\"hex\":\"74727565\",\"text\":\"true\"}");
    row("", "s", "{\"hex\":\"\",\"text\":\"\"}");
    row("ä", "p", "{\"hex\":\"c3a4\",\"text\":\"ä\"}");
    row("a\\n\\r\\t\\0\\x7f\\\\\\\"\\'b", "s", "{\"hex\":\"610a0d09007f5c222762\"}");
    row("hex:00fF 61", "s", "{\"hex\":\"00ff61\"}");
    row("hex:", "c", "{\"hex\":\"\",\"text\":\"\"}");
    row("\\x68ex:00", "s", "{\"hex\":\"6865783a3030\",\"text\":\"hex:00\"}");
  }
  void readsWords() {
    QFETCH(QString, word);
    QFETCH(QString, code);
    QFETCH(QString, json);
    const auto value = parseValue(word, code.at(0).toLatin1());
    QVERIFY(value);
    QCOMPARE(jsonOf(*value), json);
  }

  void refusesWrongText_data() {
    QTest::addColumn<QString>("word");
    QTest::addColumn<int>("position");
    QTest::newRow("unknown escape") << QStringLiteral("ab\\q") << 2;
    QTest::newRow("nothing behind it") << QStringLiteral("\\") << 0;
    QTest::newRow("half a byte") << QStringLiteral("a\\x4") << 1;
    QTest::newRow("no hex") << QStringLiteral("\\xg1") << 0;
    QTest::newRow("hex alone") << QStringLiteral("hex:123") << 6;
    QTest::newRow("no hex digit") << QStringLiteral("hex:zz") << 4;
  }
  void refusesWrongText() {
    QFETCH(QString, word);
    QFETCH(int, position);
    const auto value = parseValue(word, 's');
    QVERIFY(!value);
    QCOMPARE(value.error().position, position);
    QVERIFY(!value.error().mend.isEmpty());
  }

  void printsJson_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("json");
    QTest::newRow("plain") << QByteArray("a b") << QStringLiteral("{\"hex\":\"612062\",\"text\":\"a b\"}");
    QTest::newRow("quotes") << QByteArray("\"\\") << QStringLiteral("{\"hex\":\"225c\",\"text\":\"\\\"\\\\\"}");
    QTest::newRow("tab") << QByteArray("a\tb") << QStringLiteral("{\"hex\":\"610962\"}");
    QTest::newRow("zero") << QByteArray("a\0", 2) << QStringLiteral("{\"hex\":\"6100\"}");
    QTest::newRow("broken") << QByteArray("a\xc3") << QStringLiteral("{\"hex\":\"61c3\"}");
    QTest::newRow("too long form") << QByteArray("\xc0\x80") << QStringLiteral("{\"hex\":\"c080\"}");
    QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80") << QStringLiteral("{\"hex\":\"eda080\"}");
    QTest::newRow("turned direction") << QByteArray("\xe2\x80\xae") << QStringLiteral("{\"hex\":\"e280ae\"}");
    QTest::newRow("no-break space") << QByteArray("\xc2\xa0")
                                    << QStringLiteral("{\"hex\":\"c2a0\",\"text\":\"\u00a0\"}");
    QTest::newRow("line separator") << QByteArray("\xe2\x80\xa8") << QStringLiteral("{\"hex\":\"e280a8\"}");
    QTest::newRow("beyond 16 bits") << QByteArray("\xf0\x9f\x98\x80")
                                    << QStringLiteral("{\"hex\":\"f09f9880\",\"text\":\"😀\"}");
  }
  void printsJson() {
    QFETCH(QByteArray, bytes);
    QFETCH(QString, json);
    QCOMPARE(jsonOf(bytes), json);
    const auto read = parseJson(json.toUtf8());
    QVERIFY(read);
    QCOMPARE(std::get<QByteArray>(valueOfJson(*read, 's').value()), bytes);
  }

  void displaysText_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("most");
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << QByteArray("Simple") << 200 << QStringLiteral("\"Simple\"");
    QTest::newRow("just fits") << QByteArray("Simple") << 8 << QStringLiteral("\"Simple\"");
    QTest::newRow("cut") << QByteArray("Simple") << 7 << QStringLiteral("\"Simp…\"");
    QTest::newRow("cut before an escape") << QByteArray("abcd\x01z") << 9 << QStringLiteral("\"abcd…\"");
    QTest::newRow("escapes") << QByteArray("\"\\\n\r\t\0\x1b\xff", 8) << 200
                             << QStringLiteral("\"\\\"\\\\\\n\\r\\t\\0\\x1b\\xff\"");
    QTest::newRow("controls of two bytes") << QByteArray("\xc2\x85") << 200 << QStringLiteral("\"\\xc2\\x85\"");
    QTest::newRow("no room") << QByteArray("abc") << 1 << QStringLiteral("…");
  }
  void displaysText() {
    QFETCH(QByteArray, bytes);
    QFETCH(int, most);
    QFETCH(QString, text);
    QCOMPARE(displayText(bytes, most), text);
  }

  void neverDisplaysControls() {
    QRandomGenerator random(99);
    for (int round = 0; round < 20000; ++round) {
      QByteArray bytes(static_cast<qsizetype>(random.bounded(1, 24)), Qt::Uninitialized);
      for (char &byte : bytes)
        byte = static_cast<char>(random.bounded(2) ? random.bounded(256) : random.bounded(0xc0, 0xf5));
      if (random.bounded(3) == 0) {
        const char32_t points[] = {static_cast<char32_t>(random.bounded(0xd800)),
                                   static_cast<char32_t>(random.bounded(0xe000, 0x110000))};
        bytes += QString::fromUcs4(points, 2).toUtf8();
      }
      const int most = static_cast<int>(random.bounded(1, 60));
      const QString text = displayText(bytes, most);
      QVERIFY(text.size() <= most);
      QVERIFY(text.isValidUtf16());
      for (const uint point : text.toUcs4()) QVERIFY2(isPlainCharacter(point), bytes.toHex().constData());
      QByteArray json;
      appendJsonString(json, QString::fromUtf8(bytes));
      for (const uint point : QString::fromUtf8(json).toUcs4())
        QVERIFY2(isPlainCharacter(point), bytes.toHex().constData());
      const auto read = parseJson(json);
      QVERIFY(read && read->string());
      QCOMPARE(*read->string(), QString::fromUtf8(bytes));
    }
  }

  void displayCostsWhatIsShown() {
    const GuardedBytes bytes(1ULL << 32, 'a');
    QCOMPARE(displayBytes(bytes.view(), 100).size(), 100);
    const QByteArrayView view = qtView(bytes.view());
    QCOMPARE(displayText(QByteArray::fromRawData(view.data(), view.size()), 100).size(), 100);
  }

  void answersRequests_data() {
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("answer");
    const auto row = [](const char *request, const char *answer) {
      QTest::newRow(request) << QByteArray(request) << QByteArray(answer);
    };
    row("{\"do\":\"calcsize\",\"layout\":\"@bq\"}", "{\"result\":16}");
    row("{\"do\":\"calcsize\",\"layout\":\"y\"}", "{\"error\":\"bad char in struct format\"}");
    row("{\"do\":\"calcsize\"}", "{\"error\":\"the request has no \\\"layout\\\": give it as a string\"}");
    row("{\"do\":\"unpack\",\"layout\":\"<Qd?2s*H:more\",\"hex\":\"ffffffffffffffff000000000000f07f01610061ff07\"}",
        "{\"result\":[18446744073709551615,\"inf\",true,{\"hex\":\"6100\"},65377,{\"hex\":\"07\"}]}");
    row("{\"do\":\"unpack\",\"layout\":\"H\",\"hex\":\"0\"}",
        "{\"error\":\"a hex digit is alone at character 1: write each byte with two digits\"}");
    row("{\"do\":\"unpack\",\"layout\":\"H\",\"hex\":\"00\"}", "{\"error\":\"unpack requires a buffer of 2 bytes\"}");
    row("{\"do\":\"pack\",\"layout\":\"!HBQ3sd?\",\"values\":[1,\"0xff\",18446744073709551615,\"a\\\\x01\",1e400,true]"
        "}",
        "{\"result\":\"0001ffffffffffffffffff6101007ff000000000000001\"}");
    row("{\"do\":\"pack\",\"layout\":\"!Q\",\"values\":[18446744073709551616]}",
        "{\"error\":\"int too large to convert\"}");
    row("{\"do\":\"pack\",\"layout\":\"!f\",\"values\":[1e39]}",
        "{\"error\":\"float too large to pack with f format\"}");
    row("{\"do\":\"pack\",\"layout\":\"!H\",\"values\":[null]}", "{\"error\":\"required argument is not an integer\"}");
    row("{\"do\":\"pack\",\"layout\":\"!H\",\"values\":[[1]]}", "{\"error\":\"required argument is not an integer\"}");
    row("{\"do\":\"pack\",\"layout\":\"?\",\"values\":[[1]]}", "{\"result\":\"01\"}");
    row("{\"do\":\"pack\",\"layout\":\"s\",\"values\":[\"hex:zz\"]}",
        "{\"error\":\"'z' is not a hex digit at character 1: use 0 to 9 and a to f\"}");
    row("{\"do\":\"pack\",\"layout\":\"s\"}",
        "{\"error\":\"the request has no \\\"values\\\": give them as an array\"}");
    row("{\"do\":\"calcsize\",\"layout\":\"B\",\"layout\":\"H\"}", "{\"result\":2}");
  }
  void answersRequests() {
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, answer);
    const auto parsed = parseJson(request);
    QVERIFY(parsed);
    QVERIFY(isPackRequest(*parsed));
    QCOMPARE(answerPackRequest(*parsed), answer);
  }
};

QTEST_GUILESS_MAIN(TestValueText)
#include "tst_value_text.moc"
