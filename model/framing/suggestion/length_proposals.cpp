#include "model/framing/suggestion/length_proposals.h"

#include "model/framing/framing_spec.h"
#include "model/framing/framing_words.h"
#include "model/framing/suggestion/evidence.h"
#include "model/framing/suggestion/length_chain.h"
#include "model/framing/suggestion/message_begins.h"

#include <array>
#include <cmath>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr quint64 farthestOffset = 16;
constexpr quint64 garbageReach = 1100;
constexpr qint64 mostAdjust = 64;
constexpr std::size_t mostProposals = 40;
constexpr quint64 largestTag = 1 << 14;

using enum LengthType;

struct TypeRow {
  LengthType type;
  const char *name;
  double cost;  // bits: how unusual it is
};

constexpr std::array<TypeRow, 11> types = {{{U8, "u8", 4},
                                            {U16be, "u16be", 2},
                                            {U16le, "u16le", 2.5},
                                            {U24be, "u24be", 5},
                                            {U24le, "u24le", 6},
                                            {U32be, "u32be", 2},
                                            {U32le, "u32le", 2.5},
                                            {U64be, "u64be", 5},
                                            {U64le, "u64le", 5.5},
                                            {Varint, "varint", 4.5},
                                            {Decimal, "decimal", 3}}};

const TypeRow &rowOf(LengthType type) {
  return types[static_cast<std::size_t>(type)];
}

/// How unusual a place and an adjustment are, in bits.
double costOf(LengthType type, quint64 offset, qint64 adjust) {
  double cost = rowOf(type).cost;
  const auto width = static_cast<quint64>(widthOf(type));
  cost += offset == 0 ? 1 : width > 0 && offset % width == 0 ? 4.5 : 5;
  if (adjust == 0) return cost + 1.5;
  if (width > 0 && adjust == -static_cast<qint64>(offset + width)) return cost + 1.6;
  if (width > 0 && adjust == -static_cast<qint64>(width)) return cost + 4;
  if (adjust == 1 || adjust == 2 || adjust == 4 || adjust == 8) return cost + 5.5;  // a checksum, a header's rest
  if (adjust > 0) return cost + (adjust % 4 == 0 ? 6.5 : 8) + (adjust > 16 ? 3 : 0) + static_cast<double>(adjust) / 16;
  return cost + 13 + static_cast<double>(-adjust) / 16;
}

/// What the length counts, in words, as a sentence goes on behind its place.
QString countsWords(LengthType type, quint64 offset, qint64 adjust) {
  if (adjust == 0) return u"and the length counts what follows it"_s;
  const int width = widthOf(type);
  if (width == 0) {
    return u"and the message ends %1 %2 what follows it and is counted"_s.arg(
        byteCount(std::abs(adjust)), adjust > 0 ? u"behind"_s : u"before the end of"_s);
  }
  const qint64 plus = static_cast<qint64>(offset) + width + adjust;
  if (plus == 0) return u"and the length counts the whole message"_s;
  return plus > 0 ? u"plus %1"_s.arg(grouped(plus)) : u"minus %1"_s.arg(grouped(-plus));
}

QString ruleOf(LengthType type, quint64 offset, qint64 adjust, const QByteArray &decimalEnd) {
  const QString counts = countsWords(type, offset, adjust);
  if (type == Varint) return u"a LEB128 number at byte %1 of each message, %2"_s.arg(grouped(offset), counts);
  if (type == Decimal) {
    return u"decimal digits at byte %1 of each message, ended by %2, %3"_s.arg(grouped(offset),
                                                                               hexWords(viewOf(decimalEnd)), counts);
  }
  const int width = widthOf(type);
  const QString name = QString::fromLatin1(rowOf(type).name);
  const QString order = width == 1 ? u""_s : name.endsWith(u"be"_s) ? u", big-endian"_s : u", little-endian"_s;
  return bytesAt(ByteRange::ofSize(offset, static_cast<quint64>(width))) + order + u", "_s + counts;
}

QString specOf(LengthType type, quint64 offset, qint64 adjust, const QByteArray &decimalEnd) {
  QString spec = u"length:"_s + QString::fromLatin1(rowOf(type).name);
  if (offset != 0) spec += u",offset=%1"_s.arg(offset);
  if (adjust != 0) spec += u",adjust=%1"_s.arg(adjust);
  if (type == Decimal && decimalEnd != " ") spec += u",end="_s + escapeText(decimalEnd);
  return spec;
}

template <LengthType type>
ReadLength readFixed(ByteView bytes) {
  constexpr auto width = static_cast<quint64>(widthOf(type));
  if (bytes.size() < width) return {};
  return {loadLength<type>(bytes.data()), width};
}

ReadLength readVarint(ByteView bytes) {
  quint64 value = 0;
  for (quint64 i = 0; i < std::min<quint64>(bytes.size(), 5); ++i) {
    value |= static_cast<quint64>(bytes[i] & 0x7f) << (7 * i);
    if ((bytes[i] & 0x80) == 0) return {value, i + 1};
  }
  // As good as a number that is too large.
  return bytes.size() < 5 ? ReadLength{} : ReadLength{~0ULL, 5};
}

bool isDigit(std::uint8_t byte) {
  return byte >= '0' && byte <= '9';
}

ReadLength readDecimal(ByteView bytes, ByteView end) {
  quint64 value = 0;
  quint64 at = 0;
  for (; at < bytes.size() && at < 9 && isDigit(bytes[at]); ++at) value = value * 10 + (bytes[at] - '0');
  if (at == bytes.size()) return {};
  if (at == 0 || bytes.size() - at < end.size() ||
      !std::equal(end.begin(), end.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at))) {
    return {~0ULL, 1};
  }
  return {value, at + end.size()};
}

/// What it costs to leave out the first bytes, in bits.
double lateCostOf(const Sample &sample, quint64 start) {
  const quint64 skipped = start - sample.start();
  if (skipped == 0) return 0;
  const double share = static_cast<double>(skipped) / static_cast<double>(sample.size());
  return 9 + 2 * std::log2(static_cast<double>(skipped)) + 20 * share;
}

double proposalCost(const Sample &sample, LengthType type, quint64 start, quint64 offset, qint64 adjust,
                    const QByteArray &decimalEnd) {
  const double cost = costOf(type, offset, adjust) + lateCostOf(sample, start);
  return type == Decimal && decimalEnd != " " ? cost + 3 : cost;
}

Proposal lengthProposal(const Sample &sample, LengthType type, quint64 start, quint64 offset, qint64 adjust,
                        const QByteArray &decimalEnd) {
  return {.spec = specOf(type, offset, adjust, decimalEnd),
          .family = Family::Length,
          .start = start,
          .cost = proposalCost(sample, type, start, offset, adjust, decimalEnd),
          .lateCost = lateCostOf(sample, start),
          .shape = {.type = QString::fromLatin1(rowOf(type).name),
                    .offset = offset,
                    .adjust = adjust,
                    .decimalEnd = decimalEnd},
          .rule = ruleOf(type, offset, adjust, decimalEnd)};
}

using Follow = bool (*)(const Sample &, LengthChain &, quint64);

template <LengthType type>
bool followFixed(const Sample &sample, LengthChain &chain, quint64 offset) {
  return followChain(sample, chain, offset, readFixed<type>);
}

Follow followerOf(LengthType type) {
  static constexpr std::array<Follow, 9> followers = {followFixed<U8>,    followFixed<U16be>, followFixed<U16le>,
                                                      followFixed<U24be>, followFixed<U24le>, followFixed<U32be>,
                                                      followFixed<U32le>, followFixed<U64be>, followFixed<U64le>};
  if (type == Varint) {
    return [](const Sample &sample, LengthChain &chain, quint64 offset) {
      return followChain(sample, chain, offset, readVarint);
    };
  }
  return followers[static_cast<std::size_t>(type)];
}

}  // namespace

std::optional<Proposal> movedProposal(const Sample &sample, const Trial &trial) {
  const MessageShape &shape = trial.proposal.shape;
  const auto row = std::find_if(types.begin(), types.end(),
                                [&shape](const TypeRow &one) { return shape.type == QLatin1String(one.name); });
  if (row == types.end() || trial.proposal.family != Family::Length) return std::nullopt;
  const quint64 offset = MessageBegins(sample.bytes(), trial.messages, shape.offset).likeliest();
  if (offset == shape.offset) return std::nullopt;
  // The first message that is all there.
  const quint64 field = trial.messages.front().begin + shape.offset;
  const bool isCut = field < sample.start() + offset;
  if (isCut && trial.messages.size() < 2) return std::nullopt;
  const quint64 start = (isCut ? trial.messages[1].begin + shape.offset : field) - offset;
  const qint64 between = shape.adjust + static_cast<qint64>(shape.offset);
  return lengthProposal(sample, row->type, start, offset, between - static_cast<qint64>(offset), shape.decimalEnd);
}

LengthProposals::LengthProposals(const Sample &sample, bool garbage)
    : sample_(sample),
      garbage_(garbage),
      nextField_(sample.start() + (garbage ? 1 : 0)),
      lastField_(sample.start() + std::min(sample.size() / 2, garbage ? garbageReach : farthestOffset)) {}

bool LengthProposals::advance() {
  // Many places are a slice's work where few numbers are added to each.
  for (int i = garbage_ ? 64 : 1; i > 0 && nextField_ <= lastField_ && nextField_ < sample_.end(); --i, ++nextField_) {
    for (const TypeRow &row : types) {
      if (row.type == Decimal) {
        followDecimals(nextField_);
        followTags(nextField_);
      } else {
        follow(row.type, nextField_);
      }
    }
  }
  return nextField_ <= lastField_ && nextField_ < sample_.end();
}

void LengthProposals::follow(LengthType type, quint64 field) {
  const Follow followIt = followerOf(type);
  const qint64 width = widthOf(type);
  const qint64 offset = garbage_ ? 0 : static_cast<qint64>(field - sample_.start());
  const qint64 least = garbage_ ? -width : offset - mostAdjust;
  const qint64 most = garbage_ ? static_cast<qint64>(farthestOffset) : offset + mostAdjust;
  for (qint64 between = least; between <= most; ++between) {
    LengthChain chain{.type = type, .field = field, .between = between};
    if (followIt(sample_, chain, static_cast<quint64>(offset))) offer(chain);
  }
}

void LengthProposals::followDecimals(quint64 field) {
  const ByteView bytes = sample_.bytes().subspan(field);
  quint64 digits = 0;
  while (digits < std::min<quint64>(bytes.size(), 9) && isDigit(bytes[digits])) ++digits;
  if (digits == 0 || digits >= bytes.size()) return;
  // Not from the middle of a number on.
  if (field > sample_.start() && isDigit(sample_.bytes()[field - 1])) return;
  const qint64 offset = garbage_ ? 0 : static_cast<qint64>(field - sample_.start());
  for (const quint64 size : {1U, 2U}) {
    if (digits + size > bytes.size()) continue;
    const QByteArray end = copyOf(bytes.subspan(digits, size));
    // Two bytes end a number where they are a line end, or no letters.
    if (size == 2 && end != "\r\n") continue;
    if (isDigit(static_cast<std::uint8_t>(end[0]))) continue;
    const qint64 reach = garbage_ ? 8 : 24;
    for (qint64 adjust = -reach; adjust <= reach; ++adjust) {
      LengthChain chain{.type = Decimal, .field = field, .between = offset + adjust};
      const auto read = [view = viewOf(end)](ByteView at) { return readDecimal(at, view); };
      if (followChain(sample_, chain, static_cast<quint64>(offset), read)) offer(chain, end);
    }
  }
}

void LengthProposals::followTags(quint64 field) {
  if (!garbage_ && field != sample_.start()) return;
  LengthChain chain{.type = Varint, .field = field, .between = 0};
  const auto read = [](ByteView at) {
    const ReadLength tag = readVarint(at);
    if (tag.width == 0 || tag.value == 0 || tag.value > largestTag) return tag.width == 0 ? tag : ReadLength{~0ULL, 1};
    const ReadLength length = readVarint(at.subspan(tag.width));
    return length.width == 0 ? length : ReadLength{length.value, tag.width + length.width};
  };
  if (!followChain(sample_, chain, 0, read) || chain.count < 2) return;
  constexpr double tagBits = 3;  // it is no length, and must be foretold, too
  keep({.spec = u"tlv:varint/varint"_s,
        .family = Family::Length,
        .start = field,
        .cost = rowOf(Varint).cost + 5 + lateCostOf(sample_, field),
        .lateCost = lateCostOf(sample_, field),
        .rule = u"a tag at byte 0 of each message, and behind it the length of its value, both LEB128 numbers"_s},
       chain.bits - tagBits * static_cast<double>(chain.count), chain);
}

void LengthProposals::offer(const LengthChain &chain, const QByteArray &decimalEnd) {
  if (chain.count < 2) return;
  const auto propose = [&](quint64 start, bool lands) {
    const quint64 offset = chain.field - start;
    const qint64 adjust = chain.between - static_cast<qint64>(offset);
    const double bits = chain.bits + (lands ? 8 : 0);
    if (!isWorthKeeping(bits - proposalCost(sample_, chain.type, start, offset, adjust, decimalEnd))) return;
    keep(lengthProposal(sample_, chain.type, start, offset, adjust, decimalEnd), bits, chain);
  };
  if (chain.between == 0 && chain.zeros > 0) offerChunked(chain, decimalEnd);
  if (!garbage_) return propose(sample_.start(), chain.lands);
  // Where messages begin before the field is not known: where the last one ends with the stream; where the length
  // counts the rest, or the whole.
  const quint64 most = std::min(farthestOffset, chain.field - sample_.start() - 1);
  const bool mayLand = sample_.isAll() && (chain.lands || chain.over > 0) && chain.over <= most;
  if (mayLand) propose(chain.field - chain.over, true);
  const auto rest = static_cast<quint64>(std::max<qint64>(chain.between, 0));
  if (rest <= most && (!mayLand || rest != chain.over)) propose(chain.field - rest, false);
  const bool isWhole = chain.between == -static_cast<qint64>(widthOf(chain.type)) && chain.between < 0;
  if (isWhole && (!mayLand || chain.over != 0)) propose(chain.field, false);
}

void LengthProposals::offerChunked(const LengthChain &chain, const QByteArray &decimalEnd) {
  if ((!garbage_ && chain.field != sample_.start()) || chain.zeros * 2 > chain.count + 1) return;
  // A run that is not over where the stream ends exactly is none.
  constexpr quint64 several = 3;
  const bool areSeveral = chain.zeros >= several && chain.zeroAt * 2 >= chain.count;
  if (chain.zeroFirst || (chain.lands && !chain.zeroLast && !areSeveral)) return;
  // Zeros before each number are the rest of a wider one.
  const bool areMany = chain.zeros * 3 > chain.count + 1;
  if (areMany && (garbage_ || !chain.lands)) return;
  // Where no end shows it, runs end again and again.
  if (garbage_ && !chain.lands && !areSeveral) return;
  QString type = QString::fromLatin1(rowOf(chain.type).name);
  if (chain.type == Decimal && decimalEnd != " ") type += u",end="_s + escapeText(decimalEnd);
  // That the run ends with an empty block is what speaks for it against empty messages.
  const double endsEmpty = chain.lands && chain.zeroLast ? 6 : -6;
  keep({.spec = u"chunked:"_s + type,
        .family = Family::Chunked,
        .start = chain.field,
        .cost = rowOf(chain.type).cost + 5 + lateCostOf(sample_, chain.field),
        .convention = chain.bits + endsEmpty,
        .least = chain.lands ? 1 : several,
        .rule = u"blocks with a length before each (%1), ended by an empty one"_s.arg(type)},
       chain.bits + endsEmpty, chain);
}

bool LengthProposals::isWorthKeeping(double worth) const {
  return found_.size() < mostProposals || worth > found_.back().worth;
}

void LengthProposals::keep(Proposal proposal, double bits, const LengthChain &chain) {
  const double worth = bits - proposal.cost;
  if (!isWorthKeeping(worth)) return;
  // Behind garbage every later field begins a chain, too, which is the same one but for its first messages.
  const auto same = std::find_if(found_.begin(), found_.end(), [&](const Found &other) {
    return garbage_ && other.proposal.spec == proposal.spec && other.chain.last == chain.last;
  });
  if (same != found_.end()) {
    if (same->worth >= worth) return;
    found_.erase(same);
  } else if (found_.size() == mostProposals) {
    found_.pop_back();
  }
  const auto place = std::find_if(found_.begin(), found_.end(), [worth](const Found &f) { return f.worth < worth; });
  found_.insert(place, {std::move(proposal), worth, chain});
}

QList<Proposal> LengthProposals::proposals() const {
  QList<Proposal> all;
  for (const Found &found : found_) all.append(found.proposal);
  return all;
}

}  // namespace octetscope
