#include "app/statistics.h"

#include "app/connection_view.h"
#include "app/main_window.h"
#include "widgets/messages/message_pane.h"

#include <QSettings>

namespace octetscope {

namespace {

const QString geometryKey = QStringLiteral("statistics/geometry");
const QString filteredKey = QStringLiteral("statistics/filtered");
const QString fieldKey = QStringLiteral("statistics/field");

}  // namespace

Statistics::Statistics(MainWindow *window) : QObject(window), window_(window) {
  connect(window->actions()[ActionId::Statistics], &QAction::triggered, this, &Statistics::open);
  connect(window->view(), &ConnectionView::sourceChanged, this, &Statistics::follow);
  connect(window->view()->playhead(), &Playhead::changed, this, &Statistics::follow);
}

void Statistics::open() {
  if (!statistics_) {
    statistics_ = new StatisticsWindow(window_);
    statistics_->restoreGeometry(window_->settings()->value(geometryKey).toByteArray());
    statistics_->setField(window_->settings()->value(fieldKey).toString());
    statistics_->setFiltered(window_->settings()->value(filteredKey).toBool());
    connect(statistics_, &StatisticsWindow::filteredChosen, this,
            [this] { window_->settings()->setValue(filteredKey, statistics_->isFiltered()); });
    connect(statistics_, &StatisticsWindow::fieldChosen, this,
            [this] { window_->settings()->setValue(fieldKey, statistics_->field()); });
    connect(statistics_, &StatisticsWindow::filterAsked, window_->view()->messagePane(), &MessagePane::filterBy);
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
  const ConnectionView *view = window_->view();
  QString title = tr("No connection is shown");
  if (const Capture *capture = window_->shownCapture(); capture && view->decoder()) {
    title = view->isPaused() ? tr("Messages of %1, connection %2, up to the moment shown")
                             : tr("Messages of %1, connection %2");
    title = title.arg(capture->title(), QString::number(view->number()));
  }
  statistics_->setDecoder(view->decoder(), view->filter(), title);
}

}  // namespace octetscope
