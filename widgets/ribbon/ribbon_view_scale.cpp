// RibbonView: what part of the axis is in sight, how large, and who decides it.
#include "widgets/ribbon/ribbon_view.h"

#include "widgets/controls/scroll_map.h"

#include <QScrollBar>

#include <algorithm>

namespace octetscope {

namespace {

constexpr double largestAuto = 20;      // pixels a byte that are chosen for the user
constexpr quint64 fewMessages = 10;     // are all shown
constexpr quint64 messagesInSight = 7;  // of many

}  // namespace

/// What the user did not choose is chosen so that a few messages fill the width.
double RibbonView::autoScale() const {
  const double fit = geometry_.fitScale();
  const double most = std::min(largestAuto, RibbonGeometry::largestScale);
  if (!decoder_ || geometry_.size() == 0) return std::min(fit, most);
  quint64 messages = 0;
  for (const Direction direction : directions()) messages += decoder_->liveMessageCount(direction);
  if (messages <= fewMessages) return std::min(fit, most);
  quint64 span = 0;
  for (const Direction direction : directions()) {
    // Of all there are, not of those at the moment shown: travelling in time changes no scale.
    const quint64 count = decoder_->liveMessageCount(direction);
    if (count == 0) continue;
    const quint64 few = std::min(messagesInSight, count);
    const Message edge = decoder_->liveMessage(direction, isFollowing() ? count - few : few - 1);
    if (edge.size == 0 || edge.end() > axis_.sizeOf(direction)) continue;
    const quint64 bytes =
        isFollowing() ? axis_.size() - axis_.positionOf(direction, edge.offset) : axis_.endOf(direction, edge.end());
    span = span == 0 ? bytes : std::min(span, bytes);
  }
  if (span == 0) return std::min(fit, most);
  const double pixels = std::max(1.0, geometry_.width() - geometry_.room());
  const double wanted = std::clamp(pixels / static_cast<double>(span), std::min(fit, most), most);
  // What comes in live must not make it breathe: near is good enough.
  const double scale = geometry_.scale();
  if (isFollowing() && scale >= wanted / 1.6 && scale <= wanted * 1.6) return std::max(scale, std::min(fit, most));
  return wanted;
}

void RibbonView::updateScale() {
  switch (scaleMode_) {
    case Scale::User:
      break;
    case Scale::Fit:
      geometry_.fitAll();
      break;
    case Scale::Auto:
      geometry_.setScale(autoScale(), 0);
      break;
  }
}

void RibbonView::updateScrollBar() {
  const ScrollMap map(geometry_.lastLeft());
  QScrollBar *bar = horizontalScrollBar();
  const QSignalBlocker blocker(bar);
  bar->setRange(0, map.maximum());
  bar->setPageStep(map.pageStep(std::max<quint64>(1, geometry_.visible().size())));
  bar->setSingleStep(1);
  bar->setValue(map.valueOf(geometry_.left()));
}

void RibbonView::afterUserMoved() {
  const bool before = geometry_.isFollowing();
  const bool follows = geometry_.isAtEnd() && geometry_.size() > 0;
  if (follows != before) geometry_.setFollowing(follows);
  moved();
  if (follows != before) Q_EMIT followingChanged(follows);
}

void RibbonView::zoomBy(double factor, double x) {
  scaleMode_ = Scale::User;
  const bool follows = geometry_.isFollowing();
  geometry_.setFollowing(false);
  geometry_.zoom(factor, x);
  if (geometry_.isAtEnd() && follows) geometry_.setFollowing(true);
  moved();
  if (follows && !geometry_.isFollowing()) Q_EMIT followingChanged(false);
}

void RibbonView::panByUser(double pixels) {
  const bool follows = geometry_.isFollowing();
  geometry_.setFollowing(false);
  geometry_.pan(pixels);
  if (scaleMode_ == Scale::Auto) scaleMode_ = Scale::User;
  const bool isAtEnd = geometry_.isAtEnd() && geometry_.size() > 0;
  geometry_.setFollowing(isAtEnd);
  moved();
  if (follows != isAtEnd) Q_EMIT followingChanged(isAtEnd);
}

void RibbonView::fitAll() {
  scaleMode_ = Scale::Fit;
  geometry_.fitAll();
  moved();
}

void RibbonView::fitRange(Direction direction, ByteRange range) {
  scaleMode_ = Scale::User;
  const bool follows = geometry_.isFollowing();
  geometry_.setFollowing(false);
  geometry_.fit(positionsOf(direction, range));
  moved();
  if (follows) Q_EMIT followingChanged(false);
}

void RibbonView::fitSelection() {
  if (hub_ && hub_->current()) fitRange(hub_->current()->direction, hub_->current()->range);
}

}  // namespace octetscope
