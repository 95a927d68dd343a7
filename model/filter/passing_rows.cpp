#include "model/filter/passing_rows.h"

#include <algorithm>
#include <bit>

namespace octetscope {

void PassingRows::clear() {
  blocks_.reset();
  instead_.clear();
  count_ = 0;
}

quint64 PassingRows::passingIn(const Block &block, quint64 rows) {
  quint64 sum = 0;
  for (quint64 i = 0; i < rows / 64; ++i) sum += static_cast<quint64>(std::popcount(block.bits[i]));
  if (const quint64 rest = rows % 64; rest > 0) {
    sum += static_cast<quint64>(std::popcount(block.bits[rows / 64] & ((1ULL << rest) - 1)));
  }
  return sum;
}

void PassingRows::append(quint64 bits, quint64 count) {
  if (!blocks_) blocks_ = std::make_unique<AppendOnlyTable<Block>>();
  if (count < 64) bits &= (1ULL << count) - 1;
  while (count > 0) {
    const quint64 inBlock = count_ % rowsOfBlock;
    if (inBlock == 0) {
      Block block = {};
      if (count_ > 0) block.before = blocks_->last().before + passingIn(blocks_->last(), rowsOfBlock);
      blocks_->append(block);
    }
    const quint64 inWord = inBlock % 64;
    const quint64 step = std::min(count, 64 - inWord);
    blocks_->mutableAt(count_ / rowsOfBlock).bits[inBlock / 64] |= bits << inWord;
    bits = step == 64 ? 0 : bits >> step;
    count_ += step;
    count -= step;
  }
}

bool PassingRows::bit(quint64 row) const {
  return ((*blocks_)[row / rowsOfBlock].bits[row % rowsOfBlock / 64] >> (row % 64) & 1) != 0;
}

void PassingRows::set(quint64 row, bool passes) {
  if (bit(row) == passes) return;
  const quint64 number = row / rowsOfBlock;
  blocks_->mutableAt(number).bits[row % rowsOfBlock / 64] ^= 1ULL << (row % 64);
  for (quint64 later = number + 1; later < blocks_->size(); ++later) {
    quint64 &before = blocks_->mutableAt(later).before;
    before = passes ? before + 1 : before - 1;
  }
}

void PassingRows::addInstead(Instead one) {
  std::erase_if(instead_, [&](const Instead &other) { return other.row == one.row; });
  instead_.insert(std::ranges::upper_bound(instead_, one.row, {}, &Instead::row), one);
}

bool PassingRows::passes(quint64 row) const {
  for (const Instead &one : instead_) {
    if (one.row == row) return one.passes;
  }
  return bit(row);
}

quint64 PassingRows::bitsBefore(quint64 rows) const {
  if (rows == 0) return 0;
  const Block &block = (*blocks_)[(rows - 1) / rowsOfBlock];
  return block.before + passingIn(block, (rows - 1) % rowsOfBlock + 1);
}

quint64 PassingRows::passingBefore(quint64 rows) const {
  quint64 sum = bitsBefore(rows);
  for (const Instead &one : instead_) {
    if (one.row >= rows) continue;
    const bool was = bit(one.row);
    if (one.passes && !was) ++sum;
    if (!one.passes && was) --sum;
  }
  return sum;
}

std::optional<quint64> PassingRows::row(quint64 number, quint64 rows) const {
  if (number >= passingBefore(rows)) return std::nullopt;
  // The last row that has `number` before it and passes.
  quint64 low = 0;
  while (low + 1 < rows) {
    const quint64 middle = low + (rows - low) / 2;
    if (passingBefore(middle) <= number) {
      low = middle;
    } else {
      rows = middle;
    }
  }
  return low;
}

std::vector<quint64> PassingRows::words(quint64 rows) const {
  std::vector<quint64> found((rows + 63) / 64);
  for (std::size_t i = 0; i < found.size(); ++i) found[i] = (*blocks_)[i / wordsOfBlock].bits[i % wordsOfBlock];
  if (rows % 64 > 0) found.back() &= (1ULL << (rows % 64)) - 1;
  for (const Instead &one : instead_) {
    if (one.row >= rows) continue;
    const quint64 bit = 1ULL << (one.row % 64);
    quint64 &word = found[one.row / 64];
    word = one.passes ? word | bit : word & ~bit;
  }
  return found;
}

}  // namespace octetscope
