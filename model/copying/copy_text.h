// Text of what is copied, in the forms that programs and people paste. Several pieces give one text each, in their
// order: numbers and literals parted by commas, so that they stand in a list; all else on lines of their own.
#pragma once

#include "model/bytes/hex_text.h"
#include "model/copying/copied_piece.h"

#include <array>
#include <atomic>
#include <optional>
#include <vector>

namespace octetscope {

enum class CopyFormat : quint8 {
  Hex,
  HexDump,
  C,
  Python,
  Rust,
  JavaScript,
  Base64,
  Text,
  Json,        ///< the fields of each message, as `fields` has them in JSON Lines; of a field: its object
  StructCall,  ///< `struct.unpack("!HI", bytes.fromhex("…"))`
};
inline constexpr std::array copyFormats = {
    CopyFormat::Hex,        CopyFormat::HexDump, CopyFormat::C,    CopyFormat::Python, CopyFormat::Rust,
    CopyFormat::JavaScript, CopyFormat::Base64,  CopyFormat::Text, CopyFormat::Json,   CopyFormat::StructCall};

/// "hex dump", as it stands in a sentence: "Copied 12 bytes as hex dump".
QString copyFormatWords(CopyFormat format);
/// With what its bytes are read as, where that is said: "text, read as EBCDIC (cp037)".
QString copyFormatWords(CopyFormat format, TextCode code);
/// What settings call it: "hexdump". None: no format is called so.
QString copyFormatKey(CopyFormat format);
std::optional<CopyFormat> copyFormatOfKey(QStringView key);
/// How bytes are written in it; none: it is made of fields.
std::optional<BytesFormat> bytesFormatOf(CopyFormat format);

/// Text beyond this is not put on a clipboard, in UTF-16 units: 64 MiB.
inline constexpr quint64 mostCopiedCharacters = (64ULL << 20) / sizeof(char16_t);

/// How many bytes there are in all.
quint64 copiedBytes(const std::vector<CopiedPiece> &pieces);
/// About how much text there is to make, in characters; ~0 where that does not fit.
quint64 copiedCharacters(const std::vector<CopiedPiece> &pieces, CopyFormat format);

/// Whether that is not too much for a clipboard, as far as can be told beforehand. Errors: it is, with how to have it
/// all the same.
Result<void> canCopy(const std::vector<CopiedPiece> &pieces, CopyFormat format);

/// The text. `isCancelled` is looked at between pieces. Errors: those of canCopy(); nothing to copy; no field that the
/// format could be made of, and why.
Result<QString> copyText(const std::vector<CopiedPiece> &pieces, CopyFormat format,
                         const std::atomic<bool> &isCancelled);

/// What a sender would be given to send it again: the payload of a message, of all else its bytes. Errors: the
/// framer's.
Result<QByteArray> sentBytes(const CopiedPiece &piece);
/// How many those are.
quint64 sentSize(const CopiedPiece &piece);

}  // namespace octetscope
