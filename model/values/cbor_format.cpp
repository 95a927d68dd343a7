#include "model/values/cbor_format.h"

#include "model/values/binary_numbers.h"
#include "model/values/cbor_items.h"
#include "model/values/item_tree.h"

#include <QtEndian>

#include <bit>
#include <cmath>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

const CborItems items;

constexpr quint64 bignum = 2;
constexpr quint64 negativeBignum = 3;
constexpr quint64 epochTime = 1;

/// The bytes of a string, the pieces of one of indefinite length joined; as far as they are here.
QByteArray stringOf(ByteView item, const CborHead &head) {
  if (!head.isIndefinite) {
    const ByteView content = item.subspan(std::min<quint64>(head.width, item.size()));
    return copyOf(content.first(std::min<quint64>(head.argument, content.size())));
  }
  QByteArray joined;
  for (std::size_t at = 1; at < item.size();) {
    const CborHead piece = cborHead(item.subspan(at));
    if (piece.outcome != CborHead::Read || !piece.isString() || piece.isIndefinite) break;
    const ByteView content = item.subspan(at + piece.width);
    const quint64 size = std::min<quint64>(piece.argument, content.size());
    joined += qtView(content.first(size));
    at += piece.width + size;
  }
  return joined;
}

double floatOf(const CborHead &head) {
  if (head.width == 3) return halfFloat(static_cast<quint16>(head.argument));
  if (head.width == 5) return double{std::bit_cast<float>(static_cast<quint32>(head.argument))};
  return std::bit_cast<double>(head.argument);
}

/// The value of one that is no array or map, without its tags.
Value valueOf(ByteView item) {
  const CborHead head = cborHead(item);
  if (head.outcome != CborHead::Read) return {};
  switch (head.major) {
    case CborMajor::Unsigned:
      return integerValue(head.argument);
    case CborMajor::Negative: {
      std::uint8_t bytes[8];
      qToBigEndian(head.argument, bytes);
      return bigEndianInteger(bytes, true).value_or(Value());
    }
    case CborMajor::Bytes:
      return stringOf(item, head);
    case CborMajor::Text:
      return textOrBytes(viewOf(stringOf(item, head)));
    case CborMajor::Simple:
      if (head.info == 20 || head.info == 21) return head.info == 21;
      if (head.info == 22 || head.info == 23) return {};
      if (head.info >= 25 && head.info <= 27) return floatOf(head);
      return integerValue(head.argument);
    default:
      return {};
  }
}

/// What the tags that readers meet most say (RFC 8949 section 3.4, and IANA's registry).
QString tagWords(quint64 tag) {
  static constexpr std::pair<quint64, const char *> words[] = {{0, "date and time"},
                                                               {1, "seconds since 1970"},
                                                               {2, "bignum"},
                                                               {3, "negative bignum"},
                                                               {4, "decimal fraction"},
                                                               {5, "bigfloat"},
                                                               {21, "to be base64url"},
                                                               {22, "to be base64"},
                                                               {23, "to be base16"},
                                                               {24, "encoded CBOR"},
                                                               {32, "URI"},
                                                               {33, "base64url"},
                                                               {34, "base64"},
                                                               {35, "regular expression"},
                                                               {36, "MIME message"},
                                                               {37, "UUID"},
                                                               {100, "days since 1970"},
                                                               {258, "set"},
                                                               {1004, "date"},
                                                               {55799, "self-described CBOR"}};
  for (const auto &[number, text] : words) {
    if (number == tag) return QString::fromLatin1(text);
  }
  return {};
}

QString epochWords(const Value &value) {
  if (const auto *whole = std::get_if<qint64>(&value)) return timeWords(*whole, 0);
  const auto *real = std::get_if<double>(&value);
  if (real == nullptr || !(std::abs(*real) < 1e15)) return {};
  const double seconds = std::floor(*real);
  const double nanoseconds = std::floor((*real - seconds) * 1e9);
  return timeWords(static_cast<qint64>(seconds), static_cast<quint32>(std::min(nanoseconds, 999'999'999.0)));
}

/// The number that a byte string behind the tag of a bignum is; none of anything else, and of one that is too large.
std::optional<Value> bignumOf(quint64 tag, const Value &value) {
  const auto *bytes = std::get_if<QByteArray>(&value);
  if ((tag != bignum && tag != negativeBignum) || bytes == nullptr) return std::nullopt;
  return bigEndianInteger(viewOf(*bytes), tag == negativeBignum);
}

/// Puts what the innermost tag says into a field that has its value.
void applyTag(Field &field, quint64 tag) {
  field.label = tagWords(tag);
  if (tag == epochTime) {
    if (const QString words = epochWords(field.value); !words.isEmpty()) field.label = words;
  } else if (auto number = bignumOf(tag, field.value)) {
    field.value = *std::move(number);
  } else if (const auto *bytes = std::get_if<QByteArray>(&field.value);
             bytes && static_cast<std::size_t>(bytes->size()) > mostIntegerBytes &&
             (tag == bignum || tag == negativeBignum)) {
    field.label += u" of %1, too large to be written in decimal"_s.arg(byteCount(bytes->size()));
  }
}

/// The tags before an item, in words for its type; the last of them into `innermost`.
QString tagTypes(ByteView tags, std::optional<quint64> &innermost) {
  constexpr qsizetype most = 80;
  QString words;
  for (std::size_t at = 0; at < tags.size();) {
    const CborHead head = cborHead(tags.subspan(at));
    if (head.outcome != CborHead::Read || head.major != CborMajor::Tag) break;
    innermost = head.argument;
    at += head.width;
    if (words.size() < most) words += u"tag %1 · "_s.arg(head.argument);
  }
  return words;
}

QString keyText(ByteView item) {
  std::size_t at = 0;
  std::optional<quint64> tag;
  CborHead head = cborHead(item);
  for (; head.outcome == CborHead::Read && head.major == CborMajor::Tag; head = cborHead(item.subspan(at))) {
    at += head.width;
    tag = head.argument;
  }
  const Value value = valueOf(item.subspan(at));
  if (tag) {
    if (const auto number = bignumOf(*tag, value)) return displayText(*number);
  }
  const bool isNamed = head.major == CborMajor::Array || head.major == CborMajor::Map ||
                       (head.major == CborMajor::Simple && (head.info == 22 || head.info == 23));
  return (tag ? u"tag %1 · "_s.arg(*tag) : QString()) + (isNamed ? cborName(head) : displayText(value));
}

}  // namespace

void CborFormat::read(ByteView payload, FieldTreeBuilder &out) const {
  readItemTree(payload, items, out);
}

Field CborFormat::describe(ByteView payload, const FieldNode &node) const {
  Field field;
  if (!node.name.isEmpty()) {
    const ByteView key = payload.subspan(node.name.begin, node.name.size());
    const Value value = valueOf(key);
    const QString *const text = std::get_if<QString>(&value);
    field.name = text ? *text : itemText(key, items, keyText);
    // An empty name would stand for its place.
    if (field.name.isEmpty()) field.name = u"\"\""_s;
  } else if (node.parent == FieldNode::none && cborHead(payload).major == CborMajor::Array) {
    field.name = u"[%1]"_s.arg(node.place);
  }
  const ByteView tagged = payload.subspan(node.range.begin, node.range.size());
  if (tagged.empty()) return field;
  std::optional<quint64> tag;
  const std::size_t tagBytes = std::min<std::size_t>(node.detail, tagged.size());
  const QString tags = tagTypes(tagged.first(tagBytes), tag);
  const ByteView item = tagged.subspan(tagBytes);
  const CborHead head = cborHead(item);
  field.type = tags + (item.empty() ? QString() : cborName(head));
  if (node.kind == static_cast<quint32>(ItemNode::Broken)) return field;
  field.value = valueOf(item);
  if (head.major == CborMajor::Text && std::holds_alternative<QByteArray>(field.value)) field.label = u"not UTF-8"_s;
  if (tag && node.kind == static_cast<quint32>(ItemNode::Whole)) applyTag(field, *tag);
  return field;
}

}  // namespace octetscope
