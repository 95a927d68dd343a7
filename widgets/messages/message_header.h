// MessageHeader: the columns of the message list: their widths, order and which are shown, changed by the mouse or
// through its context menu, remembered as one blob.
#pragma once

#include <QHeaderView>

class QMenu;

namespace octetscope {

class MessageHeader : public QHeaderView {
  Q_OBJECT
 public:
  explicit MessageHeader(QWidget *parent);

  /// Widths that fit what the columns usually hold, in this font; those are shown that are wanted most.
  void setDefaults();
  /// A menu with an entry for each column that may be hidden (the first, which holds the tree, may not). The caller
  /// owns it.
  QMenu *createColumnMenu(QWidget *parent);

 Q_SIGNALS:
  /// The user wants the widths, the order and the columns they had at first.
  void resetRequested();

 protected:
  void contextMenuEvent(QContextMenuEvent *event) override;
  void initStyleOptionForIndex(QStyleOptionHeader *option, int logicalIndex) const override;
};

/// How text stands in a cell: numbers to the right.
Qt::Alignment messageCellAlignment(const QModelIndex &cell);

}  // namespace octetscope
