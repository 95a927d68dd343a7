// NetworkHub and its handles, from another thread than the sockets': listening, answering by itself, telling of what
// arrives, pausing.
#include "tests/model/transport/hub_fixture.h"

#include <QElapsedTimer>
#include <QTcpSocket>

using namespace octetscope;
using namespace octetscope::test;

class TestNetworkHub : public QObject, private HubFixture {
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
    QString because(const StreamView &, const Message &) const override { return {}; }
    Result<QByteArray> encode(QByteArrayView payload) const override {
      if (payload == QByteArrayView("unsayable")) return fail(QStringLiteral("it cannot be said"));
      return QByteArray(QByteArray(1, static_cast<char>(payload.size())) + payload.toByteArray());
    }
    quint64 maxMessage() const override { return 256; }
  };

 private Q_SLOTS:
  void init() { start(); }
  void cleanup() { stop(); }

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
    SOON_VERIFY(connection->unsent() >= 2 * 1024 * 1024);
    const auto stands = [&] {
      const quint64 before = connection->connection()->stream(Direction::In).size();
      return rounds(20) && connection->connection()->stream(Direction::In).size() == before;
    };
    SOON_VERIFY(stands());
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

  // The window's thread hears of any number of arrivals at most once in a painted frame.
  void tellsOfArrivalsOnceAFrame() {
    LiveListener *listener = listening();
    QVERIFY(listener);
    listener->setReceiveSize(100);
    auto python = client(listener, words("flood 5000000"));
    SOON_COMPARE(hub_->connections().size(), 1);
    LiveConnection *connection = hub_->connections()[0];
    // However slow the machine: from one telling to the next a frame passes, but for the last before the end.
    QElapsedTimer timer;
    int tellings = 0;
    int hasty = 0;
    connect(connection, &LiveConnection::activity, this, [&] {
      if (tellings++ > 0 && timer.nsecsElapsed() < 15'000'000) ++hasty;
      timer.start();
    });
    QVERIFY(isOver(connection));
    QCOMPARE(connection->connection()->stream(Direction::In).size(), 5'000'000ULL);
    QVERIFY(connection->connection()->stream(Direction::In).chunkCount() >= 50'000);
    QVERIFY(tellings >= 1);
    QVERIFY2(hasty <= 1, qPrintable(QString::number(hasty)));
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
    QVERIFY(rounds());
    QCOMPARE(connection->connection()->stream(Direction::In).size(), 0ULL);
    connection->setReading(true);
    QVERIFY(waitForSize(*connection->connection(), Direction::In, 1000));
    QCOMPARE(connection->connection()->stream(Direction::In).chunkCount(), 63ULL);
  }
};

QTEST_GUILESS_MAIN(TestNetworkHub)
#include "tst_network_hub.moc"
