// TcpChannel against plain Python peers, as server and as client: every order of FIN and RST, exact chunks,
// back-pressure, and megabytes that are still queued when something ends.
#include "tests/model/transport/wire.h"

#include "model/transport/tcp_channel.h"

using namespace octetscope;
using namespace octetscope::test;

class TestTcpChannel : public QObject {
  Q_OBJECT

  static QStringList words(const char *text) { return QString::fromLatin1(text).split(QLatin1Char(' ')); }
  static constexpr qsizetype megabytes = 20'000'000;

  static void roles() {
    QTest::addColumn<Wire::Python>("role");
    QTest::newRow("Python serves") << Wire::Python::Serves;
    QTest::newRow("Python connects") << Wire::Python::Connects;
  }

 private Q_SLOTS:
  void peerSendsLinesAndCloses_data() { roles(); }
  void peerSendsLinesAndCloses() {
    QFETCH(Wire::Python, role);
    Wire wire(role, words("lines 1000"));
    QVERIFY(wire.channel);
    SOON_COMPARE(wire.connection->stream(Direction::In).end(), StreamEnd::Fin);
    QByteArray expected;
    for (int i = 0; i < 1000; ++i) expected += "line " + QByteArray::number(i) + '\n';
    QCOMPARE(wire.in(), expected);
    QCOMPARE(wire.overs, 0);  // our side is still open
    wire.channel->finishSending();
    QVERIFY(wire.waitOver());
    QCOMPARE(eventKinds(*wire.connection), QStringLiteral("PeerFinished WeFinished Closed"));
    QCOMPARE(endsText(*wire.connection), QStringLiteral("Fin/Fin"));
    QVERIFY(wire.connection->isOver());
    QCOMPARE(wire.python->exitCode(), 0);
  }

  void peerSendsBlocks_data() { roles(); }
  void peerSendsBlocks() {
    QFETCH(Wire::Python, role);
    Wire wire(role, words("blocks 10 70000 3"));
    QVERIFY(wire.channel);
    const quint64 size = 4 + 10 + 4 + 70000 + 4 + 3 + 4;
    QVERIFY(waitForSize(*wire.connection, Direction::In, size));
    QCOMPARE(wire.in(), QByteArray::fromHex("0000000a") + pattern(10) + QByteArray::fromHex("00011170") +
                            pattern(70000) + QByteArray::fromHex("00000003") + pattern(3) + QByteArray(4, '\0'));
    wire.channel->send("thanks");
    wire.channel->finishSending();
    QCOMPARE(wire.python->line(), gotLine("thanks"));
    QVERIFY(wire.waitOver());
    QCOMPARE(eventKinds(*wire.connection), QStringLiteral("WeFinished PeerFinished Closed"));
  }

  // The peer finishes first; our answer is late and large, and arrives in full.
  void answersAfterThePeersFin_data() { roles(); }
  void answersAfterThePeersFin() {
    QFETCH(Wire::Python, role);
    Wire wire(role, words("ask question"));
    QVERIFY(wire.channel);
    QCOMPARE(wire.python->line(), QByteArray("finished"));
    SOON_VERIFY(wire.signalsSeen.contains(QStringLiteral("peerFinished")));
    QCOMPARE(wire.in(), QByteArray("question"));
    const QByteArray answer = pattern(megabytes);
    wire.channel->send(answer);
    QVERIFY(wire.channel->unsent() > 0);  // megabytes are queued when we finish
    wire.channel->finishSending();
    QCOMPARE(wire.python->line(60'000), gotLine(answer));
    QVERIFY(wire.waitOver());
    QCOMPARE(eventKinds(*wire.connection), QStringLiteral("PeerFinished WeFinished Closed"));
    QCOMPARE(wire.out(), answer);
  }

  // The peer's FIN comes while megabytes are queued already.
  void keepsItsQueueWhenThePeerFinishes() {
    Wire wire(Wire::Python::Serves, words("obey"));
    QVERIFY(wire.channel);
    const QByteArray answer = pattern(megabytes);
    wire.channel->send(answer);
    QCOMPARE(wire.order("fin"), QByteArray("ok"));
    SOON_COMPARE(wire.connection->stream(Direction::In).end(), StreamEnd::Fin);
    QVERIFY(wire.channel->unsent() > 0);
    wire.channel->finishSending();
    wire.python->tell("end");
    QCOMPARE(wire.python->line(60'000), "end " + gotLine(answer).sliced(4));
    QVERIFY(wire.waitOver());
    QCOMPARE(endsText(*wire.connection), QStringLiteral("Fin/Fin"));
  }

  // We finish first; what the peer sends afterwards arrives in full.
  void receivesAfterOurFin_data() { roles(); }
  void receivesAfterOurFin() {
    QFETCH(Wire::Python, role);
    Wire wire(role, words("late 5000000"));
    QVERIFY(wire.channel);
    const QByteArray question = pattern(3'000'000);
    wire.channel->send(question);
    wire.channel->finishSending();
    QCOMPARE(wire.python->line(), gotLine(question));
    QVERIFY(wire.waitOver());
    QCOMPARE(sha256(wire.in()), sha256(pattern(5'000'000)));
    QCOMPARE(eventKinds(*wire.connection), QStringLiteral("WeFinished PeerFinished Closed"));
    QCOMPARE(wire.signalsSeen, QStringList({QStringLiteral("weFinished"), QStringLiteral("received"),
                                            QStringLiteral("peerFinished"), QStringLiteral("over")}));
  }

  void bothFinishAtOnce() {
    Wire wire(Wire::Python::Serves, words("obey"));
    QVERIFY(wire.channel);
    wire.python->tell("fin");
    wire.channel->send("last words");
    wire.channel->finishSending();
    QCOMPARE(wire.python->line(), QByteArray("ok"));
    QCOMPARE(wire.order("end"), "end " + gotLine("last words").sliced(4));
    QVERIFY(wire.waitOver());
    QCOMPARE(endsText(*wire.connection), QStringLiteral("Fin/Fin"));
    QCOMPARE(wire.overs, 1);
  }

  void peerResets_data() { roles(); }
  void peerResets() {
    QFETCH(Wire::Python, role);
    Wire wire(role, words("obey"));
    QVERIFY(wire.channel);
    QCOMPARE(wire.order("send 616263"), QByteArray("ok"));
    QVERIFY(waitForSize(*wire.connection, Direction::In, 3));
    QCOMPARE(wire.order("reset"), QByteArray("ok"));
    QVERIFY(wire.waitOver());
    QCOMPARE(eventKinds(*wire.connection), QStringLiteral("PeerReset"));
    QCOMPARE(endsText(*wire.connection), QStringLiteral("Reset/Reset"));
    QVERIFY(wire.connection->event(wire.connection->eventCount() - 1).text.startsWith(QStringLiteral("RST: the peer")));
  }

  // An RST is noticed whatever we were doing: nothing, not reading, sending, or after either side's FIN.
  void noticesAReset_data() {
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QString>("kinds");
    QTest::addColumn<QString>("ends");
    QTest::newRow("not reading") << QByteArray("pause") << QStringLiteral("PeerReset") << QStringLiteral("Reset/Reset");
    QTest::newRow("sending megabytes") << QByteArray("flood") << QStringLiteral("PeerReset")
                                       << QStringLiteral("Reset/Reset");
    QTest::newRow("sending, not reading")
        << QByteArray("flood pause") << QStringLiteral("PeerReset") << QStringLiteral("Reset/Reset");
    QTest::newRow("after its FIN") << QByteArray("theirs") << QStringLiteral("PeerFinished PeerReset")
                                   << QStringLiteral("Fin/Reset");
    QTest::newRow("after our FIN") << QByteArray("ours") << QStringLiteral("WeFinished PeerReset")
                                   << QStringLiteral("Reset/Fin");
  }
  void noticesAReset() {
    QFETCH(QByteArray, before);
    QFETCH(QString, kinds);
    QFETCH(QString, ends);
    Wire wire(Wire::Python::Serves, words("obey"));
    QVERIFY(wire.channel);
    if (before.contains("pause")) {
      wire.channel->setReading(false);
      // What the peer sent before its RST is not lost, though nobody reads.
      QCOMPARE(wire.order("send 6c617374"), QByteArray("ok"));
    }
    if (before.contains("flood")) wire.channel->send(pattern(megabytes));
    if (before.contains("theirs")) {
      QCOMPARE(wire.order("fin"), QByteArray("ok"));
      SOON_COMPARE(wire.connection->stream(Direction::In).end(), StreamEnd::Fin);
    }
    if (before.contains("ours")) {
      wire.channel->finishSending();
      SOON_VERIFY(wire.signalsSeen.contains(QStringLiteral("weFinished")));
    }
    QCOMPARE(wire.order("reset"), QByteArray("ok"));
    QVERIFY(wire.waitOver());
    QCOMPARE(eventKinds(*wire.connection), kinds);
    QCOMPARE(endsText(*wire.connection), ends);
    if (before.contains("pause")) QCOMPARE(wire.in(), QByteArray("last"));
    QCOMPARE(wire.channel->unsent(), 0ULL);
  }

  void weReset_data() {
    QTest::addColumn<qsizetype>("queued");
    QTest::newRow("idle") << qsizetype(0);
    QTest::newRow("with megabytes queued") << megabytes;
  }
  void weReset() {
    QFETCH(qsizetype, queued);
    Wire wire(Wire::Python::Connects, words("obey"));
    QVERIFY(wire.channel);
    wire.channel->send(pattern(queued));
    wire.channel->reset();
    QVERIFY(wire.waitOver());
    QCOMPARE(wire.order("end"), QByteArray("end reset"));
    QCOMPARE(eventKinds(*wire.connection), QStringLiteral("WeReset"));
    QCOMPARE(endsText(*wire.connection), QStringLiteral("Reset/Reset"));
    const QString text = wire.connection->event(wire.connection->eventCount() - 1).text;
    QCOMPARE(text.contains(QStringLiteral("are lost")), queued > 0);
  }

  // A close with unread input loses nothing of what we sent: it drains first.
  void closesWithoutLoss() {
    Wire wire(Wire::Python::Serves, words("obey"));
    QVERIFY(wire.channel);
    wire.channel->setReading(false);
    QCOMPARE(wire.order("pattern 100000"), QByteArray("ok"));
    const QByteArray ours = pattern(2'000'000);
    wire.channel->send(ours);
    wire.channel->close();
    wire.python->tell("end");
    QCOMPARE(wire.python->line(), "end " + gotLine(ours).sliced(4));
    QCOMPARE(wire.order("close"), QByteArray("ok"));
    QVERIFY(wire.waitOver());
    QCOMPARE(wire.in(), pattern(100000));  // recorded while it closed
    QCOMPARE(eventKinds(*wire.connection), QStringLiteral("WeFinished PeerFinished Closed"));
  }

  void closeDoesNotWaitForEver_data() {
    QTest::addColumn<qsizetype>("queued");
    QTest::addColumn<QString>("kinds");
    QTest::newRow("a peer that does not finish") << qsizetype(10) << QStringLiteral("WeFinished Closed");
    QTest::newRow("a peer that does not read") << megabytes << QStringLiteral("WeReset");
  }
  void closeDoesNotWaitForEver() {
    QFETCH(qsizetype, queued);
    QFETCH(QString, kinds);
    Wire wire(Wire::Python::Serves, words("obey"));
    QVERIFY(wire.channel);
    wire.channel->send(pattern(queued));
    wire.channel->close();
    QVERIFY(wire.waitOver());
    QCOMPARE(eventKinds(*wire.connection), kinds);
    // A peer that has not taken everything is not told that it has.
    const QByteArray end = wire.order("end");
    QCOMPARE(end == "end reset", kinds == u"WeReset");
    // The wait begins with the last bytes that the peer took, or with our FIN.
    const StreamView out = wire.connection->stream(Direction::Out).view();
    const qint64 since = out.end == StreamEnd::Fin ? wire.connection->stream(Direction::Out).endTimeNs()
                                                   : out.chunks[out.chunks.count() - 1].timeNs;
    const qint64 ended = wire.connection->event(wire.connection->eventCount() - 1).timeNs;
    QVERIFY2(ended - since >= TcpChannel::closeWaitMs * 1'000'000LL, qPrintable(QString::number(ended - since)));
  }

  void chunksAreOfTheSizeAsked_data() {
    QTest::addColumn<int>("size");
    for (const int size : {1, 16, 8192}) QTest::addRow("%d", size) << size;
  }
  void chunksAreOfTheSizeAsked() {
    QFETCH(int, size);
    Wire wire(Wire::Python::Serves, words("obey"));
    QVERIFY(wire.channel);
    wire.channel->setReading(false);
    QCOMPARE(wire.order("pattern 20000"), QByteArray("ok"));  // all of it lies in the system before we read
    wire.channel->setReceiveSize(size);
    wire.channel->setReading(true);
    QVERIFY(waitForSize(*wire.connection, Direction::In, 20000));
    const QList<quint64> sizes = chunkSizes(wire.connection->stream(Direction::In));
    QCOMPARE(sizes.size(), (20000 + size - 1) / size);
    for (qsizetype i = 0; i + 1 < sizes.size(); ++i) QCOMPARE(sizes[i], static_cast<quint64>(size));
    QCOMPARE(wire.in(), pattern(20000));
  }

  void aDribbleIsAChunkAByte() {
    Wire wire(Wire::Python::Connects, words("dribble hello,octets"));
    QVERIFY(wire.channel);
    for (quint64 i = 1; i <= 12; ++i) {
      QVERIFY(waitForSize(*wire.connection, Direction::In, i));
      QCOMPARE(wire.connection->stream(Direction::In).chunkCount(), i);
      wire.python->tell("");
    }
    QCOMPARE(wire.in(), QByteArray("hello,octets"));
    const StreamView view = wire.connection->stream(Direction::In).view();
    for (quint64 i = 1; i < 12; ++i) QVERIFY(view.chunks[i].timeNs > view.chunks[i - 1].timeNs);
  }

  void eachSendIsAChunk() {
    Wire wire(Wire::Python::Serves, words("obey"));
    QVERIFY(wire.channel);
    for (const char *piece : {"a", "bc", "def"}) wire.channel->send(piece);
    QCOMPARE(wire.order("read 6"), QByteArray("read 616263646566"));
    QCOMPARE(chunkSizes(wire.connection->stream(Direction::Out)), QList<quint64>({1, 2, 3}));
  }

  void notReadingIsBackPressure() {
    Wire wire(Wire::Python::Serves, words("obey"));
    QVERIFY(wire.channel);
    wire.channel->setReading(false);
    // The peer sends until the two systems' buffers are full.
    const QByteArray filled = wire.order("fill 100000000");
    QVERIFY2(filled.startsWith("filled "), filled.constData());
    const auto size = filled.sliced(7).toLongLong();
    QVERIFY2(size < 50'000'000, filled.constData());
    QCOMPARE(wire.connection->stream(Direction::In).size(), 0ULL);
    wire.channel->setReading(true);
    QVERIFY(waitForSize(*wire.connection, Direction::In, static_cast<quint64>(size)));
    QCOMPARE(sha256(wire.in()), sha256(pattern(size)));
  }

  void anUrgentByteIsAByteOfTheStream() {
    Wire wire(Wire::Python::Serves, words("obey"));
    QVERIFY(wire.channel);
    QCOMPARE(wire.order("send 6162"), QByteArray("ok"));
    QCOMPARE(wire.order("urgent 63"), QByteArray("ok"));
    QCOMPARE(wire.order("send 6465"), QByteArray("ok"));
    SOON_COMPARE(wire.in(), QByteArray("abcde"));
  }

  void aHundredMegabytesBothWays_data() { roles(); }
  void aHundredMegabytesBothWays() {
    QFETCH(Wire::Python, role);
    Wire wire(role, words("flood 100000000"));
    QVERIFY(wire.channel);
    const QByteArray sent = wire.python->line();
    QVERIFY(waitForSize(*wire.connection, Direction::In, 100'000'000));
    SOON_COMPARE(wire.connection->stream(Direction::In).end(), StreamEnd::Fin);
    const QByteArray all = wire.in();
    QCOMPARE(sent, "sent " + gotLine(all).sliced(4));
    wire.channel->send(all);
    wire.channel->finishSending();
    QCOMPARE(wire.python->line(60'000), gotLine(all));
    QVERIFY(wire.waitOver());
    QCOMPARE(wire.connection->stream(Direction::Out).size(), 100'000'000ULL);
  }

  void overIPv6() {
    // A machine without IPv6 has no ::1 to bind to; there the same runs over IPv4.
    QTcpServer probe;
    const bool hasIPv6 = probe.listen(QHostAddress(QHostAddress::LocalHostIPv6));
    probe.close();
    const QString host = hasIPv6 ? QStringLiteral("::1") : QStringLiteral("127.0.0.1");
    for (const Wire::Python role : {Wire::Python::Serves, Wire::Python::Connects}) {
      Wire wire(role, words("ask question"), Wire::Kind::Tcp, host);
      QVERIFY(wire.channel);
      SOON_VERIFY(wire.signalsSeen.contains(QStringLiteral("peerFinished")));
      wire.channel->send("answer");
      wire.channel->close();
      QVERIFY(wire.waitOver());
      QCOMPARE(wire.connection->from().host, host);
      QCOMPARE(wire.connection->to().host, host);
      QVERIFY(wire.connection->from().port != 0 && wire.connection->to().port != 0);
    }
  }

  // A thread that receives at full speed has time for others between its turns.
  void doesNotStarveItsThread() {
    Wire wire(Wire::Python::Serves, words("flood 100000000"));
    QVERIFY(wire.channel);
    wire.channel->setReceiveSize(512);
    // Between two of its turns others have theirs: one turn is 64 calls of recv(), and two may fall together.
    quint64 most = 0;
    quint64 before = 0;
    QTimer ticker;
    QObject::connect(&ticker, &QTimer::timeout, &ticker, [&] {
      const quint64 size = wire.connection->stream(Direction::In).size();
      most = std::max(most, size - before);
      before = size;
    });
    ticker.start(0);
    QVERIFY(waitForSize(*wire.connection, Direction::In, 20'000'000));
    QVERIFY2(most <= 2 * 64 * 512, qPrintable(QString::number(most)));
  }
};

QTEST_GUILESS_MAIN(TestTcpChannel)
#include "tst_tcp_channel.moc"
