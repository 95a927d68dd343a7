// DecodeRun: one generation of a connection's decoding: its readers, indexes and rows. A worker advances it in slices;
// the window's thread reads what the last published step covers. It outlives whoever started it while a slice runs.
#pragma once

#include "model/items/connection_decoder.h"
#include "model/items/row_merger.h"

#include <array>
#include <atomic>

namespace octetscope {

/// A prefix of a connection and what is known of it: consistent in itself, a value.
struct DecodeStep {
  std::array<StreamView, 2> views;       ///< what had arrived, by direction, up to one common moment
  std::array<quint64, 2> finals = {};    ///< final messages
  std::array<Message, 2> rests = {};     ///< the message behind them; size 0: there is none
  std::array<quint64, 2> messages = {};  ///< messages that have rows: `finals`, and the last one; fewer while behind
  quint64 rowCount = 0;
  quint64 events = 0;                  ///< of the connection, those without rows included
  std::array<quint64, 2> framed = {};  ///< bytes of each view that are framed
  /// When silence makes another payload one to be joined: JoinedStream::finalAt().
  std::array<qint64, 2> joinedAt = {noTime, noTime};
  qint64 startNs = noTime;
  bool isComplete = true;  ///< all of the views is framed, and all of it has rows

  quint64 totalBytes() const { return views[0].size() + views[1].size(); }
  quint64 framedBytes() const { return framed[0] + framed[1]; }
};

class DecodeRun {
 public:
  DecodeRun(std::shared_ptr<const Connection> connection, std::array<DirectionReader, 2> readers, quint64 firstEvent);

  /// One slice: takes what has arrived and frames on for about `milliseconds`. One thread at a time.
  DecodeStep work(int milliseconds);
  /// The slice that runs returns soon; any thread.
  void cancel() { isCancelled_.store(true, std::memory_order_relaxed); }

  // Any thread:
  /// `live`, one of this run's steps, as it was at `moment`: what decoding nothing but that would have given, as far as
  /// `live` knows it. Costs a few look-ups, whatever there is.
  DecodeStep at(const DecodeStep &live, const Moment &moment) const;
  /// The moments of `live`.
  Timeline timelineOf(const DecodeStep &live) const;
  const DirectionReader &reader(Direction direction) const { return readers_[static_cast<std::size_t>(direction)]; }
  /// Null where the direction's framing joins nothing.
  const JoinedStream *joined(Direction direction) const { return joined_[static_cast<std::size_t>(direction)].get(); }
  const MessageIndex &index(Direction direction) const { return indexes_[static_cast<std::size_t>(direction)]; }
  const RowOrder &rows() const { return rows_; }
  /// The connection's event that is number 0 among the rows.
  quint64 firstEvent() const { return firstEvent_; }

 private:
  quint64 takeViews(DecodeStep &step);
  quint64 rowsWithin(quint64 rows, const std::array<quint64, 3> &most) const;

  const std::shared_ptr<const Connection> connection_;
  const std::array<DirectionReader, 2> readers_;
  const quint64 firstEvent_;
  std::array<std::unique_ptr<JoinedStream>, 2> joined_;
  std::array<MessageIndex, 2> indexes_;
  RowOrder rows_;
  RowMerger merger_;
  std::array<Message, 2> rests_ = {};
  quint64 eventCount_ = 0;
  std::atomic<bool> isCancelled_ = false;
};

}  // namespace octetscope
