#include "app/sorting.h"

#include "app/connection_view.h"
#include "app/main_window.h"
#include "widgets/messages/message_header.h"
#include "widgets/messages/message_pane.h"
#include "widgets/messages/message_tree_view.h"
#include "widgets/messages/sort_line.h"

#include <QMenu>
#include <QSignalBlocker>

namespace octetscope {

Sorting::Sorting(MainWindow *window) : QObject(window), window_(window) {
  Actions &actions = window->actions();
  connect(actions[ActionId::SortTurned], &QAction::triggered, this, [this] {
    if (wanted_) sortBy(MessageSort{wanted_->name, !wanted_->isDescending});
  });
  connect(actions[ActionId::SortArrival], &QAction::triggered, this, [this] { sortBy(std::nullopt); });
  connect(window->view()->messages()->header(), &QHeaderView::sortIndicatorChanged, this, &Sorting::sortByColumn);
  connect(window->view(), &ConnectionView::sourceChanged, this, &Sorting::follow);
  for (const auto moved : {&QAbstractItemModel::columnsInserted, &QAbstractItemModel::columnsRemoved}) {
    connect(window->view()->messageModel(), moved, this, &Sorting::show);
  }
  follow();
}

void Sorting::follow() {
  MessageOrder *const order = window_->view()->messageModel()->order();
  if (order == order_) return;
  if (order_) order_->disconnect(this);
  order_ = order;
  window_->view()->messagePane()->sortLine()->setOrder(order);
  if (order_) {
    connect(order_, &MessageOrder::stateChanged, this, [this] {
      // Stopped, the order that is shown is the one that is wanted.
      if (!order_->error()) wanted_ = order_->sort();
      show();
    });
    // A name that its messages do not have sorts nothing; it is not forgotten for those that have it.
    if (wanted_) order_->sortBy(wanted_);
  }
  show();
}

void Sorting::sortBy(const std::optional<MessageSort> &sort) {
  if (!order_) return show();
  if (const auto done = order_->sortBy(sort); !done) {
    window_->say(tr("Cannot sort by %1: %2").arg(sort->name, done.error().line()));
    return show();
  }
  wanted_ = sort;
  // Sorted, the newest need not stand at the end.
  if (sort) window_->view()->setFollowing(false);
  show();
}

void Sorting::sortByColumn(int column, Qt::SortOrder way) {
  const QString name = window_->view()->messageModel()->sortName(column);
  if (name.isEmpty()) return sortBy(std::nullopt);
  sortBy(MessageSort{name, way == Qt::DescendingOrder});
}

/// -1: none.
int Sorting::sortedColumn() const {
  if (!order_ || !order_->sort() || order_->error()) return -1;
  const MessageTreeModel &model = *window_->view()->messageModel();
  for (int column = 0; column < model.columnCount(); ++column) {
    if (model.sortName(column) == order_->sort()->name) return column;
  }
  return -1;
}

void Sorting::show() {
  const bool isSorted = order_ && order_->sort() && !order_->error();
  const auto way = isSorted && order_->sort()->isDescending ? Qt::DescendingOrder : Qt::AscendingOrder;
  MessageHeader *const header = window_->view()->messages()->header();
  {
    const QSignalBlocker blocked(header);
    header->setSortIndicator(sortedColumn(), way);
  }
  header->viewport()->update();
  window_->actions()[ActionId::SortTurned]->setEnabled(isSorted);
  window_->actions()[ActionId::SortTurned]->setChecked(isSorted && order_->sort()->isDescending);
  window_->actions()[ActionId::SortArrival]->setEnabled(isSorted);
}

void Sorting::offerMenu(QMenu *menu) {
  connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillMenu(menu); });
  fillMenu(menu);
}

/// An entry for each column that is shown.
void Sorting::fillMenu(QMenu *menu) {
  qDeleteAll(columns_);
  columns_.clear();
  QAction *const first = window_->actions()[ActionId::SortTurned];
  MessageHeader *const header = window_->view()->messages()->header();
  const MessageTreeModel &model = *window_->view()->messageModel();
  const int sorted = sortedColumn();
  for (int visual = 0; visual < header->count(); ++visual) {
    const int column = header->logicalIndex(visual);
    if (header->isSectionHidden(column) || model.sortName(column).isEmpty()) continue;
    QString title = model.headerData(column, Qt::Horizontal).toString();
    title.replace(QLatin1Char('&'), QLatin1String("&&"));
    auto *action = new QAction(title, menu);
    action->setCheckable(true);
    action->setChecked(column == sorted);
    action->setStatusTip(tr("Sort the messages by this column"));
    connect(action, &QAction::triggered, this, [this, column] { sortByColumn(column, Qt::AscendingOrder); });
    menu->insertAction(first, action);
    columns_.append(action);
  }
  columns_.append(menu->insertSeparator(first));
}

}  // namespace octetscope
