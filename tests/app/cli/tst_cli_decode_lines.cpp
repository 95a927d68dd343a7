// What octetscope-cli decode prints: whole lines compared, against rows written by hand and against the plain Python
// reference over random streams.
// Rows are put together with +, and must be of the type of their column then.
#undef QT_USE_QSTRINGBUILDER

#include "tests/support/cli_process.h"
#include "tests/support/test_files.h"

#include <QTest>

#include <csignal>

using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestCliDecodeLines : public QObject, TestFiles {
  Q_OBJECT

 private Q_SLOTS:
  void lines_data();
  void lines();
  void reference_data();
  void reference();
  void csv_data();
  void csv();
  void textShowsNoControlCharacters();
  void statsGoToStandardError();
};

namespace {

/// The keys before `status`, as a raw file has them.
QByteArray head(int index, int chunks, int offset, int size, const QByteArray &payloadOffset, int payloadSize) {
  return "{\"connection\":0,\"index\":" + QByteArray::number(index) +
         ",\"direction\":\"in\",\"from\":null,\"to\":null,\"time\":null,\"since_start\":null,\"chunks\":" +
         QByteArray::number(chunks) + ",\"offset\":" + QByteArray::number(offset) +
         ",\"size\":" + QByteArray::number(size) + ",\"payload_offset\":" + payloadOffset +
         ",\"payload_size\":" + QByteArray::number(payloadSize) + ",\"status\":";
}

const QByteArray complete = R"("complete","needs":null,"error":null,"fields":)";

}  // namespace

void TestCliDecodeLines::lines_data() {
  QTest::addColumn<QByteArray>("bytes");
  QTest::addColumn<QStringList>("options");
  QTest::addColumn<QByteArray>("output");
  QTest::addColumn<int>("code");

  QTest::newRow("nothing") << QByteArray() << QStringList{} << QByteArray() << 0;
  QTest::newRow("until-close is the default")
      << QByteArray("ab") << QStringList{} << head(0, 1, 0, 2, "0", 2) + complete + "[]}\n"
      << 0;
  QTest::newRow("fields, numbers exact")
      << QByteArray("\xff\xff\xff\xff\xff\xff\xff\xff\x80\0\0\0\0\0\0\0", 16)
      << QStringList{u"--struct"_s, u">Q:big q:small"_s}
      << head(0, 1, 0, 16, "0", 16) + complete +
             R"([{"name":"big","type":"Q","offset":0,"size":8,"value":18446744073709551615},)"
             R"({"name":"small","type":"q","offset":8,"size":8,"value":-9223372036854775808}]})"
             "\n"
      << 0;
  QTest::newRow("floats as repr")
      << QByteArray::fromHex("3dcccccd7f800000ff8000007fc000003f8000006258d727") << QStringList{u"--struct"_s, u">6f"_s}
      << head(0, 1, 0, 24, "0", 24) + complete +
             R"([{"name":"0","type":"f","offset":0,"size":4,"value":0.10000000149011612},)"
             R"({"name":"1","type":"f","offset":4,"size":4,"value":"inf"},)"
             R"({"name":"2","type":"f","offset":8,"size":4,"value":"-inf"},)"
             R"({"name":"3","type":"f","offset":12,"size":4,"value":"nan"},)"
             R"({"name":"4","type":"f","offset":16,"size":4,"value":1.0},)"
             R"({"name":"5","type":"f","offset":20,"size":4,"value":1.0000000200408773e+21}]})"
             "\n"
      << 0;
  QTest::newRow("bytes: text only where it is plain")
      << QByteArray("a\"\\\xc3\xa4 \x1b", 7) << QStringList{u"--struct"_s, u"6s:plain c:escape"_s}
      << head(0, 1, 0, 7, "0", 7) + complete +
             R"([{"name":"plain","type":"6s","offset":0,"size":6,"value":{"hex":"61225cc3a420","text":"a\"\\)"
             "\xc3\xa4"
             R"( "}},{"name":"escape","type":"c","offset":6,"size":1,"value":{"hex":"1b"}}]})"
             "\n"
      << 0;
  QTest::newRow("an array, booleans, a rest")
      << QByteArray::fromHex("00010002 01 ff4142") << QStringList{u"--struct"_s, u"!2H:v ?"_s}
      << head(0, 1, 0, 8, "0", 8) + complete +
             R"([{"name":"v","type":"2H","offset":0,"size":4,"fields":[)"
             R"({"name":"[0]","type":"H","offset":0,"size":2,"value":1},)"
             R"({"name":"[1]","type":"H","offset":2,"size":2,"value":2}]},)"
             R"({"name":"1","type":"?","offset":4,"size":1,"value":true},)"
             R"-({"name":"(rest)","type":"*s","offset":5,"size":3,"value":{"hex":"ff4142"}}]})-"
             "\n"
      << 0;
  QTest::newRow("a field that is not there")
      << QByteArray("\0\1\2", 3) << QStringList{u"--struct"_s, u"!H:a H:b"_s}
      << head(0, 1, 0, 3, "0", 3) + complete +
             R"([{"name":"a","type":"H","offset":0,"size":2,"value":1},)"
             R"({"name":"b","type":"H","offset":2,"size":1,"value":null,"error":"needs 2 bytes, 1 is here"}]})"
             "\n"
      << 1;
  QTest::newRow("incomplete: size and needs make the whole")
      << QByteArray("\0\5hel", 5) << QStringList{u"--framing"_s, u"length:u16be"_s}
      << head(0, 1, 0, 5, "2", 3) + R"("incomplete","needs":2,"error":null,"fields":[]})" + "\n"
      << 1;
  QTest::newRow("even the length is cut")
      << QByteArray("\0", 1) << QStringList{u"--framing"_s, u"length:u16be"_s}
      << head(0, 1, 0, 1, "null", 0) + R"("incomplete","needs":null,"error":null,"fields":[]})" + "\n"
      << 1;
  QTest::newRow("chunks, the last size repeating")
      << QByteArray("abcdefgh") << QStringList{u"--framing"_s, u"fixed:4"_s, u"--chunks"_s, u"1,2"_s}
      << head(0, 3, 0, 4, "0", 4) + complete + "[]}\n" + head(1, 3, 4, 4, "4", 4) + complete + "[]}\n"
      << 0;
  QTest::newRow("chunks as messages") << QByteArray("abc") << QStringList{u"--framing=chunks"_s, u"--chunks=2"_s}
                                      << head(0, 1, 0, 2, "0", 2) + complete + "[]}\n" + head(1, 1, 2, 1, "2", 1) +
                                             complete + "[]}\n"
                                      << 0;
  QTest::newRow("start") << QByteArray("xxa\nb\n") << QStringList{u"--framing"_s, u"lines"_s, u"--start"_s, u"2"_s}
                         << head(0, 1, 2, 2, "2", 1) + complete + "[]}\n" + head(1, 1, 4, 2, "4", 1) + complete +
                                "[]}\n"
                         << 0;
  QTest::newRow("start behind the end") << QByteArray("ab") << QStringList{u"--start"_s, u"3"_s} << QByteArray() << 0;
  QTest::newRow("limit: what is not selected does not count")
      << QByteArray("a\nb\nc") << QStringList{u"--framing"_s, u"lines"_s, u"--limit"_s, u"1"_s}
      << head(0, 1, 0, 2, "0", 1) + complete + "[]}\n"
      << 0;
  QTest::newRow("the other direction") << QByteArray("a") << QStringList{u"--direction"_s, u"out"_s} << QByteArray()
                                       << 0;
  QTest::newRow("another connection") << QByteArray("a") << QStringList{u"--connection"_s, u"1"_s} << QByteArray() << 0;
  QTest::newRow("payload as hex") << QByteArray("a\n")
                                  << QStringList{u"--framing"_s, u"lines"_s, u"--payload"_s, u"hex"_s}
                                  << head(0, 1, 0, 2, "0", 1) + complete + R"([],"payload":"61"})" + "\n"
                                  << 0;
  QTest::newRow("payload as sha256")
      << QByteArray("abc") << QStringList{u"--payload"_s, u"sha256"_s}
      << head(0, 1, 0, 3, "0", 3) + complete +
             R"([],"payload_sha256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"})" + "\n"
      << 0;
  QTest::newRow("a joined payload has offsets of its own")
      << QByteArray("\1a\1b\0", 5)
      << QStringList{u"--framing"_s, u"chunked:u8"_s, u"--struct"_s, u"B:x *s"_s, u"--payload"_s, u"hex"_s}
      << head(0, 1, 0, 5, "null", 2) + complete +
             R"([{"name":"x","type":"B","offset":0,"size":1,"of":"payload","value":97},)"
             R"({"name":"1","type":"*s","offset":1,"size":1,"of":"payload","value":{"hex":"62","text":"b"}}],)"
             R"("payload":"6162"})"
             "\n"
      << 0;
  QTest::newRow("the SPEC's limit beats the option's")
      << QByteArray("\3abc", 4) << QStringList{u"--framing"_s, u"length:u8,max=4"_s, u"--max-message"_s, u"2"_s}
      << head(0, 1, 0, 4, "1", 3) + complete + "[]}\n"
      << 0;
  QTest::newRow("no output") << QByteArray("a") << QStringList{u"--framing"_s, u"lines"_s, u"--format"_s, u"none"_s}
                             << QByteArray() << 1;
  QTest::newRow("no output, a field that is not there")
      << QByteArray("a") << QStringList{u"--struct"_s, u"H"_s, u"--format"_s, u"none"_s} << QByteArray() << 1;
}

void TestCliDecodeLines::lines() {
  QFETCH(QByteArray, bytes);
  QFETCH(QStringList, options);
  QFETCH(QByteArray, output);
  QFETCH(int, code);
  if (!options.contains(u"--format"_s)) options += {u"--format"_s, u"jsonl"_s};
  const CliResult fromFile = runCli(QStringList{u"decode"_s, fileOf(bytes)} + options);
  QCOMPARE(fromFile.output, output);
  QCOMPARE(fromFile.errors, QByteArray());
  QCOMPARE(fromFile.code, code);
  if (options.contains(u"--framing=chunks"_s)) return;
  const CliResult fromInput = runCli(QStringList{u"decode"_s, u"-"_s} + options, bytes);
  QCOMPARE(fromInput.output, output);
  QCOMPARE(fromInput.code, code);
}

void TestCliDecodeLines::reference_data() {
  QTest::addColumn<QString>("framing");
  for (const char *framing : {"until-close", "fixed", "delimiter", "lines", "length", "netstring", "chunked"}) {
    QTest::newRow(framing) << QString::fromLatin1(framing);
  }
}

void TestCliDecodeLines::reference() {
  QFETCH(QString, framing);
  QProcess python;
  python.start(QStringLiteral(OCTETSCOPE_PYTHON), {QStringLiteral(OCTETSCOPE_INTEROP "/compare_decode.py"),
                                                   QStringLiteral(OCTETSCOPE_CLI), framing, u"20"_s, u"60"_s});
  QVERIFY(python.waitForFinished(240'000));
  QVERIFY2(python.exitCode() == 0,
           QByteArray(python.readAllStandardOutput() + python.readAllStandardError()).constData());
}

void TestCliDecodeLines::csv_data() {
  QTest::addColumn<QByteArray>("bytes");
  QTest::addColumn<QStringList>("options");
  QTest::addColumn<QByteArray>("output");
  const QByteArray keys =
      "connection,index,direction,from,to,time,since_start,chunks,offset,size,payload_offset,payload_size,status,"
      "needs,"
      "error";
  QTest::newRow("no messages") << QByteArray() << QStringList{} << keys + "\r\n";
  QTest::newRow("no fields") << QByteArray("a") << QStringList{} << keys + "\r\n0,0,in,,,,,1,0,1,0,1,complete,,\r\n";
  QTest::newRow("fields, an array, quotes")
      << QByteArray("\1\2\3a\"b,", 7) << QStringList{u"--struct"_s, u"B:x 2B:v *s:t"_s}
      << keys + ",x,v,t\r\n0,0,in,,,,,1,0,7,0,7,complete,,,1,\"[2,3]\",\"a\"\"b,\"\r\n";
  QTest::newRow("bytes as pack takes them") << QByteArray("\\\x1b") << QStringList{u"--struct"_s, u"ss"_s}
                                            << keys + ",0,1\r\n0,0,in,,,,,1,0,2,0,2,complete,,,\\\\,hex:1b\r\n";
  QTest::newRow("a column for the rest, where there is one")
      << QByteArray("abc") << QStringList{u"--struct"_s, u"s"_s}
      << keys + ",0,(rest)\r\n0,0,in,,,,,1,0,3,0,3,complete,,,a,bc\r\n";
  QTest::newRow("as many columns as the longest needs")
      << QByteArray("\1a\3abc", 6) << QStringList{u"--framing"_s, u"length:u8"_s, u"--struct"_s, u"*c"_s}
      << keys + ",0,1,2\r\n0,0,in,,,,,1,0,2,1,1,complete,,,a,,\r\n0,1,in,,,,,1,2,4,3,3,complete,,,a,b,c\r\n";
  QTest::newRow("payload") << QByteArray("a") << QStringList{u"--payload"_s, u"hex"_s}
                           << keys + ",payload\r\n0,0,in,,,,,1,0,1,0,1,complete,,,61\r\n";
}

void TestCliDecodeLines::csv() {
  QFETCH(QByteArray, bytes);
  QFETCH(QStringList, options);
  QFETCH(QByteArray, output);
  const CliResult result = runCli(QStringList{u"decode"_s, fileOf(bytes), u"--format"_s, u"csv"_s} + options);
  QCOMPARE(result.output, output);
  QCOMPARE(result.code, 0);
}

void TestCliDecodeLines::textShowsNoControlCharacters() {
  QByteArray all;
  for (int i = 0; i < 256; ++i) all.append(static_cast<char>(i));
  all += "\xc2\x9b\xe2\x80\xae";  // a C1 control, and one that turns the direction of writing
  for (const char *layout : {"", "*s:all", "256s *c", "*p"}) {
    for (const char *format : {"text", "jsonl", "csv"}) {
      QStringList arguments{u"decode"_s, fileOf(all), u"--format"_s, QString::fromLatin1(format)};
      if (*layout) arguments += {u"--struct"_s, QString::fromLatin1(layout)};
      const CliResult result = runCli(arguments);
      QCOMPARE(result.code, 0);
      for (const QChar c : QString::fromUtf8(result.output)) {
        QVERIFY(c == u'\n' || c == u'\r' || c.isPrint());
      }
      QVERIFY(QString::fromUtf8(result.output).toUtf8() == result.output);
    }
  }
  const CliResult coloured = runCli({u"decode"_s, fileOf("a"), u"--color"_s, u"always"_s});
  QVERIFY(coloured.output.contains("\x1b["));
  QVERIFY(!runCli({u"decode"_s, fileOf("a")}).output.contains("\x1b["));
}

void TestCliDecodeLines::statsGoToStandardError() {
  const CliResult result =
      runCli({u"decode"_s, u"-"_s, u"--framing"_s, u"lines"_s, u"--format"_s, u"none"_s, u"--stats"_s}, "a\nbc\nd");
  QCOMPARE(result.code, 1);
  QCOMPARE(result.output, QByteArray());
  QVERIFY2(result.errors.startsWith("octetscope-cli: 3 messages, 2 complete, 1 incomplete, 0 in error"),
           result.errors.constData());
}

QTEST_GUILESS_MAIN(TestCliDecodeLines)
#include "tst_cli_decode_lines.moc"
