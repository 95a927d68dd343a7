#include "model/files/message_reader.h"

namespace octetscope {

namespace {
constexpr quint64 joinedAtOnce = 1 << 20;  // bytes of the stream
}

MessageReader::MessageReader(FramerPtr framer, StreamLabel label, quint64 start)
    : framer_(std::move(framer)), label_(std::move(label)), start_(start), state_(ScanState::startingAt(start)) {
  if (framer_->joinedBy()) {
    joined_ = JoinedStream::of(framer_, start);
    framer_ = joined_->cutBy();
    start_ = 0;
    state_ = {};
  }
  batch_.start(state_.at);
}

void MessageReader::setView(StreamView view) {
  if (!joined_) return take(std::move(view));
  raw_ = std::move(view);
  joinMore();
}

void MessageReader::take(StreamView view) {
  view_ = std::move(view);
  view_.framedFrom = start_;
  // The end is looked at last, so that it is known which messages only the end completed.
  end_ = view_.end;
  if (!atEnd_) view_.end = StreamEnd::Open;
}

/// Joins some more payloads; false where there are no more, or none there.
bool MessageReader::joinMore() {
  if (!joined_) return false;
  const quint64 before = view_.size();
  const StreamEnd endBefore = end_;
  while (joined_->advance(raw_, joinedAtOnce) && joined_->view().size() == before) {
  }
  take(joined_->view());
  return view_.size() > before || end_ != endBefore;
}

bool MessageReader::hasNext() {
  if (front_ < batch_.messages().size()) return true;
  if (view_.size() < state_.at) return false;  // the start has not come yet
  if (const auto all = batch_.messages(); !all.empty()) last_ = all.back();
  front_ = 0;
  do {
    batch_.start(state_.at);
    framer_->scan(view_, state_, batch_);
  } while (batch_.isEmpty() && joinMore());
  if (batch_.isEmpty() && !atEnd_ && end_ != StreamEnd::Open) {
    atEnd_ = true;
    view_.end = end_;
    framer_->scan(view_, state_, batch_);
  }
  return !batch_.isEmpty();
}

MessageRecord MessageReader::front() {
  return record(batch_.messages()[front_]);
}

const Message *MessageReader::before() const {
  if (front_ > 0) return &batch_.messages()[front_ - 1];
  return last_ ? &*last_ : nullptr;
}

qint64 MessageReader::timeOf(ByteRange range) const {
  if (joined_) return raw_.chunks.timeOf(joined_->originOf(range).range.begin);
  return view_.chunks.timeOf(range.begin);
}

quint64 MessageReader::chunksOf(ByteRange range) const {
  return joined_ ? raw_.chunks.countIn(joined_->originOf(range).range) : view_.chunks.countIn(range);
}

qint64 MessageReader::finalTime() const {
  if (atEnd_) return noTime;
  const qint64 silent = framer_->finalAt(view_, batch_.messages()[front_]);
  if (silent != noTime) return silent;
  return view_.chunks.timeOf(batch_.messages()[front_].end() - 1);
}

qint64 MessageReader::nextFinalAt() const {
  // While bytes wait to be joined, none of those before them become final by silence.
  const qint64 outer = joined_ ? joined_->finalAt() : noTime;
  if (outer != noTime) return outer;
  // Without a clock no silence will ever be known.
  if (end_ != StreamEnd::Open || view_.nowNs == noTime || view_.size() <= state_.at) return noTime;
  const Message rest = framer_->rest(view_, state_);
  return rest.status == Status::Incomplete ? framer_->finalAt(view_, rest) : noTime;
}

MessageRecord MessageReader::rest() {
  if (view_.size() <= state_.at) return record({});
  return record(framer_->rest(view_, state_));
}

MessageRecord MessageReader::record(const Message &message) {
  MessageRecord result{.label = label_, .index = index_, .message = message, .view = view_, .framer = *framer_};
  if (message.size == 0) return result;
  if (joined_) {
    const JoinedStream::Origin origin = joined_->originOf(message.range());
    result.outer = std::pair(origin.first, origin.last);
    result.timeNs = raw_.chunks.timeOf(origin.range.begin);
    result.chunks = raw_.chunks.countIn(origin.range);
    return result;
  }
  if (view_.chunks.count() == 0) return result;
  const quint64 first = chunkOf(message.offset);
  result.timeNs = view_.chunks[first].timeNs;
  result.chunks = chunkOf(message.end() - 1) - first + 1;
  return result;
}

quint64 MessageReader::chunkOf(quint64 offset) {
  const ChunkView &chunks = view_.chunks;
  // Where it was, or the next one: else a search.
  for (const quint64 last = std::min(chunk_ + 2, chunks.count()); chunk_ < last; ++chunk_) {
    if (chunks[chunk_].offset > offset) break;
    if (chunk_ + 1 == chunks.count() || offset < chunks[chunk_ + 1].offset) return chunk_;
  }
  return chunk_ = chunks.indexOf(offset);
}

}  // namespace octetscope
