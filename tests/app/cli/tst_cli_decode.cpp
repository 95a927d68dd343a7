// octetscope-cli decode as a program: whole lines compared, against rows written by hand and against the plain Python
// reference over random streams.
// Rows are put together with +, and must be of the type of their column then.
#undef QT_USE_QSTRINGBUILDER

#include "tests/support/cli_process.h"

#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestCliDecode : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void lines_data();
  void lines();
  void reference_data();
  void reference();
  void csv_data();
  void csv();
  void refuses_data();
  void refuses();
  void refusesFiles();
  void answersAsBytesCome();
  void saysAnErrorAtOnce();
  void interruptPrintsWhatThereIs();
  void closedPipeEndsQuietly();
  void fullDiskIsSaid();
  void textShowsNoControlCharacters();
  void statsGoToStandardError();
  void countsTheSameWithoutOutput_data();
  void countsTheSameWithoutOutput();

 private:
  QString fileOf(const QByteArray &bytes) {
    const QString path = folder_.filePath(QString::number(++files_));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) return {};
    return path;
  }

  QTemporaryDir folder_;
  int files_ = 0;
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

void TestCliDecode::lines_data() {
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

void TestCliDecode::lines() {
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

void TestCliDecode::reference_data() {
  QTest::addColumn<QString>("framing");
  for (const char *framing : {"until-close", "fixed", "delimiter", "lines", "length", "netstring", "chunked"}) {
    QTest::newRow(framing) << QString::fromLatin1(framing);
  }
}

void TestCliDecode::reference() {
  QFETCH(QString, framing);
  QProcess python;
  python.start(QStringLiteral(OCTETSCOPE_PYTHON), {QStringLiteral(OCTETSCOPE_INTEROP "/compare_decode.py"),
                                                   QStringLiteral(OCTETSCOPE_CLI), framing, u"20"_s, u"60"_s});
  QVERIFY(python.waitForFinished(240'000));
  QVERIFY2(python.exitCode() == 0, (python.readAllStandardOutput() + python.readAllStandardError()).constData());
}

void TestCliDecode::csv_data() {
  QTest::addColumn<QByteArray>("bytes");
  QTest::addColumn<QStringList>("options");
  QTest::addColumn<QByteArray>("output");
  const QByteArray keys =
      "connection,index,direction,from,to,time,since_start,chunks,offset,size,payload_offset,payload_size,status,needs,"
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

void TestCliDecode::csv() {
  QFETCH(QByteArray, bytes);
  QFETCH(QStringList, options);
  QFETCH(QByteArray, output);
  const CliResult result = runCli(QStringList{u"decode"_s, fileOf(bytes), u"--format"_s, u"csv"_s} + options);
  QCOMPARE(result.output, output);
  QCOMPARE(result.code, 0);
}

void TestCliDecode::refuses_data() {
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<QByteArray>("words");
  const auto row = [](const char *words, const QStringList &arguments) {
    QTest::newRow(arguments.join(u' ').toUtf8().constData()) << arguments << QByteArray(words);
  };
  row("no command", {});
  row("frobnicate is no command", {u"frobnicate"_s});
  row("relay is not in this version", {u"relay"_s, u"1"_s, u"a:2"_s});
  row("decode needs a file", {u"decode"_s});
  row("one file", {u"decode"_s, u"a"_s, u"b"_s});
  row("cannot open", {u"decode"_s, u"/does/not/exist"_s});
  row("not a regular file", {u"decode"_s, u"/"_s});
  row("--frobnicate is no option", {u"decode"_s, u"-"_s, u"--frobnicate"_s});
  row("--framing needs a value", {u"decode"_s, u"-"_s, u"--framing"_s});
  row("--stats takes no value", {u"decode"_s, u"-"_s, u"--stats=yes"_s});
  row("at character 7", {u"decode"_s, u"-"_s, u"--framing"_s, u"fixed:0"_s});
  row("--framing-out", {u"decode"_s, u"-"_s, u"--framing-out"_s, u"nonsense"_s});
  row("bad char in struct format at character 3: the codes", {u"decode"_s, u"-"_s, u"--struct"_s, u"!H%"_s});
  row("--struct-in", {u"decode"_s, u"-"_s, u"--struct-in"_s, u"5"_s});
  row("no whole number", {u"decode"_s, u"-"_s, u"--start"_s, u"-1"_s});
  row("no whole number", {u"decode"_s, u"-"_s, u"--limit"_s, u"1e3"_s});
  row("no whole number", {u"decode"_s, u"-"_s, u"--connection"_s, u""_s});
  row("--max-message 0", {u"decode"_s, u"-"_s, u"--max-message"_s, u"0"_s});
  row("is no size", {u"decode"_s, u"-"_s, u"--chunks"_s, u"1,,2"_s});
  row("is no size", {u"decode"_s, u"-"_s, u"--chunks"_s, u"0"_s});
  row("--direction sideways is not known", {u"decode"_s, u"-"_s, u"--direction"_s, u"sideways"_s});
  row("--payload base64 is not known", {u"decode"_s, u"-"_s, u"--payload"_s, u"base64"_s});
  row("--format xml is not known", {u"decode"_s, u"-"_s, u"--format"_s, u"xml"_s});
  row("--color blue is not known", {u"decode"_s, u"-"_s, u"--color"_s, u"blue"_s});
  row("does not read --input pcap", {u"decode"_s, u"-"_s, u"--input"_s, u"pcap"_s});
  row("does not read --input pcapng", {u"decode"_s, u"-"_s, u"--input"_s, u"pcapng"_s});
  row("does not read --input capture", {u"decode"_s, u"-"_s, u"--input"_s, u"capture"_s});
  row("--input tar is not known", {u"decode"_s, u"-"_s, u"--input"_s, u"tar"_s});
  row("--ksy is not in this version", {u"decode"_s, u"-"_s, u"--ksy"_s, u"a.ksy"_s});
  row("-I is not in this version", {u"decode"_s, u"-"_s, u"-I"_s, u"a"_s});
  row("--filter is not in this version", {u"decode"_s, u"-"_s, u"--filter"_s, u"a"_s});
  row("--udp is not in this version", {u"listen"_s, u"0"_s, u"--udp"_s});
  row("framings takes no", {u"framings"_s, u"all"_s});
  row("--format xml is not known", {u"framings"_s, u"--format"_s, u"xml"_s});
}

void TestCliDecode::refuses() {
  QFETCH(QStringList, arguments);
  QFETCH(QByteArray, words);
  const CliResult result = runCli(arguments);
  QCOMPARE(result.code, 2);
  QCOMPARE(result.output, QByteArray());
  QVERIFY2(result.errors.contains(words), result.errors.constData());
  QVERIFY2(result.errors.startsWith("octetscope-cli: "), result.errors.constData());
  QVERIFY2(result.errors.endsWith('\n') && result.errors.count('\n') == 1, result.errors.constData());
  QVERIFY2(result.errors.count(": ") >= 2, "what is wrong, and how to mend it");
}

void TestCliDecode::refusesFiles() {
  const QByteArray pcap = QByteArray::fromHex("d4c3b2a1020004000000000000000000ffff000001000000");
  const QByteArray pcapng = QByteArray::fromHex("0a0d0d0a1c0000004d3c2b1a01000000ffffffffffffffff1c000000");
  for (const QByteArray &bytes : {pcap, pcapng}) {
    for (const bool fromFile : {true, false}) {
      const CliResult result = fromFile ? runCli({u"decode"_s, fileOf(bytes)}) : runCli({u"decode"_s, u"-"_s}, bytes);
      QCOMPARE(result.code, 2);
      QCOMPARE(result.output, QByteArray());
      QVERIFY(result.errors.contains("which this version does not read"));
    }
    const CliResult raw = runCli({u"decode"_s, fileOf(bytes), u"--input"_s, u"raw"_s, u"--format"_s, u"jsonl"_s});
    QCOMPARE(raw.code, 0);
  }
  // Fewer bytes than it takes to tell are bytes like any other.
  const CliResult cut = runCli({u"decode"_s, u"-"_s, u"--format"_s, u"jsonl"_s}, pcap.first(4));
  QCOMPARE(cut.code, 0);
  QVERIFY(cut.output.contains("\"size\":4"));
}

void TestCliDecode::answersAsBytesCome() {
  CliProcess cli({u"decode"_s, u"-"_s, u"--framing"_s, u"length:u16be"_s, u"--format"_s, u"jsonl"_s});
  cli.write(QByteArray("\0\1a\0", 4));
  QCOMPARE(cli.object()[u"size"_s].toInt(), 3);
  cli.write(QByteArray("\2bc", 3));
  QCOMPARE(cli.object()[u"offset"_s].toInt(), 3);
  QVERIFY(cli.isRunning());
  cli.closeInput();
  QCOMPARE(cli.exitCode(), 0);
  QCOMPARE(cli.restOfOutput(), QByteArray());
}

void TestCliDecode::saysAnErrorAtOnce() {
  CliProcess cli({u"decode"_s, u"-"_s, u"--framing"_s, u"netstring"_s, u"--format"_s, u"jsonl"_s});
  cli.write("1:a,x");
  QCOMPARE(cli.object()[u"status"_s].toString(), u"complete"_s);
  const QByteArray said = cli.errorLine();
  QVERIFY2(said.startsWith("octetscope-cli: connection 0 in, message 1 at byte 4: "), said.constData());
  QVERIFY(cli.isRunning());
  cli.write("yz");
  cli.closeInput();
  const QJsonObject last = cli.object();
  QCOMPARE(last[u"status"_s].toString(), u"error"_s);
  QCOMPARE(last[u"size"_s].toInt(), 3);
  QVERIFY(last[u"payload_offset"_s].isNull());
  QVERIFY(!last[u"error"_s].toString().isEmpty());
  QCOMPARE(cli.exitCode(), 1);
  QCOMPARE(cli.restOfErrors(), QByteArray());
}

void TestCliDecode::interruptPrintsWhatThereIs() {
  CliProcess cli({u"decode"_s, u"-"_s, u"--framing"_s, u"lines"_s, u"--format"_s, u"jsonl"_s});
  cli.write("a\nb");
  QCOMPARE(cli.object()[u"status"_s].toString(), u"complete"_s);
  cli.signal(SIGINT);
  QCOMPARE(cli.object()[u"status"_s].toString(), u"incomplete"_s);
  QCOMPARE(cli.exitCode(), 1);
}

void TestCliDecode::closedPipeEndsQuietly() {
  QProcess python;
  python.start(QStringLiteral(OCTETSCOPE_PYTHON),
               {QStringLiteral(OCTETSCOPE_INTEROP "/closed_pipe.py"), QStringLiteral(OCTETSCOPE_CLI), u"decode"_s,
                u"-"_s, u"--framing"_s, u"lines"_s, u"--format"_s, u"jsonl"_s});
  QVERIFY(python.waitForFinished(60'000));
  QCOMPARE(python.readAllStandardOutput(), QByteArray("0 \n"));
}

void TestCliDecode::fullDiskIsSaid() {
  if (!QFile::exists(u"/dev/full"_s)) QSKIP("there is no /dev/full here");
  QProcess cli;
  cli.setStandardOutputFile(u"/dev/full"_s);
  cli.start(QStringLiteral(OCTETSCOPE_CLI), {u"decode"_s, fileOf("a")});
  QVERIFY(cli.waitForFinished());
  QCOMPARE(cli.exitCode(), 2);
  QVERIFY(cli.readAllStandardError().startsWith("octetscope-cli: cannot write the results"));
}

void TestCliDecode::textShowsNoControlCharacters() {
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

void TestCliDecode::statsGoToStandardError() {
  const CliResult result =
      runCli({u"decode"_s, u"-"_s, u"--framing"_s, u"lines"_s, u"--format"_s, u"none"_s, u"--stats"_s}, "a\nbc\nd");
  QCOMPARE(result.code, 1);
  QCOMPARE(result.output, QByteArray());
  QVERIFY2(result.errors.startsWith("octetscope-cli: 3 messages, 2 complete, 1 incomplete, 0 in error"),
           result.errors.constData());
}

void TestCliDecode::countsTheSameWithoutOutput_data() {
  QTest::addColumn<QByteArray>("bytes");
  QTest::addColumn<QStringList>("options");
  QByteArray lines;
  QByteArray records;
  for (int i = 0; lines.size() < 900'000; ++i) lines += QByteArray(i * 7 % 113, 'x') + '\n';
  for (int i = 0; records.size() < 900'000; ++i) records += "\0"_ba + char(i % 90) + QByteArray(i % 90, 'y');
  const QByteArray longLine = lines + QByteArray(700'000, 'x') + '\n' + lines + "unfinished";
  const QStringList byLines{u"--framing"_s, u"lines"_s};
  const QStringList byLength{u"--framing"_s, u"length:u16be"_s, u"--struct"_s, u"!IHBBQd"_s};
  QTest::newRow("lines") << lines << byLines;
  QTest::newRow("a long line, and one that is cut") << longLine << byLines;
  QTest::newRow("lengths") << records << byLength;
  QTest::newRow("lengths, the last one cut") << records.chopped(1) << byLength;
  QTest::newRow("an error after a while")
      << records + "\xff\xff"_ba + records << byLength + QStringList{u"--max-message"_s, u"1000"_s};
  QTest::newRow("from somewhere on, so many")
      << lines << byLines + QStringList{u"--start"_s, u"300001"_s, u"--limit"_s, u"9999"_s};
  QTest::newRow("chunks") << lines << QStringList{u"--framing"_s, u"chunks"_s, u"--chunks"_s, u"1000"_s};
  QTest::newRow("one message") << lines << QStringList{};
}

// Without output a file is read in pieces, of 256 KiB; with it, it is mapped.
void TestCliDecode::countsTheSameWithoutOutput() {
  QFETCH(QByteArray, bytes);
  QFETCH(QStringList, options);
  const QStringList all = QStringList{u"decode"_s, fileOf(bytes), u"--stats"_s} + options;
  const CliResult counted = runCli(all + QStringList{u"--format"_s, u"none"_s});
  const CliResult written = runCli(all + QStringList{u"--format"_s, u"jsonl"_s});
  QCOMPARE(counted.errors, written.errors);
  QCOMPARE(counted.code, written.code);
  QCOMPARE(counted.output, QByteArray());
}

QTEST_GUILESS_MAIN(TestCliDecode)
#include "tst_cli_decode.moc"
