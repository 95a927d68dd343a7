#include "model/framing/joined_stream.h"

#include "model/framing/framing_words.h"
#include "model/framing/payload_stream.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype mostTroubles = 100;  // kept until they are taken
}

std::unique_ptr<JoinedStream> JoinedStream::of(const FramerPtr &framer, quint64 start) {
  std::unique_ptr<JoinedStream> stream(new JoinedStream(framer, start, nullptr));
  for (FramerPtr next = framer->joinedBy(); next->joinedBy(); next = next->joinedBy()) {
    stream.reset(new JoinedStream(next, 0, std::move(stream)));
  }
  return stream;
}

JoinedStream::JoinedStream(FramerPtr outer, quint64 start, std::unique_ptr<JoinedStream> upstream)
    : outer_(std::move(outer)), upstream_(std::move(upstream)), state_(ScanState::startingAt(start)) {
  auto store = std::make_unique<ByteStore>();
  store_ = store.get();
  joined_ = std::make_unique<Stream>(std::move(store), StreamEnd::Open);
}

JoinedStream::~JoinedStream() = default;

bool JoinedStream::advance(const StreamView &stream, quint64 budget) {
  if (!upstream_) return join(stream, budget);
  bool isMore = upstream_->advance(stream, budget);
  isMore = join(upstream_->view(), budget) || isMore;
  if (const qint64 before = upstream_->finalAt(); before != noTime) {
    finalAt_ = finalAt_ == noTime ? before : std::min(finalAt_, before);
  }
  return isMore;
}

bool JoinedStream::join(const StreamView &stream, quint64 budget) {
  nowNs_ = stream.nowNs;
  finalAt_ = noTime;
  if (end_ != StreamEnd::Open || stream.size() < state_.at) return false;
  const quint64 from = state_.at;
  MessageBatch batch;
  do {
    batch.start(state_.at);
    outer_->scan(stream, state_, batch);
    for (const Message &message : batch.messages()) {
      current_ = message;
      currentTime_ = stream.chunks.timeOf(message.end() - 1);
      if (message.status == Status::Complete) {
        take(*outer_, stream, message, false);
      } else {
        trouble(stream, message);
      }
      ++number_;
    }
    if (state_.at - from >= budget && !batch.isEmpty()) {
      knowUntil(stream, state_.at);
      return true;
    }
  } while (!batch.isEmpty());
  const Message rest = state_.at < stream.size() ? outer_->rest(stream, state_) : Message{};
  const bool isOver = stream.end != StreamEnd::Open || (rest.size > 0 && rest.status == Status::Error);
  if (!isOver) {
    if (rest.size > 0) finalAt_ = outer_->finalAt(stream, rest);
    // Silence may yet make its bytes final, with the time at which they came.
    if (finalAt_ != noTime) knowUntil(stream, rest.end() - 1);
    return false;
  }
  end_ = stream.end == StreamEnd::Open ? StreamEnd::Cut : stream.end;
  if (rest.size > 0) {
    trouble(stream, rest);
    if (rest.status == Status::Incomplete) {
      // It will not grow any more: what is here of it is all there is.
      current_ = rest;
      currentTime_ = stream.chunks.timeOf(rest.end() - 1);
      take(*outer_, stream, rest, false);
    }
    end_ = StreamEnd::Cut;
  }
  return false;
}

/// Byte `offset` of the stream is here and not joined yet: what is joined next may be as old as that, so no silence is
/// known that is younger.
void JoinedStream::knowUntil(const StreamView &stream, quint64 offset) {
  const qint64 time = offset < stream.size() ? stream.chunks.timeOf(offset) : noTime;
  if (time != noTime && nowNs_ != noTime) nowNs_ = std::min(nowNs_, time);
}

// Goes as deep as a SPEC has layers.
void JoinedStream::take(const Framer &framer, const StreamView &stream, const Message &message, bool isDerived) {
  if (const FramerPtr inner = framer.inner()) {
    const auto payload = PayloadStream::of(framer, stream, message);
    if (!payload) return;
    payload->forEach(*inner, [&](const Message &part) {
      if (part.status == Status::Complete || message.status == Status::Incomplete) {
        take(*inner, payload->view, part, isDerived || payload->isDerived);
      } else {
        troubles_.append(
            u"message %1, at byte %2: what it carries is not whole"_s.arg(grouped(number_), grouped(current_.offset)));
      }
      return true;
    });
    return;
  }
  if (message.status == Status::Error) return;
  const auto base = reinterpret_cast<std::uintptr_t>(stream.bytes.data());
  const auto done = framer.payloadPieces(stream, message, [&](ByteView bytes) {
    // Blocks of a chunked message are no copies: their place tells where they came from.
    const quint64 offset = reinterpret_cast<std::uintptr_t>(bytes.data()) - base;
    const bool isInStream = !isDerived && offset >= message.offset && offset + bytes.size() <= message.end();
    if (!bytes.empty()) addPiece(bytes, isInStream ? offset : current_.offset, !isInStream);
    return true;
  });
  if (!done) troubles_.append(done.error().line());
}

void JoinedStream::addPiece(ByteView bytes, quint64 offset, bool isDerived) {
  const quint64 at = store_->size();
  if (const auto stored = store_->append(bytes); !stored) {
    if (troubles_.size() < mostTroubles) troubles_.append(stored.error().line());
    return;
  }
  // A message that brings several pieces is one chunk; where its bytes lie in the stream apart, each has its origin.
  const bool isNewMessage = pieces_.isEmpty() || pieces_.last().number != number_;
  if (isNewMessage) joined_->addChunk(at, currentTime_);
  if (isNewMessage || !isDerived) {
    pieces_.append({at, number_, offset, current_.end() | (isDerived ? derived : 0)});
  }
}

void JoinedStream::trouble(const StreamView &stream, const Message &message) {
  if (troubles_.size() >= mostTroubles) return;
  const Verdict verdict = outer_->verdict(stream, message);
  const QString why = message.status == Status::Error ? verdict.error
                      : verdict.needs                 ? u"the stream ended, %1 short"_s.arg(byteCount(*verdict.needs))
                                                      : u"the stream ended before it was whole"_s;
  troubles_.append(u"message %1 of %2, at byte %3: %4"_s.arg(grouped(number_), outer_->spec().section(u" |"_s, 0, 0),
                                                             grouped(message.offset), why));
}

StreamView JoinedStream::view() const {
  StreamView view = joined_->view();
  view.end = end_;
  view.nowNs = nowNs_;
  return view;
}

QStringList JoinedStream::takeTroubles() {
  QStringList all = upstream_ ? upstream_->takeTroubles() : QStringList();
  return all + std::exchange(troubles_, {});
}

quint64 JoinedStream::pieceOf(quint64 joined) const {
  const quint64 after =
      pieces_.partitionPoint(pieces_.size(), [joined](const Piece &piece) { return piece.joined <= joined; });
  return after == 0 ? 0 : after - 1;
}

JoinedStream::Origin JoinedStream::originOf(ByteRange joined) const {
  if (pieces_.isEmpty() || joined.isEmpty()) return {};
  const Piece &first = pieces_[pieceOf(joined.begin)];
  const Piece &last = pieces_[pieceOf(joined.end - 1)];
  Origin origin{first.number, last.number, {}};
  origin.range.begin = first.end & derived ? first.offset : first.offset + (joined.begin - first.joined);
  origin.range.end = last.end & derived ? last.end & ~derived : last.offset + (joined.end - last.joined);
  if (upstream_) origin.range = upstream_->originOf(origin.range).range;
  return origin;
}

quint64 JoinedStream::joinedAt(quint64 size) const {
  if (upstream_) size = upstream_->joinedAt(size);
  const quint64 count = pieces_.size();
  const quint64 whole =
      pieces_.partitionPoint(count, [size](const Piece &piece) { return (piece.end & ~derived) <= size; });
  return whole < count ? pieces_[whole].joined : store_->size();
}

}  // namespace octetscope
