#include "model/framing/http_lines.h"

#include "model/structs/value.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array<bool, 256> tokenBytes = [] {
  std::array<bool, 256> table = {};
  for (int c = '0'; c <= '9'; ++c) table[static_cast<std::size_t>(c)] = true;
  for (int c = 'a'; c <= 'z'; ++c) table[static_cast<std::size_t>(c)] = table[static_cast<std::size_t>(c - 32)] = true;
  for (const char c : {'!', '#', '$', '%', '&', '\'', '*', '+', '-', '.', '^', '_', '`', '|', '~'}) {
    table[static_cast<std::size_t>(c)] = true;
  }
  return table;
}();

bool isSpace(std::uint8_t byte) {
  return byte == ' ' || byte == '\t';
}

bool isDigit(std::uint8_t byte) {
  return byte >= '0' && byte <= '9';
}

int hexDigit(std::uint8_t byte) {
  if (isDigit(byte)) return byte - '0';
  const int letter = byte | 0x20;
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

ByteView part(ByteView bytes, ByteRange range) {
  return bytes.subspan(range.begin, range.size());
}

ByteRange trimmed(ByteView bytes, ByteRange range) {
  while (!range.isEmpty() && isSpace(bytes[range.begin])) ++range.begin;
  while (!range.isEmpty() && isSpace(bytes[range.end - 1])) --range.end;
  return range;
}

bool equalsIgnoringCase(ByteView bytes, QByteArrayView lowercase) {
  if (bytes.size() != static_cast<std::size_t>(lowercase.size())) return false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::uint8_t byte = bytes[i] >= 'A' && bytes[i] <= 'Z' ? bytes[i] | 0x20 : bytes[i];
    if (byte != static_cast<std::uint8_t>(lowercase[static_cast<qsizetype>(i)])) return false;
  }
  return true;
}

/// Gives the elements of a list to `take`, trimmed, the empty ones too, until it is false.
template <typename Take>
void eachElement(ByteView bytes, ByteRange list, Take take) {
  for (quint64 at = list.begin;;) {
    const auto rest = part(bytes, {at, list.end});
    const quint64 comma = at + static_cast<quint64>(std::ranges::find(rest, ',') - rest.begin());
    if (!take(trimmed(bytes, {at, comma})) || comma == list.end) return;
    at = comma + 1;
  }
}

/// Goes through `*( BWS ";" BWS name [ BWS "=" BWS value ] )`, RFC 9112 section 7.1.1.
bool hasGoodExtensions(ByteView bytes, ByteRange range, HttpFlaw &flaw) {
  quint64 at = range.begin;
  const auto skip = [&] {
    while (at < range.end && isSpace(bytes[at])) ++at;
  };
  const auto token = [&] {
    const quint64 begin = at;
    while (at < range.end && isHttpToken(bytes[at])) ++at;
    return at > begin;
  };
  const auto bad = [&](HttpFlaw::Kind kind, quint64 place) {
    flaw = {.kind = kind, .at = {place, place + 1}};
    return false;
  };
  for (skip(); at < range.end; skip()) {
    if (bytes[at] != ';') return bad(HttpFlaw::ExtensionByte, at);
    ++at;
    skip();
    if (!token()) return bad(HttpFlaw::ExtensionByte, at);
    skip();
    if (at == range.end || bytes[at] != '=') continue;
    ++at;
    skip();
    if (at == range.end || bytes[at] != '"') {
      if (!token()) return bad(HttpFlaw::ExtensionByte, at);
      continue;
    }
    const quint64 quote = at++;
    while (at < range.end && bytes[at] != '"') at += bytes[at] == '\\' ? 2 : 1;
    if (at >= range.end) return bad(HttpFlaw::OpenQuote, quote);
    ++at;
  }
  return true;
}

}  // namespace

bool isHttpToken(std::uint8_t byte) {
  return tokenBytes[byte];
}

bool HttpHeader::is(ByteView bytes, QByteArrayView lowercaseName) const {
  return equalsIgnoringCase(part(bytes, name), lowercaseName);
}

std::optional<quint64> httpColon(ByteView bytes, const HttpLine &line, HttpFlaw &flaw) {
  quint64 at = line.begin;
  while (at < line.contentEnd && tokenBytes[bytes[at]]) ++at;
  if (at > line.begin && at < line.contentEnd && bytes[at] == ':') return at;
  if (at == line.contentEnd) {
    flaw = {.kind = HttpFlaw::NoColon, .at = line.content()};
  } else if (isSpace(bytes[at])) {
    flaw = {.kind = at == line.begin ? HttpFlaw::Folded : HttpFlaw::SpaceBeforeColon, .at = {at, at + 1}};
  } else {
    flaw = {.kind = HttpFlaw::NameByte, .at = {at, at + 1}};
  }
  return std::nullopt;
}

bool hasGoodHttpValue(ByteView bytes, const HttpLine &line, quint64 colon, HttpFlaw &flaw) {
  const auto value = part(bytes, {colon, line.contentEnd});
  const auto nul = std::ranges::find(value, 0);
  if (nul == value.end()) return true;
  const quint64 at = colon + static_cast<quint64>(nul - value.begin());
  flaw = {.kind = HttpFlaw::NulInValue, .at = {at, at + 1}};
  return false;
}

HttpHeader httpHeader(ByteView bytes, const HttpLine &line, quint64 colon) {
  return {{line.begin, colon}, trimmed(bytes, {colon + 1, line.contentEnd})};
}

std::optional<quint64> httpLength(ByteView bytes, ByteRange value, HttpFlaw &flaw) {
  std::optional<quint64> length;
  const auto bad = [&](HttpFlaw::Kind kind, ByteRange at) {
    flaw = {.kind = kind, .at = at, .number = length.value_or(0)};
    length.reset();
    return false;
  };
  eachElement(bytes, value, [&](ByteRange element) {
    if (element.isEmpty()) return bad(HttpFlaw::LengthEmpty, element);
    quint64 number = 0;
    for (quint64 at = element.begin; at < element.end; ++at) {
      if (!isDigit(bytes[at])) return bad(HttpFlaw::LengthByte, {at, at + 1});
      if (__builtin_mul_overflow(number, 10ULL, &number) ||
          __builtin_add_overflow(number, static_cast<quint64>(bytes[at] - '0'), &number)) {
        return bad(HttpFlaw::LengthTooWide, element);
      }
    }
    if (length && *length != number) return bad(HttpFlaw::LengthDiffers, element);
    length = number;
    return true;
  });
  return length;
}

std::optional<bool> httpEndsChunked(ByteView bytes, ByteRange value) {
  std::optional<bool> result;
  eachElement(bytes, value, [&](ByteRange element) {
    if (!element.isEmpty()) result = equalsIgnoringCase(part(bytes, element), "chunked");
    return true;
  });
  return result;
}

std::optional<HttpBlockSize> httpBlockSize(ByteView bytes, const HttpLine &line, quint64 block, HttpFlaw &flaw) {
  const auto bad = [&](HttpFlaw::Kind kind, ByteRange at) {
    flaw = {.kind = kind, .at = at, .number = block};
    return std::nullopt;
  };
  HttpBlockSize size{.digits = {line.begin, line.begin}};
  while (size.digits.end < line.contentEnd && hexDigit(bytes[size.digits.end]) >= 0) {
    if (size.value >> 60 != 0) return bad(HttpFlaw::SizeTooWide, {line.begin, size.digits.end + 1});
    size.value = size.value << 4 | static_cast<quint64>(hexDigit(bytes[size.digits.end]));
    ++size.digits.end;
  }
  const quint64 at = size.digits.end;
  if (size.digits.isEmpty() || (at < line.contentEnd && bytes[at] != ';' && !isSpace(bytes[at]))) {
    return bad(HttpFlaw::SizeByte, {at, at + 1});
  }
  if (line.hasBareFeed()) return bad(HttpFlaw::BareFeed, {line.contentEnd, line.end});
  if (at < line.contentEnd && !hasGoodExtensions(bytes, {at, line.contentEnd}, flaw)) {
    flaw.number = block;
    return std::nullopt;
  }
  return size;
}

QString httpQuoted(ByteView bytes) {
  constexpr qsizetype most = 60;
  return displayBytes(bytes, most);
}

QString HttpFlaw::words(ByteView bytes, quint64 offset, quint64 limit) const {
  const ByteRange range{offset + at.begin, offset + at.end};
  const QString text = at.end <= bytes.size() ? httpQuoted(part(bytes, at)) : QString();
  const QString place = range.isEmpty() ? u"byte %1"_s.arg(grouped(range.begin)) : bytesAt(range);
  const QString quoted = u"%1 (%2)"_s.arg(place, text);
  const QString named = u"%1 (%2)"_s.arg(text, place);
  const QString are = range.size() == 1 ? u"is"_s : u"are"_s;
  const QString announce = range.size() == 1 ? u"announces"_s : u"announce"_s;
  const QString over = u", over the limit of "_s + grouped(limit);
  const QString byte =
      u"byte %1 is %2"_s.arg(grouped(range.begin), at.begin < bytes.size() ? byteName(bytes[at.begin]) : QString());
  switch (kind) {
    case None:
      break;
    case NoStart:
      return byte + u" where a request begins with a method, or a response with HTTP/"_s;
    case NoTarget:
      return u"the request line %1 has no target and no version behind its method"_s.arg(named);
    case NoVersion:
      return u"the request line %1 has no version behind its target"_s.arg(named);
    case BadVersion:
      return u"%1 %2 not a version that is read here: HTTP/1.0 and HTTP/1.1 are"_s.arg(quoted, are);
    case BadStatus:
      return byte + u" where a status line has its status: a space, three digits from 100 on, and a space"_s;
    case BehindVersion:
      return byte + u" behind the version, where a request line ends"_s;
    case BareReturn:
      return byte + u" inside a line: only 0D 0A, together, end one"_s;
    case OverLimit:
      return u"the message that begins at byte %1 has no end within the limit of %2"_s.arg(grouped(offset),
                                                                                           byteCount(limit));
    case Folded:
      return byte + u" at the begin of a line, which continues the one before it: HTTP/1.1 allows that no more"_s;
    case SpaceBeforeColon:
      return byte + u" behind the name of a header, where its colon has to be"_s;
    case NameByte:
      return byte + (at.begin < bytes.size() && bytes[at.begin] == ':' ? u" where the name of a header begins"_s
                                                                       : u" in the name of a header"_s);
    case NoColon:
      return u"the header line %1 has no colon"_s.arg(named);
    case NulInValue:
      return byte + u" in the value of a header, which cannot have it"_s;
    case LengthByte:
      return byte + u" where a Content-Length has a digit"_s;
    case LengthEmpty:
      return u"a Content-Length has no digits at byte %1"_s.arg(grouped(range.begin));
    case LengthTooWide:
      return u"%1 %2 a Content-Length of more than 64 bits"_s.arg(quoted, are);
    case LengthDiffers:
      return u"%1 %2 another Content-Length than the one before it, which says %3"_s.arg(quoted, are, grouped(number));
    case LengthOverLimit:
      return u"%1 %2 a message of %3"_s.arg(quoted, announce, byteCount(whole)) + over;
    case LengthMissing:
      return u"the head at %1 has no Content-Length, so nobody knows where the message ends"_s.arg(place);
    case CodingUnknown:
      return u"%1 %2 a Transfer-Encoding that does not end with chunked, so nobody knows where the request ends"_s.arg(
          quoted, are);
    case SizeByte:
      if (at.begin < bytes.size() && (bytes[at.begin] == '\r' || bytes[at.begin] == '\n')) {
        return byte + u" where the length of block %1 has a hexadecimal digit"_s.arg(grouped(number));
      }
      return byte + u" in the length of block %1, which has hexadecimal digits"_s.arg(grouped(number));
    case SizeTooWide:
      return u"%1 %2 a length of block %3 of more than 64 bits"_s.arg(quoted, are, grouped(number));
    case BareFeed:
      return byte + u" without 0D before it, where 0D 0A ends the line of a block's length"_s;
    case ExtensionByte:
      return byte +
             u" in an extension of block %1, where ;name or ;name=value has something else"_s.arg(grouped(number));
    case OpenQuote:
      return byte + u" and opens a quote that the line does not close"_s;
    case NoLineEnd:
      return byte + u" where 0D 0A has to follow the data of block %1"_s.arg(grouped(number));
    case BlockOverLimit:
      return u"%1 %2 block %3, with which the message has %4 at least"_s.arg(quoted, announce, grouped(number),
                                                                             byteCount(whole)) +
             over;
  }
  return {};
}

}  // namespace octetscope
