// The items of CBOR (RFC 8949): a head of a major type and additional information, an argument, content, and the data
// items inside. Values of indefinite length are ended by a break.
#pragma once

#include "model/values/item_walk.h"

namespace octetscope {

enum class CborMajor : quint8 { Unsigned, Negative, Bytes, Text, Array, Map, Tag, Simple };

/// The head of one data item.
struct CborHead {
  enum Outcome : quint8 { Cut, Read, Reserved, NoIndefinite, LowSimple };
  Outcome outcome = Cut;
  CborMajor major = CborMajor::Unsigned;
  quint8 info = 0;            ///< additional information
  quint8 width = 1;           ///< bytes of the head; of a cut one: what it will have
  bool isIndefinite = false;  ///< or a break, of major type 7
  quint64 argument = 0;

  bool isBreak() const { return major == CborMajor::Simple && isIndefinite; }
  bool isString() const { return major == CborMajor::Bytes || major == CborMajor::Text; }
};

/// The head at the front of `bytes`.
CborHead cborHead(ByteView bytes);
/// "unsigned integer", "text string of indefinite length", "tag 1", "float 16", "break".
QString cborName(const CborHead &head);

class CborItems final : public ItemFormat {
 public:
  /// How many values of indefinite length may be open in one another.
  static constexpr quint64 deepest = 200'000;

  WalkEnd walkOn(ByteView bytes, ItemWalk &walk, quint64 max, quint64 most = ~0ULL) const override;
  ItemReading readAt(ByteView bytes, const ItemWalk &walk, quint64 offset) const override;
  ItemHead headOf(ByteView bytes) const override;
  QString noun() const override { return QStringLiteral("data item"); }
};

}  // namespace octetscope
