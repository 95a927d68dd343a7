// DifferenceGeometry: where the cells of two dumps side by side stand, as plain arithmetic: cell to row, column and
// pixel, and back. Knows no widget, font or painter.
#pragma once

#include "model/difference/byte_alignment.h"

#include <QRectF>

#include <algorithm>

namespace octetscope {

struct DifferenceGeometry {
  qreal charWidth = 8;
  qreal rowHeight = 18;
  quint64 cells = 0;
  int perRow = 16;       ///< bytes of each side in a row: a multiple of 8
  int offsetDigits = 8;  ///< in front of them
  int middle = 0;        ///< where the right side begins, if there is room, in characters

  /// As many bytes a row as `width` has room for, 8 at least and 32 at most; the right side begins at half of it.
  void fit(qreal width);

  quint64 rows() const { return (cells + static_cast<quint64>(perRow) - 1) / static_cast<quint64>(perRow); }
  quint64 rowOf(quint64 cell) const { return cell / static_cast<quint64>(perRow); }
  int columnOf(quint64 cell) const { return static_cast<int>(cell % static_cast<quint64>(perRow)); }
  /// Cells of a row, those that are there.
  ByteRange cellsOf(quint64 row) const;

  // In characters, from the left.
  int sideWidth() const { return offsetDigits + 2 + hexWidth() + 1 + perRow; }
  int sideX(Side side) const { return side == Side::Left ? 1 : std::max(leastRightX(), middle); }
  int signX() const { return sideX(Side::Right) - signWidth + 1; }
  int hexX(int column) const { return offsetDigits + 2 + column * 3 + column / 8; }
  int textX(int column) const { return offsetDigits + 2 + hexWidth() + 1 + column; }

  // In pixels, where the row at y = 0 is `top`.
  qreal width() const { return (sideX(Side::Right) + sideWidth() + 1) * charWidth; }
  QRectF hexRect(Side side, quint64 cell, quint64 top) const;
  QRectF textRect(Side side, quint64 cell, quint64 top) const;
  struct Place {
    Side side = Side::Left;
    quint64 cell = 0;
  };
  /// The nearest cell; none where there are none.
  std::optional<Place> placeAt(QPointF point, quint64 top) const;

  static constexpr int signWidth = 3;  ///< between the two sides

 private:
  int leastRightX() const { return sideWidth() + 1 + signWidth; }
  int hexWidth() const { return perRow * 3 + perRow / 8 - 2; }
  QRectF rect(int x, int characters, quint64 cell, quint64 top) const;
};

}  // namespace octetscope
