#include "model/values/cbor_items.h"

#include <QtEndian>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

/// Inside which value of indefinite length a walk is.
enum class Level : quint8 { Top, Array, Key, Value, Bytes, Text };  // Key, Value: what comes next in a map

/// The walk's numbers by their names. `pending` counts what has to come inside the innermost value of indefinite
/// length, of values of definite length in it.
struct CborWalk {
  quint64 at;
  quint64 pending;
  quint64 outer;  // what has to come outside of it, at least; its break and theirs included
  quint64 depth;  // values of indefinite length that are open
  Level level;

  explicit CborWalk(const ItemWalk &walk)
      : at(walk.at),
        pending(walk.pending),
        outer(walk.own[0]),
        depth(walk.own[1] >> 3),
        level(static_cast<Level>(walk.own[1] & 7)) {}
  void give(ItemWalk &walk) const {
    walk.at = at;
    walk.pending = pending;
    walk.own = {outer, depth << 3 | static_cast<quint64>(level)};
  }
};

// What is open lies as base-128 numbers that are read from the back: the first byte has the level and four bits of the
// count, and its highest bit is 0; those with more bits, which follow it, have a 1 there.
void push(QByteArray &open, const CborWalk &walk) {
  open += static_cast<char>(static_cast<quint64>(walk.level) | (walk.pending & 15) << 3);
  for (quint64 rest = walk.pending >> 4; rest > 0; rest >>= 7) open += static_cast<char>(0x80 | (rest & 0x7f));
}

void pop(QByteArray &open, CborWalk &walk) {
  quint64 bits = 0;
  qsizetype at = open.size();
  std::uint8_t byte = 0;
  while (at > 0 && ((byte = static_cast<std::uint8_t>(open[--at])) & 0x80) != 0) bits = bits << 7 | (byte & 0x7f);
  walk.level = static_cast<Level>(byte & 7);
  walk.pending = bits << 4 | (byte >> 3 & 15);
  open.resize(at);
}

/// What a head does to a walk.
enum class Step : quint8 {
  Fine,
  BadHead,
  BreakNowhere,   // there is nothing that it could end
  BreakForValue,  // where a map has a key without a value
  BreakInside,    // where a value of definite length, or a tag, still waits for something
  NotAPiece,      // in a string of indefinite length
  TooDeep,
};

Step stepOf(const CborHead &head, const CborWalk &walk) {
  if (head.outcome > CborHead::Read) return Step::BadHead;
  if (head.isBreak()) {
    if (walk.level == Level::Top) return Step::BreakNowhere;
    if (walk.pending > 0) return Step::BreakInside;
    return walk.level == Level::Value ? Step::BreakForValue : Step::Fine;
  }
  if (walk.level >= Level::Bytes) {
    const CborMajor wanted = walk.level == Level::Bytes ? CborMajor::Bytes : CborMajor::Text;
    return head.major == wanted && !head.isIndefinite ? Step::Fine : Step::NotAPiece;
  }
  return head.isIndefinite && walk.depth >= CborItems::deepest ? Step::TooDeep : Step::Fine;
}

/// How many data items belong to one; ~0 where that is no number of 64 bits.
quint64 itemsOf(const CborHead &head) {
  if (head.major == CborMajor::Tag) return 1;
  if (head.isIndefinite) return 0;
  if (head.major == CborMajor::Array) return head.argument;
  if (head.major != CborMajor::Map) return 0;
  return head.argument > ~0ULL / 2 ? ~0ULL : 2 * head.argument;
}

/// Behind one that is whole, or whose content is not all here; not a break. `walk` stands behind it then.
void goOver(const CborHead &head, CborWalk &walk) {
  if (walk.pending > 0) {
    --walk.pending;
  } else if (walk.level == Level::Key) {
    walk.level = Level::Value;
  } else if (walk.level == Level::Value) {
    walk.level = Level::Key;
  }
  walk.pending += itemsOf(head);
}

Level levelOf(CborMajor major) {
  switch (major) {
    case CborMajor::Bytes:
      return Level::Bytes;
    case CborMajor::Text:
      return Level::Text;
    case CborMajor::Map:
      return Level::Key;
    default:
      return Level::Array;
  }
}

/// What the message has with this item, at least, and what it has of other items behind it.
struct Reach {
  WideInt next;    // where the item ends
  WideInt behind;  // items that have to come
};

Reach reachOf(const CborHead &head, const CborWalk &walk) {
  Reach reach{WideInt(walk.at) + head.width, WideInt(walk.outer) + walk.pending};
  if (walk.pending > 0) --reach.behind;
  if (head.isBreak()) {
    // Its own is counted among those outside.
    if (reach.behind > 0) --reach.behind;
    return reach;
  }
  if (head.outcome != CborHead::Read) return reach;
  if (head.isIndefinite) {
    ++reach.behind;
  } else if (head.isString()) {
    reach.next += head.argument;
  } else {
    reach.behind += itemsOf(head);
  }
  return reach;
}

}  // namespace

CborHead cborHead(ByteView bytes) {
  CborHead head;
  if (bytes.empty()) return head;
  head.major = static_cast<CborMajor>(bytes[0] >> 5);
  head.info = bytes[0] & 31;
  if (head.info < 24) {
    head.argument = head.info;
  } else if (head.info < 28) {
    const auto width = static_cast<quint8>(1 << (head.info - 24));
    head.width = static_cast<quint8>(1 + width);
    if (bytes.size() < head.width) return head;
    const std::uint8_t *const number = bytes.data() + 1;
    head.argument = width == 1   ? *number
                    : width == 2 ? qFromBigEndian<quint16>(number)
                    : width == 4 ? qFromBigEndian<quint32>(number)
                                 : qFromBigEndian<quint64>(number);
    if (head.major == CborMajor::Simple && width == 1 && head.argument < 32) {
      head.outcome = CborHead::LowSimple;
      return head;
    }
  } else if (head.info < 31) {
    head.outcome = CborHead::Reserved;
    return head;
  } else {
    head.isIndefinite = true;
    if (head.major < CborMajor::Bytes || head.major == CborMajor::Tag) {
      head.outcome = CborHead::NoIndefinite;
      return head;
    }
  }
  head.outcome = CborHead::Read;
  return head;
}

QString cborName(const CborHead &head) {
  static constexpr const char *names[] = {
      "unsigned integer", "negative integer", "byte string", "text string", "array", "map", "tag", "simple value"};
  if (head.major == CborMajor::Tag)
    return head.outcome == CborHead::Read ? u"tag "_s + grouped(head.argument) : u"tag"_s;
  if (head.major == CborMajor::Simple) {
    if (head.isIndefinite) return u"break"_s;
    if (head.info == 20) return u"false"_s;
    if (head.info == 21) return u"true"_s;
    if (head.info == 22) return u"null"_s;
    if (head.info == 23) return u"undefined"_s;
    if (head.info >= 25) return u"float %1"_s.arg(16 << (head.info - 25));
  }
  const QString name = QString::fromLatin1(names[static_cast<int>(head.major)]);
  return head.isIndefinite ? name + u" of indefinite length"_s : name;
}

WalkEnd CborItems::walkOn(ByteView bytes, ItemWalk &state, quint64 max, quint64 most) const {
  CborWalk walk(state);
  const quint64 end = bytes.size();
  WalkEnd outcome = WalkEnd::Done;
  while (walk.pending > 0 || walk.depth > 0) {
    if (state.items >= most) {
      outcome = WalkEnd::Paused;
      break;
    }
    if (walk.at >= end) {
      outcome = WalkEnd::Cut;
      break;
    }
    const CborHead head = cborHead(bytes.subspan(walk.at));
    const Reach reach = reachOf(head, walk);
    if (stepOf(head, walk) != Step::Fine || reach.next + reach.behind > WideInt(max)) {
      outcome = WalkEnd::Broken;
      break;
    }
    if (head.outcome == CborHead::Cut || reach.next > WideInt(end)) {
      outcome = WalkEnd::Cut;
      break;
    }
    walk.at = static_cast<quint64>(reach.next);
    if (head.isBreak()) {
      pop(state.open, walk);
      --walk.depth;
      walk.outer -= walk.pending + 1;
      continue;
    }
    ++state.items;
    if (walk.level < Level::Bytes) goOver(head, walk);
    if (head.isIndefinite) {
      push(state.open, walk);
      walk.outer += walk.pending + 1;
      walk.pending = 0;
      ++walk.depth;
      walk.level = levelOf(head.major);
    }
  }
  walk.give(state);
  return outcome;
}

ItemHead CborItems::headOf(ByteView bytes) const {
  const CborHead read = cborHead(bytes);
  ItemHead head;
  head.outcome = read.outcome == CborHead::Cut    ? ItemHead::Cut
                 : read.outcome == CborHead::Read ? ItemHead::Read
                                                  : ItemHead::Bad;
  head.width = read.width;
  if (head.outcome != ItemHead::Read) return head;
  switch (read.major) {
    case CborMajor::Array:
    case CborMajor::Map:
      head.shape = read.major == CborMajor::Array ? ItemHead::Array : ItemHead::Map;
      head.isEndless = read.isIndefinite;
      head.count = read.argument;
      break;
    case CborMajor::Bytes:
    case CborMajor::Text:
      if (read.isIndefinite) head.shape = ItemHead::Pieces;
      head.content = read.argument;
      break;
    case CborMajor::Tag:
      head.shape = ItemHead::Tag;
      break;
    default:
      if (read.isBreak()) head.shape = ItemHead::Break;
      break;
  }
  return head;
}

ItemReading CborItems::readAt(ByteView bytes, const ItemWalk &state, quint64 offset) const {
  ItemReading reading;
  const CborWalk walk(state);
  const ByteView here = bytes.subspan(std::min<quint64>(walk.at, bytes.size()));
  reading.behind = walk.pending + walk.outer;
  if (here.empty()) return reading;
  const CborHead head = cborHead(here);
  reading.name = cborName(head);
  const QString place = u"byte %1 is %2"_s.arg(grouped(offset + walk.at), byteName(here[0]));
  switch (head.outcome) {
    case CborHead::Reserved:
      reading.error = place + u", whose additional information, %1, is reserved"_s.arg(head.info);
      return reading;
    case CborHead::NoIndefinite:
      reading.error = place + u": %1 of indefinite length, which there is not"_s.arg(
                                  head.major == CborMajor::Tag        ? u"a tag"_s
                                  : head.major == CborMajor::Negative ? u"a negative integer"_s
                                                                      : u"an unsigned integer"_s);
      return reading;
    case CborHead::LowSimple:
      reading.error = u"%1 (%2) are the simple value %3 in two bytes, which has to be 32 or more"_s.arg(
          bytesAt(ByteRange::ofSize(offset + walk.at, 2)), hexWords(here.first(2)), grouped(head.argument));
      return reading;
    default:
      break;
  }
  switch (stepOf(head, walk)) {
    case Step::BreakNowhere:
      reading.error = place + u", a break, where nothing of indefinite length is open"_s;
      return reading;
    case Step::BreakInside:
      reading.error =
          place + u", a break, where %1 more %2 to come inside a value of definite length or behind a tag"_s.arg(
                      grouped(walk.pending), walk.pending == 1 ? u"data item has"_s : u"data items have"_s);
      return reading;
    case Step::BreakForValue:
      reading.error = place + u", a break, where the value of a map's last key has to be"_s;
      return reading;
    case Step::NotAPiece:
      reading.error = place + u", which is no piece of the %1 string of indefinite length that is open"_s.arg(
                                  walk.level == Level::Bytes ? u"byte"_s : u"text"_s);
      return reading;
    case Step::TooDeep:
      reading.error =
          place + u" and would be the %1st value of indefinite length open inside one another: at most %2 may be"_s.arg(
                      grouped(walk.depth + 1), grouped(deepest));
      return reading;
    case Step::BadHead:
    case Step::Fine:
      break;
  }
  const Reach reach = reachOf(head, walk);
  reading.headSize = head.width;
  reading.least = reach.next + reach.behind;
  reading.behind = static_cast<quint64>(std::min(reach.behind, WideInt(~0ULL)));
  if (head.outcome == CborHead::Cut) return reading;
  const auto counted = [&](const QString &one, const QString &many) {
    reading.announced = grouped(head.argument) + u' ' + (head.argument == 1 ? one : many);
  };
  if (!head.isIndefinite) {
    if (head.isString()) reading.announced = byteCount(head.argument);
    if (head.major == CborMajor::Array) counted(u"data item"_s, u"data items"_s);
    if (head.major == CborMajor::Map) counted(u"pair"_s, u"pairs"_s);
  }
  reading.size = reach.next - walk.at;
  reading.endsMessage = reach.behind == 0;
  return reading;
}

}  // namespace octetscope
