#include "model/bytes/hex_text.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QStandardPaths>
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
  void pythonReadsTheSameBytes();
  void dumpsAreThoseOfHexdump();
  void nodeReadsTheSameBytes();
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
  QTest::newRow("hex dump, two rows") << "0123456789abcdef\x7f"_ba << int(BytesFormat::HexDump)
                                      << u"00000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  "
                                         "|0123456789abcdef|\n00000010  7f"_s +
                                             u" "_s.repeated(48) + u"|.|\n00000011\n"_s;
  QTest::newRow("Rust, 13 bytes") << QByteArray(13, '\1') << int(BytesFormat::Rust)
                                  << QString(u"[0x01u8"_s + u", 0x01"_s.repeated(11) + u",\n 0x01]"_s);
  QTest::newRow("JavaScript") << mixed << int(BytesFormat::JavaScript) << u"[0x41, 0x00, 0x0a, 0x27, 0x5c, 0xff]"_s;
  QTest::newRow("Base64") << mixed << int(BytesFormat::Base64) << u"QQAKJ1z/"_s;
  QTest::newRow("Base64, RFC 4648") << "foobar"_ba << int(BytesFormat::Base64) << u"Zm9vYmFy"_s;
  QTest::newRow("Base64, padded, RFC 4648") << "foob"_ba << int(BytesFormat::Base64) << u"Zm9vYg=="_s;
  QTest::newRow("nothing, hex dump") << QByteArray() << int(BytesFormat::HexDump) << QString();
  QTest::newRow("nothing, Rust") << QByteArray() << int(BytesFormat::Rust) << u"[0u8; 0]"_s;
  QTest::newRow("nothing, JavaScript") << QByteArray() << int(BytesFormat::JavaScript) << u"[]"_s;
  QTest::newRow("nothing, hex") << QByteArray() << int(BytesFormat::Hex) << QString();
  QTest::newRow("nothing, python") << QByteArray() << int(BytesFormat::Python) << u"b''"_s;
}

void TestHexText::formats() {
  QFETCH(const QByteArray, bytes);
  QFETCH(const int, format);
  QFETCH(const QString, text);
  QCOMPARE(formatBytes(viewOf(bytes), BytesFormat(format)), text);
}

void TestHexText::pythonReadsTheSameBytes() {
  QByteArray bytes(1000, Qt::Uninitialized);
  for (char &byte : bytes) byte = static_cast<char>(QRandomGenerator::global()->generate());
  const QString script =
      u"import base64, re, sys\n"
      "want = bytes.fromhex(sys.argv[1])\n"
      "numbers = lambda t: bytes(int(n, 16) for n in re.findall(r'0x([0-9a-f]{2})', t))\n"
      "rows = sys.argv[5].splitlines()\n"
      "dump = b''.join(bytes.fromhex(row[10:58]) for row in rows)\n"
      "assert int(rows[-1], 16) == len(want), rows[-1]\n"
      "got = [eval(sys.argv[2]), base64.b64decode(sys.argv[3], validate=True),\n"
      "       bytes(eval(sys.argv[4])), dump, numbers(sys.argv[6]), numbers(sys.argv[7])]\n"
      "sys.exit(str([i for i, g in enumerate(got) if g != want]) if any(g != want for g in got) else 0)\n"_s;
  const auto as = [&](BytesFormat format) { return formatBytes(viewOf(bytes), format); };
  QProcess python;
  python.start(QStringLiteral(OCTETSCOPE_PYTHON),
               {u"-c"_s, script, QString::fromLatin1(bytes.toHex()), as(BytesFormat::Python), as(BytesFormat::Base64),
                as(BytesFormat::JavaScript), as(BytesFormat::HexDump), as(BytesFormat::Rust), as(BytesFormat::C)});
  QVERIFY(python.waitForFinished());
  QVERIFY2(python.exitStatus() == QProcess::NormalExit && python.exitCode() == 0,
           python.readAllStandardError().constData());
}

void TestHexText::dumpsAreThoseOfHexdump() {
  const QString hexdump = QStandardPaths::findExecutable(u"hexdump"_s);
  if (hexdump.isEmpty()) QSKIP("hexdump is not installed");
  for (const int size : {1, 7, 8, 9, 15, 16, 17, 300}) {
    QByteArray bytes;
    for (int i = 0; i < size; ++i) bytes += static_cast<char>(i * 7);
    QProcess process;
    process.start(hexdump, {u"-Cv"_s});
    process.write(bytes);
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished());
    QCOMPARE(formatBytes(viewOf(bytes), BytesFormat::HexDump), QString::fromLatin1(process.readAllStandardOutput()));
  }
}

void TestHexText::nodeReadsTheSameBytes() {
  const QString node = QStandardPaths::findExecutable(u"node"_s);
  if (node.isEmpty()) QSKIP("node is not installed");
  QByteArray bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  QProcess process;
  process.start(node, {u"-e"_s, u"console.log(Buffer.from("_s + formatBytes(viewOf(bytes), BytesFormat::JavaScript) +
                                    u").toString('hex'))"_s});
  QVERIFY(process.waitForFinished());
  QCOMPARE(process.readAllStandardOutput().trimmed(), bytes.toHex());
}

void TestHexText::limitHolds() {
  QByteArray all;
  for (int i = 0; i < 1000; ++i) all += static_cast<char>(i);
  for (const auto format : {BytesFormat::Hex, BytesFormat::Text, BytesFormat::Python, BytesFormat::C,
                            BytesFormat::HexDump, BytesFormat::Rust, BytesFormat::JavaScript, BytesFormat::Base64}) {
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
