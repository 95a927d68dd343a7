#include "widgets/hexview/hex_geometry.h"

#include <cmath>

namespace octetscope {

namespace {

constexpr int fitStep = 8;  // bytes that a row is made longer or shorter by

int digitsFor(quint64 size) {
  int digits = 8;
  // An even count, so that offsets read as bytes; 16 digits hold any.
  while (digits < 16 && size > 0 && (size - 1) >> (digits * 4) != 0) digits += 2;
  return digits;
}

}  // namespace

void HexGeometry::set(HexMetrics metrics, int bytesPerRow, quint64 size, Look look) {
  HexRows rows;
  rows.setRunning(bytesPerRow, size);
  set(metrics, std::move(rows), look);
}

void HexGeometry::set(HexMetrics metrics, HexRows rows, Look look) {
  metrics_ = metrics;
  rows_ = std::move(rows);
  look_ = look;
  look_.group = std::max(1, look.group);
  layOut();
}

void HexGeometry::layOut() {
  const bool isClose = look_.group == 2 || look_.group == 4;
  offsetDigits_ = digitsFor(size());
  hexCell_ = std::round(metrics_.charWidth * (isClose ? 2.1 : 2.75));
  groupGap_ = look_.group == 1 ? 0 : std::round(metrics_.charWidth * 1.25);
  hexX_ = offsetX() + offsetDigits_ * metrics_.charWidth + std::round(metrics_.charWidth * 1.5);
  const qreal hexRight = cellX(HexColumn::Hex, bytesPerRow() - 1) + hexCell_;
  textX_ = hexRight + std::round(metrics_.charWidth * 2);
  width_ = textX_ + bytesPerRow() * metrics_.charWidth + metrics_.margin;
}

int HexGeometry::bytesThatFit(HexMetrics metrics, quint64 size, qreal width, int most, Look look) {
  HexGeometry geometry;
  int bytes = fitStep;
  while (bytes + fitStep <= most) {
    geometry.set(metrics, bytes + fitStep, size, look);
    if (geometry.width() > width) break;
    bytes += fitStep;
  }
  return bytes;
}

ByteRange HexGeometry::rangeOfRows(quint64 first, quint64 count) const {
  const quint64 rows = rowCount();
  if (first >= rows || count == 0) return {size(), size()};
  const quint64 last = count > rows - first ? rows : first + count;
  return {offsetOfRow(first), last == rows ? size() : offsetOfRow(last)};
}

qreal HexGeometry::cellX(HexColumn column, int index) const {
  if (column == HexColumn::Text) return textX_ + index * metrics_.charWidth;
  return hexX_ + index * hexCell_ + (index / look_.group) * groupGap_;
}

QRectF HexGeometry::cellRect(HexColumn column, quint64 offset, quint64 topRow) const {
  const quint64 row = rowOf(offset);
  const qreal rows = row >= topRow ? static_cast<qreal>(row - topRow) : -static_cast<qreal>(topRow - row);
  return {cellX(column, columnOf(offset)), rows * metrics_.rowHeight, cellWidth(column), metrics_.rowHeight};
}

int HexGeometry::indexAt(HexColumn column, qreal x) const {
  const int last = bytesPerRow() - 1;
  if (column == HexColumn::Text) {
    return std::clamp(static_cast<int>(std::floor((x - textX_) / metrics_.charWidth)), 0, last);
  }
  const qreal groupWidth = look_.group * hexCell_ + groupGap_;
  const qreal in = std::clamp(x - hexX_, 0.0, width_);
  const int group = static_cast<int>(in / groupWidth);
  // The gap behind a group belongs to the group's last byte.
  const int inGroup = std::min(look_.group - 1, static_cast<int>((in - group * groupWidth) / hexCell_));
  return std::min(last, group * look_.group + inGroup);
}

HexGeometry::Place HexGeometry::placeAt(qreal x, qreal y, quint64 topRow) const {
  Place place;
  const qreal border = (cellX(HexColumn::Hex, bytesPerRow() - 1) + hexCell_ + textX_) / 2;
  place.column = x < border ? HexColumn::Hex : HexColumn::Text;
  if (size() == 0) return place;
  const qreal down = std::floor(y / metrics_.rowHeight);
  const quint64 lastRow = rowCount() - 1;
  quint64 row = 0;
  if (down < 0) {
    const quint64 up = static_cast<quint64>(std::min(-down, 1e9));
    row = topRow > up ? topRow - up : 0;
  } else {
    const quint64 by = static_cast<quint64>(std::min(down, 1e9));
    row = topRow >= lastRow || by > lastRow - topRow ? lastRow : topRow + by;
  }
  const int index = indexAt(place.column, x);
  const ByteRange here = rows_.rangeOf(row);
  const quint64 wanted = here.begin + static_cast<quint64>(index);
  place.offset = std::min(wanted, here.end - 1);
  const qreal left = cellX(place.column, index);
  place.exact = wanted < here.end && x >= left && x < left + cellWidth(place.column) && y >= 0 && down < 1e9 &&
                row == topRow + static_cast<quint64>(std::max(0.0, down));
  return place;
}

}  // namespace octetscope
