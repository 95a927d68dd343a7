// SizeHistogram: how often each size was, in a few kilobytes however many there are: exact below 1,024, within 1 % of
// the size beyond. Plain value.
#pragma once

#include <QtGlobal>

#include <vector>

namespace octetscope {

class SizeHistogram {
 public:
  void add(quint64 size);
  quint64 count() const { return count_; }
  quint64 sum() const { return sum_; }
  /// 0 where nothing was added.
  quint64 smallest() const { return count_ == 0 ? 0 : smallest_; }
  quint64 largest() const { return largest_; }
  /// The smallest size that `part` (0 to 1) of all are not above; never beyond largest(). 0 where nothing was added.
  quint64 quantile(double part) const;

 private:
  static constexpr int exactBits = 10;
  static constexpr int stepBits = 7;  // beyond, 128 steps for each doubling
  static std::size_t placeOf(quint64 size);
  static quint64 lastOf(std::size_t place);

  std::vector<quint64> counts_;
  quint64 count_ = 0;
  quint64 sum_ = 0;
  quint64 smallest_ = ~0ULL;
  quint64 largest_ = 0;
};

}  // namespace octetscope
