// Sorting: carries out what sorts the message list: clicks on the heads of its columns, and View ▸ Sort messages by.
// What is shown next is sorted the same way, as far as it can be.
#pragma once

#include "model/items/message_order.h"

#include <QObject>
#include <QPointer>

class QMenu;

namespace octetscope {

class MainWindow;

class Sorting : public QObject {
  Q_OBJECT
 public:
  explicit Sorting(MainWindow *window);

  /// View ▸ Sort messages by, once it is built.
  void offerMenu(QMenu *menu);

 private:
  void follow();
  void sortBy(const std::optional<MessageSort> &sort);
  void sortByColumn(int column, Qt::SortOrder way);
  void show();
  void fillMenu(QMenu *menu);
  int sortedColumn() const;

  MainWindow *const window_;
  QPointer<MessageOrder> order_;  // of the model that is shown
  std::optional<MessageSort> wanted_;
  QList<QAction *> columns_;  // in the menu
};

}  // namespace octetscope
