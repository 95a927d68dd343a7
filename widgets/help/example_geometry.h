// ExampleGeometry: where the bytes of an example stand, and the words below them: rows of byte boxes, a gap between
// messages, and below each row labels that no line to another label crosses. Plain arithmetic, no widget.
#pragma once

#include "model/bytes/byte_view.h"

#include <QRectF>

#include <vector>

namespace octetscope {

struct ExampleMetrics {
  double cellWidth = 24;   ///< of one byte
  double cellHeight = 34;  ///< its hex digits and its text
  double gap = 12;         ///< between two messages
  double head = 20;        ///< a lane above the bytes: messages; and one more: chunks
  double line = 18;        ///< a label
  double bracket = 7;      ///< the line below what a label names
  double rowSpace = 14;    ///< below a row
  double margin = 60;      ///< right of the bytes, for the words of the last ones
};

/// What is named below the bytes: bytes side by side, of one message or of none.
struct ExampleSegment {
  ByteRange range;
  double labelWidth = 0;  ///< 0: it has no label
};

class ExampleGeometry {
 public:
  /// A stretch of bytes side by side in one row.
  struct Piece {
    ByteRange range;
    std::size_t row = 0;
    double left = 0;
    double right = 0;
    double width() const { return right - left; }
  };
  /// Where the words of a segment stand: below its first piece.
  struct Label {
    std::size_t segment = 0;
    Piece bracket;      ///< what it names
    double leader = 0;  ///< x of the line down to it
    int level = 0;      ///< 0: right below the bytes
    QRectF box = {};
  };

  /// `blocks`: messages and what lies between them, side by side from byte 0 on. `segments`: rising. `lanes`: how many
  /// lanes stand above the bytes. Labels that find no room between the lines of others are left out.
  void set(const ExampleMetrics &metrics, const std::vector<ByteRange> &blocks,
           const std::vector<ExampleSegment> &segments, int lanes, double width);

  double height() const { return height_; }
  double width() const { return width_; }
  std::size_t rowCount() const { return rows_.size(); }
  const std::vector<Label> &labels() const { return labels_; }
  /// The pieces that `range` falls into, by rows, and within a row by blocks.
  std::vector<Piece> piecesOf(ByteRange range) const;
  /// One piece a row, gaps between blocks included: what a chunk spans.
  std::vector<Piece> spansOf(ByteRange range) const;
  QRectF cell(quint64 offset) const;
  /// Lane 0 is the one next to the bytes.
  double laneTop(std::size_t row, int lane) const;
  double cellTop(std::size_t row) const { return rows_[row].top + lanes_ * metrics_.head; }
  double cellBottom(std::size_t row) const { return cellTop(row) + metrics_.cellHeight; }
  /// The byte there; none beside the boxes.
  bool byteAt(double x, double y, quint64 &offset) const;

 private:
  struct Row {
    double top = 0;
    int levels = 0;
  };
  /// Bytes of one block in one row.
  struct Run {
    ByteRange range;
    std::size_t row = 0;
    double left = 0;
  };
  void layRuns(const std::vector<ByteRange> &blocks, const std::vector<ExampleSegment> &segments);
  void layLabels(const std::vector<ExampleSegment> &segments);
  double extentOf(const Run &run, const std::vector<ExampleSegment> &segments) const;
  std::vector<Label> labelsBelow(const Run &run, const std::vector<ExampleSegment> &segments) const;
  void place(std::vector<Label> &labels, const std::vector<ExampleSegment> &segments) const;
  std::vector<Label> placed(const std::vector<Label> &labels, bool inFewLines) const;
  bool isFree(const Label &label, const std::vector<Label> &placed) const;
  double xOf(const Run &run, quint64 offset) const {
    return run.left + static_cast<double>(offset - run.range.begin) * metrics_.cellWidth;
  }

  ExampleMetrics metrics_;
  double width_ = 0;
  double height_ = 0;
  int lanes_ = 1;
  std::vector<Run> runs_;
  std::vector<Row> rows_;
  std::vector<Label> labels_;
};

}  // namespace octetscope
