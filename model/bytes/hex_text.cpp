#include "model/bytes/hex_text.h"

#include "model/bytes/ebcdic.h"

#include <QCoreApplication>
#include <QStringDecoder>

#include <algorithm>

namespace octetscope {

namespace {

constexpr char lowerDigits[] = "0123456789abcdef";
constexpr char upperDigits[] = "0123456789ABCDEF";

int digitOf(QChar c) {
  const char16_t u = c.unicode();
  if (u >= u'0' && u <= u'9') return u - u'0';
  if (u >= u'a' && u <= u'f') return u - u'a' + 10;
  if (u >= u'A' && u <= u'F') return u - u'A' + 10;
  return -1;
}

QString words(const char *text) {
  return QCoreApplication::translate("octetscope::hexText", text);
}

bool isPlaceholder(char32_t c) {
  if (c == U'\n' || c == U'\r' || c == U'\t') return false;
  // U+FFFD is what the decoder gives for broken bytes; a clipboard that carries controls or turns of direction would
  // act on whoever pastes it.
  return c == QChar::ReplacementCharacter || !QChar::isPrint(c);
}

QString asText(ByteView bytes, TextCode code) {
  if (code == TextCode::Latin1 || code == TextCode::Ebcdic) {
    QString text;
    text.reserve(static_cast<qsizetype>(bytes.size()));
    for (const std::uint8_t byte : bytes) {
      const QChar c(static_cast<char16_t>(code == TextCode::Ebcdic ? ebcdicCharacters[byte] : byte));
      // NEL ends the lines of EBCDIC.
      const bool isLineEnd = code == TextCode::Ebcdic && c == QChar(0x85);
      text += isLineEnd ? QChar(u'\n') : isPlaceholder(c.unicode()) ? QChar(u'.') : c;
    }
    return text;
  }
  QStringDecoder decoder(QStringDecoder::Utf8, QStringConverter::Flag::Stateless);
  QString text = decoder(qtView(bytes));
  QString result;
  result.reserve(text.size());
  for (qsizetype i = 0; i < text.size(); ++i) {
    const QChar c = text.at(i);
    if (c.isHighSurrogate() && i + 1 < text.size()) {
      const char32_t whole = QChar::surrogateToUcs4(c, text.at(i + 1));
      if (isPlaceholder(whole)) {
        result += u'.';
      } else {
        result += c;
        result += text.at(i + 1);
      }
      ++i;
    } else {
      result += isPlaceholder(c.unicode()) ? QChar(u'.') : c;
    }
  }
  return result;
}

QString asHex(ByteView bytes) {
  QString result;
  result.reserve(static_cast<qsizetype>(bytes.size()) * 3);
  for (const std::uint8_t byte : bytes) {
    if (!result.isEmpty()) result += u' ';
    result += QLatin1Char(upperDigits[byte >> 4]);
    result += QLatin1Char(upperDigits[byte & 15]);
  }
  return result;
}

QString asPython(ByteView bytes) {
  const QByteArrayView view = qtView(bytes);
  // CPython's repr takes double quotes only where that saves an escape.
  const char quote = view.contains('\'') && !view.contains('"') ? '"' : '\'';
  QString result;
  result.reserve(static_cast<qsizetype>(bytes.size()) * 4 + 3);
  result += u'b';
  result += QLatin1Char(quote);
  for (const std::uint8_t byte : bytes) {
    if (byte == '\\' || byte == static_cast<std::uint8_t>(quote)) {
      result += u'\\';
      result += QLatin1Char(static_cast<char>(byte));
    } else if (byte == '\n') {
      result += QLatin1String("\\n");
    } else if (byte == '\r') {
      result += QLatin1String("\\r");
    } else if (byte == '\t') {
      result += QLatin1String("\\t");
    } else if (byte >= 0x20 && byte < 0x7f) {
      result += QLatin1Char(static_cast<char>(byte));
    } else {
      result += QLatin1String("\\x");
      result += QLatin1Char(lowerDigits[byte >> 4]);
      result += QLatin1Char(lowerDigits[byte & 15]);
    }
  }
  result += QLatin1Char(quote);
  return result;
}

QString asC(ByteView bytes) {
  QString result;
  result.reserve(static_cast<qsizetype>(bytes.size()) * 6 + 8);
  result += QLatin1String("{");
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i > 0) result += u',';
    result += i > 0 && i % 12 == 0 ? QLatin1String("\n  ") : QLatin1String(" ");
    result += QLatin1String("0x");
    result += QLatin1Char(lowerDigits[bytes[i] >> 4]);
    result += QLatin1Char(lowerDigits[bytes[i] & 15]);
  }
  result += QLatin1String(" }");
  return result;
}

// `typeName` follows the first number: Rust takes the type of all from it.
QString asArray(ByteView bytes, QLatin1String typeName) {
  if (bytes.empty()) return typeName.isEmpty() ? QStringLiteral("[]") : QLatin1String("[0") + typeName + u"; 0]";
  QString result;
  result.reserve(static_cast<qsizetype>(bytes.size()) * 6 + 8);
  result += u'[';
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i > 0) result += i % 12 == 0 ? QLatin1String(",\n ") : QLatin1String(", ");
    result += QLatin1String("0x");
    result += QLatin1Char(lowerDigits[bytes[i] >> 4]);
    result += QLatin1Char(lowerDigits[bytes[i] & 15]);
    if (i == 0) result += typeName;
  }
  result += u']';
  return result;
}

QString asHexDump(ByteView bytes) {
  constexpr std::size_t width = 16;
  const auto offset = [](std::size_t at) { return QString::number(at, 16).rightJustified(8, u'0'); };
  QString result;
  result.reserve(static_cast<qsizetype>(bytes.size() / width + 1) * 80);
  for (std::size_t row = 0; row < bytes.size(); row += width) {
    const ByteView part = bytes.subspan(row, std::min(width, bytes.size() - row));
    result += offset(row);
    result += u' ';
    for (std::size_t i = 0; i < width; ++i) {
      if (i % 8 == 0) result += u' ';
      result += i < part.size() ? QLatin1Char(lowerDigits[part[i] >> 4]) : QLatin1Char(' ');
      result += i < part.size() ? QLatin1Char(lowerDigits[part[i] & 15]) : QLatin1Char(' ');
      result += u' ';
    }
    result += QLatin1String(" |");
    for (const std::uint8_t byte : part) {
      result += QLatin1Char(byte >= 0x20 && byte < 0x7f ? static_cast<char>(byte) : '.');
    }
    result += QLatin1String("|\n");
  }
  if (!bytes.empty()) result += offset(bytes.size()) + u'\n';
  return result;
}

QString asBase64(ByteView bytes) {
  const QByteArrayView view = qtView(bytes);
  return QString::fromLatin1(QByteArray::fromRawData(view.data(), view.size()).toBase64());
}

}  // namespace

QString textCodeWords(TextCode code) {
  switch (code) {
    case TextCode::Ascii:
      return QStringLiteral("ASCII");
    case TextCode::Latin1:
      return QStringLiteral("Latin-1");
    case TextCode::Utf8:
      return QStringLiteral("UTF-8");
    case TextCode::Ebcdic:
      return QStringLiteral("EBCDIC (cp037)");
  }
  return {};
}

Result<QByteArray> parseHexBytes(QStringView text) {
  QByteArray result;
  result.reserve(text.size() / 2);
  qsizetype i = 0;
  while (i < text.size()) {
    const QChar c = text.at(i);
    if (c.isSpace() || c == u':' || c == u'-' || c == u',') {
      ++i;
      continue;
    }
    const bool prefixed = i + 1 < text.size() && ((c == u'0' && (text.at(i + 1) == u'x' || text.at(i + 1) == u'X')) ||
                                                  (c == u'\\' && text.at(i + 1) == u'x'));
    if (prefixed) i += 2;
    for (int half = 0; half < 2; ++half) {
      const qsizetype at = i + half;
      if (at >= text.size() || digitOf(text.at(at)) < 0) {
        const bool lonely = half == 1;
        const qsizetype where = lonely ? i : at;
        if (lonely && (at >= text.size() || text.at(at).isSpace() || text.at(at) == u',')) {
          return fail(words("a hex digit is alone at character %1").arg(where + 1),
                      words("write each byte with two digits"), where);
        }
        if (at >= text.size()) {
          return fail(words("hex digits are missing at the end"), words("write each byte with two digits"), at);
        }
        return fail(words("'%1' is not a hex digit at character %2").arg(text.at(at)).arg(at + 1),
                    words("use 0 to 9 and a to f"), at);
      }
    }
    result += static_cast<char>(digitOf(text.at(i)) * 16 + digitOf(text.at(i + 1)));
    i += 2;
  }
  return result;
}

quint64 formattedSizeLimit(quint64 size, BytesFormat format) {
  quint64 each = 1;
  quint64 more = 0;
  switch (format) {
    case BytesFormat::Hex:
      each = 3;
      break;
    case BytesFormat::Text:
      break;
    case BytesFormat::Python:
      each = 4;
      more = 3;
      break;
    case BytesFormat::C:
      each = 7;  // ", 0xff" and a share of the line ends
      more = 4;
      break;
    case BytesFormat::HexDump:
      each = 6;  // at most 87 characters for 16 bytes, where the offset needs 16 digits
      more = 110;
      break;
    case BytesFormat::Rust:
    case BytesFormat::JavaScript:
      each = 7;
      more = 8;
      break;
    case BytesFormat::Base64:
      each = 2;
      more = 4;
      break;
  }
  if (size > (~0ULL - more) / each) return ~0ULL;
  return size * each + more;
}

QString formatBytes(ByteView bytes, BytesFormat format, TextCode code) {
  switch (format) {
    case BytesFormat::Hex:
      return asHex(bytes);
    case BytesFormat::Text:
      return asText(bytes, code);
    case BytesFormat::Python:
      return asPython(bytes);
    case BytesFormat::C:
      return asC(bytes);
    case BytesFormat::HexDump:
      return asHexDump(bytes);
    case BytesFormat::Rust:
      return asArray(bytes, QLatin1String("u8"));
    case BytesFormat::JavaScript:
      return asArray(bytes, QLatin1String());
    case BytesFormat::Base64:
      return asBase64(bytes);
  }
  return {};
}

}  // namespace octetscope
