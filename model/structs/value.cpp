// Values as text for people.
#include "model/structs/value.h"

#include <charconv>
#include <cmath>
#include <optional>

namespace octetscope {

namespace {

/// One character of UTF-8.
struct Utf8Character {
  char32_t code;
  int length;  ///< bytes
};

/// The well-formed character at the front of `bytes` (Unicode 14, table 3-7); none where it is not well-formed.
std::optional<Utf8Character> firstCharacter(ByteView bytes) {
  const std::uint8_t first = bytes[0];
  if (first < 0x80) return Utf8Character{first, 1};
  const int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || bytes.size() < static_cast<std::size_t>(length)) return std::nullopt;
  char32_t code = first & (0x7fU >> length);
  for (int i = 1; i < length; ++i) {
    const std::uint8_t next = bytes[static_cast<std::size_t>(i)];
    if ((next & 0xc0) != 0x80) return std::nullopt;
    code = code << 6 | (next & 0x3fU);
  }
  // Too long forms, surrogates, and what is beyond Unicode.
  if (length == 3 && (code < 0x800 || (code >= 0xd800 && code <= 0xdfff))) return std::nullopt;
  if (length == 4 && (code < 0x10000 || code > 0x10ffff)) return std::nullopt;
  return Utf8Character{code, length};
}

QString escapeOf(std::uint8_t byte) {
  switch (byte) {
    case '\n':
      return QStringLiteral("\\n");
    case '\r':
      return QStringLiteral("\\r");
    case '\t':
      return QStringLiteral("\\t");
    case 0:
      return QStringLiteral("\\0");
    default:
      return QStringLiteral("\\x%1").arg(uint{byte}, 2, 16, QLatin1Char('0'));
  }
}

QString cut(QString text, qsizetype most) {
  if (text.size() <= most) return text;
  text.truncate(std::max<qsizetype>(most - 1, 0));
  return most > 0 ? QString(text + QChar(u'…')) : QString();
}

}  // namespace

bool isPlainCharacter(char32_t character) {
  if (character < 0x80) return character >= 0x20 && character != 0x7f;
  switch (QChar::category(character)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_SpacingCombining:
    case QChar::Mark_Enclosing:
    case QChar::Number_DecimalDigit:
    case QChar::Number_Letter:
    case QChar::Number_Other:
    case QChar::Separator_Space:
    case QChar::Letter_Uppercase:
    case QChar::Letter_Lowercase:
    case QChar::Letter_Titlecase:
    case QChar::Letter_Modifier:
    case QChar::Letter_Other:
    case QChar::Punctuation_Connector:
    case QChar::Punctuation_Dash:
    case QChar::Punctuation_Open:
    case QChar::Punctuation_Close:
    case QChar::Punctuation_InitialQuote:
    case QChar::Punctuation_FinalQuote:
    case QChar::Punctuation_Other:
    case QChar::Symbol_Math:
    case QChar::Symbol_Currency:
    case QChar::Symbol_Modifier:
    case QChar::Symbol_Other:
      return true;
    default:
      return false;
  }
}

void appendRepr(QByteArray &out, double value) {
  if (std::isnan(value)) {
    out += "nan";
    return;
  }
  if (std::signbit(value)) out += '-';
  if (std::isinf(value)) {
    out += "inf";
    return;
  }
  if (value == 0) {
    out += "0.0";
    return;
  }
  // The shortest digits, as d.ddde±XX; CPython then chooses between the two notations by the exponent.
  char buffer[32];
  const char *const end =
      std::to_chars(buffer, buffer + sizeof buffer, std::abs(value), std::chars_format::scientific).ptr;
  const char *const mark = std::find(static_cast<const char *>(buffer), end, 'e');
  int exponent = 0;
  std::from_chars(mark + 2, end, exponent);
  if (mark[1] == '-') exponent = -exponent;
  char digits[20];
  int count = 0;
  for (const char *c = buffer; c != mark; ++c) {
    if (*c != '.') digits[count++] = *c;
  }
  if (exponent < -4 || exponent >= 16) {
    out.append(buffer, end - buffer);
  } else if (exponent < 0) {
    out += "0.";
    for (int i = -1; i > exponent; --i) out += '0';
    out.append(digits, count);
  } else {
    const int whole = exponent + 1;
    out.append(digits, std::min(count, whole));
    for (int i = count; i < whole; ++i) out += '0';
    out += '.';
    if (count > whole) out.append(digits + whole, count - whole);
    if (count <= whole) out += '0';
  }
}

QString reprOfDouble(double value) {
  QByteArray text;
  appendRepr(text, value);
  return QString::fromLatin1(text);
}

QString displayBytes(ByteView bytes, qsizetype most) {
  QString text = QStringLiteral("\"");
  qsizetype fitting = text.size();  // what may stay when it has to be cut
  for (std::size_t at = 0; at < bytes.size();) {
    const auto character = firstCharacter(bytes.subspan(at));
    const int length = character ? character->length : 1;
    if (character && isPlainCharacter(character->code)) {
      if (character->code == U'"' || character->code == U'\\') text += u'\\';
      text += QStringView(QChar::fromUcs4(character->code));
    } else {
      for (int i = 0; i < length; ++i) text += escapeOf(bytes[at + static_cast<std::size_t>(i)]);
    }
    at += static_cast<std::size_t>(length);
    if (text.size() + 1 <= most - 1) fitting = text.size();
    if (text.size() + 1 > most) {
      text.truncate(std::min(fitting, std::max<qsizetype>(most - 2, 0)));
      return cut(text + QStringLiteral("…\""), most);
    }
  }
  return cut(text + u'"', most);
}

QString displayText(const Value &value, qsizetype most) {
  struct Text {
    qsizetype most;
    QString operator()(std::monostate) const { return {}; }
    QString operator()(qint64 v) const { return cut(QString::number(v), most); }
    QString operator()(quint64 v) const { return cut(QString::number(v), most); }
    QString operator()(double v) const { return cut(reprOfDouble(v), most); }
    QString operator()(bool v) const { return cut(v ? QStringLiteral("true") : QStringLiteral("false"), most); }
    QString operator()(const QByteArray &v) const { return displayBytes(viewOf(v), most); }
    QString operator()(const QString &v) const {
      return displayBytes(viewOf(v.first(std::min(v.size(), most + 1)).toUtf8()), most);
    }
    QString operator()(const BigInteger &v) const {
      return cut(QString::fromLatin1(v.digits.first(std::min(v.digits.size(), most + 1))), most);
    }
  };
  return std::visit(Text{most}, value);
}

bool isPlainText(QByteArrayView bytes) {
  const ByteView view = viewOf(bytes);
  for (std::size_t at = 0; at < view.size();) {
    const auto character = firstCharacter(view.subspan(at));
    if (!character || !isPlainCharacter(character->code)) return false;
    at += static_cast<std::size_t>(character->length);
  }
  return true;
}

}  // namespace octetscope
