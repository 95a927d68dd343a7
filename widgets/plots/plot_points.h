// PlotPoint: one bucket of a plot as it is drawn, in the units of its axes; what it says in words, and as a line of a
// table.
#pragma once

#include "model/capture/stream.h"
#include "model/items/message_plot.h"

#include <span>

namespace octetscope {

struct PlotPoint {
  Direction direction = Direction::In;
  double from = 0;  ///< along the axis below
  double to = 0;
  PlotBucket bucket = {};
  double height = 0;  ///< along the axis to the left: the greatest value, or what a bar counts

  const PlotValue &value(bool isLeast) const { return isLeast ? bucket.least : bucket.greatest; }
  quint64 messageOf(bool isLeast) const { return value(isLeast).message; }
  /// It stands for one value there, not for several.
  bool isOne() const { return bucket.least.value == bucket.greatest.value; }
};

/// How much of what a plot gathers is one of the axis below: nanoseconds a second, where it is time. To be divided by:
/// 1e-9 is no number that a double holds.
inline double plotUnit(PlotKind kind) {
  return isOverTime(kind) ? 1e9 : 1;
}

inline constexpr double nsPerMs = 1e6;

/// What of which field.
struct PlotChoice {
  PlotKind kind = PlotKind::Sizes;
  QString field = {};
  double sliceNs = 0;  ///< of bytes a second, nanoseconds; 0: as fine as there is room for
  bool operator==(const PlotChoice &) const = default;

  /// "sizes", "gaps", "rate" or "rate:SECONDS", "messages:FIELD", "time:FIELD", "values:FIELD".
  QString text() const;
  static std::optional<PlotChoice> parse(const QString &text);
  /// All that text() may begin with, for messages to the user.
  static QString words();

  bool hasBars() const { return kind == PlotKind::BytesASecond || kind == PlotKind::Histogram; }
  /// `range`: of a part of it.
  PlotRequest request(const std::optional<PlotRange> &range = {}) const { return {kind, field, range, sliceNs}; }
  /// What the axes are called, with their units.
  QString acrossTitle() const;
  QString upTitle() const;
};

/// A number as people read it: whole ones with all their digits, others with as many as tell them apart.
QString plotNumber(double value);
/// "← in"
QString plotDirection(Direction direction);
/// One sentence. `isLeast`: it is its least value that is pointed at.
QString plotWords(const PlotChoice &choice, const PlotPoint &point, bool isLeast = false);
/// Comma-separated, with a line of names: numbers as Python and spreadsheets read them.
QString plotCsv(const PlotChoice &choice, std::span<const PlotPoint> points);

/// The distance of the marks of an axis over `range`: 1, 2 or 5 times a power of ten, at least `least`; about `wanted`
/// of them.
double plotStep(double range, int wanted, double least);
/// How numbers up to `most` are written beside such marks, as printf() takes it.
QString plotFormat(double step, double most);

}  // namespace octetscope
