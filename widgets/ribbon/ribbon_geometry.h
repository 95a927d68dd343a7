// RibbonGeometry: which position of the axis stands at which pixel, as plain arithmetic: zoom, pan, fit, follow. It
// knows no widget and no bytes. Positions are 64-bit and exact: pixels are counted from the left edge, which is a whole
// position and a part of one. Pixels are device-independent, from the left of the lanes.
#pragma once

#include "model/bytes/byte_view.h"

namespace octetscope {

class RibbonGeometry {
 public:
  static constexpr double largestScale = 48;  ///< pixels a byte
  /// Pixels of positions far outside are cut off here, so that painting never sees numbers without meaning.
  static constexpr double farAway = 1e6;

  /// Positions on the axis. What grows while following keeps its end in sight; else what is shown stays where it is.
  void setSize(quint64 size);
  /// `width` >= 1: of the lanes. `room`: pixels kept free behind the last position for what is still missing.
  void setWidth(double width, double room);

  quint64 size() const { return size_; }
  double width() const { return width_; }
  double room() const { return room_; }
  /// Pixels a byte.
  double scale() const { return scale_; }
  double bytesPerPixel() const { return 1 / scale_; }
  /// The scale at which everything fits; not more than largestScale.
  double fitScale() const;
  /// The position at the left edge, and how much of it is cut off: 0 <= cut() < 1.
  quint64 left() const { return left_; }
  double cut() const { return cut_; }

  /// Left edge of `position`, which may lie behind the end.
  double xOf(quint64 position) const;
  /// The position at `x`, at most size(); 0 left of the first.
  quint64 positionAt(double x) const;
  /// Positions that are at least in part in sight.
  ByteRange visible() const;
  /// Pixels that `range` is wide, in sight or not.
  double widthOf(ByteRange range) const { return static_cast<double>(range.size()) * scale_; }

  /// Sets the scale, clamped to what fits and largestScale; what stands at `x` stays there as far as the ends let it.
  void setScale(double scale, double x);
  void zoom(double factor, double x) { setScale(scale_ * factor, x); }
  /// Moves what is shown to the left by so many pixels: later positions come into sight.
  void pan(double pixels);
  void setLeft(quint64 position);
  /// The largest left(): the end stands `room` pixels before the right edge.
  quint64 lastLeft() const;
  bool isAtEnd() const;
  void goToEnd();
  void fitAll();
  /// Zooms so that `range` fills most of the width.
  void fit(ByteRange range);
  /// Moves as little as brings `range` into sight; its begin where it is too wide.
  void reveal(ByteRange range);

  /// While following, growing moves what is shown; zooming keeps the end.
  bool isFollowing() const { return following_; }
  void setFollowing(bool following);

 private:
  void clamp();
  void setLeftExactly(quint64 position, double bytesBefore);

  quint64 size_ = 0;
  double width_ = 100;
  double room_ = 0;
  double scale_ = 8;
  quint64 left_ = 0;
  double cut_ = 0;
  bool following_ = false;
};

}  // namespace octetscope
