#include "model/filter/sort_key.h"

#include "model/filter/number_ranges.h"

#include <bit>
#include <cmath>

namespace octetscope {

namespace {

constexpr quint64 middle = 1ULL << 63;

/// Rises with the number.
quint64 rising(double number) {
  if (number == 0) number = 0;  // -0 is 0
  const auto bits = std::bit_cast<quint64>(number);
  return (bits & middle) != 0 ? ~bits : bits | middle;
}

/// A double, and what the whole number has more than it.
SortKey keyOf(WideNumber number) {
  const auto nearest = static_cast<double>(number);
  const auto rest = static_cast<qint64>(number - static_cast<WideNumber>(nearest));
  return {.high = rising(nearest), .low = static_cast<quint64>(rest) ^ middle};
}

SortKey keyOf(double number) {
  if (std::isnan(number)) return {.kind = SortKey::Kind::NotANumber};
  return {.high = rising(number), .low = middle};
}

quint64 eightBytes(ByteView bytes, quint64 from) {
  quint64 word = 0;
  for (quint64 i = from; i < from + 8; ++i) word = word << 8 | (i < bytes.size() ? bytes[i] : 0);
  return word;
}

}  // namespace

SortKey SortKey::of(const FilterValue &value, quint64 skip) {
  switch (value.kind) {
    case FilterValue::Kind::Null:
      break;
    case FilterValue::Kind::Signed:
    case FilterValue::Kind::Time:
      return keyOf(static_cast<WideNumber>(value.integer));
    case FilterValue::Kind::Unsigned:
      return keyOf(static_cast<WideNumber>(value.natural));
    case FilterValue::Kind::Double:
      return keyOf(value.real);
    case FilterValue::Kind::Big:
      return keyOf(value.big->digits.toDouble());
    case FilterValue::Kind::Text:
    case FilterValue::Kind::Bytes: {
      const ByteView rest = value.bytes.subspan(std::min<std::size_t>(skip, value.bytes.size()));
      return {.kind = Kind::Text,
              .size = static_cast<quint8>(std::min<std::size_t>(rest.size(), bytesOfText + 1)),
              .high = eightBytes(rest, 0),
              .low = eightBytes(rest, 8)};
    }
  }
  return {};
}

}  // namespace octetscope
