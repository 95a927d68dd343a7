// SyncRule: what the options of `sync:HEX` say about one message: how long it is, where its checksum lies, which bytes
// that covers, and which are payload. All places count from the message's first byte. Plain values and arithmetic.
#pragma once

#include "model/checks/checksum.h"
#include "model/framing/framing_words.h"
#include "model/framing/length_field.h"

namespace octetscope {

struct SyncRule {
  QByteArray word = {};                    // the sync word
  std::optional<LengthField> length = {};  // none: every message has `size` bytes
  quint64 offset = 0;                      // bytes between the sync word and the length field
  qint64 adjust = 0;                       // added to the length that is read
  quint64 size = 0;                        // of every message, where there is no length field
  std::optional<quint64> strip = {};       // leading bytes that are not payload
  std::optional<Checksum> checksum = {};   // none: nothing is verified
  ByteOrder order = ByteOrder::Big;        // of the checksum
  quint64 from = 0;                        // where the bytes begin that the checksum covers
  std::optional<qint64> at = {};           // where the checksum is; below 0: from the end on; none: last
  quint64 max = 0;

  /// Errors: neither or both of `length` and `size`, options without what they belong to, a checksum that lies over the
  /// sync word or the length field or behind the end, a size that does not hold what the framing reads.
  static Result<SyncRule> fromSpec(const SpecValues &values);

  /// What the bytes of a message, as far as they are here, say about it.
  struct Measure {
    enum Outcome : quint8 { WordCut, FieldCut, Sized, NoWord, FieldBad, HeadTooLarge, TooSmall, TooLarge };
    Outcome outcome = WordCut;
    LengthField::Reading reading = {};
    WideInt size = 0;   ///< Sized, TooSmall, TooLarge: of the message; HeadTooLarge: of the head at least
    WideInt least = 0;  ///< TooSmall: how much it needs

    /// Nothing says where the message ends.
    bool isError() const { return outcome >= NoWord; }
    quint64 wholeSize() const { return static_cast<quint64>(size); }  // Sized
  };
  Measure measured(ByteView bytes) const;

  quint64 wordSize() const { return static_cast<quint64>(word.size()); }
  quint64 fieldAt() const { return wordSize() + offset; }
  /// End of the sync word and the length field: known where that was read, or has a fixed width.
  std::optional<quint64> headEnd(const Measure &measure) const;
  std::optional<quint64> payloadBegin(const Measure &measure) const;

  // Of a message of that size, which is enough:
  /// Where the checksum lies; empty: there is none.
  ByteRange checkRange(quint64 wholeSize) const;
  /// The bytes that it covers.
  ByteRange covered(quint64 wholeSize) const;
  quint64 payloadEnd(quint64 wholeSize) const;

  /// The bytes of a message that carries `payload`; what is neither payload nor read by the framing is zero.
  Result<QByteArray> encode(QByteArrayView payload) const;

  /// Bytes from where a checksum begins that is not at a fixed place, to the message's end.
  quint64 tailSize() const;
  bool isCheckFixed() const { return checksum && at && *at >= 0; }
  /// The least size of a message whose head ends there.
  WideInt leastSize(WideInt headEnd) const;
};

}  // namespace octetscope
