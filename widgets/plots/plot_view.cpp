#include "widgets/plots/plot_view.h"

#include <QtCharts/QChart>
#include <QtCharts/QLegend>
#include <QtCharts/QValueAxis>
#include <QtCharts/QXYSeries>

#include <QGraphicsLayout>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace octetscope {

namespace {

constexpr double leastPixels = 100;  // of an axis, when there is no room yet
constexpr double labelPixels = 80;   // about what stands beside the plot

}  // namespace

PlotView::PlotView(QWidget *parent)
    : QChartView(new QChart, parent), across_(new QValueAxis(this)), up_(new QValueAxis(this)) {
  setAccessibleName(tr("Chart"));
  setFocusPolicy(Qt::StrongFocus);
  setMinimumSize(320, 110);
  setFrameShape(QFrame::NoFrame);
  setRenderHint(QPainter::Antialiasing);
  viewport()->setMouseTracking(true);
  chart()->addAxis(across_, Qt::AlignBottom);
  chart()->addAxis(up_, Qt::AlignLeft);
  chart()->setAnimationOptions(QChart::NoAnimation);
  chart()->setLocale(QLocale());
  chart()->setLocalizeNumbers(true);
  chart()->setMargins(QMargins(6, 0, 12, 6));
  chart()->layout()->setContentsMargins(0, 0, 0, 0);
  for (QValueAxis *axis : {across_, up_}) axis->setTickType(QValueAxis::TicksDynamic);
  draw();
}

void PlotView::show(const MessagePlot *plot, const MessagePlot *detail, const PlotChoice &choice, bool in, bool out) {
  if (!plot || choice != choice_) {
    zoomed_.reset();
    meant_.reset();
  }
  choice_ = choice;
  shift_ = choice_.kind == PlotKind::Histogram ? 0.5 : 0;
  isComplete_ = !plot || plot->missing() == 0;
  for (const Direction direction : {Direction::In, Direction::Out}) {
    const auto d = static_cast<std::size_t>(direction);
    buckets_[d].reset();
    detail_[d].reset();
    if (!plot || !(direction == Direction::In ? in : out) || plot->of(direction).buckets.count() == 0) continue;
    buckets_[d] = plot->of(direction).buckets;
    if (!plot->of(direction).areWhole) shift_ = 0;
    if (detail) detail_[d] = detail->of(direction).buckets;
  }
  detailRange_ = detail ? detail->request().range.value_or(PlotRange()) : PlotRange();
  draw();
}

void PlotView::setAdvice(const QString &words) {
  if (words == advice_) return;
  advice_ = words;
  viewport()->update();
}

void PlotView::showAll() {
  zoomed_.reset();
  draw();
}

void PlotView::zoom(double factor) {
  const Range shown = zoomed_.value_or(all_);
  // Around the value itself, wherever in its bar it lies.
  zoomAround(at_ && meant_ ? meant_->x : (shown.from + shown.to) / 2, factor);
}

void PlotView::moveBy(double part) {
  if (!zoomed_) return;
  const double width = zoomed_->to - zoomed_->from;
  setShown(zoomed_->from + part * width, width);
}

/// The narrowest part that can be shown: a few messages, or values.
double PlotView::finest() const {
  constexpr double few = 4;
  constexpr double leastNs = 1000;
  constexpr double leastPart = 1e-6;  // of values that are no whole numbers
  switch (choice_.kind) {
    case PlotKind::BytesASecond:
      return few * choice_.request().finestWidth() / unit();
    case PlotKind::FieldOverTime:
      return few * leastNs / unit();
    case PlotKind::Histogram:
      return shift_ > 0 ? few : (all_.to - all_.from) * leastPart;
    default:
      return few;
  }
}

void PlotView::zoomAround(double x, double factor) {
  if (!hasPoints_) return;
  const Range shown = zoomed_.value_or(all_);
  const double whole = all_.to - all_.from;
  const double width = std::clamp((shown.to - shown.from) * factor, std::min(finest(), whole), whole);
  const double part = std::clamp((x - shown.from) / (shown.to - shown.from), 0.0, 1.0);
  setShown(x - part * width, width);
}

std::optional<PlotRange> PlotView::shownPart() const {
  if (!zoomed_) return std::nullopt;
  return PlotRange{(zoomed_->from + shift_) * unit(), (zoomed_->to + shift_) * unit()};
}

void PlotView::setShown(double from, double width) {
  zoomed_.reset();
  if (width < all_.to - all_.from) {
    const double begin = std::clamp(from, all_.from, all_.to - width);
    zoomed_ = Range{begin, begin + width};
  }
  draw();
}

/// One message stands where it is; several lie one over the other in the middle, as a line from each to the next would
/// draw what is not there.
double PlotView::across(const PlotPoint &point, bool isLeast) const {
  const Range shown = zoomed_.value_or(all_);
  // Until what is zoomed so closely was gathered, the middle of a bucket may be far out of sight.
  const bool isFarTooWide = point.to - point.from > (shown.to - shown.from) / 4 && zoomed_;
  const bool isOfMany = choice_.hasBars() || (point.bucket.count > 1 && !isFarTooWide);
  return isOfMany ? (point.from + point.to) / 2 - shift_ : point.value(isLeast).x / unit();
}

void PlotView::draw() {
  at_.reset();
  points_.clear();
  chart()->removeAllSeries();
  chart()->legend()->setMarkerShape(choice_.hasBars() ? QLegend::MarkerShapeRectangle : QLegend::MarkerShapeFromSeries);
  std::optional<Range> all;
  for (const auto &buckets : buckets_) {
    if (!buckets) continue;
    const Range of = {buckets->begin(0) / unit() - shift_, buckets->begin(buckets->buckets().size()) / unit() - shift_};
    all = all ? Range{std::min(all->from, of.from), std::max(all->to, of.to)} : of;
  }
  const bool hadPoints = std::exchange(hasPoints_, all.has_value());
  all_ = all.value_or(Range{0, 1});
  // Nothing of it is left of a plot that began again.
  if (zoomed_ && isComplete_ && !(zoomed_->from < all_.to && zoomed_->to > all_.from)) zoomed_.reset();
  const Range shown = zoomed_.value_or(all_);
  gather(shown);
  for (const Direction direction : {Direction::In, Direction::Out}) {
    const auto [first, last] = std::ranges::equal_range(points_, direction, {}, &PlotPoint::direction);
    if (choice_.hasBars() && first != last) addBars(direction, {first, last});
    if (!choice_.hasBars()) addLine(direction, {first, last});
    setRenderHint(QPainter::Antialiasing, isSmooth());
  }
  fitAxes(shown);
  if (meant_) pointAgain(*meant_);
  for (QValueAxis *axis : {across_, up_}) axis->setVisible(hasPoints_);
  // Qt leaves the axes the room that their labels needed before.
  chart()->layout()->invalidate();
  chart()->layout()->activate();
  // Qt makes outlines of all points whenever an axis or the plot's place changes: they come last, once.
  for (const auto &[series, places] : std::exchange(unfilled_, {})) series->replace(places);
  if (hadPoints != hasPoints_) viewport()->update();
  Q_EMIT pointedAtChanged();
  Q_EMIT zoomChanged();
}

/// At the same message; where it is no longer the least or greatest of its bucket, at what stands there now: until it
/// is so again, as when what is shown was gathered more closely.
void PlotView::pointAgain(const Meant &meant) {
  for (std::size_t i = 0; i < points_.size(); ++i) {
    const PlotPoint &point = points_[i];
    if (point.direction != meant.direction) continue;
    if (point.bucket.greatest.message == meant.message) return void(at_ = Place{i, false});
    if (point.bucket.least.message == meant.message && !choice_.hasBars()) return void(at_ = Place{i, true});
    if (meant.x >= point.from && meant.x < point.to) at_ = Place{i, false};
  }
}

/// Both directions have the same buckets, and each is wide enough for its two points.
void PlotView::gather(Range shown) {
  const double from = (shown.from + shift_) * unit();
  const double to = (shown.to + shift_) * unit();
  const Buckets &of = zoomed_ && detailRange_.contains(PlotRange{from, to}) ? detail_ : buckets_;
  // The plot's own width changes with the labels beside it.
  const double pixels = std::max(viewport()->width() - labelPixels, leastPixels);
  drawnWidth_ = 0;
  beside_ = {};
  for (const auto &buckets : of) {
    if (!buckets) continue;
    drawnWidth_ = std::max(drawnWidth_, buckets->coarse(0, static_cast<std::size_t>(pixels / 3), from, to).width());
  }
  for (const Direction direction : {Direction::In, Direction::Out}) {
    const auto &buckets = of[static_cast<std::size_t>(direction)];
    if (!buckets) continue;
    auto &[before, behind] = beside_[static_cast<std::size_t>(direction)];
    const PlotBuckets coarse = buckets->coarse(drawnWidth_, PlotBuckets::mostBuckets, from, to);
    for (std::size_t i = 0; i < coarse.buckets().size(); ++i) {
      const PlotBucket &bucket = coarse.buckets()[i];
      PlotPoint point = {direction, coarse.begin(i) / unit(), coarse.begin(i + 1) / unit(), bucket,
                         bucket.greatest.value};
      if (bucket.count == 0) continue;
      // What has a place of its own is in sight or not; a wide one is so as long as part of it is.
      const double at = choice_.hasBars() || bucket.count > 1
                            ? std::clamp(shown.from, point.from - shift_, point.to - shift_)
                            : across(point, false);
      if (at < shown.from) before = QPointF(across(point, false), bucket.mean());
      if (at > shown.to && !behind) behind = QPointF(across(point, true), bucket.mean());
      if (at < shown.from || at > shown.to) continue;
      if (choice_.kind == PlotKind::BytesASecond) point.height = bucket.sum / (point.to - point.from);
      if (choice_.kind == PlotKind::Histogram) point.height = static_cast<double>(bucket.count);
      points_.push_back(point);
    }
  }
}

double PlotView::pixelsOf(double part) const {
  return part / (across_->max() - across_->min()) * chart()->plotArea().width();
}

QPointF PlotView::placeOf(const Place &place) const {
  const PlotPoint &point = points_[place.point];
  const QRectF area = chart()->plotArea();
  const double x = (across(point, place.isLeast) - across_->min()) / (across_->max() - across_->min());
  const double value = place.isLeast ? point.bucket.least.value : point.height;
  const double y = (value - up_->min()) / (up_->max() - up_->min());
  return {area.left() + x * area.width(), area.bottom() - y * area.height()};
}

std::optional<QPoint> PlotView::placeOf(Direction direction, quint64 message) const {
  for (std::size_t i = 0; i < points_.size(); ++i) {
    if (points_[i].direction != direction) continue;
    for (const bool isLeast : {false, true}) {
      if (points_[i].messageOf(isLeast) == message) return placeOf(Place{i, isLeast}).toPoint();
    }
  }
  return std::nullopt;
}

void PlotView::point(std::optional<Place> at) {
  meant_.reset();
  if (at) {
    const PlotPoint &of = points_[at->point];
    meant_ = Meant{of.direction, of.messageOf(at->isLeast), of.value(at->isLeast).x / unit()};
  }
  if (at == at_) return;
  at_ = at;
  viewport()->update();
  Q_EMIT pointedAtChanged();
}

void PlotView::resizeEvent(QResizeEvent *event) {
  QChartView::resizeEvent(event);
  draw();
}

void PlotView::changeEvent(QEvent *event) {
  QChartView::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) draw();
}

}  // namespace octetscope
