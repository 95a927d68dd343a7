#include "model/filter/filter_literal.h"

#include "model/structs/value_text.h"

#include <QDateTime>
#include <QHostAddress>

#include <algorithm>
#include <cmath>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 second = 1'000'000'000;

bool isDigit(QChar c) {
  return c >= u'0' && c <= u'9';
}

int hexDigit(QChar c) {
  if (isDigit(c)) return c.unicode() - u'0';
  const char16_t lower = c.unicode() | 0x20;
  return lower >= u'a' && lower <= u'f' ? lower - u'a' + 10 : -1;
}

/// The longest run of decimal digits at the front.
QStringView digitsOf(QStringView text) {
  const auto end = std::find_if_not(text.begin(), text.end(), isDigit);
  return text.first(end - text.begin());
}

/// A decimal number times 10^power, exactly as it is written. `text`: digits, with a point and an exponent perhaps.
WideBound scaled(QStringView text, int power) {
  const bool isNegative = text.startsWith(u'-');
  if (isNegative || text.startsWith(u'+')) text = text.sliced(1);
  qint64 exponent = power;
  qsizetype mark = 0;
  while (mark < text.size() && text[mark] != u'e' && text[mark] != u'E') ++mark;
  if (mark < text.size()) {
    const qint64 written = text.sliced(mark + 1).toLongLong();
    exponent += std::clamp<qint64>(written, -100'000, 100'000);
    text = text.first(mark);
  }
  QString digits = text.toString();
  if (const qsizetype point = digits.indexOf(u'.'); point >= 0) {
    exponent -= digits.size() - point - 1;
    digits.remove(point, 1);
  }
  WideBound bound;
  qsizetype used = digits.size();
  if (exponent < 0) used = std::max<qsizetype>(used + exponent, 0);
  for (qsizetype i = 0; i < used; ++i) {
    bound.floor = std::min(bound.floor * 10 + (digits[i].unicode() - u'0'), NumberRanges::most);
  }
  for (qsizetype i = used; i < digits.size(); ++i) bound.isExact = bound.isExact && digits[i] == u'0';
  for (qint64 i = 0; i < exponent && bound.floor != 0 && bound.floor < NumberRanges::most; ++i) {
    bound.floor = std::min(bound.floor * 10, NumberRanges::most);
  }
  if (isNegative) bound.floor = -bound.floor - (bound.isExact ? 0 : 1);
  return bound;
}

WideBound boundOf(double real) {
  const double floor = std::floor(real);
  if (floor >= std::ldexp(1.0, 100)) return {NumberRanges::most, false};
  if (floor <= -std::ldexp(1.0, 100)) return {-NumberRanges::most, false};
  return {static_cast<WideNumber>(floor), floor == real};
}

FilterLiteral numberLiteral(Value number, QStringView decimal) {
  FilterLiteral literal{.kind = FilterLiteral::Kind::Number, .number = std::move(number)};
  if (!decimal.isEmpty()) {
    literal.nanoseconds = scaled(decimal, 9);
  } else {
    const WideBound bound = literal.bound();
    const WideNumber limit = NumberRanges::most / second;
    literal.nanoseconds = {std::clamp(bound.floor, -limit, limit) * second, bound.isExact};
  }
  return literal;
}

FilterLiteral bytesLiteral(QByteArray bytes) {
  return {.kind = FilterLiteral::Kind::Bytes, .bytes = std::move(bytes)};
}

/// 0b101, 0o17.
Result<FilterLiteral> readBase(QStringView word, QStringView digits, int base) {
  quint64 natural = 0;
  for (const QChar c : digits) {
    const int digit = isDigit(c) ? c.unicode() - u'0' : base;
    if (digit >= base) {
      return fail(u"%1 is no number"_s.arg(word),
                  base == 2 ? u"behind 0b stand 0 and 1 alone"_s : u"behind 0o stand digits from 0 to 7 alone"_s);
    }
    if (natural > (~0ULL - static_cast<quint64>(digit)) / static_cast<quint64>(base)) {
      return fail(u"%1 has more than 64 bits"_s.arg(word), u"write it in decimal or hexadecimal"_s);
    }
    natural = natural * static_cast<quint64>(base) + static_cast<quint64>(digit);
  }
  if (digits.isEmpty()) return fail(u"%1 is no number"_s.arg(word), u"digits are missing behind it"_s);
  return numberLiteral(integerValue(natural), {});
}

Result<FilterLiteral> readNumber(QStringView word) {
  QStringView body = word;
  if (body.startsWith(u'-') || body.startsWith(u'+')) body = body.sliced(1);
  if (body.startsWith(u"0b", Qt::CaseInsensitive) || body.startsWith(u"0o", Qt::CaseInsensitive)) {
    if (body.size() != word.size()) return fail(u"%1 has a sign"_s.arg(word), u"write it in decimal"_s);
    return readBase(word, body.sliced(2), body[1].toLower() == u'b' ? 2 : 8);
  }
  if (body.startsWith(u"0x", Qt::CaseInsensitive)) {
    if (auto number = parseNumber(word)) return numberLiteral(*std::move(number), {});
    return fail(u"%1 is no number"_s.arg(word), u"behind 0x stand hexadecimal digits alone"_s);
  }
  if (body.size() > 1 && body[0] == u'0' && isDigit(body[1]) && digitsOf(body).size() == body.size()) {
    return fail(u"%1 may be meant as octal"_s.arg(word), u"write 0o in front of an octal number, else no 0"_s);
  }
  // nan and inf are numbers of no digits, here names.
  const bool hasDigits = !body.isEmpty() && (isDigit(body[0]) || body[0] == u'.');
  if (auto number = parseNumber(word); number && hasDigits) {
    const bool isWhole = !std::holds_alternative<double>(*number);
    return numberLiteral(*std::move(number), isWhole ? QStringView() : word);
  }
  static constexpr std::pair<QStringView, int> units[] = {{u"ms", 6}, {u"us", 3}, {u"µs", 3}, {u"ns", 0}, {u"s", 9}};
  for (const auto &[unit, power] : units) {
    if (!word.endsWith(unit)) continue;
    const QStringView amount = word.chopped(unit.size());
    const auto number = parseNumber(amount);
    if (!number || !hasDigits || amount.contains(u'x')) break;
    FilterLiteral literal{.kind = FilterLiteral::Kind::Duration, .nanoseconds = scaled(amount, power)};
    const double seconds = static_cast<double>(literal.nanoseconds.floor) / 1e9;
    literal.number = seconds;
    return literal;
  }
  return fail(u"%1 is neither a number nor a time"_s.arg(word),
              u"numbers are written 5, -5, 0xff, 0b101, 0o17, 2.5, 1e3, times 2.5, 20ms; text stands in quotes"_s);
}

Result<FilterLiteral> readColons(QStringView word) {
  QByteArray bytes;
  bool isHex = true;
  for (qsizetype i = 0; isHex && i < word.size(); i += 3) {
    isHex = word.size() - i >= 2 && hexDigit(word[i]) >= 0 && hexDigit(word[i + 1]) >= 0 &&
            (word.size() - i == 2 || (word[i + 2] == u':' && word.size() - i > 3));
    if (isHex) bytes += static_cast<char>(hexDigit(word[i]) << 4 | hexDigit(word[i + 1]));
  }
  if (isHex) return bytesLiteral(bytes);
  if (const QHostAddress address(word.toString());
      word.size() < 64 && address.protocol() == QAbstractSocket::IPv6Protocol) {
    const Q_IPV6ADDR all = address.toIPv6Address();
    return bytesLiteral(QByteArray(reinterpret_cast<const char *>(all.c), 16));
  }
  return fail(u"%1 are no bytes"_s.arg(word),
              u"bytes are written as two digits each, de:ad:be:ef; one byte as \"\\xde\""_s);
}

bool isAddress(QStringView word) {
  int parts = 0;
  for (const QStringView part : word.tokenize(u'.')) {
    const bool isPart = !part.isEmpty() && part.size() <= 3 && digitsOf(part).size() == part.size();
    if (!isPart || part.toInt() > 255) return false;
    ++parts;
  }
  return parts == 4;
}

}  // namespace

FilterValue FilterLiteral::value() const {
  switch (kind) {
    case Kind::Text:
      return FilterValue::text(viewOf(bytes));
    case Kind::Bytes:
      return FilterValue::of(viewOf(bytes));
    case Kind::Word:
      return FilterValue::of(word);
    case Kind::Moment:
      return FilterValue::time(static_cast<qint64>(nanoseconds.floor));
    case Kind::Number:
    case Kind::Duration: {
      if (const auto *big = std::get_if<BigInteger>(&number)) return FilterValue::of(*big);
      QByteArray none;
      return FilterValue::of(number, none);
    }
    case Kind::Null:
      break;
  }
  return {};
}

WideBound FilterLiteral::bound() const {
  if (const auto *v = std::get_if<qint64>(&number)) return {*v, true};
  if (const auto *v = std::get_if<quint64>(&number)) return {*v, true};
  if (const auto *v = std::get_if<bool>(&number)) return {*v ? 1 : 0, true};
  if (const auto *v = std::get_if<double>(&number)) return boundOf(*v);
  if (const auto *v = std::get_if<BigInteger>(&number)) {
    return {v->isNegative() ? -NumberRanges::most : NumberRanges::most, false};
  }
  return {0, false};
}

Result<FilterLiteral> FilterLiteral::fromWord(QStringView word) {
  if (word == u"null") return FilterLiteral{};
  if (word == u"true" || word == u"false") return numberLiteral(word == u"true", {});
  if (const auto moment = momentOf(word)) return FilterLiteral{.kind = Kind::Moment, .nanoseconds = {*moment, true}};
  if (word.contains(u':')) return readColons(word);
  if (isAddress(word)) {
    QByteArray bytes;
    for (const QStringView part : word.tokenize(u'.')) bytes += static_cast<char>(part.toInt());
    return bytesLiteral(bytes);
  }
  return readNumber(word);
}

Result<FilterLiteral> FilterLiteral::fromText(QStringView text) {
  FilterLiteral literal{.kind = Kind::Text};
  qsizetype plain = 0;  // where what is not added yet begins
  for (qsizetype i = 0; i < text.size(); ++i) {
    if (text[i] != u'\\') continue;
    literal.bytes += text.sliced(plain, i - plain).toUtf8();
    const QChar code = i + 1 < text.size() ? text[i + 1] : QChar();
    if (code == u'x') {
      const int high = i + 2 < text.size() ? hexDigit(text[i + 2]) : -1;
      const int low = i + 3 < text.size() ? hexDigit(text[i + 3]) : -1;
      if (high < 0 || low < 0) return fail(u"\\x needs two hexadecimal digits"_s, u"write \\x0a for a line end"_s, i);
      literal.bytes += static_cast<char>(high << 4 | low);
      i += 3;
    } else {
      static constexpr QStringView codes = u"nrt0\\\"'";
      static constexpr char meant[] = {'\n', '\r', '\t', '\0', '\\', '"', '\''};
      const qsizetype which = code.isNull() ? -1 : codes.indexOf(code);
      if (which < 0) {
        return fail(u"\\%1 is no escape"_s.arg(code.isNull() ? QString() : QString(code)),
                    u"the escapes are \\n \\r \\t \\0 \\xNN \\\\ \\\" \\'; write \\\\ for a backslash"_s, i);
      }
      literal.bytes += meant[which];
      ++i;
    }
    plain = i + 1;
  }
  literal.bytes += text.sliced(std::min(plain, text.size())).toUtf8();
  return literal;
}

std::optional<qint64> FilterLiteral::momentOf(QStringView text) {
  if (text.endsWith(u'Z')) text = text.chopped(1);
  // 2023-10-30T09:23:54
  if (text.size() < 19 || text[4] != u'-' || text[7] != u'-' || text[13] != u':' || text[16] != u':') {
    return std::nullopt;
  }
  if (text[10] != u'T' && text[10] != u' ') return std::nullopt;
  const auto part = [text](qsizetype at, qsizetype count) {
    const QStringView digits = text.sliced(at, count);
    return digitsOf(digits).size() == count ? digits.toInt() : -1;
  };
  const QDate date(part(0, 4), part(5, 2), part(8, 2));
  const QTime time(part(11, 2), part(14, 2), part(17, 2));
  if (!date.isValid() || !time.isValid()) return std::nullopt;
  qint64 fraction = 0;
  if (text.size() > 19) {
    const QStringView decimals = text.sliced(20);
    if (text[19] != u'.' || decimals.isEmpty() || decimals.size() > 9 || digitsOf(decimals).size() != decimals.size()) {
      return std::nullopt;
    }
    fraction = decimals.toLongLong();
    for (qsizetype i = decimals.size(); i < 9; ++i) fraction *= 10;
  }
  const qint64 seconds = QDateTime(date, time, Qt::UTC).toSecsSinceEpoch();
  if (std::abs(seconds) > std::numeric_limits<qint64>::max() / second - 1) return std::nullopt;
  return seconds * second + fraction;
}

}  // namespace octetscope
