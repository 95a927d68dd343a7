#include "widgets/help/example_geometry.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace octetscope {

namespace {

constexpr int mostLevels = 12;
constexpr double between = 6;      // pixels between labels side by side, and between a label and a line
constexpr double leaderInset = 8;  // where a line meets a label that is wider than what it names

}  // namespace

void ExampleGeometry::set(const ExampleMetrics &metrics, const std::vector<ByteRange> &blocks,
                          const std::vector<ExampleSegment> &segments, int lanes, double width) {
  metrics_ = metrics;
  width_ = std::max(width, 4 * metrics.cellWidth);
  lanes_ = lanes;
  layRuns(blocks, segments);
  layLabels(segments);
}

/// A block has the room that its labels need to itself, where it stands in one row: none steps down for the next one's.
void ExampleGeometry::layRuns(const std::vector<ByteRange> &blocks, const std::vector<ExampleSegment> &segments) {
  runs_.clear();
  const double room = std::max(width_ - metrics_.margin, 4 * metrics_.cellWidth);
  const auto perRow = static_cast<quint64>(room / metrics_.cellWidth);
  std::size_t row = 0;
  double x = 0;
  for (const ByteRange &block : blocks) {
    const double needed = static_cast<double>(block.size()) * metrics_.cellWidth;
    const double extent = block.size() <= perRow ? extentOf({block, 0, 0}, segments) : needed;
    if (x > 0) x += metrics_.gap;
    if (x > 0 && (x + needed > room || x + extent > width_)) {
      ++row;
      x = 0;
    }
    for (quint64 at = block.begin; at < block.end;) {
      const quint64 end = std::min(block.end, at + perRow);
      runs_.push_back({{at, end}, row, x});
      x += static_cast<double>(end - at) * metrics_.cellWidth;
      at = end;
      if (at == block.end) continue;
      ++row;
      x = 0;
    }
    x = runs_.back().left + extentOf(runs_.back(), segments);
  }
  rows_.assign(runs_.empty() ? 0 : row + 1, {});
}

/// How far a run and its labels reach to the right of its begin.
double ExampleGeometry::extentOf(const Run &run, const std::vector<ExampleSegment> &segments) const {
  double extent = static_cast<double>(run.range.size()) * metrics_.cellWidth;
  for (const Label &label : labelsBelow(run, segments)) extent = std::max(extent, label.box.right());
  return extent;
}

/// The labels of what begins in `run`, placed as if that stood alone, at the left.
std::vector<ExampleGeometry::Label> ExampleGeometry::labelsBelow(const Run &run,
                                                                 const std::vector<ExampleSegment> &segments) const {
  std::vector<Label> labels;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const ByteRange here = run.range.intersected(segments[i].range);
    if (segments[i].labelWidth <= 0 || here.isEmpty() || here.begin != segments[i].range.begin) continue;
    const double left = xOf(run, here.begin) - run.left;
    const double width = static_cast<double>(here.size()) * metrics_.cellWidth;
    labels.push_back({.segment = i, .bracket = {here, run.row, left, left + width}});
  }
  place(labels, segments);
  return labels;
}

void ExampleGeometry::layLabels(const std::vector<ExampleSegment> &segments) {
  labels_.clear();
  std::vector<std::vector<Label>> byRow(rows_.size());
  for (const Run &run : runs_) {
    for (Label &label : labelsBelow(run, segments)) {
      label.bracket.left += run.left;
      label.bracket.right += run.left;
      label.leader += run.left;
      label.box.translate(run.left, 0);
      byRow[run.row].push_back(label);
    }
  }
  double top = 0;
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    rows_[row].top = top;
    for (const Label &label : byRow[row]) rows_[row].levels = std::max(rows_[row].levels, label.level + 1);
    top = cellBottom(row) + metrics_.bracket + rows_[row].levels * metrics_.line + metrics_.rowSpace;
    for (Label &label : byRow[row]) {
      label.box.moveTop(cellBottom(row) + metrics_.bracket + label.level * metrics_.line);
      labels_.push_back(label);
    }
  }
  height_ = rows_.empty() ? 0 : top - metrics_.rowSpace;
}

/// Gives each label a level and a place; takes out those that find none.
void ExampleGeometry::place(std::vector<Label> &labels, const std::vector<ExampleSegment> &segments) const {
  for (Label &label : labels) {
    const double labelWidth = std::min(segments[label.segment].labelWidth, width_);
    label.leader = std::round((label.bracket.left + label.bracket.right) / 2);
    label.box = QRectF(std::round(label.leader - labelWidth / 2), 0, labelWidth, metrics_.line);
  }
  // In few lines where that leaves none out; else each to the right of its line, where none is in another's way.
  std::vector<Label> best = placed(labels, true);
  if (best.size() < labels.size()) {
    std::vector<Label> other = placed(labels, false);
    if (other.size() > best.size()) best = std::move(other);
  }
  std::ranges::sort(best, {}, &Label::segment);
  labels = std::move(best);
}

std::vector<ExampleGeometry::Label> ExampleGeometry::placed(const std::vector<Label> &labels, bool inFewLines) const {
  std::vector<Label> done;
  std::vector<Label> wide;
  for (const Label &label : labels) (label.box.width() <= label.bracket.width() ? done : wide).push_back(label);
  // From the right: a label that reaches to the right of its line sees all lines that could cross it.
  for (auto label = wide.rbegin(); label != wide.rend(); ++label) {
    const double leader = label->leader;
    const double labelWidth = label->box.width();
    const std::array<double, 3> lefts = {leader - leaderInset,
                                         std::clamp(leader - labelWidth / 2, 0.0, width_ - labelWidth),
                                         leader - labelWidth + leaderInset};
    const auto fits = [&](int level, double left) {
      label->level = level;
      label->box.moveLeft(std::round(left));
      return left >= -0.5 && left + labelWidth <= width_ + 0.5 && isFree(*label, done);
    };
    constexpr int tries = mostLevels * 3;
    for (int i = 0; i < tries; ++i) {
      const int level = inFewLines ? i / 3 : i % mostLevels;
      const auto place = static_cast<std::size_t>(inFewLines ? i % 3 : i / mostLevels);
      if (!fits(level, lefts[place])) continue;
      done.push_back(*label);
      break;
    }
  }
  return done;
}

bool ExampleGeometry::isFree(const Label &label, const std::vector<Label> &placed) const {
  const auto covers = [](const Label &one, double x) {
    return x > one.box.left() - between && x < one.box.right() + between;
  };
  return std::ranges::none_of(placed, [&](const Label &other) {
    if (other.level == label.level) {
      return label.box.left() < other.box.right() + between && other.box.left() < label.box.right() + between;
    }
    // The line to the lower one passes the upper one.
    return other.level > label.level ? covers(label, other.leader) : covers(other, label.leader);
  });
}

std::vector<ExampleGeometry::Piece> ExampleGeometry::piecesOf(ByteRange range) const {
  std::vector<Piece> pieces;
  for (const Run &run : runs_) {
    const ByteRange here = run.range.intersected(range);
    if (here.isEmpty()) continue;
    pieces.push_back({here, run.row, xOf(run, here.begin), xOf(run, here.end)});
  }
  return pieces;
}

std::vector<ExampleGeometry::Piece> ExampleGeometry::spansOf(ByteRange range) const {
  std::vector<Piece> spans;
  for (const Piece &piece : piecesOf(range)) {
    if (spans.empty() || spans.back().row != piece.row) {
      spans.push_back(piece);
      continue;
    }
    spans.back().range.end = piece.range.end;
    spans.back().right = piece.right;
  }
  return spans;
}

QRectF ExampleGeometry::cell(quint64 offset) const {
  const std::vector<Piece> pieces = piecesOf(ByteRange::ofSize(offset, 1));
  if (pieces.empty()) return {};
  return {pieces.front().left, cellTop(pieces.front().row), metrics_.cellWidth, metrics_.cellHeight};
}

double ExampleGeometry::laneTop(std::size_t row, int lane) const {
  return rows_[row].top + (lanes_ - 1 - lane) * metrics_.head;
}

bool ExampleGeometry::byteAt(double x, double y, quint64 &offset) const {
  for (const Run &run : runs_) {
    if (y < cellTop(run.row) || y >= cellBottom(run.row) || x < run.left || x >= xOf(run, run.range.end)) continue;
    offset = run.range.begin + static_cast<quint64>((x - run.left) / metrics_.cellWidth);
    return true;
  }
  return false;
}

}  // namespace octetscope
