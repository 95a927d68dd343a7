// The small parts of XML 1.0 that its walk and its fields ask for: bytes of names, words, the XML declaration.
#pragma once

#include "model/bytes/byte_view.h"
#include "model/values/text_bytes.h"

#include <array>
#include <optional>
#include <string_view>

namespace octetscope::xml {

inline constexpr std::string_view cdataWord = "CDATA[";    ///< behind "<!["
inline constexpr std::string_view doctypeWord = "OCTYPE";  ///< behind "<!D"

/// 1: a name may begin with it, 2: it may be in one. Bytes from 80 on are taken for letters.
inline constexpr auto nameBytes = [] {
  std::array<quint8, 256> table = {};
  for (unsigned byte = 0; byte < 256; ++byte) {
    const bool isLetter = byte >= 0x80 || byte == '_' || byte == ':' || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
    const bool isOther = (byte >= '0' && byte <= '9') || byte == '-' || byte == '.';
    table[byte] = isLetter ? 3 : isOther ? 2 : 0;
  }
  return table;
}();
constexpr bool isNameBegin(std::uint8_t byte) {
  return (nameBytes[byte] & 1) != 0;
}
constexpr bool isName(std::uint8_t byte) {
  return nameBytes[byte] != 0;
}

/// Like skipPlain(), but over white space of every kind.
inline quint64 skipText(const std::uint8_t *bytes, quint64 at, quint64 end, std::uint8_t a, std::uint8_t b,
                        std::uint8_t c) {
  for (;; ++at) {
    at = skipPlain(bytes, at, end, a, b, c);
    if (at == end || !isTextSpace(bytes[at])) return at;
  }
}

/// Whether the name in `end`, of an end tag, is the one that begins at `open`, in a start tag before it.
bool isSameName(const std::uint8_t *document, quint64 open, ByteRange end);
/// The name that begins at `at`.
ByteView nameAt(ByteView document, quint64 at);

/// Whether the target of an instruction makes it the XML declaration; `isInner`: it stands within something.
bool isDeclaration(const std::uint8_t *document, ByteRange target, bool isInner);
/// "xml" in any case: no processing instruction is called that.
bool isReservedTarget(ByteView target);

struct Declaration {
  QByteArray encoding;  ///< as it is written; empty: none is

  /// UTF-8, or ASCII, which is UTF-8.
  bool isUtf8() const;
  bool isLatin1() const;
  /// An encoding of which no byte sequence is an XML declaration in ASCII: UTF-16 and the like.
  bool isOtherwise() const;
};
/// Reads all of a declaration, "<?xml version="1.0"?>"; none where it is not written as XML 1.0 demands.
std::optional<Declaration> readDeclaration(ByteView text);
/// The declaration that a document begins with; none where it has none.
std::optional<Declaration> declarationOf(ByteView document);

}  // namespace octetscope::xml
