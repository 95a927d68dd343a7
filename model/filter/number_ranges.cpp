#include "model/filter/number_ranges.h"

#include <algorithm>

namespace octetscope {

NumberRanges NumberRanges::where(FilterRelation relation, WideBound bound) {
  NumberRanges result;
  const auto add = [&](WideNumber first, WideNumber last) {
    if (first <= last) result.ranges_.push_back({first, last});
  };
  const WideNumber floor = bound.floor;
  switch (relation) {
    case FilterRelation::Equal:
      if (bound.isExact) add(floor, floor);
      break;
    case FilterRelation::NotEqual:
      if (bound.isExact) {
        add(-most, floor - 1);
        add(floor + 1, most);
      } else {
        add(-most, most);
      }
      break;
    case FilterRelation::Less:
      add(-most, bound.isExact ? floor - 1 : floor);
      break;
    case FilterRelation::LessOrEqual:
      add(-most, floor);
      break;
    case FilterRelation::Greater:
      add(floor + 1, most);
      break;
    case FilterRelation::GreaterOrEqual:
      add(bound.isExact ? floor : floor + 1, most);
      break;
  }
  return result;
}

NumberRanges NumberRanges::between(WideBound low, WideBound high) {
  NumberRanges result;
  const WideNumber first = low.isExact ? low.floor : low.floor + 1;
  if (first <= high.floor) result.ranges_.push_back({first, high.floor});
  return result;
}

NumberRanges NumberRanges::united(std::vector<Range> ranges) {
  std::ranges::sort(ranges, {}, &Range::first);
  NumberRanges result;
  for (const Range &range : ranges) {
    if (!result.ranges_.empty() && range.first <= result.ranges_.back().last + 1) {
      result.ranges_.back().last = std::max(result.ranges_.back().last, range.last);
    } else {
      result.ranges_.push_back(range);
    }
  }
  return result;
}

NumberRanges NumberRanges::complement() const {
  NumberRanges result;
  WideNumber from = -most;
  for (const Range &range : ranges_) {
    if (from < range.first) result.ranges_.push_back({from, range.first - 1});
    from = range.last + 1;
  }
  if (from <= most) result.ranges_.push_back({from, most});
  return result;
}

bool NumberRanges::contains(WideNumber number) const {
  const auto after = std::ranges::upper_bound(ranges_, number, {}, &Range::first);
  return after != ranges_.begin() && number <= std::prev(after)->last;
}

}  // namespace octetscope
