// RibbonRows: where the lanes of a ribbon stand from top to bottom, as plain arithmetic: a ruler, and for each
// direction chunks, marks, messages and fields, a second framing's messages and fields below. What height there is, is
// shared out between bounds.
#pragma once

#include "widgets/ribbon/ribbon_scene.h"

#include <vector>

namespace octetscope {

/// A stretch of y.
struct RibbonBand {
  double top = 0;
  double height = 0;
  double bottom() const { return top + height; }
  bool contains(double y) const { return top <= y && y < bottom(); }
};

class RibbonRows {
 public:
  struct Lane {
    RibbonLane::Kind kind = RibbonLane::Kind::Chunks;
    Direction direction = Direction::In;
    bool isSecond = false;
    RibbonBand band = {};
  };
  struct Group {
    Direction direction = Direction::In;
    RibbonBand band = {};   ///< all its lanes
    RibbonBand marks = {};  ///< between chunks and messages
  };

  /// `line`: the height of a line of text. `directions`: those that are shown, from the top.
  void set(const std::vector<Direction> &directions, bool hasSecond, double line, double height);

  const std::vector<Lane> &lanes() const { return lanes_; }
  const std::vector<Group> &groups() const { return groups_; }
  RibbonBand ruler() const { return ruler_; }
  /// The bottom of the last lane.
  double bottom() const { return groups_.empty() ? ruler_.bottom() : groups_.back().band.bottom(); }
  /// The lane at `y`: its number among lanes(); -1: none.
  int laneAt(double y) const;
  const Group *groupOf(Direction direction) const;
  /// The heights between which lanes of this kind look right.
  static double leastHeight(std::size_t directions, bool hasSecond, double line);
  static double bestHeight(std::size_t directions, bool hasSecond, double line);

 private:
  std::vector<Lane> lanes_;
  std::vector<Group> groups_;
  RibbonBand ruler_;
};

}  // namespace octetscope
