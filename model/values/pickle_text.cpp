#include "model/values/pickle_text.h"

#include "model/structs/value_text.h"

#include <QUtf8StringView>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

bool isHexDigit(char c) {
  return isDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

char32_t hexValue(char c) {
  return static_cast<char32_t>(isDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
}

bool isAscii(QByteArrayView text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Without the white space that Python's int() and float() take around a number.
QByteArrayView stripped(QByteArrayView text) {
  const auto isSpace = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  while (!text.isEmpty() && isSpace(text.front())) text = text.sliced(1);
  while (!text.isEmpty() && isSpace(text.back())) text.chop(1);
  return text;
}

/// Goes over digits, with single underscores between them; false where there is none at `at`.
bool goOverDigits(QByteArrayView text, qsizetype &at) {
  const qsizetype begin = at;
  while (at < text.size() && (isDigit(text[at]) || (text[at] == '_' && at > begin && text[at - 1] != '_' &&
                                                    at + 1 < text.size() && isDigit(text[at + 1])))) {
    ++at;
  }
  return at > begin;
}

void goOverSign(QByteArrayView text, qsizetype &at) {
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
}

QByteArrayView longWithoutMark(QByteArrayView text) {
  if (text.endsWith('L')) text.chop(1);
  return text;
}

bool isInteger(QByteArrayView text) {
  text = stripped(text);
  qsizetype at = 0;
  goOverSign(text, at);
  return goOverDigits(text, at) && at == text.size();
}

bool isFloat(QByteArrayView text) {
  text = stripped(text);
  qsizetype at = 0;
  goOverSign(text, at);
  const QByteArray word = text.sliced(at, std::min<qsizetype>(text.size() - at, 9)).toByteArray().toLower();
  if (word == "inf" || word == "infinity" || word == "nan") return true;
  const bool hasWhole = goOverDigits(text, at);
  bool hasFraction = false;
  if (at < text.size() && text[at] == '.') {
    ++at;
    hasFraction = goOverDigits(text, at);
  }
  if (!hasWhole && !hasFraction) return false;
  if (at < text.size() && (text[at] | 0x20) == 'e') {
    ++at;
    goOverSign(text, at);
    if (!goOverDigits(text, at)) return false;
  }
  return at == text.size();
}

/// What is between the quotes; none where it is not quoted. CPython takes a single quote mark for both.
std::optional<QByteArrayView> unquoted(QByteArrayView text) {
  if (text.isEmpty() || (text.front() != '"' && text.front() != '\'') || text.back() != text.front()) {
    return std::nullopt;
  }
  return text.size() == 1 ? QByteArrayView() : text.sliced(1, text.size() - 2);
}

/// A string of Python 2 with its escapes undone into `out`, where that is given; false: one is cut or wrong.
bool unescape(QByteArrayView text, QByteArray *out) {
  static constexpr QByteArrayView names("\\'\"bftnrva");
  static constexpr QByteArrayView meanings("\\'\"\b\f\t\n\r\v\a");
  for (qsizetype at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (c == '\\') {
      if (++at == text.size()) return false;
      c = text[at];
      if (const qsizetype which = names.indexOf(c); which >= 0) {
        c = meanings[which];
      } else if (c == 'x') {
        if (text.size() - at < 3 || !isHexDigit(text[at + 1]) || !isHexDigit(text[at + 2])) return false;
        c = static_cast<char>(hexValue(text[at + 1]) << 4 | hexValue(text[at + 2]));
        at += 2;
      } else if (c >= '0' && c <= '7') {
        int code = c - '0';
        for (int i = 0; i < 2 && at + 1 < text.size() && text[at + 1] >= '0' && text[at + 1] <= '7'; ++i) {
          code = code << 3 | (text[++at] - '0');
        }
        c = static_cast<char>(code);
      } else if (out != nullptr) {
        *out += '\\';
      }
    }
    if (out != nullptr) *out += c;
  }
  return true;
}

/// Python's raw-unicode-escape; false: an escape is cut or beyond Unicode.
bool decodeRawUnicode(QByteArrayView text, QString *out) {
  for (qsizetype at = 0; at < text.size(); ++at) {
    char32_t code = static_cast<unsigned char>(text[at]);
    if (code == '\\' && at + 1 < text.size()) {
      const char kind = text[at + 1];
      const int digits = kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
      if (digits == 0) {
        if (out != nullptr) *out += u'\\';
        code = static_cast<unsigned char>(kind);
        ++at;
      } else {
        if (text.size() - at - 2 < digits) return false;
        code = 0;
        for (int i = 0; i < digits; ++i) {
          const char c = text[at + 2 + i];
          if (!isHexDigit(c)) return false;
          code = code << 4 | hexValue(c);
        }
        if (code > 0x10ffff) return false;
        at += 1 + digits;
      }
    }
    if (out != nullptr) *out += QStringView(QChar::fromUcs4(code));
  }
  return true;
}

QString plainDigits(QByteArrayView text) {
  return QString::fromLatin1(stripped(text)).remove(u'_').toLower();
}

Value floatValue(QByteArrayView text) {
  QString digits = plainDigits(text);
  if (digits.endsWith(u"infinity")) digits.chop(5);
  if (!digits.contains(u'.') && !digits.contains(u'e') && digits.back().isDigit()) digits += u".0";
  return parseNumber(digits).value_or(Value());
}

}  // namespace

bool isPickleText(PickleArgument argument, ByteView bytes) {
  const QByteArrayView text = qtView(bytes);
  switch (argument) {
    case PickleArgument::DecimalnlShort:
      return isInteger(text);
    case PickleArgument::DecimalnlLong:
      return isInteger(longWithoutMark(text));
    case PickleArgument::Stringnl: {
      const auto inner = unquoted(text);
      return inner && unescape(*inner, nullptr);
    }
    case PickleArgument::Unicodestringnl:
      return decodeRawUnicode(text, nullptr);
    case PickleArgument::Floatnl:
      return isFloat(text);
    case PickleArgument::StringnlNoescape:
      return isAscii(text);
    case PickleArgument::StringnlNoescapePair:
      return QUtf8StringView(text.data(), text.size()).isValidUtf8();
    default:
      return true;
  }
}

QString pickleTextRule(PickleArgument argument) {
  switch (argument) {
    case PickleArgument::DecimalnlShort:
    case PickleArgument::DecimalnlLong:
      return u"which is no whole number"_s;
    case PickleArgument::Floatnl:
      return u"which is no number"_s;
    case PickleArgument::Stringnl:
      return u"which is no string in quotes with whole escapes"_s;
    case PickleArgument::Unicodestringnl:
      return u"which has an escape that is cut or beyond Unicode"_s;
    case PickleArgument::StringnlNoescape:
      return u"which is not ASCII"_s;
    default:
      return u"which is not UTF-8"_s;
  }
}

Value pickleTextValue(PickleArgument argument, ByteView bytes) {
  const QByteArrayView text = qtView(bytes);
  switch (argument) {
    case PickleArgument::DecimalnlShort:
      // How protocol 0 writes False and True.
      if (text == "00") return false;
      if (text == "01") return true;
      return parseNumber(plainDigits(text)).value_or(Value());
    case PickleArgument::DecimalnlLong:
      return parseNumber(plainDigits(longWithoutMark(text))).value_or(Value());
    case PickleArgument::Floatnl:
      return floatValue(text);
    case PickleArgument::Stringnl: {
      QByteArray plain;
      unescape(unquoted(text).value_or(QByteArrayView()), &plain);
      if (isAscii(plain)) return QString::fromLatin1(plain);
      return plain;
    }
    case PickleArgument::Unicodestringnl: {
      QString plain;
      decodeRawUnicode(text, &plain);
      return plain;
    }
    case PickleArgument::StringnlNoescapePair: {
      QString pair = QString::fromUtf8(text);
      return pair.replace(pair.indexOf(u'\n'), 1, u" "_s);
    }
    default:
      return QString::fromUtf8(text);
  }
}

}  // namespace octetscope
