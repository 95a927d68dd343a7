// The commands of octetscope-cli that do not decode streams: framings, batch, pack and its kin, demo, help; and the
// manual page, which must know what --help knows.
// Rows are put together with +, and must be of the type of their column then.
#undef QT_USE_QSTRINGBUILDER

#include "tests/support/cli_process.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

#include <unistd.h>

using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestCliCommands : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void framings();
  void framingsTellsOfOne();
  void batch_data();
  void batch();
  void batchAnswersAsRequestsCome();
  void closedStandardInputIsEmpty();
  void batchDecodesAsDecodeDoes();
  void words_data();
  void words();
  void demo();
  void helpOfEveryCommand();
  void manualPageKnowsEveryOption();
  void version();
};

namespace {

QStringList commandNames() {
  QStringList names;
  const QString help = QString::fromUtf8(runCli({u"--help"_s}).output);
  static const QRegularExpression row(u"^  ([a-z]+)\\b"_s, QRegularExpression::MultilineOption);
  for (auto found = row.globalMatch(help); found.hasNext();) names.append(found.next().captured(1));
  return names;
}

}  // namespace

void TestCliCommands::framings() {
  const CliResult text = runCli({u"framings"_s});
  QCOMPARE(text.code, 0);
  const CliResult json = runCli({u"framings"_s, u"--format"_s, u"json"_s});
  QCOMPARE(json.code, 0);
  const QJsonArray kinds = QJsonDocument::fromJson(json.output).array();
  const QList<QByteArray> lines = text.output.trimmed().split('\n');
  QCOMPARE(lines.size(), kinds.size());
  QVERIFY(kinds.size() >= 8);
  for (qsizetype i = 0; i < kinds.size(); ++i) {
    const QJsonObject kind = kinds[i].toObject();
    QVERIFY(lines[i].startsWith(kind[u"name"_s].toString().toUtf8()));
    const QJsonArray options = kind[u"options"_s].toArray();
    for (const auto &option : options) {
      const QByteArray word = "[," + option.toObject()[u"name"_s].toString().toUtf8() + '=';
      QVERIFY2(lines[i].contains(word), word.constData());
    }
    const QJsonArray examples = kind[u"examples"_s].toArray();
    for (const auto &example : examples) {
      const CliResult decoded = runCli({u"decode"_s, u"-"_s, u"--framing"_s, example.toString()});
      QVERIFY2(decoded.code == 0, decoded.errors.constData());
    }
  }
}

void TestCliCommands::framingsTellsOfOne() {
  const CliResult text = runCli({u"framings"_s, u"length"_s});
  QCOMPARE(text.code, 0);
  QCOMPARE(text.errors, QByteArray());
  // The SPEC, an option with its default and its values, and an example as the framer reads it.
  for (const char *words :
       {"length:TYPE[,offset=BYTES]", "offset=BYTES\n      Bytes before the length: ", " Default: 0.",
        "      One of u8, u16be, ", "message 0, bytes 0–6: complete\n    00 05 ", "  length = 5\n",
        "payload \"hello\"\n", "message 2, bytes 11–14: incomplete, 3 bytes missing\n", "4 of 7 bytes are here"}) {
    QVERIFY2(text.output.contains(words), text.output.constData());
  }
  QVERIFY(runCli({u"framings"_s, u"sync"_s}).output.contains("One of 116 names; "));
  const QByteArray layers = runCli({u"framings"_s, u"layers"_s}).output;
  for (const char *words :
       {"SPEC\n  A | B    A |+ B\n", "      message 1.1, bytes 14–15: complete\n",
        "      message 2.0, bytes 18–20: incomplete\n", "  The payloads, joined:\n  message 0, bytes 0–5"}) {
    QVERIFY2(layers.contains(words), layers.constData());
  }
  QVERIFY(runCli({u"framings"_s, u"netstring"_s}).output.contains("  not read\n"));
  const CliResult json = runCli({u"framings"_s, u"length"_s, u"--format"_s, u"json"_s});
  QCOMPARE(json.code, 0);
  const QJsonArray kinds = QJsonDocument::fromJson(json.output).array();
  QCOMPARE(kinds.size(), 1);
  QCOMPARE(kinds[0][u"name"_s].toString(), u"length"_s);
  const CliResult two = runCli({u"framings"_s, u"length"_s, u"lines"_s});
  QCOMPARE(two.code, 2);
  QCOMPARE(two.errors,
           "octetscope-cli: framings takes no \"lines\": write framings alone, or behind it the name of "
           "one framing, or layers\n");
}

void TestCliCommands::batch_data() {
  QTest::addColumn<QByteArray>("request");
  QTest::addColumn<QByteArray>("answer");
  QTest::newRow("calcsize") << QByteArray(R"({"do":"calcsize","layout":"!HI"})") << QByteArray(R"({"result":6})");
  QTest::newRow("unpack, exact") << QByteArray(R"({"do":"unpack","layout":"<Q","hex":"ffffffffffffffff"})")
                                 << QByteArray(R"({"result":[18446744073709551615]})");
  QTest::newRow("pack") << QByteArray(R"({"do":"pack","layout":"!H2s","values":[1,"a"]})")
                        << QByteArray(R"({"result":"00016100"})");
  QTest::newRow("Python's words") << QByteArray(R"({"do":"unpack","layout":"!Q","hex":"00"})")
                                  << QByteArray(R"({"error":"unpack requires a buffer of 8 bytes"})");
  QTest::newRow("decode, nothing") << QByteArray(R"({"do":"decode","hex":""})") << QByteArray(R"({"result":[]})");
  QTest::newRow("decode")
      << QByteArray(R"({"do":"decode","framing":"lines","struct":"c","hex":"610a62","chunks":[1],"closed":false})")
      << QByteArray(
             R"({"result":[{"connection":0,"index":0,"direction":"in","from":null,"to":null,"time":null,)"
             R"("since_start":null,"chunks":2,"offset":0,"size":2,"payload_offset":0,"payload_size":1,)"
             R"("status":"complete","needs":null,"error":null,"fields":[{"name":"0","type":"c","offset":0,"size":1,)"
             R"("value":{"hex":"61","text":"a"}}]},{"connection":0,"index":1,"direction":"in","from":null,"to":null,)"
             R"("time":null,"since_start":null,"chunks":1,"offset":2,"size":1,"payload_offset":2,"payload_size":1,)"
             R"("status":"incomplete","needs":null,"error":null,"fields":[{"name":"0","type":"c","offset":2,"size":1,)"
             R"("value":{"hex":"62","text":"b"}}]}]})");
  for (const char *bad :
       {"", "[]", "{}", "null", R"({"do":"dance"})", R"({"do":"decode","hex":"0"})",
        R"({"do":"decode","hex":"00","framing":"fixed:0"})", R"({"do":"decode","hex":"00","struct":"9999999999B"})",
        R"({"do":"decode","hex":"00","struct":"9999999999B:v"})", R"({"do":"decode","hex":"00","struct":"%"})",
        R"({"do":"decode","hex":"00","chunks":[0]})", R"({"do":"decode","hex":"00","chunks":7})",
        R"({"do":"decode","hex":"00","closed":1})", R"({"do":"decode","hex":"00","ksy":"a.ksy"})",
        R"({"do":"decode","hex":1})"}) {
    QTest::newRow(bad) << QByteArray(bad) << QByteArray("{\"error\":\"");
  }
}

void TestCliCommands::batch() {
  QFETCH(QByteArray, request);
  QFETCH(QByteArray, answer);
  // Between two others, so that order and going on are seen.
  const QByteArray other = R"({"do":"calcsize","layout":"B"})";
  const CliResult result = runCli({u"batch"_s}, other + '\n' + request + '\n' + other);
  QCOMPARE(result.code, 0);
  QCOMPARE(result.errors, QByteArray());
  const QList<QByteArray> lines = result.output.split('\n');
  QCOMPARE(lines.size(), 4);
  QCOMPARE(lines[0], QByteArray(R"({"result":1})"));
  QCOMPARE(lines[2], QByteArray(R"({"result":1})"));
  QCOMPARE(lines[3], QByteArray());
  if (answer.endsWith('}')) {
    QCOMPARE(lines[1], answer);
  } else {
    QVERIFY2(lines[1].startsWith(answer) && lines[1].endsWith("\"}"), lines[1].constData());
  }
}

void TestCliCommands::closedStandardInputIsEmpty() {
  QProcess cli;
  cli.setChildProcessModifier([] { ::close(STDIN_FILENO); });
  cli.start(QStringLiteral(OCTETSCOPE_CLI), {u"batch"_s});
  QVERIFY(cli.waitForFinished());
  QCOMPARE(cli.readAllStandardError(), QByteArray());
  QCOMPARE(cli.readAllStandardOutput(), QByteArray());
  QCOMPARE(cli.exitCode(), 0);
}

void TestCliCommands::batchAnswersAsRequestsCome() {
  CliProcess cli({u"batch"_s});
  for (int i = 0; i < 3; ++i) {
    cli.write("{\"do\":\"calcsize\",\"layout\":\"" + QByteArray::number(i) + "H\"}\n");
    QCOMPARE(cli.line(), "{\"result\":" + QByteArray::number(2 * i) + '}');
  }
  cli.closeInput();
  QCOMPARE(cli.exitCode(), 0);
}

void TestCliCommands::batchDecodesAsDecodeDoes() {
  QByteArray stream;
  for (int i = 0; i < 300; ++i) stream += QByteArray::number(i % 7) + ':' + QByteArray(i % 7, 'x') + ',';
  const CliResult decoded =
      runCli({u"decode"_s, u"-"_s, u"--framing"_s, u"netstring"_s, u"--format"_s, u"jsonl"_s}, stream);
  QByteArray expected = decoded.output.trimmed();
  expected.replace('\n', ',');
  const CliResult batched =
      runCli({u"batch"_s}, "{\"do\":\"decode\",\"framing\":\"netstring\",\"hex\":\"" + stream.toHex() + "\"}\n");
  QCOMPARE(batched.output, "{\"result\":[" + expected + "]}\n");
}

void TestCliCommands::words_data() {
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<QByteArray>("output");
  QTest::addColumn<int>("code");
  QTest::newRow("pack") << QStringList{u"pack"_s, u"!hB2s"_s, u"-2"_s, u"0x10"_s, u"a\\n"_s}
                        << QByteArray("fffe10610a\n") << 0;
  QTest::newRow("pack, words that look like options")
      << QStringList{u"pack"_s, u"6s"_s, u"--"_s, u"--help"_s} << QByteArray("2d2d68656c70\n") << 0;
  QTest::newRow("unpack") << QStringList{u"unpack"_s, u"!hd"_s, u"fffe 3ff8000000000000"_s} << QByteArray("[-2,1.5]\n")
                          << 0;
  QTest::newRow("calcsize") << QStringList{u"calcsize"_s, u"@BQ"_s} << QByteArray("16\n") << 0;
  QTest::newRow("a bad layout") << QStringList{u"calcsize"_s, u"!z"_s} << QByteArray() << 2;
  QTest::newRow("out of range") << QStringList{u"pack"_s, u"B"_s, u"256"_s} << QByteArray() << 2;
}

void TestCliCommands::words() {
  QFETCH(QStringList, arguments);
  QFETCH(QByteArray, output);
  QFETCH(int, code);
  const CliResult result = runCli(arguments);
  QCOMPARE(result.output, output);
  QCOMPARE(result.code, code);
  QCOMPARE(result.errors.count('\n'), code == 0 ? 0 : 1);
  if (code != 0) QVERIFY2(result.errors.startsWith("octetscope-cli: "), result.errors.constData());
}

void TestCliCommands::demo() {
  const CliResult result = runCli({u"demo"_s, u"--every"_s, u"0"_s, u"--format"_s, u"jsonl"_s});
  QCOMPARE(result.code, 0);
  const QList<QByteArray> lines = result.output.trimmed().split('\n');
  QVERIFY(lines.size() >= 10);
  int split = 0;
  for (const QByteArray &line : lines) {
    const QJsonObject one = QJsonDocument::fromJson(line).object();
    QVERIFY2(one.contains(u"fields"_s), line.constData());
    split += one[u"chunks"_s].toInt() > 1;
  }
  QVERIFY(split >= 2);
  QVERIFY(lines.last().contains("\"status\":\"incomplete\""));
  const CliResult text = runCli({u"demo"_s, u"--every"_s, u"0"_s});
  QCOMPARE(text.code, 0);
  QCOMPARE(text.errors, QByteArray());
  QVERIFY(text.output.contains("Half-close"));
}

void TestCliCommands::helpOfEveryCommand() {
  const QStringList names = commandNames();
  for (const char *name :
       {"decode", "listen", "connect", "send", "demo", "pack", "unpack", "calcsize", "batch", "framings"}) {
    QVERIFY2(names.contains(QLatin1String(name)), name);
  }
  for (const QString &name : names) {
    const CliResult result = runCli({name, u"--help"_s});
    QCOMPARE(result.code, 0);
    QVERIFY(result.output.startsWith(QByteArray("Usage: octetscope-cli " + name.toUtf8())));
    QCOMPARE(runCli({u"help"_s, name}).output, result.output);
  }
}

void TestCliCommands::manualPageKnowsEveryOption() {
  QFile file(QStringLiteral(OCTETSCOPE_SOURCE_DIR "/resources/man/octetscope-cli.1"));
  QVERIFY(file.open(QIODevice::ReadOnly));
  QString page = QString::fromUtf8(file.readAll());
  page.replace(u"\\-"_s, u"-"_s);
  static const QRegularExpression option(u"^  (--?[A-Za-z-]+)"_s, QRegularExpression::MultilineOption);
  QStringList known;
  for (const QString &name : commandNames()) {
    QVERIFY2(page.contains(u".SS "_s + name + u'\n') || page.contains(u".SS "_s + name + u' '), qPrintable(name));
    const QString help = QString::fromUtf8(runCli({name, u"--help"_s}).output);
    for (auto found = option.globalMatch(help); found.hasNext();) {
      const QString word = found.next().captured(1);
      known.append(word);
      QVERIFY2(QRegularExpression(u"^\\.B\\w* .*%1\\b"_s.arg(QRegularExpression::escape(word)),
                                  QRegularExpression::MultilineOption)
                   .match(page)
                   .hasMatch(),
               qPrintable(word + u" of "_s + name));
    }
  }
  // And nothing that is not there any more.
  static const QRegularExpression written(u"^\\.BR? (--[a-z-]+)"_s, QRegularExpression::MultilineOption);
  known += {u"--help"_s, u"--version"_s};
  for (auto found = written.globalMatch(page); found.hasNext();) {
    const QString word = found.next().captured(1);
    QVERIFY2(known.contains(word), qPrintable(word));
  }
}

void TestCliCommands::version() {
  const CliResult result = runCli({u"--version"_s});
  QCOMPARE(result.code, 0);
  QCOMPARE(result.output, QByteArray("octetscope-cli " OCTETSCOPE_VERSION "\n"));
}

QTEST_GUILESS_MAIN(TestCliCommands)
#include "tst_cli_commands.moc"
