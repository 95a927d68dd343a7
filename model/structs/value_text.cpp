// Values between text, JSON and themselves.
#include "model/structs/value_text.h"

#include "model/bytes/hex_text.h"

#include <QStringEncoder>

#include <charconv>
#include <cmath>

namespace octetscope {

namespace {

/// Hex digits of an integer at most: turning them into decimal takes the square of their number.
constexpr qsizetype maxHexDigits = 4096;

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

Value integerOf(bool negative, QByteArray digits) {
  qsizetype zeros = 0;
  while (zeros + 1 < digits.size() && digits[zeros] == '0') ++zeros;
  digits.remove(0, zeros);
  quint64 magnitude = 0;
  const auto read = std::from_chars(digits.constData(), digits.constData() + digits.size(), magnitude);
  if (read.ec == std::errc()) {
    if (!negative) return integerValue(magnitude);
    if (magnitude <= 1ULL << 63) return static_cast<qint64>(0 - magnitude);
  }
  return BigInteger{negative ? QByteArray('-' + digits) : digits};
}

/// Hex digits to decimal ones, in limbs of nine digits.
QByteArray decimalOf(QByteArrayView hex) {
  std::vector<quint64> limbs{0};
  for (const char c : hex) {
    quint64 carry = static_cast<quint64>(isDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
    for (quint64 &limb : limbs) {
      carry += limb * 16;
      limb = carry % 1'000'000'000;
      carry /= 1'000'000'000;
    }
    if (carry > 0) limbs.push_back(carry);
  }
  QByteArray digits = QByteArray::number(limbs.back());
  for (auto limb = limbs.rbegin() + 1; limb != limbs.rend(); ++limb)
    digits += QByteArray::number(*limb).rightJustified(9, '0');
  return digits;
}

/// A decimal number with a point or an exponent (or neither), which the grammar has checked, without its sign.
double doubleOf(QByteArrayView text) {
  double result = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), result);
  if (read.ec == std::errc()) return result;
  // Out of range, but on which side? The exponent of the first digit that is not 0 says so.
  qsizetype mark = text.indexOf('e');
  if (mark < 0) mark = text.indexOf('E');
  const QByteArrayView digits = mark < 0 ? text : text.first(mark);
  qsizetype first = 0;
  while (first < digits.size() && (digits[first] == '0' || digits[first] == '.')) ++first;
  if (first == digits.size()) return 0;
  const qsizetype point = digits.contains('.') ? digits.indexOf('.') : digits.size();
  double exponent = static_cast<double>(point - first);
  if (mark >= 0) {
    const bool negative = text[mark + 1] == '-';
    QByteArrayView power = text.sliced(mark + 1);
    if (power.startsWith('+') || power.startsWith('-')) power = power.sliced(1);
    double size = 0;
    // Only whether it outweighs the digits matters, and 1e300 is more than any text has of them.
    for (const char c : power) size = std::min(size * 10 + (c - '0'), 1e300);
    exponent += negative ? -size : size;
  }
  return exponent > 0 ? std::numeric_limits<double>::infinity() : 0.0;
}

bool isFloatGrammar(QByteArrayView text) {
  qsizetype at = 0;
  const auto digits = [&] {
    const qsizetype start = at;
    while (at < text.size() && isDigit(text[at])) ++at;
    return at - start;
  };
  qsizetype count = digits();
  if (at < text.size() && text[at] == '.') {
    ++at;
    count += digits();
  }
  if (count == 0) return false;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (digits() == 0) return false;
  }
  return at == text.size();
}

bool takesText(char code) {
  return code == 's' || code == 'p' || code == 'c';
}

Result<QByteArray> parseText(QStringView token) {
  if (token.startsWith(u"hex:")) {
    auto bytes = parseHexBytes(token.sliced(4));
    if (!bytes && bytes.error().position >= 0) bytes.error().position += 4;
    return bytes;
  }
  QByteArray bytes;
  static constexpr QStringView names = u"nrt0\\\"'";
  static constexpr QByteArrayView meanings("\n\r\t\0\\\"'", 7);
  qsizetype run = 0;  // where the text begins that is not in `bytes` yet
  for (qsizetype at = 0; at < token.size();) {
    if (token[at] != u'\\') {
      ++at;
      continue;
    }
    bytes += token.sliced(run, at - run).toUtf8();
    const QChar next = at + 1 < token.size() ? token[at + 1] : QChar();
    if (const qsizetype which = next.isNull() ? -1 : names.indexOf(next); which >= 0) {
      bytes += meanings[which];
      at += 2;
    } else {
      const auto code = next == u'x' && token.size() - at >= 4 ? parseHexBytes(token.sliced(at + 2, 2))
                                                               : Result<QByteArray>(QByteArray());
      if (!code || code->size() != 1) {
        return fail(QStringLiteral("wrong escape in \"%1\"").arg(token.first(std::min<qsizetype>(token.size(), 80))),
                    QStringLiteral("the escapes are \\n \\r \\t \\0 \\xNN \\\\ \\\" \\'"), at);
      }
      bytes += *code;
      at += 4;
    }
    run = at;
  }
  bytes += token.sliced(run).toUtf8();
  return bytes;
}

void appendNumber(QByteArray &out, auto number) {
  char buffer[24];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
  out.append(buffer, end - buffer);
}

}  // namespace

std::optional<Value> parseNumber(QStringView token) {
  if (token == u"true") return true;
  if (token == u"false") return false;
  for (const QChar c : token) {
    if (c.unicode() > 0x7f) return std::nullopt;
  }
  const QByteArray ascii = token.toLatin1();
  QByteArrayView text = ascii;
  const bool negative = text.startsWith('-');
  if (negative || text.startsWith('+')) text = text.sliced(1);
  if (text.isEmpty()) return std::nullopt;
  if (text.startsWith("0x") || text.startsWith("0X")) {
    text = text.sliced(2);
    const bool isHex = !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
      return isDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
    });
    if (!isHex || text.size() > maxHexDigits) return std::nullopt;
    return integerOf(negative, decimalOf(text));
  }
  if (std::all_of(text.begin(), text.end(), isDigit)) return integerOf(negative, text.toByteArray());
  double number = 0;
  if (text == "nan") {
    number = std::numeric_limits<double>::quiet_NaN();
  } else if (text == "inf") {
    number = std::numeric_limits<double>::infinity();
  } else if (isFloatGrammar(text)) {
    number = doubleOf(text);
  } else {
    return std::nullopt;
  }
  return negative ? -number : number;
}

Result<Value> parseValue(QStringView token, char code) {
  if (takesText(code)) {
    auto bytes = parseText(token);
    if (!bytes) return std::unexpected(bytes.error());
    return Value(*bytes);
  }
  if (auto number = parseNumber(token)) return *number;
  if (code == '?') return Value(!token.isEmpty());
  return Value();
}

Result<Value> valueOfJson(const JsonValue &json, char code) {
  if (const bool *v = json.boolean()) return Value(*v);
  if (const JsonNumber *v = json.number()) return parseNumber(QString::fromLatin1(v->text)).value_or(Value());
  if (const QString *v = json.string()) {
    if (!v->isValidUtf16())
      return fail(QStringLiteral("a string has half of a surrogate pair"),
                  QStringLiteral("write bytes as \"hex:6162\""));
    return parseValue(*v, code);
  }
  if (const JsonValue *hex = json.find(u"hex"); hex && hex->string()) {
    auto bytes = parseHexBytes(*hex->string());
    if (!bytes) return std::unexpected(bytes.error());
    return Value(*bytes);
  }
  const bool isEmpty =
      json.isNull() || (json.array() && json.array()->empty()) || (json.object() && json.object()->empty());
  if (code == '?') return Value(!isEmpty);
  return Value();
}

void appendJsonBytes(QByteArray &out, ByteView bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  out += "{\"hex\":\"";
  const qsizetype at = out.size();
  out.resize(at + 2 * static_cast<qsizetype>(bytes.size()));
  char *to = out.data() + at;
  for (const std::uint8_t byte : bytes) {
    *to++ = digits[byte >> 4];
    *to++ = digits[byte & 15];
  }
  out += '"';
  if (isPlainText(qtView(bytes))) {
    out += ",\"text\":\"";
    for (const std::uint8_t byte : bytes) {
      if (byte == '"' || byte == '\\') out += '\\';
      out += static_cast<char>(byte);
    }
    out += '"';
  }
  out += '}';
}

void appendJsonValue(QByteArray &out, const Value &value) {
  struct Append {
    QByteArray &out;
    void operator()(std::monostate) const { out += "null"; }
    void operator()(qint64 v) const { appendNumber(out, v); }
    void operator()(quint64 v) const { appendNumber(out, v); }
    void operator()(bool v) const { out += v ? "true" : "false"; }
    void operator()(const BigInteger &v) const { out += v.digits; }
    void operator()(const QByteArray &v) const { appendJsonBytes(out, viewOf(v)); }
    void operator()(const QString &v) const { appendJsonString(out, v); }
    void operator()(double v) const {
      const bool isNumber = std::isfinite(v);
      if (!isNumber) out += '"';
      appendRepr(out, v);
      if (!isNumber) out += '"';
    }
  };
  std::visit(Append{out}, value);
}

}  // namespace octetscope
