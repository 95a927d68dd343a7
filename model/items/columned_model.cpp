#include "model/items/columned_model.h"

#include "model/items/column_cells.h"

namespace octetscope {

ColumnedModel::ColumnedModel(int builtIn, QObject *parent)
    : QAbstractItemModel(parent), builtIn_(builtIn), cells_(std::make_unique<ColumnCells>()) {
  for (int column = 0; column < builtIn; ++column) columns_.append(MessageColumn{.builtIn = column});
  tellCells();
}

ColumnedModel::~ColumnedModel() = default;

void ColumnedModel::tellCells() {
  cells_->setColumns(columns_);
}

int ColumnedModel::columnCount(const QModelIndex &) const {
  return static_cast<int>(columns_.size());
}

int ColumnedModel::addColumn(const MessageColumn &column) {
  const int section = columnCount();
  beginInsertColumns({}, section, section);
  columns_.append(column);
  columns_.last().builtIn = -1;
  tellCells();
  endInsertColumns();
  return section;
}

void ColumnedModel::removeColumn(int section) {
  if (!isFieldColumn(section)) return;
  beginRemoveColumns({}, section, section);
  // Rows below messages have the same columns, and nobody else tells of those.
  for (const QModelIndex &index : persistentIndexList()) {
    if (!index.parent().isValid() || index.column() < section) continue;
    const bool isGone = index.column() == section;
    const QModelIndex moved = createIndex(index.row(), index.column() - 1, index.internalId());
    changePersistentIndex(index, isGone ? QModelIndex() : moved);
  }
  columns_.removeAt(section);
  tellCells();
  endRemoveColumns();
}

void ColumnedModel::setColumnFormat(int section, CellFormat format) {
  if (!isFieldColumn(section) || columns_[section].format == format) return;
  columns_[section].format = format;
  tellCells();
  Q_EMIT headerDataChanged(Qt::Horizontal, section, section);
  if (const int rows = rowCount(); rows > 0) Q_EMIT dataChanged(index(0, section), index(rows - 1, section));
}

void ColumnedModel::setFieldColumns(const QList<MessageColumn> &columns) {
  while (columnCount() > builtIn_) removeColumn(columnCount() - 1);
  for (const MessageColumn &column : columns) addColumn(column);
}

}  // namespace octetscope
