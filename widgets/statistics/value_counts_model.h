// ValueCountsModel: the values of a field and how often each is, as rows of a table, the most frequent first.
#pragma once

#include "model/items/message_statistics.h"

#include <QAbstractTableModel>

#include <optional>

namespace octetscope {

/// How often each value is: one row a value, those that are most often first.
class ValueCountsModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  using QAbstractTableModel::QAbstractTableModel;

  void show(const DirectionStatistics &in, const DirectionStatistics &out);
  int rowCount(const QModelIndex &parent = {}) const override;
  int columnCount(const QModelIndex &parent = {}) const override;
  QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
  /// An expression that holds for the messages with the value of a row; empty: there is none.
  QString filterAt(int row) const;

 private:
  struct Row {
    QString value;
    QString filter;
    quint64 in = 0;
    quint64 out = 0;
    std::optional<double> number = {};  ///< what the value is, if it is one
    /// Those that are most often first, of those numbers by what they are.
    bool standsBefore(const Row &other) const;
    bool operator==(const Row &) const = default;
  };
  QList<Row> rows_;
  quint64 messages_ = 0;
};

}  // namespace octetscope
