// octetscope-cli against every kind of plain Python peer, once as the server (listen) and once as the client (connect):
// what it prints is what the peer did, whoever called whom.
// Lists are put together with +, and must be lists then.
#undef QT_USE_QSTRINGBUILDER

#include "tests/support/cli_process.h"
#include "tests/support/live_test.h"
#include "tests/support/python_peer.h"

#include <QJsonArray>

#include <csignal>
#include <memory>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestCliPeers : public QObject {
  Q_OBJECT

  enum class Role { Client, Server };  // the peer's

  std::unique_ptr<PythonPeer> python_;
  std::unique_ptr<CliProcess> cli_;

  static void roles() {
    QTest::addColumn<int>("role");
    QTest::newRow("listen, the peer is the client") << static_cast<int>(Role::Client);
    QTest::newRow("connect, the peer is the server") << static_cast<int>(Role::Server);
  }

  static bool peerIsClient() {
    QFETCH(int, role);
    return static_cast<Role>(role) == Role::Client;
  }

  /// Runs both, connected; `options` follow the command. False where no port was said.
  bool meet(const QString &behaviour, const QStringList &options) {
    const QStringList words = behaviour.split(u' ');
    const QStringList all = options + QStringList{u"--format"_s, u"jsonl"_s};
    if (peerIsClient()) {
      cli_ = std::make_unique<CliProcess>(QStringList{u"listen"_s, u"0"_s, u"--once"_s} + all);
      const quint16 port = cli_->port();
      python_ =
          std::make_unique<PythonPeer>(u"tcp_peer.py"_s, QStringList{u"connect"_s, QString::number(port)} + words);
      return port != 0;
    }
    python_ = std::make_unique<PythonPeer>(u"tcp_peer.py"_s, QStringList{u"listen"_s} + words);
    const quint16 port = python_->port();
    cli_ = std::make_unique<CliProcess>(QStringList{u"connect"_s, u"127.0.0.1:%1"_s.arg(port)} + all);
    return port != 0;
  }

  static QByteArray payloadOf(const QJsonObject &message) {
    return QByteArray::fromHex(message[u"payload"_s].toString().toLatin1());
  }
  static QString statusOf(const QJsonObject &message) { return message[u"status"_s].toString(); }

 private Q_SLOTS:
  void cleanup() {
    cli_.reset();
    python_.reset();
  }

  void linesAndClose_data() { roles(); }
  void linesAndClose() {
    QVERIFY(meet(u"lines 200"_s, {u"--framing"_s, u"lines"_s, u"--payload"_s, u"hex"_s}));
    cli_->closeInput();
    QString from;
    for (int i = 0; i < 200; ++i) {
      const QJsonObject one = cli_->object();
      QCOMPARE(one[u"index"_s].toInt(-1), i);
      QCOMPARE(one[u"connection"_s].toInt(-1), 0);
      QCOMPARE(one[u"direction"_s].toString(), u"in"_s);
      QCOMPARE(statusOf(one), u"complete"_s);
      QCOMPARE(payloadOf(one), "line " + QByteArray::number(i));
      // What is `in` comes from the peer and goes to us, whoever called.
      if (i == 0) from = one[u"from"_s].toString();
      QVERIFY(from.startsWith(u"127.0.0.1:"_s));
      QCOMPARE(one[u"from"_s].toString(), from);
      QVERIFY(one[u"to"_s].toString() != from);
    }
    QCOMPARE(cli_->exitCode(), 0);
    QCOMPARE(cli_->restOfOutput(), QByteArray());
    QCOMPARE(cli_->restOfErrors(), QByteArray());
    QCOMPARE(python_->exitCode(), 0);
  }

  // The empty block alone says that the message is whole: the peer keeps its side open for the answer.
  void blocksAndAnAnswer_data() { roles(); }
  void blocksAndAnAnswer() {
    QStringList options{u"--framing"_s, u"chunked:u32be"_s, u"--payload"_s, u"sha256"_s};
    if (peerIsClient()) options += {u"--respond"_s, u"framed-echo"_s};
    QVERIFY(meet(u"blocks 10 20000 1"_s, options));
    const QByteArray payload = pattern(10) + pattern(20000) + pattern(1);
    const QJsonObject one = cli_->object();
    QCOMPARE(statusOf(one), u"complete"_s);
    QCOMPARE(one[u"direction"_s].toString(), u"in"_s);
    QCOMPARE(one[u"size"_s].toInt(), 20011 + 4 * 4);
    QVERIFY(one[u"payload_offset"_s].isNull());
    QCOMPARE(one[u"payload_sha256"_s].toString().toLatin1(), sha256(payload));
    QVERIFY(cli_->isRunning());
    // The same payload goes back, as one block and the empty one.
    const QByteArray answer = QByteArray::fromHex("00004e2b") + payload + QByteArray(4, '\0');
    if (!peerIsClient()) {
      cli_->write(answer);
      cli_->closeInput();
    }
    const QJsonObject back = cli_->object();
    QCOMPARE(back[u"direction"_s].toString(), u"out"_s);
    QCOMPARE(statusOf(back), u"complete"_s);
    QCOMPARE(back[u"payload_sha256"_s], one[u"payload_sha256"_s]);
    // A server goes on listening to a peer that waits for its end: an interrupt gives it.
    if (peerIsClient()) cli_->signal(SIGINT);
    QCOMPARE(python_->line(), gotLine(answer));
    QCOMPARE(cli_->exitCode(), 0);
  }

  void questionHalfCloseAnswer_data() { roles(); }
  void questionHalfCloseAnswer() {
    QStringList options{u"--framing"_s, u"until-close"_s, u"--payload"_s, u"hex"_s};
    if (peerIsClient()) options += {u"--respond"_s, u"echo"_s};
    QVERIFY(meet(u"ask what?"_s, options));
    const QJsonObject question = cli_->object();
    QCOMPARE(question[u"direction"_s].toString(), u"in"_s);
    QCOMPARE(statusOf(question), u"complete"_s);
    QCOMPARE(payloadOf(question), QByteArray("what?"));
    QCOMPARE(python_->line(), QByteArray("finished"));
    QByteArray answer = "what?";
    if (!peerIsClient()) {
      answer = pattern(300'000);
      cli_->write(answer);
      cli_->closeInput();
    }
    QCOMPARE(python_->line(), gotLine(answer));
    const QJsonObject out = cli_->object();
    QCOMPARE(out[u"direction"_s].toString(), u"out"_s);
    QCOMPARE(statusOf(out), u"complete"_s);
    QCOMPARE(payloadOf(out), answer);
    QCOMPARE(out[u"from"_s], question[u"to"_s]);
    QCOMPARE(out[u"to"_s], question[u"from"_s]);
    QCOMPARE(cli_->exitCode(), 0);
  }

  void reset_data() { roles(); }
  void reset() {
    QVERIFY(meet(u"obey"_s, {u"--framing"_s, u"lines"_s, u"--payload"_s, u"hex"_s}));
    QCOMPARE(python_->order("send " + QByteArray("whole\nhal").toHex()), QByteArray("ok"));
    QCOMPARE(payloadOf(cli_->object()), QByteArray("whole"));
    QCOMPARE(python_->order("reset"), QByteArray("ok"));
    const QJsonObject last = cli_->object();
    QCOMPARE(statusOf(last), u"incomplete"_s);
    QCOMPARE(last[u"offset"_s].toInt(), 6);
    QCOMPARE(last[u"size"_s].toInt(), 3);
    QCOMPARE(cli_->exitCode(), 1);
    QCOMPARE(cli_->restOfOutput(), QByteArray());
  }

  // A FIN would complete this message; a reset is no end. So much was sent that the most of it was read before.
  void resetCompletesNothing_data() { roles(); }
  void resetCompletesNothing() {
    QVERIFY(meet(u"obey"_s, {u"--framing"_s, u"until-close"_s}));
    QCOMPARE(python_->order("pattern 20000000"), QByteArray("ok"));
    QCOMPARE(python_->order("reset"), QByteArray("ok"));
    const QJsonObject one = cli_->object();
    QCOMPARE(statusOf(one), u"incomplete"_s);
    QVERIFY(one[u"size"_s].toInt() > 0);
    QCOMPARE(cli_->exitCode(), 1);
  }

  // The next byte is sent when the one before was printed: a live line waits for nothing.
  void aByteAtATime_data() { roles(); }
  void aByteAtATime() {
    const QByteArray text = "5:hello,0:,2:ab,";
    QVERIFY(
        meet(u"dribble "_s + QString::fromLatin1(text), {u"--framing"_s, u"chunks"_s, u"--struct"_s, u"B:octet"_s}));
    cli_->closeInput();
    for (qsizetype i = 0; i < text.size(); ++i) {
      const QJsonObject one = cli_->object();
      QCOMPARE(one[u"offset"_s].toInt(-1), static_cast<int>(i));
      QCOMPARE(one[u"size"_s].toInt(), 1);
      QCOMPARE(one[u"fields"_s][0][u"value"_s].toInt(-1), static_cast<int>(text[i]));
      python_->tell("next");
    }
    QCOMPARE(cli_->exitCode(), 0);
  }

  void aByteAtATimeMakesMessages_data() { roles(); }
  void aByteAtATimeMakesMessages() {
    QVERIFY(meet(u"dribble 5:hello,0:,2:ab,3:cu"_s, {u"--framing"_s, u"netstring"_s, u"--payload"_s, u"hex"_s}));
    cli_->closeInput();
    for (int i = 0; i < 20; ++i) python_->tell("next");
    for (const QByteArray &payload : {"hello"_ba, ""_ba, "ab"_ba}) {
      const QJsonObject one = cli_->object();
      QCOMPARE(statusOf(one), u"complete"_s);
      QCOMPARE(payloadOf(one), payload);
    }
    const QJsonObject cut = cli_->object();
    QCOMPARE(statusOf(cut), u"incomplete"_s);
    QCOMPARE(cut[u"needs"_s].toInt(), 2);
    QCOMPARE(cli_->exitCode(), 1);
  }

  void much_data() { roles(); }
  void much() {
    QVERIFY(meet(u"flood 100000000"_s, {u"--framing"_s, u"fixed:10000000"_s, u"--payload"_s, u"sha256"_s}));
    const QByteArray ours = peerIsClient() ? QByteArray() : pattern(20'000'000);
    cli_->write(ours);
    cli_->closeInput();
    const QByteArray all = pattern(100'000'000);
    QCOMPARE(python_->line(), "sent " + gotLine(all).sliced(4));
    QCOMPARE(python_->line(), gotLine(ours));
    int in = 0;
    int out = 0;
    while (in + out < 10 + ours.size() / 10'000'000) {
      const QJsonObject one = cli_->object();
      QCOMPARE(statusOf(one), u"complete"_s);
      const bool isIn = one[u"direction"_s].toString() == u"in"_s;
      const qsizetype at = 10'000'000 * (isIn ? in++ : out++);
      QCOMPARE(one[u"payload_sha256"_s].toString().toLatin1(),
               sha256(QByteArrayView(isIn ? all : ours).sliced(at, 10'000'000)));
    }
    QCOMPARE(in, 10);
    QCOMPARE(cli_->exitCode(), 0);
    QCOMPARE(cli_->restOfOutput(), QByteArray());
  }
};

QTEST_GUILESS_MAIN(TestCliPeers)
#include "tst_cli_peers.moc"
