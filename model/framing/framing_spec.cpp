#include "model/framing/framing_spec.h"

#include <QStringDecoder>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

/// Where the piece that begins at `from` ends: at the first of `ends` that no backslash precedes, or at the end.
qsizetype pieceEnd(QStringView text, qsizetype from, QStringView ends) {
  while (from < text.size() && !ends.contains(text[from])) from += text[from] == u'\\' ? 2 : 1;
  return std::min(from, text.size());
}

qsizetype skipSpace(QStringView text, qsizetype from) {
  while (from < text.size() && text[from].isSpace()) ++from;
  return from;
}

/// Value of a hexadecimal digit, or -1.
int hexDigit(QChar c) {
  if (c >= u'0' && c <= u'9') return c.unicode() - u'0';
  const char16_t lower = c.unicode() | 0x20;
  return lower >= u'a' && lower <= u'f' ? lower - u'a' + 10 : -1;
}

QString hexEscape(char byte) {
  return u"\\x"_s + QString::fromLatin1(QByteArray(1, byte).toHex().toUpper());
}

/// Whether a character can stand in a SPEC as itself and still be seen.
bool isReadable(char32_t c) {
  switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
      return false;
    case QChar::Separator_Space:
      return c == U' ';
    default:
      return c != 0xfffd;  // also what a decoder makes of bytes that are no character
  }
}

/// Length in bytes of the UTF-8 sequence that `lead` begins; 1 for what begins none.
qsizetype sequenceLength(std::uint8_t lead) {
  if (lead >= 0xf0) return 4;
  if (lead >= 0xe0) return 3;
  return lead >= 0xc0 ? 2 : 1;
}

}  // namespace

std::unexpected<Error> FramingSpec::failAt(qsizetype position, const QString &what, const QString &mend) const {
  qsizetype characters = 1;
  for (qsizetype i = 0; i < std::min(position, source.size()); ++i) {
    if (!source[i].isLowSurrogate()) ++characters;
  }
  return fail(what + u" at character "_s + QString::number(characters), mend, position);
}

namespace {

/// Takes apart the framing that stands in `source` from `from` on, up to `end`.
Result<FramingSpec> parseOne(QStringView source, qsizetype from, qsizetype end) {
  FramingSpec spec{.name = {}, .source = source.toString()};
  const QStringView text = source.first(end);
  spec.namePosition = skipSpace(text, from);
  qsizetype at = spec.namePosition;  // a name has no escapes
  while (at < text.size() && text[at] != u':' && text[at] != u',') ++at;
  spec.name = text.mid(spec.namePosition, at - spec.namePosition).trimmed().toString();
  if (spec.name.isEmpty()) return spec.failAt(spec.namePosition, u"a framing's name is missing"_s);

  spec.argumentPosition = at;
  if (at < text.size() && text[at] == u':') {
    spec.argumentPosition = at + 1;
    at = pieceEnd(text, at + 1, u",");
    spec.argument = text.mid(spec.argumentPosition, at - spec.argumentPosition).toString();
  }
  while (at < text.size()) {
    SpecOption option{.name = {}, .namePosition = skipSpace(text, at + 1)};
    const qsizetype optionEnd = pieceEnd(text, option.namePosition, u",");
    const QStringView piece = text.mid(option.namePosition, optionEnd - option.namePosition);
    const qsizetype equals = piece.indexOf(u'=');
    if (piece.isEmpty()) return spec.failAt(option.namePosition, u"an option is missing"_s, u"remove the comma"_s);
    if (equals < 0) {
      return spec.failAt(option.namePosition, u"option \"%1\" has no value"_s.arg(piece.trimmed()),
                         u"write OPTION=VALUE; a comma inside a TEXT is written \\,"_s);
    }
    option.name = piece.first(equals).trimmed().toString();
    if (option.name.isEmpty()) return spec.failAt(option.namePosition, u"an option's name is missing"_s);
    for (const SpecOption &other : std::as_const(spec.options)) {
      if (other.name == option.name) {
        return spec.failAt(option.namePosition, u"option \"%1\" is given twice"_s.arg(option.name));
      }
    }
    option.value = piece.sliced(equals + 1).toString();
    option.valuePosition = option.namePosition + equals + 1;
    spec.options.append(option);
    at = optionEnd;
  }
  return spec;
}

}  // namespace

Result<FramingSpec> FramingSpec::parse(QStringView text) {
  const qsizetype layer = pieceEnd(text, 0, u"|");
  if (layer == text.size()) return parseOne(text, 0, text.size());
  const FramingSpec whole{.name = {}, .source = text.toString()};
  return whole.failAt(layer, u"a layer (|) where one framing is meant,"_s,
                      u"name one framing; write \\| for the character itself"_s);
}

Result<QList<SpecLayer>> parseLayers(QStringView text) {
  QList<SpecLayer> layers;
  bool isJoined = false;
  for (qsizetype from = 0;;) {
    const qsizetype sign = pieceEnd(text, from, u"|");
    qsizetype end = sign;
    if (sign < text.size()) {
      // A backslash takes the space behind it.
      while (end > from && text[end - 1].isSpace() && (end - 1 == from || text[end - 2] != u'\\')) --end;
    }
    auto spec = parseOne(text, from, end);
    if (!spec) return std::unexpected(spec.error());
    layers.append({*std::move(spec), isJoined, end});
    if (sign == text.size()) return layers;
    if (layers.size() == maxSpecLayers) {
      return layers.front().spec.failAt(sign, u"more than %1 layers"_s.arg(maxSpecLayers), u"name fewer framings"_s);
    }
    isJoined = sign + 1 < text.size() && text[sign + 1] == u'+';
    from = sign + (isJoined ? 2 : 1);
  }
}

QString FramingSpec::text() const {
  QString result = name;
  if (argument) result += u':' + *argument;
  for (const SpecOption &option : options) result += u',' + option.name + u'=' + option.value;
  return result;
}

Result<QByteArray> unescapeText(const FramingSpec &spec, QStringView text, qsizetype position) {
  if (text.isEmpty()) {
    return spec.failAt(position, u"an empty TEXT"_s, u"write at least one character or escape"_s);
  }
  QByteArray bytes;
  for (qsizetype i = 0; i < text.size();) {
    if (text[i] != u'\\') {
      const qsizetype end = pieceEnd(text, i, u"\\");
      // Half a surrogate pair is no character, and UTF-8 has no bytes for it.
      const QStringView run = text.mid(i, end - i);
      if (!run.isValidUtf16()) return spec.failAt(position + i, u"a TEXT that is not valid Unicode"_s);
      bytes += run.toUtf8();
      i = end;
      continue;
    }
    const QChar code = i + 1 < text.size() ? text[i + 1] : QChar(u'\0');
    static constexpr QStringView codes = u"nrt0\\,|";
    static constexpr char meanings[] = {'\n', '\r', '\t', '\0', '\\', ',', '|'};
    const qsizetype known = i + 1 < text.size() ? codes.indexOf(code) : -1;
    if (known >= 0) {
      bytes += meanings[known];
      i += 2;
    } else if (code == u'x' && i + 3 < text.size() && hexDigit(text[i + 2]) >= 0 && hexDigit(text[i + 3]) >= 0) {
      bytes += static_cast<char>(hexDigit(text[i + 2]) * 16 + hexDigit(text[i + 3]));
      i += 4;
    } else {
      const QString seen = text.mid(i, code == u'x' ? 4 : 2).toString();
      return spec.failAt(position + i, u"an escape that is not known (%1)"_s.arg(seen),
                         u"use \\n \\r \\t \\0 \\xNN \\\\ \\, \\|"_s);
    }
  }
  return bytes;
}

QString escapeText(QByteArrayView bytes) {
  QString result;
  for (qsizetype i = 0; i < bytes.size();) {
    const char byte = bytes[i];
    static constexpr QByteArrayView escaped = "\n\r\t\\,|";
    static constexpr char16_t codes[] = u"nrt\\,|";
    if (const qsizetype known = byte == '\0' ? -1 : escaped.indexOf(byte); known >= 0 || byte == '\0') {
      result += u'\\';
      result += byte == '\0' ? QChar(u'0') : QChar(codes[known]);
      ++i;
      continue;
    }
    const qsizetype length = std::min(sequenceLength(static_cast<std::uint8_t>(byte)), bytes.size() - i);
    QStringDecoder decoder(QStringDecoder::Utf8, QStringConverter::Flag::Stateless);
    const QString character = decoder(bytes.sliced(i, length));
    const auto points = character.toUcs4();
    if (!decoder.hasError() && points.size() == 1 && isReadable(points[0])) {
      result += character;
      i += length;
    } else {
      result += hexEscape(byte);
      ++i;
    }
  }
  return result;
}

}  // namespace octetscope
