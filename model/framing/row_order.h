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

  /// One thread appends; any thread reads rows that were published.
  void append(RowKind kind);
  quint64 count() const;
  Row at(quint64 row) const;
  /// Row of the `number`th of its kind, which must have been appended. O(log count).
  quint64 rowOf(RowKind kind, quint64 number) const;
  quint64 countOf(RowKind kind) const;

 private:
  struct Block {
    quint64 bits[8];    // two for a row, written atomically
    quint64 before[3];  // rows of each kind before this block
  };
  AppendOnlyTable<Block> blocks_;
  std::atomic<quint64> count_ = 0;
};

}  // namespace octetscope
