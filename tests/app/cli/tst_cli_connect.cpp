// octetscope-cli connect and send, as a program, against plain Python sockets; and what the live commands refuse.
// Rows are put together with +, and must be of the type of their column then.
#undef QT_USE_QSTRINGBUILDER

#include "tests/support/cli_process.h"
#include "tests/support/live_test.h"
#include "tests/support/python_peer.h"

#include <QFile>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestCliConnect : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void connectCarriesInput();
  void connectWithoutInputSendsNoFin();
  void connectCarriesMuch();
  void sendsItemsInOrder();
  void sendCutsTheDelivery();
  void sendThen_data();
  void sendThen();
  void sendResetsBehindItsPieces();
  void sendWaitsNoLongerThanAsked();
  void sendWaitsForItsOwnPieces();
  void saysThatNotEverythingWasSent();
  void sendReadsTheLateAnswer();
  void refuses_data();
  void refuses();

 private:
  QTemporaryDir folder_;
};

namespace {

const QStringList jsonl{u"--format"_s, u"jsonl"_s};

QString addressOf(quint16 port) {
  return u"127.0.0.1:"_s + QString::number(port);
}

int statusIs(const QJsonObject &object, const QString &status) {
  return object[u"status"_s].toString() == status;
}

}  // namespace

void TestCliConnect::connectCarriesInput() {
  PythonPeer python(u"tcp_peer.py"_s, {u"listen"_s, u"obey"_s});
  CliProcess cli(QStringList{u"connect"_s, addressOf(python.port()), u"--text"_s, u"first "_s, u"--framing"_s,
                             u"lines"_s, u"--direction"_s, u"in"_s} +
                 jsonl);
  python.tell("read 6");
  QCOMPARE(python.line(), "read " + QByteArray("first ").toHex());
  cli.write("then ");
  python.tell("read 5");
  QCOMPARE(python.line(), "read " + QByteArray("then ").toHex());
  python.tell("send " + QByteArray("an answer\n").toHex());
  QCOMPARE(python.line(), QByteArray("ok"));
  const QJsonObject answer = cli.object();
  QCOMPARE(answer[u"payload_size"_s].toInt(), 9);
  cli.closeInput();
  python.tell("end");
  QCOMPARE(python.line(), "end " + gotLine("").sliced(4));
  QVERIFY(cli.isRunning());
  python.tell("send " + QByteArray("late\n").toHex());
  QCOMPARE(python.line(), QByteArray("ok"));
  QCOMPARE(cli.object()[u"payload_size"_s].toInt(), 4);
  python.tell("close");
  QCOMPARE(cli.exitCode(), 0);
}

void TestCliConnect::connectWithoutInputSendsNoFin() {
  PythonPeer python(u"tcp_peer.py"_s, {u"listen"_s, u"obey"_s});
  CliProcess cli(
      QStringList{u"connect"_s, addressOf(python.port()), u"--text"_s, u"q"_s, u"--direction"_s, u"in"_s} + jsonl,
      CliProcess::Input::Null);
  QCOMPARE(python.order("read 1"), QByteArray("read 71"));
  // When this is printed, whatever was to be sent by itself has been.
  QCOMPARE(python.order("send 61"), QByteArray("ok"));
  QCOMPARE(cli.object()[u"size"_s].toInt(), 1);
  QCOMPARE(python.order("peek"), QByteArray("peek nothing"));
  QVERIFY(cli.isRunning());
  cli.signal(SIGINT);
  QCOMPARE(cli.exitCode(), 0);
  QVERIFY(python.order("end").startsWith("end"));
}

void TestCliConnect::connectCarriesMuch() {
  const QByteArray bytes = pattern(20'000'000);
  PythonPeer python(u"tcp_peer.py"_s, {u"listen"_s, u"sink"_s});
  CliProcess cli({u"connect"_s, addressOf(python.port()), u"--format"_s, u"none"_s});
  cli.write(bytes);
  cli.closeInput();
  QCOMPARE(python.line(60'000), gotLine(bytes));
  QCOMPARE(cli.exitCode(), 0);
}

void TestCliConnect::sendsItemsInOrder() {
  QFile file(folder_.filePath(u"item"_s));
  QVERIFY(file.open(QIODevice::WriteOnly));
  file.write("file\n");
  file.close();
  const QStringList items{u"--text"_s,    u"täxt"_s,     u"--hex"_s, u"00 fF"_s, u"--file"_s, file.fileName(),
                          u"--text=-t"_s, u"--values"_s, u"-2"_s,    u"0x10"_s,  u"--flag"_s};
  const QByteArray values = QByteArray("\xff\xfe\x10\x00", 4) + "--flag";
  const QByteArray text = QByteArray("t\xc3\xa4xt");
  for (const bool framed : {false, true}) {
    PythonPeer python(u"tcp_peer.py"_s, {u"listen"_s, u"sink"_s});
    QStringList arguments{u"send"_s, addressOf(python.port()), u"--format"_s, u"none"_s, u"--struct"_s, u"!hBx6s"_s};
    QByteArray expected = text + QByteArray("\0\xff", 2) + "file\n-t" + values;
    if (framed) {
      arguments += {u"--frame"_s, u"length:u8"_s};
      expected = "\5" + text + "\2" + QByteArray("\0\xff", 2) + "\5file\n\2-t\n" + values;
    }
    CliProcess cli(arguments + items);
    QCOMPARE(python.line(), gotLine(expected));
    QVERIFY(cli.exitCode() >= 0);
  }
}

void TestCliConnect::sendCutsTheDelivery() {
  PythonPeer python(u"tcp_peer.py"_s, {u"listen"_s, u"sink"_s});
  CliProcess cli(QStringList{u"send"_s, addressOf(python.port()), u"--text"_s, u"abc"_s, u"--text"_s, u"defg"_s,
                             u"--pieces"_s, u"2"_s, u"--every"_s, u"1"_s} +
                 jsonl);
  QCOMPARE(python.line(), gotLine("abcdefg"));
  QCOMPARE(cli.exitCode(), 0);
  const QList<QByteArray> lines = cli.restOfOutput().trimmed().split('\n');
  QCOMPARE(lines.size(), 4);
  for (const QByteArray &line : lines) QVERIFY(line.contains("\"direction\":\"out\""));
  QVERIFY(lines[3].contains("\"offset\":6,\"size\":1"));
}

void TestCliConnect::sendThen_data() {
  QTest::addColumn<QString>("then");
  QTest::addColumn<QByteArray>("end");
  QTest::newRow("fin") << u"fin"_s << "end " + gotLine("").sliced(4);
  QTest::newRow("close") << u"close"_s << "end " + gotLine("").sliced(4);
  QTest::newRow("reset") << u"reset"_s << QByteArray("end reset");
}

void TestCliConnect::sendThen() {
  QFETCH(QString, then);
  QFETCH(QByteArray, end);
  PythonPeer python(u"tcp_peer.py"_s, {u"listen"_s, u"obey"_s});
  CliProcess cli(QStringList{u"send"_s, addressOf(python.port()), u"--text"_s, u"abc"_s, u"--then"_s, then} + jsonl);
  python.tell("read 3");
  QCOMPARE(python.line(), QByteArray("read 616263"));
  python.tell("end");
  QCOMPARE(python.line(), end);
  python.tell("close");
  QCOMPARE(cli.exitCode(), 0);
  QCOMPARE(cli.restOfOutput().count('\n'), 1);
}

void TestCliConnect::sendResetsBehindItsPieces() {
  PythonPeer python(u"tcp_peer.py"_s, {u"listen"_s, u"obey"_s});
  CliProcess cli({u"send"_s, addressOf(python.port()), u"--text"_s, u"abc"_s, u"--pieces"_s, u"1"_s, u"--every"_s,
                  u"50"_s, u"--then"_s, u"reset"_s, u"--format"_s, u"none"_s});
  python.tell("read 3");
  QCOMPARE(python.line(), QByteArray("read 616263"));
  python.tell("end");
  QCOMPARE(python.line(), QByteArray("end reset"));
  QCOMPARE(cli.exitCode(), 0);
}

void TestCliConnect::sendWaitsNoLongerThanAsked() {
  PythonPeer python(u"tcp_peer.py"_s, {u"listen"_s, u"obey"_s});
  CliProcess cli(QStringList{u"send"_s, addressOf(python.port()), u"--text"_s, u"abc"_s, u"--timeout"_s, u"0.2"_s,
                             u"--framing-in"_s, u"lines"_s} +
                 jsonl);
  python.tell("read 3");
  QCOMPARE(python.line(), QByteArray("read 616263"));
  QCOMPARE(cli.exitCode(), 0);
}

void TestCliConnect::sendWaitsForItsOwnPieces() {
  // A pause longer than the time-out is not the peer's fault.
  PythonPeer python(u"tcp_peer.py"_s, {u"listen"_s, u"obey"_s});
  CliProcess cli(QStringList{u"send"_s, addressOf(python.port()), u"--text"_s, u"abc"_s, u"--pieces"_s, u"1"_s,
                             u"--every"_s, u"400"_s, u"--timeout"_s, u"0.2"_s} +
                 jsonl);
  python.tell("read 3");
  QCOMPARE(python.line(), QByteArray("read 616263"));
  QCOMPARE(cli.exitCode(), 0);
  QCOMPARE(cli.restOfErrors(), QByteArray());
}

void TestCliConnect::saysThatNotEverythingWasSent() {
  QFile file(folder_.filePath(u"much.bin"_s));
  QVERIFY(file.open(QIODevice::WriteOnly) && file.write(pattern(50'000'000)) == 50'000'000);
  file.close();
  PythonPeer python(u"tcp_peer.py"_s, {u"listen"_s, u"obey"_s});
  CliProcess cli({u"send"_s, addressOf(python.port()), u"--file"_s, file.fileName(), u"--format"_s, u"none"_s});
  python.tell("read 10");
  QVERIFY(python.line().startsWith("read "));
  python.tell("reset");
  QCOMPARE(python.line(), QByteArray("ok"));
  QCOMPARE(cli.exitCode(), 1);
  QCOMPARE(cli.restOfErrors(),
           QByteArray("octetscope-cli: the connection ended before everything was sent: ask the peer why it let go\n"));
}

void TestCliConnect::sendReadsTheLateAnswer() {
  PythonPeer python(u"tcp_peer.py"_s, {u"listen"_s, u"late"_s, u"100000"_s});
  CliProcess cli(QStringList{u"send"_s, addressOf(python.port()), u"--text"_s, u"question"_s, u"--framing"_s,
                             u"until-close"_s, u"--payload"_s, u"sha256"_s} +
                 jsonl);
  QCOMPARE(python.line(), gotLine("question"));
  QCOMPARE(cli.object()[u"direction"_s].toString(), u"out"_s);
  const QJsonObject answer = cli.object();
  QVERIFY(statusIs(answer, u"complete"_s));
  QCOMPARE(answer[u"payload_sha256"_s].toString().toLatin1(), sha256(pattern(100000)));
  QCOMPARE(cli.exitCode(), 0);
}

void TestCliConnect::refuses_data() {
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<QByteArray>("words");
  const auto row = [](const char *words, const QStringList &arguments) {
    QTest::newRow(arguments.join(u' ').toUtf8().constData()) << arguments << QByteArray(words);
  };
  row("refused", {u"send"_s, u"127.0.0.1:1"_s, u"--text"_s, u"a"_s});
  row("refused", {u"connect"_s, u"127.0.0.1:1"_s, u"--format"_s, u"csv"_s});
  row("listen needs a port", {u"listen"_s});
  row("listen takes one", {u"listen"_s, u"1"_s, u"2"_s});
  row("", {u"listen"_s, u"70000"_s});
  row("", {u"listen"_s, u"127.0.0.1"_s});
  row("", {u"connect"_s, u"1060"_s});
  row("", {u"connect"_s, u"127.0.0.1:0"_s});
  row("whom to connect to", {u"connect"_s});
  row("not also", {u"send"_s, u"a:1"_s, u"b:2"_s});
  row("--respond shout is not known", {u"listen"_s, u"0"_s, u"--respond"_s, u"shout"_s});
  row("needs to know where messages end", {u"listen"_s, u"0"_s, u"--respond"_s, u"framed-echo"_s});
  row("--then leave is not known", {u"send"_s, u"127.0.0.1:1"_s, u"--then"_s, u"leave"_s});
  row("no number of seconds", {u"send"_s, u"127.0.0.1:1"_s, u"--timeout"_s, u"soon"_s});
  row("--every needs --pieces", {u"send"_s, u"127.0.0.1:1"_s, u"--every"_s, u"5"_s});
  row("--pieces 0", {u"send"_s, u"127.0.0.1:1"_s, u"--pieces"_s, u"0"_s});
  row("--hex: ", {u"send"_s, u"127.0.0.1:1"_s, u"--hex"_s, u"0g"_s});
  row("cannot open", {u"send"_s, u"127.0.0.1:1"_s, u"--file"_s, u"/does/not/exist"_s});
  row("--values needs a layout", {u"send"_s, u"127.0.0.1:1"_s, u"--values"_s, u"1"_s});
  row("--values: ", {u"send"_s, u"127.0.0.1:1"_s, u"--struct"_s, u"B"_s, u"--values"_s, u"256"_s});
  row("--frame fixed:0", {u"send"_s, u"127.0.0.1:1"_s, u"--frame"_s, u"fixed:0"_s, u"--text"_s, u"a"_s});
  row("--frame: ", {u"send"_s, u"127.0.0.1:1"_s, u"--frame"_s, u"fixed:2"_s, u"--text"_s, u"a"_s});
}

void TestCliConnect::refuses() {
  QFETCH(QStringList, arguments);
  QFETCH(QByteArray, words);
  // A port that is taken and not listened on refuses, whatever else runs on this machine.
  QTcpSocket taken;
  QVERIFY(taken.bind(QHostAddress::LocalHost));
  arguments.replaceInStrings(u"127.0.0.1:1"_s, addressOf(taken.localPort()));
  const CliResult result = runCli(arguments);
  QCOMPARE(result.code, 2);
  QCOMPARE(result.output, QByteArray());
  QVERIFY2(result.errors.contains(words), result.errors.constData());
  QVERIFY2(result.errors.startsWith("octetscope-cli: "), result.errors.constData());
  QVERIFY2(result.errors.endsWith('\n') && result.errors.count('\n') == 1, result.errors.constData());
}

QTEST_GUILESS_MAIN(TestCliConnect)
#include "tst_cli_connect.moc"
