#include "widgets/plots/plot_detail.h"

#include <algorithm>

namespace octetscope {

namespace {

/// Buckets in sight that are enough: no chart is wide enough for more.
constexpr double enoughBuckets = PlotBuckets::mostBuckets / 4.0;

double widest(const MessagePlot &plot) {
  return std::max(plot.of(Direction::In).buckets.width(), plot.of(Direction::Out).buckets.width());
}

/// A closer look at `shown` would show no more than `plot` has.
bool isFine(const MessagePlot &plot, const PlotRange &shown) {
  const PlotRequest &request = plot.request();
  const bool areWhole = plot.of(Direction::In).areWhole && plot.of(Direction::Out).areWhole;
  const double finest = request.kind != PlotKind::Histogram ? request.finestWidth() : areWhole ? 1 : 0;
  return widest(plot) <= finest || shown.width() >= enoughBuckets * widest(plot);
}

/// `plot` is, or will be, as fine as one of `shown` alone could be, or nearly so.
bool fits(const MessagePlot &plot, const PlotRange &shown) {
  const PlotRange &range = *plot.request().range;
  return range.contains(shown) && (range.width() <= 4 * shown.width() || (plot.hasCaughtUp() && isFine(plot, shown)));
}

}  // namespace

void PlotDetail::follow(ConnectionDecoder *decoder, MessageFilter *filter, const MessagePlot *whole,
                        const PlotChoice &choice, const std::optional<PlotRange> &shown) {
  if (!decoder || !whole || !shown || isFine(*whole, *shown)) return clear();
  if (ready_ && ready_->hasCaughtUp() && fits(*ready_, *shown)) return coming_.reset();
  if (coming_ && fits(*coming_, *shown)) return;
  // Room to move to both sides before it has to be gathered again.
  const double beside = shown->width() / 2;
  const PlotRange range{shown->from - beside, shown->to + beside};
  coming_ = std::make_unique<MessagePlot>(*decoder, choice.request(range), filter);
  // Queued: who hears of it may have it gather something else at once, and it must not go while it says so.
  connect(coming_.get(), &MessagePlot::changed, this, &PlotDetail::takeWhatCame, Qt::QueuedConnection);
}

void PlotDetail::takeWhatCame() {
  if (!coming_ || !coming_->hasCaughtUp()) return;
  coming_->disconnect(this);
  ready_ = std::move(coming_);
  connect(ready_.get(), &MessagePlot::changed, this, &PlotDetail::grew);
  Q_EMIT arrived();
}

void PlotDetail::clear() {
  coming_.reset();
  ready_.reset();
}

}  // namespace octetscope
