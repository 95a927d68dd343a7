// Connection: two streams between two addresses, and what happened to them (events). Recorded by one thread, read by
// any.
#pragma once

#include "model/capture/capture_clock.h"
#include "model/capture/stream.h"

#include <QString>

#include <array>
#include <memory>
#include <mutex>
#include <vector>

namespace octetscope {

/// An address as people write it: "127.0.0.1", 1060. Empty host: there is none (a raw file).
struct Endpoint {
  QString host;
  quint16 port = 0;

  bool isNone() const { return host.isEmpty(); }
  /// "127.0.0.1:1060", "[::1]:1060"; empty where there is none.
  QString text() const;
  bool operator==(const Endpoint &) const = default;
};

/// Something that happened to a connection, other than bytes arriving.
struct Event {
  enum class Kind : quint8 {
    Connecting,
    Connected,
    Accepted,
    PeerFinished,  ///< the peer's FIN: it will send no more
    WeFinished,    ///< our FIN, after everything queued had gone out
    PeerReset,
    WeReset,
    Closed,  ///< both directions are done, or we let go
    Failed,  ///< text says what and how to mend it
    Note,    ///< text alone (settings that changed what is captured, a demonstration's comment)
  };
  Kind kind = Kind::Note;
  qint64 timeNs = noTime;  ///< a stamp of the capture's clock: its place among the chunks
  QString text = {};       ///< one line for people, complete in itself
  quint64 inOffset = 0;    ///< bytes of `in` that were there
  quint64 outOffset = 0;   ///< bytes of `out` that were there
};

class Connection {
 public:
  /// `from` is who opened the connection (the client), `to` who accepted it.
  Connection(int number, std::shared_ptr<CaptureClock> clock, Endpoint from, Endpoint to);
  /// A connection over bytes that are there already: raw files, or an example. Only `in` has bytes.
  Connection(int number, std::shared_ptr<CaptureClock> clock, std::unique_ptr<Stream> in, bool isExample = false);

  /// Counts the connections of a capture from 0.
  int number() const { return number_; }
  CaptureClock &clock() const { return *clock_; }

  Stream &stream(Direction direction) { return *streams_[static_cast<int>(direction)]; }
  const Stream &stream(Direction direction) const { return *streams_[static_cast<int>(direction)]; }

  // Any thread:
  Endpoint from() const;
  Endpoint to() const;
  void setEndpoints(Endpoint from, Endpoint to);
  /// True where Octetscope stands between the two (relays, captures from the wire): directions are then shown as
  /// client→server, server→client.
  bool isObserved() const { return observed_; }

  /// True where its bytes are neither from the network nor from a file, but an example of ours.
  bool isExample() const { return isExample_; }

  /// Events in the order of their stamps; count only grows.
  quint64 eventCount() const;
  Event event(quint64 index) const;
  /// Stamps it and adds it. The recording thread alone.
  void addEvent(Event::Kind kind, QString text);
  /// True once nothing more will be recorded.
  bool isOver() const { return over_.load(std::memory_order_acquire); }
  void setOver() { over_.store(true, std::memory_order_release); }

 private:
  const int number_;
  const std::shared_ptr<CaptureClock> clock_;
  const bool observed_ = false;
  const bool isExample_ = false;
  std::array<std::unique_ptr<Stream>, 2> streams_;
  mutable std::mutex mutex_;  // guards what follows
  Endpoint from_;
  Endpoint to_;
  std::vector<Event> events_;
  std::atomic<bool> over_ = false;
};

}  // namespace octetscope
