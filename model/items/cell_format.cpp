#include "model/items/cell_format.h"

#include <QCoreApplication>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

struct Row {
  CellFormat format;
  QStringView key;
  const char *title;
};

constexpr Row rows[] = {
    {CellFormat::AsItIs, u"", QT_TRANSLATE_NOOP("CellFormat", "As it is")},
    {CellFormat::Decimal, u"dec", QT_TRANSLATE_NOOP("CellFormat", "Decimal")},
    {CellFormat::Hexadecimal, u"hex", QT_TRANSLATE_NOOP("CellFormat", "Hexadecimal")},
    {CellFormat::Octal, u"oct", QT_TRANSLATE_NOOP("CellFormat", "Octal")},
    {CellFormat::Binary, u"bin", QT_TRANSLATE_NOOP("CellFormat", "Binary")},
    {CellFormat::Text, u"text", QT_TRANSLATE_NOOP("CellFormat", "Text")},
    {CellFormat::UnixSeconds, u"unix-s", QT_TRANSLATE_NOOP("CellFormat", "Time, from seconds since 1970")},
    {CellFormat::UnixMilliseconds, u"unix-ms", QT_TRANSLATE_NOOP("CellFormat", "Time, from milliseconds")},
    {CellFormat::UnixMicroseconds, u"unix-us", QT_TRANSLATE_NOOP("CellFormat", "Time, from microseconds")},
    {CellFormat::UnixNanoseconds, u"unix-ns", QT_TRANSLATE_NOOP("CellFormat", "Time, from nanoseconds")},
    {CellFormat::IPv4, u"ipv4", QT_TRANSLATE_NOOP("CellFormat", "IPv4 address")},
    {CellFormat::IPv6, u"ipv6", QT_TRANSLATE_NOOP("CellFormat", "IPv6 address")},
};

constexpr qsizetype mostDigits = 2000;  // of a decimal number that is written in another base

QString cut(QString text, qsizetype most) {
  if (text.size() <= most) return text;
  text.truncate(std::max<qsizetype>(most - 1, 0));
  return text + u'…';
}

/// A whole number: its sign and the bytes of its magnitude, the highest first, without zeros in front.
struct Whole {
  bool isNegative = false;
  QByteArray bytes;
};

Whole wholeOf(quint64 magnitude, bool isNegative = false) {
  Whole number{isNegative, {}};
  for (; magnitude != 0; magnitude >>= 8) number.bytes.prepend(static_cast<char>(magnitude & 0xff));
  return number;
}

Whole wholeOf(const BigInteger &big) {
  // Nine digits a step, in limbs of 32 bits: the square of the digits, which are few.
  std::vector<quint32> limbs;  // the lowest first
  const QByteArrayView digits = QByteArrayView(big.digits).sliced(big.isNegative() ? 1 : 0);
  for (qsizetype at = 0; at < digits.size();) {
    const qsizetype size = std::min<qsizetype>(9, digits.size() - at);
    quint64 carry = digits.sliced(at, size).toUInt();
    const auto factor = static_cast<quint64>(std::llround(std::pow(10, size)));
    for (quint32 &limb : limbs) {
      carry += limb * factor;
      limb = static_cast<quint32>(carry);
      carry >>= 32;
    }
    if (carry != 0) limbs.push_back(static_cast<quint32>(carry));
    at += size;
  }
  Whole number{big.isNegative(), {}};
  for (const quint32 limb : limbs) {
    for (int i = 0; i < 4; ++i) number.bytes.prepend(static_cast<char>(limb >> (8 * i) & 0xff));
  }
  while (number.bytes.startsWith('\0')) number.bytes.remove(0, 1);
  return number;
}

/// None: it is no whole number, or too long to be made another base's.
std::optional<Whole> wholeOf(const Value &value) {
  if (const auto *v = std::get_if<qint64>(&value)) {
    return wholeOf(*v < 0 ? 0 - static_cast<quint64>(*v) : static_cast<quint64>(*v), *v < 0);
  }
  if (const auto *v = std::get_if<quint64>(&value)) return wholeOf(*v);
  if (const auto *v = std::get_if<bool>(&value)) return wholeOf(quint64{*v ? 1U : 0U});
  const auto *big = std::get_if<BigInteger>(&value);
  return big && big->digits.size() <= mostDigits ? std::optional(wholeOf(*big)) : std::nullopt;
}

int bitsOfDigit(CellFormat format) {
  return format == CellFormat::Hexadecimal ? 4 : format == CellFormat::Octal ? 3 : 1;
}

QString inBase(const Whole &number, CellFormat format) {
  const int bits = bitsOfDigit(format);
  QString digits;  // the lowest first
  unsigned held = 0;
  int heldBits = 0;
  const auto put = [&] {
    digits += QLatin1Char("0123456789abcdef"[held & ((1U << bits) - 1)]);
    held >>= bits;
    heldBits -= bits;
  };
  for (qsizetype i = number.bytes.size(); i-- > 0;) {
    held |= static_cast<unsigned>(static_cast<quint8>(number.bytes[i])) << heldBits;
    heldBits += 8;
    while (heldBits >= bits) put();
  }
  if (heldBits > 0) put();
  while (digits.endsWith(u'0')) digits.chop(1);
  if (digits.isEmpty()) digits = u"0"_s;
  std::ranges::reverse(digits);
  const QStringView prefix = bits == 4 ? u"0x" : bits == 3 ? u"0o" : u"0b";
  return (number.isNegative ? u"-"_s : QString()) + prefix + digits;
}

/// Each byte for itself, with all its digits.
QString bytesInBase(const QByteArray &bytes, CellFormat format, qsizetype most) {
  const int base = format == CellFormat::Decimal ? 10 : 1 << bitsOfDigit(format);
  const int width = base == 16 ? 2 : base == 8 ? 3 : base == 2 ? 8 : 0;
  QString text;
  for (const char byte : bytes) {
    if (!text.isEmpty()) text += u' ';
    text += QString::number(static_cast<quint8>(byte), base).rightJustified(width, u'0');
    if (text.size() > most) break;
  }
  return text;
}

std::optional<QString> characters(const Value &value, qsizetype most) {
  QByteArray bytes;
  if (const auto *v = std::get_if<QByteArray>(&value)) {
    bytes = *v;
  } else if (const auto *text = std::get_if<QString>(&value)) {
    bytes = text->first(std::min(text->size(), most + 1)).toUtf8();
  } else {
    const auto number = wholeOf(value);
    if (!number || number->isNegative || number->bytes.isEmpty()) return std::nullopt;
    bytes = number->bytes;
  }
  while (bytes.endsWith('\0')) bytes.chop(1);
  return displayBytes(viewOf(bytes), most);
}

/// Seconds since 1970, rounded down, and what is over in `parts` of a second, `digits` decimals of which are written.
std::optional<QString> moment(qint64 seconds, quint64 parts, int digits) {
  using namespace std::chrono;
  constexpr qint64 first = -62135596800;  // 0001-01-01
  constexpr qint64 last = 253402300799;   // 9999-12-31T23:59:59
  if (seconds < first || seconds > last) return std::nullopt;
  const sys_seconds at{std::chrono::seconds(seconds)};
  const sys_days day = floor<days>(at);
  const year_month_day date(day);
  const hh_mm_ss time(at - day);
  QString text = QString::asprintf("%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
                                   static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                                   static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                                   static_cast<int>(time.seconds().count()));
  if (digits > 0) text += u'.' + QString::number(parts).rightJustified(digits, u'0');
  return text + u'Z';
}

/// A number with a fraction, to the nearest of 10^-digits seconds, to the even one of two.
std::optional<QString> momentOf(double units, double perSecond, int digits) {
  const double seconds = units / perSecond;
  if (!std::isfinite(seconds) || std::abs(seconds) > 1e12) return std::nullopt;
  const double scale = std::pow(10, digits);
  double whole = 0;
  double parts = std::nearbyint(std::modf(seconds, &whole) * scale);
  if (parts >= scale) {
    whole += 1;
    parts -= scale;
  } else if (parts < 0) {
    whole -= 1;
    parts += scale;
  }
  return moment(static_cast<qint64>(whole), static_cast<quint64>(parts), digits);
}

std::optional<QString> momentOf(const Value &value, CellFormat format) {
  const int power = format == CellFormat::UnixSeconds        ? 0
                    : format == CellFormat::UnixMilliseconds ? 3
                    : format == CellFormat::UnixMicroseconds ? 6
                                                             : 9;
  const auto perSecond = static_cast<qint64>(std::llround(std::pow(10, power)));
  const auto whole = [&](qint64 units) {
    const qint64 over = (units % perSecond + perSecond) % perSecond;
    const qint64 seconds = units / perSecond - (units % perSecond < 0 ? 1 : 0);
    return moment(seconds, static_cast<quint64>(over), power);
  };
  if (const auto *v = std::get_if<qint64>(&value)) return whole(*v);
  if (const auto *v = std::get_if<quint64>(&value); v && power > 0) {
    const auto unit = static_cast<quint64>(perSecond);
    return moment(static_cast<qint64>(*v / unit), *v % unit, power);
  }
  if (const auto *v = std::get_if<BigInteger>(&value)) {
    const QByteArrayView digits = QByteArrayView(v->digits).sliced(v->isNegative() ? 1 : 0);
    if (digits.size() <= power || digits.size() - power > 12) return std::nullopt;
    const qint64 seconds = digits.chopped(power).toLongLong();
    const qint64 over = digits.last(power).toLongLong();
    if (!v->isNegative()) return moment(seconds, static_cast<quint64>(over), power);
    return over == 0 ? moment(-seconds, 0, power) : moment(-seconds - 1, static_cast<quint64>(perSecond - over), power);
  }
  const auto *v = std::get_if<double>(&value);
  if (!v || !std::isfinite(*v)) return std::nullopt;
  if (power > 0 && *v == std::floor(*v) && std::abs(*v) < 9e18) return whole(static_cast<qint64>(*v));
  return momentOf(*v, static_cast<double>(perSecond), std::max(power, 6));
}

/// The bytes of an address of `size` bytes; none: it is no such address.
std::optional<QByteArray> addressBytes(const Value &value, qsizetype size) {
  if (const auto *bytes = std::get_if<QByteArray>(&value)) {
    return bytes->size() == size ? std::optional(*bytes) : std::nullopt;
  }
  if (std::holds_alternative<bool>(value)) return std::nullopt;
  const auto number = wholeOf(value);
  if (!number || number->isNegative || number->bytes.size() > size) return std::nullopt;
  return QByteArray(size - number->bytes.size(), '\0') + number->bytes;
}

QString dotted(QByteArrayView bytes) {
  QStringList parts;
  for (const char byte : bytes) parts.append(QString::number(static_cast<quint8>(byte)));
  return parts.join(u'.');
}

/// As RFC 5952 has it: the longest run of two zeros and more is "::", the first of several as long.
QString colons(const QByteArray &bytes) {
  static const QByteArray mapped = QByteArray(10, '\0') + "\xff\xff";
  if (bytes.startsWith(mapped)) return u"::ffff:"_s + dotted(QByteArrayView(bytes).sliced(12));
  std::array<unsigned, 8> groups;
  for (qsizetype i = 0; i < 8; ++i) {
    groups[static_cast<std::size_t>(i)] =
        static_cast<unsigned>(static_cast<quint8>(bytes[2 * i])) << 8 | static_cast<quint8>(bytes[2 * i + 1]);
  }
  std::size_t longest = 0;
  std::size_t longestSize = 1;
  for (std::size_t i = 0; i < 8; ++i) {
    std::size_t size = 0;
    while (i + size < 8 && groups[i + size] == 0) ++size;
    if (size > longestSize) {
      longest = i;
      longestSize = size;
    }
  }
  QString text;
  for (std::size_t i = 0; i < 8; ++i) {
    if (longestSize > 1 && i == longest) {
      text += u"::"_s;
      i += longestSize - 1;
      continue;
    }
    if (!text.isEmpty() && !text.endsWith(u':')) text += u':';
    text += QString::number(groups[i], 16);
  }
  return text;
}

/// None: it cannot be written so.
std::optional<QString> formatted(const Value &value, CellFormat format, qsizetype most) {
  switch (format) {
    case CellFormat::AsItIs:
      return std::nullopt;
    case CellFormat::Decimal:
      if (const auto *v = std::get_if<bool>(&value)) return *v ? u"1"_s : u"0"_s;
      [[fallthrough]];
    case CellFormat::Hexadecimal:
    case CellFormat::Octal:
    case CellFormat::Binary:
      if (const auto *bytes = std::get_if<QByteArray>(&value)) return bytesInBase(*bytes, format, most);
      if (format == CellFormat::Decimal) return std::nullopt;  // numbers are that as they are
      if (const auto number = wholeOf(value)) return inBase(*number, format);
      return std::nullopt;
    case CellFormat::Text:
      return characters(value, most);
    case CellFormat::UnixSeconds:
    case CellFormat::UnixMilliseconds:
    case CellFormat::UnixMicroseconds:
    case CellFormat::UnixNanoseconds:
      return momentOf(value, format);
    case CellFormat::IPv4:
      if (const auto bytes = addressBytes(value, 4)) return dotted(*bytes);
      return std::nullopt;
    case CellFormat::IPv6:
      if (const auto bytes = addressBytes(value, 16)) return colons(*bytes);
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

QString formattedValue(const Value &value, CellFormat format, qsizetype most) {
  if (const auto text = formatted(value, format, most)) return cut(*text, most);
  return std::holds_alternative<std::monostate>(value) ? u"null"_s : displayText(value, most);
}

bool isFormattedNumber(const Value &value, CellFormat format) {
  const bool isNumber = std::holds_alternative<qint64>(value) || std::holds_alternative<quint64>(value) ||
                        std::holds_alternative<double>(value) || std::holds_alternative<BigInteger>(value);
  if (!isNumber) return std::holds_alternative<bool>(value) && format != CellFormat::AsItIs;
  if (format <= CellFormat::Binary) return true;
  return !formatted(value, format, 1);
}

QString cellFormatTitle(CellFormat format) {
  return QCoreApplication::translate("CellFormat", std::ranges::find(rows, format, &Row::format)->title);
}

QString cellFormatKey(CellFormat format) {
  return std::ranges::find(rows, format, &Row::format)->key.toString();
}

std::optional<CellFormat> cellFormatOfKey(QStringView key) {
  const auto found = std::ranges::find(rows, key, &Row::key);
  return found == std::end(rows) ? std::nullopt : std::optional(found->format);
}

}  // namespace octetscope
