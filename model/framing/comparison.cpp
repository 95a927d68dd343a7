#include "model/framing/comparison.h"

#include <algorithm>
#include <array>

namespace octetscope {

namespace {

constexpr quint64 sliceBytes = MessageBatch::defaultBytes;
constexpr quint64 headCost = 4096;  // bytes that a message costs whose framer reads its head alone

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

Comparison::Comparison(FramerPtr a, FramerPtr b, quint64 start)
    : a_{.framer = std::move(a), .state = ScanState::startingAt(start), .sliceEnd = start},
      b_{.framer = std::move(b), .state = ScanState::startingAt(start), .sliceEnd = start},
      comparesPayload_(a_.framer->readsChunks() == b_.framer->readsChunks()) {}

Comparison::Filled Comparison::fill(Side &side, const StreamView &stream, quint64 &spent) {
  const Framer &framer = *side.framer;
  const bool looksAtAll = framer.scansBytes() && !framer.readsChunks();
  if (looksAtAll && !side.batch.isFull()) side.sliceEnd = std::max(side.sliceEnd, side.state.at) + sliceBytes;
  const bool isSliced = looksAtAll && side.sliceEnd < stream.size();
  const quint64 before = std::max(side.state.at, side.state.scanned);
  side.batch.start(side.state.at);
  side.next = 0;
  if (isSliced) {
    // Of an older view of the stream it is as good: bytes never change.
    if (side.slice.size() != side.sliceEnd) side.slice = stream.prefix(side.sliceEnd);
    framer.scan(side.slice, side.state, side.batch);
  } else {
    side.sliceEnd = std::min(side.sliceEnd, stream.size());
    framer.scan(stream, side.state, side.batch);
  }
  const quint64 count = side.batch.messages().size();
  const quint64 looked = std::max(side.state.at, side.state.scanned) - before;
  spent += 64 + (looksAtAll ? looked : std::min(looked, headCost * count));
  if (count > 0) return Filled::Messages;
  return isSliced ? Filled::NotYet : Filled::Nothing;
}

bool Comparison::advance(const StreamView &stream, quint64 budget) {
  std::array<quint64, 2> spent = {};
  for (;;) {
    for (const std::size_t i : {0U, 1U}) {
      Side &side = i == 0 ? a_ : b_;
      while (side.pending().empty()) {
        if (spent[i] >= budget) return true;
        if (fill(side, stream, spent[i]) == Filled::Nothing) break;
      }
    }
    const auto a = a_.pending();
    const auto b = b_.pending();
    const std::size_t count = std::min(a.size(), b.size());
    if (count == 0) return false;
    const std::size_t equal = sameCount(a, b, comparesPayload_);
    a_.next += equal;
    b_.next += equal;
    same_ += equal;
    if (equal < count) return false;
  }
}

quint64 Comparison::reached() const {
  const auto of = [](const Side &side) { return std::max(side.at(), side.pending().empty() ? side.state.scanned : 0); };
  return std::min(of(a_), of(b_));
}

std::optional<Message> Comparison::current(const Side &side, const StreamView &stream) {
  if (const auto pending = side.pending(); !pending.empty()) return pending.front();
  const Message rest = side.framer->rest(stream, side.state);
  return rest.size > 0 ? std::optional(rest) : std::nullopt;
}

std::optional<Divergence> Comparison::divergence(const StreamView &stream) const {
  Divergence found;
  found.number = same_;
  found.a = current(a_, stream);
  found.b = current(b_, stream);
  if (!found.a && !found.b) return std::nullopt;
  found.endA = knownEnd(*a_.framer, stream, found.a);
  found.endB = knownEnd(*b_.framer, stream, found.b);
  if (found.a && found.b && isSame(*found.a, *found.b) && found.endA == found.endB) return std::nullopt;
  const bool finalA = !a_.pending().empty();
  const bool finalB = !b_.pending().empty();
  if (stream.end != StreamEnd::Open || (finalA && finalB)) {
    found.isFinal = true;
  } else if (found.a && found.b) {
    if (finalA) {
      found.isFinal = neverBecomes(*b_.framer, *found.b, found.endB, *found.a);
    } else if (finalB) {
      found.isFinal = neverBecomes(*a_.framer, *found.a, found.endA, *found.b);
    } else {
      found.isFinal = found.endA && found.endB && *found.endA != *found.endB;
    }
  }
  return found;
}

}  // namespace octetscope
