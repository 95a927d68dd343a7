// octetscope-cli listen, as a program, against plain Python sockets.
// Rows are put together with +, and must be of the type of their column then.
#undef QT_USE_QSTRINGBUILDER

#include "tests/support/cli_process.h"
#include "tests/support/live_test.h"
#include "tests/support/python_peer.h"

#include <QJsonArray>
#include <QTcpServer>
#include <QTest>

#include <csignal>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestCliListen : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void listenReadsLines();
  void listenReadsBlocks();
  void listenEchoesAfterHalfClose();
  void listenCountsTheChunksOfADribble();
  void listenNumbersConnections();
  void listenResponds_data();
  void listenResponds();
  void listenEndsAtTheLimit();
  void resetLeavesTheLastMessageIncomplete_data();
  void resetLeavesTheLastMessageIncomplete();
  void interruptPrintsWhatThereIs_data();
  void interruptPrintsWhatThereIs();
  void errorIsSaidAtOnce();
  void silenceEndsAMessage();
  void framesEachDirectionItsOwnWay();
  void refusesAddressInUse();
};

namespace {

const QStringList jsonl{u"--format"_s, u"jsonl"_s};

QStringList peer(quint16 port, const QStringList &behaviour) {
  return QStringList{u"connect"_s, QString::number(port)} + behaviour;
}

QString addressOf(quint16 port) {
  return u"127.0.0.1:"_s + QString::number(port);
}

int statusIs(const QJsonObject &object, const QString &status) {
  return object[u"status"_s].toString() == status;
}

}  // namespace

void TestCliListen::listenReadsLines() {
  CliProcess cli(QStringList{u"listen"_s, u"0"_s, u"--once"_s, u"--framing"_s, u"lines"_s, u"--payload"_s, u"hex"_s} +
                 jsonl);
  const quint16 port = cli.port();
  QVERIFY(port != 0);
  PythonPeer python(u"tcp_peer.py"_s, peer(port, {u"lines"_s, u"3"_s}));
  double lastTime = 0;
  for (int i = 0; i < 3; ++i) {
    const QJsonObject one = cli.object();
    QCOMPARE(one[u"index"_s].toInt(-1), i);
    QCOMPARE(one[u"direction"_s].toString(), u"in"_s);
    QCOMPARE(one[u"connection"_s].toInt(-1), 0);
    QCOMPARE(one[u"to"_s].toString(), addressOf(port));
    QVERIFY(one[u"from"_s].toString().startsWith(u"127.0.0.1:"_s));
    QVERIFY(one[u"from"_s] != one[u"to"_s]);
    QCOMPARE(QByteArray::fromHex(one[u"payload"_s].toString().toLatin1()), "line " + QByteArray::number(i));
    QVERIFY(one[u"time"_s].toDouble() >= lastTime);
    if (i == 0) QCOMPARE(one[u"since_start"_s].toDouble(-1), 0.0);
    lastTime = one[u"time"_s].toDouble();
  }
  QCOMPARE(cli.exitCode(), 0);
  QCOMPARE(cli.restOfOutput(), QByteArray());
  QCOMPARE(cli.restOfErrors(), QByteArray());
}

void TestCliListen::listenReadsBlocks() {
  CliProcess cli(QStringList{u"listen"_s, u"127.0.0.1:0"_s, u"--once"_s, u"--framing"_s, u"chunked:u32be"_s,
                             u"--payload"_s, u"sha256"_s} +
                 jsonl);
  PythonPeer python(u"tcp_peer.py"_s, peer(cli.port(), {u"blocks"_s, u"10"_s, u"20000"_s, u"1"_s}));
  const QJsonObject one = cli.object();
  QVERIFY(statusIs(one, u"complete"_s));
  QCOMPARE(one[u"size"_s].toInt(), 20011 + 4 * 4);
  QCOMPARE(one[u"payload_size"_s].toInt(), 20011);
  QVERIFY(one[u"payload_offset"_s].isNull());
  QCOMPARE(one[u"payload_sha256"_s].toString().toLatin1(),
           sha256(QByteArray(pattern(10) + pattern(20000) + pattern(1))));
  // The peer waits for an answer that never comes; an interrupt ends it.
  QVERIFY(cli.isRunning());
  cli.signal(SIGTERM);
  QCOMPARE(cli.exitCode(), 0);
}

void TestCliListen::listenEchoesAfterHalfClose() {
  CliProcess cli(
      QStringList{u"listen"_s, u"0"_s, u"--once"_s, u"--respond"_s, u"echo"_s, u"--framing"_s, u"until-close"_s} +
      jsonl);
  PythonPeer python(u"tcp_peer.py"_s, peer(cli.port(), {u"ask"_s, u"what?"_s}));
  QCOMPARE(python.line(), QByteArray("finished"));
  QCOMPARE(python.line(), gotLine("what?"));
  const QJsonObject in = cli.object();
  const QJsonObject out = cli.object();
  QCOMPARE(in[u"direction"_s].toString(), u"in"_s);
  QCOMPARE(out[u"direction"_s].toString(), u"out"_s);
  QCOMPARE(out[u"size"_s].toInt(), 5);
  QCOMPARE(out[u"from"_s], in[u"to"_s]);
  QCOMPARE(out[u"to"_s], in[u"from"_s]);
  QVERIFY(statusIs(in, u"complete"_s) && statusIs(out, u"complete"_s));
  QCOMPARE(cli.exitCode(), 0);
}

void TestCliListen::listenCountsTheChunksOfADribble() {
  CliProcess cli(QStringList{u"listen"_s, u"0"_s, u"--once"_s, u"--framing"_s, u"netstring"_s, u"--direction"_s,
                             u"in"_s, u"--respond"_s, u"echo"_s} +
                 jsonl);
  // Each byte is sent once the one before came back: so each is a chunk of its own.
  PythonPeer python(u"tcp_peer.py"_s, peer(cli.port(), {u"obey"_s}));
  for (const char byte : QByteArray("5:hello,")) {
    python.tell("send " + QByteArray(1, byte).toHex());
    QCOMPARE(python.line(), QByteArray("ok"));
    python.tell("read 1");
    QCOMPARE(python.line(), "read " + QByteArray(1, byte).toHex());
  }
  const QJsonObject one = cli.object();
  QCOMPARE(one[u"chunks"_s].toInt(), 8);
  QCOMPARE(one[u"size"_s].toInt(), 8);
  python.tell("close");
  QCOMPARE(cli.exitCode(), 0);
  QCOMPARE(cli.restOfOutput(), QByteArray());
}

void TestCliListen::listenNumbersConnections() {
  CliProcess cli(QStringList{u"listen"_s, u"0"_s, u"--framing"_s, u"lines"_s} + jsonl);
  const quint16 port = cli.port();
  PythonPeer first(u"tcp_peer.py"_s, peer(port, {u"obey"_s}));
  first.tell("send " + QByteArray("a\n").toHex());
  QCOMPARE(cli.object()[u"connection"_s].toInt(-1), 0);
  PythonPeer second(u"tcp_peer.py"_s, peer(port, {u"obey"_s}));
  second.tell("send " + QByteArray("b\nhalf").toHex());
  const QJsonObject of_second = cli.object();
  QCOMPARE(of_second[u"connection"_s].toInt(-1), 1);
  QCOMPARE(of_second[u"index"_s].toInt(-1), 0);
  QVERIFY(of_second[u"since_start"_s].toDouble() > 0);
  first.tell("send " + QByteArray("c\n").toHex());
  const QJsonObject again = cli.object();
  QCOMPARE(again[u"connection"_s].toInt(-1), 0);
  QCOMPARE(again[u"index"_s].toInt(-1), 1);
  second.tell("close");
  const QJsonObject half = cli.object();
  QVERIFY(statusIs(half, u"incomplete"_s));
  QCOMPARE(half[u"connection"_s].toInt(-1), 1);
  QVERIFY(cli.isRunning());
  cli.signal(SIGINT);
  QCOMPARE(cli.exitCode(), 1);
}

void TestCliListen::listenResponds_data() {
  QTest::addColumn<QString>("respond");
  QTest::addColumn<QByteArray>("answer");
  QTest::newRow("none") << u"none"_s << QByteArray();
  QTest::newRow("discard") << u"discard"_s << QByteArray();
  QTest::newRow("close") << u"close"_s << QByteArray();
  QTest::newRow("echo") << u"echo"_s << QByteArray("\0\1a\0\2bc\0", 8);
  QTest::newRow("framed-echo") << u"framed-echo"_s << QByteArray("\0\1a\0\2bc", 7);
}

void TestCliListen::listenResponds() {
  QFETCH(QString, respond);
  QFETCH(QByteArray, answer);
  CliProcess cli(QStringList{u"listen"_s, u"0"_s, u"--once"_s, u"--framing"_s, u"length:u16be"_s, u"--direction"_s,
                             u"out"_s, u"--respond"_s, respond} +
                 jsonl);
  PythonPeer python(u"tcp_peer.py"_s, peer(cli.port(), {u"obey"_s}));
  python.tell("send " + QByteArray("\0\1a\0\2bc\0", 8).toHex());
  QCOMPARE(python.line(), QByteArray("ok"));
  python.tell("fin");
  QCOMPARE(python.line(), QByteArray("ok"));
  python.tell("end");
  QCOMPARE(python.line(), "end " + gotLine(answer).sliced(4));
  python.tell("close");
  QCOMPARE(cli.exitCode(), answer.endsWith('\0') ? 1 : 0);
  QCOMPARE(cli.restOfOutput().count('\n'), answer.isEmpty() ? 0 : 2 + answer.endsWith('\0'));
}

void TestCliListen::listenEndsAtTheLimit() {
  CliProcess cli(QStringList{u"listen"_s, u"0"_s, u"--framing"_s, u"lines"_s, u"--limit"_s, u"2"_s} + jsonl);
  PythonPeer python(u"tcp_peer.py"_s, peer(cli.port(), {u"obey"_s}));
  python.tell("send " + QByteArray("a\nb\nc\nd").toHex());
  QCOMPARE(cli.exitCode(), 0);
  QCOMPARE(cli.restOfOutput().count('\n'), 2);
}

void TestCliListen::resetLeavesTheLastMessageIncomplete_data() {
  QTest::addColumn<QString>("framing");
  QTest::addColumn<QByteArray>("bytes");
  QTest::addColumn<int>("lines");
  QTest::addColumn<int>("code");
  QTest::newRow("until-close") << u"until-close"_s << QByteArray("abc") << 1 << 1;
  QTest::newRow("lines, one cut") << u"lines"_s << QByteArray("a\nb") << 2 << 1;
  QTest::newRow("RST alone changes nothing") << u"lines"_s << QByteArray("a\n") << 1 << 0;
  QTest::newRow("chunks") << u"chunks"_s << QByteArray("a") << 1 << 0;
}

void TestCliListen::resetLeavesTheLastMessageIncomplete() {
  QFETCH(QString, framing);
  QFETCH(QByteArray, bytes);
  QFETCH(int, lines);
  QFETCH(int, code);
  CliProcess cli(QStringList{u"listen"_s, u"0"_s, u"--once"_s, u"--framing-in"_s, framing, u"--respond"_s, u"echo"_s,
                             u"--direction"_s, u"in"_s} +
                 jsonl);
  PythonPeer python(u"tcp_peer.py"_s, peer(cli.port(), {u"obey"_s}));
  python.tell("send " + bytes.toHex());
  QCOMPARE(python.line(), QByteArray("ok"));
  // The echo proves that the bytes were read before the reset.
  python.tell("read " + QByteArray::number(bytes.size()));
  QCOMPARE(python.line(), "read " + bytes.toHex());
  python.tell("reset");
  QCOMPARE(cli.exitCode(), code);
  const QList<QByteArray> output = cli.restOfOutput().trimmed().split('\n');
  QCOMPARE(output.size(), lines);
  QVERIFY(output.last().contains(code == 1 ? R"("status":"incomplete")" : R"("status":"complete")"));
}

void TestCliListen::interruptPrintsWhatThereIs_data() {
  QTest::addColumn<int>("signal");
  QTest::addColumn<QString>("framing");
  QTest::addColumn<QByteArray>("needs");
  QTest::newRow("SIGINT, length") << SIGINT << u"length:u16be"_s << QByteArray("2");
  QTest::newRow("SIGTERM, until-close") << SIGTERM << u"until-close"_s << QByteArray("null");
}

void TestCliListen::interruptPrintsWhatThereIs() {
  QFETCH(int, signal);
  QFETCH(QString, framing);
  QFETCH(QByteArray, needs);
  CliProcess cli(QStringList{u"listen"_s, u"0"_s, u"--framing-in"_s, framing, u"--framing-out"_s, u"chunks"_s,
                             u"--respond"_s, u"echo"_s} +
                 jsonl);
  PythonPeer python(u"tcp_peer.py"_s, peer(cli.port(), {u"obey"_s}));
  python.tell("send " + QByteArray("\0\5abc", 5).toHex());
  QCOMPARE(cli.object()[u"direction"_s].toString(), u"out"_s);
  cli.signal(signal);
  const QByteArray last = cli.line();
  QVERIFY2(last.contains(QByteArray(R"("status":"incomplete","needs":)" + needs)), last.constData());
  QCOMPARE(cli.exitCode(), 1);
}

void TestCliListen::errorIsSaidAtOnce() {
  CliProcess cli(QStringList{u"listen"_s, u"0"_s, u"--once"_s, u"--framing"_s, u"fixed:4,max=4"_s, u"--framing-in"_s,
                             u"netstring"_s} +
                 jsonl);
  PythonPeer python(u"tcp_peer.py"_s, peer(cli.port(), {u"obey"_s}));
  python.tell("send " + QByteArray("oops").toHex());
  const QByteArray said = cli.errorLine();
  QVERIFY2(said.startsWith("octetscope-cli: connection 0 in, message 0 at byte 0: "), said.constData());
  QVERIFY(cli.isRunning());
  python.tell("close");
  QVERIFY(statusIs(cli.object(), u"error"_s));
  QCOMPARE(cli.exitCode(), 1);
  QCOMPARE(cli.restOfErrors(), QByteArray());
}

// Nothing but the clock says that a message is whole: neither the printing nor the answer waits for another byte.
void TestCliListen::silenceEndsAMessage() {
  CliProcess cli(QStringList{u"listen"_s, u"0"_s, u"--once"_s, u"--framing-in"_s, u"idle:20"_s, u"--framing-out"_s,
                             u"chunks"_s, u"--respond"_s, u"framed-echo"_s, u"--payload"_s, u"hex"_s} +
                 jsonl);
  PythonPeer python(u"tcp_peer.py"_s, peer(cli.port(), {u"obey"_s}));
  int index = 0;
  for (const char *word : {"ab", "cde"}) {
    const QByteArray hex = QByteArray(word).toHex();
    QCOMPARE(python.order("send " + hex), QByteArray("ok"));
    QCOMPARE(python.order("read " + QByteArray::number(hex.size() / 2)), "read " + hex);
    for (int i = 0; i < 2; ++i) {
      const QJsonObject one = cli.object();
      QCOMPARE(one[u"index"_s].toInt(-1), index);
      QCOMPARE(one[u"payload"_s].toString().toLatin1(), hex);
      QVERIFY(statusIs(one, u"complete"_s));
    }
    ++index;
  }
  QVERIFY(cli.isRunning());
  // What is not silent yet when the connection is broken off is not whole.
  QCOMPARE(python.order("send 66"), QByteArray("ok"));
  python.tell("reset");
  QCOMPARE(cli.object()[u"payload"_s].toString(), u"66"_s);
  cli.exitCode();
}

void TestCliListen::framesEachDirectionItsOwnWay() {
  CliProcess cli(QStringList{u"listen"_s, u"0"_s, u"--once"_s, u"--respond"_s, u"echo"_s, u"--framing-in"_s, u"lines"_s,
                             u"--framing-out"_s, u"fixed:3"_s, u"--struct-in"_s, u"2s:word"_s, u"--struct-out"_s,
                             u"3B"_s} +
                 jsonl);
  PythonPeer python(u"tcp_peer.py"_s, peer(cli.port(), {u"ask"_s, u"ab\ncd\n"_s}));
  int in = 0;
  int out = 0;
  for (int i = 0; i < 4; ++i) {
    const QJsonObject one = cli.object();
    const bool isIn = one[u"direction"_s].toString() == u"in"_s;
    QCOMPARE(one[u"fields"_s].toArray().size(), isIn ? 1 : 3);
    QCOMPARE(one[u"payload_size"_s].toInt(), isIn ? 2 : 3);
    ++(isIn ? in : out);
  }
  QCOMPARE(in, 2);
  QCOMPARE(out, 2);
  QCOMPARE(cli.exitCode(), 0);
}

void TestCliListen::refusesAddressInUse() {
  QTcpServer other;
  QVERIFY(other.listen(QHostAddress::LocalHost));
  const CliResult result = runCli({u"listen"_s, addressOf(other.serverPort())});
  QCOMPARE(result.code, 2);
  QCOMPARE(result.output, QByteArray());
  QVERIFY2(result.errors.startsWith("octetscope-cli: ") && result.errors.count('\n') == 1, result.errors.constData());
}

QTEST_GUILESS_MAIN(TestCliListen)
#include "tst_cli_listen.moc"
