// The lines of HTTP (RFC 9112): where one ends, what a header line and the line of a block's length hold, and what is
// wrong with them. Shared by `http`, `headers` and `http-chunked`. Offsets count from the begin of the bytes given.
//
// A line ends with 0D 0A; a bare 0A is taken, too, in heads and trailers, as RFC 9112 section 2.2 allows and most
// programs do, but not in the lines of blocks. A bare 0D is an error everywhere.
#pragma once

#include "model/bytes/byte_view.h"
#include "model/framing/framing_words.h"

#include <QString>

#include <optional>

namespace octetscope {

/// What breaks a rule, and where.
struct HttpFlaw {
  enum Kind : quint8 {
    None,
    // Of a request or status line.
    NoStart,        ///< at.begin is a byte that no method has
    NoTarget,       ///< the line `at` ends behind its method
    NoVersion,      ///< the line `at` ends behind its target
    BadVersion,     ///< `at` is no version that is read
    BadStatus,      ///< at.begin is where a status code has a digit, or its end
    BehindVersion,  ///< at.begin is behind the version of a request
    // Of any line.
    BareReturn,
    OverLimit,  ///< no end in sight within the limit
    // Of header lines.
    Folded,
    SpaceBeforeColon,
    NameByte,
    NoColon,
    NulInValue,
    // Of Content-Length and Transfer-Encoding.
    LengthByte,  ///< at.begin is no digit
    LengthEmpty,
    LengthTooWide,    ///< `at` is a number of more than 64 bits
    LengthDiffers,    ///< `at` says another number than `number`, which came before
    LengthOverLimit,  ///< `at` says `number`, and the message would have `whole` bytes
    LengthMissing,
    CodingUnknown,  ///< `at` does not end with chunked, in a request
    // Of blocks.
    SizeByte,  ///< at.begin is no hexadecimal digit; of block `number`
    SizeTooWide,
    BareFeed,       ///< a line of a block ends with 0A alone
    ExtensionByte,  ///< at.begin breaks the rule of extensions
    OpenQuote,
    NoLineEnd,       ///< at.begin is where 0D 0A has to follow the data of block `number`
    BlockOverLimit,  ///< `at` says `whole` bytes at least with block `number`
  };
  Kind kind = None;
  ByteRange at = {};
  quint64 number = 0;
  WideInt whole = 0;

  /// Why, in one line without a full stop. `bytes`: the message's; `offset`: where they begin in the stream.
  QString words(ByteView bytes, quint64 offset, quint64 limit) const;
};

/// A byte of a token: of a method, a header's name (RFC 9110 section 5.6.2).
bool isHttpToken(std::uint8_t byte);

/// A line that is here as a whole.
struct HttpLine {
  quint64 begin = 0;
  quint64 contentEnd = 0;  ///< where its line end begins
  quint64 end = 0;

  ByteRange content() const { return {begin, contentEnd}; }
  bool isEmpty() const { return begin == contentEnd; }
  bool hasBareFeed() const { return end - contentEnd == 1; }
};

/// The line that begins at `begin` and ends with the 0A at `feed`.
inline HttpLine httpLine(ByteView bytes, quint64 begin, quint64 feed) {
  return {begin, feed > begin && bytes[feed - 1] == '\r' ? feed - 1 : feed, feed + 1};
}

/// A header line: its name, and its value without white space around it.
struct HttpHeader {
  ByteRange name;
  ByteRange value;

  bool is(ByteView bytes, QByteArrayView lowercaseName) const;
};

/// Where the name of a header line ends, at its colon; what is wrong goes to `flaw`.
std::optional<quint64> httpColon(ByteView bytes, const HttpLine &line, HttpFlaw &flaw);
/// Whether the value behind the colon of a header line may be one (RFC 9110 section 5.5: it has no NUL).
bool hasGoodHttpValue(ByteView bytes, const HttpLine &line, quint64 colon, HttpFlaw &flaw);
/// The header in a line whose colon is known.
HttpHeader httpHeader(ByteView bytes, const HttpLine &line, quint64 colon);

/// The number in the value of a Content-Length, which may be said several times, with commas (RFC 9110 section 8.6).
std::optional<quint64> httpLength(ByteView bytes, ByteRange value, HttpFlaw &flaw);
/// Whether the last of the codings in the value of a Transfer-Encoding is chunked; none: it names none.
std::optional<bool> httpEndsChunked(ByteView bytes, ByteRange value);

/// The line of a block's length: hexadecimal digits, and extensions that are checked and otherwise left alone.
struct HttpBlockSize {
  ByteRange digits;
  quint64 value = 0;
};
/// `block`: its number, from 1, for words.
std::optional<HttpBlockSize> httpBlockSize(ByteView bytes, const HttpLine &line, quint64 block, HttpFlaw &flaw);

/// Bytes as people read them in a sentence: "Content-Length: 5", in quotes, escaped, cut where they are many.
QString httpQuoted(ByteView bytes);

}  // namespace octetscope
