// PassingRows: one bit for each row, whether it passes, and how many do before it: 0.14 byte a row, both ways in
// O(log rows) or better. Belongs to one thread.
#pragma once

#include "model/bytes/append_only_table.h"

#include <memory>
#include <optional>
#include <vector>

namespace octetscope {

class PassingRows {
 public:
  /// What a row says instead of its bit, for the few whose judgement is not final. At most a handful, rising rows.
  struct Instead {
    quint64 row;
    bool passes;
    bool operator==(const Instead &) const = default;
  };

  void clear();
  /// Adds `count` <= 64 rows: the lowest bits.
  void append(quint64 bits, quint64 count);
  /// Changes the bit of a row that is there. O(rows behind it / 512).
  void set(quint64 row, bool passes);
  quint64 count() const { return count_; }
  /// The bit of row < count().
  bool bit(quint64 row) const;

  const std::vector<Instead> &instead() const { return instead_; }
  /// What holds instead of bits; sorted by row.
  void setInstead(std::vector<Instead> instead) { instead_ = std::move(instead); }
  /// The same of one row more.
  void addInstead(Instead one);

  // With what holds instead:
  bool passes(quint64 row) const;
  /// How many of the first `rows` <= count() pass.
  quint64 passingBefore(quint64 rows) const;
  /// The row of the `number`th that passes, among the first `rows`; none where there are not so many.
  std::optional<quint64> row(quint64 number, quint64 rows) const;

  /// The first `rows` <= count(), 64 in a word, as they are now: for another thread.
  std::vector<quint64> words(quint64 rows) const;

  quint64 memoryUsed() const { return blocks_ ? blocks_->size() * sizeof(Block) : 0; }

 private:
  static constexpr quint64 wordsOfBlock = 8;
  static constexpr quint64 rowsOfBlock = 64 * wordsOfBlock;
  struct Block {
    quint64 bits[wordsOfBlock];
    quint64 before;  // that pass before this block
  };
  static quint64 passingIn(const Block &block, quint64 rows);
  quint64 bitsBefore(quint64 rows) const;

  std::unique_ptr<AppendOnlyTable<Block>> blocks_;
  std::vector<Instead> instead_;
  quint64 count_ = 0;
};

}  // namespace octetscope
