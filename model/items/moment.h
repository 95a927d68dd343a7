// Moment and Timeline: what had been received and sent by a moment in the past, and the moments there are. Plain values
// over the chunk tables: nothing is recorded for them, so the past of a long connection costs what a short one's does.
#pragma once

#include "model/capture/stream.h"
#include "model/framing/row_order.h"

#include <array>
#include <functional>

namespace octetscope {

/// What was there by then: bytes of each direction, and events of the connection.
struct Moment {
  std::array<quint64, 2> bytes = {};
  quint64 events = 0;

  quint64 bytesOf(Direction direction) const { return bytes[static_cast<std::size_t>(direction)]; }
  /// Of two moments of one connection, which all lie on one line.
  bool isBefore(const Moment &other) const {
    return bytes[0] + bytes[1] + events < other.bytes[0] + other.bytes[1] + other.events;
  }
  bool operator==(const Moment &) const = default;
};

/// The moments of one connection in their order: it moves on by steps, each of which brings one chunk of either
/// direction or one event. Steps stand in the order of their stamps; on a tie `in` comes before `out`, and events last,
/// as rows do. Where a source has no times its chunks come one after the other, those of `in` first. A FIN or RST is
/// an event: the recv() that returned 0, or failed, was a step. A moment may also lie inside a chunk: what a receiver
/// has that takes the chunk's bytes one by one.
///
/// Everything costs O(log²) of chunks and events at most.
class Timeline {
 public:
  using EventTime = std::function<qint64(quint64 event)>;

  Timeline() = default;
  /// `views`: of `in` and `out`. `eventTime`: stamps of events 0 to `events` - 1, which rise, as those of chunks do.
  Timeline(std::array<StreamView, 2> views, quint64 events, EventTime eventTime);

  quint64 stepCount() const { return counts_[0] + counts_[1] + counts_[2]; }
  /// What step `number` < stepCount() brought: a chunk of `in` or `out`, or an event, and its number among those.
  RowOrder::Row step(quint64 number) const;
  /// Chunks of a direction, or events.
  quint64 count(RowKind kind) const { return counts_[static_cast<std::size_t>(kind)]; }
  /// The moment after the first `steps` steps; after all of them where there are fewer.
  Moment after(quint64 steps) const;
  /// Steps that `moment` has begun: the last one may be a chunk that is only partly there.
  quint64 stepsOf(const Moment &moment) const;
  /// Chunks of one direction that `moment` has begun.
  quint64 chunksOf(Direction direction, const Moment &moment) const;
  /// The moment at which the first `bytes` bytes of a direction were there, and nothing that came after them; with 0
  /// bytes the one before its first chunk came.
  Moment momentOf(Direction direction, quint64 bytes) const;
  Moment last() const;

  /// The stamp of the latest thing that `moment` holds; noTime where nothing in it has one.
  qint64 stampOf(const Moment &moment) const;
  /// The stamp of what step `number` < stepCount() brought.
  qint64 stampOfStep(quint64 number) const;
  /// Steps stamped at or before `timeNs`.
  quint64 stepsUntil(qint64 timeNs) const;
  /// Bytes of the chunk `number` of a direction.
  ByteRange chunkRange(Direction direction, quint64 number) const;

 private:
  qint64 timeOf(RowKind kind, quint64 number) const;
  quint64 countUntil(RowKind kind, qint64 timeNs) const;
  std::array<quint64, 3> countsBefore(RowKind kind, quint64 number) const;
  quint64 rank(RowKind kind, quint64 number) const;
  quint64 countWithin(RowKind kind, quint64 steps) const;
  Moment momentOfCounts(const std::array<quint64, 3> &counts) const;

  std::array<StreamView, 2> views_;
  EventTime eventTime_;
  std::array<quint64, 3> counts_ = {};  // by RowKind: chunks and events
};

}  // namespace octetscope
