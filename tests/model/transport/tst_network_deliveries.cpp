// NetworkHub, deliveries: bytes and files, whole and in pieces, waiting for each other, cancelled, and failing.
#include "tests/model/transport/hub_fixture.h"

#include <QTemporaryDir>

using namespace octetscope;
using namespace octetscope::test;

class TestNetworkDeliveries : public QObject, private HubFixture {
  Q_OBJECT

 private Q_SLOTS:
  void init() { start(); }
  void cleanup() { stop(); }

  void whatIsSentWhileConnectingWaits() {
    std::unique_ptr<PythonPeer> python;
    LiveConnection *connection = toServer(python, words("sink"));
    QCOMPARE(connection->state(), LinkState::Connecting);
    connection->send("first ");
    connection->send("second");
    connection->finishSending();
    QCOMPARE(connection->send("ignored"), 3);
    QSignalSpy ended(connection, &LiveConnection::deliveryEnded);
    QVERIFY(isOver(connection));
    QCOMPARE(python->line(), gotLine("first second"));
    QCOMPARE(ended.size(), 3);
    for (const auto &signal : std::as_const(ended)) {
      const bool sent = signal[0].toInt() < 3;
      QCOMPARE(signal[1].value<DeliveryEnd>(), sent ? DeliveryEnd::Sent : DeliveryEnd::Cancelled);
    }
    QCOMPARE(connection->deliveriesUnderWay(), 0);
  }

  void cutsWhatItDelivers_data() {
    QTest::addColumn<DeliveryPlan>("plan");
    QTest::addColumn<QList<quint64>>("chunks");
    QTest::newRow("whole") << DeliveryPlan::whole() << QList<quint64>{10};
    QTest::newRow("pieces of 3, no pause") << DeliveryPlan::pieces(3, 0) << QList<quint64>{3, 3, 3, 1};
    QTest::newRow("pieces of 4 every 20 ms") << DeliveryPlan::pieces(4, 20) << QList<quint64>{4, 4, 2};
    QTest::newRow("pieces of 10") << DeliveryPlan::pieces(10, 20) << QList<quint64>{10};
    QTest::newRow("pieces of 2^63") << DeliveryPlan::pieces(1ULL << 63, 20) << QList<quint64>{10};
    QTest::newRow("cuts") << DeliveryPlan::cutAt({1, 7}, 0) << QList<quint64>{1, 6, 3};
    QTest::newRow("cuts that are no cuts") << DeliveryPlan::cutAt({0, 4, 4, 10, 99}, 5) << QList<quint64>{4, 6};
  }
  void cutsWhatItDelivers() {
    QFETCH(DeliveryPlan, plan);
    QFETCH(QList<quint64>, chunks);
    std::unique_ptr<PythonPeer> python;
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("ten")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("0123456789");
    file.close();
    LiveConnection *connection = toServer(python, words("sink"));
    connection->send("0123456789", plan);
    connection->sendFile(file.fileName(), plan);
    connection->finishSending();
    QVERIFY(isOver(connection));
    QCOMPARE(outOf(connection), QByteArray("01234567890123456789"));
    QCOMPARE(chunkSizes(connection->connection()->stream(Direction::Out)), chunks + chunks);
    QCOMPARE(python->line(), gotLine("01234567890123456789"));
    // The pauses lie between the pieces of one delivery. What was written is stamped after it, the pause begins later.
    const StreamView out = connection->connection()->stream(Direction::Out).view();
    const auto pieces = static_cast<quint64>(chunks.size());
    for (quint64 i = 1; i < out.chunks.count(); ++i) {
      if (i == pieces) continue;
      QVERIFY(out.chunks[i].timeNs - out.chunks[i - 1].timeNs >= plan.intervalMs * 1'000'000LL);
    }
  }

  void sendsAFileAsThePeerTakesIt() {
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("large")));
    const QByteArray all = pattern(30'000'000);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(all);
    file.close();
    std::unique_ptr<PythonPeer> python;
    LiveConnection *connection = toServer(python, words("obey"));
    QSignalSpy progress(connection, &LiveConnection::deliveryProgress);
    QSignalSpy ended(connection, &LiveConnection::deliveryEnded);
    const int number = connection->sendFile(file.fileName());
    // The peer reads nothing yet: no more than the queue waits in memory.
    SOON_VERIFY(connection->unsent() > 0);
    SOON_VERIFY(!progress.isEmpty());
    QVERIFY(connection->unsent() <= 2 * 1024 * 1024);
    QCOMPARE(ended.size(), 0);
    connection->finishSending();
    python->tell("end");
    QCOMPARE(python->line(60'000), "end " + gotLine(all).sliced(4));
    SOON_COMPARE(ended.size(), 1);
    QCOMPARE(ended[0][0].toInt(), number);
    QCOMPARE(ended[0][1].value<DeliveryEnd>(), DeliveryEnd::Sent);
    QCOMPARE(progress.last()[1].toULongLong(), 30'000'000ULL);
    QCOMPARE(progress.last()[2].toULongLong(), 30'000'000ULL);
  }

  void aDeliveryIsCancelled() {
    std::unique_ptr<PythonPeer> python;
    LiveConnection *connection = toServer(python, words("sink"));
    QSignalSpy ended(connection, &LiveConnection::deliveryEnded);
    connection->send(pattern(1000), DeliveryPlan::pieces(100, 60'000));
    connection->send("waits behind it");
    QVERIFY(waitForSize(*connection->connection(), Direction::Out, 100));
    connection->cancelDelivery();
    connection->send("after");
    connection->finishSending();
    QCOMPARE(python->line(), gotLine(QByteArray(pattern(100) + "after")));
    QVERIFY(isOver(connection));
    QCOMPARE(ended.size(), 3);
    for (const auto &signal : std::as_const(ended)) {
      const bool sent = signal[0].toInt() == 3;
      QCOMPARE(signal[1].value<DeliveryEnd>(), sent ? DeliveryEnd::Sent : DeliveryEnd::Cancelled);
    }
  }

  void aFileThatCannotBeSent_data() {
    QTest::addColumn<QString>("path");
    QTest::newRow("none") << QStringLiteral("/no/such/file");
    QTest::newRow("a folder") << QDir::tempPath();
    QTest::newRow("a device") << QStringLiteral("/dev/zero");
  }
  void aFileThatCannotBeSent() {
    QFETCH(QString, path);
    std::unique_ptr<PythonPeer> python;
    LiveConnection *connection = toServer(python, words("sink"));
    QSignalSpy failed(connection, &LiveConnection::failed);
    connection->sendFile(path);
    connection->send("the rest goes on");
    connection->finishSending();
    QCOMPARE(python->line(), gotLine("the rest goes on"));
    SOON_COMPARE(failed.size(), 1);
    QVERIFY(failed[0][0].value<Error>().what.contains(path));
    QVERIFY(!failed[0][0].value<Error>().mend.isEmpty());
  }

  void resetsWithAllThatIsQueued() {
    std::unique_ptr<PythonPeer> python;
    LiveConnection *connection = toServer(python, words("obey"));
    SOON_COMPARE(connection->state(), LinkState::Open);
    connection->send(pattern(20'000'000));
    connection->reset();
    QVERIFY(isOver(connection));
    QCOMPARE(connection->unsent(), 0ULL);
    python->tell("end");
    QCOMPARE(python->line(), QByteArray("end reset"));
    QCOMPARE(eventKinds(*connection->connection()), QStringLiteral("WeReset"));
  }
};

QTEST_GUILESS_MAIN(TestNetworkDeliveries)
#include "tst_network_deliveries.moc"
