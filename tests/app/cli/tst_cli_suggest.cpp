// octetscope-cli suggest: its forms of output, its options, its exit codes; and how often it is right, on captures that
// Python makes of protocols.
#undef QT_USE_QSTRINGBUILDER

#include "tests/support/cli_process.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryFile>
#include <QTest>

using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestCliSuggest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void json();
  void text();
  void nothingFits();
  void standardInputIsRead();
  void startLeavesOut();
  void otherDirection();
  void chunksCount();
  void refused_data();
  void refused();
  void protocols();
};

namespace {

const QByteArray lines = QByteArray("first line\nsecond\nthird\n").repeated(4);
const QByteArray noise = QByteArray::fromHex("8f3a91c277e05d1b64a8f90e23bb4c").repeated(2);

QJsonArray suggest(const QByteArray &bytes, const QStringList &options = {}) {
  const CliResult result = runCli(QStringList{u"suggest"_s, u"-"_s, u"--format"_s, u"json"_s} + options, bytes);
  if (result.code != 0 || !result.errors.isEmpty()) return {};
  return QJsonDocument::fromJson(result.output).array();
}

}  // namespace

void TestCliSuggest::json() {
  QTemporaryFile file;
  QVERIFY(file.open() && file.write(lines) == lines.size() && file.flush());
  const CliResult result = runCli({u"suggest"_s, file.fileName(), u"--format"_s, u"json"_s});
  QCOMPARE(result.code, 0);
  QCOMPARE(result.errors, QByteArray());
  const QJsonDocument document = QJsonDocument::fromJson(result.output);
  QVERIFY(document.isArray());
  const QJsonObject first = document.array()[0].toObject();
  QCOMPARE(first[u"framing"_s].toString(), u"lines"_s);
  QCOMPARE(first[u"messages"_s].toInt(), 12);
  QCOMPARE(first[u"start"_s].toInt(-1), 0);
  QVERIFY(first[u"score"_s].toDouble() > 0 && first[u"score"_s].toDouble() <= 1);
  QVERIFY(first[u"why"_s].toString().startsWith(u"It is text"_s));
}

void TestCliSuggest::text() {
  const CliResult result = runCli({u"suggest"_s, u"-"_s}, lines);
  QCOMPARE(result.code, 0);
  QVERIFY2(result.output.startsWith("lines  (score 0."), result.output.constData());
  QVERIFY(result.output.contains(", 12 messages)\n    It is text, and each message ends with a line end (0A): "));
}

void TestCliSuggest::nothingFits() {
  QCOMPARE(runCli({u"suggest"_s, u"-"_s, u"--format"_s, u"json"_s}, noise.first(15)).output, QByteArray("[]\n"));
  CliResult result = runCli({u"suggest"_s, u"-"_s}, noise.first(15));
  QCOMPARE(result.code, 0);
  QCOMPARE(
      result.output,
      QByteArray("No framing fits: nothing in these 15 bytes says where messages end better than chance would.\n"));
  result = runCli({u"suggest"_s, u"-"_s}, {});
  QCOMPARE(result.code, 0);
  QCOMPARE(result.output, QByteArray("There are no bytes to frame.\n"));
}

void TestCliSuggest::standardInputIsRead() {
  QCOMPARE(suggest(lines)[0].toObject()[u"framing"_s].toString(), u"lines"_s);
}

void TestCliSuggest::startLeavesOut() {
  const QByteArray garbage("\xff\x00\xfe\x00\x80\x81\x82", 7);
  QCOMPARE(suggest(garbage + lines, {u"--start"_s, u"7"_s})[0].toObject()[u"messages"_s].toInt(), 12);
  QCOMPARE(suggest(lines, {u"--start"_s, u"999"_s}).size(), 0);
}

void TestCliSuggest::otherDirection() {
  QTemporaryFile file;
  QVERIFY(file.open() && file.write("an answer\n") == 10 && file.flush());
  const auto other = [&file](const QByteArray &in) {
    return suggest(in, {u"--other"_s, file.fileName()})[0].toObject();
  };
  QJsonObject first = other(lines);
  QCOMPARE(first[u"framing"_s].toString(), u"lines"_s);
  QCOMPARE(first[u"messages"_s].toInt(), 13);
  QCOMPARE(first[u"directions"_s].toArray(), QJsonArray({u"in"_s, u"out"_s}));
  QCOMPARE(first[u"start"_s].toInt(-1), 0);
  QCOMPARE(first[u"start_out"_s].toInt(-1), 0);
  QVERIFY(first[u"why"_s].toString().contains(u"in both directions"_s));
  first = suggest(lines)[0].toObject();
  QCOMPARE(first[u"directions"_s].toArray(), QJsonArray({u"in"_s}));
  QVERIFY(!first.contains(u"start_out"_s));
  // Where only what goes out is framed.
  QTemporaryFile framed;
  QVERIFY(framed.open() && framed.write(lines) == lines.size() && framed.flush());
  first = suggest(noise, {u"--other"_s, framed.fileName()})[0].toObject();
  QCOMPARE(first[u"framing"_s].toString(), u"lines"_s);
  QCOMPARE(first[u"directions"_s].toArray(), QJsonArray({u"out"_s}));
  const CliResult refused = runCli({u"suggest"_s, u"-"_s, u"--other"_s, u"-"_s}, {});
  QCOMPARE(refused.code, 2);
  QVERIFY(refused.errors.contains("standard input cannot be both directions"));
  QCOMPARE(runCli({u"suggest"_s, u"-"_s, u"--other"_s, u"/nowhere/at/all"_s}, lines).code, 2);
}

void TestCliSuggest::chunksCount() {
  const QJsonArray found = suggest(lines, {u"--chunks"_s, u"11,7,6,11,7,6,24"_s});
  QVERIFY2(found[0].toObject()[u"why"_s].toString().contains(u"7 of 7 chunk ends are ends of messages"_s),
           qPrintable(found[0].toObject()[u"why"_s].toString()));
}

void TestCliSuggest::refused_data() {
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<QByteArray>("input");
  QTest::addColumn<QByteArray>("words");
  QTest::newRow("no file") << QStringList{} << QByteArray() << QByteArray("suggest needs a file");
  QTest::newRow("two files") << QStringList{u"a"_s, u"b"_s} << QByteArray() << QByteArray("takes one file, not also b");
  QTest::newRow("not there") << QStringList{u"/nowhere/at/all"_s} << QByteArray() << QByteArray("cannot open");
  QTest::newRow("a folder") << QStringList{u"/"_s} << QByteArray() << QByteArray("octetscope-cli: ");
  QTest::newRow("format") << QStringList{u"-"_s, u"--format"_s, u"csv"_s} << QByteArray()
                          << QByteArray("--format csv is not known: it is one of text, json");
  QTest::newRow("chunks") << QStringList{u"-"_s, u"--chunks"_s, u"0"_s} << QByteArray() << QByteArray("0 is no size");
  QTest::newRow("start") << QStringList{u"-"_s, u"--start"_s, u"x"_s} << QByteArray() << QByteArray("--start");
  QTest::newRow("unknown") << QStringList{u"-"_s, u"--framing"_s, u"lines"_s} << QByteArray()
                           << QByteArray("--framing");
  QTest::newRow("pcap") << QStringList{u"-"_s}
                        << QByteArray::fromHex("d4c3b2a1020004000000000000000000ffff000001000000")
                        << QByteArray("looks like a pcap file");
}

void TestCliSuggest::refused() {
  QFETCH(QStringList, arguments);
  QFETCH(QByteArray, input);
  QFETCH(QByteArray, words);
  const CliResult result = runCli(QStringList{u"suggest"_s} + arguments, input);
  QCOMPARE(result.code, 2);
  QCOMPARE(result.output, QByteArray());
  QVERIFY2(result.errors.contains(words), result.errors.constData());
  QCOMPARE(result.errors.count('\n'), 1);
}

void TestCliSuggest::protocols() {
  QProcess python;
  python.setProcessChannelMode(QProcess::MergedChannels);
  python.start(QStringLiteral(OCTETSCOPE_PYTHON),
               {QStringLiteral(OCTETSCOPE_SOURCE_DIR "/tests/bench/measure_suggest.py"), QStringLiteral(OCTETSCOPE_CLI),
                u"--quick"_s, u"--least"_s, u"95"_s});
  QVERIFY(python.waitForFinished(280'000));
  const QByteArray output = python.readAll();
  QVERIFY2(python.exitCode() == 0, output.constData());
}

QTEST_GUILESS_MAIN(TestCliSuggest)
#include "tst_cli_suggest.moc"
