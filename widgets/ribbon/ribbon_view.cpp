#include "widgets/ribbon/ribbon_view.h"

#include "widgets/controls/scroll_map.h"
#include "widgets/ribbon/ribbon_found.h"
#include "widgets/ribbon/ribbon_lanes.h"
#include "widgets/ribbon/ribbon_words.h"

#include <QApplication>
#include <QEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyle>

#include <cmath>
#include <utility>

namespace octetscope {

namespace {

constexpr double mostRoom = 150;        // pixels behind the end
constexpr double roomPart = 0.16;       // of the width
constexpr double largestAuto = 20;      // pixels a byte that are chosen for the user
constexpr quint64 fewMessages = 10;     // are all shown
constexpr quint64 messagesInSight = 7;  // of many
constexpr qsizetype mostInner = 3;      // lanes of messages inside messages; deeper ones stand among the fields

}  // namespace

RibbonView::RibbonView(QWidget *parent) : QAbstractScrollArea(parent) {
  installRibbonAccessibility();
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("Ribbon"));
  setFrameShape(QFrame::NoFrame);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
  viewport()->setBackgroundRole(QPalette::Base);
  viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
  viewport()->setMouseTracking(true);
  connect(horizontalScrollBar(), &QScrollBar::actionTriggered, this, [this](int action) {
    // A value may stand for gigabytes: steps go by pixels, and the bar is told where that is.
    const double page = geometry_.width() * 0.85;
    switch (action) {
      case QAbstractSlider::SliderSingleStepAdd:
        panByUser(page / 12);
        break;
      case QAbstractSlider::SliderSingleStepSub:
        panByUser(-page / 12);
        break;
      case QAbstractSlider::SliderPageStepAdd:
        panByUser(page);
        break;
      case QAbstractSlider::SliderPageStepSub:
        panByUser(-page);
        break;
      default:
        return;
    }
    horizontalScrollBar()->setSliderPosition(ScrollMap(geometry_.lastLeft()).valueOf(geometry_.left()));
  });
  connect(horizontalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
    const ScrollMap map(geometry_.lastLeft());
    if (map.valueOf(geometry_.left()) == value) return;
    geometry_.setFollowing(false);
    geometry_.setLeft(map.rowOf(value));
    afterUserMoved();
  });
  updateFont();
}

RibbonView::~RibbonView() = default;

void RibbonView::setDecoder(ConnectionDecoder *decoder, bool follows) {
  if (decoder_) decoder_->disconnect(this);
  decoder_ = decoder;
  if (decoder) {
    connect(decoder, &ConnectionDecoder::advanced, this, &RibbonView::readAgain);
    connect(decoder, &ConnectionDecoder::liveAdvanced, this, &RibbonView::readAgain);
    connect(decoder, &ConnectionDecoder::restarted, this, &RibbonView::readAgain);
    connect(decoder, &QObject::destroyed, this, &RibbonView::readAgain);
  }
  scaleMode_ = Scale::Auto;
  laneDirection_ = Direction::In;
  updateRows();
  geometry_.setFollowing(false);
  geometry_.setLeft(0);
  readAgain();
  setFollowing(follows);
}

void RibbonView::setSecond(ConnectionDecoder *decoder) {
  if (decoder == second_) return;
  if (second_) second_->disconnect(this);
  second_ = decoder;
  if (decoder) {
    connect(decoder, &ConnectionDecoder::advanced, this, &RibbonView::dropScene);
    connect(decoder, &ConnectionDecoder::restarted, this, &RibbonView::dropScene);
    connect(decoder, &QObject::destroyed, this, &RibbonView::updateRows);
  }
  updateRows();
}

void RibbonView::setFilter(MessageFilter *filter) {
  if (filter_) filter_->disconnect(this);
  filter_ = filter;
  if (filter) {
    for (const auto signal : {&MessageFilter::progressed, &MessageFilter::wasReset}) {
      connect(filter, signal, this, &RibbonView::dimAgain);
    }
    connect(filter, &MessageFilter::rowsAdded, this, &RibbonView::dimAgain);
    connect(filter, &MessageFilter::rowsRemoved, this, &RibbonView::dimAgain);
    connect(filter, &QObject::destroyed, this, &RibbonView::dimAgain);
  }
  dimAgain();
}

void RibbonView::setDivergence(std::optional<Divergence> divergence) {
  divergence_ = std::move(divergence);
  viewport()->update();
}

void RibbonView::setRestarts(Direction direction, QList<quint64> offsets) {
  restarts_[static_cast<std::size_t>(direction)] = std::move(offsets);
  dropScene();
}

void RibbonView::setShown(Shown shown) {
  if (shown == shown_) return;
  shown_ = shown;
  readAgain();
  updateGeometry();
  Q_EMIT shownChanged(shown);
}

void RibbonView::setSelectionHub(SelectionHub *hub) {
  if (hub_) hub_->disconnect(this);
  hub_ = hub;
  if (hub) connect(hub, &SelectionHub::changed, this, &RibbonView::onSelection);
  viewport()->update();
}

void RibbonView::setHits(const SearchHits *hits, Direction direction) {
  if (hits_ && hits_ != hits) hits_->disconnect(viewport());
  if (hits && hits_ != hits) connect(hits, &SearchHits::changed, viewport(), qOverload<>(&QWidget::update));
  hits_ = hits;
  hitsDirection_ = direction;
  viewport()->update();
}

void RibbonView::setPlayhead(Playhead *playhead) {
  if (playhead_) playhead_->disconnect(this);
  playhead_ = playhead;
  if (playhead) {
    connect(playhead, &Playhead::momentChanged, this, [this] {
      // Who travels sees where; who follows the live end goes on doing so.
      if (const double x = playheadX();
          !playhead_->isLive() && drag_ != Drag::Playhead && (x < 0 || x > geometry_.width())) {
        const quint64 at = geometry_.positionAt(x);
        geometry_.setFollowing(false);
        geometry_.reveal({at, at});
      }
      moved();
    });
    connect(playhead, &QObject::destroyed, viewport(), qOverload<>(&QWidget::update));
  }
  viewport()->update();
}

double RibbonView::playheadX() const {
  if (!playhead_ || playhead_->isLive() || playhead_->decoder() != decoder_) return geometry_.xOf(axis_.size());
  const Moment moment = playhead_->shown();
  quint64 position = 0;
  for (const Direction direction : {Direction::In, Direction::Out}) {
    position += std::min(axis_.sizeOf(direction), moment.bytesOf(direction));
  }
  return geometry_.xOf(position);
}

std::vector<Direction> RibbonView::directions() const {
  const auto has = [this](Direction direction) { return decoder_ && decoder_->liveView(direction).size() > 0; };
  switch (shown_) {
    case Shown::In:
      return {Direction::In};
    case Shown::Out:
      return {Direction::Out};
    case Shown::Both:
      return {Direction::In, Direction::Out};
    case Shown::Auto:
      break;
  }
  if (has(Direction::In) && has(Direction::Out)) return {Direction::In, Direction::Out};
  return {has(Direction::Out) ? Direction::Out : Direction::In};
}

RibbonRows::Stacks RibbonView::stacks() const {
  RibbonRows::Stacks stacks;
  for (const Direction direction : directions()) {
    const auto inner = [direction](const ConnectionDecoder *decoder) -> std::size_t {
      if (!decoder) return 0;
      return static_cast<std::size_t>(
          std::clamp<qsizetype>(decoder->reader(direction).layers.size() - 1, 0, mostInner));
    };
    stacks.push_back({direction, inner(decoder_), second_ != nullptr, inner(second_)});
  }
  return stacks;
}

/// More bytes, or other messages: the axis grows, what is shown stays or follows.
void RibbonView::readAgain() {
  const std::vector<Direction> shown = directions();
  const bool hadBoth = axis_.showsBoth();
  if (decoder_) {
    axis_ = RibbonAxis(shown.size() == 2 ? std::nullopt : std::optional(shown.front()),
                       decoder_->liveView(Direction::In), decoder_->liveView(Direction::Out));
  } else {
    axis_ = RibbonAxis();
  }
  geometry_.setSize(axis_.size());
  if (hadBoth != axis_.showsBoth() || rows_.stacks() != stacks()) updateRows();
  updateScale();
  moved();
}

RibbonSource RibbonView::source() const {
  if (!decoder_) return RibbonSource::Own;
  const Connection &connection = *decoder_->connection();
  if (connection.from().isNone() && connection.to().isNone()) return RibbonSource::File;
  return connection.isObserved() ? RibbonSource::Observed : RibbonSource::Own;
}

void RibbonView::updateFont() {
  pixelRatio_ = devicePixelRatioF();
  painter_.setFont(font(), pixelRatio_);
  updateRows();
}

void RibbonView::updateRows() {
  const RibbonRows::Stacks before = rows_.stacks();
  labelsWidth_ = static_cast<int>(painter_.labelsWidth(source(), second_ != nullptr));
  rows_.set(stacks(), painter_.lineHeight(), viewport()->height());
  // The keys move in a lane that is there.
  const auto isTheirs = [this](const RibbonRows::Lane &lane) {
    return !lane.isSecond && lane.kind == laneKind_ && lane.layer == laneLayer_;
  };
  if (laneLayer_ > 0 && std::ranges::none_of(rows_.lanes(), isTheirs)) {
    laneKind_ = RibbonLane::Kind::Messages;
    laneLayer_ = 0;
  }
  const double width = std::max(1, viewport()->width() - labelsWidth_);
  geometry_.setWidth(width, std::min(mostRoom, width * roomPart));
  updateScale();
  moved();
  if (rows_.stacks() == before) return;
  updateGeometry();
  Q_EMIT rowsChanged();
}

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

void RibbonView::dropScene() {
  sceneIsFresh_ = false;
  viewport()->update();
}

/// The scene stays: only which of it passes may be another.
void RibbonView::dimAgain() {
  dimmingIsFresh_ = false;
  viewport()->update();
}

void RibbonView::moved() {
  updateScrollBar();
  dropScene();
}

const RibbonScene &RibbonView::scene() {
  if (sceneIsFresh_) {
    if (!std::exchange(dimmingIsFresh_, true)) RibbonLanes::dim(scene_, filter_);
    return scene_;
  }
  sceneIsFresh_ = dimmingIsFresh_ = true;
  scene_ = {};
  if (!decoder_) return scene_;
  const RibbonLanes first(*decoder_, axis_, geometry_);
  for (const RibbonRows::Stack &stack : rows_.stacks()) {
    RibbonLane chunks = first.chunks(stack.direction);
    RibbonLane messages = first.messages(stack.direction);
    first.mark(chunks, restarts_[static_cast<std::size_t>(stack.direction)], scene_);
    scene_.lanes.push_back(std::move(chunks));
    first.addMessages(std::move(messages), stack.inner, scene_);
    if (!stack.hasSecond || !second_) continue;
    const RibbonLanes other(*second_, axis_, geometry_);
    RibbonLane otherMessages = other.messages(stack.direction);
    otherMessages.isSecond = true;
    other.addMessages(std::move(otherMessages), stack.secondInner, scene_);
  }
  RibbonLanes::dim(scene_, filter_);
  return scene_;
}

ByteRange RibbonView::positionsOf(Direction direction, ByteRange range) const {
  const quint64 size = axis_.sizeOf(direction);
  range = range.intersected({0, size});
  if (size == 0) return {0, 0};
  const quint64 begin = range.begin < size ? axis_.positionOf(direction, range.begin) : axis_.endOf(direction, size);
  return {begin, range.isEmpty() ? begin : axis_.endOf(direction, range.end)};
}

QRectF RibbonView::rectOf(std::size_t lane, const RibbonItem &item) const {
  const RibbonBand band = rows_.lanes().at(lane).band;
  return {labelsWidth_ + item.left, band.top, item.width(), band.height};
}

/// Whether the arrow keys move in it.
bool RibbonView::isCurrent(const RibbonRows::Lane &lane) const {
  return lane.kind == laneKind_ && lane.layer == laneLayer_ && lane.direction == laneDirection_ && !lane.isSecond;
}

int RibbonView::focusedLane() const {
  if (!hasFocus()) return -1;
  for (std::size_t i = 0; i < rows_.lanes().size(); ++i) {
    const RibbonRows::Lane &lane = rows_.lanes()[i];
    if (isCurrent(lane)) return static_cast<int>(i);
  }
  return -1;
}

// Moving

void RibbonView::setFollowing(bool following) {
  geometry_.setFollowing(following);
  updateScale();
  moved();
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

void RibbonView::onSelection(const std::optional<Selection> &selection, const QObject *who) {
  if (selection && axis_.shows(selection->direction)) {
    laneDirection_ = selection->direction;
    if (who != this) {
      const bool follows = geometry_.isFollowing();
      geometry_.setFollowing(false);
      geometry_.reveal(positionsOf(selection->direction, selection->range));
      if (follows && geometry_.isAtEnd()) geometry_.setFollowing(true);
      moved();
      if (follows && !geometry_.isFollowing()) Q_EMIT followingChanged(false);
    }
  }
  viewport()->update();
  tellAssistants();
}

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
