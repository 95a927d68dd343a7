// FakeMessageModel: rows with the roles of MessageTreeModel, computed on the spot, so that a hundred million of them
// cost nothing. For tests and benchmarks of views.
//
// Message n has 20 bytes from 20 n on: length (a part, 4), seq (2), kind (1), items (9: an array of three fields with 3
// bytes each), text (4). Even numbers are In, odd ones Out. Where eventEvery is set, each row with row % eventEvery ==
// eventEvery - 1 is an event. The last message may be made incomplete, others be put in error, fields added and taken.
#pragma once

#include "model/items/message_tree_model.h"
#include "model/items/selection_hub.h"

#include <QAbstractItemModel>
#include <QMap>
#include <QSet>

namespace octetscope::test {

class FakeMessageModel : public QAbstractItemModel {
 public:
  using M = MessageTreeModel;
  static constexpr int fields = 5;
  static constexpr int itemsRow = 3;
  static constexpr quint64 bytes = 20;

  explicit FakeMessageModel(int rows = 0, int eventEvery = 0) : rows_(rows), eventEvery_(eventEvery) {}

  void append(int count) {
    if (count == 0) return;
    beginInsertRows({}, rows_, rows_ + count - 1);
    rows_ += count;
    endInsertRows();
  }
  void begin(int rows) {
    beginResetModel();
    rows_ = rows;
    base_ = 0;
    extra_.clear();
    endResetModel();
  }
  /// The first rows go; the others keep their numbers.
  void removeFirst(int count) {
    beginRemoveRows({}, 0, count - 1);
    rows_ -= count;
    base_ += count;
    extra_.clear();
    endRemoveRows();
  }
  void setIncompleteLast(bool incomplete) {
    incompleteLast_ = incomplete;
    if (rows_ > 0) Q_EMIT dataChanged(index(rows_ - 1, 0), index(rows_ - 1, M::ColumnCount - 1));
  }
  void setErrors(QSet<int> rows) { errors_ = std::move(rows); }
  void touch(int row) { Q_EMIT dataChanged(index(row, 0), index(row, M::ColumnCount - 1)); }
  /// More fields at the end of a message.
  void addFields(int row, int count) {
    const int there = fields + extra_.value(row);
    beginInsertRows(index(row, 0), there, there + count - 1);
    extra_[row] += count;
    endInsertRows();
  }
  void removeAddedFields(int row) {
    const int count = extra_.value(row);
    beginRemoveRows(index(row, 0), fields, fields + count - 1);
    extra_.remove(row);
    endRemoveRows();
  }
  void setSummary(QString summary) { summary_ = std::move(summary); }

  bool isEvent(int row) const { return eventEvery_ > 0 && (row + base_) % eventEvery_ == eventEvery_ - 1; }
  quint64 numberOf(int row) const {
    return static_cast<quint64>(eventEvery_ > 0 ? row + base_ - (row + base_) / eventEvery_ : row + base_);
  }
  int rowOf(quint64 number) const {
    return static_cast<int>(eventEvery_ > 1 ? number + number / static_cast<quint64>(eventEvery_ - 1) : number) - base_;
  }

  QModelIndex locate(const Selection &selection) const {
    const quint64 number = selection.message.value_or(selection.range.begin / bytes);
    const int row = rowOf(number);
    if (row < 0 || row >= rows_) return {};
    const QModelIndex message = index(row, 0);
    for (int field = 0; field < fields; ++field) {
      const QModelIndex at = index(field, 0, message);
      if (!rangeOf(at).contains(selection.range.begin)) continue;
      for (int item = 0; item < rowCount(at); ++item) {
        if (rangeOf(index(item, 0, at)).contains(selection.range.begin)) return index(item, 0, at);
      }
      return at;
    }
    return message;
  }

  // The id says whose child it is: 0 a top-level row; else 1 + the message's row; with `inItems`, inside its array.
  static constexpr quintptr inItems = quintptr(1) << 40;

  QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override {
    if (row < 0 || column < 0 || column >= M::ColumnCount || row >= rowCount(parent)) return {};
    if (!parent.isValid()) return createIndex(row, column, quintptr(0));
    if (parent.internalId() == 0) return createIndex(row, column, quintptr(parent.row()) + 1);
    return createIndex(row, column, parent.internalId() | inItems);
  }
  QModelIndex parent(const QModelIndex &child) const override {
    const quintptr id = child.internalId();
    if (!child.isValid() || id == 0) return {};
    if (id & inItems) return createIndex(itemsRow, 0, id & ~inItems);
    return createIndex(static_cast<int>(id - 1), 0, quintptr(0));
  }
  int rowCount(const QModelIndex &parent = {}) const override {
    if (!parent.isValid()) return rows_;
    if (parent.column() != 0) return 0;
    if (parent.internalId() == 0) return isEvent(parent.row()) ? 0 : fields + extra_.value(parent.row());
    return !(parent.internalId() & inItems) && parent.row() == itemsRow ? 3 : 0;
  }
  int columnCount(const QModelIndex & = {}) const override { return M::ColumnCount; }

  QVariant headerData(int section, Qt::Orientation orientation, int role) const override {
    static const char *const names[] = {"#",      "Time", "Delta",  "Delta other", "Direction",
                                        "Offset", "Size", "Chunks", "Status",      "Summary"};
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section >= M::ColumnCount) return {};
    return QString::fromLatin1(names[section]);
  }

  QVariant data(const QModelIndex &at, int role) const override {
    if (!at.isValid()) return {};
    const bool isTop = at.internalId() == 0;
    const int row = isTop ? at.row() : static_cast<int>((at.internalId() & ~inItems) - 1);
    const bool isEventRow = isTop && isEvent(row);
    const Status status = errors_.contains(row)                 ? Status::Error
                          : incompleteLast_ && row == rows_ - 1 ? Status::Incomplete
                                                                : Status::Complete;
    switch (role) {
      case M::KindRole:
        return static_cast<int>(isEventRow                        ? M::Kind::Event
                                : isTop                           ? M::Kind::Message
                                : at.row() == 0 && !isInItems(at) ? M::Kind::Part
                                                                  : M::Kind::Field);
      case M::DirectionRole:
        return isEventRow ? QVariant() : QVariant(static_cast<int>(directionOf(row)));
      case M::StatusRole:
        return static_cast<int>(isEventRow ? Status::Complete : status);
      case M::MessageNumberRole:
        return isEventRow ? QVariant() : QVariant(numberOf(row));
      case M::RangeBeginRole:
        return isEventRow ? QVariant() : QVariant(rangeOf(at).begin);
      case M::RangeEndRole:
        return isEventRow ? QVariant() : QVariant(rangeOf(at).end);
      case M::EventKindRole:
        return isEventRow ? QVariant(static_cast<int>(row % 2 ? Event::Kind::PeerFinished : Event::Kind::Connected))
                          : QVariant();
      case M::PartRoleRole:
        return static_cast<int>(PartRole::Length);
      case M::FieldIndexRole:
        return isInItems(at) ? itemsRow - 1 : at.row() - 1;
      case M::HasErrorRole:
        return !isTop && at.row() >= fields;
      case M::SortTextRole:
        return isEventRow ? QVariant(QStringLiteral("event %1").arg(row + base_))
               : isTop    ? QVariant()
                          : QVariant(nameOf(at));
      case Qt::DisplayRole:
        return display(at, row, isTop, isEventRow, status);
      default:
        return {};
    }
  }

 private:
  static bool isInItems(const QModelIndex &at) { return at.internalId() & inItems; }
  Direction directionOf(int row) const { return numberOf(row) % 2 == 0 ? Direction::In : Direction::Out; }
  static QString nameOf(const QModelIndex &at) {
    static const char *const names[] = {"length", "seq", "kind", "items", "text"};
    if (isInItems(at)) return QStringLiteral("[%1]").arg(at.row());
    return at.row() < fields ? QString::fromLatin1(names[at.row()]) : QStringLiteral("extra %1").arg(at.row() - fields);
  }
  ByteRange rangeOf(const QModelIndex &at) const {
    static constexpr quint64 starts[] = {0, 4, 6, 7, 16, 20};
    const bool isTop = at.internalId() == 0;
    const int row = isTop ? at.row() : static_cast<int>((at.internalId() & ~inItems) - 1);
    const quint64 start = bytes * numberOf(row);
    if (isTop) return {start, start + bytes};
    if (isInItems(at)) return ByteRange::ofSize(start + 7 + 3 * static_cast<quint64>(at.row()), 3);
    if (at.row() >= fields) return {start + bytes, start + bytes};
    return {start + starts[at.row()], start + starts[at.row() + 1]};
  }
  QVariant display(const QModelIndex &at, int row, bool isTop, bool isEventRow, Status status) const {
    if (isEventRow) {
      if (at.column() == M::TimeColumn) return QStringLiteral("%1 s").arg((row + base_) * 0.001, 0, 'f', 3);
      return at.column() == M::SummaryColumn ? QVariant(QStringLiteral("event %1 of the connection").arg(row + base_))
                                             : QVariant();
    }
    switch (at.column()) {
      case M::NumberColumn:
        return isTop ? QString::number(numberOf(row)) : nameOf(at);
      case M::TimeColumn:
        return isTop ? QVariant(QStringLiteral("%1 s").arg((row + base_) * 0.001, 0, 'f', 3)) : QVariant();
      case M::DeltaColumn:
        return isTop ? QVariant(QStringLiteral("0.001 s")) : QVariant();
      case M::DirectionColumn:
        return isTop ? QVariant(directionOf(row) == Direction::In ? QStringLiteral("in") : QStringLiteral("out"))
                     : QVariant();
      case M::OffsetColumn:
        return QString::number(rangeOf(at).begin);
      case M::SizeColumn:
        return QString::number(rangeOf(at).size());
      case M::ChunksColumn:
        return isTop ? QVariant(QStringLiteral("1")) : QVariant();
      case M::StatusColumn:
        if (!isTop) return QString();
        return status == Status::Complete     ? QStringLiteral("complete")
               : status == Status::Incomplete ? QStringLiteral("needs 14 more bytes")
                                              : QStringLiteral("length 4294967295 is over the limit");
      default:
        if (!isTop) return QString::number(at.row() * 111);
        return summary_.isEmpty()
                   ? QStringLiteral("seq %1 · kind 1 · \"Simple is better than complex.\"").arg(row + base_)
                   : summary_;
    }
  }

  int rows_;
  int base_ = 0;  // rows that were taken from the front
  int eventEvery_;
  bool incompleteLast_ = false;
  QSet<int> errors_;
  QMap<int, int> extra_;
  QString summary_;
};

}  // namespace octetscope::test
