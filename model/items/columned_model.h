// ColumnedModel: the columns of a MessageTreeModel: those that are always there, and behind them one for each field
// that the user wants to see. It tells views when they come and go.
#pragma once

#include "model/items/message_columns.h"

#include <QAbstractItemModel>

#include <memory>

namespace octetscope {

class ColumnCells;

class ColumnedModel : public QAbstractItemModel {
  Q_OBJECT
 public:
  /// By their numbers, which stay what they are until one before them is removed.
  const QList<MessageColumn> &columns() const { return columns_; }
  bool isFieldColumn(int section) const { return section >= builtIn_ && section < columns_.size(); }
  /// A field's, behind the last one; the same field may be there several times. The number of the new column.
  int addColumn(const MessageColumn &column);
  /// A field's; the others stay.
  void removeColumn(int section);
  void setColumnFormat(int section, CellFormat format);
  /// The columns of fields become these.
  void setFieldColumns(const QList<MessageColumn> &columns);

  int columnCount(const QModelIndex &parent = {}) const override;

 protected:
  /// `builtIn`: how many are always there.
  ColumnedModel(int builtIn, QObject *parent);
  ~ColumnedModel() override;

  int lastColumn() const { return static_cast<int>(columns_.size()) - 1; }
  /// What the columns of fields say.
  ColumnCells &cells() const { return *cells_; }

 private:
  void tellCells();

  const int builtIn_;
  QList<MessageColumn> columns_;
  const std::unique_ptr<ColumnCells> cells_;
};

}  // namespace octetscope
