#include "model/items/filter_for_place.h"

#include "model/filter/filter_completion.h"
#include "model/items/message_filter.h"
#include "model/items/message_place.h"

namespace octetscope {

namespace {

/// None where a column says nothing that filters know.
std::optional<FilterName> nameOfColumn(int column) {
  switch (column) {
    case MessageTreeModel::NumberColumn:
      return FilterName::Number;
    case MessageTreeModel::TimeColumn:
      return FilterName::Time;
    case MessageTreeModel::DeltaColumn:
      return FilterName::Delta;
    case MessageTreeModel::OtherDeltaColumn:
      return FilterName::DeltaOther;
    case MessageTreeModel::DirectionColumn:
      return FilterName::Direction;
    case MessageTreeModel::OffsetColumn:
      return FilterName::Offset;
    case MessageTreeModel::SizeColumn:
      return FilterName::Size;
    case MessageTreeModel::ChunksColumn:
      return FilterName::Chunks;
    case MessageTreeModel::StatusColumn:
      return FilterName::Status;
    default:
      return std::nullopt;
  }
}

}  // namespace

QString sortNameOfColumn(int column) {
  auto name = nameOfColumn(column);
  if (column == MessageTreeModel::SummaryColumn) name = FilterName::Payload;
  return name ? filterName(*name).text.toString() : QString();
}

QString filterForPlace(const ConnectionDecoder &decoder, const MessageFilter &filter, const MessagePlace &place,
                       int column) {
  if (place.kind == MessageTreeModel::Kind::Field) {
    return filterForField(*place.details->fields, place.details->fieldBytes(decoder), place.field);
  }
  const auto name = nameOfColumn(column);
  // Names of messages mean the outermost ones.
  if (place.kind != MessageTreeModel::Kind::Message || place.isInner() || !name) return {};
  const Direction direction = place.direction();
  const FramerPtr &framer = decoder.reader(direction).framer;
  if (!framer) return {};
  const Message message = decoder.message(direction, place.row.number);
  const FilterStream stream = filter.streamOf(direction);
  const quint64 number = place.row.number;
  const Message before = number > 0 ? decoder.message(direction, number - 1) : Message();
  const FilterBatch batch{stream, std::span(&message, 1), number, number > 0 ? &before : nullptr};
  return filterForName(*name, batch, 0, *framer);
}

}  // namespace octetscope
