// Where messages begin that a length inside them says the distances of, which a chain of lengths leaves open: bytes
// before the field belong to a header, or to what stood before it. A header's bytes recur from message to message, and
// so does a word that it begins with; the last bytes of payloads do not.
#pragma once

#include "model/framing/message.h"

#include <QList>

#include <array>
#include <span>

namespace octetscope {

/// Looks at the bytes before each length field.
class MessageBegins {
 public:
  static constexpr quint64 farthest = 16;  ///< bytes before the field

  /// `messages` have their field at `offset`; the first of them is left out, since nothing stood before it.
  MessageBegins(ByteView bytes, std::span<const ByteRange> messages, quint64 offset);

  /// Bits for beginning so many bytes before the field. `isFirst`: with the stream, whatever stands before the others.
  double bits(quint64 offset, bool isFirst) const;
  /// The one with the most bits that is no more than farthest.
  quint64 likeliest() const;
  /// Where the same byte, which may begin a word, stands so many bytes before every field.
  QList<quint64> constantOnes() const;

 private:
  enum class Column : quint8 { Unknown, Noise, Recurring, Zero, LineEnd, Word };

  std::array<Column, farthest + 2> columns_ = {};  // by the distance to the field
  bool firstFits_ = true;                          // the first message has what is the same in all others
};

}  // namespace octetscope
