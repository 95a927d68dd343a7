// PlotView's lines, bars and axes.
#include "widgets/plots/plot_view.h"
#include "widgets/theme/plot_colors.h"

#include <QtCharts/QChart>
#include <QtCharts/QLegend>
#include <QtCharts/QLegendMarker>
#include <QtCharts/QLineSeries>
#include <QtCharts/QScatterSeries>
#include <QtCharts/QValueAxis>

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>

namespace octetscope {

namespace {

constexpr std::size_t mostMarks = 60;    // points that get a shape of their own
constexpr std::size_t mostSmooth = 150;  // points whose lines have smooth edges
constexpr double leastPixels = 100;      // of an axis, when there is no room yet
constexpr double markPixels = 90;        // between marks of the axis below
constexpr double markHeights = 50;
constexpr int lowPixels = 260;  // a chart that is lower has no room for what its axes are called

}  // namespace

/// Smooth edges of more are not seen, and would take a tenth of a second.
bool PlotView::isSmooth() const {
  return points_.size() <= mostSmooth;
}

/// Nothing is painted far beyond what is shown: a bar of millions of pixels, or a dashed line, would take long.
PlotView::Range PlotView::nearShown() const {
  const Range shown = zoomed_.value_or(all_);
  const double width = shown.to - shown.from;
  return {shown.from - width, shown.to + width};
}

void PlotView::attach(QAbstractSeries *series) {
  chart()->addSeries(series);
  series->attachAxis(across_);
  series->attachAxis(up_);
}

void PlotView::addBars(Direction direction, std::span<const PlotPoint> points) {
  const bool isIn = direction == Direction::In;
  const QColor color = plotLine(Theme::of(palette()), direction);
  QPen pen(color, isSmooth() ? 1.6 : 1, isIn ? Qt::SolidLine : Qt::DashLine);
  pen.setCosmetic(true);
  QList<QPointF> places;
  const Range near = nearShown();
  double end = -std::numeric_limits<double>::infinity();
  for (const PlotPoint &point : points) {
    const double from = std::clamp(point.from - shift_, near.from, near.to);
    const double to = std::clamp(point.to - shift_, near.from, near.to);
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
  line->setName(plotDirection(direction));
  line->setPen(pen);
  attach(line);
}

void PlotView::addLine(Direction direction, std::span<const PlotPoint> points) {
  const bool isIn = direction == Direction::In;
  const QColor color = plotLine(Theme::of(palette()), direction);
  QPen pen(color, isSmooth() ? 1.6 : 1, isIn ? Qt::SolidLine : Qt::DashLine);
  pen.setCosmetic(true);
  const Range near = nearShown();
  QList<QPointF> places;
  QList<QPointF> marked;
  for (const PlotPoint &point : points) {
    const double x = across(point, false);
    if (x < near.from || x > near.to) continue;
    places += QPointF(x, point.bucket.mean());
    marked += QPointF(x, point.bucket.greatest.value);
    if (!point.isOne()) marked += QPointF(x, point.bucket.least.value);
  }
  // The line goes on to what is out of sight, as far as it is seen.
  const auto &[before, behind] = beside_[static_cast<std::size_t>(direction)];
  const auto cut = [](const QPointF &from, const QPointF &to, double x) {
    return QPointF(x, from.y() + (to.y() - from.y()) * (x - from.x()) / (to.x() - from.x()));
  };
  const auto next = places.isEmpty() ? behind : places.first();
  const auto last = places.isEmpty() ? before : places.last();
  if (before && next) places.prepend(before->x() < near.from ? cut(*before, *next, near.from) : *before);
  if (behind && last) places.append(behind->x() > near.to ? cut(*last, *behind, near.to) : *behind);
  if (places.isEmpty()) return;
  auto *line = new QLineSeries;
  unfilled_.emplace_back(line, places);
  line->setName(plotDirection(direction));
  line->setPen(pen);
  attach(line);
  if (points.empty() || points.size() > mostMarks) return;
  auto *marks = new QScatterSeries;
  marks->setMarkerShape(isIn ? QScatterSeries::MarkerShapeCircle : QScatterSeries::MarkerShapeRectangle);
  marks->setMarkerSize(7);
  marks->setColor(isIn ? color : palette().color(QPalette::Base));
  marks->setBorderColor(color);
  unfilled_.emplace_back(marks, marked);
  attach(marks);
  for (QLegendMarker *marker : chart()->legend()->markers(marks)) marker->setVisible(false);
}

/// What the axes reach over, and where their marks stand.
void PlotView::fitAxes(Range shown) {
  double least = choice_.hasBars() ? 0 : std::numeric_limits<double>::infinity();
  double greatest = -std::numeric_limits<double>::infinity();
  for (const PlotPoint &point : points_) {
    least = std::min(least, choice_.hasBars() ? 0 : point.bucket.least.value);
    greatest = std::max(greatest, point.height);
  }
  // A line may go through without a point.
  for (const auto &[before, behind] : beside_) {
    if (!points_.empty() || !before || !behind) continue;
    least = std::min({least, before->y(), behind->y()});
    greatest = std::max({greatest, before->y(), behind->y()});
  }
  if (greatest < least) least = 0, greatest = 1;
  const double magnitude = std::max(std::abs(least), std::abs(greatest));
  const bool areApart = greatest - least > magnitude * 1e-12;
  const double room = areApart ? (greatest - least) * 0.05 : magnitude > 0 ? magnitude * 0.5 : 0.5;
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
  // Room for the marks of the first and the last.
  const double beside = choice_.hasBars() || zoomed_ ? 0 : (shown.to - shown.from) * 0.012;
  fit(across_, shown.from - beside, shown.to + beside, std::max(area.width(), leastPixels), markPixels,
      isOverMessages(choice_.kind) || shift_ > 0 ? 1 : 0);
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
  for (QValueAxis *axis : {across_, up_}) axis->setTitleVisible(hasPoints_ && viewport()->height() >= lowPixels);
  across_->setTitleText(choice_.acrossTitle());
  up_->setTitleText(choice_.upTitle());
}

QBrush PlotView::brushOf(Direction direction) const {
  QColor fill = plotLine(Theme::of(palette()), direction);
  fill.setAlphaF(direction == Direction::In ? 0.30F : 0.9F);
  return QBrush(fill, direction == Direction::In ? Qt::SolidPattern : Qt::BDiagPattern);
}

/// To whole pixels, as they are filled fast; beside each other without seams.
QRect PlotView::wholePixels(const QRectF &rect) {
  const QPoint topLeft(qRound(rect.left()), qRound(rect.top()));
  return {topLeft, QPoint(qRound(rect.right()) - 1, qRound(rect.bottom()) - 1)};
}

/// Qt Charts takes longer than a painted frame for an area of a hundred corners.
void PlotView::fillBars(QPainter *painter) const {
  const QRectF area = chart()->plotArea();
  const QBrush in = brushOf(Direction::In);
  const QBrush out = brushOf(Direction::Out);
  for (std::size_t i = 0; i < points_.size(); ++i) {
    const PlotPoint &point = points_[i];
    const double left = area.left() + pixelsOf(point.from - shift_ - across_->min());
    const QRectF bar(QPointF(left, placeOf(Place{i, false}).y()),
                     QPointF(left + pixelsOf(point.to - point.from), area.bottom()));
    painter->fillRect(wholePixels(bar & area), point.direction == Direction::In ? in : out);
  }
}

bool PlotView::hasBands() const {
  return !choice_.hasBars() && std::ranges::any_of(points_, [](const PlotPoint &point) { return !point.isOne(); });
}

/// From the least to the greatest of several: of in as one surface, of out between two lines.
void PlotView::fillBands(QPainter *painter) const {
  const QRectF area = chart()->plotArea();
  painter->save();
  painter->setClipRect(area);
  for (const Direction direction : {Direction::In, Direction::Out}) {
    const QBrush brush = brushOf(direction);
    painter->setPen(QPen(plotLine(Theme::of(palette()), direction), 1));
    for (std::size_t i = 0; i < points_.size(); ++i) {
      const PlotPoint &point = points_[i];
      if (point.direction != direction || point.isOne()) continue;
      const double left = area.left() + pixelsOf(point.from - across_->min());
      const QRectF band(QPointF(left, placeOf(Place{i, false}).y()),
                        QPointF(left + pixelsOf(point.to - point.from), placeOf(Place{i, true}).y()));
      const QRect pixels = wholePixels(band);
      if (direction == Direction::In) {
        painter->fillRect(pixels, brush);
      } else {
        painter->drawLine(pixels.topLeft(), pixels.topRight());
        painter->drawLine(pixels.bottomLeft(), pixels.bottomRight());
      }
    }
  }
  painter->restore();
}

void PlotView::drawForeground(QPainter *painter, const QRectF &rect) {
  QChartView::drawForeground(painter, rect);
  choice_.hasBars() ? fillBars(painter) : fillBands(painter);
  painter->setPen(QPen(palette().color(QPalette::Text), 2));
  painter->setBrush(Qt::NoBrush);
  if (points_.empty()) {
    const QRect middle = viewport()->rect().adjusted(40, 20, -40, -20);
    if (std::ranges::any_of(beside_, [](const auto &of) { return of.first && of.second; })) return;
    const QString nothingHere = tr("Nothing of it lies in this part. 0 shows all.");
    painter->drawText(middle, Qt::AlignCenter | Qt::TextWordWrap, hasPoints_ ? nothingHere : advice_);
  } else if (at_) {
    painter->drawEllipse(placeOf(*at_), 7, 7);
  }
}

}  // namespace octetscope
