#include "model/framing/resume.h"

namespace octetscope {

namespace {

constexpr quint64 mostOfAMessage = 256 * 1024;   // bytes that are looked at behind each place
constexpr quint64 mostBytes = 16 * 1024 * 1024;  // looked at in all
constexpr quint64 costOfAPlace = 64;             // in bytes: what it takes beside looking at them

/// Takes what it cost off `left`.
bool isFramedFrom(const Framer &framer, const StreamView &stream, quint64 at, int wanted, quint64 &left) {
  const StreamView seen = framer.readsChunks() ? stream : stream.prefix(at + mostOfAMessage);
  ScanState state = ScanState::startingAt(at);
  MessageBatch batch;
  batch.start(at, wanted);
  framer.scan(seen, state, batch);
  // A length is jumped over; an end that is searched for has every byte looked at.
  left -= std::min(left, costOfAPlace + (framer.scansBytes() ? state.scanned - at : 0));
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
  quint64 left = mostBytes;
  const quint64 end = stream.size() - from > within ? from + within + 1 : stream.size();
  for (quint64 at = from + 1; at < end && left > 0; ++at) {
    if (isFramedFrom(framer, stream, at, wanted, left)) return at;
  }
  return std::nullopt;
}

}  // namespace octetscope
