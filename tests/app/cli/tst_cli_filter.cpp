// octetscope-cli with --filter: what it prints is what a predicate in Python holds for, over what it prints without;
// what is filtered out counts nowhere; live, too.
// Rows are put together with +, and must be of the type of their column then.
#undef QT_USE_QSTRINGBUILDER

#include "tests/support/cli_process.h"
#include "tests/support/python_peer.h"
#include "tests/support/test_files.h"

#include <QJsonDocument>
#include <QTest>

using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestCliFilter : public QObject, TestFiles {
  Q_OBJECT

 private Q_SLOTS:
  void passesWhatPythonSays();
  void whatIsFilteredOutCountsNowhere_data();
  void whatIsFilteredOutCountsNowhere();
  void refusesInOneLine_data();
  void refusesInOneLine();
  void judgesWhatComesFromAPipe();
  void judgesWhatComesLive();
  void tellsHowToWriteIt();
};

void TestCliFilter::passesWhatPythonSays() {
  constexpr int seed = 20261127;
  qInfo("seed %d", seed);
  PythonPeer oracle(u"filter_oracle.py"_s,
                    {QStringLiteral(OCTETSCOPE_CLI), QString::number(seed), QString::number(3000)});
  QByteArray said;
  QByteArray last;
  for (QByteArray line = oracle.line(); !line.isEmpty(); line = oracle.line()) {
    said += line.left(1000) + '\n';
    last = line;
  }
  QVERIFY2(oracle.exitCode() == 0, QByteArray(said + oracle.errors()).constData());
  QVERIFY2(last.startsWith("3000 cases, ") && last.endsWith(" 0 failures"), last.constData());
}

void TestCliFilter::whatIsFilteredOutCountsNowhere_data() {
  QTest::addColumn<QStringList>("options");
  QTest::addColumn<int>("code");
  QTest::addColumn<QByteArray>("output");
  QTest::addColumn<QByteArray>("errors");
  const auto row = [](const char *name, const QStringList &options, int code, const QByteArray &output,
                      const QByteArray &errors) { QTest::newRow(name) << options << code << output << errors; };
  row("the incomplete one is not selected", {u"number < 4"_s, u"--format"_s, u"none"_s, u"--stats"_s}, 0, "",
      "octetscope-cli: 4 messages, 4 complete, 0 incomplete, 0 in error; 0 with fields that could not be read; 12 "
      "bytes, "
      "4 of them payload\n");
  row("it alone is", {u"status != complete"_s, u"--format"_s, u"none"_s, u"--stats"_s}, 1, "",
      "octetscope-cli: 1 messages, 0 complete, 1 incomplete, 0 in error; 1 with fields that could not be read; 2 "
      "bytes, "
      "0 of them payload\n");
  row("the limit counts what is printed", {u"x > 97"_s, u"--format"_s, u"none"_s, u"--stats"_s, u"--limit"_s, u"2"_s},
      0, "",
      "octetscope-cli: 2 messages, 2 complete, 0 incomplete, 0 in error; 0 with fields that could not be read; 6 "
      "bytes, "
      "2 of them payload\n");
  row("nothing passes", {u"x == 5"_s, u"--stats"_s, u"--format"_s, u"jsonl"_s}, 0, "",
      "octetscope-cli: 0 messages, 0 complete, 0 incomplete, 0 in error; 0 with fields that could not be read; 0 "
      "bytes, "
      "0 of them payload\n");
  row("numbers stay", {u"x in {98, 100}"_s, u"--format"_s, u"csv"_s, u"--chunks"_s, u"4"_s}, 0,
      "connection,index,direction,from,to,time,since_start,chunks,offset,size,payload_offset,payload_size,status,needs,"
      "error,x\r\n0,1,in,,,,,2,3,3,5,1,complete,,,98\r\n0,3,in,,,,,1,9,3,11,1,complete,,,100\r\n",
      "");
}

void TestCliFilter::whatIsFilteredOutCountsNowhere() {
  QFETCH(QStringList, options);
  QFETCH(int, code);
  QFETCH(QByteArray, output);
  QFETCH(QByteArray, errors);
  const QByteArray bytes("\0\1a\0\1b\0\1c\0\1d\0\7", 14);
  const CliResult result = runCli(QStringList{u"decode"_s, fileOf(bytes), u"--framing"_s, u"length:u16be"_s,
                                              u"--struct"_s, u"B:x"_s, u"--filter"_s} +
                                  options);
  QCOMPARE(result.output, output);
  QCOMPARE(result.errors, errors);
  QCOMPARE(result.code, code);
}

void TestCliFilter::refusesInOneLine_data() {
  QTest::addColumn<QStringList>("options");
  QTest::addColumn<QByteArray>("words");
  QTest::newRow("grammar")
      << QStringList{u"--filter"_s, u"size >"_s}
      << QByteArray(
             "octetscope-cli: --filter size >: a value is missing at the end at character 7: write "
             "a value: 5, 0xff, 2.5, \"text\", de:ad:be:ef\n");
  QTest::newRow("a field")
      << QStringList{u"--struct"_s, u"!H:seq"_s, u"--filter"_s, u"size > 1 && sec == 2"_s}
      << QByteArray(
             "octetscope-cli: --filter size > 1 && sec == 2: there is no field sec at character 13: "
             "did you mean seq? the field is seq\n");
  QTest::newRow("empty") << QStringList{u"--filter="_s}
                         << QByteArray(
                                "octetscope-cli: --filter : the expression is empty at character 1: write a condition, "
                                "such as size > 100\n");
}

void TestCliFilter::refusesInOneLine() {
  QFETCH(QStringList, options);
  QFETCH(QByteArray, words);
  const CliResult result = runCli(QStringList{u"decode"_s, fileOf("abc")} + options);
  QCOMPARE(result.code, 2);
  QCOMPARE(result.output, QByteArray());
  QCOMPARE(result.errors, words);
}

void TestCliFilter::judgesWhatComesFromAPipe() {
  CliProcess cli({u"decode"_s, u"-"_s, u"--framing"_s, u"netstring"_s, u"--format"_s, u"jsonl"_s, u"--payload"_s,
                  u"hex"_s, u"--filter"_s, u"payload contains \"b\""_s});
  cli.write("1:a,1:b,");
  QCOMPARE(cli.object()[u"index"_s].toInt(), 1);
  cli.write("2:ab,");
  QCOMPARE(cli.object()[u"index"_s].toInt(), 2);
  // The error has no payload: it is neither printed nor said.
  cli.write("x");
  cli.closeInput();
  QCOMPARE(cli.exitCode(), 0);
  QCOMPARE(cli.restOfOutput(), QByteArray());
  QCOMPARE(cli.restOfErrors(), QByteArray());
}

void TestCliFilter::judgesWhatComesLive() {
  CliProcess cli({u"listen"_s, u"0"_s, u"--once"_s, u"--framing"_s, u"lines"_s, u"--format"_s, u"jsonl"_s,
                  u"--respond"_s, u"echo"_s, u"--filter"_s,
                  u"(direction == in && number in {1, 2} || direction == out && payload == \"line 0\") && time >= 0 && "
                  "epoch > 2020-01-01T00:00:00Z && from contains \"127.0.0.1:\""_s});
  const quint16 port = cli.port();
  QVERIFY(port != 0);
  PythonPeer python(u"tcp_peer.py"_s, {u"connect"_s, QString::number(port), u"lines"_s, u"3"_s});
  QStringList seen;
  for (int i = 0; i < 3; ++i) {
    const QJsonObject one = cli.object();
    seen.append(one[u"direction"_s].toString() + QString::number(one[u"index"_s].toInt(-1)));
  }
  seen.sort();
  QCOMPARE(seen.join(u' '), u"in1 in2 out0"_s);
  QCOMPARE(cli.exitCode(), 0);
  QCOMPARE(cli.restOfOutput(), QByteArray());
}

void TestCliFilter::tellsHowToWriteIt() {
  const CliResult help = runCli({u"help"_s, u"filter"_s});
  QCOMPARE(help.code, 0);
  QVERIFY(help.output.startsWith("A filter says which messages pass:\n"));
  for (const char *word : {"payload_size", "contains", "not in", "since_start", "de:ad:be:ef", "(?i)"}) {
    QVERIFY2(help.output.contains(word), word);
  }
}

QTEST_GUILESS_MAIN(TestCliFilter)
#include "tst_cli_filter.moc"
