#include "model/values/msgpack_items.h"

#include <QtEndian>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array<MsgpackRule, 256> makeRules() {
  using enum MsgpackKind;
  std::array<MsgpackRule, 256> rules{};
  for (std::size_t i = 0; i < 256; ++i) {
    const auto low = static_cast<quint8>(i & 15);
    if (i < 0x80) {
      rules[i] = {Unsigned};
    } else if (i < 0x90) {
      rules[i] = {Map, 1, 0, 0, static_cast<quint8>(low * 2)};
    } else if (i < 0xa0) {
      rules[i] = {Array, 1, 0, 0, low};
    } else if (i < 0xc0) {
      rules[i] = {Str, 1, 0, static_cast<quint8>(i & 31)};
    } else if (i >= 0xe0) {
      rules[i] = {Signed};
    }
  }
  rules[0xc0] = {Nil};
  rules[0xc1] = {Never};
  rules[0xc2] = rules[0xc3] = {Bool};
  rules[0xca] = {Float, 1, 0, 4};
  rules[0xcb] = {Float, 1, 0, 8};
  for (quint8 power = 0; power < 4; ++power) {
    const auto bytes = static_cast<quint8>(1 << power);
    rules[0xccU + power] = {Unsigned, 1, 0, bytes};
    rules[0xd0U + power] = {Signed, 1, 0, bytes};
  }
  for (quint8 power = 0; power < 3; ++power) {
    const auto bytes = static_cast<quint8>(1 << power);
    const auto width = static_cast<quint8>(1 + bytes);
    rules[0xc4U + power] = {Bin, width, bytes};
    rules[0xc7U + power] = {Ext, static_cast<quint8>(width + 1), bytes};
    rules[0xd9U + power] = {Str, width, bytes};
  }
  for (quint8 power = 0; power < 5; ++power) rules[0xd4U + power] = {Ext, 2, 0, static_cast<quint8>(1 << power)};
  for (quint8 power = 0; power < 2; ++power) {
    const auto bytes = static_cast<quint8>(2 << power);
    rules[0xdcU + power] = {Array, static_cast<quint8>(1 + bytes), bytes};
    rules[0xdeU + power] = {Map, static_cast<quint8>(1 + bytes), bytes};
  }
  return rules;
}

constexpr std::array<MsgpackRule, 256> rules = makeRules();

quint64 numberAt(const std::uint8_t *bytes, quint8 width) {
  switch (width) {
    case 1:
      return *bytes;
    case 2:
      return qFromBigEndian<quint16>(bytes);
    default:
      return qFromBigEndian<quint32>(bytes);
  }
}

}  // namespace

const MsgpackRule &msgpackRule(std::uint8_t first) {
  return rules[first];
}

QString msgpackName(std::uint8_t first) {
  static constexpr const char *names[] = {
      "nil",       "",       "false",    "true",     "bin 8",    "bin 16",   "bin 32",   "ext 8",
      "ext 16",    "ext 32", "float 32", "float 64", "uint 8",   "uint 16",  "uint 32",  "uint 64",
      "int 8",     "int 16", "int 32",   "int 64",   "fixext 1", "fixext 2", "fixext 4", "fixext 8",
      "fixext 16", "str 8",  "str 16",   "str 32",   "array 16", "array 32", "map 16",   "map 32"};
  if (first < 0x80) return u"positive fixint"_s;
  if (first < 0x90) return u"fixmap"_s;
  if (first < 0xa0) return u"fixarray"_s;
  if (first < 0xc0) return u"fixstr"_s;
  if (first >= 0xe0) return u"negative fixint"_s;
  return QString::fromLatin1(names[first - 0xc0]);
}

WalkEnd MsgpackItems::walkOn(ByteView bytes, ItemWalk &walk, quint64 max, quint64 most) const {
  const std::uint8_t *const data = bytes.data();
  const quint64 end = bytes.size();
  quint64 at = walk.at;
  quint64 pending = walk.pending;
  quint64 items = walk.items;
  WalkEnd outcome = WalkEnd::Done;
  while (pending > 0) {
    if (items >= most) {
      outcome = WalkEnd::Paused;
      break;
    }
    if (at >= end) {
      outcome = WalkEnd::Cut;
      break;
    }
    const std::uint8_t first = data[at];
    if (first < 0x80 || first >= 0xe0) {
      // The small numbers are most of what there is; where the next value begins does not depend on what they say.
      if (at + pending > max) {
        outcome = WalkEnd::Broken;
        break;
      }
      ++at;
      --pending;
      ++items;
      continue;
    }
    const MsgpackRule &rule = rules[first];
    quint64 next = at + rule.width + rule.content;
    quint64 behind = pending - 1 + rule.items;
    if (rule.number > 0 && next <= end) {
      const quint64 number = numberAt(data + at + 1, rule.number);
      if (rule.kind == MsgpackKind::Array) {
        behind += number;
      } else if (rule.kind == MsgpackKind::Map) {
        behind += 2 * number;
      } else {
        next += number;
      }
    }
    // Every value that is announced has a byte at least. No sum overflows: each step adds 2^33 at most.
    if (next + behind > max || rule.kind == MsgpackKind::Never) {
      outcome = WalkEnd::Broken;
      break;
    }
    if (next > end) {
      outcome = WalkEnd::Cut;
      break;
    }
    at = next;
    pending = behind;
    ++items;
  }
  walk.at = at;
  walk.pending = pending;
  walk.items = items;
  return outcome;
}

ItemHead MsgpackItems::headOf(ByteView bytes) const {
  ItemHead head;
  head.width = 1;
  if (bytes.empty()) return head;
  const MsgpackRule &rule = rules[bytes[0]];
  head.width = rule.width;
  head.shape = rule.kind == MsgpackKind::Array ? ItemHead::Array
               : rule.kind == MsgpackKind::Map ? ItemHead::Map
                                               : ItemHead::Scalar;
  if (rule.kind == MsgpackKind::Never) {
    head.outcome = ItemHead::Bad;
    return head;
  }
  if (bytes.size() < rule.width) return head;
  head.outcome = ItemHead::Read;
  head.content = rule.content;
  head.count = head.shape == ItemHead::Map ? rule.items / 2 : rule.items;
  if (rule.number > 0) {
    (head.shape == ItemHead::Scalar ? head.content : head.count) = numberAt(bytes.data() + 1, rule.number);
  }
  return head;
}

ItemReading MsgpackItems::readAt(ByteView bytes, const ItemWalk &walk, quint64 offset) const {
  ItemReading reading;
  const ByteView here = bytes.subspan(std::min<quint64>(walk.at, bytes.size()));
  reading.behind = walk.pending;
  if (here.empty()) return reading;
  const MsgpackRule &rule = rules[here[0]];
  const ItemHead head = headOf(here);
  if (head.outcome == ItemHead::Bad) {
    reading.name = byteName(here[0]);
    reading.error = u"byte %1 is C1, which MessagePack never uses"_s.arg(grouped(offset + walk.at));
    return reading;
  }
  const bool isScalar = head.shape == ItemHead::Scalar;
  const bool hasLength =
      rule.kind == MsgpackKind::Str || rule.kind == MsgpackKind::Bin || rule.kind == MsgpackKind::Ext;
  reading.name = msgpackName(here[0]);
  reading.headSize = isScalar && !hasLength ? quint64{rule.width} + rule.content : quint64{rule.width};
  reading.behind = walk.pending - 1;
  reading.least = WideInt(walk.at) + head.width + reading.behind;
  if (rule.number == 0) reading.least += rule.content;
  if (head.outcome == ItemHead::Cut) return reading;
  if (hasLength) reading.announced = byteCount(head.content);
  if (head.shape == ItemHead::Array)
    reading.announced = grouped(head.count) + (head.count == 1 ? u" value"_s : u" values"_s);
  if (head.shape == ItemHead::Map)
    reading.announced = grouped(head.count) + (head.count == 1 ? u" pair"_s : u" pairs"_s);
  reading.behind += head.shape == ItemHead::Map ? 2 * head.count : head.count;
  reading.size = WideInt(head.width) + head.content;
  reading.least = WideInt(walk.at) + reading.size + reading.behind;
  reading.endsMessage = reading.behind == 0;
  return reading;
}

}  // namespace octetscope
