// NetworkHub, the end: of one connection, of a capture's, of all of them, of the hub itself; and that nothing is said
// of a connection after its end.
#include "tests/model/transport/hub_fixture.h"

#include <QPointer>
#include <QTcpSocket>
#include <QThread>

#include <algorithm>

using namespace octetscope;
using namespace octetscope::test;

namespace {

/// Everything a connection says, a word each, in order: "over" must be the last.
class Story {
 public:
  explicit Story(LiveConnection *connection) {
    const auto say = [this](const QString &word) { words.append(word); };
    QObject::connect(connection, &LiveConnection::stateChanged, connection, [=, this](LinkState state) {
      if (state == LinkState::Over) underWayAtTheEnd = connection->deliveriesUnderWay();
      say(state == LinkState::Over ? QStringLiteral("over") : QStringLiteral("state"));
    });
    QObject::connect(connection, &LiveConnection::activity, connection, [=] { say(QStringLiteral("activity")); });
    QObject::connect(connection, &LiveConnection::failed, connection, [=] { say(QStringLiteral("failed")); });
    QObject::connect(connection, &LiveConnection::deliveryProgress, connection,
                     [=] { say(QStringLiteral("progress")); });
    QObject::connect(connection, &LiveConnection::deliveryEnded, connection, [=, this](int number, DeliveryEnd end) {
      say(QStringLiteral("ended"));
      deliveries.append({number, end});
    });
  }

  QStringList words;
  QList<std::pair<int, DeliveryEnd>> deliveries;
  int underWayAtTheEnd = -1;
};

enum class Way : quint8 { Refused, GivenUp, PeerReset, PeerClosed, WeClosed, WeReset, WeCut, StopAll };

}  // namespace

class TestNetworkEnd : public QObject, private HubFixture {
  Q_OBJECT

 private Q_SLOTS:
  void init() { start(); }
  void cleanup() { stop(); }

  void releaseLeavesTheCaptureAlone() {
    LiveListener *listener = listening({.respond = Respond::Echo});
    QVERIFY(listener);
    auto python = client(listener, words("flood 100000000"));
    SOON_COMPARE(hub_->connections().size(), 1);
    const auto recorded = hub_->connections()[0]->connection();
    QVERIFY(waitForSize(*recorded, Direction::In, 1));
    auto other = std::make_unique<Capture>(QStringLiteral("other"));
    LiveListener *otherListener = hub_->listen(other.get(), {});
    hub_->release(capture_.get());
    QVERIFY(recorded->isOver());
    QCOMPARE(recorded->stream(Direction::In).end(), StreamEnd::Cut);
    const quint64 size = recorded->stream(Direction::In).size();
    capture_.reset();
    QVERIFY(hub_->connections().isEmpty());
    QCOMPARE(hub_->listeners(), QList<LiveListener *>{otherListener});
    SOON_VERIFY(otherListener->isListening());
    QCOMPARE(recorded->stream(Direction::In).size(), size);
    hub_->release(other.get());
  }

  void stopAllEndsEverything() {
    LiveListener *listener = listening();
    QVERIFY(listener);
    auto python = client(listener, words("obey"));
    SOON_COMPARE(hub_->connections().size(), 1);
    QCOMPARE(python->order("send 616263"), QByteArray("ok"));
    LiveConnection *connection = hub_->connections()[0];
    QVERIFY(waitForSize(*connection->connection(), Direction::In, 3));
    hub_->stopAll();
    QVERIFY(connection->connection()->isOver());
    QCOMPARE(endsText(*connection->connection()), QStringLiteral("Cut/Cut"));
    SOON_COMPARE(connection->state(), LinkState::Over);
    SOON_VERIFY(!listener->isListening());
  }

  void endsWhileEverythingRuns() {
    LiveListener *listener = listening({.respond = Respond::Echo});
    QVERIFY(listener);
    auto python = client(listener, words("flood 50000000"));
    SOON_VERIFY(!hub_->connections().isEmpty());
    LiveConnection *mine =
        hub_->connectTo(capture_.get(), {.host = QStringLiteral("127.0.0.1"), .port = listener->endpoint().port});
    mine->send(pattern(10'000'000));
    QVERIFY(waitForSize(*hub_->connections()[0]->connection(), Direction::In, 100'000));
    hub_.reset();
    QVERIFY(capture_->connection(0)->isOver());
    QVERIFY(capture_->connection(1)->isOver());
  }

  // Over comes last, whichever way it ends, and however late something is still asked for: every delivery has been told
  // to have ended by then, once, and afterwards nothing is said and nothing is recorded.
  void overComesLast_data() {
    QTest::addColumn<Way>("way");
    QTest::newRow("refused") << Way::Refused;
    QTest::newRow("given up") << Way::GivenUp;
    QTest::newRow("reset by the peer") << Way::PeerReset;
    QTest::newRow("finished by both") << Way::PeerClosed;
    QTest::newRow("closed by us") << Way::WeClosed;
    QTest::newRow("reset by us") << Way::WeReset;
    QTest::newRow("cut by us") << Way::WeCut;
    QTest::newRow("all stopped") << Way::StopAll;
  }
  void overComesLast() {
    QFETCH(Way, way);
    QTcpSocket taken;
    QVERIFY(taken.bind(QHostAddress::LocalHost));
    std::unique_ptr<PythonPeer> python;
    LiveConnection *connection = nullptr;
    if (way == Way::Refused) {
      connection = hub_->connectTo(capture_.get(), {.host = QStringLiteral("127.0.0.1"), .port = taken.localPort()});
    } else if (way == Way::GivenUp) {
      // Where nobody answers: whatever the threads do first, it is still connecting.
      python = std::make_unique<PythonPeer>(QStringLiteral("deaf_server.py"), QStringList{});
      connection = hub_->connectTo(capture_.get(), {.host = QStringLiteral("127.0.0.1"), .port = python->port()});
    } else {
      connection = toServer(python, words("obey"));
    }
    Story story(connection);
    const bool connects = way != Way::Refused && way != Way::GivenUp;
    if (connects) {
      SOON_COMPARE(connection->state(), LinkState::Open);
      connection->send("arrives");
      QCOMPARE(python->order("read 7"), "read " + QByteArray("arrives").toHex());
      SOON_COMPARE(story.deliveries.size(), 1);
    }
    const bool takesMore = way != Way::PeerClosed && way != Way::WeClosed;
    const int before = connects ? 1 : 0;
    if (takesMore) {
      connection->send(pattern(1000), DeliveryPlan::pieces(1, 60'000));
      connection->sendFile(QStringLiteral("/does/not/exist"));
    }
    switch (way) {
      case Way::Refused:
        break;
      case Way::GivenUp:
      case Way::WeClosed:
        connection->close();
        break;
      case Way::PeerReset:
        python->tell("reset");
        break;
      case Way::PeerClosed:
        connection->finishSending();
        break;
      case Way::WeReset:
        connection->reset();
        break;
      case Way::WeCut:
        connection->cut();
        break;
      case Way::StopAll:
        hub_->stopAll();
        break;
    }
    if (way == Way::PeerClosed || way == Way::WeClosed) python->tell("close");
    // No event of this thread runs while the connection ends in the other: what is asked for here is asked too late.
    while (!connection->connection()->isOver()) QThread::yieldCurrentThread();
    QVERIFY(connection->state() != LinkState::Over);
    QVERIFY(connection->send("too late") > 0);
    QVERIFY(connection->sendFile(QStringLiteral("/does/not/exist")) > 0);
    connection->finishSending();
    connection->setReading(true);
    connection->setAutoFinish(true);
    connection->cancelDelivery();
    connection->close();
    connection->addNote(QStringLiteral("too late"));
    const int asked = before + (takesMore ? 2 : 0) + 2;
    // Whoever sends again from the news of the end asks for what nobody will tell of.
    int refused = 0;
    connect(connection, &LiveConnection::deliveryEnded, this, [&] {
      if (connection->deliveriesUnderWay() == 0 && connection->send("again") == 0) ++refused;
    });
    QVERIFY(isOver(connection));
    QCOMPARE(refused, 1);
    QCOMPARE(story.words.last(), QStringLiteral("over"));
    QCOMPARE(story.underWayAtTheEnd, 0);
    QCOMPARE(connection->deliveriesUnderWay(), 0);
    QCOMPARE(story.deliveries.size(), asked);
    for (int i = 0; i < asked; ++i) {
      QCOMPARE(std::ranges::count(story.deliveries, i + 1, [](const auto &one) { return one.first; }), 1);
      QCOMPARE(story.deliveries[i].second, i < before ? DeliveryEnd::Sent : DeliveryEnd::Cancelled);
    }
    const quint64 events = connection->connection()->eventCount();
    QCOMPARE(connection->send("later still"), 0);
    QCOMPARE(connection->sendFile(QStringLiteral("/does/not/exist")), 0);
    connection->cancelDelivery();
    connection->finishSending();
    connection->close();
    connection->reset();
    connection->addNote(QStringLiteral("later still"));
    QVERIFY(rounds());
    QCOMPARE(story.words.count(QStringLiteral("over")), 1);
    QCOMPARE(story.words.last(), QStringLiteral("over"));
    QCOMPARE(story.deliveries.size(), asked);
    QCOMPARE(connection->connection()->eventCount(), events);
    QCOMPARE(connection->unsent(), 0ULL);
  }

  // A hub that goes, and a capture that is released, say nothing of their connections any more.
  void whatGoesFirstSaysNothing_data() {
    QTest::addColumn<bool>("hub");
    QTest::newRow("the hub") << true;
    QTest::newRow("the capture") << false;
  }
  void whatGoesFirstSaysNothing() {
    QFETCH(bool, hub);
    std::unique_ptr<PythonPeer> python;
    QPointer<LiveConnection> connection = toServer(python, words("obey"));
    SOON_COMPARE(connection->state(), LinkState::Open);
    const auto recorded = connection->connection();
    connection->send(pattern(1000), DeliveryPlan::pieces(1, 60'000));
    QVERIFY(waitForSize(*recorded, Direction::Out, 1));
    Story story(connection);
    connection->send("never");
    if (hub) {
      hub_.reset();
      QVERIFY(!connection);
    } else {
      hub_->release(capture_.get());
      QVERIFY(rounds());
      SOON_VERIFY(!connection);
    }
    QCOMPARE(story.words, QStringList());
    QCOMPARE(endsText(*recorded), QStringLiteral("Cut/Cut"));
    QCOMPARE(python->order("end").first(3), QByteArray("end"));
  }
};

QTEST_GUILESS_MAIN(TestNetworkEnd)
#include "tst_network_end.moc"
