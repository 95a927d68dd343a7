#include "widgets/hexview/hex_painter.h"

#include "model/structs/value.h"
#include "widgets/hexview/hex_letters.h"
#include "widgets/hexview/hex_span_ink.h"
#include "widgets/hexview/hex_stretches.h"

#include <QFontMetricsF>

#include <cmath>

namespace octetscope {

void HexPainter::setFont(const QFont &font, qreal pixelRatio) {
  font_ = QRawFont::fromFont(font);
  pixel_ = 1 / std::max<qreal>(pixelRatio, 0.1);
  const auto up = [this](qreal value) { return std::ceil(value / pixel_ - 0.05) * pixel_; };
  const QFontMetricsF fontMetrics(font);
  metrics_.charWidth = std::max(pixel_, up(fontMetrics.horizontalAdvance(u'0')));
  const qreal height = fontMetrics.ascent() + fontMetrics.descent();
  metrics_.rowHeight = std::max(4 * pixel_, up(height * 1.2));
  metrics_.margin = metrics_.charWidth;
  ascent_ = up((metrics_.rowHeight - height) / 2 + fontMetrics.ascent() - pixel_ / 2);

  letterFont_ = font;
  QString all = QStringLiteral("0123456789ABCDEF");
  for (char16_t c = 0; c < 0x100; ++c) all += isPlainCharacter(c) ? QChar(c) : QChar(u' ');
  all += QChar(u'\u00b7');
  const QList<quint32> glyphs = font_.glyphIndexesForString(all);
  if (glyphs.size() != all.size()) return;  // a font without Latin letters: rows stay blank rather than wrong
  std::copy_n(glyphs.begin(), 16, digits_.begin());
  std::copy_n(glyphs.begin() + 16, 256, text_.begin());
  placeholder_ = glyphs.last() != 0 ? glyphs.last() : text_['.'];
}

void HexPainter::putLetter(bool isSelected, char32_t letter, QRectF cells, qreal baseline) {
  if (letter == noLetter) {
    put(isSelected ? Selected : Muted, placeholder_, cells.left(), baseline);
  } else if (letter < text_.size() && text_[letter] != 0) {
    put(isSelected ? Selected : Normal, text_[letter], cells.left(), baseline);
  } else {
    letters_.push_back({letter, cells, isSelected});
  }
}

void HexPainter::drawLetters(QPainter &painter, const QPalette &palette) {
  if (letters_.empty()) return;
  painter.setFont(letterFont_);
  for (const Letter &letter : letters_) {
    painter.setPen(palette.color(letter.isSelected ? QPalette::HighlightedText : QPalette::Text));
    painter.drawText(letter.cells, Qt::AlignHCenter | Qt::AlignVCenter, QString::fromUcs4(&letter.character, 1));
  }
  letters_.clear();
}

void HexPainter::putNumber(quint64 number, qreal right, qreal baseline) {
  do {
    right -= metrics_.charWidth;
    put(Normal, digits_[number % 10], right, baseline);
    number /= 10;
  } while (number > 0);
}

void HexPainter::putHex(Ink ink, quint64 value, int digits, qreal x, qreal baseline) {
  for (int digit = digits - 1; digit >= 0; --digit) {
    put(ink, digits_[(value >> (digit * 4)) & 15], x, baseline);
    x += metrics_.charWidth;
  }
}

void HexPainter::drawRuns(QPainter &painter, const QPalette &palette) {
  const std::array<QColor, InkCount> inks = {palette.color(QPalette::Text), theme_.mutedText(),
                                             palette.color(QPalette::HighlightedText)};
  for (std::size_t ink = 0; ink < InkCount; ++ink) {
    Run &run = runs_[ink];
    if (run.glyphs.isEmpty()) continue;
    QGlyphRun glyphs;
    glyphs.setRawFont(font_);
    glyphs.setRawData(run.glyphs.constData(), run.positions.constData(), static_cast<int>(run.glyphs.size()));
    painter.setPen(inks[ink]);
    painter.drawGlyphRun({}, glyphs);
    run.glyphs.resize(0);  // keeps the memory for the next page
    run.positions.resize(0);
  }
}

void HexPainter::paintHeader(QPainter &painter, const HexGeometry &geometry, const HexPage &page,
                             const QPalette &palette, QRectF area) {
  theme_ = Theme::of(palette);
  painter.fillRect(area, palette.color(QPalette::AlternateBase));
  const QColor line = palette.color(QPalette::Mid);
  painter.fillRect(QRectF(area.left(), area.bottom() - pixel_, area.width(), pixel_), line);
  const int caretColumn = page.caret ? geometry.columnOf(*page.caret) : -1;
  const qreal baseline = area.top() + ascent_;
  for (int i = 0; i < geometry.bytesPerRow(); ++i) {
    const qreal x = geometry.cellX(HexColumn::Hex, i) + geometry.digitInset();
    putHex(i == caretColumn ? Normal : Muted, static_cast<quint64>(i), 2, x, baseline);
  }
  drawRuns(painter, palette);
}

void HexPainter::paintRows(QPainter &painter, const HexGeometry &geometry, const HexPage &page,
                           const QPalette &palette) {
  theme_ = Theme::of(palette);
  fillSpans(painter, geometry, page, palette);
  fillHits(painter, geometry, page);

  const ByteRange selected = page.selection.intersected(page.range);
  const QColor highlight = palette.color(page.hasFocus ? QPalette::Active : QPalette::Inactive, QPalette::Highlight);
  eachStretch(geometry, selected, [&](HexColumn, qreal x, qreal width, quint64 row) {
    const qreal y = static_cast<qreal>(row - page.topRow) * metrics_.rowHeight;
    painter.fillRect(QRectF(x, y, width, metrics_.rowHeight - pixel_), highlight);
  });

  const qreal inset = geometry.digitInset();
  const quint64 caretRow = page.caret ? geometry.rowOf(*page.caret) : ~0ULL;
  qreal baseline = ascent_;
  quint64 row = page.topRow;
  for (quint64 offset = page.range.begin; offset < page.range.end; ++row) {
    if (geometry.look().numberDigits > 0) {
      if (const auto number = geometry.rows().messageAt(row)) putNumber(*number, geometry.numberRight(), baseline);
    }
    putHex(row == caretRow ? Normal : Muted, offset, geometry.offsetDigits(), geometry.offsetX(), baseline);
    const quint64 rowEnd = std::min(page.range.end, geometry.rows().rangeOf(row).end);
    for (int i = 0; offset < rowEnd; ++offset, ++i) {
      const std::size_t at = offset - page.range.begin;
      const std::uint8_t byte = page.bytes[at];
      const bool isSelected = selected.contains(offset);
      const qreal x = geometry.cellX(HexColumn::Hex, i) + inset;
      const Ink ink = isSelected ? Selected : Normal;
      put(ink, digits_[byte >> 4], x, baseline);
      put(ink, digits_[byte & 15], x + metrics_.charWidth, baseline);
      const char32_t letter = at < page.letters.size() ? page.letters[at] : noLetter;
      if (letter == sameLetter || letter == U' ') continue;
      // It has the cells of all its bytes in this row.
      std::size_t end = at + 1;
      while (end - at < rowEnd - offset && end < page.letters.size() && page.letters[end] == sameLetter) ++end;
      const int last = i + static_cast<int>(end - at) - 1;
      putLetter(isSelected, letter,
                QRectF(geometry.spanX(HexColumn::Text, i), baseline - ascent_,
                       geometry.spanWidth(HexColumn::Text, i, last), metrics_.rowHeight),
                baseline);
    }
    baseline += metrics_.rowHeight;
  }
  drawRuns(painter, palette);
  drawLetters(painter, palette);

  outlineIncomplete(painter, geometry, page);
  drawEdges(painter, geometry, page);
  drawRestarts(painter, geometry, page);
  drawMarks(painter, geometry, page);
  drawCaret(painter, geometry, page, palette);
}

void HexPainter::fillSpans(QPainter &painter, const HexGeometry &geometry, const HexPage &page,
                           const QPalette &palette) const {
  const QColor base = palette.color(QPalette::Base);
  for (const HexSpan &span : page.spans) {
    const QColor color = groundOf(span, theme_, base);
    if (!color.isValid()) continue;
    const QBrush pattern = patternOf(span, theme_);
    eachStretch(geometry, span.range.intersected(page.range), [&](HexColumn, qreal x, qreal width, quint64 row) {
      const qreal y = static_cast<qreal>(row - page.topRow) * metrics_.rowHeight;
      const QRectF area(x, y, width, metrics_.rowHeight - pixel_);
      painter.fillRect(area, color);
      if (pattern.style() != Qt::NoBrush) painter.fillRect(area, pattern);
    });
  }
}

void HexPainter::fillHits(QPainter &painter, const HexGeometry &geometry, const HexPage &page) const {
  const QColor ground = theme_.found();
  const QColor line = theme_.foundEdge();
  for (const ByteRange &hit : page.hits) {
    eachStretch(geometry, hit.intersected(page.range), [&](HexColumn, qreal x, qreal width, quint64 row) {
      const qreal y = static_cast<qreal>(row - page.topRow) * metrics_.rowHeight;
      const qreal height = metrics_.rowHeight - pixel_;
      painter.fillRect(QRectF(x, y, width, height), ground);
      // Told by a line as well, for who does not tell the colours apart.
      painter.fillRect(QRectF(x, y + height - 2 * pixel_, width, 2 * pixel_), line);
    });
  }
}

void HexPainter::drawEdges(QPainter &painter, const HexGeometry &geometry, const HexPage &page) const {
  const auto draw = [&](quint64 end, qreal width, const QColor &color) {
    const quint64 last = end - 1;
    for (const auto column : {HexColumn::Hex, HexColumn::Text}) {
      const QRectF cell = geometry.cellRect(column, last, page.topRow);
      painter.fillRect(QRectF(cell.right() - width, cell.top(), width, cell.height() - pixel_), color);
    }
  };
  const QColor chunk = theme_.chunkEdge();
  const QColor message = theme_.messageEdge();
  for (const quint64 end : page.chunkEnds) draw(end, std::max<qreal>(1, pixel_), chunk);
  for (const quint64 end : page.messageEnds) draw(end, 2.5, message);
}

void HexPainter::drawRestarts(QPainter &painter, const HexGeometry &geometry, const HexPage &page) const {
  // A bar before the byte, stronger than any edge, with a flag that points into what is framed anew.
  const QColor color = theme_.restart();
  for (const quint64 offset : page.restarts) {
    for (const auto column : {HexColumn::Hex, HexColumn::Text}) {
      const QRectF cell = geometry.cellRect(column, offset, page.topRow);
      const qreal flag = std::min(cell.width(), cell.height()) * 0.42;
      painter.fillRect(QRectF(cell.left() - 1, cell.top(), 3.5, cell.height() - pixel_), color);
      painter.setPen(Qt::NoPen);
      painter.setBrush(color);
      const QPointF top(cell.left() + 2, cell.top());
      painter.drawPolygon(QPolygonF({top, top + QPointF(flag, 0), top + QPointF(0, flag)}));
    }
  }
}

void HexPainter::drawCaret(QPainter &painter, const HexGeometry &geometry, const HexPage &page,
                           const QPalette &palette) const {
  if (!page.caret || !page.range.contains(*page.caret)) return;
  painter.setBrush(Qt::NoBrush);
  for (const auto column : {HexColumn::Hex, HexColumn::Text}) {
    const bool isActive = page.hasFocus && column == page.activeColumn;
    const qreal width = isActive ? 2 : 1;
    // Two lines, light in dark: seen on every background.
    const QRectF cell = geometry.cellRect(column, *page.caret, page.topRow).adjusted(0, 0, 0, -pixel_);
    const bool isSelected = page.selection.contains(*page.caret);
    const QColor outer = isSelected ? palette.color(QPalette::HighlightedText) : palette.color(QPalette::Text);
    QPen pen(outer, width);
    pen.setJoinStyle(Qt::MiterJoin);
    painter.setPen(pen);
    painter.drawRect(cell.adjusted(width / 2, width / 2, -width / 2, -width / 2));
  }
}

}  // namespace octetscope
