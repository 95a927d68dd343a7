// ScriptedChannel plays exactly what its script says, and keeps the promises of a Channel.
#include "model/transport/scripted_channel.h"

#include "model/capture/capture.h"
#include "tests/support/live_test.h"

#include <QSignalSpy>
#include <QTimer>

using namespace octetscope;
using namespace octetscope::test;

class TestScriptedChannel : public QObject {
  Q_OBJECT

  Capture capture_{QStringLiteral("test")};
  /// Whether it is emitted while the event loop goes round a few times: nothing in these scripts waits for time.
  static bool said(const QSignalSpy &spy) {
    const qsizetype before = spy.size();
    for (int round = 0; round < 20; ++round) {
      bool isRound = false;
      QTimer::singleShot(0, [&] { isRound = true; });
      if (!QTest::qWaitFor([&] { return isRound; }, 60'000)) return true;
    }
    return spy.size() > before;
  }
  std::shared_ptr<Connection> newConnection() { return capture_.addConnection({}, {}); }

 private Q_SLOTS:
  void playsChunksAsTheyAre() {
    const auto connection = newConnection();
    ScriptedChannel channel({ScriptStep::chunk("ab"), ScriptStep::chunk("cdefg", 5), ScriptStep::fin()}, connection);
    channel.setReceiveSize(3);
    QSignalSpy received(&channel, &Channel::received);
    QSignalSpy finished(&channel, &Channel::peerFinished);
    QVERIFY(finished.wait(60'000));
    QCOMPARE(bytesOf(*connection, Direction::In), QByteArray("abcdefg"));
    QCOMPARE(chunkSizes(connection->stream(Direction::In)), QList<quint64>({2, 3, 2}));
    QCOMPARE(received.size(), 2);
    QCOMPARE(endsText(*connection), QStringLiteral("Fin/Open"));
    channel.send("late answer");
    channel.finishSending();
    QSignalSpy over(&channel, &Channel::over);
    QVERIFY(over.wait(60'000));
    QCOMPARE(bytesOf(*connection, Direction::Out), QByteArray("late answer"));
    QCOMPARE(eventKinds(*connection), QStringLiteral("PeerFinished WeFinished Closed"));
    QVERIFY(connection->isOver());
  }

  void waitsForDemandsAndAnswers() {
    const auto connection = newConnection();
    ScriptedChannel channel({ScriptStep::demand(), ScriptStep::chunk("?"), ScriptStep::answer(3),
                             ScriptStep::chunk("thanks"), ScriptStep::reset()},
                            connection);
    QSignalSpy received(&channel, &Channel::received);
    QVERIFY(!said(received));
    channel.proceed();
    QVERIFY(received.wait(60'000));
    channel.send("ye");
    QVERIFY(!said(received));
    channel.send("s");
    QSignalSpy over(&channel, &Channel::over);
    QVERIFY(over.wait(60'000));
    QVERIFY(channel.isAtEnd());
    QCOMPARE(bytesOf(*connection, Direction::In), QByteArray("?thanks"));
    QCOMPARE(endsText(*connection), QStringLiteral("Reset/Reset"));
  }

  void aStalledPeerTakesNothing() {
    const auto connection = newConnection();
    ScriptedChannel channel({ScriptStep::stall(), ScriptStep::demand(), ScriptStep::take()}, connection);
    QSignalSpy sent(&channel, &Channel::sent);
    SOON_VERIFY(channel.isAtEnd() || channel.unsent() == 0);
    QVERIFY(!said(sent));
    channel.send("hello");
    QVERIFY(!said(sent));
    QCOMPARE(channel.unsent(), 5ULL);
    channel.proceed();
    QVERIFY(sent.wait(60'000));
    QCOMPARE(channel.unsent(), 0ULL);
    QCOMPARE(bytesOf(*connection, Direction::Out), QByteArray("hello"));
  }

  void whatIsNotReadWaits() {
    const auto connection = newConnection();
    ScriptedChannel channel({ScriptStep::chunk("abc"), ScriptStep::fin()}, connection);
    channel.setReading(false);
    QSignalSpy received(&channel, &Channel::received);
    QVERIFY(!said(received));
    channel.setReading(true);
    QVERIFY(received.wait(60'000));
    SOON_COMPARE(connection->stream(Direction::In).end(), StreamEnd::Fin);
  }

  void endsWhenAsked() {
    const auto connection = newConnection();
    ScriptedChannel channel({ScriptStep::chunk("never", 60'000)}, connection);
    QSignalSpy over(&channel, &Channel::over);
    channel.reset();
    QVERIFY(connection->isOver());
    QVERIFY(over.wait(60'000));
    QCOMPARE(eventKinds(*connection), QStringLiteral("WeReset"));
    channel.cut();
    QVERIFY(!said(over));
  }
};

QTEST_GUILESS_MAIN(TestScriptedChannel)
#include "tst_scripted_channel.moc"
