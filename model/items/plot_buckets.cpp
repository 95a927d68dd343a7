#include "model/items/plot_buckets.h"

#include <algorithm>
#include <cmath>

namespace octetscope {

namespace {

constexpr double mostIndex = 4503599627370496.0;  // 2^52: every whole number up to it and its neighbours are exact
constexpr double mostNumber = 1e300;              // differences and sums of those are finite
constexpr int fineBits = 20;

}  // namespace

void PlotBucket::add(const PlotBucket &other) {
  if (other.count == 0) return;
  if (count == 0) {
    *this = other;
    return;
  }
  count += other.count;
  sum += other.sum;
  const auto isFirst = [](const PlotValue &a, const PlotValue &b) {
    return a.value == b.value && a.message < b.message;
  };
  if (other.least.value < least.value || isFirst(other.least, least)) least = other.least;
  if (other.greatest.value > greatest.value || isFirst(other.greatest, greatest)) greatest = other.greatest;
}

/// Twice as wide; two by two become one.
void PlotBuckets::widen() {
  width_ *= 2;
  if (buckets_.empty()) return;
  const double first = std::floor(first_ / 2);
  const std::size_t shift = first * 2 == first_ ? 0 : 1;
  const std::size_t count = (buckets_.size() + shift + 1) / 2;
  for (std::size_t i = 0; i < count; ++i) {
    PlotBucket both;
    if (2 * i >= shift) both.add(buckets_[2 * i - shift]);
    if (2 * i + 1 - shift < buckets_.size()) both.add(buckets_[2 * i + 1 - shift]);
    buckets_[i] = both;
  }
  buckets_.resize(count);
  first_ = first;
}

bool PlotBuckets::add(double x, double value, quint64 message) {
  if (!(std::abs(x) <= mostNumber && std::abs(value) <= mostNumber)) return false;  // nor where one is no number
  if (width_ == 0) width_ = std::ldexp(1.0, std::max(x == 0 ? 0 : std::ilogb(x), -900) - fineBits);
  while (std::abs(x / width_) > mostIndex) widen();
  double index = std::floor(x / width_);
  // Compared before they are subtracted as whole numbers: they may lie further apart than any vector is long.
  while (!buckets_.empty() &&
         (index - first_ >= static_cast<double>(mostBuckets) ||
          first_ + static_cast<double>(buckets_.size()) - index > static_cast<double>(mostBuckets))) {
    widen();
    index = std::floor(x / width_);
  }
  if (buckets_.empty()) first_ = index;
  if (index < first_) {
    buckets_.insert(buckets_.begin(), static_cast<std::size_t>(first_ - index), PlotBucket());
    first_ = index;
  }
  const auto at = static_cast<std::size_t>(index - first_);
  if (at >= buckets_.size()) buckets_.resize(at + 1);
  buckets_[at].add(PlotBucket::of({x, value, message}));
  ++count_;
  return true;
}

PlotBuckets PlotBuckets::coarse(double width, std::size_t most, double from, double to) const {
  PlotBuckets wide = *this;
  const auto touched = [&] {
    const double end = wide.first_ + static_cast<double>(wide.buckets_.size());
    return std::min(to / wide.width_, end) - std::max(from / wide.width_, wide.first_);
  };
  while (!buckets_.empty() &&
         (wide.width_ < width || touched() > static_cast<double>(std::max<std::size_t>(most, 1)))) {
    wide.widen();
  }
  return wide;
}

}  // namespace octetscope
