#include "model/framing/message_index.h"

#include <algorithm>

namespace octetscope {

namespace {

constexpr quint64 stepBytes = MessageBatch::defaultBytes;
// How far behind a message's end the bytes may lie that say that it is over, at most.
constexpr quint64 slackBytes = 4096;
// What one message of a framer that reads lengths costs at most, counted in bytes: the page its head lies in.
constexpr quint64 headCost = 4096;

bool isPlain(const ScanState &state) {
  return state.more.isEmpty() && std::ranges::all_of(state.own, [](quint64 v) { return v == 0; });
}

/// The first `size` bytes of a stream, and up to the end of the chunk there for a framer that reads the chunk table.
StreamView sliceOf(const StreamView &stream, quint64 size, bool wholeChunks) {
  if (size >= stream.size()) return stream;
  if (wholeChunks && size > 0) {
    const quint64 next = stream.chunks.indexOf(size - 1) + 1;
    size = next < stream.chunks.count() ? stream.chunks[next].offset : stream.size();
  }
  return stream.prefix(size);
}

}  // namespace

MessageIndex::MessageIndex(FramerPtr framer, quint64 start)
    : framer_(std::move(framer)), state_(ScanState::startingAt(start)), reached_(start), lastPlace_(start) {
  checkpoints_.append({0, start});
}

bool MessageIndex::advance(const StreamView &stream, quint64 budget) {
  const bool scansBytes = framer_->scansBytes();
  MessageBatch batch;
  quint64 number = count_.load(std::memory_order_relaxed);
  quint64 spent = 0;
  while (true) {
    // A framer that has to look at every byte is shown a slice: its scan ends there, message or not. Any other one is
    // stopped by the batch.
    const quint64 sliceEnd = scansBytes ? lastPlace_ + stepBytes : ~0ULL;
    const StreamView slice = sliceOf(stream, sliceEnd, framer_->readsChunks());
    bool isFull = true;
    while (isFull) {
      if (spent >= budget) return true;
      const Checkpoint &last = checkpoints_.last();
      const quint64 used = std::min(state_.at - last.at, stepBytes - 1);
      batch.start(state_.at, MessageBatch::capacity - static_cast<int>(number - last.number), stepBytes - used);
      const quint64 before = scansBytes ? std::max(reached_, state_.at) : state_.at;
      framer_->scan(slice, state_, batch);
      isFull = batch.isFull();
      reached_ = std::max(reached_, isFull ? state_.at : slice.size());
      noteFlaws(batch, number);
      noteLong(batch, number);
      number += batch.messages().size();
      if (isFull) keepPlace(number);
      count_.store(number, std::memory_order_release);
      const quint64 after = scansBytes ? std::max(reached_, state_.at) : state_.at;
      spent += scansBytes ? after - before : std::min(after - before, headCost * batch.messages().size());
      spent += 64;  // the call itself: an empty scan is no reason to go on for ever
    }
    if (slice.size() >= stream.size()) return false;
    // The slice ended inside a message. Where it began in this slice, going on from its begin costs no more than a
    // slice; inside a longer one the scan's state is the only way not to look at all its bytes again.
    if (state_.at > checkpoints_.last().at) {
      keepPlace(number);
    } else {
      keepState(number, slice.size());
    }
  }
}

/// Complete messages leave nothing; a stream of errors costs a number every checkpoint.
void MessageIndex::noteFlaws(const MessageBatch &batch, quint64 first) {
  for (const Message &message : batch.messages()) {
    if (message.status != Status::Complete) {
      if (flaws_.isEmpty() || flaws_.last() < checkpoints_.last().number) flaws_.append(first);
      return;
    }
    ++first;
  }
}

/// A batch ends with the first message that is so long.
void MessageIndex::noteLong(const MessageBatch &batch, quint64 first) {
  if (batch.isEmpty() || batch.messages().back().size < stepBytes) return;
  long_.append({first + batch.messages().size() - 1, batch.messages().back()});
}

bool MessageIndex::findLong(quint64 number, MessageGroup &group) const {
  const quint64 known = long_.size();
  const quint64 place = long_.partitionPoint(known, [number](const LongMessage &m) { return m.number < number; });
  if (place == known || long_[place].number != number) return false;
  group.first = number;
  group.batch.start(long_[place].message.offset);
  group.batch.add(long_[place].message);
  return true;
}

void MessageIndex::keepPlace(quint64 number) {
  checkpoints_.append({number, state_.at});
  lastPlace_ = state_.at;
  // What is large is kept inside long messages alone: one that begins here is less than a slice old.
  if (isPlain(state_) || (state_.memory && state_.scanned > state_.at)) return;
  const std::lock_guard lock(mutex_);
  // Inside a message it has seen more than the place where that begins.
  states_.push_back({number, std::max(state_.at, state_.scanned), state_});
  hasStates_.store(true, std::memory_order_release);
}

void MessageIndex::keepState(quint64 number, quint64 reached) {
  lastPlace_ = reached;
  if (state_.stopped) return;  // nothing is looked at any more
  const std::lock_guard lock(mutex_);
  states_.push_back({number, reached, state_});
  hasStates_.store(true, std::memory_order_release);
}

Message MessageIndex::rest(const StreamView &stream) const {
  if (reached_ <= state_.at) return {.offset = state_.at, .size = 0, .status = Status::Incomplete};
  return framer_->rest(sliceOf(stream, reached_, framer_->readsChunks()), state_);
}

/// Where to begin: at `checkpoint`, or at a later state for which `fits` is true (it is for the first ones only).
template <typename Fits>
MessageIndex::Start MessageIndex::startBy(const Checkpoint &checkpoint, Fits fits) const {
  if (hasStates_.load(std::memory_order_acquire)) {
    const std::lock_guard lock(mutex_);
    const auto after = std::ranges::partition_point(states_, fits);
    if (after != states_.begin()) {
      const KeptState &kept = *std::prev(after);
      if (kept.reached >= checkpoint.at && kept.number >= checkpoint.number) {
        return {kept.number, kept.reached, kept.state};
      }
    }
  }
  return {checkpoint.number, checkpoint.at, ScanState::startingAt(checkpoint.at)};
}

MessageIndex::Start MessageIndex::startFor(quint64 number) const {
  const quint64 after =
      checkpoints_.partitionPoint(checkpoints_.size(), [number](const Checkpoint &c) { return c.number <= number; });
  return startBy(checkpoints_[after - 1], [number](const KeptState &kept) { return kept.number <= number; });
}

/// Puts into `group` what lies behind `start`, the latest place for some message: that one at least, `most` messages at
/// most.
void MessageIndex::scanFrom(const StreamView &stream, Start start, int most, MessageGroup &group) const {
  group.first = start.number;
  // advance() keeps a place at least every step, so the message became final within one: a long message that follows
  // is not scanned in vain.
  const bool isSliced = framer_->scansBytes() && !framer_->readsChunks();
  const StreamView slice = isSliced ? sliceOf(stream, start.reached + stepBytes, false) : stream;
  group.batch.start(start.state.at, most);
  framer_->scan(slice, start.state, group.batch);
}

Message MessageIndex::at(const StreamView &stream, quint64 number) const {
  MessageGroup group;
  if (findLong(number, group)) return group.at(number);
  Start start = startFor(number);
  const int most = static_cast<int>(number - start.number) + 1;
  scanFrom(stream, std::move(start), most, group);
  return group.contains(number) ? group.at(number) : Message{};
}

void MessageIndex::find(const StreamView &stream, quint64 number, MessageGroup &group) const {
  if (findLong(number, group)) return;
  // Not more than are final: the stream may hold more already than the index has seen.
  const quint64 known = count();
  Start start = startFor(number);
  const quint64 most = std::min<quint64>(MessageBatch::capacity, known - start.number);
  scanFrom(stream, std::move(start), static_cast<int>(most), group);
}

QList<Message> MessageIndex::range(const StreamView &stream, quint64 first, int most) const {
  QList<Message> result;
  const quint64 known = count();
  if (first >= known || most <= 0) return result;
  const quint64 end = first + std::min<quint64>(known - first, static_cast<quint64>(most));
  result.reserve(static_cast<qsizetype>(end - first));
  MessageGroup group;
  for (quint64 number = first; number < end;) {
    find(stream, number, group);
    if (!group.contains(number)) break;
    for (; number < end && group.contains(number); ++number) result.append(group.at(number));
  }
  return result;
}

quint64 MessageIndex::numberAt(const StreamView &stream, quint64 offset) const {
  MessageGroup group;
  return locate(stream, offset, group);
}

quint64 MessageIndex::locate(const StreamView &stream, quint64 offset, MessageGroup &group) const {
  const quint64 known = count();
  const quint64 after =
      checkpoints_.partitionPoint(checkpoints_.size(), [offset](const Checkpoint &c) { return c.at <= offset; });
  // Every message before this one ends at or before `offset`.
  quint64 number = startBy(checkpoints_[std::max<quint64>(after, 1) - 1], [offset](const KeptState &kept) {
                     return kept.reached <= offset;
                   }).number;
  while (number < known) {
    find(stream, number, group);
    if (!group.contains(number)) break;
    for (; group.contains(number); ++number) {
      if (group.at(number).end() > offset) return number;
    }
  }
  return std::min(number, known);
}

std::optional<MessageIndex::Landmark> MessageIndex::landmarkBefore(quint64 offset) const {
  const quint64 known = checkpoints_.size();
  const quint64 after = checkpoints_.partitionPoint(known, [offset](const Checkpoint &c) { return c.at <= offset; });
  if (after == 0 || after == known) return std::nullopt;
  const Checkpoint &before = checkpoints_[after - 1];
  if (before.number >= count()) return std::nullopt;
  return Landmark{before.number, before.at, checkpoints_[after].at};
}

std::optional<quint64> MessageIndex::firstFlaw(const StreamView &stream, quint64 first, quint64 end) const {
  end = std::min(end, count());
  const quint64 noted = flaws_.size();
  if (first >= end || noted == 0) return std::nullopt;
  const quint64 behind = flaws_.partitionPoint(noted, [first](quint64 number) { return number < first; });
  if (behind > 0) {
    // The one noted before stands for all behind its checkpoint, and some of them may be `first` or later.
    const quint64 after =
        checkpoints_.partitionPoint(checkpoints_.size(), [first](const Checkpoint &c) { return c.number <= first; });
    if (flaws_[behind - 1] >= checkpoints_[after - 1].number) {
      MessageGroup group;
      find(stream, first, group);
      for (quint64 number = first; number < end && group.contains(number); ++number) {
        if (group.at(number).status != Status::Complete) return number;
      }
    }
  }
  if (behind < noted && flaws_[behind] < end) return flaws_[behind];
  return std::nullopt;
}

MessageIndex::Prefix MessageIndex::within(const StreamView &prefix) const {
  const quint64 begin = checkpoints_[0].at;
  Prefix result{0, {.offset = begin, .size = 0, .status = Status::Incomplete}};
  if (prefix.size() <= begin) return result;
  // A message may have become final by bytes behind its end, so one that ends with the prefix need not have been:
  // begin where nothing hangs on what this index saw later.
  const quint64 sure = prefix.size() - std::min(prefix.size(), slackBytes);
  const quint64 after =
      checkpoints_.partitionPoint(checkpoints_.size(), [sure](const Checkpoint &c) { return c.at <= sure; });
  Start start = startBy(checkpoints_[std::max<quint64>(after, 1) - 1],
                        [sure](const KeptState &kept) { return kept.reached <= sure; });
  result.count = start.number;
  ScanState &state = start.state;
  MessageBatch batch;
  do {
    batch.start(state.at);
    framer_->scan(prefix, state, batch);
    result.count += batch.messages().size();
  } while (batch.isFull());
  result.rest.offset = state.at;
  if (state.at < prefix.size()) result.rest = framer_->rest(prefix, state);
  return result;
}

ScanState MessageIndex::stateFor(quint64 messageOffset, quint64 offset) const {
  const std::lock_guard lock(mutex_);
  const auto after =
      std::ranges::partition_point(states_, [offset](const KeptState &kept) { return kept.reached <= offset; });
  if (after != states_.begin()) {
    const KeptState &kept = *std::prev(after);
    // A state stands at the begin of its message, or of the filler before it.
    if (kept.state.at <= messageOffset && kept.reached >= messageOffset) return kept.state;
  }
  return ScanState::startingAt(messageOffset);
}

quint64 MessageIndex::memoryUsed() const {
  quint64 sum = checkpoints_.size() * sizeof(Checkpoint) + flaws_.size() * sizeof(quint64);
  sum += long_.size() * sizeof(LongMessage);
  const std::lock_guard lock(mutex_);
  sum += states_.capacity() * sizeof(KeptState);
  for (const KeptState &kept : states_) {
    sum += static_cast<quint64>(kept.state.more.size()) + (kept.state.memory ? kept.state.memory->memoryUsed() : 0);
  }
  return sum;
}

}  // namespace octetscope
