// Mark: a range of a stream that the user wants to find again, with a colour and a note. Bytes never move, so the range
// is what it is kept by, whatever framing reads them.
#pragma once

#include "model/capture/stream.h"

#include <QString>

#include <compare>

namespace octetscope {

/// What marks are told apart by; which colour and which glyph that is, a view says.
enum class MarkColor : quint8 { Green, Blue, Purple, Red, Yellow, Grey };
inline constexpr int markColorCount = 6;

/// There is one mark at a place.
struct MarkPlace {
  int connection = 0;  ///< its number in the capture
  Direction direction = Direction::In;
  ByteRange range;  ///< in the stream; never empty

  bool operator==(const MarkPlace &) const = default;
  /// By connection, direction, begin, end.
  std::strong_ordering operator<=>(const MarkPlace &other) const {
    if (const auto order = connection <=> other.connection; order != 0) return order;
    if (const auto order = direction <=> other.direction; order != 0) return order;
    if (const auto order = range.begin <=> other.range.begin; order != 0) return order;
    return range.end <=> other.range.end;
  }
};

struct Mark {
  MarkPlace place;
  MarkColor color = MarkColor::Green;
  QString note = {};  ///< a line of text
  bool operator==(const Mark &) const = default;
};

}  // namespace octetscope
