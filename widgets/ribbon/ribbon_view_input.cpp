// RibbonView's hands: mouse, wheel, keys, menu and tool tips.
#include "widgets/ribbon/ribbon_view.h"

#include "model/bytes/hex_text.h"
#include "model/result.h"
#include "widgets/hexview/decoder_hex_source.h"
#include "widgets/ribbon/ribbon_words.h"

#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMenu>
#include <QMetaMethod>
#include <QStyleHints>
#include <QToolTip>

#include <cmath>

namespace octetscope {

namespace {

constexpr double keyZoom = 1.5;
constexpr double wheelZoom = 1.35;  // a notch of the wheel
constexpr double pageOfWidth = 0.85;
constexpr double lineReach = 3;         // pixels to either side of the playhead
constexpr double markReach = 9;         // pixels to either side of a mark's place
constexpr double divergenceReach = 90;  // the width of its flag
constexpr quint64 clipboardLimit = 64ULL << 20;

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

// Mouse

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

void RibbonView::contextMenuEvent(QContextMenuEvent *event) {
  std::optional<RibbonAxis::Place> place;
  if (event->reason() == QContextMenuEvent::Mouse) {
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
  menu.exec(event->reason() == QContextMenuEvent::Mouse ? event->globalPos()
                                                        : viewport()->mapToGlobal(QPoint(labelsWidth_ + 8, 8)));
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
