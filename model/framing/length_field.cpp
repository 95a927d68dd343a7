#include "model/framing/length_field.h"

#include "model/framing/framing_words.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr quint64 maxVarint = 10;
constexpr quint64 maxDigits = 20;

struct TypeRow {
  LengthType type;
  QLatin1String name;
  QLatin1String code;  // of Python's struct module; empty: it has none
};

constexpr std::array<TypeRow, 11> typeRows = {{
    {LengthType::U8, "u8"_L1, "B"_L1},
    {LengthType::U16be, "u16be"_L1, "!H"_L1},
    {LengthType::U16le, "u16le"_L1, "<H"_L1},
    {LengthType::U24be, "u24be"_L1, ""_L1},
    {LengthType::U24le, "u24le"_L1, ""_L1},
    {LengthType::U32be, "u32be"_L1, "!I"_L1},
    {LengthType::U32le, "u32le"_L1, "<I"_L1},
    {LengthType::U64be, "u64be"_L1, "!Q"_L1},
    {LengthType::U64le, "u64le"_L1, "<Q"_L1},
    {LengthType::Varint, "varint"_L1, ""_L1},
    {LengthType::Decimal, "decimal"_L1, ""_L1},
}};

const TypeRow &rowOf(LengthType type) {
  return typeRows[static_cast<std::size_t>(type)];
}

bool isDigit(std::uint8_t byte) {
  return byte >= '0' && byte <= '9';
}

bool isLittleEndian(LengthType type) {
  using enum LengthType;
  return type == U16le || type == U24le || type == U32le || type == U64le;
}

quint64 loadAny(LengthType type, const std::uint8_t *data) {
  const int width = widthOf(type);
  quint64 value = 0;
  for (int i = 0; i < width; ++i) value = value << 8 | data[isLittleEndian(type) ? width - 1 - i : i];
  return value;
}

LengthField::Reading readVarint(ByteView bytes) {
  using enum LengthField::Outcome;
  quint64 value = 0;
  for (quint64 i = 0; i < bytes.size(); ++i) {
    const std::uint8_t byte = bytes[i];
    // The tenth byte holds bit 63 alone, and no eleventh may follow it.
    if (i == maxVarint - 1 && byte > 1) return {Bad, i + 1, 0};
    value |= static_cast<quint64>(byte & 0x7f) << (7 * i);
    if (byte < 0x80) return {Read, i + 1, value};
  }
  return {Cut, bytes.size(), 0};
}

LengthField::Reading readDecimal(ByteView bytes, ByteView end) {
  using enum LengthField::Outcome;
  quint64 value = 0;
  quint64 at = 0;
  for (; at < bytes.size() && isDigit(bytes[at]); ++at) {
    if (at == maxDigits) return {Bad, at + 1, 0};
    if (__builtin_mul_overflow(value, 10ULL, &value) ||
        __builtin_add_overflow(value, static_cast<quint64>(bytes[at] - '0'), &value)) {
      return {Bad, at + 1, 0};
    }
  }
  if (at == bytes.size()) return {Cut, at, 0};
  if (at == 0) return {Bad, 1, 0};
  for (std::size_t i = 0; i < end.size(); ++i, ++at) {
    if (at == bytes.size()) return {Cut, at, 0};
    if (bytes[at] != end[i]) return {Bad, at + 1, 0};
  }
  return {Read, at, value};
}

}  // namespace

Result<LengthField> LengthField::ofType(QStringView name, const SpecValues &values) {
  LengthField field(LengthType::U8, " ");
  for (const TypeRow &row : typeRows) {
    if (row.name == name) field.type_ = row.type;
  }
  if (values.has("end"_L1)) field.end_ = values.text("end"_L1);
  if (isDigit(static_cast<std::uint8_t>(field.end_[0]))) {
    return values.failAt("end"_L1, u"an end that begins with a digit, so that nobody sees where the number ends,"_s,
                         u"begin it with another character"_s);
  }
  return field;
}

QStringList LengthField::typeNames() {
  QStringList names;
  for (const TypeRow &row : typeRows) names += row.name;
  return names;
}

FramingOption LengthField::endOption() {
  return {.name = u"end"_s,
          .title = u"After the digits"_s,
          .kind = FramingOption::Kind::Text,
          .defaultValue = u" "_s,
          .help = u"What follows the digits of a decimal length."_s,
          .onlyWith = u"decimal"_s};
}

QString LengthField::typeName() const {
  return rowOf(type_).name;
}

std::optional<LengthField> LengthField::otherOrder() const {
  using enum LengthType;
  constexpr std::array pairs = {std::pair(U16be, U16le), std::pair(U24be, U24le), std::pair(U32be, U32le),
                                std::pair(U64be, U64le)};
  for (const auto &[big, little] : pairs) {
    if (type_ == big) return LengthField(little, end_);
    if (type_ == little) return LengthField(big, end_);
  }
  return std::nullopt;
}

std::optional<quint64> LengthField::fixedWidth() const {
  const int width = widthOf(type_);
  return width == 0 ? std::nullopt : std::optional<quint64>(width);
}

quint64 LengthField::leastWidth() const {
  if (type_ == LengthType::Decimal) return 1 + static_cast<quint64>(end_.size());
  return fixedWidth().value_or(1);
}

quint64 LengthField::greatest() const {
  const int width = widthOf(type_);
  return width == 0 || width == 8 ? ~0ULL : (1ULL << (8 * width)) - 1;
}

LengthField::Reading LengthField::read(ByteView bytes) const {
  if (type_ == LengthType::Varint) return readVarint(bytes);
  if (type_ == LengthType::Decimal) return readDecimal(bytes, viewOf(end_));
  const quint64 width = static_cast<quint64>(widthOf(type_));
  if (bytes.size() < width) return {Outcome::Cut, bytes.size(), 0};
  return {Outcome::Read, width, loadAny(type_, bytes.data())};
}

quint64 LengthField::leastWidthOf(const Reading &cut) const {
  return std::max(leastWidth(), cut.width + 1);
}

std::optional<QByteArray> LengthField::write(quint64 value, std::optional<quint64> width) const {
  if (value > greatest()) return std::nullopt;
  QByteArray bytes;
  if (type_ == LengthType::Varint) {
    do {
      bytes += static_cast<char>((value & 0x7f) | 0x80);
      value >>= 7;
    } while (value != 0);
    if (width && (*width > maxVarint || *width < static_cast<quint64>(bytes.size()))) return std::nullopt;
    while (width && static_cast<quint64>(bytes.size()) < *width) bytes += '\x80';
    bytes.back() = static_cast<char>(bytes.back() & 0x7f);
    return bytes;
  }
  if (type_ == LengthType::Decimal) {
    bytes = QByteArray::number(value);
    if (width) {
      const quint64 tail = static_cast<quint64>(end_.size());
      if (*width > maxDigits + tail || *width < static_cast<quint64>(bytes.size()) + tail) return std::nullopt;
      bytes = bytes.rightJustified(static_cast<qsizetype>(*width - tail), '0');
    }
    return QByteArray(bytes + end_);
  }
  const int fixed = widthOf(type_);
  if (width && *width != static_cast<quint64>(fixed)) return std::nullopt;
  bytes.resize(fixed);
  for (int i = 0; i < fixed; ++i) {
    bytes[isLittleEndian(type_) ? i : fixed - 1 - i] = static_cast<char>(value >> (8 * i));
  }
  return bytes;
}

QString LengthField::readWords(const Reading &reading, std::optional<quint64> offset) const {
  const TypeRow &row = rowOf(type_);
  return u"Read %1%2 as %3 → %4"_s.arg(byteCount(reading.width), offset ? u" at byte "_s + grouped(*offset) : QString(),
                                       row.code.isEmpty() ? row.name : row.code, grouped(reading.value));
}

QString LengthField::placeWords(ByteView field, quint64 offset) const {
  return u"%1 (%2 as %3)"_s.arg(bytesAt(ByteRange::ofSize(offset, field.size())), hexWords(field), typeName());
}

QString LengthField::badWords(ByteView bytes, quint64 offset, const QString &noun) const {
  const Reading reading = read(bytes);
  const ByteView seen = bytes.first(reading.width);
  const quint64 lastAt = offset + reading.width - 1;
  const std::uint8_t last = seen.back();
  if (type_ == LengthType::Varint) {
    if (last >= 0x80) return u"%1 are a varint of more than 10 bytes"_s.arg(placeWords(seen, offset));
    return u"%1 are a varint of more than 64 bits"_s.arg(placeWords(seen, offset));
  }
  if (isDigit(last)) {
    const QString place =
        u"%1 (\"%2\")"_s.arg(bytesAt(ByteRange::ofSize(offset, seen.size())), QString::fromLatin1(qtView(seen)));
    if (reading.width > maxDigits) return place + u" are a decimal %1 of more than 20 digits"_s.arg(noun);
    return place + u" are a decimal %1 of more than 64 bits"_s.arg(noun);
  }
  const bool afterDigits = reading.width > 1;
  return u"byte %1 is %2 where a decimal %3 has %4"_s.arg(
      grouped(lastAt), byteName(last), noun,
      afterDigits ? u"a digit or its end (%1)"_s.arg(hexWords(viewOf(end_))) : u"a digit"_s);
}

QString LengthField::becauseWords(const Reading &reading, ByteView bytes, quint64 offset) const {
  return u"it read %1 (%2) as %3 → %4"_s.arg(hexWords(bytes.first(reading.width)),
                                             bytesAt(ByteRange::ofSize(offset, reading.width)), typeName(),
                                             grouped(reading.value));
}

QString LengthField::cutWords(const Reading &cut, ByteView bytes, quint64 offset, const QString &owner, StreamEnd end,
                              const QString &noun) const {
  if (const auto width = fixedWidth()) {
    const QString place =
        u"The %1 of %2 (%3) is at %4"_s.arg(noun, owner, typeName(), bytesAt(ByteRange::ofSize(offset, *width)));
    if (cut.width == 0) return place + u", of which none is here: "_s + waitingWords(end);
    return place + u". "_s + missingWords(cut.width, *width, end);
  }
  if (cut.width == 0) {
    return u"The %1 of %2 (%3) begins at byte %4: "_s.arg(noun, owner, typeName(), grouped(offset)) + waitingWords(end);
  }
  return u"The %1 of %2 (%3) begins at byte %4, and %5 of it %6 here (%7): "_s.arg(
             noun, owner, typeName(), grouped(offset), byteCount(cut.width), cut.width == 1 ? u"is"_s : u"are"_s,
             hexWords(bytes.first(cut.width))) +
         waitingWords(end);
}

}  // namespace octetscope
