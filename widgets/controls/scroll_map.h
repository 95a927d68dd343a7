// ScrollMap: 64-bit rows behind a 32-bit scroll bar, as plain arithmetic. Where there are more rows than values, values
// are spread over the rows, the first and the last exact; whoever scrolls by rows keeps the row itself and only shows
// the value.
#pragma once

#include <QtGlobal>

#include <algorithm>

namespace octetscope {

class ScrollMap {
 public:
  /// Values a scroll bar may take; far below 2^31, because QScrollBar and some styles add page steps to it.
  static constexpr int largest = 1 << 30;

  /// `lastTop`: the largest row that can stand at the top.
  explicit ScrollMap(quint64 lastTop = 0) : lastTop_(lastTop) {}

  quint64 lastTop() const { return lastTop_; }
  int maximum() const { return lastTop_ > largest ? largest : static_cast<int>(lastTop_); }
  bool isExact() const { return lastTop_ <= largest; }

  /// Rises with `row`; rows beyond the last count as the last.
  int valueOf(quint64 row) const {
    if (row >= lastTop_) return maximum();
    return isExact() ? static_cast<int>(row) : static_cast<int>(static_cast<Wide>(row) * largest / lastTop_);
  }
  quint64 rowOf(int value) const {
    if (value <= 0) return 0;
    if (value >= maximum()) return lastTop_;
    if (isExact()) return static_cast<quint64>(value);
    // Rounded up, so that the value of this row is `value` again.
    const auto product = static_cast<Wide>(lastTop_) * static_cast<unsigned>(value);
    return static_cast<quint64>((product + largest - 1) / largest);
  }
  /// A page step that draws the handle as large as `rows` rows; at least 1.
  int pageStep(quint64 rows) const {
    if (isExact()) return static_cast<int>(std::clamp<quint64>(rows, 1, largest));
    const auto step = static_cast<quint64>(static_cast<Wide>(rows) * largest / lastTop_);
    return static_cast<int>(std::clamp<quint64>(step, 1, largest));
  }

 private:
  __extension__ using Wide = unsigned __int128;
  quint64 lastTop_;
};

}  // namespace octetscope
