// ItemFormat: what binary formats that describe themselves (MessagePack, CBOR, a pickle) have in common: a value is a
// run of items, each with a head that says how long it is and how many items belong to it. A walk over them needs no
// recursion and no tree: it counts the items that still have to come. Formats are stateless, shared, thread-safe.
#pragma once

#include "model/bytes/byte_view.h"
#include "model/framing/framing_words.h"

#include <QByteArray>
#include <QString>

#include <array>

namespace octetscope {

/// Where a walk over the items of one value stands. Offsets count from the value's begin.
struct ItemWalk {
  quint64 at = 0;       ///< the next item's begin
  quint64 items = 0;    ///< how many lie before it; a break is none
  quint64 pending = 1;  ///< items that have to come, at least
  std::array<quint64, 2> own = {};
  QByteArray open = {};  ///< the format's own, where numbers are not enough; empty where a value has ended

  /// Goes to the begin of another value, behind one that has ended.
  void restart() {
    at = items = 0;
    pending = 1;
    own = {};
  }
};

enum class WalkEnd : quint8 {
  Done,    ///< the value has ended
  Cut,     ///< the bytes have
  Broken,  ///< the next item breaks the format's rule or the limit
  Paused,  ///< it went over as many items as it was asked to
};

/// What is said of an item as far as it is here.
struct ItemReading {
  QString name = {};         ///< the format's own word: "str 8"; empty: not even its first byte is here
  QString announced = {};    ///< what its head announces: "200 bytes", "2 pairs"; empty: nothing, or not known yet
  quint64 headSize = 0;      ///< of its head when it is whole; 0: an end is looked for
  WideInt size = 0;          ///< of head and content; 0: not known yet
  WideInt least = 0;         ///< what the message has with it and all that is announced, at least
  quint64 behind = 0;        ///< items that have to come behind it, at least; without a name: that have to come
  bool endsMessage = false;  ///< nothing comes behind it
  QString error = {};        ///< how it breaks the rule, in one line
};

/// What belongs to an item: for reading values.
struct ItemHead {
  enum Outcome : quint8 { Cut, Read, Bad };
  enum Shape : quint8 { Scalar, Array, Map, Tag, Pieces, Break };
  Outcome outcome = Cut;
  Shape shape = Scalar;
  bool isEndless = false;  ///< an array or a map that a break ends
  quint64 width = 0;       ///< of the head; of a cut one: what it will have, or 1
  quint64 content = 0;     ///< bytes behind the head that belong to it
  quint64 count = 0;       ///< values, or pairs of a map, that belong to it; ~0 stands for that and more
};

class ItemFormat {
 public:
  virtual ~ItemFormat() = default;

  /// Goes on, over `most` items in all at most. A value that has, or announces, more than `max` bytes is broken as soon
  /// as that is known. Whatever is announced is only counted down. O(1) per item and per byte that is searched.
  virtual WalkEnd walkOn(ByteView bytes, ItemWalk &walk, quint64 max, quint64 most = ~0ULL) const = 0;

  /// The item at which a walk stands, in words. `offset`: where the value begins in its stream.
  virtual ItemReading readAt(ByteView bytes, const ItemWalk &walk, quint64 offset) const = 0;

  /// The head at the front of `bytes`. Formats whose items do not nest have no use for it.
  virtual ItemHead headOf(ByteView) const { return {}; }

  /// "value", "data item", "opcode".
  virtual QString noun() const = 0;
  /// The item that ends every value, in words: "STOP"; empty: the last that was announced does.
  virtual QString endNoun() const { return {}; }
};

}  // namespace octetscope
