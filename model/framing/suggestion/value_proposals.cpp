#include "model/framing/suggestion/value_proposals.h"

#include "model/framing/registry.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

bool startsWith(ByteView bytes, QByteArrayView text) {
  return qtView(bytes).startsWith(text);
}

/// A grammar, and how to see where a message of it may begin.
struct Grammar {
  const char *spec;
  Family family;
  double cost;
  double eachMessage;  // bits that a message which keeps to the grammar is worth
  double most;
  quint64 least;
  const char *rule;
  bool (*begins)(ByteView at);
  quint64 mayBreak = 0;  // messages in a hundred: the framing goes on by itself
  double (*grammarBits)(const Sample &sample, std::span<const ByteRange> messages) = nullptr;
};

bool beginsJson(ByteView at) {
  return at[0] == '{' || at[0] == '[';
}

bool beginsXml(ByteView at) {
  return at.size() > 1 && at[0] == '<' && at[1] > ' ';
}

bool beginsDigit(ByteView at) {
  return at[0] >= '0' && at[0] <= '9';
}

/// A map or a list that has something in it.
bool beginsMsgpack(ByteView at) {
  return (at[0] > 0x80 && at[0] <= 0x9f && at[0] != 0x90) || (at[0] >= 0xdc && at[0] <= 0xdf);
}

bool beginsCbor(ByteView at) {
  const std::uint8_t major = at[0] >> 5;
  const std::uint8_t size = at[0] & 0x1f;
  return (major == 4 || major == 5) && size != 0 && (size <= 27 || size == 31);
}

bool beginsPickle(ByteView at) {
  return at.size() > 2 && at[0] == 0x80 && at[1] >= 2 && at[1] <= 5;
}

bool beginsOldPickle(ByteView at) {
  return at[0] == '(' || at[0] == ']' || at[0] == '}';
}

/// CMF and FLG of RFC 1950: deflate, and a multiple of 31 together.
bool beginsZlib(ByteView at) {
  return at.size() > 2 && (at[0] & 0x0f) == 8 && at[0] >> 4 <= 7 && (at[0] * 256 + at[1]) % 31 == 0;
}

bool beginsGzip(ByteView at) {
  return startsWith(at, QByteArrayView("\x1f\x8b\x08"));
}

bool beginsHttp(ByteView at) {
  static constexpr QByteArrayView words[] = {"GET ",   "POST ",    "PUT ",   "HEAD ",    "DELETE ",
                                             "PATCH ", "OPTIONS ", "TRACE ", "CONNECT ", "HTTP/1."};
  return std::any_of(std::begin(words), std::end(words), [at](QByteArrayView word) { return startsWith(at, word); });
}

bool beginsHeaders(ByteView at) {
  return qtView(at.first(std::min<std::size_t>(at.size(), 400))).toByteArray().toLower().contains("content-length:") &&
         ((at[0] >= 'A' && at[0] <= 'Z') || (at[0] >= 'a' && at[0] <= 'z'));
}

bool beginsHexSize(ByteView at) {
  std::size_t digits = 0;
  while (digits < std::min<std::size_t>(at.size(), 8) && std::isxdigit(at[digits])) ++digits;
  return digits > 0 && digits < at.size() && (at[digits] == '\r' || at[digits] == ';');
}

/// COBS: the first code leads to another one, or to the zero that ends the message.
bool beginsCobs(ByteView at) {
  const auto zero = static_cast<std::size_t>(std::find(at.begin(), at.end(), 0) - at.begin());
  return zero > 3 && zero < at.size() && at[0] > 0 && at[0] <= zero;
}

bool beginsHdlc(ByteView at) {
  return at.size() > 5;
}

/// SLIP: something stands before the END.
bool beginsSlip(ByteView at) {
  return at.size() > 3 && at.back() == 0xc0;
}

/// The bits of one of two things that are told apart by how often each was the case.
class TwoWays {
 public:
  float bits(bool first) {
    const float all = seen_[0] + seen_[1];
    float &seen = seen_[first ? 0 : 1];
    const float cost = std::log2(all / seen);
    seen += 1;
    return cost;
  }

 private:
  std::array<float, 2> seen_ = {0.5F, 0.5F};
};

/// SLIP: which byte stands behind an ESC is one of two. Where there is none nothing speaks for it.
double slipBits(const Sample &sample, std::span<const ByteRange> messages) {
  const ByteView bytes = sample.bytes();
  TwoWays ways;
  double bits = 0;
  for (const ByteRange &message : messages) {
    const QByteArrayView text = qtView(bytes.subspan(message.begin, message.size()));
    for (qsizetype at = text.indexOf('\xdb'); at >= 0 && at + 1 < text.size(); at = text.indexOf('\xdb', at + 1)) {
      const quint64 second = message.begin + static_cast<quint64>(at) + 1;
      bits += static_cast<double>(sample.costs().bits({second, second + 1}) - ways.bits(bytes[second] == 0xdc));
    }
  }
  return bits;
}

/// COBS: zeros stand only where a code leads to, and there other codes must be worth their place.
double cobsBits(const Sample &sample, std::span<const ByteRange> messages) {
  const ByteView bytes = sample.bytes();
  TwoWays ways;
  double bits = 0;
  for (const ByteRange &message : messages) {
    for (quint64 at = message.begin; at < message.end;) {
      const std::uint8_t code = bytes[at];
      if (at > message.begin) bits -= static_cast<double>(ways.bits(code == 0));
      if (code == 0) bits += static_cast<double>(sample.costs().bits({at, at + 1}));
      at += std::max<quint64>(code, 1);
    }
  }
  return bits;
}

constexpr Grammar grammars[] = {
    {"json", Family::Format, 1, 14, 70, 1, "each message is one JSON value", beginsJson},
    {"xml", Family::Format, 1, 16, 70, 1, "each message is one XML document or element", beginsXml},
    {"netstring", Family::Format, 2, 3, 30, 2,
     "each message is its length in digits, \":\" (3A), so many bytes, and \",\" (2C)", beginsDigit},
    {"http", Family::Format, 1, 40, 90, 1, "each message is an HTTP request or response", beginsHttp},
    {"headers", Family::Format, 1, 30, 80, 1,
     "each message is header lines, an empty line, and as many bytes as Content-Length says", beginsHeaders},
    {"http-chunked", Family::Format, 2, 24, 60, 1, "blocks with a hexadecimal length and CRLF, ended by an empty one",
     beginsHexSize},
    {"msgpack", Family::Format, 3, 3, 40, 3, "each message is one MessagePack map or array", beginsMsgpack},
    {"cbor", Family::Format, 3, 3, 40, 3, "each message is one CBOR map or array", beginsCbor},
    {"pickle", Family::Format, 2, 22, 80, 1, "each message is one pickle, from PROTO (80) to STOP (2E)", beginsPickle},
    {"pickle", Family::Format, 4, 4, 40, 3, "each message is one pickle, up to its STOP (2E)", beginsOldPickle},
    {"zlib", Family::Format, 2, 40, 90, 1, "each message is one zlib stream, whose checksum is right", beginsZlib},
    {"gzip", Family::Format, 1, 40, 90, 1, "each message is one gzip stream, whose checksum is right", beginsGzip},
    {"hdlc", Family::Stuffed, 2, 14, 80, 2, "each message stands between flags (7E), and its FCS is right", beginsHdlc,
     34},
    {"cobs", Family::Stuffed, 3, 0, 80, 3, "each message is stuffed by COBS, and ends with 00", beginsCobs, 20,
     cobsBits},
    {"slip", Family::Stuffed, 3, 0, 80, 3, "each message ends with END (C0), and every ESC (DB) is a right one",
     beginsSlip, 10, slipBits},
};

/// How many messages the framing reads from a place on that begin as they should; none: it breaks, or they do not.
std::optional<quint64> readFrom(const Sample &sample, const Framer &framer, const Grammar &grammar, quint64 place) {
  constexpr quint64 several = 3;
  constexpr quint64 reach = 1 << 14;
  const quint64 end = std::min(sample.end(), place + reach);
  const StreamView view = sample.view().prefix(end);
  ScanState state = ScanState::startingAt(place);
  MessageBatch batch;
  batch.start(state.at);
  framer.scan(view, state, batch);
  quint64 begun = 0;
  quint64 count = 0;
  for (const Message &message : batch.messages()) {
    if (message.status != Status::Complete) return std::nullopt;
    ++count;
    if (grammar.begins(view.bytes.view(message.range()))) ++begun;
  }
  if (begun * 10 < count * 9) return std::nullopt;
  if (batch.isFull()) return begun;
  const Message rest = framer.rest(view, state);
  const bool breaks = state.stopped || (rest.size > 0 && rest.status == Status::Error);
  return breaks && count < several ? std::nullopt : std::optional(begun);
}

/// The places in the sample's first bytes where messages of a grammar may begin: its begin, and behind garbage those
/// from which most are read.
QList<quint64> placesOf(const Sample &sample, const Grammar &grammar) {
  constexpr quint64 reach = 1024;
  constexpr qsizetype mostTried = 64;
  constexpr qsizetype most = 3;
  const auto framer = framerFromSpec(QString::fromLatin1(grammar.spec));
  const ByteView bytes = sample.bytes();
  const quint64 end = std::min(sample.end(), sample.start() + reach);
  QList<std::pair<quint64, quint64>> later;  // messages, and where
  for (quint64 at = sample.start() + 1; at < end && later.size() < mostTried; ++at) {
    if (!grammar.begins(bytes.subspan(at))) continue;
    if (const auto read = readFrom(sample, **framer, grammar, at)) later.append({*read, at});
  }
  std::stable_sort(later.begin(), later.end(), [](const auto &a, const auto &b) { return a.first > b.first; });
  QList<quint64> places;
  if (grammar.begins(bytes.subspan(sample.start()))) places.append(sample.start());
  for (const auto &[read, at] : later.first(std::min(most, later.size()))) places.append(at);
  return places;
}

}  // namespace

QList<Proposal> valueProposals(const Sample &sample) {
  constexpr double lateCost = 12;
  QList<Proposal> all;
  for (const Grammar &grammar : grammars) {
    // What goes on by itself finds its first message by itself.
    const bool isStuffed = grammar.family == Family::Stuffed;
    for (const quint64 place : isStuffed ? QList<quint64>{sample.start()} : placesOf(sample, grammar)) {
      const bool isLate = place != sample.start();
      all.append({.spec = QString::fromLatin1(grammar.spec),
                  .family = grammar.family,
                  .start = place,
                  .cost = grammar.cost + (isLate ? lateCost : 0),
                  .lateCost = isLate ? lateCost : 0,
                  .eachMessage = grammar.eachMessage,
                  .begins = grammar.begins,
                  .mostGrammar = grammar.most,
                  .least = std::max<quint64>(grammar.least, isLate ? 2 : 1),
                  .mayBreak = grammar.mayBreak,
                  .grammarBits = grammar.grammarBits,
                  .rule = QString::fromLatin1(grammar.rule)});
    }
  }
  return all;
}

}  // namespace octetscope
