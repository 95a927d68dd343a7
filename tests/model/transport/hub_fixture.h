// HubFixture: a NetworkHub with a capture, and plain Python peers on either side of it. Waiting runs the event loop.
#pragma once

#include "model/capture/capture.h"
#include "model/transport/network_hub.h"
#include "tests/support/live_test.h"
#include "tests/support/python_peer.h"

#include <QSignalSpy>

#include <memory>

namespace octetscope::test {

class HubFixture {
 public:
  void start() {
    hub_ = std::make_unique<NetworkHub>();
    capture_ = std::make_unique<Capture>(QStringLiteral("test"));
  }
  void stop() {
    hub_.reset();
    capture_.reset();
  }

  LiveListener *listening(const ListenOptions &options = {}) {
    LiveListener *listener = hub_->listen(capture_.get(), options);
    QSignalSpy spy(listener, &LiveListener::listening);
    return spy.wait(60'000) ? listener : nullptr;
  }
  static std::unique_ptr<PythonPeer> client(const LiveListener *listener, const QStringList &behaviour) {
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

  /// Goes through the I/O thread and back: whatever it had to do or to tell before is done and told. The sockets are
  /// looked at between one round and the next, so two rounds see what had arrived before the first.
  bool rounds(int count = 2) {
    Capture probe{QStringLiteral("probe")};
    for (int i = 0; i < count; ++i) {
      LiveListener *listener = hub_->listen(&probe, {});
      QSignalSpy spy(listener, &LiveListener::listening);
      if (!spy.wait(60'000)) return false;
    }
    hub_->release(&probe);
    return true;
  }

 protected:
  std::unique_ptr<NetworkHub> hub_;
  std::unique_ptr<Capture> capture_;
};

}  // namespace octetscope::test
