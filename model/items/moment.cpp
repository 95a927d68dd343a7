#include "model/items/moment.h"

namespace octetscope {

namespace {

constexpr std::array kinds = {RowKind::In, RowKind::Out, RowKind::Event};

std::size_t at(RowKind kind) {
  return static_cast<std::size_t>(kind);
}

RowKind kindOf(Direction direction) {
  return direction == Direction::In ? RowKind::In : RowKind::Out;
}

/// The first number below `count` for which `before` is false, which it is for all behind it.
template <typename Before>
quint64 partitionPoint(quint64 count, Before before) {
  quint64 low = 0;
  while (low < count) {
    const quint64 middle = low + (count - low) / 2;
    if (before(middle)) {
      low = middle + 1;
    } else {
      count = middle;
    }
  }
  return low;
}

}  // namespace

Timeline::Timeline(std::array<StreamView, 2> views, quint64 events, EventTime eventTime)
    : views_(std::move(views)), eventTime_(std::move(eventTime)) {
  for (std::size_t d = 0; d < 2; ++d) {
    // Bytes nobody declared a chunk for came as one.
    counts_[d] = std::max<quint64>(views_[d].chunks.count(), views_[d].size() > 0 ? 1 : 0);
  }
  counts_[at(RowKind::Event)] = events;
}

qint64 Timeline::timeOf(RowKind kind, quint64 number) const {
  if (kind == RowKind::Event) return eventTime_(number);
  const ChunkView &chunks = views_[at(kind)].chunks;
  return number < chunks.count() ? chunks[number].timeNs : noTime;
}

/// Chunks or events stamped at or before `timeNs`.
quint64 Timeline::countUntil(RowKind kind, qint64 timeNs) const {
  if (kind == RowKind::Event) {
    return partitionPoint(count(kind), [&](quint64 event) { return eventTime_(event) <= timeNs; });
  }
  const ChunkView &chunks = views_[at(kind)].chunks;
  if (chunks.count() == 0) return timeNs >= noTime ? count(kind) : 0;
  return chunks.countUntil(timeNs);
}

std::array<quint64, 3> Timeline::countsBefore(RowKind kind, quint64 number) const {
  const qint64 time = timeOf(kind, number);
  std::array<quint64, 3> counts = {};
  for (const RowKind other : kinds) {
    counts[at(other)] = other == kind ? number : countUntil(other, other < kind ? time : time - 1);
  }
  return counts;
}

quint64 Timeline::rank(RowKind kind, quint64 number) const {
  const auto counts = countsBefore(kind, number);
  return counts[0] + counts[1] + counts[2];
}

/// How many of a kind are among the first `steps` steps.
quint64 Timeline::countWithin(RowKind kind, quint64 steps) const {
  // Of n steps at most n are of this kind.
  return partitionPoint(std::min(count(kind), steps), [&](quint64 number) { return rank(kind, number) < steps; });
}

ByteRange Timeline::chunkRange(Direction direction, quint64 number) const {
  const StreamView &view = views_[static_cast<std::size_t>(direction)];
  const quint64 begin = number < view.chunks.count() && number > 0 ? view.chunks[number].offset : 0;
  return {begin, number + 1 < view.chunks.count() ? view.chunks[number + 1].offset : view.size()};
}

Moment Timeline::momentOfCounts(const std::array<quint64, 3> &counts) const {
  Moment moment;
  for (std::size_t d = 0; d < 2; ++d) {
    if (counts[d] > 0) moment.bytes[d] = chunkRange(static_cast<Direction>(d), counts[d] - 1).end;
  }
  moment.events = counts[at(RowKind::Event)];
  return moment;
}

RowOrder::Row Timeline::step(quint64 number) const {
  for (const RowKind kind : kinds) {
    const quint64 first = countWithin(kind, number);
    if (first < count(kind) && rank(kind, first) == number) return {kind, first};
  }
  Q_UNREACHABLE();
}

Moment Timeline::after(quint64 steps) const {
  if (steps >= stepCount()) return last();
  return momentOfCounts(
      {countWithin(RowKind::In, steps), countWithin(RowKind::Out, steps), countWithin(RowKind::Event, steps)});
}

quint64 Timeline::chunksOf(Direction direction, const Moment &moment) const {
  const StreamView &view = views_[static_cast<std::size_t>(direction)];
  const quint64 bytes = moment.bytesOf(direction);
  if (view.chunks.count() == 0) return bytes > 0 ? count(kindOf(direction)) : 0;
  return view.chunks.countBefore(bytes);
}

quint64 Timeline::stepsOf(const Moment &moment) const {
  return chunksOf(Direction::In, moment) + chunksOf(Direction::Out, moment) +
         std::min(moment.events, count(RowKind::Event));
}

Moment Timeline::momentOf(Direction direction, quint64 bytes) const {
  const RowKind kind = kindOf(direction);
  if (count(kind) == 0) return {};
  const std::size_t d = static_cast<std::size_t>(direction);
  bytes = std::min(bytes, views_[d].size());
  const quint64 chunk = bytes == 0 ? 0 : views_[d].chunks.indexOf(bytes - 1);
  Moment moment = momentOfCounts(countsBefore(kind, chunk));
  moment.bytes[d] = bytes;
  return moment;
}

Moment Timeline::last() const {
  return {{views_[0].size(), views_[1].size()}, count(RowKind::Event)};
}

qint64 Timeline::stampOf(const Moment &moment) const {
  qint64 stamp = noTime;
  for (std::size_t d = 0; d < 2; ++d) {
    const quint64 bytes = std::min(moment.bytes[d], views_[d].size());
    if (bytes > 0) stamp = std::max(stamp, views_[d].chunks.timeOf(bytes - 1));
  }
  const quint64 events = std::min(moment.events, count(RowKind::Event));
  return events > 0 ? std::max(stamp, eventTime_(events - 1)) : stamp;
}

qint64 Timeline::stampOfStep(quint64 number) const {
  const RowOrder::Row what = step(number);
  return timeOf(what.kind, what.number);
}

quint64 Timeline::stepsUntil(qint64 timeNs) const {
  return countUntil(RowKind::In, timeNs) + countUntil(RowKind::Out, timeNs) + countUntil(RowKind::Event, timeNs);
}

}  // namespace octetscope
