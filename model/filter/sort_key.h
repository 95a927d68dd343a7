// SortKey: the front of a value, in an order that plain numbers have: many rows are sorted without reading them again.
#pragma once

#include "model/filter/filter_value.h"

#include <compare>

namespace octetscope {

/// The order is that of a filter's `<`: numbers exactly, text and bytes byte by byte; numbers before NaN before text.
/// Whole numbers beyond 64 bits are told apart as far as a double does.
struct SortKey {
  static constexpr quint64 bytesOfText = 16;

  enum class Kind : quint8 { Number, NotANumber, Text };
  Kind kind = Kind::Number;
  quint8 size = 0;  ///< of text: its bytes behind those skipped, bytesOfText + 1 where there are more
  quint64 high = 0;
  quint64 low = 0;

  /// `skip`: how many bytes of a text are known to be the same.
  static SortKey of(const FilterValue &value, quint64 skip = 0);
  /// Equal ones may differ behind what was looked at.
  bool isCut() const { return size > bytesOfText; }

  auto operator<=>(const SortKey &other) const {
    if (const auto by = kind <=> other.kind; by != 0) return by;
    if (const auto by = high <=> other.high; by != 0) return by;
    if (const auto by = low <=> other.low; by != 0) return by;
    return size <=> other.size;
  }
  bool operator==(const SortKey &other) const = default;
};

}  // namespace octetscope
