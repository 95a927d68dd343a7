// Values made of items (item_walk.h) as a FieldTree: what is inside one value of MessagePack or CBOR, and the names
// that keys give.
#pragma once

#include "model/values/field_tree.h"
#include "model/values/item_walk.h"

namespace octetscope {

/// Kinds of nodes.
enum class ItemNode : quint32 {
  Whole,
  Cut,     ///< not all of it is here, or may be looked at
  Broken,  ///< bytes that break the rule
};

/// Gives the one value in `payload` to `out`. What is inside an array or a map at the top are the fields at the top; of
/// a node, `detail` is how many bytes of tags stand before its head. Containers as keys, and what lies too deep to be
/// listed, are gone over by the format's walk: nothing is kept of them.
void readItemTree(ByteView payload, const ItemFormat &format, FieldTreeBuilder &out);

/// Says what one item that is no container says: its value, for a key.
using ItemText = QString (*)(ByteView item);

/// A value in the bytes of a key, as text of at most about `most` characters: containers as [1, 2] and {1: 2}.
QString itemText(ByteView bytes, const ItemFormat &format, ItemText scalar, qsizetype most = 200);

/// Text where the bytes are UTF-8, else the bytes.
Value textOrBytes(ByteView bytes);

}  // namespace octetscope
