#include "widgets/messages/row_place.h"

#include "model/items/message_tree_model.h"

#include <algorithm>

namespace octetscope {

RowPath rowPath(const QModelIndex &index) {
  RowPath path;
  for (QModelIndex at = index; at.isValid(); at = at.parent()) path.append(static_cast<quint64>(at.row()));
  std::reverse(path.begin(), path.end());
  return path;
}

std::optional<ByteRange> rowRange(const QModelIndex &index) {
  QVariant begin = index.data(MessageTreeModel::RangeBeginRole);
  QVariant end = index.data(MessageTreeModel::RangeEndRole);
  if (!begin.isValid()) {
    begin = index.data(MessageTreeModel::SourceBeginRole);
    end = index.data(MessageTreeModel::SourceEndRole);
  }
  if (!begin.isValid() || !end.isValid() || end.toULongLong() < begin.toULongLong()) return std::nullopt;
  return ByteRange{begin.toULongLong(), end.toULongLong()};
}

std::optional<Selection> rowSelection(QModelIndex index) {
  for (; index.isValid(); index = index.parent()) {
    const auto range = rowRange(index);
    const QVariant direction = index.data(MessageTreeModel::DirectionRole);
    if (!range || !direction.isValid()) continue;
    const QVariant number = index.data(MessageTreeModel::MessageNumberRole);
    return Selection{.direction = static_cast<Direction>(direction.toInt()),
                     .range = *range,
                     .message = number.isValid() ? std::optional(number.toULongLong()) : std::nullopt,
                     .payload = rowPayloadPlace(index)};
  }
  return std::nullopt;
}

std::optional<PayloadPlace> rowPayloadPlace(const QModelIndex &index) {
  const QVariant of = index.data(MessageTreeModel::PayloadOfRole);
  if (!of.isValid()) return std::nullopt;
  return PayloadPlace{of.value<QList<quint64>>(),
                      {index.data(MessageTreeModel::PayloadBeginRole).toULongLong(),
                       index.data(MessageTreeModel::PayloadEndRole).toULongLong()}};
}

QModelIndex rowHolding(const QModelIndex &innermost, const Selection &selection) {
  QModelIndex found;
  const auto &payload = selection.payload;
  const ByteRange range = payload ? payload->range : selection.range;
  for (QModelIndex index = innermost.siblingAtColumn(0); index.isValid(); index = index.parent()) {
    std::optional<ByteRange> own = rowRange(index);
    if (payload) {
      const auto place = rowPayloadPlace(index);
      const bool isIn = place && place->of == payload->of;
      // Whose payload it is, where nothing in it holds the bytes.
      if (!isIn && !place && !found.isValid()) return index;
      own = isIn ? std::optional(place->range) : std::nullopt;
    }
    const bool holds = own && own->begin <= range.begin && range.end <= own->end;
    if (own == range || (holds && !found.isValid()) || (!found.isValid() && !index.parent().isValid())) found = index;
  }
  return found;
}

QModelIndex topLevelRow(QModelIndex index) {
  while (index.parent().isValid()) index = index.parent();
  return index;
}

}  // namespace octetscope
