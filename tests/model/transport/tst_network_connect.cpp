// NetworkHub, connecting and listening where it cannot be done: every error says what to do about it. And the ways in
// which it can: by name, from a chosen address, over IPv6.
#include "tests/model/transport/hub_fixture.h"

#include <QTcpServer>
#include <QTcpSocket>

using namespace octetscope;
using namespace octetscope::test;

class TestNetworkConnect : public QObject, private HubFixture {
  Q_OBJECT

 private Q_SLOTS:
  void init() { start(); }
  void cleanup() { stop(); }

  void saysThatNothingListens() {
    // Taken and not listened on, so nobody else does.
    QTcpSocket taken;
    QVERIFY(taken.bind(QHostAddress::LocalHost));
    const quint16 port = taken.localPort();
    LiveConnection *connection = hub_->connectTo(capture_.get(), {.host = QStringLiteral("127.0.0.1"), .port = port});
    QSignalSpy failed(connection, &LiveConnection::failed);
    QVERIFY(isOver(connection));
    QCOMPARE(failed.size(), 1);
    QCOMPARE(failed[0][0].value<Error>().line(),
             QStringLiteral("connection refused by 127.0.0.1:%1: nothing listens there: start the server first, or "
                            "check the port")
                 .arg(port));
    QCOMPARE(eventKinds(*connection->connection()), QStringLiteral("Failed"));
    QCOMPARE(endsText(*connection->connection()), QStringLiteral("Cut/Cut"));
  }

  void saysThatTheNameIsNotFound() {
    LiveConnection *connection =
        hub_->connectTo(capture_.get(), {.host = QStringLiteral("no-such-host.invalid"), .port = 1060});
    QSignalSpy failed(connection, &LiveConnection::failed);
    QVERIFY(isOver(connection));
    QCOMPARE(failed.size(), 1);
    QVERIFY2(failed[0][0].value<Error>().line().contains(QStringLiteral("no-such-host.invalid")),
             qPrintable(failed[0][0].value<Error>().line()));
    QVERIFY(!failed[0][0].value<Error>().mend.isEmpty());
  }

  void saysThatNobodyAnswers() {
    PythonPeer deaf(QStringLiteral("deaf_server.py"), {});
    const quint16 port = deaf.port();
    QVERIFY(port);
    LiveConnection *connection =
        hub_->connectTo(capture_.get(), {.host = QStringLiteral("127.0.0.1"), .port = port, .timeoutMs = 400});
    QSignalSpy failed(connection, &LiveConnection::failed);
    QVERIFY(isOver(connection));
    const Connection &recorded = *connection->connection();
    QCOMPARE(recorded.eventCount(), 2ULL);
    QVERIFY(recorded.event(1).timeNs - recorded.event(0).timeNs >= 390'000'000);
    QCOMPARE(failed.size(), 1);
    QCOMPARE(failed[0][0].value<Error>().what, QStringLiteral("no answer from 127.0.0.1:%1 within 400 ms").arg(port));
  }

  void connectingIsGivenUp() {
    PythonPeer deaf(QStringLiteral("deaf_server.py"), {});
    LiveConnection *connection =
        hub_->connectTo(capture_.get(), {.host = QStringLiteral("127.0.0.1"), .port = deaf.port()});
    QSignalSpy failed(connection, &LiveConnection::failed);
    QSignalSpy ended(connection, &LiveConnection::deliveryEnded);
    connection->send("never");
    connection->close();
    QVERIFY(isOver(connection));
    QCOMPARE(failed.size(), 0);
    QCOMPARE(ended.size(), 1);
    QCOMPARE(ended[0][1].value<DeliveryEnd>(), DeliveryEnd::Cancelled);
    QCOMPARE(eventKinds(*connection->connection()), QStringLiteral("Closed"));
  }

  void saysThatAnAddressIsInUse() {
    LiveListener *first = listening();
    QVERIFY(first);
    LiveListener *second = hub_->listen(capture_.get(), {.port = first->endpoint().port});
    QSignalSpy failed(second, &LiveListener::failed);
    QSignalSpy stopped(second, &LiveListener::stopped);
    QVERIFY(stopped.wait(60'000));
    QCOMPARE(failed.size(), 1);
    QVERIFY(failed[0][0].value<Error>().what.contains(QStringLiteral("the address is in use")));
    QVERIFY(first->isListening());
  }

  void saysThatAnAddressIsNotOurs() {
    LiveListener *listener = hub_->listen(capture_.get(), {.host = QStringLiteral("192.0.2.1")});
    QSignalSpy failed(listener, &LiveListener::failed);
    QVERIFY(failed.wait(60'000));
    QVERIFY(failed[0][0].value<Error>().what.contains(QStringLiteral("no address of this machine")));
    LiveConnection *connection = hub_->connectTo(
        capture_.get(), {.host = QStringLiteral("127.0.0.1"), .port = 1, .bindHost = QStringLiteral("192.0.2.1")});
    QSignalSpy refused(connection, &LiveConnection::failed);
    QVERIFY(isOver(connection));
    QCOMPARE(refused.size(), 1);
    QVERIFY(refused[0][0].value<Error>().what.contains(QStringLiteral("no address of this machine")));
  }

  void connectsFromAChosenAddressByName() {
    LiveListener *listener = listening();
    QVERIFY(listener);
    LiveConnection *connection = hub_->connectTo(capture_.get(), {.host = QStringLiteral("localhost"),
                                                                  .port = listener->endpoint().port,
                                                                  .bindHost = QStringLiteral("127.0.0.2")});
    SOON_COMPARE(connection->state(), LinkState::Open);
    QCOMPARE(connection->connection()->from().host, QStringLiteral("127.0.0.2"));
    QCOMPARE(connection->connection()->to(), listener->endpoint());
  }

  // Of a name with several addresses all are tried: only IPv4 listens here, and localhost may mean ::1 first.
  void triesAllAddressesOfAName() {
    LiveListener *listener = listening();
    QVERIFY(listener);
    LiveConnection *connection =
        hub_->connectTo(capture_.get(), {.host = QStringLiteral("localhost"), .port = listener->endpoint().port});
    SOON_COMPARE(connection->state(), LinkState::Open);
  }

  void overIPv6() {
    QTcpServer probe;
    if (!probe.listen(QHostAddress::LocalHostIPv6)) QSKIP("this machine has no ::1");
    LiveListener *listener = listening({.host = QStringLiteral("::1")});
    QVERIFY(listener);
    QCOMPARE(listener->endpoint().host, QStringLiteral("::1"));
    LiveConnection *connection = hub_->connectTo(
        capture_.get(),
        {.host = QStringLiteral("::1"), .port = listener->endpoint().port, .bindHost = QStringLiteral("::1")});
    SOON_COMPARE(connection->state(), LinkState::Open);
    QCOMPARE(connection->connection()->to(), listener->endpoint());
    QCOMPARE(connection->connection()->from().host, QStringLiteral("::1"));
    connection->send("six");
    SOON_COMPARE(hub_->connections().size(), 2);
    QVERIFY(waitForSize(*hub_->connections()[1]->connection(), Direction::In, 3));
  }

  // Of a name only the addresses of the kind of the chosen one can be reached from it.
  void saysThatNoAddressIsOfThatKind() {
    QTcpServer probe;
    if (!probe.listen(QHostAddress::LocalHostIPv6)) QSKIP("this machine has no ::1");
    LiveConnection *connection = hub_->connectTo(
        capture_.get(), {.host = QStringLiteral("127.0.0.1"), .port = 1, .bindHost = QStringLiteral("::1")});
    QSignalSpy failed(connection, &LiveConnection::failed);
    QVERIFY(isOver(connection));
    QCOMPARE(failed.size(), 1);
    QCOMPARE(failed[0][0].value<Error>().what, QStringLiteral("127.0.0.1 has no address of the kind of ::1"));
  }
};

QTEST_GUILESS_MAIN(TestNetworkConnect)
#include "tst_network_connect.moc"
