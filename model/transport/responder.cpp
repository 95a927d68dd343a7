#include "model/transport/responder.h"

#include <QCoreApplication>

namespace octetscope {

namespace {

constexpr quint64 echoBlock = 64 * 1024;
constexpr quint64 mostEchoedInOneStep = 1024 * 1024;
constexpr int mostBatchesInOneStep = 8;

QString tr(const char *text) {
  return QCoreApplication::translate("octetscope::Responder", text);
}

}  // namespace

Responder::Answer EchoResponder::respond(const StreamView &in, Channel &channel) {
  const quint64 until = std::min(in.size(), at_ + mostEchoedInOneStep);
  while (at_ < until && channel.unsent() < mostUnsent) {
    const ByteRange block{at_, std::min(until, at_ + echoBlock)};
    channel.send(copyOf(in.bytes.view(block)));
    at_ = block.end;
  }
  const bool full = channel.unsent() >= mostUnsent;
  return {.pause = full, .more = at_ < in.size()};
}

Responder::Answer FramedEchoResponder::respond(const StreamView &in, Channel &channel) {
  Answer answer;
  for (int batches = 0; batches < mostBatchesInOneStep && channel.unsent() < mostUnsent; ++batches) {
    batch_.start(state_.at);
    framer_->scan(in, state_, batch_);
    if (batch_.isEmpty()) {
      const Message rest = framer_->rest(in, state_);
      if (rest.size > 0 && rest.status == Status::Incomplete) answer.againAt = framer_->finalAt(in, rest);
      return answer;
    }
    for (const Message &message : batch_.messages()) {
      const quint64 number = count_++;
      if (message.status != Status::Complete) continue;
      const auto payload = framer_->payload(in, message);
      const auto encoded =
          payload ? framer_->encodeOuter(*payload) : Result<QByteArray>(std::unexpected(payload.error()));
      if (encoded) {
        channel.send(*encoded);
      } else if (!answer.trouble) {
        answer.trouble =
            Error{tr("message %1 cannot be echoed: %2").arg(number).arg(encoded.error().what), encoded.error().mend};
      }
    }
  }
  answer.more = true;
  answer.pause = channel.unsent() >= mostUnsent;
  return answer;
}

}  // namespace octetscope
