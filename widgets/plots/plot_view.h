// PlotView: draws a MessagePlot as a chart: a line through the mean of each bucket in a band from its least value to
// its greatest, or bars of what counts in it, direction beside direction, told apart by names, lines and patterns as
// much as by colours. It never draws more buckets than it is wide. It is zoomed along its axis, down to single messages
// where it is given a second plot of that part, and points at one value, whose message can be gone to.
#pragma once

#include "widgets/plots/plot_points.h"

#include <QtCharts/QChartView>

#include <optional>
#include <vector>

class QValueAxis;
class QXYSeries;

namespace octetscope {

class PlotView : public QChartView {
  Q_OBJECT
 public:
  explicit PlotView(QWidget *parent = nullptr);

  /// Draws what `plot` has now, of these directions; null: nothing. `detail`: the same of a part of the axis, drawn
  /// instead as long as no more than that is shown; null: there is none. Not kept.
  void show(const MessagePlot *plot, const MessagePlot *detail, const PlotChoice &choice, bool in, bool out);
  /// What stands in the middle where there is nothing to draw.
  void setAdvice(const QString &words);
  /// All is shown again.
  void showAll();
  /// By a factor, around what is pointed at, or the middle; less than 1: closer.
  void zoom(double factor);
  /// By parts of what is shown.
  void moveBy(double part);
  /// There is something to draw, if not in the part that is shown.
  bool hasPoints() const { return hasPoints_; }
  bool isZoomed() const { return zoomed_.has_value(); }
  /// The part of the axis that is shown; none: all of it.
  std::optional<PlotRange> shownPart() const;
  /// Some of what is drawn stands for several values.
  bool hasBands() const;
  /// How wide the buckets are that are drawn, as PlotBuckets are; 0: there are none.
  double drawnWidth() const { return drawnWidth_; }
  /// What the value that is pointed at says; empty: none is.
  QString words() const { return at_ ? plotWords(choice_, points_[at_->point], at_->isLeast) : QString(); }
  /// What is drawn.
  QString asCsv() const { return plotCsv(choice_, points_); }
  /// Where on the widget the point lies that stands for this message; none where none does.
  std::optional<QPoint> placeOf(Direction direction, quint64 message) const;

 Q_SIGNALS:
  void messageChosen(octetscope::Direction direction, quint64 number);
  void pointedAtChanged();
  void zoomChanged();

 protected:
  void mousePressEvent(QMouseEvent *event) override;
  void mouseMoveEvent(QMouseEvent *event) override;
  void mouseReleaseEvent(QMouseEvent *event) override;
  void wheelEvent(QWheelEvent *event) override;
  void keyPressEvent(QKeyEvent *event) override;
  void resizeEvent(QResizeEvent *event) override;
  void changeEvent(QEvent *event) override;
  void drawForeground(QPainter *painter, const QRectF &rect) override;

 private:
  struct Range {
    double from;
    double to;
    bool operator==(const Range &) const = default;
  };

  /// One of the two values of a point.
  struct Place {
    std::size_t point;
    bool isLeast;
    bool operator==(const Place &) const = default;
  };
  /// What was pointed at last, by whom looks at it.
  struct Meant {
    Direction direction;
    quint64 message;
    double x;  // along the axis below
  };
  using Buckets = std::array<std::optional<PlotBuckets>, 2>;

  void draw();
  void gather(Range shown);
  void addBars(Direction direction, std::span<const PlotPoint> points);
  void addLine(Direction direction, std::span<const PlotPoint> points);
  bool isSmooth() const;
  Range nearShown() const;
  void fillBars(QPainter *painter) const;
  void fillBands(QPainter *painter) const;
  static QRect wholePixels(const QRectF &rect);
  QBrush brushOf(Direction direction) const;
  void attach(QAbstractSeries *series);
  void fitAxes(Range shown);
  void paintAxes();
  void setShown(double from, double width);
  void zoomAround(double x, double factor);
  void point(std::optional<Place> at);
  void point(std::size_t at) { point(Place{at, false}); }
  void pointBeside(int by);
  void pointAcross();
  void choosePointed(bool isOther);
  void pointAgain(const Meant &meant);
  std::optional<Place> nearest(QPointF place) const;
  double across(const PlotPoint &point, bool isLeast) const;
  double unit() const { return plotUnit(choice_.kind); }
  double finest() const;
  QPointF placeOf(const Place &place) const;
  /// How many pixels so much of the axis below is.
  double pixelsOf(double part) const;

  PlotChoice choice_;
  Buckets buckets_;
  Buckets detail_;
  PlotRange detailRange_;
  bool hasPoints_ = false;
  bool isComplete_ = true;  // nothing is missing in buckets_
  double drawnWidth_ = 0;
  std::optional<Range> zoomed_;  // none: all of it
  Range all_ = {0, 1};
  double shift_ = 0;  // how far to the left bars are drawn: those of whole numbers stand around theirs
  struct Press {
    QPointF at;
    double from;  // what was shown from there on
    bool isDrag;
  };
  std::optional<Press> press_;                                    // of the left button, while it is down
  std::vector<std::pair<QXYSeries *, QList<QPointF>>> unfilled_;  // while the chart is put together
  std::vector<PlotPoint> points_;                                 // drawn, those of in before those of out
  std::array<std::pair<std::optional<QPointF>, std::optional<QPointF>>, 2> beside_;  // where lines go on, out of sight
  std::optional<Place> at_;                                                          // what stands for meant_ now
  std::optional<Meant> meant_;
  QString advice_;
  QValueAxis *across_;
  QValueAxis *up_;
};

}  // namespace octetscope
