// NetworkHub and its handles, from another thread than the sockets': listening, connecting, every error that can be
// mended, deliveries, responders, and the end of everything.
#include "model/transport/network_hub.h"

#include "model/capture/capture.h"
#include "tests/support/live_test.h"
#include "tests/support/python_peer.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>

#include <memory>

using namespace octetscope;
using namespace octetscope::test;

class TestNetworkHub : public QObject {
  Q_OBJECT

  /// The framing of a test that must not depend on those of the program: a byte of length, then so many bytes.
  class ByteCounted final : public Framer {
   public:
    QString spec() const override { return QStringLiteral("length:u8"); }
    void scan(const StreamView &stream, ScanState &state, MessageBatch &out) const override {
      while (state.at < stream.size()) {
        const quint64 size = 1ULL + stream.bytes[state.at];
        if (state.at + size > stream.size()) return;
        const Message message{state.at, size, state.at + 1, size - 1, Status::Complete};
        state.at += size;
        state.scanned = state.at;
        if (!out.add(message)) return;
      }
    }
    Message rest(const StreamView &stream, const ScanState &state) const override {
      return {state.at, stream.size() - state.at, notInStream, 0, Status::Incomplete};
    }
    Verdict verdict(const StreamView &, const Message &) const override { return {}; }
    QList<FramingPart> parts(const StreamView &, const Message &, const ScanState &, ByteRange, int) const override {
      return {};
    }
    QString explain(const StreamView &, const Message &, quint64) const override { return {}; }
    Result<QByteArray> encode(QByteArrayView payload) const override {
      if (payload == QByteArrayView("unsayable")) return fail(QStringLiteral("it cannot be said"));
      return QByteArray(QByteArray(1, static_cast<char>(payload.size())) + payload.toByteArray());
    }
    quint64 maxMessage() const override { return 256; }
  };

  std::unique_ptr<NetworkHub> hub_;
  std::unique_ptr<Capture> capture_;

  LiveListener *listening(const ListenOptions &options = {}) {
    LiveListener *listener = hub_->listen(capture_.get(), options);
    QSignalSpy spy(listener, &LiveListener::listening);
    return spy.wait() ? listener : nullptr;
  }
  std::unique_ptr<PythonPeer> client(const LiveListener *listener, const QStringList &behaviour) {
    return std::make_unique<PythonPeer>(
        QStringLiteral("tcp_peer.py"),
        QStringList{QStringLiteral("connect"), QString::number(listener->endpoint().port)} + behaviour);
  }
  /// A Python server that behaves so, and our connection to it.
  LiveConnection *toServer(std::unique_ptr<PythonPeer> &python, const QStringList &behaviour) {
    python =
        std::make_unique<PythonPeer>(QStringLiteral("tcp_peer.py"), QStringList{QStringLiteral("listen")} + behaviour);
    return hub_->connectTo(capture_.get(), {.host = QStringLiteral("127.0.0.1"), .port = python->port()});
  }
  static QStringList words(const char *text) { return QString::fromLatin1(text).split(QLatin1Char(' ')); }
  static bool isOver(LiveConnection *connection) {
    return QTest::qWaitFor([&] { return connection->state() == LinkState::Over; }, 60'000);
  }
  static QByteArray inOf(LiveConnection *connection) { return bytesOf(*connection->connection(), Direction::In); }
  static QByteArray outOf(LiveConnection *connection) { return bytesOf(*connection->connection(), Direction::Out); }

 private Q_SLOTS:
  void init() {
    hub_ = std::make_unique<NetworkHub>();
    capture_ = std::make_unique<Capture>(QStringLiteral("test"));
  }
  void cleanup() {
    hub_.reset();
    capture_.reset();
  }

  void listensAndAnswersAfterTheFin() {
    LiveListener *listener = listening();
    QVERIFY(listener);
    QCOMPARE(listener->endpoint().host, QStringLiteral("127.0.0.1"));
    listener->setAutoFinish(false);
    QSignalSpy accepted(listener, &LiveListener::accepted);
    auto python = client(listener, words("ask hello"));
    QVERIFY(accepted.wait(60'000));
    auto *connection = accepted[0][0].value<LiveConnection *>();
    QCOMPARE(hub_->live(capture_.get(), 0), connection);
    SOON_COMPARE(connection->state(), LinkState::PeerFinished);
    QVERIFY(connection->canSend());
    QCOMPARE(inOf(connection), QByteArray("hello"));
    const QByteArray answer = pattern(5'000'000);
    connection->send(answer);
    connection->finishSending();
    QVERIFY(!connection->canSend());
    QCOMPARE(python->line(), QByteArray("finished"));
    QCOMPARE(python->line(), gotLine(answer));
    QVERIFY(isOver(connection));
    QCOMPARE(connection->unsent(), 0ULL);
  }

  void tellsOfTheLastEventToo() {
    LiveListener *listener = listening();
    QVERIFY(listener);
    QHash<int, quint64> eventsTold;
    connect(hub_.get(), &NetworkHub::activity, this, [&] {
      for (int i = 0; i < capture_->connectionCount(); ++i) eventsTold[i] = capture_->connection(i)->eventCount();
    });
    // Bytes and both ends within a few milliseconds: less than the pause between two rounds of news.
    constexpr int rounds = 10;
    for (int i = 0; i < rounds; ++i) {
      auto python = client(listener, words("lines 3"));
      SOON_COMPARE(hub_->connections().size(), i + 1);
      QVERIFY(isOver(hub_->connections()[i]));
      QCOMPARE(eventsTold[i], capture_->connection(i)->eventCount());
      QCOMPARE(capture_->connection(i)->event(eventsTold[i] - 1).kind, Event::Kind::Closed);
    }
  }

  void finishesByItselfWhenNothingIsLeft() {
    LiveListener *listener = listening();
    QVERIFY(listener);
    auto python = client(listener, words("ask hello"));
    QCOMPARE(python->line(), QByteArray("finished"));
    QCOMPARE(python->line(), gotLine(""));
    SOON_COMPARE(hub_->connections().size(), 1);
    QVERIFY(isOver(hub_->connections()[0]));
    QCOMPARE(endsText(*capture_->connection(0)), QStringLiteral("Fin/Fin"));
  }

  void servesManyAtOnce() {
    LiveListener *listener = listening({.respond = Respond::Echo});
    QVERIFY(listener);
    std::vector<std::unique_ptr<QTcpSocket>> sockets;
    for (int i = 0; i < 60; ++i) {
      sockets.push_back(std::make_unique<QTcpSocket>());
      sockets.back()->connectToHost(QHostAddress::LocalHost, listener->endpoint().port);
    }
    for (std::size_t i = 0; i < sockets.size(); ++i) {
      SOON_COMPARE(sockets[i]->state(), QAbstractSocket::ConnectedState);
      sockets[i]->write(QByteArray::number(static_cast<int>(i)) + " is my number");
    }
    for (std::size_t i = 0; i < sockets.size(); ++i) {
      const QByteArray expected = QByteArray::number(static_cast<int>(i)) + " is my number";
      SOON_COMPARE(sockets[i]->bytesAvailable(), expected.size());
      QCOMPARE(sockets[i]->readAll(), expected);
    }
    QCOMPARE(capture_->connectionCount(), 60);
    QCOMPARE(hub_->connections().size(), 60);
    for (int i = 0; i < 60; ++i) QVERIFY(hub_->live(capture_.get(), i));
  }

  void onceAcceptsOne() {
    LiveListener *listener = hub_->listen(capture_.get(), {.once = true});
    QSignalSpy stopped(listener, &LiveListener::stopped);
    SOON_VERIFY(listener->endpoint().port != 0);
    auto python = client(listener, words("lines 3"));
    QVERIFY(stopped.wait(60'000));
    QVERIFY(!listener->isListening());
    SOON_COMPARE(hub_->connections().size(), 1);
    QVERIFY(isOver(hub_->connections()[0]));
    QCOMPARE(inOf(hub_->connections()[0]), QByteArray("line 0\nline 1\nline 2\n"));
  }

  void echoesMoreThanFitsAnyQueue() {
    LiveListener *listener = listening({.respond = Respond::Echo});
    QVERIFY(listener);
    const auto socket = std::make_unique<QTcpSocket>();
    socket->setReadBufferSize(1);  // takes nothing back, at first
    socket->connectToHost(QHostAddress::LocalHost, listener->endpoint().port);
    SOON_COMPARE(socket->state(), QAbstractSocket::ConnectedState);
    const QByteArray all = pattern(40'000'000);
    socket->write(all);
    SOON_COMPARE(hub_->connections().size(), 1);
    LiveConnection *connection = hub_->connections()[0];
    // It stops reading when 2 MiB wait: what it took is what the two systems' buffers took, and those.
    quint64 before = 0;
    SOON_VERIFY(connection->unsent() >= 2 * 1024 * 1024);
    QVERIFY(QTest::qWaitFor(
        [&] { return std::exchange(before, connection->connection()->stream(Direction::In).size()) == before; }));
    QVERIFY(connection->unsent() < 3 * 1024 * 1024);
    QVERIFY(connection->connection()->stream(Direction::In).size() < 30'000'000);
    socket->setReadBufferSize(0);
    QByteArray back;
    QVERIFY(QTest::qWaitFor(
        [&] {
          back += socket->readAll();
          return back.size() >= all.size();
        },
        60'000));
    QCOMPARE(sha256(back), sha256(all));
  }

  void echoesToPython() {
    LiveListener *listener = listening({.respond = Respond::Echo});
    QVERIFY(listener);
    auto python = client(listener, words("flood 2000000"));
    QVERIFY(python->line().startsWith("sent 2000000"));
    QCOMPARE(python->line(60'000), gotLine(pattern(2'000'000)));
  }

  void echoesMessages() {
    LiveListener *listener = listening({.respond = Respond::FramedEcho, .framer = std::make_shared<ByteCounted>()});
    QVERIFY(listener);
    auto python = client(listener, words("obey"));
    QCOMPARE(python->order("send 03616263"
                           "0264"),
             QByteArray("ok"));
    QCOMPARE(python->order("read 4"), QByteArray("read 03616263"));
    SOON_COMPARE(hub_->connections().size(), 1);
    QSignalSpy failed(hub_->connections()[0], &LiveConnection::failed);
    QCOMPARE(python->order("send 6509" + QByteArray("unsayable").toHex() + "0178"), QByteArray("ok"));
    QCOMPARE(python->order("read 5"), QByteArray("read 0264650178"));
    SOON_COMPARE(failed.size(), 1);
    QCOMPARE(failed[0][0].value<Error>().what, QStringLiteral("message 2 cannot be echoed: it cannot be said"));
    QCOMPARE(python->order("fin"), QByteArray("ok"));
    QCOMPARE(python->order("end"), "end " + gotLine("").sliced(4));
  }

  void closesAtOnceWhereAskedTo() {
    LiveListener *listener = listening({.respond = Respond::Close});
    QVERIFY(listener);
    auto python = client(listener, words("late 1000"));
    QCOMPARE(python->line(), gotLine(""));
    SOON_COMPARE(hub_->connections().size(), 1);
    QVERIFY(isOver(hub_->connections()[0]));
    QCOMPARE(inOf(hub_->connections()[0]), pattern(1000));
  }

  void discardsWithoutAnswer() {
    LiveListener *listener = listening({.respond = Respond::Discard});
    QVERIFY(listener);
    auto python = client(listener, words("ask hello"));
    QCOMPARE(python->line(), QByteArray("finished"));
    QCOMPARE(python->line(), gotLine(""));
  }

  // Errors, each with what to do about it.

  void saysThatNothingListens() {
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const quint16 port = server.serverPort();
    server.close();
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
    QElapsedTimer timer;
    timer.start();
    LiveConnection *connection =
        hub_->connectTo(capture_.get(), {.host = QStringLiteral("127.0.0.1"), .port = port, .timeoutMs = 400});
    QSignalSpy failed(connection, &LiveConnection::failed);
    QVERIFY(isOver(connection));
    QVERIFY(timer.elapsed() >= 380);
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

  // Deliveries.

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
    SOON_COMPARE(ended.size(), 3);
    QCOMPARE(ended[2][1].value<DeliveryEnd>() == DeliveryEnd::Cancelled ||
                 ended[0][1].value<DeliveryEnd>() == DeliveryEnd::Cancelled,
             true);
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
    QElapsedTimer timer;
    timer.start();
    QVERIFY(isOver(connection));
    QCOMPARE(outOf(connection), QByteArray("01234567890123456789"));
    QCOMPARE(chunkSizes(connection->connection()->stream(Direction::Out)), chunks + chunks);
    QCOMPARE(python->line(), gotLine("01234567890123456789"));
    QVERIFY(timer.elapsed() >= 2 * (chunks.size() - 1) * plan.intervalMs * 9 / 10);
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

  // The window's thread hears of any number of arrivals at most once in a painted frame.
  void tellsOfArrivalsOnceAFrame() {
    LiveListener *listener = listening();
    QVERIFY(listener);
    listener->setReceiveSize(100);
    auto python = client(listener, words("flood 5000000"));
    SOON_COMPARE(hub_->connections().size(), 1);
    LiveConnection *connection = hub_->connections()[0];
    QSignalSpy activity(connection, &LiveConnection::activity);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(isOver(connection));
    QCOMPARE(connection->connection()->stream(Direction::In).size(), 5'000'000ULL);
    QVERIFY(connection->connection()->stream(Direction::In).chunkCount() >= 50'000);
    QVERIFY(activity.size() >= 1);
    QVERIFY2(activity.size() <= timer.elapsed() / 15 + 3, qPrintable(QString::number(activity.size())));
  }

  void pausesReading() {
    LiveListener *listener = listening();
    QVERIFY(listener);
    auto python = client(listener, words("obey"));
    SOON_COMPARE(hub_->connections().size(), 1);
    LiveConnection *connection = hub_->connections()[0];
    connection->setReading(false);
    connection->setReceiveSize(16);
    connection->addNote(QStringLiteral("paused"));  // recorded after the two took effect
    SOON_COMPARE(eventKinds(*connection->connection()), QStringLiteral("Note"));
    QCOMPARE(python->order("pattern 1000"), QByteArray("ok"));
    QCOMPARE(connection->connection()->stream(Direction::In).size(), 0ULL);
    connection->setReading(true);
    QVERIFY(waitForSize(*connection->connection(), Direction::In, 1000));
    QCOMPARE(connection->connection()->stream(Direction::In).chunkCount(), 63ULL);
  }

  // The end.

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
};

QTEST_GUILESS_MAIN(TestNetworkHub)
#include "tst_network_hub.moc"
