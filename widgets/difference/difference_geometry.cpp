#include "widgets/difference/difference_geometry.h"

#include <algorithm>
#include <cmath>

namespace octetscope {

void DifferenceGeometry::fit(qreal width) {
  constexpr int most = 32;
  middle = 0;
  perRow = most;
  while (perRow > 8 && this->width() > width) perRow -= 8;
  middle = static_cast<int>(width / 2 / charWidth);
  if (this->width() > width) middle = 0;
}

ByteRange DifferenceGeometry::cellsOf(quint64 row) const {
  const quint64 begin = std::min(cells, row * static_cast<quint64>(perRow));
  return {begin, std::min(cells, begin + static_cast<quint64>(perRow))};
}

QRectF DifferenceGeometry::rect(int x, int characters, quint64 cell, quint64 top) const {
  const auto row = static_cast<qreal>(static_cast<qint64>(rowOf(cell) - top));
  return {x * charWidth, row * rowHeight, characters * charWidth, rowHeight};
}

QRectF DifferenceGeometry::hexRect(Side side, quint64 cell, quint64 top) const {
  return rect(sideX(side) + hexX(columnOf(cell)), 2, cell, top);
}

QRectF DifferenceGeometry::textRect(Side side, quint64 cell, quint64 top) const {
  return rect(sideX(side) + textX(columnOf(cell)), 1, cell, top);
}

std::optional<DifferenceGeometry::Place> DifferenceGeometry::placeAt(QPointF point, quint64 top) const {
  if (cells == 0) return std::nullopt;
  const qreal x = point.x() / charWidth;
  Place place;
  place.side = x < signX() + signWidth / 2.0 ? Side::Left : Side::Right;
  const qreal inSide = x - sideX(place.side);
  int nearest = 0;
  qreal least = std::numeric_limits<qreal>::infinity();
  for (int column = 0; column < perRow; ++column) {
    const qreal off = std::min(std::abs(inSide - (hexX(column) + 1)), std::abs(inSide - (textX(column) + 0.5)));
    if (off < least) least = off, nearest = column;
  }
  const auto row = static_cast<quint64>(
      std::clamp(static_cast<qreal>(top) + std::floor(point.y() / rowHeight), 0.0, static_cast<qreal>(rows() - 1)));
  place.cell = std::min(row * static_cast<quint64>(perRow) + static_cast<quint64>(nearest), cells - 1);
  return place;
}

}  // namespace octetscope
