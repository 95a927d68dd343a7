// PlotDetail: the part of a chart that is looked at closely, gathered again by itself: a plot of all has buckets for
// all, which stay as wide as they are however closely one looks.
#pragma once

#include "widgets/plots/plot_points.h"

#include <QObject>

#include <memory>

namespace octetscope {

class PlotDetail : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;

  /// Of `whole`, which shows `choice`, the part `shown` is looked at; none: all of it. Gathers it, and some of what is
  /// beside it, where `whole` has it only in buckets too wide. All of them may go once this was called again, or
  /// clear().
  void follow(ConnectionDecoder *decoder, MessageFilter *filter, const MessagePlot *whole, const PlotChoice &choice,
              const std::optional<PlotRange> &shown);
  void clear();
  /// What was gathered last; null: nothing, or not yet.
  const MessagePlot *plot() const { return ready_ && ready_->hasCaughtUp() ? ready_.get() : nullptr; }

 Q_SIGNALS:
  /// plot() is another one.
  void arrived();
  /// More has come into plot().
  void grew();

 private:
  void takeWhatCame();

  std::unique_ptr<MessagePlot> ready_;
  std::unique_ptr<MessagePlot> coming_;  // and will then be ready_
};

}  // namespace octetscope
