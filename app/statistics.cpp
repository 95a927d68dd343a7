#include "app/statistics.h"

#include "app/connection_view.h"
#include "app/main_window.h"

#include <QSettings>

namespace octetscope {

namespace {

const QString geometryKey = QStringLiteral("statistics/geometry");

}  // namespace

Statistics::Statistics(MainWindow *window) : QObject(window), window_(window) {
  connect(window->actions()[ActionId::Statistics], &QAction::triggered, this, &Statistics::open);
  connect(window->view(), &ConnectionView::sourceChanged, this, &Statistics::follow);
}

void Statistics::open() {
  if (!statistics_) {
    statistics_ = new StatisticsWindow(window_);
    statistics_->restoreGeometry(window_->settings()->value(geometryKey).toByteArray());
    connect(statistics_, &QDialog::finished, this,
            [this] { window_->settings()->setValue(geometryKey, statistics_->saveGeometry()); });
  }
  follow();
  statistics_->show();
  statistics_->raise();
  statistics_->activateWindow();
}

void Statistics::follow() {
  if (!statistics_) return;
  const Capture *capture = window_->shownCapture();
  ConnectionDecoder *const decoder = window_->view()->decoder();
  statistics_->setDecoder(
      decoder, capture && decoder
                   ? tr("All messages of %1, connection %2").arg(capture->title()).arg(window_->view()->number())
                   : tr("No connection is shown"));
}

}  // namespace octetscope
