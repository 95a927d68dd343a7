// HexGeometry: where each byte of a hex view stands, as plain arithmetic: offset to row and column to pixel and back,
// in 64 bits. Which bytes a row has HexRows says. Knows no widget, font or painter.
#pragma once

#include "widgets/hexview/hex_rows.h"

#include <QRectF>

namespace octetscope {

/// Which of the two columns that show the bytes.
enum class HexColumn : quint8 { Hex, Text };

/// What the font and the window give, in device-independent pixels.
struct HexMetrics {
  qreal charWidth = 8;
  qreal rowHeight = 18;
  qreal margin = 8;
};

class HexGeometry {
 public:
  HexGeometry() { layOut(); }

  /// How bytes stand side by side.
  struct Look {
    int group = 8;         ///< bytes between two gaps: 1, 2, 4 or 8; those of 2 and 4 stand close to each other
    int numberDigits = 0;  ///< of the messages' numbers in front of the rows; 0: there are none
    bool operator==(const Look &) const = default;
  };

  /// Equal rows. `bytesPerRow` >= 1. `size`: bytes of the stream; it decides how many digits an offset has.
  void set(HexMetrics metrics, int bytesPerRow, quint64 size, Look look = {8, 0});
  void set(HexMetrics metrics, HexRows rows, Look look);

  const HexMetrics &metrics() const { return metrics_; }
  const HexRows &rows() const { return rows_; }
  const Look &look() const { return look_; }
  int bytesPerRow() const { return rows_.bytesPerRow(); }
  quint64 size() const { return rows_.size(); }
  /// Digits of the offset column: 8, or as many as the last offset needs, even.
  int offsetDigits() const { return offsetDigits_; }
  /// The most bytes, a multiple of 8 from 8 to `most`, whose row is not wider than `width` pixels; 8 where none fits.
  static int bytesThatFit(HexMetrics metrics, quint64 size, qreal width, int most = 128, Look look = {8, 0});

  // Rows. 0 of an empty stream.
  quint64 rowCount() const { return rows_.count(); }
  quint64 rowOf(quint64 offset) const { return rows_.rowOf(offset); }
  int columnOf(quint64 offset) const { return static_cast<int>(offset - offsetOfRow(rowOf(offset))); }
  /// Of row < rowCount(); 0 of an empty stream.
  quint64 offsetOfRow(quint64 row) const { return rows_.rangeOf(row).begin; }
  /// Bytes of rows [first, first + count) that are there.
  ByteRange rangeOfRows(quint64 first, quint64 count) const;

  // Pixels, from the left of the whole content.
  qreal width() const { return width_; }
  /// Where a message's number ends, and where its row's offset begins.
  qreal numberRight() const { return metrics_.margin + look_.numberDigits * metrics_.charWidth; }
  qreal offsetX() const { return look_.numberDigits == 0 ? metrics_.margin : numberRight() + metrics_.charWidth; }
  qreal cellWidth(HexColumn column) const { return column == HexColumn::Hex ? hexCell_ : metrics_.charWidth; }
  /// Left of cell `index` of a column; 0 <= index < bytesPerRow().
  qreal cellX(HexColumn column, int index) const;
  /// Left and right of cells [from, to], gaps between them included.
  qreal spanX(HexColumn column, int from) const { return cellX(column, from); }
  qreal spanWidth(HexColumn column, int from, int to) const {
    return cellX(column, to) + cellWidth(column) - cellX(column, from);
  }
  /// Where the two digits begin inside a hex cell.
  qreal digitInset() const { return (hexCell_ - 2 * metrics_.charWidth) / 2; }
  /// The cell of `offset`, when `topRow` stands at y = 0. May lie far outside the window, never wraps.
  QRectF cellRect(HexColumn column, quint64 offset, quint64 topRow) const;

  /// What lies at a point, y from the top of `topRow`.
  struct Place {
    HexColumn column = HexColumn::Hex;
    /// The nearest byte; < size(). Meaningless when size() is 0.
    quint64 offset = 0;
    bool exact = false;  ///< the point is on the byte's own cell
  };
  Place placeAt(qreal x, qreal y, quint64 topRow) const;

 private:
  void layOut();
  int indexAt(HexColumn column, qreal x) const;

  HexMetrics metrics_;
  HexRows rows_;
  Look look_ = {8, 0};
  int offsetDigits_ = 8;
  qreal hexCell_ = 0;
  qreal groupGap_ = 0;
  qreal hexX_ = 0;
  qreal textX_ = 0;
  qreal width_ = 0;
};

}  // namespace octetscope
