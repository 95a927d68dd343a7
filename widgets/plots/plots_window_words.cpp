// PlotsWindow's words: what the chart shows, and why there is nothing.
#include "model/items/message_filter.h"
#include "widgets/controls/field_box.h"
#include "widgets/plots/plot_view.h"
#include "widgets/plots/plots_window.h"

#include <QComboBox>
#include <QLocale>

namespace octetscope {

namespace {

constexpr int lowPixels = 450;  // a window that is lower has better use for the room that many words take

QString shortened(const QString &text) {
  constexpr qsizetype most = 80;
  return text.size() <= most ? text : text.first(most - 1) + QChar(0x2026);
}

QString number(quint64 value) {
  return QLocale().toString(value);
}

}  // namespace

QString PlotsWindow::hint() const {
  if (height() < lowPixels) return tr("The arrow keys point, Return goes to the message, + - 0 zoom.");
  return tr(
      "Point at the chart, or go through it with the arrow keys; a click or Return goes to the message, + and - zoom "
      "down to single messages, 0 shows all, a drag moves what is zoomed.");
}

/// Of the directions that are shown.
PlotsWindow::Sums PlotsWindow::sumsOfShown() const {
  Sums sums;
  for (const Direction direction : {Direction::In, Direction::Out}) {
    if (!isShown(direction)) continue;
    const PlotSeries &series = plot_->of(direction);
    // A rate has a point for each piece of a message.
    const bool isRate = kind() == PlotKind::BytesASecond;
    sums.points += isRate ? series.messages - series.filteredOut - series.withoutTime : series.buckets.count();
    sums.messages += series.messages;
    sums.filteredOut += series.filteredOut;
    sums.withoutField += series.withoutField;
    sums.withoutTime += series.withoutTime;
  }
  return sums;
}

/// What is plotted, of how many messages.
QString PlotsWindow::sentence() const {
  const Sums sums = sumsOfShown();
  quint64 unfinished = 0;
  for (const Direction direction : {Direction::In, Direction::Out}) {
    if (!isShown(direction) || plot_->missing() > 0) continue;
    const quint64 there = decoder_->messageCount(direction);
    unfinished += there - std::min(there, plot_->of(direction).next);
  }
  QString words = tr("%1 of %2: %3 of %4 messages.")
                      .arg(chart_->currentText(), needsField(kind()) ? plot_->field() : directions_->currentText(),
                           number(sums.points), number(sums.messages));
  if (const QString filter = plot_->filterText(); !filter.isEmpty()) {
    words += QLatin1Char(' ') + tr("The filter %1 leaves out %2.").arg(shortened(filter), number(sums.filteredOut));
  }
  if (unfinished > 0) {
    words += QLatin1Char(' ') + (unfinished == 1 ? tr("The last one is not complete, and not among them.")
                                                 : tr("The last ones are not complete, and not among them."));
  }
  if (view_->hasBands() && height() >= lowPixels) {
    words += QLatin1Char(' ') + tr("The line is the mean of messages that lie too close for a point each, the band "
                                   "reaches from their least to their greatest: zoom in to part them.");
  }
  if (kind() == PlotKind::BytesASecond) {
    words +=
        QLatin1Char(' ') + tr("In slices of %1 ms.").arg(QLocale().toString(view_->drawnWidth() / nsPerMs, 'f', 0));
    if (view_->drawnWidth() > choice().request().finestWidth()) {
      words += QLatin1Char(' ') + tr("Zoom in for shorter ones, down to %1 ms.")
                                      .arg(QLocale().toString(choice().request().finestWidth() / nsPerMs, 'f', 0));
    }
  }
  if (const quint64 missing = plot_->missing(); missing > 0) {
    words += QLatin1Char(' ') + tr("%1 are still to come.").arg(number(missing));
  }
  return words;
}

/// Why there is nothing to see, and what to do.
QString PlotsWindow::advice() const {
  if (!decoder_ || !plot_) return tr("Nothing to plot: no connection is shown. Open a file, listen or connect.");
  if (needsField(kind()) && plot_->field().isEmpty()) {
    if (!field_->isEmpty()) return tr("Nothing to plot yet: choose a field.");
    return tr(
        "Nothing to plot: the messages have no field that is a number. Describe their payload in the struct's "
        "row of the main window (Ctrl+T), B:kind H:length for one.");
  }
  const Sums sums = sumsOfShown();
  if (plot_->missing() > 0) return tr("Gathering: %1 messages are still to come.").arg(number(plot_->missing()));
  if (sums.messages == 0) {
    return tr(
        "Nothing to plot: there is no message that is final. Wait for bytes, or choose another framing or "
        "direction.");
  }
  if (sums.filteredOut == sums.messages) {
    return tr("Nothing to plot: none of %1 messages passes the filter %2. Change it or clear it in the main window.")
        .arg(number(sums.messages), shortened(plot_->filterText()));
  }
  const quint64 messages = sums.messages - sums.filteredOut;
  if (kind() == PlotKind::InterArrival && sums.withoutTime == messages && messages == 1)
    return tr("Nothing to plot: one message has no other before it.");
  if (sums.withoutTime == messages) {
    return tr("Nothing to plot: these bytes have no times of arrival. Plot over messages, or capture a connection.");
  }
  if (sums.withoutField == messages) {
    return tr("Nothing to plot: none of %1 messages has a field %2. Choose another.")
        .arg(number(messages), plot_->field());
  }
  return tr("Nothing to plot: %1 is no number in any of %2 messages. Choose another field.")
      .arg(plot_->field(), number(messages));
}

}  // namespace octetscope
