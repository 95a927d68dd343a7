// MessageIndex: where the messages of one stream lie, under one framer. It keeps a checkpoint every 64 messages or 256
// KiB, whichever comes first; everything else follows from the framer again. One thread advances it; any thread looks
// up.
#pragma once

#include "model/bytes/append_only_table.h"
#include "model/framing/framer.h"

#include <map>
#include <mutex>
#include <vector>

namespace octetscope {

class MessageIndex {
 public:
  /// `start`: the first byte that is framed; bytes before it belong to no message.
  explicit MessageIndex(FramerPtr framer, quint64 start = 0);

  const Framer &framer() const { return *framer_; }

  /// Scans on: at most about `budget` bytes of `stream` (a message that is skipped by its length costs nothing). True
  /// when it returned for the budget alone, so that there is more to do. `stream` only ever grows from call to call.
  /// The advancing thread alone.
  bool advance(const StreamView &stream, quint64 budget);
  /// How far the scan has come: bytes before this were looked at. The advancing thread alone.
  quint64 scanned() const { return state_.scanned; }
  /// The last message, not final; size 0: there is none. The advancing thread alone, after advance().
  Message rest(const StreamView &stream) const { return framer_->rest(stream, state_); }

  // Any thread. `stream` must hold what the index has seen.
  /// Final messages.
  quint64 count() const { return count_.load(std::memory_order_acquire); }
  /// Message `number` < count(). Frames on from a checkpoint: about 1 µs, never more than 256 KiB scanned again.
  Message at(const StreamView &stream, quint64 number) const;
  /// Messages [first, first + most) as far as there are: what a painted page needs, at the cost of one look-up.
  QList<Message> range(const StreamView &stream, quint64 first, int most) const;
  /// The first message that ends behind `offset`; count() where there is none. O(log) and one look-up.
  quint64 numberAt(const StreamView &stream, quint64 offset) const;
  /// The latest state kept from which a scan reaches byte `offset` inside the message that begins at `messageOffset`:
  /// for Framer::parts() in the middle of a long message.
  ScanState stateFor(quint64 messageOffset, quint64 offset) const;

  /// Bytes of memory its tables fill.
  quint64 memoryUsed() const;

 private:
  struct Checkpoint {
    quint64 number;  // of the first message behind it
    quint64 at;
  };

  FramerPtr framer_;
  ScanState state_;
  AppendOnlyTable<Checkpoint> checkpoints_;
  std::atomic<quint64> count_ = 0;
  mutable std::mutex mutex_;       // guards states_
  std::vector<ScanState> states_;  // inside long messages, and at checkpoints where `own` or `more` matter; rising
};

}  // namespace octetscope
