// RibbonView: what lies at a place and what is said of it, and what keys do. The mouse has ribbon_view_mouse.cpp.
#include "widgets/ribbon/ribbon_view.h"

#include "widgets/hexview/decoder_hex_source.h"
#include "widgets/ribbon/ribbon_words.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QToolTip>

#include <cmath>

namespace octetscope {

namespace {

constexpr double keyZoom = 1.5;
constexpr double pageOfWidth = 0.85;
constexpr double markReach = 9;         // pixels to either side of a mark's place
constexpr double divergenceReach = 90;  // the width of its flag

bool isInside(const RibbonItem &item, double x) {
  return item.left <= x && x < std::max(item.right, item.left + 1);
}

}  // namespace

// Places

std::optional<RibbonAxis::Place> RibbonView::placeAt(QPointF point) const {
  const quint64 position = geometry_.positionAt(point.x() - labelsWidth_);
  if (axis_.size() == 0 || point.x() < labelsWidth_) return std::nullopt;
  return axis_.placeAt(std::min(position, axis_.size() - 1));
}

RibbonView::Hit RibbonView::hitAt(QPointF point) {
  Hit hit;
  const double x = point.x() - labelsWidth_;
  if (x < 0 || !decoder_) return hit;
  const RibbonScene &shown = scene();
  for (const RibbonMark &mark : shown.marks) {
    const RibbonRows::Group *group = rows_.groupOf(mark.direction);
    if (!group || !group->marks.contains(point.y())) continue;
    const bool isBeside = mark.kind != RibbonMark::Kind::Split && mark.kind != RibbonMark::Kind::SplitHead &&
                          mark.kind != RibbonMark::Kind::SplitDelimiter;
    const double from = isBeside ? mark.x : mark.x - markReach;
    const double to = mark.x + (isBeside ? 3 * markReach : markReach);
    if (from <= x && x < to && (!hit.mark || std::abs(mark.x - x) < std::abs(hit.mark->x - x))) {
      hit.mark = &mark;
      hit.offset = mark.offset;
    }
  }
  if (hit.mark) return hit;
  const int number = rows_.laneAt(point.y());
  if (number < 0 || static_cast<std::size_t>(number) >= shown.lanes.size()) return hit;
  const RibbonLane &lane = shown.lanes[static_cast<std::size_t>(number)];
  hit.lane = &lane;
  hit.offset = axis_.bytesBefore(lane.direction, geometry_.positionAt(x));
  for (const RibbonItem &item : lane.items) {
    if (item.left > x) break;
    if (isInside(item, x)) hit.item = &item;
  }
  if (hit.item && hit.item->kind != RibbonItem::Kind::Ghost && !hit.item->range.isEmpty()) {
    hit.offset = std::clamp(hit.offset, hit.item->range.begin, hit.item->range.end - 1);
  }
  return hit;
}

// Words

QString RibbonView::wordsAt(QPointF point) {
  if (const auto flag = flagAt(point)) return flagWords(*flag);
  const Hit hit = hitAt(point);
  if (!hit.mark && isOnHandle(point)) return playhead_->words();
  if (divergence_ && axis_.shows(divergence_->direction) && !divergence_->words.isEmpty()) {
    const double x =
        geometry_.xOf(positionsOf(divergence_->direction, {divergence_->offset, divergence_->offset}).begin);
    const RibbonRows::Group *group = rows_.groupOf(divergence_->direction);
    const double away = point.x() - labelsWidth_ - x;
    if (group && group->marks.contains(point.y()) && -markReach <= away && away <= divergenceReach) {
      return divergence_->words;
    }
  }
  if (hit.mark) return decoder_ ? RibbonWords(*decoder_).mark(*hit.mark) : QString();
  if (!hit.item) return {};
  const ConnectionDecoder *decoder = decoderOf(*hit.lane);
  return decoder ? RibbonWords(*decoder).item(*hit.lane, *hit.item, hit.offset) : QString();
}

QString RibbonView::currentWords() {
  if (!decoder_ || axis_.size() == 0) return tr("No bytes yet. They appear here as they arrive.");
  const RibbonWords words(*decoder_);
  if (hub_ && hub_->current() && axis_.shows(hub_->current()->direction)) {
    const Selection &selection = *hub_->current();
    const StreamView &view = decoder_->view(selection.direction);
    if (selection.range.begin < view.size() && laneKind_ == RibbonLane::Kind::Chunks && view.chunks.count() > 0) {
      return words.chunk(selection.direction, view.chunks.indexOf(selection.range.begin));
    }
    const auto number =
        selection.message ? selection.message : decoder_->messageAt(selection.direction, selection.range.begin);
    if (number && *number < decoder_->messageCount(selection.direction)) {
      const Message message = decoder_->message(selection.direction, *number);
      if (laneKind_ == RibbonLane::Kind::Messages || selection.range == message.range()) {
        return words.message(selection.direction, *number);
      }
      if (laneKind_ == RibbonLane::Kind::Inner) {
        return words.inner(selection.direction, *number, laneLayer_, selection.range.begin);
      }
      RibbonItem item;
      item.number = *number;
      return words.part(selection.direction, item, selection.range.begin);
    }
    return RibbonWords::range(selection.range);
  }
  const ByteRange seen = geometry_.visible();
  quint64 messages = 0;
  for (const RibbonRows::Group &group : rows_.groups()) messages += decoder_->messageCount(group.direction);
  return tr("%1 messages; shown: %2 of %3")
      .arg(locale().toString(messages), RibbonWords::range(seen), locale().toString(axis_.size()));
}

void RibbonView::showToolTip(const QHelpEvent *event) {
  const QString text = wordsAt(event->pos());
  if (text.isEmpty()) {
    QToolTip::hideText();
    return;
  }
  // Bytes are never markup: escaped, with its line ends kept.
  QString safe = text.toHtmlEscaped();
  safe.replace(u'\n', QLatin1String("<br>"));
  QToolTip::showText(event->globalPos(), QLatin1String("<p>") + safe + QLatin1String("</p>"), viewport());
}

bool RibbonView::viewportEvent(QEvent *event) {
  if (event->type() == QEvent::ToolTip) {
    showToolTip(static_cast<QHelpEvent *>(event));
    return true;
  }
  return QAbstractScrollArea::viewportEvent(event);
}

// Selecting

void RibbonView::selectRange(Direction direction, ByteRange range, std::optional<quint64> message) {
  laneDirection_ = direction;
  if (hub_) hub_->select(Selection{direction, range, message}, this);
}

void RibbonView::selectHit(const Hit &hit) {
  if (!hit.item || !decoder_) return;
  const Direction direction = hit.lane->direction;
  const StreamView &view = decoder_->view(direction);
  if (!hit.lane->isSecond) {
    laneKind_ = hit.lane->kind;
    laneLayer_ = hit.lane->layer;
  }
  if (hit.lane->kind == RibbonLane::Kind::Chunks) {
    if (hit.offset >= view.size() || view.chunks.count() == 0) return;
    const quint64 chunk = view.chunks.indexOf(hit.offset);
    const ByteRange range{view.chunks[chunk].offset,
                          chunk + 1 < view.chunks.count() ? view.chunks[chunk + 1].offset : view.size()};
    const auto number = decoder_->messageAt(direction, range.begin);
    const bool liesInOne = number && decoder_->message(direction, *number).offset <= range.begin &&
                           decoder_->message(direction, *number).end() >= range.end;
    selectRange(direction, range, liesInOne ? number : std::nullopt);
    return;
  }
  const ConnectionDecoder *decoder = decoderOf(*hit.lane);
  if (!decoder) return;
  if (hit.item->kind == RibbonItem::Kind::Ghost) {
    if (hit.item->number >= decoder->messageCount(direction)) return;
    selectRange(direction, decoder->message(direction, hit.item->number).range(),
                hit.lane->isSecond ? std::nullopt : std::optional(hit.item->number));
    return;
  }
  if (hit.lane->kind == RibbonLane::Kind::Inner) {
    ByteRange range = hit.item->range;
    if (hit.item->isSummary()) {
      // The one under the cursor.
      const DecoderHexSource source(const_cast<ConnectionDecoder *>(decoder), direction);
      range = source.nestedRange(hit.offset, hit.lane->layer).value_or(range);
    }
    selectRange(direction, range, hit.lane->isSecond ? std::nullopt : std::optional(hit.item->outer.first()));
    return;
  }
  if (hit.lane->kind == RibbonLane::Kind::Fields) {
    selectRange(direction, hit.item->range, hit.lane->isSecond ? std::nullopt : std::optional(hit.item->number));
    return;
  }
  // In a summary: the message under the cursor.
  const auto number = decoder->messageAt(direction, hit.offset);
  if (!number || *number >= decoder->messageCount(direction)) return;
  selectRange(direction, decoder->message(direction, *number).range(), hit.lane->isSecond ? std::nullopt : number);
}

/// Selects the thing of this kind `by` places further; the last one, or the first, where nothing is selected.
void RibbonView::stepItem(int by, RibbonLane::Kind kind) {
  if (!decoder_ || axis_.sizeOf(laneDirection_) == 0) return;
  const Direction direction = laneDirection_;
  const StreamView &view = decoder_->view(direction);
  if (view.size() == 0) return;  // nothing had come at the moment that is shown
  const Selection *now = hub_ && hub_->current() ? &*hub_->current() : nullptr;
  if (now && (now->direction != direction || now->range.begin >= view.size())) now = nullptr;
  ByteRange target;
  std::optional<quint64> message;
  if (kind == RibbonLane::Kind::Chunks) {
    quint64 chunk = now ? view.chunks.indexOf(now->range.begin) : view.chunks.count() - 1;
    if (now && by < 0 && chunk > 0) --chunk;
    if (now && by > 0 && chunk + 1 < view.chunks.count()) ++chunk;
    target = {view.chunks[chunk].offset, chunk + 1 < view.chunks.count() ? view.chunks[chunk + 1].offset : view.size()};
  } else if (kind == RibbonLane::Kind::Messages || !now) {
    const quint64 count = decoder_->messageCount(direction);
    if (count == 0) return;
    quint64 number = count - 1;
    if (now) {
      number = now->message ? *now->message : decoder_->messageAt(direction, now->range.begin).value_or(count - 1);
      number = std::min(number, count - 1);
      if (by < 0 && number > 0) --number;
      if (by > 0 && number + 1 < count) ++number;
    }
    target = decoder_->message(direction, number).range();
    message = number;
  } else if (kind == RibbonLane::Kind::Inner) {
    const auto beside = innerBeside(direction, now->range, by);
    if (!beside) return;
    target = *beside;
    message = decoder_->messageAt(direction, target.begin);
  } else {
    const DecoderHexSource source(decoder_, direction);
    quint64 at = now->range.begin;
    if (by > 0) {
      at = std::min(std::max(now->range.end, at + 1), view.size() - 1);
      // From a message that is selected as a whole, into it.
      if (now->message && now->range == decoder_->message(direction, *now->message).range()) at = now->range.begin;
    } else {
      at = at > 0 ? at - 1 : 0;
    }
    target = source.fieldRange(at);
    message = source.messageNumberAt(at);
  }
  selectRange(direction, target, message);
  const bool follows = geometry_.isFollowing();
  geometry_.setFollowing(false);
  geometry_.reveal(positionsOf(direction, target));
  if (scaleMode_ == Scale::Auto) scaleMode_ = Scale::User;
  if (follows && geometry_.isAtEnd()) geometry_.setFollowing(true);
  moved();
  if (follows && !geometry_.isFollowing()) Q_EMIT followingChanged(false);
}

/// The next message of the current lane's layer behind `now`, or before it; the first one in it, where `now` holds
/// some.
std::optional<ByteRange> RibbonView::innerBeside(Direction direction, ByteRange now, int by) const {
  constexpr int mostSkipped = 256;  // parts and payloads without a message of this layer
  const DecoderHexSource source(decoder_, direction);
  const auto own = source.nestedRange(now.begin, laneLayer_);
  // What is selected may be more than such a message (the one around it), or less (a field of it).
  const bool isInside = own && own->begin <= now.begin && now.end <= own->end;
  quint64 at = by < 0 ? (isInside ? own->begin : now.begin) : isInside ? own->end : now.begin;
  for (int skipped = 0; skipped < mostSkipped; ++skipped) {
    if (by < 0 ? at == 0 : at >= source.size()) return std::nullopt;
    const quint64 byte = by < 0 ? at - 1 : at;
    if (const auto found = source.nestedRange(byte, laneLayer_)) return found;
    const ByteRange none = source.fieldRange(byte);
    at = by < 0 ? std::min(none.begin, byte) : std::max(none.end, byte + 1);
  }
  return std::nullopt;
}

void RibbonView::stepLane(int by) {
  const auto &lanes = rows_.lanes();
  std::vector<std::size_t> own;
  std::size_t now = 0;
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    if (lanes[i].isSecond) continue;
    if (isCurrent(lanes[i])) now = own.size();
    own.push_back(i);
  }
  if (own.empty()) return;
  if (by < 0 && now > 0) --now;
  if (by > 0 && now + 1 < own.size()) ++now;
  laneKind_ = lanes[own[now]].kind;
  laneLayer_ = lanes[own[now]].layer;
  laneDirection_ = lanes[own[now]].direction;
  viewport()->update();
  tellAssistants();
}

// Keys

void RibbonView::zoomIn() {
  zoomBy(keyZoom, geometry_.width() / 2);
}

void RibbonView::zoomOut() {
  zoomBy(1 / keyZoom, geometry_.width() / 2);
}

void RibbonView::keyPressEvent(QKeyEvent *event) {
  const bool isControl = event->modifiers().testFlag(Qt::ControlModifier);
  switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      return zoomIn();
    case Qt::Key_Minus:
      return zoomOut();
    case Qt::Key_0:
      return fitAll();
    case Qt::Key_Return:
    case Qt::Key_Enter:
      return fitSelection();
    case Qt::Key_Left:
      return stepItem(-1, isControl ? RibbonLane::Kind::Messages : laneKind_);
    case Qt::Key_Right:
      return stepItem(1, isControl ? RibbonLane::Kind::Messages : laneKind_);
    case Qt::Key_Up:
      return stepLane(-1);
    case Qt::Key_Down:
      return stepLane(1);
    case Qt::Key_PageUp:
      return panByUser(-geometry_.width() * pageOfWidth);
    case Qt::Key_PageDown:
      return panByUser(geometry_.width() * pageOfWidth);
    case Qt::Key_Home:
      geometry_.setFollowing(false);
      geometry_.setLeft(0);
      return afterUserMoved();
    case Qt::Key_End:
      geometry_.setFollowing(false);
      geometry_.goToEnd();
      return afterUserMoved();
    default:
      break;
  }
  if (event->matches(QKeySequence::Copy)) return copy();
  QAbstractScrollArea::keyPressEvent(event);
}

void RibbonView::focusInEvent(QFocusEvent *event) {
  QAbstractScrollArea::focusInEvent(event);
  viewport()->update();
}

void RibbonView::focusOutEvent(QFocusEvent *event) {
  QAbstractScrollArea::focusOutEvent(event);
  viewport()->update();
}

}  // namespace octetscope
