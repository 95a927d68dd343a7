// How values are written in the formats of a column: typed rows, and many values against what CPython makes of them.
#include "model/items/cell_format.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

#include <array>
#include <cmath>
#include <cstdio>

using namespace octetscope;
using namespace Qt::StringLiterals;

namespace {

using enum CellFormat;

BigInteger big(const char *digits) {
  return {QByteArray(digits)};
}

/// How the oracle is told of a value.
QByteArray toldOf(const Value &value) {
  if (const auto *v = std::get_if<QByteArray>(&value)) return "bytes " + v->toHex();
  if (const auto *v = std::get_if<double>(&value)) {
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "float %a", *v);
    return text.data();
  }
  return "int " + displayText(value, 10'000).toLatin1();
}

/// Numbers of every width, with those at its edges.
Value randomValue(QRandomGenerator &random) {
  const quint64 bits = random.generate64() >> random.bounded(64);
  switch (random.bounded(8)) {
    case 0:
      return integerValue(bits);
    case 1:
      return static_cast<qint64>(bits >> 1) * (random.bounded(2) == 0 ? 1 : -1);
    case 2:
      return integerValue((1ULL << random.bounded(64)) - random.bounded(2U));
    case 3: {
      QByteArray digits = random.bounded(2) == 0 ? "-" : "";
      digits += static_cast<char>('1' + random.bounded(9));
      for (int i = 19 + random.bounded(80); i > 0; --i) digits += static_cast<char>('0' + random.bounded(10));
      return BigInteger{digits};
    }
    case 4: {
      QByteArray bytes(random.bounded(2) == 0 ? (random.bounded(2) == 0 ? 4 : 16) : random.bounded(20), '\0');
      for (char &byte : bytes) byte = random.bounded(3) == 0 ? '\0' : static_cast<char>(random.bounded(256));
      return bytes;
    }
    case 5:
      return static_cast<double>(random.bounded(4'000'000'000'000LL) - 2'000'000'000'000LL) / 1024 /
             (1 << random.bounded(20));
    case 6:  // a time of these years, in some unit
      return static_cast<qint64>(random.bounded(4'000'000'000LL)) *
             static_cast<qint64>(std::llround(std::pow(1000, random.bounded(4)))) / (random.bounded(2) == 0 ? 1 : 7);
    default:
      return integerValue(random.bounded(256U));
  }
}

}  // namespace

class TestCellFormat : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void formatsHaveKeysAndTitles() {
    for (const CellFormat format : cellFormats) {
      QCOMPARE(cellFormatOfKey(cellFormatKey(format)), std::optional(format));
      QVERIFY(!cellFormatTitle(format).isEmpty());
    }
    QCOMPARE(cellFormatOfKey(u"nonsense"), std::nullopt);
  }

  void writes_data() {
    QTest::addColumn<Value>("value");
    QTest::addColumn<CellFormat>("format");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const Value &value, CellFormat format, const QString &text) {
      QTest::newRow(name) << value << format << text;
    };
    row("a number as it is", qint64{-5}, AsItIs, u"-5"_s);
    row("null", Value(), Hexadecimal, u"null"_s);
    row("true in hexadecimal", true, Hexadecimal, u"0x1"_s);
    row("false as a number", false, Decimal, u"0"_s);
    row("true as a time stays true", true, UnixSeconds, u"true"_s);
    row("true is no address", true, IPv4, u"true"_s);
    row("no fraction has another base", 2.5, Hexadecimal, u"2.5"_s);
    row("text has no base", u"12"_s, Hexadecimal, u"\"12\""_s);
    row("bytes in hexadecimal", QByteArray("\0Hi\xff", 4), Hexadecimal, u"00 48 69 ff"_s);
    row("no bytes", QByteArray(), Binary, QString());
    row("the least of 64 bits", std::numeric_limits<qint64>::min(), Hexadecimal, u"-0x8000000000000000"_s);
    row("beyond 64 bits", big("340282366920938463463374607431768211455"), Hexadecimal, u"0x"_s + QString(32, u'f'));
    row("negative beyond 64 bits", big("-18446744073709551616"), Octal, u"-0o2000000000000000000000"_s);
    row("bytes as text", QByteArray("Hi\0\0", 4), Text, u"\"Hi\""_s);
    row("zeros inside stay", QByteArray("H\0i", 3), Text, u"\"H\\0i\""_s);
    row("a number as text", qint64{0x47494638}, Text, u"\"GIF8\""_s);
    row("zero is no text", qint64{0}, Text, u"0"_s);
    row("a negative number is no text", qint64{-1}, Text, u"-1"_s);
    row("seconds", qint64{1698657834}, UnixSeconds, u"2023-10-30T09:23:54Z"_s);
    row("a leap day", qint64{951782400}, UnixSeconds, u"2000-02-29T00:00:00Z"_s);
    row("before 1970", qint64{-1}, UnixMilliseconds, u"1969-12-31T23:59:59.999Z"_s);
    row("seconds with a fraction", 1698657834.25, UnixSeconds, u"2023-10-30T09:23:54.250000Z"_s);
    row("milliseconds that are kept in a double", 1698657834104.0, UnixMilliseconds, u"2023-10-30T09:23:54.104Z"_s);
    row("nanoseconds", qint64{1698657834104000007}, UnixNanoseconds, u"2023-10-30T09:23:54.104000007Z"_s);
    row("nanoseconds beyond 63 bits", ~0ULL, UnixNanoseconds, u"2554-07-21T23:34:33.709551615Z"_s);
    row("the last second there is", qint64{253402300799}, UnixSeconds, u"9999-12-31T23:59:59Z"_s);
    row("a second more", qint64{253402300800}, UnixSeconds, u"253402300800"_s);
    row("the first second there is", qint64{-62135596800}, UnixSeconds, u"0001-01-01T00:00:00Z"_s);
    row("not a number", std::nan(""), UnixSeconds, u"nan"_s);
    row("IPv4", qint64{0x7f000001}, IPv4, u"127.0.0.1"_s);
    row("too large for IPv4", qint64{0x100000000}, IPv4, u"4294967296"_s);
    row("IPv4 of bytes", QByteArray("\xc0\0\2\x2a", 4), IPv4, u"192.0.2.42"_s);
    row("three bytes are no IPv4", QByteArray("abc"), IPv4, u"\"abc\""_s);
    row("IPv6", QByteArray::fromHex("20010db8000000000001000000000001"), IPv6, u"2001:db8::1:0:0:1"_s);
    row("IPv6 without a run of zeros", QByteArray::fromHex("20010db8000100020003000400050006"), IPv6,
        u"2001:db8:1:2:3:4:5:6"_s);
    row("IPv6, one zero stays", QByteArray::fromHex("20010db8000000020003000400050006"), IPv6,
        u"2001:db8:0:2:3:4:5:6"_s);
    row("IPv6 of nothing", QByteArray(16, '\0'), IPv6, u"::"_s);
    row("IPv6, zeros at the end", QByteArray::fromHex("fe800000000000000000000000000000"), IPv6, u"fe80::"_s);
    row("IPv6 of a number", qint64{1}, IPv6, u"::1"_s);
    row("IPv4 in IPv6", QByteArray::fromHex("00000000000000000000ffffc0000201"), IPv6, u"::ffff:192.0.2.1"_s);
  }
  void writes() {
    QFETCH(const Value, value);
    QFETCH(const CellFormat, format);
    QTEST(formattedValue(value, format), "text");
  }

  void isCutWithASign() {
    const QString text = formattedValue(QByteArray(1 << 20, 'x'), Hexadecimal, 20);
    QCOMPARE(text, u"78 78 78 78 78 78 7…"_s);
    QCOMPARE(formattedValue(~0ULL, Binary, 10), u"0b1111111…"_s);
    QVERIFY(formattedValue(BigInteger{QByteArray(5000, '9')}, Hexadecimal, 100).startsWith(u"9999"));
  }

  void knowsWhatIsANumber() {
    QVERIFY(isFormattedNumber(qint64{5}, AsItIs));
    QVERIFY(isFormattedNumber(2.5, Hexadecimal));
    QVERIFY(isFormattedNumber(true, Hexadecimal));
    QVERIFY(!isFormattedNumber(true, AsItIs));
    QVERIFY(!isFormattedNumber(QByteArray("x"), Hexadecimal));
    QVERIFY(!isFormattedNumber(qint64{5}, IPv4));
    QVERIFY(isFormattedNumber(qint64{-5}, IPv4));  // shown as it is
    QVERIFY(!isFormattedNumber(qint64{5}, UnixSeconds));
  }

  void agreesWithPython() {
    QRandomGenerator random(20);
    QList<std::pair<Value, CellFormat>> asked;
    QByteArray input;
    for (int i = 0; i < 20'000; ++i) {
      const Value value = randomValue(random);
      const CellFormat format = cellFormats[1 + static_cast<std::size_t>(random.bounded(int(cellFormats.size()) - 1))];
      if (format == Text) continue;
      // Python has no fractions of smaller units.
      if (std::holds_alternative<double>(value) && format > UnixSeconds && format <= UnixNanoseconds) continue;
      asked.append({value, format});
      input += cellFormatKey(format).toLatin1() + ' ' + toldOf(value) + '\n';
    }
    QProcess python;
    python.start(QStringLiteral(OCTETSCOPE_PYTHON), {QStringLiteral(OCTETSCOPE_INTEROP "/format_oracle.py")});
    python.write(input);
    python.closeWriteChannel();
    QVERIFY(python.waitForFinished());
    QVERIFY2(python.exitCode() == 0, python.readAllStandardError().constData());
    const QList<QByteArray> said = python.readAllStandardOutput().split('\n');
    QCOMPARE(said.size(), asked.size() + 1);
    int shown = 0;
    for (qsizetype i = 0; i < asked.size(); ++i) {
      const auto &[value, format] = asked[i];
      const QString asItIs = formattedValue(value, AsItIs, 10'000);
      const QString expected = said[i] == "as it is" ? asItIs : QString::fromUtf8(said[i]);
      if (said[i] != "as it is") ++shown;
      const QString ours = formattedValue(value, format, 10'000);
      QVERIFY2(ours == expected,
               qPrintable(u"%1 in %2: %3 instead of %4"_s.arg(asItIs, cellFormatTitle(format), ours, expected)));
    }
    QVERIFY(shown > 8'000);
  }
};

QTEST_GUILESS_MAIN(TestCellFormat)
#include "tst_cell_format.moc"
