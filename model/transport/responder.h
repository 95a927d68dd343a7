// Responder: answers by itself what a connection receives: echo, framed echo, and the like. Runs in the I/O thread, one
// for each connection. It looks at the recorded stream, so it sees what the user sees.
#pragma once

#include "model/framing/framer.h"
#include "model/result.h"
#include "model/transport/channel.h"

#include <memory>
#include <optional>

namespace octetscope {

class Responder {
 public:
  virtual ~Responder() = default;

  struct Answer {
    bool pause = false;       ///< reading must stop until the queue is shorter
    bool more = false;        ///< there is more to answer: call again when the queue is shorter
    qint64 againAt = noTime;  ///< call again then: what is there may be answered because nothing came after it
    std::optional<Error> trouble = {};  ///< what could not be answered; it goes on with the rest
  };

  /// Called when the channel is there, after bytes were received, after the peer's FIN (in.end is Fin), and while there
  /// is more, when the queue has become shorter. Does a bounded amount of work.
  virtual Answer respond(const StreamView &in, Channel &channel) = 0;

  /// A queue of this many bytes stops reading.
  static constexpr quint64 mostUnsent = 2 * 1024 * 1024;
};

/// Sends back every byte (RFC 862).
class EchoResponder final : public Responder {
 public:
  Answer respond(const StreamView &in, Channel &channel) override;

 private:
  quint64 at_ = 0;
};

/// Sends back the payload of each complete message, encoded anew; messages in error are not answered.
class FramedEchoResponder final : public Responder {
 public:
  explicit FramedEchoResponder(FramerPtr framer) : framer_(std::move(framer)) {}
  Answer respond(const StreamView &in, Channel &channel) override;

 private:
  const FramerPtr framer_;
  ScanState state_;
  MessageBatch batch_;
  quint64 count_ = 0;
};

}  // namespace octetscope
