#include "model/values/pickle_opcodes.h"

#include "model/values/pickle_text.h"

#include <QtEndian>

#include <cstring>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array<PickleOpcode, 256> makeOpcodes() {
  using enum PickleArgument;
  std::array<PickleOpcode, 256> codes{};
  codes['I'] = {"INT", DecimalnlShort, "push this number"};
  codes['J'] = {"BININT", Int4, "push this number"};
  codes['K'] = {"BININT1", Uint1, "push this number"};
  codes['M'] = {"BININT2", Uint2, "push this number"};
  codes['L'] = {"LONG", DecimalnlLong, "push this number"};
  codes[0x8a] = {"LONG1", Long1, "push this number"};
  codes[0x8b] = {"LONG4", Long4, "push this number"};
  codes['S'] = {"STRING", Stringnl, "push this string"};
  codes['T'] = {"BINSTRING", String4, "push this string"};
  codes['U'] = {"SHORT_BINSTRING", String1, "push this string"};
  codes['B'] = {"BINBYTES", Bytes4, "push these bytes"};
  codes['C'] = {"SHORT_BINBYTES", Bytes1, "push these bytes"};
  codes[0x8e] = {"BINBYTES8", Bytes8, "push these bytes"};
  codes[0x96] = {"BYTEARRAY8", Bytearray8, "push these bytes, as a bytearray"};
  codes[0x97] = {"NEXT_BUFFER", None, "push the next buffer that came beside the pickle"};
  codes[0x98] = {"READONLY_BUFFER", None, "make the buffer on top read-only"};
  codes['N'] = {"NONE", None, "push None"};
  codes[0x88] = {"NEWTRUE", None, "push True"};
  codes[0x89] = {"NEWFALSE", None, "push False"};
  codes['V'] = {"UNICODE", Unicodestringnl, "push this string"};
  codes[0x8c] = {"SHORT_BINUNICODE", Unicodestring1, "push this string"};
  codes['X'] = {"BINUNICODE", Unicodestring4, "push this string"};
  codes[0x8d] = {"BINUNICODE8", Unicodestring8, "push this string"};
  codes['F'] = {"FLOAT", Floatnl, "push this number"};
  codes['G'] = {"BINFLOAT", Float8, "push this number"};
  codes[']'] = {"EMPTY_LIST", None, "push an empty list"};
  codes['a'] = {"APPEND", None, "append the top to the list below it"};
  codes['e'] = {"APPENDS", None, "append what lies above the mark to the list below it"};
  codes['l'] = {"LIST", None, "make a list of what lies above the mark"};
  codes[')'] = {"EMPTY_TUPLE", None, "push an empty tuple"};
  codes['t'] = {"TUPLE", None, "make a tuple of what lies above the mark"};
  codes[0x85] = {"TUPLE1", None, "make a tuple of the top"};
  codes[0x86] = {"TUPLE2", None, "make a tuple of the two on top"};
  codes[0x87] = {"TUPLE3", None, "make a tuple of the three on top"};
  codes['}'] = {"EMPTY_DICT", None, "push an empty dict"};
  codes['d'] = {"DICT", None, "make a dict of the keys and values above the mark"};
  codes['s'] = {"SETITEM", None, "put a key and its value into the dict below them"};
  codes['u'] = {"SETITEMS", None, "put the keys and values above the mark into the dict below it"};
  codes[0x8f] = {"EMPTY_SET", None, "push an empty set"};
  codes[0x90] = {"ADDITEMS", None, "add what lies above the mark to the set below it"};
  codes[0x91] = {"FROZENSET", None, "make a frozenset of what lies above the mark"};
  codes['0'] = {"POP", None, "drop the top"};
  codes['2'] = {"DUP", None, "push the top again"};
  codes['('] = {"MARK", None, "push a mark"};
  codes['1'] = {"POP_MARK", None, "drop everything down to the mark"};
  codes['g'] = {"GET", DecimalnlShort, "push what was remembered under this number"};
  codes['h'] = {"BINGET", Uint1, "push what was remembered under this number"};
  codes['j'] = {"LONG_BINGET", Uint4, "push what was remembered under this number"};
  codes['p'] = {"PUT", DecimalnlShort, "remember the top under this number"};
  codes['q'] = {"BINPUT", Uint1, "remember the top under this number"};
  codes['r'] = {"LONG_BINPUT", Uint4, "remember the top under this number"};
  codes[0x94] = {"MEMOIZE", None, "remember the top under the next number"};
  codes[0x82] = {"EXT1", Uint1, "push the class registered under this number"};
  codes[0x83] = {"EXT2", Uint2, "push the class registered under this number"};
  codes[0x84] = {"EXT4", Int4, "push the class registered under this number"};
  codes['c'] = {"GLOBAL", StringnlNoescapePair, "import this name"};
  codes[0x93] = {"STACK_GLOBAL", None, "import the name that the two strings on top give"};
  codes['R'] = {"REDUCE", None, "call what lies below the top, with the tuple on top as its arguments"};
  codes['b'] = {"BUILD", None, "set the state of the object below the top, by its __setstate__ where it has one"};
  codes['i'] = {"INST", StringnlNoescapePair, "import this name and call it with what lies above the mark"};
  codes['o'] = {"OBJ", None, "call what lies above the mark with what lies above that"};
  codes[0x81] = {"NEWOBJ", None, "make an object by calling __new__ of the class below the top"};
  codes[0x92] = {"NEWOBJ_EX", None, "make an object by calling __new__ of the class below the two on top"};
  codes[0x80] = {"PROTO", Uint1, "say which protocol this is"};
  codes['.'] = {"STOP", None, "end: the top is the result"};
  codes[0x95] = {"FRAME", Uint8, "read so many bytes at once"};
  codes['P'] = {"PERSID", StringnlNoescape, "ask the program for the object of this name"};
  codes['Q'] = {"BINPERSID", None, "ask the program for the object that the top names"};
  return codes;
}

constexpr std::array<PickleOpcode, 256> opcodes = makeOpcodes();

/// Bytes of a fixed argument, or of the count in front of one.
constexpr quint8 widthOf(PickleArgument argument) {
  using enum PickleArgument;
  switch (argument) {
    case Uint1:
    case Long1:
    case String1:
    case Bytes1:
    case Unicodestring1:
      return 1;
    case Uint2:
      return 2;
    case Int4:
    case Uint4:
    case Long4:
    case String4:
    case Bytes4:
    case Unicodestring4:
      return 4;
    case Uint8:
    case Float8:
    case Bytes8:
    case Bytearray8:
    case Unicodestring8:
      return 8;
    default:
      return 0;
  }
}

constexpr bool isCounted(PickleArgument argument) {
  return argument >= PickleArgument::Long1 && argument <= PickleArgument::Unicodestring8;
}

constexpr bool isLines(PickleArgument argument) {
  return argument >= PickleArgument::DecimalnlShort;
}

quint64 countAt(const std::uint8_t *bytes, quint8 width) {
  switch (width) {
    case 1:
      return *bytes;
    case 4:
      return qFromLittleEndian<quint32>(bytes);
    default:
      return qFromLittleEndian<quint64>(bytes);
  }
}

}  // namespace

const PickleOpcode &pickleOpcode(std::uint8_t byte) {
  return opcodes[byte];
}

QString pickleArgumentName(PickleArgument argument) {
  static constexpr const char *names[] = {"",
                                          "uint1",
                                          "uint2",
                                          "int4",
                                          "uint4",
                                          "uint8",
                                          "float8",
                                          "long1",
                                          "long4",
                                          "string1",
                                          "string4",
                                          "bytes1",
                                          "bytes4",
                                          "bytes8",
                                          "bytearray8",
                                          "unicodestring1",
                                          "unicodestring4",
                                          "unicodestring8",
                                          "decimalnl_short",
                                          "decimalnl_long",
                                          "stringnl",
                                          "stringnl_noescape",
                                          "stringnl_noescape_pair",
                                          "unicodestringnl",
                                          "floatnl"};
  return QString::fromLatin1(names[static_cast<int>(argument)]);
}

PickleExtent PickleItems::extentOf(ByteView bytes, quint64 searched, quint64 first) {
  PickleExtent extent;
  if (bytes.empty()) return extent;
  const PickleOpcode &opcode = opcodes[bytes[0]];
  const PickleArgument argument = opcode.argument;
  if (opcode.name == nullptr) {
    extent.outcome = PickleExtent::Unknown;
  } else if (!isLines(argument)) {
    const quint8 width = widthOf(argument);
    const bool hasCount = isCounted(argument);
    extent.head = hasCount ? 1ULL + width : 1ULL;
    extent.content = hasCount ? 0 : width;
    if (hasCount) {
      if (bytes.size() < extent.head) return extent;
      extent.content = countAt(bytes.data() + 1, width);
      const bool isSigned = argument == PickleArgument::Long4 || argument == PickleArgument::String4;
      if (isSigned && extent.content > 0x7fffffff) {
        extent.outcome = PickleExtent::Negative;
        return extent;
      }
    }
    if (extent.content <= bytes.size() - extent.head) extent.outcome = PickleExtent::Whole;
  } else {
    const bool isPair = argument == PickleArgument::StringnlNoescapePair;
    extent.first = first;
    for (quint64 from = std::max<quint64>(searched, 1);;) {
      const void *const found =
          from < bytes.size() ? std::memchr(bytes.data() + from, '\n', bytes.size() - from) : nullptr;
      if (found == nullptr) {
        extent.content = bytes.size() - 1;
        extent.lineEnds = isPair && extent.first == 0 ? 2 : 1;
        return extent;
      }
      const auto at = static_cast<quint64>(static_cast<const std::uint8_t *>(found) - bytes.data());
      if (!isPair || extent.first != 0) {
        extent.content = at - 1;
        break;
      }
      extent.first = from = at + 1;
    }
    const ByteView text = bytes.subspan(1, extent.content);
    extent.outcome = isPickleText(argument, text) ? PickleExtent::Whole : PickleExtent::BadText;
  }
  return extent;
}

// own: how far ends of lines were looked for in the opcode at which it stands, and where its second line begins.
WalkEnd PickleItems::walkOn(ByteView bytes, ItemWalk &walk, quint64 max, quint64 most) const {
  while (walk.pending > 0) {
    if (walk.items >= most) return WalkEnd::Paused;
    if (walk.at >= bytes.size()) return WalkEnd::Cut;
    const ByteView here = bytes.subspan(walk.at);
    const PickleExtent extent = extentOf(here, walk.own[0], walk.own[1]);
    const PickleArgument argument = opcodes[here[0]].argument;
    const quint64 behind = here[0] == pickleStop ? 0 : 1;
    const WideInt least = WideInt(walk.at) + extent.head + extent.content +
                          (isLines(argument) ? std::max<quint64>(extent.lineEnds, 1) : 0) + behind;
    if (extent.outcome > PickleExtent::Whole || least > WideInt(max)) return WalkEnd::Broken;
    if (extent.outcome == PickleExtent::Cut) {
      if (isLines(argument)) walk.own = {here.size(), extent.first};
      return WalkEnd::Cut;
    }
    walk.at += extent.size(argument);
    walk.own = {};
    walk.pending = behind;
    ++walk.items;
  }
  return WalkEnd::Done;
}

ItemReading PickleItems::readAt(ByteView bytes, const ItemWalk &walk, quint64 offset) const {
  ItemReading reading;
  const ByteView here = bytes.subspan(std::min<quint64>(walk.at, bytes.size()));
  reading.behind = walk.pending;
  if (here.empty()) return reading;
  const PickleOpcode &opcode = opcodes[here[0]];
  const PickleExtent extent = extentOf(here, walk.own[0], walk.own[1]);
  const quint64 at = offset + walk.at;
  if (extent.outcome == PickleExtent::Unknown) {
    reading.name = byteName(here[0]);
    reading.error = u"byte %1 is %2, which is no opcode of a pickle"_s.arg(grouped(at), byteName(here[0]));
    return reading;
  }
  reading.name = QString::fromLatin1(opcode.name);
  const bool hasLines = isLines(opcode.argument);
  reading.behind = here[0] == pickleStop ? 0 : 1;
  reading.headSize = hasLines ? 0 : isCounted(opcode.argument) ? extent.head : extent.head + extent.content;
  reading.least = WideInt(walk.at) + extent.head + extent.content + reading.behind +
                  (hasLines ? std::max<quint64>(extent.lineEnds, 1) : 0);
  if (extent.outcome == PickleExtent::Negative) {
    reading.error = u"%1 (%2) give %3 a count of %4 bytes"_s.arg(bytesAt(ByteRange::ofSize(at + 1, 4)),
                                                                 hexWords(here.subspan(1, 4)), reading.name,
                                                                 grouped(qFromLittleEndian<qint32>(here.data() + 1)));
    return reading;
  }
  if (extent.outcome == PickleExtent::BadText) {
    reading.error = u"%1 at byte %2 has %3 for its argument, %4"_s.arg(
        reading.name, grouped(at), displayBytes(here.subspan(1, extent.content), 60), pickleTextRule(opcode.argument));
    return reading;
  }
  if (extent.outcome == PickleExtent::Cut && (hasLines || here.size() < extent.head)) return reading;
  if (isCounted(opcode.argument)) reading.announced = byteCount(extent.content);
  reading.size = WideInt(extent.head) + extent.content + (hasLines ? 1 : 0);
  reading.endsMessage = reading.behind == 0;
  return reading;
}

}  // namespace octetscope
