// RibbonAxis: the one byte axis of the ribbon, as plain arithmetic: places in the streams of a connection to positions
// on the axis and back. It shows one direction, or both in the order of time: then every chunk of either direction
// takes as many positions as it has bytes, in the order of the stamps. What arrives later stands behind: a position
// never changes. Holds chunk tables, copies nothing; knows no pixels.
#pragma once

#include "model/capture/stream.h"

#include <array>
#include <optional>

namespace octetscope {

class RibbonAxis {
 public:
  struct Place {
    Direction direction = Direction::In;
    quint64 offset = 0;
    bool operator==(const Place &) const = default;
  };

  /// An axis without bytes.
  RibbonAxis() = default;
  /// `only`: the direction it shows; none: both. The views are of one moment: what comes later is stamped later.
  RibbonAxis(std::optional<Direction> only, const StreamView &in, const StreamView &out);

  bool shows(Direction direction) const { return !only_ || *only_ == direction; }
  bool showsBoth() const { return !only_; }
  /// Positions: bytes of the directions it shows.
  quint64 size() const { return sizeOf(Direction::In) + sizeOf(Direction::Out); }
  /// Bytes of `direction` that are on the axis: 0 of one that is not shown.
  quint64 sizeOf(Direction direction) const { return shows(direction) ? sizes_[at(direction)] : 0; }

  /// Where byte `offset` < sizeOf(direction) stands. O(log chunks).
  quint64 positionOf(Direction direction, quint64 offset) const;
  /// The position behind the byte before `offset` <= sizeOf(direction): where a range that ends there ends. 0 for 0.
  quint64 endOf(Direction direction, quint64 offset) const {
    return offset == 0 ? 0 : positionOf(direction, offset - 1) + 1;
  }
  /// A position, and what stands before it: look-ups that begin there need no search.
  struct Border {
    std::array<quint64, 2> bytes = {};   ///< of each direction
    std::array<quint64, 2> chunks = {};  ///< of each direction that begin at it or before
  };
  /// `position` may lie behind the end. O(log chunks).
  Border borderAt(quint64 position) const;
  /// The chunk that holds byte `offset` < sizeOf(direction); `near`: a border that is probably next to it.
  quint64 chunkAt(Direction direction, quint64 offset, const Border &near) const;
  /// The same as endOf(), by a border that is probably next to it.
  quint64 endOf(Direction direction, quint64 offset, const Border &near) const;
  /// From the place of the first byte of `range` to behind that of its last; `range` has bytes, and all are there.
  ByteRange spanOf(Direction direction, ByteRange range, const Border &near) const;
  /// The byte at `position` < size(). O(log chunks).
  Place placeAt(quint64 position) const;
  /// Bytes of `direction` that stand before `position`, which may lie behind the end. O(log chunks).
  quint64 bytesBefore(Direction direction, quint64 position) const;
  /// Where the bytes of `direction` that follow byte `offset` < sizeOf(direction) on the axis without a byte of the
  /// other direction between them end: an offset. O(log chunks).
  quint64 runEnd(Direction direction, quint64 offset) const;

 private:
  static std::size_t at(Direction direction) { return static_cast<std::size_t>(direction); }
  const ChunkView &chunksOf(Direction direction) const { return chunks_[at(direction)]; }
  quint64 offsetOfChunk(Direction direction, quint64 chunk) const;
  quint64 othersBefore(Direction direction, quint64 chunk) const;
  quint64 othersBefore(Direction direction, quint64 chunk, const Border &near) const;
  std::array<quint64, 2> chunksBegunAt(quint64 position) const;
  Direction underWay(std::array<quint64, 2> begun) const;

  std::optional<Direction> only_ = Direction::In;
  std::array<ChunkView, 2> chunks_;
  std::array<quint64, 2> sizes_ = {};
};

}  // namespace octetscope
