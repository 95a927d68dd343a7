#include "widgets/ribbon/ribbon_view.h"

#include "model/search/search_hits.h"
#include "widgets/controls/scroll_map.h"
#include "widgets/ribbon/ribbon_lanes.h"
#include "widgets/ribbon/ribbon_words.h"

#include <QScrollBar>

#include <utility>

namespace octetscope {

namespace {

constexpr double mostRoom = 150;    // pixels behind the end
constexpr double roomPart = 0.16;   // of the width
constexpr qsizetype mostInner = 3;  // lanes of messages inside messages; deeper ones stand among the fields

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
      if (drag_ != Drag::Playhead) revealPlayhead();
      moved();
    });
    connect(playhead, &QObject::destroyed, viewport(), qOverload<>(&QWidget::update));
  }
  viewport()->update();
}

/// Who travels sees where; who follows the live end goes on doing so.
void RibbonView::revealPlayhead() {
  if (!playhead_ || playhead_->isLive()) return;
  const double x = playheadX();
  if (x >= 0 && x <= geometry_.width()) return;
  const quint64 at = geometry_.positionAt(x);
  geometry_.setFollowing(false);
  geometry_.reveal({at, at});
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
  // In the past the end is where the playhead stands.
  const bool isPast = playhead_ && !playhead_->isLive();
  geometry_.setFollowing(following && !isPast);
  if (following) revealPlayhead();
  updateScale();
  moved();
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

}  // namespace octetscope
