#include "model/framing/comparison.h"

#include "model/handover.h"

#include <algorithm>
#include <semaphore>

namespace octetscope {

namespace {

constexpr quint64 sliceBytes = MessageBatch::defaultBytes;
constexpr quint64 headCost = 4096;        // bytes that a message costs whose framer reads its head alone
constexpr std::size_t mostAhead = 256;    // batches, of 64 messages each
constexpr std::size_t worthAThread = 16;  // batches that take longer than to wake one

/// Where a message that is not whole will end.
std::optional<quint64> knownEnd(const Framer &framer, const StreamView &stream, const std::optional<Message> &message) {
  if (!message || message->status != Status::Incomplete) return std::nullopt;
  const Verdict verdict = framer.verdict(stream, *message);
  return verdict.needs ? std::optional(message->end() + *verdict.needs) : std::nullopt;
}

/// True where no more bytes can make `rest`, which is not final, the message `final`.
bool neverBecomes(const Framer &framer, const Message &rest, const std::optional<quint64> &end, const Message &final) {
  const quint64 givenBack = final.status == Status::Error ? framer.givesBack() : 0;
  if (rest.offset != final.offset || rest.size > final.size + givenBack) return true;
  if (rest.status == Status::Error) return final.status != Status::Error;  // an error does not heal
  return end && *end != final.end() && final.status == Status::Complete;
}

/// How many of two runs of messages are the same before the first that differs. Nearly all are: all numbers are looked
/// at in one go, which costs less than to ask after each.
std::size_t sameCount(std::span<const Message> a, std::span<const Message> b, bool comparesPayload) {
  const quint64 payload = comparesPayload ? ~0ULL : 0;
  const std::size_t count = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < count; ++i) {
    const quint64 place = (a[i].offset ^ b[i].offset) | (a[i].size ^ b[i].size);
    const quint64 inside = (a[i].payloadOffset ^ b[i].payloadOffset) | (a[i].payloadSize ^ b[i].payloadSize);
    const auto status = static_cast<quint64>(a[i].status != b[i].status);
    if ((place | (inside & payload) | status) != 0) return i;
  }
  return count;
}

}  // namespace

bool Comparison::isSame(const Message &a, const Message &b) const {
  return sameCount({&a, 1}, {&b, 1}, comparesPayload_) == 1;
}

Comparison::Side::Side(FramerPtr framer, quint64 start)
    : framer_(std::move(framer)), state_(ScanState::startingAt(start)), batches_(1), sliceEnd_(start) {}

std::span<const Message> Comparison::Side::pending() const {
  return waiting_ == 0 ? std::span<const Message>() : batches_[first_].messages().subspan(next_);
}

void Comparison::Side::take(std::size_t count) {
  next_ += count;
  if (next_ < batches_[first_].messages().size()) return;
  next_ = 0;
  first_ = (first_ + 1) % batches_.size();
  --waiting_;
}

quint64 Comparison::Side::at() const {
  return waiting_ > 0 ? pending().front().offset : state_.at;
}

quint64 Comparison::Side::reached() const {
  return waiting_ > 0 ? at() : std::max(state_.at, state_.scanned);
}

std::optional<Message> Comparison::Side::current(const StreamView &stream) const {
  if (waiting_ > 0) return pending().front();
  const Message rest = framer_->rest(stream, state_);
  return rest.size > 0 ? std::optional(rest) : std::nullopt;
}

void Comparison::Side::fill(const StreamView &stream, std::size_t most, quint64 budget) {
  if (waiting_ == 0 && batches_.size() < most) {
    first_ = 0;
    batches_.resize(most);
  }
  isAtEnd_ = false;
  while (waiting_ < std::min(most, batches_.size()) && spent_ < budget && !isAtEnd_) {
    MessageBatch &batch = batches_[(first_ + waiting_) % batches_.size()];
    isAtEnd_ = !fillOne(stream, batch);
    if (!batch.isEmpty()) ++waiting_;
  }
}

bool Comparison::Side::fillOne(const StreamView &stream, MessageBatch &batch) {
  if (looksAtAll() && !wasFull_) sliceEnd_ = std::max(sliceEnd_, state_.at) + sliceBytes;
  const bool isSliced = looksAtAll() && sliceEnd_ < stream.size();
  const quint64 before = std::max(state_.at, state_.scanned);
  batch.start(state_.at);
  if (isSliced) {
    // Of an older view of the stream it is as good: bytes never change.
    if (slice_.size() != sliceEnd_) slice_ = stream.prefix(sliceEnd_);
    framer_->scan(slice_, state_, batch);
  } else {
    sliceEnd_ = std::min(sliceEnd_, stream.size());
    framer_->scan(stream, state_, batch);
  }
  wasFull_ = batch.isFull();
  const quint64 count = batch.messages().size();
  const quint64 looked = std::max(state_.at, state_.scanned) - before;
  spent_ += 64 + (looksAtAll() ? looked : std::min(looked, headCost * count));
  return count > 0 || isSliced;
}

Comparison::Comparison(FramerPtr a, FramerPtr b, quint64 start)
    : a_(std::move(a), start),
      b_(std::move(b), start),
      comparesPayload_(a_.framer().readsChunks() == b_.framer().readsChunks()),
      // Heads alone are read faster than messages travel from thread to thread.
      mostAhead_(a_.looksAtAll() && b_.looksAtAll() ? mostAhead : 1) {}

void Comparison::fillBoth(const StreamView &stream, quint64 budget, QThreadPool *pool) {
  const auto fillB = [&] { b_.fill(stream, ahead_, budget); };
  std::binary_semaphore isDone(0);
  const bool isLent = pool && ahead_ >= worthAThread && tryRunInPool(pool, [&] {
                        fillB();
                        isDone.release();
                      });
  a_.fill(stream, ahead_, budget);
  if (isLent) {
    isDone.acquire();
  } else {
    fillB();
  }
  // Where they part early, or the stream is short, little is framed in vain.
  if (a_.isFull() && b_.isFull()) ahead_ = std::min(2 * ahead_, mostAhead_);
}

bool Comparison::advance(const StreamView &stream, quint64 budget, QThreadPool *pool) {
  a_.spent() = b_.spent() = 0;
  for (;;) {
    if (a_.pending().empty() || b_.pending().empty()) {
      fillBoth(stream, budget, pool);
      for (const Side *side : {&a_, &b_}) {
        if (side->pending().empty() && !side->isAtEnd()) return true;
      }
    }
    const auto a = a_.pending();
    const auto b = b_.pending();
    const std::size_t count = std::min(a.size(), b.size());
    if (count == 0) return false;
    const std::size_t equal = sameCount(a, b, comparesPayload_);
    a_.take(equal);
    b_.take(equal);
    same_ += equal;
    if (equal < count) return false;
  }
}

quint64 Comparison::reached() const {
  return std::min(a_.reached(), b_.reached());
}

std::optional<Divergence> Comparison::divergence(const StreamView &stream) const {
  Divergence found;
  found.number = same_;
  found.a = a_.current(stream);
  found.b = b_.current(stream);
  if (!found.a && !found.b) return std::nullopt;
  found.endA = knownEnd(a_.framer(), stream, found.a);
  found.endB = knownEnd(b_.framer(), stream, found.b);
  if (found.a && found.b && isSame(*found.a, *found.b) && found.endA == found.endB) return std::nullopt;
  const bool finalA = !a_.pending().empty();
  const bool finalB = !b_.pending().empty();
  if (stream.end != StreamEnd::Open || (finalA && finalB)) {
    found.isFinal = true;
  } else if (found.a && found.b) {
    if (finalA) {
      found.isFinal = neverBecomes(b_.framer(), *found.b, found.endB, *found.a);
    } else if (finalB) {
      found.isFinal = neverBecomes(a_.framer(), *found.a, found.endA, *found.b);
    } else {
      found.isFinal = found.endA && found.endB && *found.endA != *found.endB;
    }
  }
  return found;
}

}  // namespace octetscope
