// RibbonRows: where the lanes of a ribbon stand from top to bottom, as plain arithmetic: a ruler, and for each
// direction chunks, marks, messages, those inside them and fields, a second framing's below. What height there is, is
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
  /// What is shown of a direction.
  struct Stack {
    Direction direction = Direction::In;
    std::size_t inner = 0;  ///< lanes of messages inside messages: layers below the first
    bool hasSecond = false;
    std::size_t secondInner = 0;
    std::size_t lanes() const { return 3 + inner + (hasSecond ? 2 + secondInner : 0); }
    bool operator==(const Stack &) const = default;
  };
  using Stacks = std::vector<Stack>;
  struct Lane {
    RibbonLane::Kind kind = RibbonLane::Kind::Chunks;
    Direction direction = Direction::In;
    bool isSecond = false;
    qsizetype layer = 0;  ///< of Inner
    RibbonBand band = {};
  };
  struct Group {
    Direction direction = Direction::In;
    RibbonBand band = {};   ///< all its lanes
    RibbonBand marks = {};  ///< between chunks and messages
  };

  /// `line`: the height of a line of text. `stacks`: what is shown, from the top.
  void set(const Stacks &stacks, double line, double height);
  const Stacks &stacks() const { return stacks_; }

  const std::vector<Lane> &lanes() const { return lanes_; }
  const std::vector<Group> &groups() const { return groups_; }
  RibbonBand ruler() const { return ruler_; }
  /// The bottom of the last lane.
  double bottom() const { return groups_.empty() ? ruler_.bottom() : groups_.back().band.bottom(); }
  /// The lane at `y`: its number among lanes(); -1: none.
  int laneAt(double y) const;
  const Group *groupOf(Direction direction) const;
  /// The heights between which lanes of this kind look right.
  static double leastHeight(const Stacks &stacks, double line);
  static double bestHeight(const Stacks &stacks, double line);

 private:
  Stacks stacks_;
  std::vector<Lane> lanes_;
  std::vector<Group> groups_;
  RibbonBand ruler_;
};

}  // namespace octetscope
