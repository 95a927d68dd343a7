// SortedRows: some of a decoder's rows in another order, and where each of them stands in it. Immutable, shared; 4
// bytes for each row that is sorted, and 4 for each there is.
#pragma once

#include <QtGlobal>

#include <limits>
#include <optional>
#include <vector>

namespace octetscope {

class SortedRows {
 public:
  static constexpr quint64 mostRows = std::numeric_limits<quint32>::max() - 1;

  /// `rows`: in their order, those without a value behind the `valued` others; each below `covered` <= mostRows.
  SortedRows(std::vector<quint32> rows, quint64 valued, quint64 covered)
      : rows_(std::move(rows)), valued_(valued), places_(covered, none) {
    for (std::size_t place = 0; place < rows_.size(); ++place) places_[rows_[place]] = static_cast<quint32>(place);
  }

  quint64 size() const { return rows_.size(); }
  /// Those that have a value: the first ones.
  quint64 valued() const { return valued_; }
  /// Rows below this were there.
  quint64 covered() const { return places_.size(); }
  quint64 rowAt(quint64 place) const { return rows_[place]; }
  /// None: that row is not among them.
  std::optional<quint64> placeOf(quint64 row) const {
    if (row >= places_.size() || places_[row] == none) return std::nullopt;
    return places_[row];
  }
  const std::vector<quint32> &rows() const { return rows_; }

  /// The same without rows from `end` on, and without those for which `isGone(row)`.
  template <typename IsGone>
  SortedRows without(quint64 end, IsGone isGone) const {
    std::vector<quint32> rows;
    rows.reserve(rows_.size());
    quint64 valued = 0;
    for (std::size_t place = 0; place < rows_.size(); ++place) {
      if (rows_[place] >= end || isGone(rows_[place])) continue;
      rows.push_back(rows_[place]);
      if (place < valued_) ++valued;
    }
    return {std::move(rows), valued, std::min<quint64>(end, places_.size())};
  }

 private:
  static constexpr quint32 none = std::numeric_limits<quint32>::max();
  std::vector<quint32> rows_;
  quint64 valued_;
  std::vector<quint32> places_;  // by row
};

}  // namespace octetscope
