// RibbonView's mouse: wheel, playhead, selection, and the menu, with what it copies.
#include "widgets/ribbon/ribbon_view.h"

#include "model/bytes/hex_text.h"

#include <QActionGroup>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QMenu>
#include <QMetaMethod>
#include <QStyleHints>

#include <algorithm>
#include <cmath>

namespace octetscope {

namespace {

constexpr double wheelZoom = 1.35;  // a notch of the wheel
constexpr double lineReach = 3;     // pixels to either side of the playhead
constexpr double markReach = 9;     // pixels to either side of a mark's place
constexpr quint64 clipboardLimit = 64ULL << 20;

}  // namespace

void RibbonView::wheelEvent(QWheelEvent *event) {
  const QPoint turned = event->angleDelta();
  const bool isSideways = event->modifiers().testFlag(Qt::ShiftModifier) || std::abs(turned.x()) > std::abs(turned.y());
  if (isSideways) {
    const int delta = std::abs(turned.x()) > std::abs(turned.y()) ? turned.x() : turned.y();
    const double pixels = event->pixelDelta().x() != 0 ? event->pixelDelta().x() : delta;
    panByUser(-pixels);
  } else if (turned.y() != 0) {
    zoomBy(std::pow(wheelZoom, turned.y() / 120.0), event->position().x() - labelsWidth_);
  }
  event->accept();
}

bool RibbonView::isOnHandle(QPointF point) const {
  if (!playhead_ || playhead_->decoder() != decoder_ || axis_.size() == 0) return false;
  const double away = std::abs(point.x() - labelsWidth_ - playheadX());
  return rows_.ruler().contains(point.y()) ? point.x() >= labelsWidth_ : away <= lineReach;
}

/// Chunks are what a receiver gets: the line stands between them, unless it is to look inside.
void RibbonView::dragPlayhead(QPointF point, bool insideChunks) {
  const quint64 position = geometry_.positionAt(point.x() - labelsWidth_);
  if (!playhead_ || axis_.size() == 0) return;
  const Timeline timeline = playhead_->timeline();
  if (position >= axis_.size()) return playhead_->returnToLive();
  const RibbonAxis::Place place = axis_.placeAt(position);
  const FramerPtr &framer = decoder_->reader(place.direction).framer;
  if (insideChunks && !(framer && framer->readsChunks())) {
    return playhead_->goTo(timeline.momentOf(place.direction, place.offset));
  }
  const StreamView &view = decoder_->liveView(place.direction);
  const quint64 chunk = view.chunks.indexOf(place.offset);
  const quint64 begin = view.chunks[chunk].offset;
  const quint64 end = chunk + 1 < view.chunks.count() ? view.chunks[chunk + 1].offset : view.size();
  if (place.offset - begin >= end - place.offset) {
    if (axis_.endOf(place.direction, end) >= axis_.size()) return playhead_->returnToLive();
    return playhead_->goTo(timeline.momentOf(place.direction, end));
  }
  // The moment before this chunk came: whatever of either direction stands left of it is there.
  const quint64 left = axis_.positionOf(place.direction, begin);
  if (left == 0) return playhead_->first();
  const RibbonAxis::Place before = axis_.placeAt(left - 1);
  playhead_->goTo(timeline.momentOf(before.direction, before.offset + 1));
}

void RibbonView::mousePressEvent(QMouseEvent *event) {
  if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton) return;
  if (const auto flag = event->button() == Qt::LeftButton ? flagAt(event->position()) : std::nullopt) {
    return selectFlag(*flag);
  }
  if (event->button() == Qt::LeftButton && isOnHandle(event->position())) {
    drag_ = Drag::Playhead;
    if (rows_.ruler().contains(event->position().y()) &&
        std::abs(event->position().x() - labelsWidth_ - playheadX()) > markReach) {
      dragPlayhead(event->position(), event->modifiers().testFlag(Qt::AltModifier));
    }
    viewport()->update();
    return;
  }
  drag_ = Drag::Pressed;
  dragPoint_ = event->position();
  if (event->button() == Qt::LeftButton) selectHit(hitAt(event->position()));
}

void RibbonView::mouseMoveEvent(QMouseEvent *event) {
  if (drag_ == Drag::None || event->buttons() == Qt::NoButton) {
    if (flagAt(event->position())) return viewport()->setCursor(Qt::PointingHandCursor);
    viewport()->setCursor(isOnHandle(event->position()) ? Qt::SizeHorCursor : Qt::ArrowCursor);
    return;
  }
  if (drag_ == Drag::Playhead) {
    const double x = event->position().x() - labelsWidth_;
    // At an edge the bytes come along.
    if (x < 0) panByUser(x / 2);
    if (x > geometry_.width()) panByUser((x - geometry_.width()) / 2);
    dragPlayhead(event->position(), event->modifiers().testFlag(Qt::AltModifier));
    return;
  }
  const double moved = event->position().x() - dragPoint_.x();
  if (drag_ == Drag::Pressed) {
    if (std::abs(moved) < QGuiApplication::styleHints()->startDragDistance()) return;
    drag_ = Drag::Panning;
    viewport()->setCursor(Qt::ClosedHandCursor);
  }
  dragPoint_ = event->position();
  panByUser(-moved);
}

void RibbonView::mouseReleaseEvent(QMouseEvent *event) {
  Q_UNUSED(event);
  if (drag_ == Drag::Panning) viewport()->setCursor(Qt::ArrowCursor);
  if (drag_ != Drag::None) viewport()->update();
  drag_ = Drag::None;
}

void RibbonView::mouseDoubleClickEvent(QMouseEvent *event) {
  if (event->button() != Qt::LeftButton) return;
  drag_ = Drag::None;
  const Hit hit = hitAt(event->position());
  if (!hit.item || !decoder_) return;
  if (hit.item->isSummary() || hit.lane->kind == RibbonLane::Kind::Chunks) {
    fitRange(hit.lane->direction, hit.item->range);
    return;
  }
  const ConnectionDecoder *decoder = decoderOf(*hit.lane);
  if (decoder && hit.item->number < decoder->messageCount(hit.lane->direction)) {
    fitRange(hit.lane->direction, decoder->message(hit.lane->direction, hit.item->number).range());
  }
}

/// What the menu is about lies under the mouse, unless it is opened on more that was selected before.
void RibbonView::selectForMenu(QPointF point) {
  if (const auto flag = flagAt(point)) return selectFlag(*flag);
  const Hit hit = hitAt(point);
  if (!hit.item || !decoder_) return;
  if (const Selection *selected = hub_ && hub_->current() ? &*hub_->current() : nullptr) {
    const Direction direction = hit.lane->direction;
    const auto number = decoder_->messageAt(direction, hit.offset);
    const quint64 message = number ? decoder_->message(direction, *number).size : 0;
    const quint64 under = hit.item->isSummary() ? message : std::max(message, hit.item->range.size());
    if (selected->direction == direction && selected->range.contains(hit.offset) && selected->range.size() > under) {
      return;
    }
  }
  selectHit(hit);
}

void RibbonView::contextMenuEvent(QContextMenuEvent *event) {
  std::optional<RibbonAxis::Place> place;
  if (event->reason() == QContextMenuEvent::Mouse) {
    selectForMenu(event->pos());
    const Hit hit = hitAt(event->pos());
    if (hit.lane) {
      place = RibbonAxis::Place{hit.lane->direction, hit.offset};
    } else {
      place = placeAt(event->pos());
    }
  } else if (hub_ && hub_->current()) {
    place = RibbonAxis::Place{hub_->current()->direction, hub_->current()->range.begin};
  }
  const bool isSelected = hub_ && hub_->current() && !hub_->current()->range.isEmpty();
  QMenu menu(this);
  QAction *copyBytes =
      menu.addAction(tr("&Copy bytes as hex"), QKeySequence(QKeySequence::Copy), this, &RibbonView::copy);
  copyBytes->setEnabled(isSelected);
  if (place && place->offset < axis_.sizeOf(place->direction) &&
      isSignalConnected(QMetaMethod::fromSignal(&RibbonView::restartAsked))) {
    menu.addAction(tr("&Start framing again at byte %1").arg(locale().toString(place->offset)), this,
                   [this, at = *place] { Q_EMIT restartAsked(at.direction, at.offset); });
  }
  if (!moreActions_.isEmpty()) menu.addSeparator();
  menu.addActions(moreActions_);
  menu.addSeparator();
  menu.addAction(tr("Zoom &in"), QKeySequence(Qt::Key_Plus), this, &RibbonView::zoomIn);
  menu.addAction(tr("Zoom &out"), QKeySequence(Qt::Key_Minus), this, &RibbonView::zoomOut);
  menu.addAction(tr("Show &everything"), QKeySequence(Qt::Key_0), this, &RibbonView::fitAll);
  QAction *fit =
      menu.addAction(tr("&Fit the selection"), QKeySequence(Qt::Key_Return), this, &RibbonView::fitSelection);
  fit->setEnabled(isSelected);
  menu.addSeparator();
  auto *group = new QActionGroup(&menu);
  const auto addShown = [&](const QString &text, Shown shown) {
    QAction *action = menu.addAction(text, this, [this, shown] { setShown(shown); });
    action->setCheckable(true);
    action->setChecked(shown_ == shown);
    group->addAction(action);
  };
  addShown(tr("Directions that have &bytes"), Shown::Auto);
  addShown(tr("Bo&th directions, in the order of time"), Shown::Both);
  addShown(tr("Only %1").arg(Theme::arrow(Direction::In) + u' ' + tr("in")), Shown::In);
  addShown(tr("Only %1").arg(Theme::arrow(Direction::Out) + u' ' + tr("out")), Shown::Out);
  QPoint at = event->globalPos();
  if (event->reason() != QContextMenuEvent::Mouse) {
    // Below what is selected, where that is in sight.
    double x = 8;
    if (place && axis_.shows(place->direction)) {
      x = geometry_.xOf(positionsOf(place->direction, {place->offset, place->offset}).begin);
    }
    at = viewport()->mapToGlobal(QPoint(labelsWidth_ + static_cast<int>(std::clamp(x, 8.0, geometry_.width())), 8));
  }
  menu.exec(at);
}

void RibbonView::copy() {
  if (!decoder_ || !hub_ || !hub_->current() || hub_->current()->range.isEmpty()) return;
  const Selection &selection = *hub_->current();
  const ByteView bytes = decoder_->view(selection.direction).bytes.view(selection.range);
  if (formattedSizeLimit(bytes.size(), BytesFormat::Hex) > clipboardLimit / sizeof(char16_t)) {
    Q_EMIT said(tr("%1 bytes are too many for the clipboard: select fewer, or save the stream to a file")
                    .arg(locale().toString(bytes.size())));
    return;
  }
  QGuiApplication::clipboard()->setText(formatBytes(bytes, BytesFormat::Hex));
}

}  // namespace octetscope
