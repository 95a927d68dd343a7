// Bytes as people write them: hex read and written, and what programs and people paste: dumps, literals, Base64. Pure
// functions over plain values.
#pragma once

#include "model/bytes/byte_view.h"
#include "model/result.h"

#include <QStringView>

namespace octetscope {

/// "00 01 fF", "0001ff", "00:01-ff,0x0a \x0A": pairs of hex digits; white space, `:`, `-` and `,` may stand between
/// bytes, `0x` or `\x` before one. Errors carry the position of the character, and their words count it from 1.
Result<QByteArray> parseHexBytes(QStringView text);

/// What bytes are read as, as text.
enum class TextCode : quint8 {
  Ascii,
  Latin1,
  Utf8,
  Ebcdic,  ///< IBM's code page 037
};
/// "EBCDIC (cp037)".
QString textCodeWords(TextCode code);

enum class BytesFormat : quint8 {
  Hex,         ///< "00 01 FF"
  Text,        ///< `.` for each byte that no text shows; line ends and tabs kept
  Python,      ///< b'\x00\x01A', as CPython's repr writes it
  C,           ///< { 0x00, 0x01, 0xff }, 12 to a line
  HexDump,     ///< as `hexdump -Cv` writes it: offset from the first byte given, 16 bytes, their ASCII; the size below
  Rust,        ///< [0x00u8, 0x01, 0xff]; the first names the type, [0u8; 0] where there is none
  JavaScript,  ///< [0x00, 0x01, 0xff]
  Base64,      ///< RFC 4648, section 4, padded, in one line
};

/// The most characters formatBytes() can give for `size` bytes; ~0 where that does not fit 64 bits.
quint64 formattedSizeLimit(quint64 size, BytesFormat format);

/// Linear in `bytes`. Ask formattedSizeLimit() first: the caller decides what is too much. `code`: of Text alone, where
/// ASCII is UTF-8.
QString formatBytes(ByteView bytes, BytesFormat format, TextCode code = TextCode::Utf8);

}  // namespace octetscope
