#include "app/plots.h"

#include "app/connection_view.h"
#include "app/main_window.h"

#include <QSettings>

namespace octetscope {

namespace {

const QString geometryKey = QStringLiteral("plots/geometry");
const QString choiceKey = QStringLiteral("plots/choice");
const QString directionsKey = QStringLiteral("plots/directions");

}  // namespace

Plots::Plots(MainWindow *window) : QObject(window), window_(window) {
  connect(window->actions()[ActionId::Plots], &QAction::triggered, this, &Plots::open);
  connect(window->view(), &ConnectionView::sourceChanged, this, &Plots::follow);
  connect(window->view()->playhead(), &Playhead::changed, this, &Plots::follow);
}

void Plots::open() {
  if (!plots_) {
    const QSettings *const settings = window_->settings();
    plots_ = new PlotsWindow(window_);
    plots_->restoreGeometry(settings->value(geometryKey).toByteArray());
    if (const auto choice = PlotChoice::parse(settings->value(choiceKey).toString())) plots_->choose(*choice);
    plots_->chooseDirections(settings->value(directionsKey).toString());
    connect(plots_, &QDialog::finished, this, &Plots::remember);
    connect(plots_, &PlotsWindow::messageChosen, this, &Plots::goTo);
  }
  follow();
  plots_->show();
  plots_->raise();
  plots_->activateWindow();
}

void Plots::openWith(const PlotChoice &choice) {
  open();
  plots_->choose(choice);
}

void Plots::remember() {
  QSettings *const settings = window_->settings();
  settings->setValue(geometryKey, plots_->saveGeometry());
  settings->setValue(choiceKey, plots_->choice().text());
  settings->setValue(directionsKey, plots_->directions());
}

void Plots::follow() {
  if (!plots_) return;
  const ConnectionView *view = window_->view();
  QString title = tr("No connection is shown");
  if (const Capture *capture = window_->shownCapture(); capture && view->decoder()) {
    title = view->isPaused() ? tr("Messages of %1, connection %2, up to the moment shown")
                             : tr("Messages of %1, connection %2");
    title = title.arg(capture->title(), QString::number(view->number()));
  }
  plots_->setDecoder(view->decoder(), view->filter(), title);
}

void Plots::goTo(Direction direction, quint64 number) {
  const ConnectionDecoder *const decoder = window_->view()->decoder();
  if (!decoder || number >= decoder->messageCount(direction)) return;
  window_->view()->hub()->select(Selection{direction, decoder->message(direction, number).range(), number}, this);
}

}  // namespace octetscope
