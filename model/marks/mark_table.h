// MarkTable: the marks of a capture, sorted by place, and look-ups in them. A plain value. A look-up costs O(log marks)
// for each mark it gives, however many there are and however they lie in one another; a change costs a move of what is
// behind it.
#pragma once

#include "model/marks/mark.h"

#include <optional>
#include <vector>

namespace octetscope {

class MarkTable {
 public:
  /// Rows [first, last).
  struct Rows {
    std::size_t first = 0;
    std::size_t last = 0;
    std::size_t count() const { return last - first; }
    bool operator==(const Rows &) const = default;
  };

  std::size_t count() const { return marks_.size(); }
  const Mark &at(std::size_t row) const { return marks_[row]; }
  const std::vector<Mark> &all() const { return marks_; }

  /// None: nothing is marked there.
  std::optional<std::size_t> rowOf(const MarkPlace &place) const;
  /// The first row whose place is not before `place`; where a mark there would stand.
  std::size_t rowFor(const MarkPlace &place) const;
  /// Marks of one stream.
  Rows rowsOf(int connection, Direction direction) const;
  /// Those that begin in `range`.
  Rows rowsBeginningIn(int connection, Direction direction, ByteRange range) const;
  /// Appends the rows of those that have a byte of `range`, rising, `most` at most.
  void overlapping(int connection, Direction direction, ByteRange range, std::vector<std::size_t> &rows,
                   std::size_t most = ~std::size_t(0)) const;
  /// The smallest of those that hold all of `range`, the first where several are as small. Looks at as many as lie
  /// over the begin of `range`, `most` at most.
  std::optional<std::size_t> smallestAround(int connection, Direction direction, ByteRange range,
                                            std::size_t most = 1000) const;

  /// Nothing may be marked there yet. Returns its row.
  std::size_t insert(Mark mark);
  void remove(std::size_t row);
  /// Another colour and note at the same place.
  void replace(std::size_t row, MarkColor color, QString note);
  /// All at once, in any order; of those at one place the last one counts.
  void assign(std::vector<Mark> marks);

 private:
  std::size_t nextReaching(std::size_t from, std::size_t to, quint64 beyond) const;

  std::vector<Mark> marks_;
  // A tree over the rows: the farthest end below each node. Built when it is first asked for after a change.
  mutable std::vector<quint64> ends_;
  mutable std::size_t leaves_ = 0;  // a power of two; 0: not built
};

}  // namespace octetscope
