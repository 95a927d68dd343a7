#include "model/search/search_terms.h"

#include "model/bytes/ebcdic.h"
#include "model/bytes/hex_text.h"
#include "model/structs/value_text.h"

#include <QStringConverter>
#include <QtEndian>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

Error nothing() {
  return {.what = u"nothing to look for"_s, .mend = u"type text, bytes in hex, a number or an expression"_s};
}

Result<SearchPattern> checked(QList<QByteArray> needles) {
  needles.removeIf([](const QByteArray &needle) { return needle.isEmpty(); });
  if (needles.isEmpty()) return std::unexpected(nothing());
  for (const QByteArray &needle : std::as_const(needles)) {
    if (needle.size() > SearchPattern::maxNeedle) {
      return fail(u"%1 bytes are too many to look for"_s.arg(needle.size()),
                  u"look for %1 at most"_s.arg(SearchPattern::maxNeedle));
    }
  }
  return SearchPattern::anyOf(std::move(needles));
}

/// In code page 037; empty where that has not all of it.
QByteArray writtenInEbcdic(const QString &text) {
  QByteArray bytes;
  for (const QChar c : text) {
    if (c.unicode() >= ebcdicCharacters.size()) return {};
    bytes += static_cast<char>(std::ranges::find(ebcdicCharacters, c.unicode()) - ebcdicCharacters.begin());
  }
  return bytes;
}

/// None where the encoding has not all of it.
QByteArray written(const QString &text, TextEncoding encoding) {
  const auto utf16 = [&text](QStringConverter::Encoding order) -> QByteArray {
    return QStringEncoder(order, QStringConverter::Flag::Stateless)(text);
  };
  switch (encoding) {
    case TextEncoding::Utf8:
      return text.toUtf8();
    case TextEncoding::Utf16Le:
      return utf16(QStringConverter::Utf16LE);
    case TextEncoding::Utf16Be:
      return utf16(QStringConverter::Utf16BE);
    case TextEncoding::Latin1:
      return std::ranges::all_of(text, [](QChar c) { return c.unicode() < 0x100; }) ? text.toLatin1() : QByteArray();
    case TextEncoding::Ebcdic:
      return writtenInEbcdic(text);
  }
  return {};
}

constexpr std::array allEncodings = {TextEncoding::Utf8, TextEncoding::Utf16Le, TextEncoding::Utf16Be,
                                     TextEncoding::Latin1, TextEncoding::Ebcdic};

QByteArray quoted(const QByteArray &bytes) {
  QByteArray expression;
  for (const char byte : bytes) expression += "\\x" + QByteArray(1, byte).toHex();
  return expression;
}

/// The text as an expression over bytes, each letter in any case. Empty where the encoding has not all of it.
QByteArray anyCase(const QString &text, TextEncoding encoding) {
  QByteArray expression;
  for (const char32_t letter : text.toUcs4()) {
    QList<QByteArray> forms;
    for (const char32_t one : {letter, QChar::toLower(letter), QChar::toUpper(letter), QChar::toTitleCase(letter)}) {
      const QByteArray bytes = written(QString::fromUcs4(&one, 1), encoding);
      if (!bytes.isEmpty() && !forms.contains(quoted(bytes))) forms += quoted(bytes);
    }
    if (forms.isEmpty()) return {};
    expression += forms.size() == 1 ? forms.front() : "(?:" + forms.join('|') + ")";
  }
  return expression;
}

int digitOf(QChar c) {
  const char16_t unit = c.unicode();
  if (unit >= u'0' && unit <= u'9') return unit - u'0';
  const char16_t lower = unit | 0x20;
  return lower >= u'a' && lower <= u'f' ? lower - u'a' + 10 : -1;
}

/// One byte of which some digits are open, as an expression.
QByteArray openByte(QChar high, QChar low) {
  const int first = digitOf(high);
  const int second = digitOf(low);
  if (first < 0 && second < 0) return "[\\x00-\\xff]";
  const auto code = [](int a, int b) -> QByteArray {
    return "\\x" + QByteArray::number(a, 16) + QByteArray::number(b, 16);
  };
  if (second < 0) return "[" + code(first, 0) + "-" + code(first, 15) + "]";
  QByteArray any = "[";
  for (int digit = 0; digit < 16; ++digit) any += code(digit, second);
  return any + "]";
}

/// `bytes` low bytes of `number`.
QByteArray packed(quint64 number, int bytes, bool isBig) {
  std::array<char, 8> all = {};
  qToLittleEndian(number, all.data());
  QByteArray result(all.data(), bytes);
  if (isBig) std::ranges::reverse(result);
  return result;
}

/// Appends `number` in both orders, or the one asked for.
void append(QList<QByteArray> &needles, quint64 number, int bytes, ByteOrder order) {
  if (order != ByteOrder::Little) needles += packed(number, bytes, true);
  if (order != ByteOrder::Big) needles += packed(number, bytes, false);
}

bool fits(const Value &number, int bytes) {
  const int bits = 8 * bytes;
  if (const auto *v = std::get_if<qint64>(&number)) {
    if (bits == 64) return true;
    if (*v < 0) return *v >= -(1LL << (bits - 1));
    return *v < (1LL << bits);
  }
  if (const auto *v = std::get_if<quint64>(&number)) return bits == 64 || *v < (1ULL << bits);
  return false;
}

}  // namespace

Result<SearchPattern> textPattern(const QString &text, TextEncodings encodings, bool ignoresCase) {
  if (text.isEmpty()) return std::unexpected(nothing());
  QList<QByteArray> needles;
  QList<QByteArray> expressions;
  for (const TextEncoding encoding : allEncodings) {
    if (!encodings.testFlag(encoding)) continue;
    if (ignoresCase) {
      if (const QByteArray expression = anyCase(text, encoding); !expression.isEmpty()) expressions += expression;
    } else {
      needles += written(text, encoding);
    }
  }
  needles.removeIf([](const QByteArray &needle) { return needle.isEmpty(); });
  if (needles.isEmpty() && expressions.isEmpty()) {
    return fail(u"this text cannot be written in the encoding chosen"_s, u"choose another encoding"_s);
  }
  if (!ignoresCase) {
    auto pattern = checked(std::move(needles));
    const bool hasBothOrders = encodings.testFlags(TextEncoding::Utf16Le | TextEncoding::Utf16Be);
    if (!pattern || !hasBothOrders) return pattern;
    return SearchPattern::anyOf(pattern->needles(), written(text, TextEncoding::Utf16Be),
                                written(text, TextEncoding::Utf16Le));
  }
  if (text.size() > SearchPattern::maxNeedle / 16) {
    return fail(u"this text is too long to look for in any case"_s,
                u"tell upper and lower case apart, or shorten it"_s);
  }
  return SearchPattern::regexOfBytes(expressions.join('|'));
}

Result<SearchPattern> hexPattern(QStringView text) {
  if (!text.contains(u'?')) {
    auto bytes = parseHexBytes(text);
    if (!bytes) return std::unexpected(bytes.error());
    return checked({*std::move(bytes)});
  }
  QByteArray expression;
  bool hasDigit = false;
  for (qsizetype i = 0; i < text.size();) {
    const QChar c = text[i];
    if (c.isSpace() || c == u':' || c == u'-' || c == u',') {
      ++i;
      continue;
    }
    const auto isDigit = [](QChar one) { return one == u'?' || digitOf(one) >= 0; };
    if (!isDigit(c)) return fail(u"'%1' is no hex digit"_s.arg(c), u"write de ?? be ?f, a ? for any digit"_s, i);
    if (i + 1 >= text.size() || !isDigit(text[i + 1])) {
      return fail(u"half a byte"_s, u"write two digits for each byte, a ? for any"_s, i);
    }
    hasDigit = hasDigit || c != u'?' || text[i + 1] != u'?';
    expression += c == u'?' || text[i + 1] == u'?' ? openByte(c, text[i + 1]) : "\\x" + text.sliced(i, 2).toLatin1();
    i += 2;
  }
  if (!hasDigit) return fail(u"any bytes would do"_s, u"write the digits of one byte at least"_s, 0);
  if (expression.size() > SearchPattern::maxNeedle) {
    return fail(u"these are too many bytes to look for with gaps"_s, u"write fewer, or no ?"_s);
  }
  return SearchPattern::regexOfBytes(expression);
}

Result<SearchPattern> numberPattern(QStringView text, NumberForm form) {
  text = text.trimmed();
  if (text.isEmpty()) return std::unexpected(nothing());
  const auto number = parseNumber(text);
  if (!number || std::holds_alternative<bool>(*number))
    return fail(u"%1 is no number"_s.arg(text), u"write 1234, -5, 0xff, 2.5 or 1e3"_s, 0);
  QList<QByteArray> needles;
  if (const auto *real = std::get_if<double>(&*number)) {
    if (form.bytes != 0 && form.bytes != 4 && form.bytes != 8) {
      return fail(u"a number with a point has 4 or 8 bytes"_s, u"choose one of these"_s);
    }
    if (form.bytes != 4) append(needles, std::bit_cast<quint64>(*real), 8, form.order);
    if (form.bytes != 8) append(needles, std::bit_cast<quint32>(static_cast<float>(*real)), 4, form.order);
    return checked(std::move(needles));
  }
  const auto bits = [&number]() -> quint64 {
    if (const auto *v = std::get_if<qint64>(&*number)) return static_cast<quint64>(*v);
    if (const auto *v = std::get_if<quint64>(&*number)) return *v;
    return 0;
  };
  if (form.bytes != 0) {
    if (!fits(*number, form.bytes)) {
      return fail(form.bytes == 1 ? u"%1 does not fit one byte"_s.arg(text)
                                  : u"%1 does not fit %2 bytes"_s.arg(text).arg(form.bytes),
                  form.bytes < 8 ? u"choose more bytes"_s : u"look for its bytes in hex"_s);
    }
    append(needles, bits(), form.bytes, form.order);
    return checked(std::move(needles));
  }
  for (const int bytes : {2, 4, 8}) {
    if (fits(*number, bytes)) append(needles, bits(), bytes, form.order);
  }
  if (needles.isEmpty()) return fail(u"%1 does not fit 8 bytes"_s.arg(text), u"look for its bytes in hex"_s);
  return checked(std::move(needles));
}

}  // namespace octetscope
