#include "widgets/controls/plain_tip_delegate.h"

#include "widgets/controls/tool_tips.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QToolTip>

namespace octetscope {

bool PlainTipDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                                 const QModelIndex &index) {
  if (event->type() != QEvent::ToolTip) return QStyledItemDelegate::helpEvent(event, view, option, index);
  const QString tip = index.data(Qt::ToolTipRole).toString();
  if (tip.isEmpty()) {
    QToolTip::hideText();
  } else {
    QToolTip::showText(event->globalPos(), wrappedTip(tip), view);
  }
  return true;
}

}  // namespace octetscope
