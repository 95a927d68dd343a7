// Framer: the rule that finds where a message ends. Immutable, shared, thread-safe; what a scan remembers is in
// ScanState.
//
// The contract, which one test holds every framer to:
//  - the prefix property: what it says of the first n bytes never changes when more come, but for the last message of
//    the prefix (rest()), which is not final and grows; and it does not depend on how the bytes were cut into chunks
//    (framers that read the chunk table excepted: readsChunks());
//  - an error lasts to the stream's end, but where the framing has a marker, at which it goes on by itself: delimiter,
//    lines, slip, cobs, hdlc, sync. With sync the marker stands before messages, so when one is whole it takes its
//    first bytes from the error before it: that alone, and only while it is the last message, may become shorter;
//  - tiling: every byte belongs to exactly one message, or is filler that the framing itself defines;
//  - O(1) per byte in total, however small the arrivals are;
//  - no allocation per message in scan(), and no length believed before it was checked against maxMessage().
#pragma once

#include "model/capture/stream.h"
#include "model/framing/message.h"
#include "model/result.h"
#include "model/structs/field_decoder.h"

#include <functional>
#include <memory>

namespace octetscope {

/// Which bytes of a message are read for its fields.
enum class FieldsIn : quint8 { Payload, Message };

class Framer;
using FramerPtr = std::shared_ptr<const Framer>;

class Framer {
 public:
  virtual ~Framer() = default;

  /// The SPEC that makes this framer, canonical: options that differ from their defaults, in the registry's order.
  virtual QString spec() const = 0;

  /// Cuts messages from state.at on and adds those that are final to `out`, until the bytes or the batch run out. When
  /// the stream has ended (stream.end == Fin), a message that only the end completes is final too.
  virtual void scan(const StreamView &stream, ScanState &state, MessageBatch &out) const = 0;

  /// The last message, which is not final: what lies behind state.at once scan() has given out all it could. Its status
  /// is Incomplete or Error; size 0: there is none. O(1).
  virtual Message rest(const StreamView &stream, const ScanState &state) const = 0;

  /// Missing bytes, or why it is an error. `stream` holds at least the message. Costs what the message's head costs.
  virtual Verdict verdict(const StreamView &stream, const Message &message) const = 0;

  /// What the framing reads in `message`, in order, without gaps inside it: at most `most` parts, those that overlap
  /// `shown`. `state`: a state at or before shown.begin from which a scan of this message can go on (the state at its
  /// begin always serves). Costs what is shown, not what the message holds.
  virtual QList<FramingPart> parts(const StreamView &stream, const Message &message, const ScanState &state,
                                   ByteRange shown, int most) const = 0;

  /// What the receiver knows of `message` and waits for, in plain words, exact, one or two sentences:
  /// "Read 4 bytes as !I → 43, so message 3 ends at byte 176. 33 of 47 bytes are here: waiting for 14 more."
  /// `number` is the message's, as shown to people.
  virtual QString explain(const StreamView &stream, const Message &message, quint64 number) const = 0;

  /// verdict() and explain() without going over a long message in error again: `state` is one from which a scan of it
  /// can go on, as for parts(). What they say is the same; the nearer to the message's end it stands the less they
  /// cost, but that a framing may need some `tailBytes` before the end.
  virtual Verdict verdictFrom(const StreamView &stream, const Message &message, const ScanState &) const {
    return verdict(stream, message);
  }
  virtual QString explainFrom(const StreamView &stream, const Message &message, quint64 number,
                              const ScanState &) const {
    return explain(stream, message, number);
  }
  static constexpr quint64 tailBytes = 1024;

  /// Why `message` ends where it does, or goes on: what may follow "because" in a sentence, with the bytes that said
  /// so: "it read 00 00 00 2B (bytes 12–15) as u32be → 43". Of one in error: Verdict::error says it.
  virtual QString because(const StreamView &stream, const Message &message) const = 0;

  /// The byte with which a receiver sees that `message` is there, inside it: its first one, but where a framing cannot
  /// know so early: a flag may be filler, a marker that is looked for is one once it is whole. `before`: the message
  /// before it, null where there is none. This byte gives a message its place among those of the other direction.
  virtual quint64 seenFrom(const StreamView &, const Message &message, const Message * /*before*/) const {
    return message.offset;
  }

  /// The number that says how long `message` is; none where the framing reads none, or not all of it is here.
  virtual std::optional<LengthRead> lengthRead(const StreamView &, const Message &) const { return std::nullopt; }

  /// Takes a piece of a payload; false: enough.
  using TakePiece = std::function<bool(ByteView)>;
  /// Gives the payload to `take`, piece by piece and in order, until it has enough: as it lies in the stream by
  /// default, unstuffed or decompressed where the framing says so. Nothing is joined. A message in error has none.
  /// Errors: too large, broken.
  virtual Result<void> payloadPieces(const StreamView &stream, const Message &message, const TakePiece &take) const;

  /// The payload, joined; its first `most` bytes where it has more. Errors: those of payloadPieces().
  Result<QByteArray> payload(const StreamView &stream, const Message &message, quint64 most = ~0ULL) const;

  /// The sender's side: the bytes that carry `payload` as one message, or why this framing cannot carry it.
  /// Of a framing with layers, from the innermost out.
  virtual Result<QByteArray> encode(QByteArrayView payload) const = 0;
  /// The same of the outermost framing alone: what payload() gave comes back as its message.
  virtual Result<QByteArray> encodeOuter(QByteArrayView payload) const { return encode(payload); }

  /// The fields that the format itself has: JSON's values, a pickle's opcodes, the lines of an HTTP head. Null: none.
  /// Where payloads have a LAYOUT, that is shown instead.
  virtual FieldDecoderPtr fields() const { return nullptr; }
  /// The bytes in which those lie.
  virtual FieldsIn fieldsIn() const { return FieldsIn::Payload; }

  /// The framing that cuts each payload of this one by itself (`A | B`), null where there is none.
  virtual FramerPtr inner() const { return nullptr; }
  /// The framing that cuts the payloads of this one joined to one stream (`A |+ B`), null where there is none. The
  /// messages of this one are then those of A.
  virtual FramerPtr joinedBy() const { return nullptr; }

  /// The largest message in bytes; exactly that is legal. ~0 where there is no limit.
  virtual quint64 maxMessage() const = 0;

  /// When `message` becomes final, or became, because nothing comes any more: no bytes tell of that moment, so whoever
  /// waits for the message has to look again then. noTime: silence ends no message here.
  virtual qint64 finalAt(const StreamView &, const Message &) const { return noTime; }
  /// How many bytes at the end of the last message, where that is in error, may turn out to be the begin of the next:
  /// all but the last of a marker that stands before messages.
  virtual quint64 givesBack() const { return 0; }

  /// True where messages depend on the chunk table (`chunks`): views given to scan() must then end where a chunk ends.
  virtual bool readsChunks() const { return false; }

  /// True where messages depend on what went the other way (a response on its request): views given to scan() should
  /// then have StreamView::other.
  virtual bool readsOther() const { return false; }

  /// True where messages may need their bytes scanned again to find their end (delimiter): an index then keeps states
  /// inside long messages.
  virtual bool scansBytes() const { return false; }
};

}  // namespace octetscope
