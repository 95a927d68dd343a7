#include "model/framing/http_reader.h"

#include <algorithm>
#include <cstring>

namespace octetscope {

namespace {

using Step = HttpReader::Step;

// What a message has at least behind the data of a block: its line end, and the last block.
constexpr quint64 behindBlock = 2 + 5;

// How much of a first line is looked at before it is whole.
constexpr quint64 startBytes = 64;

constexpr unsigned statusShift = 4;
constexpr unsigned factsShift = 14;
constexpr unsigned blocksShift = 22;

bool isFlaw(HttpFlaw &flaw, HttpFlaw::Kind kind, ByteRange at, quint64 number = 0) {
  flaw = {.kind = kind, .at = at, .number = number};
  return false;
}

std::optional<quint64> find(ByteView bytes, char byte, quint64 from, quint64 to) {
  if (from >= to) return std::nullopt;
  const void *found = std::memchr(bytes.data() + from, byte, to - from);
  if (!found) return std::nullopt;
  return static_cast<quint64>(static_cast<const std::uint8_t *>(found) - bytes.data());
}

bool isVersion(ByteView bytes, ByteRange range) {
  return range.size() == 8 && std::memcmp(bytes.data() + range.begin, "HTTP/1.", 7) == 0 &&
         (bytes[range.end - 1] == '0' || bytes[range.end - 1] == '1');
}

/// Whether a request or status line may begin like this. Looks at a few bytes only, and says the same whether the line
/// is here as a whole or not.
bool mayStart(ByteView bytes, quint64 begin, quint64 end, HttpFlaw &flaw) {
  end = std::min(end, begin + startBytes);
  for (quint64 at = begin; at < end; ++at) {
    const std::uint8_t byte = bytes[at];
    if (isHttpToken(byte)) continue;
    const bool endsMethod = at > begin && (byte == ' ' || byte == '\r' || byte == '\n');
    const bool isEmptyLine = at == begin && (byte == '\r' || byte == '\n');
    const bool isVersionName = byte == '/' && at == begin + 4 && std::memcmp(bytes.data() + begin, "HTTP", 4) == 0;
    if (endsMethod || isEmptyLine || isVersionName) return true;
    return isFlaw(flaw, HttpFlaw::NoStart, {at, at + 1});
  }
  return true;
}

bool isHexDigit(std::uint8_t byte) {
  return (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'f');
}

}  // namespace

void HttpWalk::save(ScanState &state) const {
  state.scanned = state.at + std::max(at, seen);
  state.own = {static_cast<quint64>(phase) | static_cast<quint64>(status) << statusShift |
                   static_cast<quint64>(facts) << factsShift | blocks << blocksShift,
               at, number, blockSize};
}

HttpWalk HttpWalk::from(const ScanState &state) {
  HttpWalk walk;
  walk.phase = static_cast<Phase>(state.own[0] & 0xf);
  walk.status = static_cast<quint16>(state.own[0] >> statusShift & 0x3ff);
  walk.facts = static_cast<quint16>(state.own[0] >> factsShift & 0xff);
  walk.blocks = state.own[0] >> blocksShift;
  walk.at = state.own[1];
  walk.number = state.own[2];
  walk.blockSize = state.own[3];
  walk.seen = state.scanned - state.at;
  return walk;
}

Step HttpReader::step(ByteView bytes, HttpWalk &walk, HttpFlaw &flaw, HttpAnswer answer) const {
  switch (walk.phase) {
    case HttpWalk::Start:
    case HttpWalk::Header:
    case HttpWalk::BlockSize:
    case HttpWalk::Trailer:
      return line(bytes, walk, flaw);
    case HttpWalk::HeadEnd:
      return headEnd(bytes, walk, flaw, answer);
    case HttpWalk::Sized:
      return sized(bytes, walk, flaw);
    case HttpWalk::BlockData:
      return blockData(bytes, walk, flaw);
    case HttpWalk::UntilClose:
    case HttpWalk::Tunnel:
    case HttpWalk::MaySwitch:
      break;
  }
  walk.seen = bytes.size();
  if (bytes.size() <= limit_) return Step::Cut;
  isFlaw(flaw, HttpFlaw::OverLimit, {0, 0});
  return Step::Flawed;
}

Step HttpReader::line(ByteView bytes, HttpWalk &walk, HttpFlaw &flaw) const {
  const quint64 begin = walk.at;
  const auto feed = find(bytes, '\n', std::max(walk.seen, begin), bytes.size());
  const quint64 end = feed ? *feed + 1 : bytes.size();
  // What can be said before the line is whole is looked for first: it is said of the whole line, too.
  if (walk.phase == HttpWalk::Start && walk.seen < begin + startBytes && !mayStart(bytes, begin, end, flaw)) {
    return Step::Flawed;
  }
  if (walk.phase == HttpWalk::BlockSize && walk.seen <= begin && begin < end && !isHexDigit(bytes[begin])) {
    isFlaw(flaw, HttpFlaw::SizeByte, {begin, begin + 1}, walk.blocks + 1);
    return Step::Flawed;
  }
  if (end > limit_ || (!feed && end == limit_)) {
    isFlaw(flaw, HttpFlaw::OverLimit, {0, 0});
    return Step::Flawed;
  }
  if (!feed) {
    walk.seen = end;
    return Step::Cut;
  }
  const HttpLine whole = httpLine(bytes, begin, *feed);
  if (const auto bare = find(bytes, '\r', begin, whole.contentEnd)) {
    isFlaw(flaw, HttpFlaw::BareReturn, {*bare, *bare + 1});
    return Step::Flawed;
  }
  bool isGood = true;
  switch (walk.phase) {
    case HttpWalk::Start:
      // Empty lines before a request line are to be ignored (RFC 9112 section 2.2): they belong to the message.
      isGood = whole.isEmpty() || startLine(bytes, whole, walk, flaw);
      break;
    case HttpWalk::Header:
      if (whole.isEmpty()) {
        walk.phase = HttpWalk::HeadEnd;
      } else {
        isGood = headerLine(bytes, whole, walk, flaw);
      }
      break;
    case HttpWalk::BlockSize:
      isGood = blockSize(bytes, whole, walk, flaw);
      break;
    default:
      if (whole.isEmpty()) {
        walk.at = walk.seen = whole.end;
        return Step::Complete;
      }
      if (const auto colon = httpColon(bytes, whole, flaw)) {
        isGood = hasGoodHttpValue(bytes, whole, *colon, flaw);
      } else {
        isGood = false;
      }
      break;
  }
  if (!isGood) return Step::Flawed;
  walk.at = walk.seen = whole.end;
  return Step::Line;
}

bool HttpReader::startLine(ByteView bytes, const HttpLine &line, HttpWalk &walk, HttpFlaw &flaw) const {
  const quint64 begin = line.begin;
  const quint64 end = line.contentEnd;
  const ByteRange version = ByteRange::ofSize(begin, std::min<quint64>(8, end - begin));
  if (version.size() >= 5 && std::memcmp(bytes.data() + begin, "HTTP/", 5) == 0) {
    if (!isVersion(bytes, version)) return isFlaw(flaw, HttpFlaw::BadVersion, version);
    const auto bad = [&](quint64 at) { return isFlaw(flaw, HttpFlaw::BadStatus, {at, at + 1}); };
    quint64 at = version.end;
    if (at == end || bytes[at] != ' ') return bad(at);
    quint16 status = 0;
    for (++at; at < version.end + 4; ++at) {
      if (at == end || bytes[at] < '0' || bytes[at] > '9' || (status == 0 && bytes[at] == '0')) return bad(at);
      status = static_cast<quint16>(status * 10 + (bytes[at] - '0'));
    }
    // The space behind the status is left out by many where there is no reason.
    if (at < end && bytes[at] != ' ') return bad(at);
    walk.facts |= HttpWalk::IsResponse;
    walk.status = status;
  } else {
    const auto space = find(bytes, ' ', begin, end);
    const quint64 methodEnd = space.value_or(end);
    for (quint64 at = begin; at < methodEnd; ++at) {
      if (!isHttpToken(bytes[at])) return isFlaw(flaw, HttpFlaw::NoStart, {at, at + 1});
    }
    if (!space || *space + 1 == end) return isFlaw(flaw, HttpFlaw::NoTarget, line.content());
    const auto second = find(bytes, ' ', *space + 1, end);
    if (!second || *second + 1 == end) return isFlaw(flaw, HttpFlaw::NoVersion, line.content());
    if (*second == *space + 1) return isFlaw(flaw, HttpFlaw::NoTarget, {begin, *second + 1});
    const ByteRange last{*second + 1, std::min(end, *second + 9)};
    if (!isVersion(bytes, last)) return isFlaw(flaw, HttpFlaw::BadVersion, {last.begin, end});
    if (last.end < end) return isFlaw(flaw, HttpFlaw::BehindVersion, {last.end, last.end + 1});
    const QByteArrayView method = qtView(bytes.subspan(begin, methodEnd - begin));
    if (method == "HEAD") walk.facts |= HttpWalk::IsHead;
    if (method == "CONNECT") walk.facts |= HttpWalk::IsConnect;
  }
  walk.phase = HttpWalk::Header;
  return true;
}

bool HttpReader::headerLine(ByteView bytes, const HttpLine &line, HttpWalk &walk, HttpFlaw &flaw) const {
  const auto colon = httpColon(bytes, line, flaw);
  if (!colon || !hasGoodHttpValue(bytes, line, *colon, flaw)) return false;
  switch (*colon - line.begin) {
    case 14: {
      const HttpHeader header = httpHeader(bytes, line, *colon);
      if (!header.is(bytes, "content-length") || walk.has(HttpWalk::LengthIsBad)) break;
      HttpFlaw bad;
      const auto length = httpLength(bytes, header.value, bad);
      if (length && (!walk.has(HttpWalk::HasLength) || *length == walk.number)) {
        walk.facts |= HttpWalk::HasLength;
        walk.number = *length;
        break;
      }
      if (grammar_ == HttpGrammar::Headers) {
        flaw = bad.kind != HttpFlaw::None ? bad : HttpFlaw{HttpFlaw::LengthDiffers, header.value, walk.number};
        return false;
      }
      // In a message of HTTP it does not count where chunked says the end, or where there is no body.
      walk.facts |= HttpWalk::LengthIsBad;
      break;
    }
    case 17: {
      const HttpHeader header = httpHeader(bytes, line, *colon);
      if (grammar_ != HttpGrammar::Messages || !header.is(bytes, "transfer-encoding")) break;
      walk.facts |= HttpWalk::HasCoding;
      if (const auto chunked = httpEndsChunked(bytes, header.value)) {
        walk.facts =
            static_cast<quint16>(*chunked ? walk.facts | HttpWalk::EndsChunked : walk.facts & ~HttpWalk::EndsChunked);
      }
      break;
    }
    case 7:
      if (httpHeader(bytes, line, *colon).is(bytes, "upgrade")) walk.facts |= HttpWalk::Upgrades;
      break;
    default:
      break;
  }
  return true;
}

/// What follows a head: RFC 9112 section 6.3, in its order.
Step HttpReader::headEnd(ByteView bytes, HttpWalk &walk, HttpFlaw &flaw, HttpAnswer answer) const {
  const ByteRange head{0, walk.at};
  const bool isResponse = walk.has(HttpWalk::IsResponse);
  const auto failed = [&](const HttpFlaw &why) {
    flaw = why;
    return Step::Flawed;
  };
  if (grammar_ == HttpGrammar::Headers) {
    if (!walk.has(HttpWalk::HasLength)) return failed({HttpFlaw::LengthMissing, head});
  } else {
    if (isResponse && (walk.status < 200 || walk.status == 204 || walk.status == 304)) return Step::Complete;
    if (isResponse && (answer == HttpAnswer::NoBody || walk.opensTunnel(answer))) return Step::Complete;
    if (walk.has(HttpWalk::EndsChunked)) {
      walk.phase = HttpWalk::BlockSize;
      walk.number = 0;
      return Step::Line;
    }
    if (walk.has(HttpWalk::HasCoding) && !isResponse) {
      const auto coding = announcement(bytes.first(walk.at), "transfer-encoding");
      return failed({HttpFlaw::CodingUnknown, coding ? coding->header.value : head});
    }
    if (walk.has(HttpWalk::HasCoding) ||
        (isResponse && !walk.has(HttpWalk::HasLength) && !walk.has(HttpWalk::LengthIsBad))) {
      walk.phase = HttpWalk::UntilClose;
      return Step::Line;
    }
    if (walk.has(HttpWalk::LengthIsBad)) return failed(lengthFlaw(bytes.first(walk.at)));
    if (!walk.has(HttpWalk::HasLength)) return Step::Complete;
  }
  const WideInt whole = WideInt(walk.at) + walk.number;
  if (whole > WideInt(limit_)) {
    const auto length = announcement(bytes.first(walk.at), "content-length");
    return failed({HttpFlaw::LengthOverLimit, length ? length->header.value : head, walk.number, whole});
  }
  walk.phase = HttpWalk::Sized;
  return sized(bytes, walk, flaw);
}

Step HttpReader::sized(ByteView bytes, HttpWalk &walk, HttpFlaw &) const {
  if (bytes.size() - walk.at < walk.number) {
    walk.seen = bytes.size();
    return Step::Cut;
  }
  walk.at += walk.number;
  walk.seen = walk.at;
  return Step::Complete;
}

bool HttpReader::blockSize(ByteView bytes, const HttpLine &line, HttpWalk &walk, HttpFlaw &flaw) const {
  const auto size = httpBlockSize(bytes, line, walk.blocks + 1, flaw);
  if (!size) return false;
  if (size->value == 0) {
    walk.phase = HttpWalk::Trailer;
    return true;
  }
  const WideInt least = WideInt(line.end) + size->value + behindBlock;
  if (least > WideInt(limit_)) {
    flaw = {HttpFlaw::BlockOverLimit, size->digits, walk.blocks + 1, least};
    return false;
  }
  walk.phase = HttpWalk::BlockData;
  walk.blockSize = size->value;
  return true;
}

Step HttpReader::blockData(ByteView bytes, HttpWalk &walk, HttpFlaw &flaw) const {
  const quint64 end = walk.at + walk.blockSize;
  for (quint64 at = end; at < std::min<quint64>(end + 2, bytes.size()); ++at) {
    if (bytes[at] == (at == end ? '\r' : '\n')) continue;
    isFlaw(flaw, HttpFlaw::NoLineEnd, {at, at + 1}, walk.blocks + 1);
    return Step::Flawed;
  }
  if (bytes.size() < end + 2) {
    walk.seen = bytes.size();
    return Step::Cut;
  }
  walk.number += walk.blockSize;
  ++walk.blocks;
  walk.at = walk.seen = end + 2;
  walk.phase = HttpWalk::BlockSize;
  return Step::Block;
}

std::optional<HttpReader::Announcement> HttpReader::announcement(ByteView head, QByteArrayView lowercaseName) const {
  std::optional<Announcement> last;
  HttpFlaw flaw;
  for (quint64 at = 0; at < head.size();) {
    const auto feed = find(head, '\n', at, head.size());
    if (!feed) break;
    const HttpLine line = httpLine(head, at, *feed);
    at = line.end;
    const auto colon = httpColon(head, line, flaw);
    if (!colon) continue;  // the line that starts the message
    const HttpHeader header = httpHeader(head, line, *colon);
    if (header.is(head, lowercaseName)) last = Announcement{line, header};
  }
  return last;
}

/// The first Content-Length of a head that cannot be believed.
HttpFlaw HttpReader::lengthFlaw(ByteView head) const {
  std::optional<quint64> before;
  HttpFlaw flaw;
  for (quint64 at = 0; at < head.size();) {
    const auto feed = find(head, '\n', at, head.size());
    if (!feed) break;
    const HttpLine line = httpLine(head, at, *feed);
    at = line.end;
    HttpFlaw none;
    const auto colon = httpColon(head, line, none);
    if (!colon) continue;
    const HttpHeader header = httpHeader(head, line, *colon);
    if (!header.is(head, "content-length")) continue;
    const auto length = httpLength(head, header.value, flaw);
    if (!length) return flaw;
    if (before && *before != *length) return {HttpFlaw::LengthDiffers, header.value, *before};
    before = length;
  }
  return flaw;
}

}  // namespace octetscope
