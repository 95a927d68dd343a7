// Comparison: two framings of the same bytes, side by side: where do they part for the first time? It keeps nothing but
// where both stand, so it costs the memory of two batches however long the stream is, and can be cut into slices.
#pragma once

#include "model/framing/framer.h"

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

  const Framer &a() const { return *a_.framer; }
  const Framer &b() const { return *b_.framer; }

  /// Compares on: at most about `budget` bytes are looked at by each framing. True when it returned for the budget
  /// alone, so that there is more to do. `stream` only ever grows from call to call.
  bool advance(const StreamView &stream, quint64 budget);

  /// Messages that are final and the same in both.
  quint64 sameMessages() const { return same_; }
  /// Bytes that both have looked at, or passed over: how far it has come.
  quint64 reached() const;
  /// Where they part in what was compared; none: nowhere yet. `stream`: the one advance() was given last, when it
  /// returned false. About the price of one message.
  std::optional<Divergence> divergence(const StreamView &stream) const;

 private:
  /// One framing: what it has found and was not compared yet.
  struct Side {
    FramerPtr framer;
    ScanState state = {};
    MessageBatch batch = {};
    std::size_t next = 0;   // of the batch
    quint64 sliceEnd = 0;   // how much of the stream a framer that looks at every byte was shown
    StreamView slice = {};  // up to sliceEnd; to make a view costs more than to frame a few messages

    std::span<const Message> pending() const { return batch.messages().subspan(next); }
    quint64 at() const { return next < batch.messages().size() ? batch.messages()[next].offset : state.at; }
  };
  enum class Filled : quint8 { Messages, NotYet, Nothing };

  bool isSame(const Message &a, const Message &b) const;
  static Filled fill(Side &side, const StreamView &stream, quint64 &spent);
  static std::optional<Message> current(const Side &side, const StreamView &stream);

  Side a_;
  Side b_;
  const bool comparesPayload_;
  quint64 same_ = 0;
};

}  // namespace octetscope
