// Comparison: two framings of the same bytes, side by side: where do they part for the first time? It keeps nothing but
// where both stand and what was framed ahead, so it costs the same memory, about a megabyte, however long the stream
// is, and can be cut into slices.
#pragma once

#include "model/framing/framer.h"

#include <vector>

class QThreadPool;

namespace octetscope {

/// The first message of which two framings do not say the same. All before it are the same in both.
struct Divergence {
  quint64 number = 0;           ///< of that message: how many are the same
  std::optional<Message> a;     ///< what the first framing makes of the bytes there; none: it has no message there
  std::optional<Message> b;     ///< the second
  std::optional<quint64> endA;  ///< where the message will end, as far as its framing knows: for one that is not whole
  std::optional<quint64> endB;
  /// True: this is so, whatever comes. Else more bytes may still make both say the same.
  bool isFinal = false;

  /// Where they part: the first byte of that message.
  quint64 offset() const { return a ? a->offset : b ? b->offset : 0; }
  bool operator==(const Divergence &) const = default;
};

/// Messages are the same where their extent, their payload and their status are. Beside `chunks` payloads do not count:
/// it knows nothing of heads and delimiters, so they would always differ, and hide where messages begin to.
class Comparison {
 public:
  /// `start`: the first byte that is framed.
  Comparison(FramerPtr a, FramerPtr b, quint64 start = 0);

  const Framer &a() const { return a_.framer(); }
  const Framer &b() const { return b_.framer(); }

  /// Compares on: at most about `budget` bytes are looked at by each framing. True when it returned for the budget
  /// alone, so that there is more to do. `stream` only ever grows from call to call. `pool`: lends a thread, if it has
  /// one to spare at once, so that both frame at the same time.
  bool advance(const StreamView &stream, quint64 budget, QThreadPool *pool = nullptr);

  /// Messages that are final and the same in both.
  quint64 sameMessages() const { return same_; }
  /// Bytes that both have looked at, or passed over: how far it has come.
  quint64 reached() const;
  /// Where they part in what was compared; none: nowhere yet. `stream`: the one advance() was given last, when it
  /// returned false. About the price of one message.
  std::optional<Divergence> divergence(const StreamView &stream) const;

 private:
  /// One framing: what it has found and was not compared yet.
  class Side {
   public:
    Side(FramerPtr framer, quint64 start);

    const Framer &framer() const { return *framer_; }
    bool looksAtAll() const { return framer_->scansBytes() && !framer_->readsChunks(); }
    /// Frames ahead until `most` batches wait, `budget` bytes were looked at or nothing more is there.
    void fill(const StreamView &stream, std::size_t most, quint64 budget);
    bool isFull() const { return waiting_ == batches_.size(); }
    /// Bytes it looked at since this was set to 0.
    quint64 &spent() { return spent_; }
    /// The messages that come next; empty when none waits.
    std::span<const Message> pending() const;
    void take(std::size_t count);
    /// True when nothing more can be framed of the stream it saw last.
    bool isAtEnd() const { return isAtEnd_; }
    quint64 at() const;
    quint64 reached() const;
    /// The message that comes next, final or not; none: the stream has no more.
    std::optional<Message> current(const StreamView &stream) const;

   private:
    /// Fills `batch`; false when nothing more is there.
    bool fillOne(const StreamView &stream, MessageBatch &batch);

    FramerPtr framer_;
    ScanState state_;
    std::vector<MessageBatch> batches_;  // a ring: those that wait begin at first_
    std::size_t first_ = 0;
    std::size_t waiting_ = 0;
    std::size_t next_ = 0;  // of the first batch
    quint64 spent_ = 0;
    quint64 sliceEnd_ = 0;   // how much of the stream a framer that looks at every byte was shown
    StreamView slice_ = {};  // up to sliceEnd_; to make a view costs more than to frame a few messages
    bool wasFull_ = false;   // the batch before
    bool isAtEnd_ = false;
  };

  bool isSame(const Message &a, const Message &b) const;
  void fillBoth(const StreamView &stream, quint64 budget, QThreadPool *pool);

  Side a_;
  Side b_;
  const bool comparesPayload_;
  const std::size_t mostAhead_;  // batches
  std::size_t ahead_ = 1;        // batches framed before they are compared; grows
  quint64 same_ = 0;
};

}  // namespace octetscope
