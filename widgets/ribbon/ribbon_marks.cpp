#include "widgets/ribbon/ribbon_marks.h"

#include <cmath>

namespace octetscope {

namespace {

/// Bytes of `direction` in sight.
ByteRange inSight(Direction direction, const RibbonAxis &axis, const RibbonGeometry &geometry) {
  const ByteRange positions = geometry.visible();
  const quint64 begin = axis.bytesBefore(direction, positions.begin);
  return {begin, std::max(begin, std::min(axis.bytesBefore(direction, positions.end), axis.sizeOf(direction)))};
}

}  // namespace

std::vector<RibbonPage::Flag> markFlags(const ConnectionMarks &marks, const RibbonAxis &axis,
                                        const RibbonGeometry &geometry, double flagWidth) {
  std::vector<RibbonPage::Flag> flags;
  for (const Direction direction : {Direction::In, Direction::Out}) {
    if (!axis.shows(direction)) continue;
    ByteRange left = inSight(direction, axis, geometry);
    while (!left.isEmpty()) {
      const MarkTable::Rows rows = marks.beginningIn(direction, left);
      if (rows.count() == 0) break;
      const ConnectionMarks::Shown first = marks.at(rows.first);
      const double x = geometry.xOf(axis.positionOf(direction, first.range.begin));
      // All that begin before the next one has room.
      const quint64 beyond = axis.bytesBefore(direction, geometry.positionAt(x + flagWidth) + 1);
      left.begin = std::clamp(beyond, first.range.begin + 1, left.end);
      const MarkTable::Rows under = marks.beginningIn(direction, {first.range.begin, left.begin});
      flags.push_back({direction, x, first.mark->color, under, under.count()});
    }
  }
  std::ranges::stable_sort(flags, {}, &RibbonPage::Flag::x);
  // Those of the other direction take part in the one on their left.
  std::vector<RibbonPage::Flag> apart;
  for (const RibbonPage::Flag &flag : flags) {
    if (!apart.empty() && flag.x < apart.back().x + flagWidth) {
      apart.back().count += flag.count;
    } else {
      apart.push_back(flag);
    }
  }
  return apart;
}

std::vector<RibbonPage::MarkBar> markBars(const ConnectionMarks &marks, const RibbonAxis &axis,
                                          const RibbonGeometry &geometry, std::size_t most) {
  std::vector<RibbonPage::MarkBar> bars;
  for (const Direction direction : {Direction::In, Direction::Out}) {
    if (!axis.shows(direction)) continue;
    std::vector<ConnectionMarks::Shown> found;
    marks.overlapping(direction, inSight(direction, axis, geometry), found, most);
    for (const auto &[mark, range] : found) {
      const quint64 end = std::min(range.end, axis.sizeOf(direction));
      if (range.begin >= end || geometry.widthOf(range) < 1) continue;
      const double left = geometry.xOf(axis.positionOf(direction, range.begin));
      const double right = geometry.xOf(axis.endOf(direction, end));
      if (right - left >= 2) bars.push_back({direction, left, right, mark->color});
    }
  }
  return bars;
}

}  // namespace octetscope
