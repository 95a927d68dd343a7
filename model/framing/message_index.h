// MessageIndex: where the messages of one stream lie, under one framer. It keeps a checkpoint every 64 messages or 256
// KiB, whichever comes first, and every message that is longer; everything else follows from the framer again. One
// thread advances it; any thread looks up.
#pragma once

#include "model/bytes/append_only_table.h"
#include "model/framing/framer.h"

#include <QList>

#include <mutex>
#include <optional>
#include <vector>

namespace octetscope {

/// Neighbouring final messages: what one look-up finds. Plain values, never out of date.
struct MessageGroup {
  quint64 first = 0;  ///< number of the first of them
  MessageBatch batch;

  quint64 count() const { return batch.messages().size(); }
  bool contains(quint64 number) const { return number - first < count(); }
  const Message &at(quint64 number) const { return batch.messages()[number - first]; }
};

class MessageIndex {
 public:
  /// `start`: the first byte that is framed; bytes before it belong to no message.
  explicit MessageIndex(FramerPtr framer, quint64 start = 0);

  const Framer &framer() const { return *framer_; }

  /// Scans on: at most about `budget` bytes of `stream` (a message that is skipped by its length costs its first page).
  /// True when it returned for the budget alone, so that there is more to do. `stream` only ever grows from call to
  /// call. No allocation but for the tables. The advancing thread alone.
  bool advance(const StreamView &stream, quint64 budget);
  /// How far the scan has come: bytes before this were looked at, and belong to final messages or to rest(). The
  /// advancing thread alone.
  quint64 reached() const { return reached_; }
  /// End of the last final message. The advancing thread alone.
  quint64 framed() const { return state_.at; }
  /// The last message, not final, as far as it was reached; size 0: there is none. The advancing thread alone, after
  /// advance() with the same `stream`.
  Message rest(const StreamView &stream) const;

  // Any thread. `stream` must hold what the index has seen.
  /// Final messages.
  quint64 count() const { return count_.load(std::memory_order_acquire); }
  /// Message `number` < count(). Frames on from a checkpoint: about 1 µs, never more than 256 KiB scanned again.
  Message at(const StreamView &stream, quint64 number) const;
  /// Message `number` < count() and those around it that the same look-up finds.
  void find(const StreamView &stream, quint64 number, MessageGroup &group) const;
  /// Messages [first, first + most) as far as there are: what a painted page needs, at the cost of one look-up for 64.
  QList<Message> range(const StreamView &stream, quint64 first, int most) const;
  /// The first message that ends behind `offset`; count() where there is none. O(log) and one look-up.
  quint64 numberAt(const StreamView &stream, quint64 offset) const;
  /// The same, with what the look-up read: where there is such a message, `group` contains it.
  quint64 locate(const StreamView &stream, quint64 offset, MessageGroup &group) const;
  /// A place from which a look-up begins: message `number` is the first at or behind byte `at`.
  struct Landmark {
    quint64 number = 0;
    quint64 at = 0;
    quint64 next = 0;  ///< where the following landmark stands, behind the byte that was asked for
  };
  /// The landmark before byte `offset`, and none where the message behind it or the following landmark is not known.
  /// Looks at no byte of the stream. O(log).
  std::optional<Landmark> landmarkBefore(quint64 offset) const;
  /// The first message in [first, end) that is not complete: in error, or cut by a restart. O(log) and one look-up.
  std::optional<quint64> firstFlaw(const StreamView &stream, quint64 first, quint64 end) const;
  /// The latest state kept from which a scan reaches byte `offset` inside the message that begins at `messageOffset`:
  /// for Framer::parts() in the middle of a long message.
  ScanState stateFor(quint64 messageOffset, quint64 offset) const;
  /// What there is in a prefix of a stream.
  struct Prefix {
    quint64 count = 0;  ///< final messages
    Message rest;       ///< the last one, not final; size 0: there is none
  };
  /// What an index would know that had been shown all of `prefix`, and no more: the past. `prefix` holds at most what
  /// this index has seen, and ends where a chunk ends for a framer that reads the chunk table. Costs one look-up.
  Prefix within(const StreamView &prefix) const;

  /// Bytes of memory its tables fill.
  quint64 memoryUsed() const;

 private:
  struct Checkpoint {
    quint64 number;  // of the first message behind it
    quint64 at;
  };
  struct KeptState {
    quint64 number;   // of the message it stands in or before
    quint64 reached;  // bytes before this need no second look
    ScanState state;
  };
  struct LongMessage {
    quint64 number;
    Message message;
  };
  struct Start {
    quint64 number;
    quint64 reached;
    ScanState state;
  };

  void noteFlaws(const MessageBatch &batch, quint64 first);
  void noteLong(const MessageBatch &batch, quint64 first);
  bool findLong(quint64 number, MessageGroup &group) const;
  void keepPlace(quint64 number);
  void keepState(quint64 number, quint64 reached);
  template <typename Fits>
  Start startBy(const Checkpoint &checkpoint, Fits fits) const;
  Start startFor(quint64 number) const;
  void scanFrom(const StreamView &stream, Start start, int most, MessageGroup &group) const;

  const FramerPtr framer_;
  // The advancing thread's own:
  ScanState state_;
  quint64 reached_;    // end of what the last scan was shown
  quint64 lastPlace_;  // where the last checkpoint or kept state stands
  AppendOnlyTable<Checkpoint> checkpoints_;
  AppendOnlyTable<quint64> flaws_;  // the first message behind each checkpoint that is not complete, where there is one
  AppendOnlyTable<LongMessage> long_;  // to find one again may mean to decompress or walk a slice
  std::atomic<quint64> count_ = 0;
  std::atomic<bool> hasStates_ = false;
  mutable std::mutex mutex_;       // guards states_
  std::vector<KeptState> states_;  // inside long messages, and at checkpoints where `own` or `more` matter; rising
};

}  // namespace octetscope
