// ByteAlignment: two byte strings side by side, as cells: which byte of the one stands beside which byte of the other.
// Either byte for byte from their begins, or so that the fewest bytes are inserted and removed. A cell where both have
// a byte may still differ: byte for byte, nothing was compared. A plain value.
#pragma once

#include "model/bytes/byte_view.h"

#include <array>
#include <atomic>
#include <optional>
#include <vector>

namespace octetscope {

/// The two that are compared.
enum class Side : quint8 { Left, Right };

class ByteAlignment {
 public:
  /// Bytes that stand beside each other, from the begins of both ranges on; where one is longer, its last ones stand
  /// alone.
  struct Piece {
    quint64 cell = 0;  ///< where it begins
    std::array<ByteRange, 2> ranges;

    const ByteRange &of(Side side) const { return ranges[static_cast<std::size_t>(side)]; }
    quint64 cells() const { return std::max(ranges[0].size(), ranges[1].size()); }
    quint64 end() const { return cell + cells(); }
    bool operator==(const Piece &) const = default;
  };

  ByteAlignment() = default;
  /// Byte for byte.
  ByteAlignment(quint64 leftSize, quint64 rightSize);

  /// Edits that are looked for at most: beyond it two strings have little in common, and the search would become long.
  static constexpr int mostEdits = 4000;
  /// With the fewest bytes inserted and removed. None: that takes more than `most` of them, or it was cancelled. Time
  /// grows with the sizes times the edits, memory with the edits' square (16 MB for 4,000), none of it with the square
  /// of the sizes.
  static std::optional<ByteAlignment> fewestEdits(ByteView left, ByteView right, const std::atomic<bool> &isCancelled,
                                                  int most = mostEdits);

  const std::vector<Piece> &pieces() const { return pieces_; }
  quint64 cellCount() const { return pieces_.empty() ? 0 : pieces_.back().end(); }

  struct Cell {
    std::array<std::optional<quint64>, 2> offsets;  ///< none: nothing stands there
    std::optional<quint64> of(Side side) const { return offsets[static_cast<std::size_t>(side)]; }
  };
  /// Of `cell` < cellCount(). O(log pieces).
  Cell at(quint64 cell) const;
  /// The index of the piece that holds `cell` < cellCount().
  std::size_t pieceAt(quint64 cell) const;
  /// Where byte `offset` of one side stands; cellCount() for one behind its end.
  quint64 cellOf(Side side, quint64 offset) const;

 private:
  void append(quint64 left, quint64 right);

  std::vector<Piece> pieces_;
};

}  // namespace octetscope
