// MessageHeader: the columns of the message list: their widths, order and which are shown, and those of fields: added,
// removed, and how their values are written. Changed by the mouse, by what is dropped on it, and through menus;
// remembered as one blob.
#pragma once

#include "model/items/message_columns.h"

#include <QHeaderView>

class QMenu;

namespace octetscope {

class ColumnedModel;

class MessageHeader : public QHeaderView {
  Q_OBJECT
 public:
  explicit MessageHeader(QWidget *parent);

  /// Widths that fit what the columns usually hold, in this font; those are shown that are wanted most.
  void setDefaults();
  /// The same, in the order that they had at first, and without columns of fields.
  void resetColumns();

  /// Shows a field's column before the one that stands at `visual`, -1: before the summary. Where there is one already
  /// it goes there, and is shown. Its number; -1: the model has no such columns.
  int showField(const MessageColumn &column, int visual = -1);
  /// Past its neighbour that is shown: to the left (-1) or to the right (1).
  void moveColumn(int section, int by);
  bool canMoveColumn(int section, int by) const;

  /// A menu with an entry for each column that may be hidden (the first, which holds the tree, may not), and what else
  /// can be done; with those for column `section` at its head, where that is given. The caller owns it.
  QMenu *createColumnMenu(QWidget *parent, int section = -1);
  /// Adds the entries of columns, and a menu for each of them.
  void addColumnEntries(QMenu *menu);

  /// Widths, order, hidden columns, those of fields and their formats. restoreColumns() is false, and changes nothing,
  /// for what saveColumns() did not give.
  QByteArray saveColumns() const;
  bool restoreColumns(const QByteArray &state);

 Q_SIGNALS:
  /// The user wants another column, before the one that stands at `visual`; -1: wherever.
  void addRequested(int visual);
  /// The values of a column are written otherwise now.
  void formatChosen(int section);
  /// A column came that was not shown.
  void columnShown(int section);

 protected:
  void contextMenuEvent(QContextMenuEvent *event) override;
  void initStyleOptionForIndex(QStyleOptionHeader *option, int logicalIndex) const override;
  void paintEvent(QPaintEvent *event) override;
  void dragEnterEvent(QDragEnterEvent *event) override;
  void dragMoveEvent(QDragMoveEvent *event) override;
  void dragLeaveEvent(QDragLeaveEvent *event) override;
  void dropEvent(QDropEvent *event) override;

 private:
  /// Null where the model's columns are what they are.
  ColumnedModel *columned() const;
  QString titleOf(int section) const;
  int usualWidth(int section) const;
  void addActsOn(QMenu *menu, int section);
  int neighbourOf(int section, int by) const;
  int visualAt(int x) const;
  void setDropMark(int visual);

  int dropMark_ = -1;  // the place that what is dragged would come to
};

/// How text stands in a cell: numbers to the right.
Qt::Alignment messageCellAlignment(const QModelIndex &cell);

}  // namespace octetscope
