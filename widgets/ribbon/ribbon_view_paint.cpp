// RibbonView: what it paints, and the sizes that follow from it.
#include "widgets/ribbon/ribbon_found.h"
#include "widgets/ribbon/ribbon_marks.h"
#include "widgets/ribbon/ribbon_view.h"

#include <QEvent>
#include <QPainter>
#include <QStyle>

#include <cmath>

namespace octetscope {

// Events of the window

void RibbonView::resizeEvent(QResizeEvent *event) {
  QAbstractScrollArea::resizeEvent(event);
  updateRows();
}

void RibbonView::changeEvent(QEvent *event) {
  QAbstractScrollArea::changeEvent(event);
  if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) updateFont();
  viewport()->update();
}

void RibbonView::paintEvent(QPaintEvent *event) {
  Q_UNUSED(event);
  if (devicePixelRatioF() != pixelRatio_) updateFont();
  QPainter painter(viewport());
  RibbonPage page;
  page.scene = &scene();
  page.rows = &rows_;
  page.geometry = &geometry_;
  page.labels = labelsWidth_;
  page.source = source();
  page.liveEnd = geometry_.xOf(axis_.size());
  page.hasHandle = playhead_ && playhead_->decoder() == decoder_;
  if (page.hasHandle && !playhead_->isLive()) page.playhead = playheadX();
  page.isPlayheadHeld = drag_ == Drag::Playhead;
  page.focusedLane = focusedLane();
  if (hub_ && hub_->current() && axis_.shows(hub_->current()->direction)) {
    const Selection &selection = *hub_->current();
    quint64 at = selection.range.begin;
    const quint64 end = std::min(selection.range.end, axis_.sizeOf(selection.direction));
    // Pieces, where bytes of the other direction lie between; far fewer than pixels are enough.
    for (int pieces = 0; at < end && pieces < 64; ++pieces) {
      const quint64 run = pieces == 63 ? end : std::min(end, axis_.runEnd(selection.direction, at));
      const ByteRange positions = positionsOf(selection.direction, {at, run});
      page.selection.push_back({selection.direction, geometry_.xOf(positions.begin), geometry_.xOf(positions.end)});
      at = run;
    }
  }
  if (hits_ && axis_.shows(hitsDirection_)) page.found = foundPieces(*hits_, hitsDirection_, axis_, geometry_);
  if (foundFields_ && foundFields_->isLooking()) page.found = foundPieces(*foundFields_, axis_, geometry_);
  if (marks_) {
    page.flags = flags();
    page.markBars = markBars(*marks_, axis_, geometry_);
  }
  if (divergence_ && axis_.shows(divergence_->direction)) {
    const ByteRange positions = positionsOf(divergence_->direction, {divergence_->offset, divergence_->offset});
    page.divergence = RibbonPage::Divergence{divergence_->direction, geometry_.xOf(positions.begin)};
  }
  painter_.paint(painter, page, palette(), viewport()->rect());
  if (geometry_.size() == 0) {
    painter.setPen(Theme::of(this).mutedText());
    painter.drawText(QRectF(viewport()->rect()).adjusted(labelsWidth_ + 8, rows_.ruler().bottom(), -8, 0),
                     Qt::AlignCenter | Qt::TextWordWrap, tr("No bytes yet. They appear here as they arrive."));
  }
  if (hasFocus()) {
    painter.setPen(QPen(palette().color(QPalette::Active, QPalette::Highlight), 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(viewport()->rect()).adjusted(1, 1, -1, -1));
  }
}

void RibbonView::scrollContentsBy(int dx, int dy) {
  Q_UNUSED(dx);
  Q_UNUSED(dy);
}

QSize RibbonView::sizeHint() const {
  const int bar = style()->pixelMetric(QStyle::PM_ScrollBarExtent);
  const double lanes = RibbonRows::bestHeight(rows_.stacks(), painter_.lineHeight());
  return {640, static_cast<int>(std::ceil(lanes)) + bar};
}

QSize RibbonView::minimumSizeHint() const {
  const int bar = style()->pixelMetric(QStyle::PM_ScrollBarExtent);
  const double lanes = RibbonRows::leastHeight(rows_.stacks(), painter_.lineHeight());
  return {200, static_cast<int>(std::ceil(lanes)) + bar};
}

}  // namespace octetscope
