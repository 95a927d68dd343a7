#include "widgets/statistics/value_counts_model.h"

#include "model/filter/filter_expression.h"
#include "widgets/statistics/statistics_numbers.h"

#include <QHash>

#include <algorithm>
#include <cmath>

namespace octetscope {

namespace {

std::optional<double> numberIn(const QString &value) {
  bool isNumber = false;
  const double found = value.toDouble(&isNumber);
  return isNumber && !std::isnan(found) ? std::optional(found) : std::nullopt;
}

}  // namespace

bool ValueCountsModel::Row::standsBefore(const Row &other) const {
  if (in + out != other.in + other.out) return in + out > other.in + other.out;
  if (number.has_value() != other.number.has_value()) return number.has_value();
  // Long integers may be one as a double: their digits tell.
  return number != other.number ? number < other.number : value < other.value;
}

void ValueCountsModel::show(const DirectionStatistics &in, const DirectionStatistics &out) {
  QHash<QString, Row> merged;
  for (auto it = in.values.begin(); it != in.values.end(); ++it) merged[it.key()].in = it.value();
  for (auto it = out.values.begin(); it != out.values.end(); ++it) merged[it.key()].out = it.value();
  QList<Row> rows;
  rows.reserve(merged.size());
  for (auto it = merged.begin(); it != merged.end(); ++it) {
    const QString filter = in.filters.value(it.key(), out.filters.value(it.key()));
    rows.append({it.key(), filter, it->in, it->out, numberIn(it.key())});
  }
  std::ranges::sort(rows, [](const Row &a, const Row &b) { return a.standsBefore(b); });
  const quint64 messages = in.messages() + out.messages();
  if (rows == rows_ && messages == messages_) return;
  beginResetModel();
  rows_ = std::move(rows);
  messages_ = messages;
  endResetModel();
}

QString ValueCountsModel::filterAt(int row) const {
  const QString filter = rows_[row].filter;
  return FilterExpression::parse(filter) ? filter : QString();
}

int ValueCountsModel::rowCount(const QModelIndex &parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int ValueCountsModel::columnCount(const QModelIndex &parent) const {
  return parent.isValid() ? 0 : 4;
}

QVariant ValueCountsModel::data(const QModelIndex &index, int role) const {
  if (!index.isValid()) return {};
  if (role == Qt::TextAlignmentRole && index.column() > 0) return int(Qt::AlignRight | Qt::AlignVCenter);
  if (role != Qt::DisplayRole) return {};
  const Row &row = rows_[index.row()];
  switch (index.column()) {
    case 0:
      return row.value;
    case 1:
      return statisticsNumber(row.in);
    case 2:
      return statisticsNumber(row.out);
    default:
      return messages_ == 0 ? QString()
                            : tr("%1 %").arg(statisticsReal(100.0 * static_cast<double>(row.in + row.out) /
                                                            static_cast<double>(messages_)));
  }
}

QVariant ValueCountsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  const QString names[] = {tr("Value"), tr("← in"), tr("→ out"), tr("of the messages")};
  return section < 4 ? names[section] : QVariant();
}

}  // namespace octetscope
