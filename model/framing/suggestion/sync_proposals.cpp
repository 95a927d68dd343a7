#include "model/framing/suggestion/sync_proposals.h"

#include "model/framing/framing_words.h"
#include "model/framing/length_field.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr quint64 lookedAt = 128 * 1024;
constexpr std::size_t mostPairs = 16;
constexpr std::size_t mostPlaces = 200;
constexpr quint64 farthestField = 12;  // behind the pair
constexpr qsizetype mostProposals = 12;

struct Reader {
  const char *name;
  quint64 width;
  quint64 (*read)(const std::uint8_t *);
};

template <LengthType type>
constexpr Reader readerOf(const char *name) {
  return {name, static_cast<quint64>(widthOf(type)),
          [](const std::uint8_t *at) { return static_cast<quint64>(loadLength<type>(at)); }};
}

constexpr std::array readers = {readerOf<LengthType::U8>("u8"), readerOf<LengthType::U16be>("u16be"),
                                readerOf<LengthType::U16le>("u16le"), readerOf<LengthType::U32be>("u32be"),
                                readerOf<LengthType::U32le>("u32le")};

/// Two bytes that stand one behind the other, and by how much more often than their own counts foretell.
struct Pair {
  quint16 pair = 0;
  double surprise = 0;
};

std::vector<Pair> pairsOf(ByteView bytes) {
  std::vector<quint32> seen(65536);
  std::array<quint64, 256> single = {};
  for (std::size_t i = 0; i + 1 < bytes.size(); ++i) {
    ++seen[static_cast<std::size_t>(bytes[i] * 256 + bytes[i + 1])];
    ++single[bytes[i]];
  }
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const std::size_t first = i / 256;
    if (seen[i] < 3 || first == 0) continue;
    const double expected = static_cast<double>(single[first]) * static_cast<double>(single[i % 256] + 1) /
                            static_cast<double>(bytes.size());
    pairs.push_back({static_cast<quint16>(i), seen[i] * std::log2(seen[i] / std::max(expected, 1e-3))});
  }
  const std::size_t kept = std::min(pairs.size(), mostPairs);
  std::partial_sort(pairs.begin(), pairs.begin() + static_cast<std::ptrdiff_t>(kept), pairs.end(),
                    [](const Pair &a, const Pair &b) { return a.surprise > b.surprise; });
  pairs.resize(kept);
  return pairs;
}

/// What a pair's places have in common.
struct Found {
  MessageShape shape;                  // counted from the pair
  std::vector<quint64> messages = {};  // the places of which the shape foretells the next one
  std::size_t of = 0;                  // distances there are
};

/// The number that most of `values` are, and how many.
std::pair<qint64, std::size_t> usual(const std::vector<qint64> &values) {
  std::map<qint64, std::size_t> counts;
  for (const qint64 value : values) ++counts[value];
  std::pair<qint64, std::size_t> best{0, 0};
  for (const auto &one : counts) {
    if (one.second > best.second) best = one;
  }
  return best;
}

/// What behind the pair says how far the next one is, more often than anything else does: there may be several.
std::vector<Found> shapesOf(ByteView bytes, const std::vector<quint64> &places) {
  constexpr qint64 mostAdded = 80;
  constexpr std::size_t most = 4;
  std::vector<Found> best;
  std::vector<qint64> gaps;
  for (std::size_t i = 0; i + 1 < places.size(); ++i) gaps.push_back(static_cast<qint64>(places[i + 1] - places[i]));
  const auto offer = [&](const MessageShape &shape, qint64 wanted, const std::vector<qint64> &values,
                         std::size_t count) {
    const std::size_t known = best.empty() ? 0 : best.front().messages.size();
    if (count < 2 || count * 10 < gaps.size() * 4 || count < known || (count == known && best.size() == most)) return;
    if (count > known) best.clear();
    Found found{.shape = shape, .of = gaps.size()};
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i] == wanted) found.messages.push_back(places[i]);
    }
    best.push_back(std::move(found));
  };
  const auto [size, sizes] = usual(gaps);
  if (size > 3) offer({.size = static_cast<quint64>(size)}, size, gaps, sizes);
  std::vector<qint64> added(gaps.size());
  for (const Reader &reader : readers) {
    for (quint64 offset = 2; offset <= 2 + farthestField; ++offset) {
      std::set<quint64> various;
      std::array<quint16, mostAdded + 1> counts = {};
      for (std::size_t i = 0; i < added.size(); ++i) {
        const quint64 at = places[i] + offset;
        const quint64 value = at + reader.width <= bytes.size() ? reader.read(bytes.data() + at) : ~0ULL;
        added[i] = value < (1U << 24) ? gaps[i] - static_cast<qint64>(value) : -1;
        if (added[i] >= 0 && added[i] <= mostAdded) ++counts[static_cast<std::size_t>(added[i])];
        if (various.size() < 3) various.insert(value);
      }
      // A number that never varies says nothing of sizes.
      if (various.size() < 2) continue;
      const auto usually = std::max_element(counts.begin(), counts.end());
      const qint64 value = usually - counts.begin();
      offer({.type = QString::fromLatin1(reader.name),
             .offset = offset,
             .adjust = value - static_cast<qint64>(offset + reader.width)},
            value, added, *usually);
    }
  }
  return best;
}

/// How many bytes from a place on, seen from each message's begin, are the same in nearly all; `left`: before the
/// begin.
quint64 sameBytes(ByteView bytes, const std::vector<quint64> &messages, bool left, quint64 from, quint64 most) {
  quint64 same = 0;
  for (; same < most; ++same) {
    std::array<quint64, 256> seen = {};
    for (const quint64 begin : messages) {
      const quint64 away = from + same;
      if (left ? begin < away + 1 : begin + away >= bytes.size()) continue;
      ++seen[bytes[left ? begin - away - 1 : begin + away]];
    }
    const auto best = std::max_element(seen.begin(), seen.end());
    if (*best * 100 < messages.size() * 90 || best == seen.begin()) break;
  }
  return same;
}

/// How unusual a length is: one of a byte, one that does not stand behind the word.
double costOf(const MessageShape &shape, quint64 wordSize) {
  if (shape.type.isEmpty()) return 0;
  return (shape.type == u"u8"_s ? 2 : 0) + (shape.offset > wordSize ? 1.5 : 0) + (shape.adjust == 0 ? 0 : 1);
}

/// The messages of a shape from where its word begins, as far as the bytes hold them.
std::vector<ByteRange> rangesOf(ByteView bytes, const Found &found, quint64 left) {
  std::vector<ByteRange> ranges;
  for (std::size_t i = 0; i < found.messages.size(); ++i) {
    if (found.messages[i] < left) continue;
    const quint64 begin = found.messages[i] - left;
    quint64 size = found.shape.size;
    for (const Reader &reader : readers) {
      if (found.shape.type != QLatin1String(reader.name)) continue;
      const quint64 value = reader.read(bytes.data() + found.messages[i] + found.shape.offset);
      size = found.shape.offset + reader.width + value + static_cast<quint64>(found.shape.adjust);
    }
    if (size >= 3 && begin + size <= bytes.size()) ranges.push_back(ByteRange::ofSize(begin, size));
  }
  return ranges;
}

}  // namespace

Proposal syncProposal(const Sample &sample, MessageShape shape, const QByteArray &word, double cost,
                      const std::optional<FoundChecksum> &check) {
  const auto size = static_cast<quint64>(word.size());
  shape.word = size;
  QString spec = u"sync:"_s + QString::fromLatin1(word.toHex().toUpper());
  QString rule = u"each message begins with the sync word %1 and "_s.arg(hexWords(viewOf(word)));
  if (shape.type.isEmpty()) {
    spec += u",size=%1"_s.arg(shape.size);
    rule += u"has %1"_s.arg(byteCount(shape.size));
  } else {
    spec += u",length="_s + shape.type;
    if (shape.offset > size) spec += u",offset=%1"_s.arg(shape.offset - size);
    if (shape.adjust != 0) spec += u",adjust=%1"_s.arg(shape.adjust);
    rule += u"has its length at byte %1 (%2)"_s.arg(grouped(shape.offset)).arg(shape.type);
  }
  Proposal proposal{.spec = spec,
                    .family = Family::Sync,
                    .start = sample.start(),
                    .cost = cost,
                    .mayBreak = 25,
                    .shape = shape,
                    .rule = rule};
  if (!check) return proposal;
  proposal.spec += check->options();
  proposal.rule += u", and its "_s + check->words();
  proposal.cost += check->cost + 2;
  proposal.eachMessage = 8.0 * check->checksum->size() - 0.5;
  proposal.mostGrammar = 90;
  proposal.begins = [](ByteView) { return true; };
  proposal.mayBreak = 40;
  proposal.least = 2;
  return proposal;
}

std::set<quint64> checksumBegins(const MessageShape &shape, quint64 wordSize) {
  std::set<quint64> begins{0, 1, 2, 3, wordSize};
  if (!shape.type.isEmpty()) begins.insert({shape.offset, shape.offset + 1, shape.offset + 2, shape.offset + 4});
  return begins;
}

QList<Proposal> syncProposals(const Sample &sample) {
  constexpr double unusual = 20;
  QList<Proposal> all;
  const quint64 start = sample.start();
  const ByteView bytes = sample.bytes().first(std::min(sample.end(), start + lookedAt));
  constexpr double writing = 0.97;
  if (bytes.size() < start + 16 || sample.textShare() >= writing) return all;
  std::vector<Found> found;
  for (const Pair &pair : pairsOf(bytes.subspan(start))) {
    const char word[2] = {static_cast<char>(pair.pair >> 8), static_cast<char>(pair.pair & 255)};
    std::vector<quint64> places;
    const QByteArrayView text = qtView(bytes);
    for (qsizetype at = text.indexOf(QByteArrayView(word, 2), static_cast<qsizetype>(start));
         at >= 0 && places.size() < mostPlaces; at = text.indexOf(QByteArrayView(word, 2), at + 2)) {
      places.push_back(static_cast<quint64>(at));
    }
    if (places.size() < 3) continue;
    for (Found &shape : shapesOf(bytes, places)) found.push_back(std::move(shape));
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Found &a, const Found &b) { return a.messages.size() * b.of > b.messages.size() * a.of; });
  std::set<QString> known;
  const auto propose = [&](const Proposal &proposal) {
    if (known.insert(proposal.spec).second) all.append(proposal);
  };
  for (const Found &one : found) {
    if (all.size() >= mostProposals) break;
    // The word may be longer than a pair, to both sides. A stream mostly begins with it.
    const quint64 left = sameBytes(bytes, one.messages, true, 0, longestSyncWord - 2);
    const quint64 away = one.messages.front() - start;
    std::set<quint64> lefts{0, left};
    if (away <= left) lefts = {away};
    for (const quint64 more : lefts) {
      MessageShape shape = one.shape;
      shape.offset += shape.type.isEmpty() ? 0 : more;
      const quint64 room = std::min(longestSyncWord, shape.type.isEmpty() ? shape.size : shape.offset) - more - 2;
      const quint64 right = sameBytes(bytes, one.messages, false, 2, room);
      if (!shape.type.isEmpty()) shape.adjust -= static_cast<qint64>(more);
      const std::vector<ByteRange> ranges = rangesOf(bytes, one, more);
      if (ranges.empty()) continue;
      QByteArray word = copyOf(bytes.subspan(ranges.back().begin, more + 2 + right));
      while (word.endsWith('\0')) word.chop(1);
      const auto check = findChecksum(bytes, ranges, checksumBegins(shape, static_cast<quint64>(word.size())));
      const double cost = unusual + (more < left ? 3 : 0) + costOf(shape, static_cast<quint64>(word.size()));
      if (check) propose(syncProposal(sample, shape, word, cost, check));
      if (!check && one.messages.size() >= 3) propose(syncProposal(sample, shape, word, cost, std::nullopt));
    }
  }
  return all;
}

}  // namespace octetscope
