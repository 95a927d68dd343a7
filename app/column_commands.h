// ColumnCommands: View ▸ Columns: which columns the message list has, and how their values are written; and "Show as
// column" of a field's row. The columns themselves are the header's and the model's.
#pragma once

#include <QList>
#include <QObject>

class QAction;
class QMenu;

namespace octetscope {

class MainWindow;
class MessageHeader;

class ColumnCommands : public QObject {
  Q_OBJECT
 public:
  explicit ColumnCommands(MainWindow *window);

  void updateEnabled();
  /// Keeps that menu's entries as the columns are.
  void offerMenu(QMenu *menu);

 private:
  MessageHeader *header() const;
  void showAsColumn();
  void addColumn(int visual);
  void fillMenu(QMenu *menu);

  MainWindow *const window_;
  QList<QAction *> entries_;  // of the menu, made anew whenever it opens
};

}  // namespace octetscope
