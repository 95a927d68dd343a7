// ShownOrder: rows in a sorted order as a list shows them, until they are sorted again: some are left out, because they
// are listed no more; some came to be listed since and stand behind the sorted ones; all may be turned round. A value.
#pragma once

#include "model/items/sorted_rows.h"

#include <memory>
#include <vector>

namespace octetscope {

class ShownOrder {
 public:
  /// Null: the order of arrival is shown, and nothing is covered.
  const std::shared_ptr<const SortedRows> &sorted() const { return sorted_; }
  /// All of `sorted`, nothing late. Returns what was there before.
  std::shared_ptr<const SortedRows> exchange(std::shared_ptr<const SortedRows> sorted, bool isTurned);

  /// Rows below this have their place here, or are not listed; those from there on are not here.
  quint64 covered() const { return covered_; }
  /// How many rows are shown.
  quint64 count() const { return sortedCount() + late_.size(); }
  /// Its row at `position` < count().
  quint64 rowAt(quint64 position) const;
  /// The position of a row below covered() that is shown.
  quint64 positionOf(quint64 row) const;
  /// It is what sorting would give: nothing is left out, nothing late.
  bool isExact() const { return holes_.empty() && late_.empty(); }
  /// Rows that are left out, in no order, and those that are late.
  std::vector<quint64> leftOut() const;
  const std::vector<quint64> &late() const { return late_; }

  /// A row below covered() is listed now, and stands behind all.
  void addLate(quint64 row) { late_.push_back(row); }
  /// A row is shown no more.
  void remove(quint64 row);
  /// After a sorting that did not know yet whether `row` is listed.
  void correct(quint64 row, bool isListed);
  /// Rows from `end` on are not here any more: `inPlace`, they are left out one by one, else all is written anew, in
  /// about 2 ms for half a million.
  void cut(quint64 end, bool inPlace);
  bool isTurned() const { return isTurned_; }
  /// The other way round. Rows without a value stand last all the same.
  void turn();

 private:
  quint64 sortedCount() const { return sorted_ ? sorted_->size() - holes_.size() : 0; }
  /// Where a place among the sorted ones is shown, those left out included; the same the other way.
  quint64 turned(quint64 place) const {
    return isTurned_ && place < sorted_->valued() ? sorted_->valued() - 1 - place : place;
  }
  void leaveOut(quint64 row);

  std::shared_ptr<const SortedRows> sorted_;
  bool isTurned_ = false;
  quint64 covered_ = 0;         // 0 where nothing is sorted
  std::vector<quint64> holes_;  // where something is left out, as it is shown; rising
  std::vector<quint64> late_;
};

}  // namespace octetscope
