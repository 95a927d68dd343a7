// PlainTipDelegate: a delegate whose tool tips are plain text, whatever stands in them, and wrap.
#pragma once

#include <QStyledItemDelegate>

namespace octetscope {

class PlainTipDelegate : public QStyledItemDelegate {
  Q_OBJECT
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                 const QModelIndex &index) override;
};

}  // namespace octetscope
