// The contract of Channel, held to by every kind: one test over TcpChannel and SocketChannel. What a kind says it
// cannot do is not asked of it, but it must say so.
#include "tests/model/transport/wire.h"

using namespace octetscope;
using namespace octetscope::test;

class TestChannelContract : public QObject {
  Q_OBJECT

  static QStringList words(const char *text) { return QString::fromLatin1(text).split(QLatin1Char(' ')); }

 private Q_SLOTS:
  void initTestCase_data() {
    QTest::addColumn<Wire::Kind>("kind");
    QTest::newRow("TcpChannel") << Wire::Kind::Tcp;
    QTest::newRow("SocketChannel") << Wire::Kind::Socket;
  }

  void saysWhatItCannotDo() {
    QFETCH_GLOBAL(Wire::Kind, kind);
    Wire wire(Wire::Python::Serves, words("obey"), kind);
    QVERIFY(wire.channel);
    const ChannelAbilities abilities = wire.channel->abilities();
    const bool everything = abilities.halfClose && abilities.reset && abilities.exactChunks;
    QCOMPARE(abilities.limits.isEmpty(), everything);
    QCOMPARE(everything, kind == Wire::Kind::Tcp);
  }

  void recordsWhatComesAndGoes() {
    QFETCH_GLOBAL(Wire::Kind, kind);
    Wire wire(Wire::Python::Serves, words("obey"), kind);
    QVERIFY(wire.channel);
    QCOMPARE(wire.order("send 68656c6c6f"), QByteArray("ok"));
    QVERIFY(waitForSize(*wire.connection, Direction::In, 5));
    QCOMPARE(wire.in(), QByteArray("hello"));
    wire.channel->send("good");
    wire.channel->send("bye");
    wire.channel->send({});
    QCOMPARE(wire.order("read 7"), QByteArray("read " + QByteArray("goodbye").toHex()));
    SOON_COMPARE(wire.out(), QByteArray("goodbye"));
    SOON_COMPARE(wire.channel->unsent(), 0ULL);
    QCOMPARE(wire.overs, 0);
    QVERIFY(!wire.connection->isOver());
  }

  void sendEmitsNothingItself() {
    QFETCH_GLOBAL(Wire::Kind, kind);
    Wire wire(Wire::Python::Serves, words("obey"), kind);
    QVERIFY(wire.channel);
    QSignalSpy sent(wire.channel.get(), &Channel::sent);
    QSignalSpy drained(wire.channel.get(), &Channel::drained);
    wire.channel->send("words");
    QCOMPARE(sent.size() + drained.size(), 0);
    SOON_COMPARE(drained.size(), 1);
    QCOMPARE(sent.last()[0].toULongLong(), 0ULL);
  }

  void receivesLargeAmounts() {
    QFETCH_GLOBAL(Wire::Kind, kind);
    Wire wire(Wire::Python::Serves, words("flood 3000000"), kind);
    QVERIFY(wire.channel);
    QVERIFY(waitForSize(*wire.connection, Direction::In, 3'000'000));
    QCOMPARE(wire.in(), pattern(3'000'000));
  }

  void noChunkIsLargerThanTheReceiveSize() {
    QFETCH_GLOBAL(Wire::Kind, kind);
    Wire wire(Wire::Python::Serves, words("obey"), kind);
    QVERIFY(wire.channel);
    wire.channel->setReceiveSize(100);
    QCOMPARE(wire.order("pattern 5000"), QByteArray("ok"));
    QVERIFY(waitForSize(*wire.connection, Direction::In, 5000));
    for (const quint64 size : chunkSizes(wire.connection->stream(Direction::In))) QVERIFY(size <= 100);
    QCOMPARE(wire.in(), pattern(5000));
  }

  void pausesAndGoesOn() {
    QFETCH_GLOBAL(Wire::Kind, kind);
    Wire wire(Wire::Python::Serves, words("obey"), kind);
    QVERIFY(wire.channel);
    wire.channel->setReading(false);
    QCOMPARE(wire.order("pattern 50000"), QByteArray("ok"));
    wire.channel->send("?");
    QCOMPARE(wire.order("read 1"), QByteArray("read 3f"));  // the event loop has run meanwhile
    QCOMPARE(wire.in().size(), 0);
    wire.channel->setReading(true);
    QVERIFY(waitForSize(*wire.connection, Direction::In, 50'000));
    QCOMPARE(wire.in(), pattern(50'000));
  }

  void thePeersEndIsSeenAfterAllItsBytes() {
    QFETCH_GLOBAL(Wire::Kind, kind);
    Wire wire(Wire::Python::Serves, words("lines 2000"), kind);
    QVERIFY(wire.channel);
    SOON_COMPARE(wire.connection->stream(Direction::In).end(), StreamEnd::Fin);
    QVERIFY(wire.in().endsWith("line 1999\n"));
    QVERIFY(wire.signalsSeen.contains(QStringLiteral("peerFinished")));
    if (wire.channel->abilities().halfClose) {
      QCOMPARE(wire.overs, 0);
      wire.channel->finishSending();
    }
    QVERIFY(wire.waitOver());
    QCOMPARE(wire.overs, 1);
    QCOMPARE(wire.signalsSeen.last(), QStringLiteral("over"));
    QVERIFY(wire.connection->isOver());
  }

  void finishesAfterItsQueue() {
    QFETCH_GLOBAL(Wire::Kind, kind);
    Wire wire(Wire::Python::Serves, words("sink"), kind);
    QVERIFY(wire.channel);
    wire.channel->send(pattern(3'000'000));
    wire.channel->finishSending();
    wire.channel->send("too late");
    QCOMPARE(wire.python->line(), gotLine(pattern(3'000'000)));
    QVERIFY(wire.waitOver());
  }

  void closesAfterItsQueue() {
    QFETCH_GLOBAL(Wire::Kind, kind);
    Wire wire(Wire::Python::Serves, words("sink"), kind);
    QVERIFY(wire.channel);
    wire.channel->send(pattern(3'000'000));
    wire.channel->close();
    wire.channel->send("too late");
    QCOMPARE(wire.python->line(), gotLine(pattern(3'000'000)));
    QVERIFY(wire.waitOver());
    QCOMPARE(wire.overs, 1);
    QCOMPARE(wire.connection->stream(Direction::Out).end(), StreamEnd::Fin);
  }

  void endsAtOnceWhereAskedTo_data() {
    QTest::addColumn<bool>("withReset");
    QTest::newRow("reset") << true;
    QTest::newRow("cut") << false;
  }
  void endsAtOnceWhereAskedTo() {
    QFETCH_GLOBAL(Wire::Kind, kind);
    QFETCH(bool, withReset);
    Wire wire(Wire::Python::Serves, words("obey"), kind);
    QVERIFY(wire.channel);
    wire.channel->send(pattern(20'000'000));
    if (withReset) {
      wire.channel->reset();
    } else {
      wire.channel->cut();
    }
    QCOMPARE(wire.overs, 0);  // told from the event loop
    QVERIFY(wire.connection->isOver());
    QCOMPARE(wire.channel->unsent(), 0ULL);
    // Nothing that is asked for afterwards does anything.
    wire.channel->send("x");
    wire.channel->finishSending();
    wire.channel->close();
    wire.channel->reset();
    wire.channel->cut();
    QVERIFY(wire.waitOver());
    const quint64 events = wire.connection->eventCount();
    const QByteArray end = wire.order("end");
    QVERIFY2(end.startsWith("end"), end.constData());
    if (withReset && wire.channel->abilities().reset) QCOMPARE(end, QByteArray("end reset"));
    QCOMPARE(wire.overs, 1);
    QCOMPARE(wire.connection->eventCount(), events);
    QCOMPARE(wire.connection->stream(Direction::In).end(), withReset ? StreamEnd::Reset : StreamEnd::Cut);
  }

  void aDeletedChannelIsOver() {
    QFETCH_GLOBAL(Wire::Kind, kind);
    Wire wire(Wire::Python::Serves, words("obey"), kind);
    QVERIFY(wire.channel);
    wire.channel.reset();
    QVERIFY(wire.connection->isOver());
    QCOMPARE(endsText(*wire.connection), QStringLiteral("Cut/Cut"));
    QVERIFY(wire.order("end").startsWith("end"));
  }
};

QTEST_GUILESS_MAIN(TestChannelContract)
#include "tst_channel_contract.moc"
