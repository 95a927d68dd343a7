// HexPainter: paints one page of a hex view: header, offsets, bytes, text, colours, edges, selection, caret. It holds
// the font's glyphs and buffers that it fills again for each page; it knows no widget and no source. What it costs
// depends on the page.
#pragma once

#include "widgets/hexview/hex_geometry.h"
#include "widgets/hexview/hex_source.h"
#include "widgets/theme/theme.h"

#include <QGlyphRun>
#include <QPainter>
#include <QPalette>
#include <QRawFont>

#include <array>
#include <span>
#include <vector>

namespace octetscope {

/// What the user marked.
struct HexMark {
  ByteRange range;
  MarkColor color = MarkColor::Green;
};

/// What a page shows. Everything is looked at during paint() alone.
struct HexPage {
  quint64 topRow = 0;
  ByteRange range;                    ///< of the rows shown, what is there
  ByteView bytes;                     ///< of `range`
  std::span<const char32_t> letters;  ///< of `bytes`, as readLetters() gives them
  std::span<const HexSpan> spans;
  std::span<const quint64> chunkEnds;
  std::span<const quint64> messageEnds;
  std::span<const quint64> restarts;  ///< bytes at which the user started framing again
  std::span<const ByteRange> hits;    ///< what a search found
  std::span<const HexMark> marks;
  ByteRange selection;
  std::optional<quint64> caret;
  HexColumn activeColumn = HexColumn::Hex;
  bool hasFocus = false;
};

class HexPainter {
 public:
  /// Metrics are rounded to whole pixels of a screen with `pixelRatio`, so that columns stand sharp.
  void setFont(const QFont &font, qreal pixelRatio);
  const HexMetrics &metrics() const { return metrics_; }

  void paintHeader(QPainter &painter, const HexGeometry &geometry, const HexPage &page, const QPalette &palette,
                   QRectF area);
  /// Rows from y = 0 down; the painter is already moved to where they begin.
  void paintRows(QPainter &painter, const HexGeometry &geometry, const HexPage &page, const QPalette &palette);

 private:
  enum Ink { Normal, Muted, Selected, InkCount };
  struct Run {
    QList<quint32> glyphs;
    QList<QPointF> positions;
  };

  void put(Ink ink, quint32 glyph, qreal x, qreal baseline) {
    runs_[ink].glyphs.append(glyph);
    runs_[ink].positions.append({x, baseline});
  }
  void putLetter(bool isSelected, char32_t letter, QRectF cells, qreal baseline);
  void putNumber(quint64 number, qreal right, qreal baseline);
  void drawLetters(QPainter &painter, const QPalette &palette);
  void putHex(Ink ink, quint64 value, int digits, qreal x, qreal baseline);
  void drawRuns(QPainter &painter, const QPalette &palette);
  void fillSpans(QPainter &painter, const HexGeometry &geometry, const HexPage &page, const QPalette &palette) const;
  void fillHits(QPainter &painter, const HexGeometry &geometry, const HexPage &page) const;
  void outlineIncomplete(QPainter &painter, const HexGeometry &geometry, const HexPage &page) const;
  void drawEdges(QPainter &painter, const HexGeometry &geometry, const HexPage &page) const;
  void drawRestarts(QPainter &painter, const HexGeometry &geometry, const HexPage &page) const;
  void drawMarks(QPainter &painter, const HexGeometry &geometry, const HexPage &page) const;
  void drawCaret(QPainter &painter, const HexGeometry &geometry, const HexPage &page, const QPalette &palette) const;

  HexMetrics metrics_;
  QRawFont font_;
  qreal ascent_ = 0;  // from the top of a row to its baseline
  qreal pixel_ = 1;   // one pixel of the screen
  std::array<quint32, 16> digits_ = {};
  std::array<quint32, 256> text_ = {};  // by character; 0: the font has none
  quint32 placeholder_ = 0;
  std::array<Run, InkCount> runs_;
  QFont letterFont_;
  struct Letter {
    char32_t character;
    QRectF cells;
    bool isSelected;
  };
  std::vector<Letter> letters_;  // that the font alone may not have: drawn one by one
  Theme theme_ = Theme(false);
};

}  // namespace octetscope
