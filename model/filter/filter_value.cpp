#include "model/filter/filter_value.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

namespace octetscope {

namespace {

using Kind = FilterValue::Kind;
constexpr double twoTo64 = 18446744073709551616.0;

FilterOrder reversed(FilterOrder order) {
  if (order == FilterOrder::Less) return FilterOrder::Greater;
  return order == FilterOrder::Greater ? FilterOrder::Less : order;
}

template <typename T>
FilterOrder orderOf(const T &a, const T &b) {
  if (a < b) return FilterOrder::Less;
  return b < a ? FilterOrder::Greater : FilterOrder::Equal;
}

/// A whole number: a sign, and a magnitude where 64 bits can hold it, else its digits.
struct Whole {
  bool isNegative = false;
  quint64 magnitude = 0;
  QByteArrayView digits = {};  // not empty: more than 64 bits
};

Whole wholeOf(qint64 v) {
  return {.isNegative = v < 0, .magnitude = v < 0 ? 0 - static_cast<quint64>(v) : static_cast<quint64>(v)};
}

Whole wholeOf(const BigInteger &v) {
  const QByteArrayView all(v.digits);
  return {.isNegative = v.isNegative(), .digits = v.isNegative() ? all.sliced(1) : all};
}

FilterOrder byDigits(QByteArrayView a, QByteArrayView b) {
  if (a.size() != b.size()) return orderOf(a.size(), b.size());
  return orderOf(std::memcmp(a.data(), b.data(), static_cast<std::size_t>(a.size())), 0);
}

FilterOrder byMagnitude(const Whole &a, const Whole &b) {
  if (!a.digits.isEmpty() && !b.digits.isEmpty()) return byDigits(a.digits, b.digits);
  if (!a.digits.isEmpty()) return FilterOrder::Greater;
  return b.digits.isEmpty() ? orderOf(a.magnitude, b.magnitude) : FilterOrder::Less;
}

FilterOrder compareWhole(const Whole &a, const Whole &b) {
  if (a.isNegative != b.isNegative) return a.isNegative ? FilterOrder::Less : FilterOrder::Greater;
  const FilterOrder order = byMagnitude(a, b);
  return a.isNegative ? reversed(order) : order;
}

/// Exactly: the double is not rounded, and neither is the number.
FilterOrder compareMagnitude(const Whole &a, double b) {
  if (a.digits.isEmpty()) {
    if (b >= twoTo64) return FilterOrder::Less;
    const auto floor = static_cast<quint64>(b);
    if (a.magnitude != floor) return orderOf(a.magnitude, floor);
    return b > static_cast<double>(floor) ? FilterOrder::Less : FilterOrder::Equal;
  }
  if (b < twoTo64) return FilterOrder::Greater;
  if (std::isinf(b)) return FilterOrder::Less;
  std::array<char, 400> digits;  // the largest double has 309
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), b, std::chars_format::fixed, 0).ptr;
  return byDigits(a.digits, {digits.data(), end - digits.data()});
}

FilterOrder compareWhole(const Whole &a, double b) {
  if (std::isnan(b)) return FilterOrder::Unordered;
  if (a.isNegative) return b >= 0 ? FilterOrder::Less : reversed(compareMagnitude(a, -b));
  return b < 0 ? FilterOrder::Greater : compareMagnitude(a, b);
}

FilterOrder compareDoubles(double a, double b) {
  return std::isnan(a) || std::isnan(b) ? FilterOrder::Unordered : orderOf(a, b);
}

FilterOrder compareBytes(ByteView a, ByteView b) {
  const std::size_t common = std::min(a.size(), b.size());
  const int found = common == 0 ? 0 : std::memcmp(a.data(), b.data(), common);
  return found != 0 ? orderOf(found, 0) : orderOf(a.size(), b.size());
}

/// The number that bytes are in network order, against another one.
FilterOrder compareBytesWith(ByteView bytes, const FilterValue &number) {
  while (!bytes.empty() && bytes.front() == 0) bytes = bytes.subspan(1);
  if (bytes.size() <= 8) {
    quint64 natural = 0;
    for (const std::uint8_t byte : bytes) natural = natural << 8 | byte;
    return compare(FilterValue::of(natural), number);
  }
  if (number.kind == Kind::Double) {
    double real = 0;
    for (const std::uint8_t byte : bytes) real = real * 256 + byte;
    return compareDoubles(real, number.real);
  }
  // Beyond 64 bits; a longer number in an expression is compared by its size in digits, about.
  if (number.kind != Kind::Big) return FilterOrder::Greater;
  if (number.big->isNegative()) return FilterOrder::Greater;
  const double real = number.big->digits.toDouble();
  return compareBytesWith(bytes, FilterValue::of(real));
}

bool isNumber(Kind kind) {
  return kind == Kind::Signed || kind == Kind::Unsigned || kind == Kind::Double || kind == Kind::Big;
}

Whole wholeOf(const FilterValue &value) {
  if (value.kind == Kind::Big) return wholeOf(*value.big);
  return value.kind == Kind::Signed ? wholeOf(value.integer) : Whole{.magnitude = value.natural};
}

FilterOrder compareNumbers(const FilterValue &a, const FilterValue &b) {
  if (a.kind == Kind::Double) {
    return b.kind == Kind::Double ? compareDoubles(a.real, b.real) : reversed(compareWhole(wholeOf(b), a.real));
  }
  return b.kind == Kind::Double ? compareWhole(wholeOf(a), b.real) : compareWhole(wholeOf(a), wholeOf(b));
}

double secondsOf(const FilterValue &time) {
  return static_cast<double>(time.integer) / 1e9;
}

}  // namespace

FilterValue FilterValue::of(const Value &value, QByteArray &storage) {
  struct Make {
    QByteArray &storage;
    FilterValue operator()(std::monostate) const { return {}; }
    FilterValue operator()(const QByteArray &v) const { return of(viewOf(v)); }
    FilterValue operator()(const QString &v) const {
      storage = v.toUtf8();
      return text(viewOf(storage));
    }
    FilterValue operator()(qint64 v) const { return of(v); }
    FilterValue operator()(quint64 v) const { return of(v); }
    FilterValue operator()(double v) const { return of(v); }
    FilterValue operator()(bool v) const { return of(v); }
    FilterValue operator()(const BigInteger &v) const { return of(v); }
  };
  return std::visit(Make{storage}, value);
}

Value FilterValue::toValue() const {
  switch (kind) {
    case Kind::Null:
      break;
    case Kind::Signed:
      return integer;
    case Kind::Unsigned:
      return isTruth ? Value(natural != 0) : integerValue(natural);
    case Kind::Double:
      return real;
    case Kind::Big:
      return *big;
    case Kind::Text:
      return QString::fromUtf8(qtView(bytes));
    case Kind::Bytes:
      return qtView(bytes).toByteArray();
    case Kind::Time:
      return static_cast<double>(integer) / 1e9;
  }
  return {};
}

double FilterValue::number() const {
  switch (kind) {
    case Kind::Signed:
      return static_cast<double>(integer);
    case Kind::Unsigned:
      return static_cast<double>(natural);
    case Kind::Double:
      return real;
    case Kind::Big:
      return big->digits.toDouble();
    case Kind::Time:
      return static_cast<double>(integer) / 1e9;
    default:
      return std::numeric_limits<double>::quiet_NaN();
  }
}

FilterOrder compare(const FilterValue &a, const FilterValue &b) {
  if (isNumber(a.kind) && isNumber(b.kind)) return compareNumbers(a, b);
  if (a.isString() && b.isString()) return compareBytes(a.bytes, b.bytes);
  if (a.kind == Kind::Bytes && isNumber(b.kind)) return compareBytesWith(a.bytes, b);
  if (b.kind == Kind::Bytes && isNumber(a.kind)) return reversed(compareBytesWith(b.bytes, a));
  if (a.kind == Kind::Time && b.kind == Kind::Time) return orderOf(a.integer, b.integer);
  if (a.kind == Kind::Time && isNumber(b.kind)) return compareNumbers(FilterValue::of(secondsOf(a)), b);
  if (b.kind == Kind::Time && isNumber(a.kind)) return compareNumbers(a, FilterValue::of(secondsOf(b)));
  return a.kind == Kind::Null && b.kind == Kind::Null ? FilterOrder::Equal : FilterOrder::Unordered;
}

}  // namespace octetscope
