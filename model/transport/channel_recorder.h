// ChannelRecorder: what every kind of Channel writes down about itself: the events in words, the ends of the two
// streams, in the order in which they happened. The recording thread's own.
#pragma once

#include "model/capture/connection.h"
#include "model/result.h"

#include <memory>

namespace octetscope {

class ChannelRecorder {
 public:
  explicit ChannelRecorder(std::shared_ptr<Connection> connection) : connection_(std::move(connection)) {}

  const std::shared_ptr<Connection> &connection() const { return connection_; }
  Stream &in() { return connection_->stream(Direction::In); }
  Stream &out() { return connection_->stream(Direction::Out); }
  qint64 stamp() { return connection_->clock().stamp(); }
  // One chunk: what was received into in().reserve(), or elsewhere, and what was sent.
  Result<void> received(quint64 size) {
    const Stream::Recording recording(in());
    return in().commit(size, stamp());
  }
  Result<void> received(ByteView bytes) {
    const Stream::Recording recording(in());
    return in().append(bytes, stamp());
  }
  Result<void> sent(ByteView bytes) {
    const Stream::Recording recording(out());
    return out().append(bytes, stamp());
  }
  /// The other end, as seen from here.
  Endpoint peer() const { return accepted_ ? connection_->from() : connection_->to(); }
  void setAccepted(bool accepted) { accepted_ = accepted; }

  // `note` replaces the usual words, where a channel has to say more.
  void peerFinished(const QString &note = {});
  void weFinished(const QString &note = {});
  // These end what is still open, and the connection:
  void peerReset(quint64 unsent);
  void weReset(quint64 unsent, const QString &note = {});
  void closed(const QString &text);
  void bothFinished();
  void failed(const Error &error);
  void cut();

 private:
  void end(StreamEnd end, Event::Kind kind, const QString &text);

  std::shared_ptr<Connection> connection_;
  bool accepted_ = false;
};

}  // namespace octetscope
