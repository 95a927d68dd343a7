#include "model/framing/suggestion/refined_proposals.h"

#include "model/framing/framing_words.h"
#include "model/framing/suggestion/message_begins.h"
#include "model/framing/suggestion/sync_proposals.h"

#include <algorithm>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t looked = 200;  // messages

/// The byte that nearly all messages have at a place; none: it varies.
std::optional<std::uint8_t> commonByte(ByteView bytes, std::span<const ByteRange> messages, quint64 place) {
  std::array<quint64, 256> seen = {};
  quint64 all = 0;
  for (const ByteRange &message : messages) {
    if (message.size() <= place) continue;
    ++seen[bytes[message.begin + place]];
    ++all;
  }
  const auto most = std::max_element(seen.begin(), seen.end());
  if (all < 2 || *most * 100 < all * 95) return std::nullopt;
  return static_cast<std::uint8_t>(most - seen.begin());
}

/// Whether the byte at a place counts up slowly: what stands before it is then the rest of a number.
bool countsUp(ByteView bytes, std::span<const ByteRange> messages, quint64 place) {
  quint64 small = 0;
  quint64 moved = 0;
  std::optional<std::uint8_t> last;
  for (const ByteRange &message : messages) {
    if (message.size() <= place) continue;
    const std::uint8_t byte = bytes[message.begin + place];
    if (last && static_cast<std::uint8_t>(byte - *last) <= 3) ++small;
    if (last && byte != *last) ++moved;
    last = byte;
  }
  return moved > 0 && small * 10 >= (messages.size() - 1) * 9;
}

/// The bytes that nearly all messages begin with, up to `most`: zeros at the end of them are no part of a word.
QByteArray wordOf(ByteView bytes, std::span<const ByteRange> messages, quint64 most) {
  QByteArray word;
  while (static_cast<quint64>(word.size()) < std::min(most, longestSyncWord)) {
    const auto byte = commonByte(bytes, messages, static_cast<quint64>(word.size()));
    if (!byte || (*byte == 0 && word.isEmpty())) break;
    word += static_cast<char>(*byte);
  }
  while (word.endsWith('\0')) word.chop(1);
  return word;
}

/// The type of the tag that the bytes before a length are; empty: they are none. A tag takes few values, most of them
/// several times.
QString tagOf(ByteView bytes, std::span<const ByteRange> messages, const MessageShape &shape) {
  const QString order = shape.type.endsWith(u"le"_s) ? u"le"_s : u"be"_s;
  const QString type = shape.offset == 1   ? u"u8"_s
                       : shape.offset == 2 ? u"u16"_s + order
                       : shape.offset == 4 ? u"u32"_s + order
                                           : QString();
  if (type.isEmpty()) return {};
  std::set<QByteArray> tags;
  for (const ByteRange &message : messages) tags.insert(copyOf(bytes.subspan(message.begin, shape.offset)));
  const bool areFew = tags.size() * 2 <= messages.size() || (messages.size() < 8 && tags.size() < messages.size());
  return tags.size() >= 2 && tags.size() <= 64 && areFew ? type : QString();
}

/// Messages as their lengths say, but beginning elsewhere: where there is a word and a checksum shows it. A chain of
/// lengths leaves that open.
std::optional<Proposal> checkedElsewhere(const Sample &sample, std::span<const ByteRange> messages,
                                         const Proposal &known) {
  constexpr qsizetype most = 6;
  const MessageBegins begins(sample.bytes(), messages, known.shape.offset);
  const QList<quint64> offsets = begins.constantOnes();
  for (const quint64 offset : offsets.first(std::min(most, offsets.size()))) {
    if (offset == known.shape.offset) continue;
    std::vector<ByteRange> moved;
    for (const ByteRange &message : messages.subspan(1)) {
      const quint64 begin = message.begin + known.shape.offset - offset;
      if (begin + message.size() <= sample.end()) moved.push_back(ByteRange::ofSize(begin, message.size()));
    }
    const QByteArray word = wordOf(sample.bytes(), moved, offset);
    if (word.isEmpty()) continue;
    MessageShape shape = known.shape;
    shape.adjust += static_cast<qint64>(shape.offset) - static_cast<qint64>(offset);
    shape.offset = offset;
    const auto check = findChecksum(sample.bytes(), moved, checksumBegins(shape, static_cast<quint64>(word.size())));
    if (check) return syncProposal(sample, shape, word, known.cost - known.lateCost, check);
  }
  return std::nullopt;
}

}  // namespace

QList<Refinement> refinementsOf(const Sample &sample, const Trial &trial) {
  QList<Refinement> all;
  const Proposal &known = trial.proposal;
  const bool isFixed = known.family == Family::Fixed;
  // A number that never varies is no length.
  const bool isLength = known.family == Family::Length && known.shape.decimalEnd.isEmpty() &&
                        !known.shape.type.isEmpty() && trial.distinctSizes > 1;
  const std::span<const ByteRange> kept(trial.messages.data(), std::min(trial.messages.size(), looked));
  if (kept.size() < 3 || !(isFixed || isLength)) return all;
  const ByteView bytes = sample.bytes();
  MessageShape shape = known.shape;
  if (isFixed) shape.size = trial.mostSize;
  const QByteArray word = wordOf(bytes, kept, isFixed ? shape.size / 2 : shape.offset);
  const auto wordSize = static_cast<quint64>(word.size());
  const auto check = word.isEmpty() ? std::nullopt : findChecksum(bytes, kept, checksumBegins(shape, wordSize));
  const auto elsewhere = check || isFixed ? std::nullopt : checkedElsewhere(sample, kept, known);
  const double cost = known.cost - known.lateCost;
  if (check) {
    all.append({syncProposal(sample, shape, word, cost, check), true});
  } else if (elsewhere) {
    all.append({*elsewhere, true});
  } else if (wordSize >= 2 && !countsUp(bytes, kept, wordSize)) {
    all.append({syncProposal(sample, shape, word, cost, std::nullopt), known.start > sample.start()});
  }
  if (isLength && shape.adjust == 0) {
    const QString tag = tagOf(bytes, kept, shape);
    if (!tag.isEmpty()) {
      Proposal proposal = known;
      proposal.spec = u"tlv:%1/%2"_s.arg(tag, shape.type);
      proposal.rule =
          u"a tag (%1) at byte 0 of each message, and behind it the length of its value (%2)"_s.arg(tag, shape.type);
      all.append({proposal, false});
    }
  }
  for (Refinement &one : all) one.proposal.isBeside = true;
  return all;
}

}  // namespace octetscope
