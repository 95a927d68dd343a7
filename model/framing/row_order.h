// RowOrder: which message or event stands in which row. Rows of two directions and of events stand in the order in
// which their first bytes arrived; a row never moves. Two bits a row and a count every 256 rows; both ways in O(log).
#pragma once

#include "model/bytes/append_only_table.h"

namespace octetscope {

enum class RowKind : quint8 { In, Out, Event };

class RowOrder {
 public:
  struct Row {
    RowKind kind;
    quint64 number;  ///< among its kind
    bool operator==(const Row &) const = default;
  };

  /// Adds `times` rows of one kind. One thread appends; any thread reads rows that were published.
  void append(RowKind kind, quint64 times = 1);
  quint64 count() const { return count_.load(std::memory_order_acquire); }
  /// Row `row` < count().
  Row at(quint64 row) const;
  /// Row of the `number`th of its kind, which must have been appended. O(log count).
  quint64 rowOf(RowKind kind, quint64 number) const;
  /// Rows of a kind among the first `rows` <= count().
  quint64 countOf(RowKind kind, quint64 rows) const;
  quint64 countOf(RowKind kind) const { return countOf(kind, count()); }

  /// Bytes of memory its tables fill.
  quint64 memoryUsed() const { return blocks_.size() * sizeof(Block); }

 private:
  static constexpr quint64 rowsOfWord = 32;
  static constexpr quint64 wordsOfBlock = 8;
  static constexpr quint64 rowsOfBlock = rowsOfWord * wordsOfBlock;

  struct Block {
    quint64 bits[wordsOfBlock];  // two for a row; the last block's are written while they are read, so atomically
    quint64 before[3];           // rows of each kind before this block
  };
  static quint64 load(const quint64 &word);
  /// How many of the first `rows` rows of `block` are of `kind`.
  static quint64 rank(const Block &block, RowKind kind, quint64 rows);

  AppendOnlyTable<Block> blocks_;
  std::atomic<quint64> count_ = 0;
};

}  // namespace octetscope
