// octetscope-cli decode as a program: what it refuses, when it answers, and how it ends.
// Rows are put together with +, and must be of the type of their column then.
#undef QT_USE_QSTRINGBUILDER

#include "tests/support/cli_process.h"
#include "tests/support/test_files.h"

#include <QTest>

#include <csignal>

using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestCliDecode : public QObject, TestFiles {
  Q_OBJECT

 private Q_SLOTS:
  void refuses_data();
  void refuses();
  void refusesFiles();
  void answersAsBytesCome();
  void saysAnErrorAtOnce();
  void interruptPrintsWhatThereIs();
  void closedPipeEndsQuietly();
  void fullDiskIsSaid();
  void countsTheSameWithoutOutput_data();
  void countsTheSameWithoutOutput();
};

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
  row("--filter size >: a value is missing at the end at character 7",
      {u"decode"_s, u"-"_s, u"--filter"_s, u"size >"_s});
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
  if (!QFile::exists(u"/dev/full"_s)) QSKIP("this machine has no /dev/full");
  for (const QStringList &arguments :
       {QStringList{u"decode"_s, fileOf("a")}, QStringList{u"pack"_s, u"!H"_s, u"1"_s},
        QStringList{u"unpack"_s, u"!H"_s, u"0001"_s}, QStringList{u"calcsize"_s, u"!H"_s}}) {
    QProcess cli;
    cli.setStandardOutputFile(u"/dev/full"_s);
    cli.start(QStringLiteral(OCTETSCOPE_CLI), arguments);
    QVERIFY(cli.waitForFinished());
    QCOMPARE(cli.exitCode(), 2);
    QVERIFY(cli.readAllStandardError().startsWith("octetscope-cli: cannot write the results"));
  }
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
