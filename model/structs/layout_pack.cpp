// The way back: values to bytes, by CPython's rules and in its words. Which words an integer out of range gets depends
// on the code and on which of CPython's routines packs it: the machine's own ones, or those of a fixed byte order.
#include "model/structs/layout.h"

#include <charconv>
#include <cmath>
#include <limits>

namespace octetscope {

namespace {

/// An integer argument as far as packing it needs: where 64 bits do not hold it, only its sign.
struct Integer {
  bool isNegative = false;
  bool isHuge = false;  ///< beyond -2^63 … 2^64-1
  quint64 bits = 0;     ///< two's complement

  bool fitsSigned() const {
    return !isHuge && (isNegative || bits <= static_cast<quint64>(std::numeric_limits<qint64>::max()));
  }
  bool fitsUnsigned() const { return !isHuge && !isNegative; }
};

std::optional<Integer> integerOf(const Value &value) {
  if (const auto *v = std::get_if<qint64>(&value)) return Integer{*v < 0, false, static_cast<quint64>(*v)};
  if (const auto *v = std::get_if<quint64>(&value)) return Integer{false, false, *v};
  if (const auto *v = std::get_if<bool>(&value)) return Integer{false, false, *v ? 1ULL : 0ULL};
  if (const auto *v = std::get_if<BigInteger>(&value)) return Integer{v->isNegative(), true, 0};
  return std::nullopt;
}

/// As float(): empty where Python would not make a float of it (text, or an integer beyond the largest double).
std::optional<double> doubleOf(const Value &value) {
  if (const auto *v = std::get_if<double>(&value)) return *v;
  if (const auto *v = std::get_if<qint64>(&value)) return static_cast<double>(*v);
  if (const auto *v = std::get_if<quint64>(&value)) return static_cast<double>(*v);
  if (const auto *v = std::get_if<bool>(&value)) return *v ? 1.0 : 0.0;
  if (const auto *v = std::get_if<BigInteger>(&value)) {
    double result = 0;
    const auto read = std::from_chars(v->digits.constData(), v->digits.constData() + v->digits.size(), result);
    if (read.ec == std::errc() && std::isfinite(result)) return result;
  }
  return std::nullopt;
}

bool truthOf(const Value &value) {
  struct Truth {
    bool operator()(std::monostate) const { return false; }
    bool operator()(qint64 v) const { return v != 0; }
    bool operator()(quint64 v) const { return v != 0; }
    bool operator()(double v) const { return v != 0; }
    bool operator()(bool v) const { return v; }
    bool operator()(const QByteArray &v) const { return !v.isEmpty(); }
    bool operator()(const QString &v) const { return !v.isEmpty(); }
    bool operator()(const BigInteger &) const { return true; }
  };
  return std::visit(Truth{}, value);
}

bool isBigEndian(ItemKind kind) {
  using enum ItemKind;
  switch (kind) {
    case Int16Big:
    case UInt16Big:
    case Int32Big:
    case UInt32Big:
    case Int64Big:
    case UInt64Big:
    case HalfBig:
    case FloatBig:
    case DoubleBig:
      return true;
    default:
      return false;
  }
}

bool isSignedCode(char code) {
  return QByteArrayView("bhilqn").contains(code);
}

/// The half nearest to `value`, ties to even; empty where that is too large.
std::optional<quint16> halfOf(double value) {
  const quint16 sign = std::signbit(value) ? 0x8000 : 0;
  if (std::isnan(value)) return sign | 0x7e00;
  if (std::isinf(value)) return sign | 0x7c00;
  const double magnitude = std::abs(value);
  if (magnitude >= 65520) return std::nullopt;
  if (magnitude < std::ldexp(1, -14)) return sign | static_cast<quint16>(std::nearbyint(std::ldexp(magnitude, 24)));
  const int exponent = std::ilogb(magnitude);
  // Rounding up to 2048 carries into the exponent, which is what it should do.
  const int fraction = static_cast<int>(std::nearbyint(std::ldexp(magnitude, 10 - exponent)));
  return sign | static_cast<quint16>(((exponent + 15) << 10) + fraction - 1024);
}

}  // namespace

class LayoutPacker {
 public:
  LayoutPacker(const Layout &layout, const QList<Value> &values) : layout_(layout), values_(values) {}

  Result<QByteArray> pack() {
    if (const auto counted = checkCount(); !counted) return std::unexpected(counted.error());
    const quint64 size = layout_.size() + restSize();
    if (size > Layout::maxPacked) {
      return fail(QStringLiteral("cannot pack %1 bytes").arg(size),
                  QStringLiteral("use a smaller count: at most %1 bytes are packed").arg(Layout::maxPacked));
    }
    bytes_ = QByteArray(static_cast<qsizetype>(size), '\0');
    for (const LayoutItem &item : layout_.items_) {
      if (!packItem(item, item.count, item.values())) return std::unexpected(error_);
    }
    if (layout_.rest_) {
      const LayoutItem &rest = *layout_.rest_;
      const quint64 given = static_cast<quint64>(values_.size()) - layout_.valueCount_;
      if (!packItem(rest, rest.isString() ? restSize() : given, given)) return std::unexpected(error_);
    }
    return bytes_;
  }

 private:
  Result<void> checkCount() const {
    const auto given = static_cast<quint64>(values_.size());
    quint64 expected = layout_.valueCount_;
    bool more = false;
    if (const auto &rest = layout_.rest_) {
      if (rest->isString()) ++expected;
      more = !rest->isString() && rest->kind != ItemKind::Padding;
    }
    if (more ? given >= expected : given == expected) return {};
    return fail(QStringLiteral("pack expected %1%2 items for packing (got %3)")
                    .arg(more ? QStringLiteral("at least ") : QString())
                    .arg(expected)
                    .arg(given),
                QStringLiteral("give one value for each that the layout takes"));
  }

  quint64 restSize() const {
    if (!layout_.rest_ || layout_.rest_->kind == ItemKind::Padding) return 0;
    const LayoutItem &rest = *layout_.rest_;
    if (!rest.isString()) return (static_cast<quint64>(values_.size()) - layout_.valueCount_) * rest.size;
    const auto *text = std::get_if<QByteArray>(&values_.last());
    const quint64 length = text ? static_cast<quint64>(text->size()) : 0;
    return rest.kind == ItemKind::Bytes ? length : 1 + std::min<quint64>(length, 255);
  }

  bool packItem(const LayoutItem &item, quint64 count, quint64 values) {
    char *at = bytes_.data() + item.offset;
    for (quint64 i = 0; i < values; ++i, at += item.size) {
      const Value &value = values_[static_cast<qsizetype>(item.firstValue + i)];
      if (const QString words = packValue(item, count, value, at); !words.isEmpty()) {
        error_ = Error{
            words, QStringLiteral("it is value %1, for %2").arg(item.firstValue + i + 1).arg(QLatin1Char(item.code)),
            item.position};
        return false;
      }
    }
    return true;
  }

  /// Empty, or what is wrong.
  QString packValue(const LayoutItem &item, quint64 count, const Value &value, char *at) {
    switch (item.code) {
      case 'c':
        return packChar(value, at);
      case 's':
      case 'p':
        return packString(item, count, value, at);
      case '?':
        *at = truthOf(value) ? 1 : 0;
        return {};
      case 'e':
      case 'f':
      case 'd':
        return packFloat(item, value, at);
      default:
        return packInteger(item, value, at);
    }
  }

  static QString packChar(const Value &value, char *at) {
    const auto *text = std::get_if<QByteArray>(&value);
    if (!text || text->size() != 1) return QStringLiteral("char format requires a bytes object of length 1");
    *at = text->at(0);
    return {};
  }

  QString packString(const LayoutItem &item, quint64 count, const Value &value, char *at) {
    const auto *text = std::get_if<QByteArray>(&value);
    if (!text) return QStringLiteral("argument for '%1' must be a bytes object").arg(QLatin1Char(item.code));
    const auto length = static_cast<quint64>(text->size());
    if (item.code == 's') {
      std::memcpy(at, text->constData(), static_cast<std::size_t>(std::min(length, count)));
      return {};
    }
    if (count == 0) {
      // CPython writes a length of -1 where `0p` stands, though that byte belongs to what follows.
      if (item.offset < static_cast<quint64>(bytes_.size())) *at = '\xff';
      return {};
    }
    const quint64 used = std::min(length, count - 1);
    *at = static_cast<char>(std::min<quint64>(used, 255));
    std::memcpy(at + 1, text->constData(), static_cast<std::size_t>(used));
    return {};
  }

  static QString packFloat(const LayoutItem &item, const Value &value, char *at) {
    const auto number = doubleOf(value);
    if (!number) return QStringLiteral("required argument is not a float");
    const bool big = isBigEndian(item.kind);
    if (item.code == 'd') {
      store(std::bit_cast<quint64>(*number), 8, big, at);
      return {};
    }
    if (item.code == 'e') {
      const auto half = halfOf(*number);
      if (!half) return tooLarge(item, value);
      store(*half, 2, big, at);
      return {};
    }
    const auto single = static_cast<float>(*number);
    if (std::isinf(single) && std::isfinite(*number) && !item.nativeWords) return tooLarge(item, value);
    store(std::bit_cast<quint32>(single), 4, big, at);
    return {};
  }

  static QString tooLarge(const LayoutItem &item, const Value &value) {
    if (!std::holds_alternative<double>(value)) return QStringLiteral("int too large to convert");
    return QStringLiteral("float too large to pack with %1 format").arg(QLatin1Char(item.code));
  }

  static QString packInteger(const LayoutItem &item, const Value &value, char *at) {
    const auto number = integerOf(value);
    if (!number) return QStringLiteral("required argument is not an integer");
    if (const QString words = rangeWords(item, *number); !words.isEmpty()) return words;
    store(number->bits, item.size, isBigEndian(item.kind), at);
    return {};
  }

  static QString rangeWords(const LayoutItem &item, const Integer &number) {
    const bool isSigned = isSignedCode(item.code);
    const bool fits = isSigned ? number.fitsSigned() : number.fitsUnsigned();
    if (item.code == 'P') {
      return number.isHuge ? QStringLiteral("int too large to convert") : QString();
    }
    if (item.size == 8) {
      if (fits) return {};
      const bool bytewise = !item.nativeWords && (item.code == 'q' || item.code == 'Q');
      return bytewise ? QStringLiteral("int too large to convert") : QStringLiteral("argument out of range");
    }
    // These two are read as a C long first, whatever their sign.
    const bool readSigned = isSigned || item.code == 'B' || (item.code == 'H' && item.nativeWords);
    if (readSigned ? !number.fitsSigned() : !number.fitsUnsigned()) return QStringLiteral("argument out of range");
    const quint64 all = (1ULL << (8 * item.size)) - 1;
    const qint64 low = isSigned ? -static_cast<qint64>(all / 2) - 1 : 0;
    const quint64 high = isSigned ? all / 2 : all;
    const bool tooLow = number.isNegative && static_cast<qint64>(number.bits) < low;
    if (!tooLow && (number.isNegative || number.bits <= high)) return {};
    return QStringLiteral("%1 format requires %2 <= number <= %3").arg(typeWord(item)).arg(low).arg(high);
  }

  static QString typeWord(const LayoutItem &item) {
    switch (item.code) {
      case 'b':
        return QStringLiteral("byte");
      case 'B':
        return QStringLiteral("ubyte");
      case 'h':
        if (item.nativeWords) return QStringLiteral("short");
        break;
      case 'H':
        if (item.nativeWords) return QStringLiteral("ushort");
        break;
      default:
        break;
    }
    return QStringLiteral("'%1'").arg(QLatin1Char(item.code));
  }

  static void store(quint64 bits, int size, bool big, char *at) {
    for (int i = 0; i < size; ++i) {
      at[big ? size - 1 - i : i] = static_cast<char>(bits & 0xff);
      bits >>= 8;
    }
  }

  const Layout &layout_;
  const QList<Value> &values_;
  QByteArray bytes_;
  Error error_;
};

Result<QByteArray> Layout::pack(const QList<Value> &values) const {
  return LayoutPacker(*this, values).pack();
}

}  // namespace octetscope
