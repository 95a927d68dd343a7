#include "model/values/msgpack_format.h"

#include "model/values/binary_numbers.h"
#include "model/values/item_tree.h"
#include "model/values/msgpack_items.h"

#include <QtEndian>

#include <bit>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

const MsgpackItems items;

/// A number of 1, 2, 4 or 8 bytes.
quint64 unsignedOf(ByteView bytes) {
  quint64 number = 0;
  for (const std::uint8_t byte : bytes) number = number << 8 | byte;
  return number;
}

/// The same in two's complement; 0 where nothing of it is here yet.
qint64 signedOf(ByteView bytes) {
  if (bytes.empty()) return 0;
  const int unused = 64 - 8 * static_cast<int>(bytes.size());
  return static_cast<qint64>(unsignedOf(bytes) << unused) >> unused;
}

/// What is behind the head, as far as it is here.
ByteView contentOf(ByteView item, const ItemHead &head) {
  if (head.outcome != ItemHead::Read) return {};
  const ByteView behind = item.subspan(std::min<quint64>(head.width, item.size()));
  return behind.first(std::min<quint64>(head.content, behind.size()));
}

/// The value of one that is no array or map.
Value valueOf(ByteView item) {
  if (item.empty()) return {};
  const MsgpackRule &rule = msgpackRule(item[0]);
  const ByteView content = contentOf(item, items.headOf(item));
  switch (rule.kind) {
    case MsgpackKind::Unsigned:
      return integerValue(rule.content == 0 ? item[0] : unsignedOf(content));
    case MsgpackKind::Signed:
      return rule.content == 0 ? qint64{static_cast<std::int8_t>(item[0])} : signedOf(content);
    case MsgpackKind::Bool:
      return item[0] == 0xc3;
    case MsgpackKind::Float:
      if (content.size() == 4) return double{std::bit_cast<float>(qFromBigEndian<quint32>(content.data()))};
      if (content.size() == 8) return std::bit_cast<double>(qFromBigEndian<quint64>(content.data()));
      return {};
    case MsgpackKind::Str:
      return textOrBytes(content);
    case MsgpackKind::Bin:
    case MsgpackKind::Ext:
      return copyOf(content);
    default:
      return {};
  }
}

/// What the type of an ext says: a time, or its number.
QString extLabel(ByteView item, const MsgpackRule &rule) {
  if (item.size() < rule.width) return {};
  const int type = static_cast<std::int8_t>(item[rule.width - 1U]);
  const ByteView content = contentOf(item, items.headOf(item));
  if (type == -1) {
    qint64 seconds = 0;
    quint64 nanoseconds = 0;
    if (content.size() == 4) {
      seconds = static_cast<qint64>(unsignedOf(content));
    } else if (content.size() == 8) {
      const quint64 both = unsignedOf(content);
      nanoseconds = both >> 34;
      seconds = static_cast<qint64>(both & ((1ULL << 34) - 1));
    } else if (content.size() == 12) {
      nanoseconds = unsignedOf(content.first(4));
      seconds = signedOf(content.subspan(4));
    } else {
      return u"type -1, but a timestamp has 4, 8 or 12 bytes"_s;
    }
    if (nanoseconds > 999'999'999) return u"a timestamp with more nanoseconds than a second has"_s;
    return timeWords(seconds, static_cast<quint32>(nanoseconds));
  }
  return u"type %1"_s.arg(type);
}

QString keyText(ByteView item) {
  if (item.empty()) return {};
  const MsgpackKind kind = msgpackRule(item[0]).kind;
  if (kind == MsgpackKind::Nil) return u"nil"_s;
  return displayText(valueOf(item));
}

}  // namespace

void MsgpackFormat::read(ByteView payload, FieldTreeBuilder &out) const {
  readItemTree(payload, items, out);
}

Field MsgpackFormat::describe(ByteView payload, const FieldNode &node) const {
  Field field;
  if (!node.name.isEmpty()) {
    const ByteView key = payload.subspan(node.name.begin, node.name.size());
    const Value value = valueOf(key);
    const QString *const text = std::get_if<QString>(&value);
    field.name = text ? *text : itemText(key, items, keyText);
    // An empty name would stand for its place.
    if (field.name.isEmpty()) field.name = u"\"\""_s;
  } else if (node.parent == FieldNode::none && !payload.empty() && msgpackRule(payload[0]).kind == MsgpackKind::Array) {
    field.name = u"[%1]"_s.arg(node.place);
  }
  const ByteView item = payload.subspan(node.range.begin, node.range.size());
  if (item.empty()) return field;
  field.type = msgpackName(item[0]);
  if (node.kind == static_cast<quint32>(ItemNode::Broken)) return field;
  const MsgpackRule &rule = msgpackRule(item[0]);
  field.value = valueOf(item);
  if (rule.kind == MsgpackKind::Ext && node.kind == static_cast<quint32>(ItemNode::Whole)) {
    field.label = extLabel(item, rule);
  }
  if (rule.kind == MsgpackKind::Str && std::holds_alternative<QByteArray>(field.value)) field.label = u"not UTF-8"_s;
  return field;
}

}  // namespace octetscope
