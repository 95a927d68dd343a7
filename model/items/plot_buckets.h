// PlotBuckets: any number of points in a few thousand buckets along one axis: how many lie in each, the least and the
// greatest value, and whose that is. A bucket begins at a multiple of its width; when points lie too far apart for the
// buckets there are, the width doubles. Memory is bounded, and so is what there is to draw.
#pragma once

#include <QtGlobal>

#include <vector>

namespace octetscope {

/// One of the points: where it lies along the axis, and whose it is.
struct PlotValue {
  double x = 0;
  double value = 0;
  quint64 message = 0;
  bool operator==(const PlotValue &) const = default;
};

struct PlotBucket {
  quint64 count = 0;
  double sum = 0;
  PlotValue least = {};     ///< of several the first message's
  PlotValue greatest = {};  ///< so too
  bool operator==(const PlotBucket &) const = default;

  static PlotBucket of(const PlotValue &point) { return {1, point.value, point, point}; }

  void add(const PlotBucket &other);
  double mean() const { return count == 0 ? 0 : sum / static_cast<double>(count); }
};

class PlotBuckets {
 public:
  static constexpr std::size_t mostBuckets = 2048;

  /// `width`: of a bucket at first, more than 0; 0: chosen by the first point, fine enough for what is near it.
  explicit PlotBuckets(double width = 1) : width_(width) {}

  /// False, and nothing is added, where one of them is no number, or beyond 1e300. Constant on average.
  bool add(double x, double value, quint64 message);

  double width() const { return width_; }
  /// Points of all buckets.
  quint64 count() const { return count_; }
  /// Those from the first to the last that holds a point; some between them may be empty.
  const std::vector<PlotBucket> &buckets() const { return buckets_; }
  /// Where a bucket begins.
  double begin(std::size_t bucket) const { return (first_ + static_cast<double>(bucket)) * width_; }
  /// The same points in wider buckets: at least `width` wide, and at most `most` of them that touch [from, to).
  PlotBuckets coarse(double width, std::size_t most, double from, double to) const;

 private:
  void widen();

  double width_;
  double first_ = 0;  // buckets_[0] begins at this many widths
  quint64 count_ = 0;
  std::vector<PlotBucket> buckets_;
};

}  // namespace octetscope
