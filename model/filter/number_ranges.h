// NumberRanges: the whole numbers for which a condition holds, as rising ranges that do not touch: every comparison of
// a whole number with a written one, and every `in {…}`, is one look-up in it. What is written may be any number: 2.5
// is equal to none, and lies between 2 and 3.
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <limits>
#include <vector>

namespace octetscope {

enum class FilterRelation : quint8 { Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual };

/// Wide enough for signed and unsigned 64-bit numbers and for what is written beyond them.
__extension__ typedef __int128 WideNumber;

/// A written number: the whole number at or below it, and whether it is that.
struct WideBound {
  WideNumber floor = 0;
  bool isExact = true;
};

class NumberRanges {
 public:
  struct Range {
    WideNumber first;
    WideNumber last;
  };
  static constexpr WideNumber most = static_cast<WideNumber>(1) << 100;  ///< stands for itself and all beyond

  static NumberRanges where(FilterRelation relation, WideBound bound);
  /// Both ends belong to it.
  static NumberRanges between(WideBound low, WideBound high);
  static NumberRanges united(std::vector<Range> ranges);
  NumberRanges complement() const;

  const std::vector<Range> &ranges() const { return ranges_; }
  bool isEmpty() const { return ranges_.empty(); }
  bool contains(WideNumber number) const;

 private:
  std::vector<Range> ranges_;
};

/// The same, cut to the numbers of a type: one comparison for the usual single range.
template <typename T>
class RangesOf {
 public:
  explicit RangesOf(const NumberRanges &all) {
    constexpr auto low = static_cast<WideNumber>(std::numeric_limits<T>::min());
    constexpr auto high = static_cast<WideNumber>(std::numeric_limits<T>::max());
    for (const NumberRanges::Range &range : all.ranges()) {
      if (range.last < low || range.first > high) continue;
      const auto first = static_cast<quint64>(static_cast<T>(std::max(range.first, low)));
      const auto last = static_cast<quint64>(static_cast<T>(std::min(range.last, high)));
      ranges_.push_back({first, last - first});
    }
  }
  bool isEmpty() const { return ranges_.empty(); }
  bool isSingle() const { return ranges_.size() == 1; }
  /// Where there is one range alone.
  bool inSingle(T number) const {
    return static_cast<quint64>(number) - ranges_.front().first <= ranges_.front().width;
  }
  bool contains(T number) const {
    for (std::size_t low = 0, high = ranges_.size(); low < high;) {
      const std::size_t middle = low + (high - low) / 2;
      const Range &range = ranges_[middle];
      if (static_cast<quint64>(number) - range.first <= range.width) return true;
      if (number < static_cast<T>(range.first)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return false;
  }

 private:
  /// Wrapping makes one unsigned comparison of two.
  struct Range {
    quint64 first;
    quint64 width;
  };
  std::vector<Range> ranges_;
};

}  // namespace octetscope
