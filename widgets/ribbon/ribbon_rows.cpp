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

std::size_t laneCount(const RibbonRows::Stacks &stacks) {
  std::size_t lanes = 0;
  for (const RibbonRows::Stack &stack : stacks) lanes += stack.lanes();
  return lanes;
}

double heightFor(const RibbonRows::Stacks &stacks, double line, double laneLines) {
  const auto groups = static_cast<double>(stacks.size());
  const auto lanes = static_cast<double>(laneCount(stacks));
  return rulerLines * line + groups * (marksLines * line + groupGap) + lanes * (laneLines * line + gap);
}

}  // namespace

double RibbonRows::leastHeight(const Stacks &stacks, double line) {
  return heightFor(stacks, line, leastLane);
}

double RibbonRows::bestHeight(const Stacks &stacks, double line) {
  return heightFor(stacks, line, bestLane);
}

void RibbonRows::set(const Stacks &stacks, double line, double height) {
  stacks_ = stacks;
  lanes_.clear();
  groups_.clear();
  ruler_ = {0, rulerLines * line};
  if (stacks.empty()) return;
  const double fixed = heightFor(stacks, line, 0);
  const auto lanes = static_cast<double>(laneCount(stacks));
  const double each = std::clamp((height - fixed) / lanes, leastLane * line, mostLane * line);
  double y = ruler_.bottom();
  for (const Stack &stack : stacks) {
    const Direction direction = stack.direction;
    Group group{direction, {y, 0}, {}};
    y += groupGap / 2;
    const auto add = [&](RibbonLane::Kind kind, bool isSecond, std::size_t layer = 0) {
      lanes_.push_back({kind, direction, isSecond, static_cast<qsizetype>(layer), {y, each}});
      y += each + gap;
    };
    const auto addReading = [&](bool isSecond, std::size_t inner) {
      add(RibbonLane::Kind::Messages, isSecond);
      for (std::size_t layer = 1; layer <= inner; ++layer) add(RibbonLane::Kind::Inner, isSecond, layer);
      add(RibbonLane::Kind::Fields, isSecond);
    };
    add(RibbonLane::Kind::Chunks, false);
    group.marks = {y - gap, marksLines * line};
    y += marksLines * line;
    addReading(false, stack.inner);
    if (stack.hasSecond) addReading(true, stack.secondInner);
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
