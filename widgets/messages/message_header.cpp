#include "widgets/messages/message_header.h"

#include "model/items/message_tree_model.h"

#include <QContextMenuEvent>
#include <QMenu>

#include <array>

namespace octetscope {

namespace {

constexpr Qt::Alignment left = Qt::AlignLeft | Qt::AlignVCenter;
constexpr Qt::Alignment right = Qt::AlignRight | Qt::AlignVCenter;

Qt::Alignment alignmentOf(const QVariant &said) {
  return (said.toInt() & Qt::AlignRight) != 0 ? right : left;
}

/// Of the columns that are always there: what painting asks for every cell.
Qt::Alignment columnAlignment(int column) {
  switch (column) {
    case MessageTreeModel::TimeColumn:
    case MessageTreeModel::DeltaColumn:
    case MessageTreeModel::OtherDeltaColumn:
    case MessageTreeModel::OffsetColumn:
    case MessageTreeModel::SizeColumn:
    case MessageTreeModel::ChunksColumn:
      return right;
    default:
      return left;
  }
}

}  // namespace

Qt::Alignment messageCellAlignment(const QModelIndex &cell) {
  if (cell.column() < MessageTreeModel::ColumnCount) return columnAlignment(cell.column());
  return alignmentOf(cell.data(Qt::TextAlignmentRole));
}

MessageHeader::MessageHeader(QWidget *parent) : QHeaderView(Qt::Horizontal, parent) {
  setSectionsMovable(true);
  // A click sorts, another one the other way round, the third gives back the order of arrival.
  setSectionsClickable(true);
  setSortIndicatorShown(true);
  setSortIndicatorClearable(true);
  setSortIndicator(-1, Qt::AscendingOrder);
  setHighlightSections(false);
  setStretchLastSection(true);
  setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  setMinimumSectionSize(24);
  setAccessibleName(tr("Columns of the message list"));
}

void MessageHeader::setDefaults() {
  // Characters that a column usually holds; the summary takes what is left.
  static constexpr std::array<int, MessageTreeModel::ColumnCount> characters{9, 10, 10, 10, 8, 8, 6, 6, 18, 20};
  const int digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
  for (int column = 0; column < count(); ++column) {
    const int wanted = column < MessageTreeModel::ColumnCount ? characters[static_cast<std::size_t>(column)] : 16;
    resizeSection(column, std::max(wanted * digit + 8, sectionSizeHint(column)));
    setSectionHidden(column, column == MessageTreeModel::OtherDeltaColumn);
  }
}

QMenu *MessageHeader::createColumnMenu(QWidget *parent) {
  auto *menu = new QMenu(tr("Columns"), parent);
  for (int visual = 0; visual < count(); ++visual) {
    const int column = logicalIndex(visual);
    if (column == MessageTreeModel::NumberColumn) continue;
    QString title = model()->headerData(column, Qt::Horizontal).toString();
    title.replace(QLatin1Char('&'), QLatin1String("&&"));
    auto *action = menu->addAction(title);
    action->setCheckable(true);
    action->setChecked(!isSectionHidden(column));
    connect(action, &QAction::toggled, this, [this, column](bool shown) { setSectionHidden(column, !shown); });
  }
  menu->addSeparator();
  connect(menu->addAction(tr("&Reset Columns")), &QAction::triggered, this, &MessageHeader::resetRequested);
  return menu;
}

void MessageHeader::contextMenuEvent(QContextMenuEvent *event) {
  if (!model()) return;
  QMenu *menu = createColumnMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->popup(event->globalPos());
  event->accept();
}

void MessageHeader::initStyleOptionForIndex(QStyleOptionHeader *option, int logicalIndex) const {
  QHeaderView::initStyleOptionForIndex(option, logicalIndex);
  option->textAlignment = logicalIndex < MessageTreeModel::ColumnCount
                              ? columnAlignment(logicalIndex)
                              : alignmentOf(model()->headerData(logicalIndex, orientation(), Qt::TextAlignmentRole));
}

}  // namespace octetscope
