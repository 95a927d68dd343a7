#include "widgets/plots/plot_view.h"

#include "widgets/theme/plot_colors.h"

#include <QtCharts/QAreaSeries>
#include <QtCharts/QChart>
#include <QtCharts/QLegend>
#include <QtCharts/QLegendMarker>
#include <QtCharts/QLineSeries>
#include <QtCharts/QScatterSeries>
#include <QtCharts/QValueAxis>

#include <QGraphicsLayout>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace octetscope {

namespace {

constexpr std::size_t mostMarks = 60;    // points that get a shape of their own
constexpr std::size_t mostSmooth = 150;  // points whose lines have smooth edges
constexpr std::size_t mostFilled = 100;  // points with an area below them
constexpr double leastPixels = 100;      // of an axis, when there is no room yet
constexpr double markPixels = 90;        // between marks of the axis below
constexpr double markHeights = 50;
constexpr double labelPixels = 80;  // about what stands beside the plot

}  // namespace

PlotView::PlotView(QWidget *parent)
    : QChartView(new QChart, parent), across_(new QValueAxis(this)), up_(new QValueAxis(this)) {
  setAccessibleName(tr("Chart"));
  setFocusPolicy(Qt::StrongFocus);
  setMinimumSize(320, 160);
  setFrameShape(QFrame::NoFrame);
  setRenderHint(QPainter::Antialiasing);
  viewport()->setMouseTracking(true);
  chart()->addAxis(across_, Qt::AlignBottom);
  chart()->addAxis(up_, Qt::AlignLeft);
  chart()->setAnimationOptions(QChart::NoAnimation);
  chart()->setMargins(QMargins(6, 6, 12, 6));
  for (QValueAxis *axis : {across_, up_}) axis->setTickType(QValueAxis::TicksDynamic);
  draw();
}

void PlotView::show(const MessagePlot *plot, bool in, bool out) {
  const PlotChoice choice = plot ? PlotChoice{plot->kind(), plot->field()} : choice_;
  if (!plot || choice != choice_) {
    zoomed_.reset();
    at_.reset();
  }
  choice_ = choice;
  shift_ = choice_.kind == PlotKind::Histogram ? 0.5 : 0;
  for (const Direction direction : {Direction::In, Direction::Out}) {
    auto &buckets = buckets_[static_cast<std::size_t>(direction)];
    buckets.reset();
    if (plot && (direction == Direction::In ? in : out)) buckets = plot->of(direction).buckets;
    if (buckets && buckets->count() == 0) buckets.reset();
    if (buckets && !plot->of(direction).areWhole) shift_ = 0;
  }
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
  zoomAround(at_ ? middle(points_[*at_]) : (shown.from + shown.to) / 2, factor);
}

void PlotView::moveBy(double part) {
  if (!zoomed_) return;
  const double width = zoomed_->to - zoomed_->from;
  setShown(zoomed_->from + part * width, width);
}

void PlotView::zoomAround(double x, double factor) {
  if (points_.empty()) return;
  const Range shown = zoomed_.value_or(all_);
  const double whole = all_.to - all_.from;
  double finest = whole;
  for (const auto &buckets : buckets_) {
    if (buckets) finest = std::min(finest, buckets->width() * scale());
  }
  // No closer than a few of the buckets that there are.
  const double width = std::clamp((shown.to - shown.from) * factor, std::min(4 * finest, whole), whole);
  const double part = std::clamp((x - shown.from) / (shown.to - shown.from), 0.0, 1.0);
  setShown(x - part * width, width);
}

void PlotView::setShown(double from, double width) {
  zoomed_.reset();
  if (width < all_.to - all_.from) {
    const double begin = std::clamp(from, all_.from, all_.to - width);
    zoomed_ = Range{begin, begin + width};
  }
  draw();
}

double PlotView::middle(const PlotPoint &point) const {
  // A message, or a whole number, that has a bucket of its own stands at its number.
  const bool isWide = choice_.hasBars() || point.to - point.from > scale();
  return isWide ? (point.from + point.to) / 2 - shift_ : point.from;
}

void PlotView::draw() {
  std::optional<std::pair<Direction, quint64>> before;
  if (at_) before = {points_[*at_].direction, points_[*at_].bucket.message};
  at_.reset();
  const bool wasEmpty = points_.empty();
  points_.clear();
  chart()->removeAllSeries();
  chart()->legend()->setMarkerShape(choice_.hasBars() ? QLegend::MarkerShapeRectangle : QLegend::MarkerShapeFromSeries);
  std::optional<Range> all;
  for (const auto &buckets : buckets_) {
    if (!buckets) continue;
    const Range of = {buckets->begin(0) * scale() - shift_,
                      buckets->begin(buckets->buckets().size()) * scale() - shift_};
    all = all ? Range{std::min(all->from, of.from), std::max(all->to, of.to)} : of;
  }
  all_ = all.value_or(Range{0, 1});
  const Range shown = zoomed_.value_or(all_);
  gather(shown);
  // Nothing of it is left of a plot that began again.
  if (points_.empty() && zoomed_) return showAll();
  for (const Direction direction : {Direction::In, Direction::Out}) {
    const auto [first, last] = std::ranges::equal_range(points_, direction, {}, &PlotPoint::direction);
    if (first == last) continue;
    choice_.hasBars() ? addBars(direction, {first, last}) : addLine(direction, {first, last});
    // Smooth edges of so many are not seen, and would take a tenth of a second.
    setRenderHint(QPainter::Antialiasing, points_.size() <= mostSmooth);
  }
  fitAxes(shown);
  if (before) {
    const auto same = std::ranges::find_if(points_, [&](const PlotPoint &point) {
      return point.direction == before->first && point.bucket.message == before->second;
    });
    if (same != points_.end()) at_ = static_cast<std::size_t>(same - points_.begin());
  }
  for (QValueAxis *axis : {across_, up_}) axis->setVisible(!points_.empty());
  // Qt leaves the axes the room that their labels needed before.
  chart()->layout()->invalidate();
  chart()->layout()->activate();
  // Qt makes outlines of all points whenever an axis or the plot's place changes: they come last, once.
  for (const auto &[series, places] : std::exchange(unfilled_, {})) series->replace(places);
  if (wasEmpty != points_.empty()) viewport()->update();
  Q_EMIT pointedAtChanged();
  Q_EMIT zoomChanged();
}

/// Both directions have the same buckets, and each is wide enough for its two points.
void PlotView::gather(Range shown) {
  const double from = (shown.from + shift_) / scale();
  const double to = (shown.to + shift_) / scale();
  // The plot's own width changes with the labels beside it.
  const double pixels = std::max(viewport()->width() - labelPixels, leastPixels);
  double width = 0;
  for (const auto &buckets : buckets_) {
    if (buckets) width = std::max(width, buckets->coarse(0, static_cast<std::size_t>(pixels / 3), from, to).width());
  }
  for (const Direction direction : {Direction::In, Direction::Out}) {
    const auto &buckets = buckets_[static_cast<std::size_t>(direction)];
    if (!buckets) continue;
    const PlotBuckets coarse = buckets->coarse(width, PlotBuckets::mostBuckets, from, to);
    for (std::size_t i = 0; i < coarse.buckets().size(); ++i) {
      const PlotBucket &bucket = coarse.buckets()[i];
      PlotPoint point = {direction, coarse.begin(i) * scale(), coarse.begin(i + 1) * scale(), bucket, bucket.greatest};
      if (point.to - shift_ < shown.from || point.from - shift_ > shown.to || bucket.count == 0) continue;
      if (choice_.kind == PlotKind::BytesASecond) point.height = bucket.sum / (point.to - point.from);
      if (choice_.kind == PlotKind::Histogram) point.height = static_cast<double>(bucket.count);
      points_.push_back(point);
    }
  }
}

void PlotView::attach(QAbstractSeries *series) {
  chart()->addSeries(series);
  series->attachAxis(across_);
  series->attachAxis(up_);
}

void PlotView::addBars(Direction direction, std::span<const PlotPoint> points) {
  const bool isIn = direction == Direction::In;
  const QColor color = plotLine(Theme::of(palette()), direction);
  QPen pen(color, points_.size() <= mostSmooth ? 1.6 : 1, isIn ? Qt::SolidLine : Qt::DashLine);
  pen.setCosmetic(true);
  QList<QPointF> places;
  double end = -std::numeric_limits<double>::infinity();
  for (const PlotPoint &point : points) {
    const double from = point.from - shift_;
    const double to = point.to - shift_;
    if (from > end) {
      if (!places.isEmpty()) places += QPointF(end, 0);
      places += QPointF(from, 0);
    }
    places += {QPointF(from, point.height), QPointF(to, point.height)};
    end = to;
  }
  places += QPointF(end, 0);
  auto *line = new QLineSeries;
  unfilled_.emplace_back(line, places);
  if (points_.size() > mostFilled) {
    // To fill an area of so many corners takes longer than a painted frame.
    line->setName(plotDirection(direction));
    line->setPen(pen);
    return attach(line);
  }
  auto *area = new QAreaSeries(line);
  line->setParent(area);
  area->setName(plotDirection(direction));
  area->setPen(pen);
  QColor fill = color;
  fill.setAlphaF(isIn ? 0.30F : 0.9F);
  area->setBrush(QBrush(fill, isIn ? Qt::SolidPattern : Qt::BDiagPattern));
  attach(area);
}

void PlotView::addLine(Direction direction, std::span<const PlotPoint> points) {
  const bool isIn = direction == Direction::In;
  const QColor color = plotLine(Theme::of(palette()), direction);
  QPen pen(color, points_.size() <= mostSmooth ? 1.6 : 1, isIn ? Qt::SolidLine : Qt::DashLine);
  pen.setCosmetic(true);
  QList<QPointF> places;
  for (const PlotPoint &point : points) {
    places += QPointF(middle(point), point.bucket.least);
    if (!point.isOne()) places += QPointF(middle(point), point.bucket.greatest);
  }
  auto *line = new QLineSeries;
  unfilled_.emplace_back(line, places);
  line->setName(plotDirection(direction));
  line->setPen(pen);
  attach(line);
  if (points.size() > mostMarks) return;
  auto *marks = new QScatterSeries;
  marks->setMarkerShape(isIn ? QScatterSeries::MarkerShapeCircle : QScatterSeries::MarkerShapeRectangle);
  marks->setMarkerSize(7);
  marks->setColor(isIn ? color : palette().color(QPalette::Base));
  marks->setBorderColor(color);
  QList<QPointF> tops;
  for (const PlotPoint &point : points) tops += QPointF(middle(point), point.height);
  unfilled_.emplace_back(marks, tops);
  attach(marks);
  for (QLegendMarker *marker : chart()->legend()->markers(marks)) marker->setVisible(false);
}

/// What the axes reach over, and where their marks stand.
void PlotView::fitAxes(Range shown) {
  double least = choice_.hasBars() ? 0 : std::numeric_limits<double>::infinity();
  double greatest = -std::numeric_limits<double>::infinity();
  for (const PlotPoint &point : points_) {
    least = std::min(least, choice_.hasBars() ? 0 : point.bucket.least);
    greatest = std::max(greatest, point.height);
  }
  if (points_.empty()) least = 0, greatest = 1;
  const double magnitude = std::max(std::abs(least), std::abs(greatest));
  const bool areApart = greatest - least > magnitude * 1e-12;
  const double room = areApart ? (greatest - least) * 0.05 : magnitude > 0 ? magnitude * 0.5 : 0.5;
  const bool isOfMessages = choice_.kind != PlotKind::Histogram && !isOverTime(choice_.kind);
  const auto fit = [](QValueAxis *axis, double from, double to, double pixels, double apart, double finest) {
    const double most = std::max(std::abs(from), std::abs(to));
    const double step = plotStep(to - from, static_cast<int>(pixels / apart), std::max(finest, most * 1e-12));
    // Anchored in sight: Qt counts the marks from there on in an int.
    axis->setTickAnchor(std::ceil(from / step) * step);
    axis->setTickInterval(step);
    axis->setRange(from, to);
    axis->setLabelFormat(plotFormat(step, most));
  };
  const QRectF area = chart()->plotArea();
  fit(across_, shown.from, shown.to, std::max(area.width(), leastPixels), markPixels,
      isOfMessages || shift_ > 0 ? 1 : 0);
  fit(up_, choice_.hasBars() ? 0 : least - room, greatest + room, std::max(area.height(), leastPixels), markHeights,
      choice_.kind == PlotKind::Histogram ? 1 : 0);
  paintAxes();
}

/// Colours and words.
void PlotView::paintAxes() {
  const Theme theme = Theme::of(palette());
  QColor grid = palette().color(QPalette::Text);
  grid.setAlphaF(0.15F);
  setBackgroundBrush(palette().brush(QPalette::Base));
  chart()->setBackgroundBrush(palette().brush(QPalette::Base));
  chart()->setBackgroundRoundness(0);
  chart()->legend()->setLabelColor(palette().color(QPalette::Text));
  chart()->legend()->setFont(font());
  QFont bold = font();
  bold.setBold(true);
  for (QValueAxis *axis : {across_, up_}) {
    axis->setLabelsColor(palette().color(QPalette::Text));
    axis->setLabelsFont(font());
    axis->setTitleFont(bold);
    axis->setTitleBrush(palette().brush(QPalette::Text));
    axis->setLinePenColor(theme.mutedText());
    axis->setGridLineColor(grid);
  }
  across_->setTitleText(choice_.acrossTitle());
  up_->setTitleText(choice_.upTitle());
}

QPointF PlotView::placeOf(const PlotPoint &point) const {
  const QRectF area = chart()->plotArea();
  const double x = (middle(point) - across_->min()) / (across_->max() - across_->min());
  const double y = (point.height - up_->min()) / (up_->max() - up_->min());
  return {area.left() + x * area.width(), area.bottom() - y * area.height()};
}

std::optional<QPoint> PlotView::placeOf(Direction direction, quint64 message) const {
  for (const PlotPoint &point : points_) {
    if (point.direction == direction && point.bucket.message == message) return placeOf(point).toPoint();
  }
  return std::nullopt;
}

void PlotView::point(std::optional<std::size_t> at) {
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

void PlotView::drawForeground(QPainter *painter, const QRectF &rect) {
  QChartView::drawForeground(painter, rect);
  painter->setPen(QPen(palette().color(QPalette::Text), 2));
  painter->setBrush(Qt::NoBrush);
  if (points_.empty()) {
    const QRect middle = viewport()->rect().adjusted(40, 20, -40, -20);
    painter->drawText(middle, Qt::AlignCenter | Qt::TextWordWrap, advice_);
  } else if (at_) {
    painter->drawEllipse(placeOf(points_[*at_]), 7, 7);
  }
}

}  // namespace octetscope
