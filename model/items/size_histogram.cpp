#include "model/items/size_histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace octetscope {

std::size_t SizeHistogram::placeOf(quint64 size) {
  if (size >> exactBits == 0) return size;
  const int above = std::bit_width(size) - 1 - stepBits;  // bits that are not told apart
  const auto doubling = static_cast<std::size_t>(std::bit_width(size) - 1 - exactBits);
  return (1U << exactBits) + (doubling << stepBits) + ((size >> above) & ((1U << stepBits) - 1));
}

/// The largest size that is counted at `place`.
quint64 SizeHistogram::lastOf(std::size_t place) {
  if (place >> exactBits == 0) return place;
  const std::size_t beyond = place - (1U << exactBits);
  const int above = static_cast<int>(beyond >> stepBits) + exactBits - stepBits;
  const quint64 head = (1ULL << stepBits) + (beyond & ((1U << stepBits) - 1));
  return (head << above) + ((1ULL << above) - 1);
}

void SizeHistogram::add(quint64 size) {
  const std::size_t place = placeOf(size);
  if (place >= counts_.size()) counts_.resize(place + 1);
  ++counts_[place];
  ++count_;
  sum_ += size;
  smallest_ = std::min(smallest_, size);
  largest_ = std::max(largest_, size);
}

quint64 SizeHistogram::quantile(double part) const {
  if (count_ == 0) return 0;
  const auto rank = static_cast<quint64>(std::ceil(part * static_cast<double>(count_)));
  quint64 seen = 0;
  for (std::size_t place = 0; place < counts_.size(); ++place) {
    seen += counts_[place];
    if (seen >= std::max<quint64>(rank, 1)) return std::clamp(lastOf(place), smallest_, largest_);
  }
  return largest_;
}

}  // namespace octetscope
