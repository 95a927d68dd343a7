// The opcodes of pickles, protocols 0 to 5, as CPython's pickletools describes them: their names, and what argument
// follows each. A pickle is a program for a small machine; here it is only walked over, and nothing it says is done.
#pragma once

#include "model/values/item_walk.h"

namespace octetscope {

/// The kinds of arguments, with pickletools' names and in their order of bytes: little-endian but for float8.
enum class PickleArgument : quint8 {
  None,
  Uint1,
  Uint2,
  Int4,
  Uint4,
  Uint8,
  Float8,
  // Behind a count of bytes:
  Long1,
  Long4,
  String1,
  String4,
  Bytes1,
  Bytes4,
  Bytes8,
  Bytearray8,
  Unicodestring1,
  Unicodestring4,
  Unicodestring8,
  // Up to the end of a line, or of the next two:
  DecimalnlShort,
  DecimalnlLong,
  Stringnl,
  StringnlNoescape,
  StringnlNoescapePair,
  Unicodestringnl,
  Floatnl,
};

struct PickleOpcode {
  const char *name = nullptr;  ///< null: there is no such opcode
  PickleArgument argument = PickleArgument::None;
  const char *does = nullptr;  ///< what carrying it out would do
};

inline constexpr std::uint8_t pickleStop = '.';

const PickleOpcode &pickleOpcode(std::uint8_t byte);
/// "uint1", "stringnl_noescape_pair"; empty for None.
QString pickleArgumentName(PickleArgument argument);

/// Where the argument of the opcode at the front of some bytes lies, the opcode counted.
struct PickleExtent {
  enum Outcome : quint8 { Cut, Whole, Unknown, Negative, BadText };
  Outcome outcome = Cut;
  quint64 head = 1;      ///< opcode and count; of a cut one what they will have; 0: an end of a line is looked for
  quint64 content = 0;   ///< bytes behind them; those of lines without the last end
  quint64 lineEnds = 0;  ///< how many ends of lines are not here yet
  quint64 first = 0;     ///< of two lines: where the second begins; 0: not known yet

  quint64 size(PickleArgument argument) const {
    return head + content + (argument >= PickleArgument::DecimalnlShort ? 1 : 0);
  }
};

class PickleItems final : public ItemFormat {
 public:
  WalkEnd walkOn(ByteView bytes, ItemWalk &walk, quint64 max, quint64 most = ~0ULL) const override;
  ItemReading readAt(ByteView bytes, const ItemWalk &walk, quint64 offset) const override;
  QString noun() const override { return QStringLiteral("opcode"); }
  QString endNoun() const override { return QStringLiteral("STOP"); }

  /// The opcode at the front of `bytes`; the search for the ends of its lines goes on from `searched`, the first of two
  /// having been found if `first` is not 0.
  static PickleExtent extentOf(ByteView bytes, quint64 searched = 0, quint64 first = 0);
};

}  // namespace octetscope
