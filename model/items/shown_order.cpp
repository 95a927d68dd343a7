#include "model/items/shown_order.h"

#include <algorithm>
#include <utility>

namespace octetscope {

std::shared_ptr<const SortedRows> ShownOrder::exchange(std::shared_ptr<const SortedRows> sorted, bool isTurned) {
  isTurned_ = isTurned;
  covered_ = sorted ? sorted->covered() : 0;
  holes_.clear();
  late_.clear();
  return std::exchange(sorted_, std::move(sorted));
}

quint64 ShownOrder::rowAt(quint64 position) const {
  if (position >= sortedCount()) return late_[position - sortedCount()];
  for (const quint64 hole : holes_) {
    if (hole > position) break;
    ++position;
  }
  return sorted_->rowAt(turned(position));
}

quint64 ShownOrder::positionOf(quint64 row) const {
  if (const auto at = std::ranges::find(late_, row); at != late_.end()) {
    return sortedCount() + static_cast<quint64>(at - late_.begin());
  }
  const auto place = sorted_->placeOf(row);
  if (!place) return 0;
  const quint64 shown = turned(*place);
  return shown - static_cast<quint64>(std::ranges::lower_bound(holes_, shown) - holes_.begin());
}

std::vector<quint64> ShownOrder::leftOut() const {
  std::vector<quint64> rows;
  for (const quint64 hole : holes_) rows.push_back(sorted_->rowAt(turned(hole)));
  return rows;
}

void ShownOrder::leaveOut(quint64 row) {
  const auto place = sorted_->placeOf(row);
  if (!place) return;
  const quint64 shown = turned(*place);
  const auto at = std::ranges::lower_bound(holes_, shown);
  if (at == holes_.end() || *at != shown) holes_.insert(at, shown);
}

void ShownOrder::remove(quint64 row) {
  if (const auto at = std::ranges::find(late_, row); at != late_.end()) {
    late_.erase(at);
  } else {
    leaveOut(row);
  }
}

void ShownOrder::correct(quint64 row, bool isListed) {
  if (row >= covered_) return;
  if (!isListed) return leaveOut(row);
  if (!sorted_->placeOf(row)) late_.push_back(row);
}

void ShownOrder::cut(quint64 end, bool inPlace) {
  if (inPlace) {
    for (quint64 row = end; row < covered_; ++row) leaveOut(row);
  } else {
    std::vector<quint64> gone = leftOut();
    std::ranges::sort(gone);
    sorted_ = std::make_shared<const SortedRows>(
        sorted_->without(end, [&gone](quint64 row) { return std::ranges::binary_search(gone, row); }));
    holes_.clear();
  }
  covered_ = end;
  std::erase_if(late_, [end](quint64 row) { return row >= end; });
}

void ShownOrder::turn() {
  std::vector<quint64> places;
  for (const quint64 hole : holes_) places.push_back(turned(hole));
  isTurned_ = !isTurned_;
  for (std::size_t i = 0; i < places.size(); ++i) holes_[i] = turned(places[i]);
  std::ranges::sort(holes_);
}

}  // namespace octetscope
