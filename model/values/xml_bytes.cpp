#include "model/values/xml_bytes.h"

#include <cstring>

namespace octetscope::xml {

bool isSameName(const std::uint8_t *document, quint64 open, ByteRange end) {
  // The start tag ends before the end tag begins, so this reads nothing that is not there.
  return std::memcmp(document + open, document + end.begin, end.size()) == 0 && !isName(document[open + end.size()]);
}

ByteView nameAt(ByteView document, quint64 at) {
  quint64 end = at;
  while (end < document.size() && isName(document[end])) ++end;
  return document.subspan(at, end - at);
}

bool isDeclaration(const std::uint8_t *document, ByteRange target, bool isInner) {
  const bool isFirst = target.begin == 2 || (target.begin == 5 && document[0] == 0xef);
  return isFirst && !isInner && target.size() == 3 && std::memcmp(document + target.begin, "xml", 3) == 0;
}

bool isReservedTarget(ByteView target) {
  return qtView(target).compare("xml", Qt::CaseInsensitive) == 0;
}

bool Declaration::isUtf8() const {
  const QByteArray name = encoding.toUpper();
  return name.isEmpty() || name == "UTF-8" || name == "UTF8" || name == "US-ASCII" || name == "ASCII";
}

bool Declaration::isLatin1() const {
  const QByteArray name = encoding.toUpper();
  return name == "ISO-8859-1" || name == "LATIN1" || name == "ISO_8859-1";
}

bool Declaration::isOtherwise() const {
  const QByteArray name = encoding.toUpper();
  return name.startsWith("UTF-16") || name.startsWith("UTF-32") || name.startsWith("UTF16") ||
         name.startsWith("UTF32") || name.startsWith("UCS-") || name.startsWith("ISO-10646-UCS");
}

namespace {

/// Takes pieces off the front of a declaration.
class Reader {
 public:
  explicit Reader(QByteArrayView text) : text_(text) {}

  bool isEmpty() const { return text_.isEmpty(); }
  bool skipSpace() {
    const qsizetype before = text_.size();
    while (!text_.isEmpty() && isTextSpace(static_cast<std::uint8_t>(text_.front()))) text_ = text_.sliced(1);
    return text_.size() < before;
  }
  /// name="value": the value; none where something else stands here.
  std::optional<QByteArray> attribute(QByteArrayView name) {
    if (!text_.startsWith(name)) return std::nullopt;
    text_ = text_.sliced(name.size());
    skipSpace();
    if (!text_.startsWith('=')) return std::nullopt;
    text_ = text_.sliced(1);
    skipSpace();
    if (!text_.startsWith('"') && !text_.startsWith('\'')) return std::nullopt;
    const qsizetype end = text_.indexOf(text_.front(), 1);
    if (end < 0) return std::nullopt;
    const QByteArray value = text_.sliced(1, end - 1).toByteArray();
    text_ = text_.sliced(end + 1);
    return value;
  }

 private:
  QByteArrayView text_;
};

bool isVersion(const QByteArray &text) {
  return text.size() > 2 && text.startsWith("1.") &&
         std::all_of(text.begin() + 2, text.end(), [](char c) { return isTextDigit(static_cast<std::uint8_t>(c)); });
}

bool isEncoding(const QByteArray &text) {
  const auto isLetter = [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; };
  return !text.isEmpty() && isLetter(text.front()) && std::all_of(text.begin(), text.end(), [&](char c) {
    return isLetter(c) || isTextDigit(static_cast<std::uint8_t>(c)) || c == '.' || c == '_' || c == '-';
  });
}

}  // namespace

std::optional<Declaration> readDeclaration(ByteView text) {
  const QByteArrayView all = qtView(text);
  if (all.size() < 7 || !all.startsWith("<?xml") || !all.endsWith("?>")) return std::nullopt;
  Reader reader(all.sliced(5, all.size() - 7));
  if (!reader.skipSpace()) return std::nullopt;
  const auto version = reader.attribute("version");
  if (!version || !isVersion(*version)) return std::nullopt;
  Declaration declaration;
  bool isSpaced = reader.skipSpace();
  if (reader.isEmpty()) return declaration;
  if (!isSpaced) return std::nullopt;
  if (const auto encoding = reader.attribute("encoding")) {
    if (!isEncoding(*encoding)) return std::nullopt;
    declaration.encoding = *encoding;
    isSpaced = reader.skipSpace();
    if (reader.isEmpty()) return declaration;
    if (!isSpaced) return std::nullopt;
  }
  const auto standalone = reader.attribute("standalone");
  if (!standalone || (*standalone != "yes" && *standalone != "no")) return std::nullopt;
  reader.skipSpace();
  return reader.isEmpty() ? std::optional(declaration) : std::nullopt;
}

std::optional<Declaration> declarationOf(ByteView document) {
  QByteArrayView text = qtView(document);
  if (text.startsWith("\xef\xbb\xbf")) text = text.sliced(3);
  if (!text.startsWith("<?xml")) return std::nullopt;
  const qsizetype end = text.indexOf("?>");
  return end < 0 ? std::nullopt : readDeclaration(viewOf(text.first(end + 2)));
}

}  // namespace octetscope::xml
