#include "widgets/ribbon/ribbon_geometry.h"

#include <algorithm>
#include <cmath>

namespace octetscope {

namespace {

constexpr double filledByFit = 0.9;  // of the width, by what fit() brings
constexpr double margin = 24;        // pixels between an edge and what reveal() brings

/// `bytes` >= 0 as a whole number, however large.
quint64 wholeOf(double bytes) {
  return bytes >= 18446744073709549568.0 ? ~0ULL : static_cast<quint64>(std::max(0.0, bytes));
}

}  // namespace

double RibbonGeometry::fitScale() const {
  const double pixels = std::max(1.0, width_ - room_);
  return size_ == 0 ? largestScale : std::min(largestScale, pixels / static_cast<double>(size_));
}

double RibbonGeometry::xOf(quint64 position) const {
  const double bytes =
      position >= left_ ? static_cast<double>(position - left_) : -static_cast<double>(left_ - position);
  return std::clamp((bytes - cut_) * scale_, -farAway, farAway);
}

quint64 RibbonGeometry::positionAt(double x) const {
  const double bytes = x / scale_ + cut_;
  if (bytes >= 0) {
    // A hair's breadth before a byte's edge is its edge: xOf() is rounded.
    const quint64 whole = wholeOf(std::floor(bytes + 1e-9));
    return whole > size_ - std::min(left_, size_) ? size_ : left_ + whole;
  }
  const quint64 before = wholeOf(std::ceil(-bytes - 1e-9));
  return before > left_ ? 0 : left_ - before;
}

ByteRange RibbonGeometry::visible() const {
  const quint64 begin = std::min(left_, size_);
  const quint64 last = positionAt(width_);
  return {begin, std::max(begin, last < size_ ? last + 1 : size_)};
}

/// Puts the left edge so many bytes before `position`.
void RibbonGeometry::setLeftExactly(quint64 position, double bytesBefore) {
  if (bytesBefore >= 0) {
    const quint64 whole = wholeOf(std::ceil(bytesBefore));
    if (whole > position) {
      left_ = 0;
      cut_ = 0;
      return;
    }
    left_ = position - whole;
    cut_ = std::ceil(bytesBefore) - bytesBefore;
  } else {
    const quint64 whole = wholeOf(std::floor(-bytesBefore));
    left_ = whole > ~0ULL - position ? ~0ULL : position + whole;
    cut_ = -bytesBefore - std::floor(-bytesBefore);
  }
  if (cut_ >= 1) cut_ = 0;
}

quint64 RibbonGeometry::lastLeft() const {
  const double bytes = std::max(0.0, width_ - room_) / scale_;
  const quint64 shown = wholeOf(std::floor(bytes));
  return shown >= size_ ? 0 : size_ - shown;
}

void RibbonGeometry::clamp() {
  const quint64 last = lastLeft();
  if (left_ > last || (left_ == last && cut_ > 0)) {
    left_ = last;
    cut_ = 0;
  }
}

bool RibbonGeometry::isAtEnd() const {
  const quint64 last = lastLeft();
  // Half a pixel is no reason to say that the end is out of sight.
  return left_ >= last || static_cast<double>(last - left_) * scale_ - cut_ * scale_ < 1;
}

void RibbonGeometry::goToEnd() {
  left_ = lastLeft();
  cut_ = 0;
}

void RibbonGeometry::setSize(quint64 size) {
  size_ = size;
  if (following_) {
    goToEnd();
  } else {
    clamp();
  }
}

void RibbonGeometry::setWidth(double width, double room) {
  width_ = std::max(1.0, width);
  room_ = std::clamp(room, 0.0, width_ / 2);
  if (following_) {
    goToEnd();
  } else {
    clamp();
  }
}

void RibbonGeometry::setScale(double scale, double x) {
  scale = std::clamp(scale, std::min(fitScale(), largestScale), largestScale);
  const double bytes = x / scale_ + cut_;
  const double whole = std::floor(bytes);
  const double part = bytes - whole;
  const quint64 under =
      whole >= 0 ? left_ + std::min(wholeOf(whole), ~0ULL - left_) : left_ - std::min(wholeOf(-whole), left_);
  scale_ = scale;
  setLeftExactly(under, x / scale - part);
  if (following_) {
    goToEnd();
  } else {
    clamp();
  }
}

void RibbonGeometry::pan(double pixels) {
  setLeftExactly(left_, -(pixels / scale_ + cut_));
  clamp();
}

void RibbonGeometry::setLeft(quint64 position) {
  left_ = position;
  cut_ = 0;
  clamp();
}

void RibbonGeometry::fitAll() {
  scale_ = fitScale();
  left_ = 0;
  cut_ = 0;
}

void RibbonGeometry::fit(ByteRange range) {
  if (range.isEmpty()) {
    reveal(range);
    return;
  }
  const double bytes = static_cast<double>(range.size());
  scale_ = std::clamp(width_ * filledByFit / bytes, std::min(fitScale(), largestScale), largestScale);
  setLeftExactly(range.begin, (width_ / scale_ - bytes) / 2);
  clamp();
}

void RibbonGeometry::reveal(ByteRange range) {
  const double begin = xOf(range.begin);
  const double end = xOf(std::max(range.end, range.begin));
  const double space = std::min(margin, width_ / 4);
  if (begin >= 0 && end <= width_) return;
  if (end - begin > width_ - 2 * space || begin < space) {
    setLeftExactly(range.begin, space / scale_);
  } else {
    // Far away: into the middle; near: just into sight.
    const double beyond = end - width_;
    setLeftExactly(range.end, (beyond > width_ / 2 ? (width_ + (end - begin)) / 2 : width_ - space) / scale_);
  }
  clamp();
}

void RibbonGeometry::setFollowing(bool following) {
  following_ = following;
  if (following) goToEnd();
}

}  // namespace octetscope
