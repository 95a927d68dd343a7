#include "model/framing/restarting_framer.h"

#include "model/framing/framing_words.h"

#include <algorithm>

namespace octetscope {

using namespace Qt::StringLiterals;

RestartingFramer::RestartingFramer(FramerPtr inner, QList<quint64> restarts)
    : inner_(std::move(inner)), restarts_(std::move(restarts)) {
  std::sort(restarts_.begin(), restarts_.end());
  restarts_.erase(std::unique(restarts_.begin(), restarts_.end()), restarts_.end());
}

/// What the inner framing sees of the stream from `offset` on: all of it, or up to the next place, where it is cut.
StreamView RestartingFramer::until(const StreamView &stream, quint64 offset) const {
  const auto next = std::upper_bound(restarts_.begin(), restarts_.end(), offset);
  StreamView part = stream;
  if (next != restarts_.end() && *next < stream.size()) {
    part = stream.prefix(*next);
    part.end = StreamEnd::Cut;
  }
  if (next != restarts_.begin()) part.framedFrom = *std::prev(next);
  return part;
}

void RestartingFramer::scan(const StreamView &stream, ScanState &state, MessageBatch &out) const {
  for (;;) {
    // A state that stands at a place may be from before it took effect.
    if (state.scanned == state.at && std::binary_search(restarts_.begin(), restarts_.end(), state.at)) {
      state = ScanState::startingAt(state.at);
    }
    const StreamView part = until(stream, state.at);
    inner_->scan(part, state, out);
    if (out.isFull() || part.size() == stream.size()) return;
    const Message cut = inner_->rest(part, state);
    state = ScanState::startingAt(part.size());
    if (cut.size > 0 && !out.add(cut)) return;
  }
}

Message RestartingFramer::rest(const StreamView &stream, const ScanState &state) const {
  return inner_->rest(until(stream, state.at), state);
}

Verdict RestartingFramer::verdict(const StreamView &stream, const Message &message) const {
  return inner_->verdict(until(stream, message.offset), message);
}

Verdict RestartingFramer::verdictFrom(const StreamView &stream, const Message &message, const ScanState &state) const {
  return inner_->verdictFrom(until(stream, message.offset), message, state);
}

QList<FramingPart> RestartingFramer::parts(const StreamView &stream, const Message &message, const ScanState &state,
                                           ByteRange shown, int most) const {
  return inner_->parts(until(stream, message.offset), message, state, shown, most);
}

QString RestartingFramer::explain(const StreamView &stream, const Message &message, quint64 number) const {
  return explainFrom(stream, message, number, ScanState::startingAt(message.offset));
}

QString RestartingFramer::explainFrom(const StreamView &stream, const Message &message, quint64 number,
                                      const ScanState &state) const {
  const StreamView part = until(stream, message.offset);
  QString words = inner_->explainFrom(part, message, number, state);
  if (isCut(part, stream, message)) {
    words += u" The framing was started again at byte %1."_s.arg(grouped(message.end()));
  }
  return words;
}

bool RestartingFramer::isCut(const StreamView &part, const StreamView &stream, const Message &message) const {
  return part.size() < stream.size() && message.end() == part.size() &&
         (message.status != Status::Complete || readsChunks());
}

QString RestartingFramer::because(const StreamView &stream, const Message &message) const {
  const StreamView part = until(stream, message.offset);
  if (isCut(part, stream, message)) return u"the framing was started again there"_s;
  return inner_->because(part, message);
}

quint64 RestartingFramer::seenFrom(const StreamView &stream, const Message &message, const Message *before) const {
  // Behind a place nothing is known of what was before it.
  const auto place = std::upper_bound(restarts_.begin(), restarts_.end(), message.offset);
  if (before && place != restarts_.begin() && *std::prev(place) > before->offset) before = nullptr;
  return inner_->seenFrom(until(stream, message.offset), message, before);
}

Result<void> RestartingFramer::payloadPieces(const StreamView &stream, const Message &message,
                                             const TakePiece &take) const {
  return inner_->payloadPieces(until(stream, message.offset), message, take);
}

FramerPtr withRestarts(FramerPtr inner, const QList<quint64> &restarts) {
  if (restarts.isEmpty()) return inner;
  return std::make_shared<RestartingFramer>(std::move(inner), restarts);
}

}  // namespace octetscope
