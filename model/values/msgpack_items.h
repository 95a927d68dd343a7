// The items of MessagePack: https://github.com/msgpack/msgpack/blob/master/spec.md. The first byte says everything: how
// wide a number follows, how many bytes, how many values.
#pragma once

#include "model/values/item_walk.h"

namespace octetscope {

enum class MsgpackKind : quint8 { Unsigned, Signed, Nil, Never, Bool, Bin, Ext, Float, Str, Array, Map };

/// What a first byte says.
struct MsgpackRule {
  MsgpackKind kind = MsgpackKind::Never;
  quint8 width = 1;    ///< of the head: this byte, the number that says how much follows, the type of an ext
  quint8 number = 0;   ///< bytes of that number, behind the first byte
  quint8 content = 0;  ///< bytes behind the head, where there is no such number
  quint8 items = 0;    ///< values that belong to it, where there is no such number; a pair is two
};

const MsgpackRule &msgpackRule(std::uint8_t first);
/// The specification's name: "fixmap", "uint 16".
QString msgpackName(std::uint8_t first);

class MsgpackItems final : public ItemFormat {
 public:
  WalkEnd walkOn(ByteView bytes, ItemWalk &walk, quint64 max, quint64 most = ~0ULL) const override;
  ItemReading readAt(ByteView bytes, const ItemWalk &walk, quint64 offset) const override;
  ItemHead headOf(ByteView bytes) const override;
  QString noun() const override { return QStringLiteral("value"); }
};

}  // namespace octetscope
