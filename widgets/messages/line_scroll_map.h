// LineScrollMap: 64-bit positions behind a 32-bit scroll bar. Plain arithmetic. Where the positions fit they are the
// bar's values; where they do not, the bar's values are spread evenly over them, first and last exact.
#pragma once

#include <QtGlobal>

#include <algorithm>

namespace octetscope {

class LineScrollMap {
 public:
  /// Bars count to this: some styles compute with a little more than the maximum.
  static constexpr int mostSteps = 1 << 30;

  LineScrollMap() = default;
  /// Positions 0 to `last`, both reachable.
  explicit LineScrollMap(quint64 last) : last_(last) {}

  quint64 lastPosition() const { return last_; }
  int lastValue() const { return static_cast<int>(std::min<quint64>(last_, mostSteps)); }

  /// Rises with `position`; positions beyond the last count as the last.
  int toValue(quint64 position) const {
    position = std::min(position, last_);
    if (last_ <= mostSteps) return static_cast<int>(position);
    if (position == last_) return mostSteps;
    return static_cast<int>(static_cast<Wide>(position) * mostSteps / last_);
  }
  quint64 toPosition(int value) const {
    const quint64 v = static_cast<quint64>(std::clamp(value, 0, lastValue()));
    if (last_ <= mostSteps) return v;
    return static_cast<quint64>(static_cast<Wide>(v) * last_ / mostSteps);
  }

 private:
  __extension__ using Wide = unsigned __int128;
  quint64 last_ = 0;
};

}  // namespace octetscope
