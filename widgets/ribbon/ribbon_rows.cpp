#include "widgets/ribbon/ribbon_rows.h"

#include <algorithm>

namespace octetscope {

namespace {

// In lines of text.
constexpr double rulerLines = 1.15;
constexpr double marksLines = 0.85;
constexpr double leastLane = 1.0;
constexpr double bestLane = 1.5;
constexpr double mostLane = 2.1;
constexpr double gap = 3;       // pixels between lanes
constexpr double groupGap = 7;  // and between directions

std::size_t laneCount(std::size_t directions, bool hasSecond) {
  return directions * (hasSecond ? 5 : 3);
}

double heightFor(std::size_t directions, bool hasSecond, double line, double laneLines) {
  const auto groups = static_cast<double>(directions);
  const auto lanes = static_cast<double>(laneCount(directions, hasSecond));
  return rulerLines * line + groups * (marksLines * line + groupGap) + lanes * (laneLines * line + gap);
}

}  // namespace

double RibbonRows::leastHeight(std::size_t directions, bool hasSecond, double line) {
  return heightFor(directions, hasSecond, line, leastLane);
}

double RibbonRows::bestHeight(std::size_t directions, bool hasSecond, double line) {
  return heightFor(directions, hasSecond, line, bestLane);
}

void RibbonRows::set(const std::vector<Direction> &directions, bool hasSecond, double line, double height) {
  lanes_.clear();
  groups_.clear();
  ruler_ = {0, rulerLines * line};
  if (directions.empty()) return;
  const double fixed = heightFor(directions.size(), hasSecond, line, 0);
  const auto lanes = static_cast<double>(laneCount(directions.size(), hasSecond));
  const double each = std::clamp((height - fixed) / lanes, leastLane * line, mostLane * line);
  double y = ruler_.bottom();
  for (const Direction direction : directions) {
    Group group{direction, {y, 0}, {}};
    y += groupGap / 2;
    const auto add = [&](RibbonLane::Kind kind, bool isSecond) {
      lanes_.push_back({kind, direction, isSecond, {y, each}});
      y += each + gap;
    };
    add(RibbonLane::Kind::Chunks, false);
    group.marks = {y - gap, marksLines * line};
    y += marksLines * line;
    add(RibbonLane::Kind::Messages, false);
    add(RibbonLane::Kind::Fields, false);
    if (hasSecond) {
      add(RibbonLane::Kind::Messages, true);
      add(RibbonLane::Kind::Fields, true);
    }
    y += groupGap / 2;
    group.band.height = y - group.band.top;
    groups_.push_back(group);
  }
}

int RibbonRows::laneAt(double y) const {
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    if (lanes_[i].band.contains(y)) return static_cast<int>(i);
  }
  return -1;
}

const RibbonRows::Group *RibbonRows::groupOf(Direction direction) const {
  for (const Group &group : groups_) {
    if (group.direction == direction) return &group;
  }
  return nullptr;
}

}  // namespace octetscope
