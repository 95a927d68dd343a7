#include "model/bytes/hex_text.h"

#include <QTest>

using namespace octetscope;
using namespace Qt::StringLiterals;

class TestHexText : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void parses_data();
  void parses();
  void rejects_data();
  void rejects();
  void formats_data();
  void formats();
  void limitHolds();
};

void TestHexText::parses_data() {
  QTest::addColumn<QString>("text");
  QTest::addColumn<QByteArray>("bytes");
  QTest::newRow("nothing") << u""_s << QByteArray();
  QTest::newRow("white space alone") << u" \n\t"_s << QByteArray();
  QTest::newRow("run together") << u"0001fF"_s << QByteArray("\0\1\xff", 3);
  QTest::newRow("spaced") << u"00 01 ff"_s << QByteArray("\0\1\xff", 3);
  QTest::newRow("colons, dashes, commas") << u"00:01-ff,7f"_s << QByteArray("\0\1\xff\x7f", 4);
  QTest::newRow("C and Python prefixes") << u"0x0a, 0X0b \\x0c\\x0d"_s << QByteArray("\x0a\x0b\x0c\x0d", 4);
}

void TestHexText::parses() {
  QFETCH(const QString, text);
  QFETCH(const QByteArray, bytes);
  const auto result = parseHexBytes(text);
  QVERIFY(result.has_value());
  QCOMPARE(*result, bytes);
}

void TestHexText::rejects_data() {
  QTest::addColumn<QString>("text");
  QTest::addColumn<int>("position");
  QTest::addColumn<QString>("what");
  QTest::newRow("one digit") << u"0"_s << 0 << u"a hex digit is alone at character 1"_s;
  QTest::newRow("odd count") << u"00 1"_s << 3 << u"a hex digit is alone at character 4"_s;
  QTest::newRow("split pair") << u"0 0"_s << 0 << u"a hex digit is alone at character 1"_s;
  QTest::newRow("letter") << u"00 g0"_s << 3 << u"'g' is not a hex digit at character 4"_s;
  QTest::newRow("letter second") << u"0g"_s << 1 << u"'g' is not a hex digit at character 2"_s;
  QTest::newRow("prefix alone") << u"00 0x"_s << 5 << u"hex digits are missing at the end"_s;
}

void TestHexText::rejects() {
  QFETCH(const QString, text);
  QFETCH(const int, position);
  QFETCH(const QString, what);
  const auto result = parseHexBytes(text);
  QVERIFY(!result.has_value());
  QCOMPARE(result.error().position, position);
  QCOMPARE(result.error().what, what);
  QVERIFY(!result.error().mend.isEmpty());
}

void TestHexText::formats_data() {
  QTest::addColumn<QByteArray>("bytes");
  QTest::addColumn<int>("format");
  QTest::addColumn<QString>("text");
  const QByteArray mixed("A\0\n'\\\xff", 6);
  QTest::newRow("hex") << mixed << int(BytesFormat::Hex) << u"41 00 0A 27 5C FF"_s;
  QTest::newRow("text") << mixed << int(BytesFormat::Text) << u"A.\n'\\."_s;
  QTest::newRow("text, UTF-8") << "gr\u00fc\u00df \U0001F980"_ba << int(BytesFormat::Text)
                               << u"gr\u00fc\u00df \U0001F980"_s;
  QTest::newRow("text, right-to-left override") << "a\u202eb"_ba << int(BytesFormat::Text) << u"a.b"_s;
  QTest::newRow("python, quote inside") << mixed << int(BytesFormat::Python) << u"b\"A\\x00\\n'\\\\\\xff\""_s;
  QTest::newRow("python, both quotes") << "'\""_ba << int(BytesFormat::Python) << u"b'\\'\"'"_s;
  QTest::newRow("C") << mixed << int(BytesFormat::C) << u"{ 0x41, 0x00, 0x0a, 0x27, 0x5c, 0xff }"_s;
  QTest::newRow("C, 13 bytes") << QByteArray(13, '\1') << int(BytesFormat::C)
                               << QString(u"{ 0x01"_s + u", 0x01"_s.repeated(11) + u",\n  0x01 }"_s);
  QTest::newRow("nothing, hex") << QByteArray() << int(BytesFormat::Hex) << QString();
  QTest::newRow("nothing, python") << QByteArray() << int(BytesFormat::Python) << u"b''"_s;
}

void TestHexText::formats() {
  QFETCH(const QByteArray, bytes);
  QFETCH(const int, format);
  QFETCH(const QString, text);
  QCOMPARE(formatBytes(viewOf(bytes), BytesFormat(format)), text);
}

void TestHexText::limitHolds() {
  QByteArray all;
  for (int i = 0; i < 1000; ++i) all += static_cast<char>(i);
  for (const auto format : {BytesFormat::Hex, BytesFormat::Text, BytesFormat::Python, BytesFormat::C}) {
    for (const qsizetype size : {0, 1, 12, 13, 255, 1000}) {
      const QByteArray part = all.first(size);
      QVERIFY(static_cast<quint64>(formatBytes(viewOf(part), format).size()) <=
              formattedSizeLimit(static_cast<quint64>(size), format));
    }
    QVERIFY(formattedSizeLimit(~0ULL, format) == ~0ULL);
  }
}

QTEST_APPLESS_MAIN(TestHexText)
#include "tst_hex_text.moc"
