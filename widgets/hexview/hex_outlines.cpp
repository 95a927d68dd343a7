// HexPainter's frames: around messages that are still arriving, and around what the user marked. A line is drawn where
// the byte above, below or beside is not part of it.
#include "widgets/hexview/hex_painter.h"
#include "widgets/hexview/hex_stretches.h"

namespace octetscope {

namespace {

/// Lines around what is in sight of `whole`, their middle `inset` inside it.
QList<QLineF> outlineOf(const HexGeometry &geometry, const HexPage &page, ByteRange whole, qreal inset, qreal pixel) {
  const auto perRow = static_cast<quint64>(geometry.bytesPerRow());
  const qreal rowHeight = geometry.metrics().rowHeight;
  const ByteRange shown = whole.intersected(page.range);
  QList<QLineF> lines;
  const auto lineOver = [&](HexColumn column, ByteRange bytes, qreal y) {
    if (bytes.isEmpty()) return;
    const qreal left = geometry.cellX(column, geometry.columnOf(bytes.begin));
    const qreal right = geometry.cellX(column, geometry.columnOf(bytes.end - 1)) + geometry.cellWidth(column);
    lines.append(QLineF(left, y, right, y));
  };
  eachStretch(geometry, shown, [&](HexColumn column, qreal x, qreal width, quint64 row) {
    const qreal top = static_cast<qreal>(row - page.topRow) * rowHeight;
    const qreal bottom = top + rowHeight - pixel;
    const ByteRange here = geometry.rows().rangeOf(row).intersected(shown);
    // Above: bytes whose upper neighbour lies before it. Below: whose lower neighbour lies behind it.
    const quint64 firstCovered = whole.begin + perRow;
    lineOver(column, here.intersected({here.begin, std::max(here.begin, firstCovered)}), top + inset);
    const quint64 lastCovered = whole.end > perRow ? whole.end - perRow : 0;
    lineOver(column, here.intersected({std::min(here.end, std::max(here.begin, lastCovered)), here.end}),
             bottom - inset);
    lines.append(QLineF(x + inset, top, x + inset, bottom));
    lines.append(QLineF(x + width - inset, top, x + width - inset, bottom));
  });
  return lines;
}

}  // namespace

void HexPainter::outlineIncomplete(QPainter &painter, const HexGeometry &geometry, const HexPage &page) const {
  // Spans of one incomplete message lie side by side: they get one outline.
  for (std::size_t i = 0; i < page.spans.size();) {
    if (page.spans[i].status != Status::Incomplete) {
      ++i;
      continue;
    }
    ByteRange whole = page.spans[i].range;
    const bool isOdd = page.spans[i].isOdd;
    for (++i; i < page.spans.size() && page.spans[i].status == Status::Incomplete && page.spans[i].isOdd == isOdd;
         ++i) {
      whole.end = page.spans[i].range.end;
    }
    QPen pen(theme_.status(Status::Incomplete), 1.5, Qt::DashLine);
    pen.setCapStyle(Qt::FlatCap);
    painter.setPen(pen);
    painter.drawLines(outlineOf(geometry, page, whole, 0.75, pixel_));
  }
}

void HexPainter::drawMarks(QPainter &painter, const HexGeometry &geometry, const HexPage &page) const {
  painter.setFont(letterFont_);
  std::optional<quint64> lastRow;
  for (const HexMark &mark : page.marks) {
    const QColor color = theme_.mark(mark.color);
    QPen pen(color, 2);
    pen.setCapStyle(Qt::FlatCap);
    painter.setPen(pen);
    painter.drawLines(outlineOf(geometry, page, mark.range, 1, pixel_));
    // What the colour says, said by a glyph: before the row in which it begins, or the first in sight. Of several
    // beginning in a row the first has it.
    const quint64 row = geometry.rowOf(std::max(mark.range.begin, page.range.begin));
    if (row == lastRow || !page.range.overlaps(mark.range)) continue;
    lastRow = row;
    const qreal right = geometry.cellX(HexColumn::Hex, 0);
    const qreal left = geometry.offsetX() + geometry.offsetDigits() * metrics_.charWidth;
    painter.drawText(
        QRectF(left, static_cast<qreal>(row - page.topRow) * metrics_.rowHeight, right - left, metrics_.rowHeight),
        Qt::AlignCenter | Qt::TextDontClip, Theme::glyph(mark.color));
  }
}

}  // namespace octetscope
