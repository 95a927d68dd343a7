#include "model/framing/suggestion/message_begins.h"

#include <algorithm>
#include <cmath>

namespace octetscope {

namespace {

constexpr std::size_t looked = 200;  // messages
constexpr std::size_t fewest = 6;    // say nothing
constexpr double recurring = 2.6;    // bits that a byte of a header says at most

double entropyOf(const std::array<quint64, 256> &seen, quint64 all) {
  double bits = 0;
  for (const quint64 one : seen) {
    const double share = static_cast<double>(one) / static_cast<double>(all);
    if (one > 0) bits -= share * std::log2(share);
  }
  return bits;
}

}  // namespace

MessageBegins::MessageBegins(ByteView bytes, std::span<const ByteRange> messages, quint64 offset) {
  if (messages.size() <= fewest) return;
  const ByteRange one = messages.front();
  messages = messages.subspan(1, std::min(messages.size() - 1, looked));
  std::size_t after = 0;
  for (quint64 distance = 1; distance < columns_.size(); ++distance) {
    std::array<quint64, 256> seen = {};
    quint64 all = 0;
    quint64 steps = 0;
    std::uint8_t last = 0;
    for (const ByteRange &message : messages) {
      if (message.begin + offset < distance) continue;
      const std::uint8_t byte = bytes[message.begin + offset - distance];
      if (all > 0 && static_cast<std::uint8_t>(byte - last) <= 2) ++steps;
      last = byte;
      ++seen[byte];
      ++all;
    }
    if (all < fewest) return;
    const auto most = std::max_element(seen.begin(), seen.end());
    const bool isConstant = *most * 100 >= all * 95;
    const bool recurs = isConstant || entropyOf(seen, all) <= recurring || steps * 10 >= (all - 1) * 9;
    const auto usual = static_cast<std::size_t>(most - seen.begin());
    const bool isInHead = distance <= offset;
    if (isInHead && isConstant && bytes[one.begin + offset - distance] != usual) firstFits_ = false;
    const bool isWord = usual != 0 && usual != 0xff;
    columns_[distance] = !isConstant ? (recurs ? Column::Recurring : Column::Noise)
                         : isWord    ? Column::Word
                                     : (usual == 0 ? Column::Zero : Column::Recurring);
    // 0D 0A
    const bool isLineEnd = isConstant && usual == '\r' && after == '\n' && columns_[distance - 1] == Column::Word;
    if (isLineEnd) columns_[distance] = columns_[distance - 1] = Column::LineEnd;
    after = usual;
  }
}

double MessageBegins::bits(quint64 offset, bool isFirst) const {
  if (offset > farthest) return 0;
  // Noise that a header begins with is more likely what stood before it.
  constexpr double eachNoise = 5;
  constexpr double mostNoise = 15;
  double bits = 0;
  for (quint64 distance = offset; distance > 0 && columns_[distance] == Column::Noise; --distance) bits += eachNoise;
  bits = -std::min(bits, mostNoise);
  // What recurs before the begin is a header's, too.
  constexpr double left = 4;
  const Column before = columns_[offset + 1];
  const bool isLeft = before == Column::Recurring || (before == Column::Word && columns_[offset] == Column::Recurring);
  if (isLeft && bits == 0) bits -= left;
  // Behind a line end something begins; with one nothing does.
  const bool isWithOne = offset > 0 && columns_[offset] == Column::LineEnd;
  if (isWithOne) bits -= 2 * left;
  if (before == Column::LineEnd && !isWithOne) bits += left;
  // Zeros before a number that never says more belong to it.
  constexpr double word = 5;
  if (before == Column::Zero && (offset == 0 || columns_[offset] == Column::Zero)) bits -= word;
  constexpr double first = 6;
  if (isFirst) return firstFits_ && !isWithOne ? bits + first : bits;
  // Two bytes are a word; one may be the bracket or the stop that payloads end with.
  if (offset > 1 && columns_[offset] == Column::Word && columns_[offset - 1] == Column::Word) bits += word;
  if (offset > 0 && before == Column::Word && columns_[offset] == Column::Word) bits -= word;
  return bits;
}

QList<quint64> MessageBegins::constantOnes() const {
  QList<quint64> all;
  for (quint64 offset = 1; offset <= farthest; ++offset) {
    if (columns_[offset] == Column::Word) all.append(offset);
  }
  return all;
}

quint64 MessageBegins::likeliest() const {
  quint64 best = 0;
  for (quint64 offset = 1; offset <= farthest; ++offset) {
    // Of equal ones the least: nothing speaks for more bytes.
    if (bits(offset, false) > bits(best, false)) best = offset;
  }
  return best;
}

}  // namespace octetscope
