#include "model/framing/resume.h"

#include <QDeadlineTimer>

namespace octetscope {

namespace {

constexpr quint64 mostOfAMessage = 256 * 1024;  // bytes that are looked at behind each place
constexpr int mostMs = 8;

bool isFramedFrom(const Framer &framer, const StreamView &stream, quint64 at, int wanted) {
  const StreamView seen = framer.readsChunks() ? stream : stream.prefix(at + mostOfAMessage);
  ScanState state = ScanState::startingAt(at);
  MessageBatch batch;
  batch.start(at, wanted);
  framer.scan(seen, state, batch);
  bool hasPayload = false;
  for (const Message &message : batch.messages()) {
    if (message.status != Status::Complete) return false;
    hasPayload = hasPayload || message.payloadSize > 0;
  }
  const bool isWhole = !batch.isEmpty() && state.at == stream.size();
  return hasPayload && (batch.messages().size() == static_cast<std::size_t>(wanted) || isWhole);
}

}  // namespace

std::optional<quint64> nextFramedPlace(const Framer &framer, const StreamView &stream, quint64 from, quint64 within,
                                       int wanted) {
  const QDeadlineTimer deadline(mostMs);
  const quint64 end = stream.size() - from > within ? from + within + 1 : stream.size();
  for (quint64 at = from + 1; at < end; ++at) {
    if (isFramedFrom(framer, stream, at, wanted)) return at;
    if (at % 64 == 0 && deadline.hasExpired()) break;
  }
  return std::nullopt;
}

}  // namespace octetscope
