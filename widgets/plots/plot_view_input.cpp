// PlotView under mouse, wheel and keys.
#include "widgets/plots/plot_view.h"

#include <QtCharts/QChart>
#include <QtCharts/QValueAxis>

#include <QGuiApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QStyleHints>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace octetscope {

namespace {

constexpr double reach = 24;  // pixels between the pointer and the point it means
constexpr double closer = 0.7;
constexpr double page = 0.5;

}  // namespace

std::optional<PlotView::Place> PlotView::nearest(QPointF place) const {
  if (!chart()->plotArea().adjusted(-reach, -reach, reach, reach).contains(place)) return std::nullopt;
  std::optional<Place> found;
  double least = reach;
  const auto look = [&](const Place &at) {
    QPointF off = place - placeOf(at);
    if (choice_.hasBars()) {
      // A bar is meant wherever the pointer is on it.
      const double half = (points_[at.point].to - points_[at.point].from) / 2 * pixelsOf(1);
      off = QPointF(std::max(std::abs(off.x()) - half, 0.0), std::min(off.y(), 0.0));
    }
    const double distance = std::hypot(off.x(), off.y());
    if (distance >= least) return;
    least = distance;
    found = at;
  };
  for (std::size_t i = 0; i < points_.size(); ++i) {
    look({i, false});
    if (!choice_.hasBars() && !points_[i].isOne()) look({i, true});
  }
  return found;
}

void PlotView::mousePressEvent(QMouseEvent *event) {
  setFocus(Qt::MouseFocusReason);
  if (event->button() != Qt::LeftButton) return;
  press_ = Press{event->position(), zoomed_.value_or(all_).from, false};
  point(nearest(event->position()));
}

/// What lies below the pointer is told; nothing is chosen. With the button down the chart moves along, as far as it is
/// zoomed.
void PlotView::mouseMoveEvent(QMouseEvent *event) {
  if (press_) {
    const double moved = event->position().x() - press_->at.x();
    press_->isDrag = press_->isDrag || std::abs(moved) >= QGuiApplication::styleHints()->startDragDistance();
    if (!press_->isDrag || !zoomed_) return;
    const double width = zoomed_->to - zoomed_->from;
    viewport()->setCursor(Qt::ClosedHandCursor);
    return setShown(press_->from - moved / std::max(chart()->plotArea().width(), 1.0) * width, width);
  }
  if (const auto below = nearest(event->position())) point(below);
}

void PlotView::mouseReleaseEvent(QMouseEvent *event) {
  event->accept();
  if (event->button() != Qt::LeftButton) return;
  viewport()->unsetCursor();
  const auto press = std::exchange(press_, std::nullopt);
  if (!press || press->isDrag || !at_) return;
  choosePointed(event->modifiers().testFlag(Qt::ShiftModifier));
}

/// `isOther`: the other of the point's two values.
void PlotView::choosePointed(bool isOther) {
  if (!at_) return;
  const PlotPoint &point = points_[at_->point];
  Q_EMIT messageChosen(point.direction, point.messageOf(at_->isLeast != (isOther && !choice_.hasBars())));
}

void PlotView::wheelEvent(QWheelEvent *event) {
  event->accept();
  const QPoint turned = event->angleDelta();
  if (std::abs(turned.x()) > std::abs(turned.y())) return moveBy(-turned.x() / 1200.0);
  const QRectF area = chart()->plotArea();
  const double part = (event->position().x() - area.left()) / std::max(area.width(), 1.0);
  double x = across_->min() + std::clamp(part, 0.0, 1.0) * (across_->max() - across_->min());
  // One value of thousands is meant by a pixel: what lies below the pointer stays there, however close one comes.
  if (const auto below = nearest(event->position())) x = points_[below->point].value(below->isLeast).x / unit();
  zoomAround(x, std::pow(closer, turned.y() / 120.0));
}

/// To the next point or the previous one; where it is not in sight, that part of the chart is.
void PlotView::pointBeside(int by) {
  if (points_.empty()) return;
  const auto last = static_cast<qsizetype>(points_.size()) - 1;
  if (!at_) return point(static_cast<std::size_t>(by > 0 ? 0 : last));
  const Direction direction = points_[at_->point].direction;
  const auto next = static_cast<qsizetype>(at_->point) + by;
  const bool isBeside = next >= 0 && next <= last && points_[static_cast<std::size_t>(next)].direction == direction;
  if (isBeside) return point(static_cast<std::size_t>(next));
  if (isZoomed()) {
    const Range before = *zoomed_;
    moveBy(by * page);
    if (at_ && zoomed_ && *zoomed_ != before) {
      const auto now = static_cast<qsizetype>(at_->point) + by;
      const bool isThere = now >= 0 && now < static_cast<qsizetype>(points_.size());
      if (isThere && points_[static_cast<std::size_t>(now)].direction == direction)
        point(static_cast<std::size_t>(now));
      return;
    }
  }
  // Behind all of one direction come those of the other.
  point(static_cast<std::size_t>(std::clamp<qsizetype>(next, 0, last)));
}

/// To the point of the other direction that is nearest along the axis.
void PlotView::pointAcross() {
  if (!at_) return pointBeside(1);
  const PlotPoint from = points_[at_->point];
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < points_.size(); ++i) {
    if (points_[i].direction == from.direction) continue;
    if (!best || std::abs(points_[i].from - from.from) < std::abs(points_[*best].from - from.from)) best = i;
  }
  if (best) point(*best);
}

void PlotView::keyPressEvent(QKeyEvent *event) {
  switch (event->key()) {
    case Qt::Key_Left:
      return pointBeside(-1);
    case Qt::Key_Right:
      return pointBeside(1);
    case Qt::Key_Up:
    case Qt::Key_Down:
      return pointAcross();
    case Qt::Key_Home:
      if (!points_.empty()) point(0);
      return;
    case Qt::Key_End:
      if (!points_.empty()) point(points_.size() - 1);
      return;
    case Qt::Key_PageUp:
      return moveBy(-page);
    case Qt::Key_PageDown:
      return moveBy(page);
    case Qt::Key_Return:
    case Qt::Key_Enter:
      return choosePointed(event->modifiers().testFlag(Qt::ShiftModifier));
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      return zoom(closer);
    case Qt::Key_Minus:
      return zoom(1 / closer);
    case Qt::Key_0:
      return showAll();
    default:
      // Escape closes the window.
      event->ignore();
  }
}

}  // namespace octetscope
