#include "model/framing/row_order.h"

#include <algorithm>
#include <bit>

namespace octetscope {

namespace {

constexpr quint64 lowBits = 0x5555555555555555ULL;

quint64 patternOf(RowKind kind) {
  return lowBits * static_cast<quint64>(kind);
}

/// One bit (the low one of its pair) for every row of `word` that is of `kind`.
quint64 matches(quint64 word, RowKind kind) {
  const quint64 same = ~(word ^ patternOf(kind));
  return same & (same >> 1) & lowBits;
}

/// The bits of the first `rows` < 32 rows of a word.
quint64 firstRows(quint64 rows) {
  return (1ULL << (2 * rows)) - 1;
}

}  // namespace

quint64 RowOrder::load(const quint64 &word) {
  return std::atomic_ref<quint64>(const_cast<quint64 &>(word)).load(std::memory_order_relaxed);
}

void RowOrder::append(RowKind kind, quint64 times) {
  quint64 count = count_.load(std::memory_order_relaxed);
  while (times > 0) {
    const quint64 inBlock = count % rowsOfBlock;
    if (inBlock == 0) {
      Block block = {};
      if (count > 0) {
        const Block &last = blocks_.last();
        for (const RowKind each : {RowKind::In, RowKind::Out, RowKind::Event}) {
          const auto i = static_cast<std::size_t>(each);
          block.before[i] = last.before[i] + rank(last, each, rowsOfBlock);
        }
      }
      blocks_.append(block);
    }
    const quint64 inWord = inBlock % rowsOfWord;
    const quint64 step = std::min(times, rowsOfWord - inWord);
    const quint64 fresh = (step == rowsOfWord ? ~0ULL : firstRows(step)) << (2 * inWord);
    std::atomic_ref<quint64> word(blocks_.mutableAt(count / rowsOfBlock).bits[inBlock / rowsOfWord]);
    word.store(word.load(std::memory_order_relaxed) | (patternOf(kind) & fresh), std::memory_order_relaxed);
    count += step;
    times -= step;
  }
  count_.store(count, std::memory_order_release);
}

quint64 RowOrder::rank(const Block &block, RowKind kind, quint64 rows) {
  quint64 sum = 0;
  for (quint64 i = 0; i < rows / rowsOfWord; ++i) sum += std::popcount(matches(load(block.bits[i]), kind));
  if (const quint64 rest = rows % rowsOfWord; rest > 0) {
    sum += std::popcount(matches(load(block.bits[rows / rowsOfWord]), kind) & firstRows(rest));
  }
  return sum;
}

RowOrder::Row RowOrder::at(quint64 row) const {
  const Block &block = blocks_[row / rowsOfBlock];
  const quint64 inBlock = row % rowsOfBlock;
  const auto kind = static_cast<RowKind>((load(block.bits[inBlock / rowsOfWord]) >> (2 * (inBlock % rowsOfWord))) & 3);
  return {kind, block.before[static_cast<std::size_t>(kind)] + rank(block, kind, inBlock)};
}

quint64 RowOrder::rowOf(RowKind kind, quint64 number) const {
  const auto k = static_cast<std::size_t>(kind);
  // The first block has none before it, so there is always one whose count is not greater.
  const quint64 blockNumber =
      blocks_.partitionPoint(blocks_.size(), [&](const Block &block) { return block.before[k] <= number; }) - 1;
  const Block &block = blocks_[blockNumber];
  quint64 left = number - block.before[k];
  for (quint64 i = 0; i < wordsOfBlock; ++i) {
    quint64 hits = matches(load(block.bits[i]), kind);
    const quint64 here = std::popcount(hits);
    if (left >= here) {
      left -= here;
      continue;
    }
    for (; left > 0; --left) hits &= hits - 1;
    return blockNumber * rowsOfBlock + i * rowsOfWord + std::countr_zero(hits) / 2;
  }
  return count();  // not appended yet
}

quint64 RowOrder::countOf(RowKind kind, quint64 rows) const {
  if (rows == 0) return 0;
  const quint64 last = rows - 1;
  const Block &block = blocks_[last / rowsOfBlock];
  return block.before[static_cast<std::size_t>(kind)] + rank(block, kind, last % rowsOfBlock + 1);
}

}  // namespace octetscope
