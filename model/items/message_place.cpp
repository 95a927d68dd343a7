#include "model/items/message_place.h"

#include <QVarLengthArray>

#include <algorithm>

namespace octetscope {

using Kind = MessageTreeModel::Kind;

std::optional<MessagePlace> messagePlaceAt(const ConnectionDecoder &decoder, MessageBranches &branches, quint64 parent,
                                           quint64 row) {
  QVarLengthArray<quint64, 8> rows{row};  // from the deepest up
  for (quint64 id = parent; id != 0; id = branches.at(id).parent) rows.append(branches.at(id).row);
  MessagePlace place;
  place.topRow = rows.last();
  if (place.topRow >= decoder.rowCount()) return std::nullopt;
  place.row = decoder.row(place.topRow);
  place.kind = place.row.kind == RowKind::Event ? Kind::Event : Kind::Message;
  qsizetype level = rows.size() - 1;
  if (level == 0) return place;
  if (place.kind == Kind::Event) return std::nullopt;
  place.details = branches.details(decoder, place.direction(), place.row.number);
  for (;;) {
    const quint64 child = rows[--level];
    const MessageDetails &details = *place.details;
    if (child < details.rowsBeforeFields()) {
      place.kind = Kind::Part;
      place.part = child;
      break;
    }
    if (child < details.rowsBeforeInner()) {
      place.kind = Kind::Field;
      place.field.append(child - details.rowsBeforeFields());
      break;
    }
    const auto inner = static_cast<qsizetype>(child - details.rowsBeforeInner());
    if (inner >= details.inner.messages.size()) {
      if (inner > details.inner.messages.size() || !details.inner.hasMore) return std::nullopt;
      place.kind = Kind::Part;
      place.isUnlisted = true;
      break;
    }
    if (level == 0) {
      place.inner = inner;
      return place;
    }
    place.details = branches.details(decoder, place.details, inner);
  }
  if (place.kind == Kind::Part) return level == 0 ? std::optional(place) : std::nullopt;
  const ByteView bytes = place.details->fieldBytes(decoder);
  while (level > 0) {
    const quint64 child = rows[--level];
    if (child >= place.details->fields->childCount(bytes, place.field)) return std::nullopt;
    place.field.append(child);
  }
  return place;
}

QList<quint64> messageWayTo(const ConnectionDecoder &decoder, MessageBranches &branches, MessageDetailsPtr details,
                            quint64 offset, bool isInOwn) {
  QList<quint64> way;
  // Into the message that holds it, as deep as the framing has layers. Offsets count in what holds a message.
  for (;;) {
    const auto inPayload = isInOwn ? offset : details->hasOwnPayload() ? details->inOwnPayload(offset) : offset;
    const auto inner = inPayload ? details->inner.at(*inPayload) : std::nullopt;
    if (!inner) break;
    way.append(details->rowsBeforeInner() + static_cast<quint64>(*inner));
    offset = *inPayload;
    isInOwn = false;
    details = branches.details(decoder, details, *inner);
  }
  const bool areFieldsOwn = details->fieldsIn == FieldsIn::Payload && details->hasOwnPayload();
  constexpr quint64 nowhere = ~0ULL;
  quint64 at = offset;
  if (areFieldsOwn && !isInOwn) at = details->inOwnPayload(offset).value_or(nowhere);
  if (isInOwn && !areFieldsOwn) at = nowhere;
  const ByteView bytes = details->fieldCount > 0 ? details->fieldBytes(decoder) : ByteView();
  if (ByteRange::ofSize(details->fieldsBegin(), bytes.size()).contains(at)) {
    FieldPath path = details->fields->fieldAt(bytes, at - details->fieldsBegin());
    if (!path.isEmpty()) {
      path.front() += details->rowsBeforeFields();
      return way + path;
    }
  }
  if (isInOwn) return way;
  const auto part =
      std::ranges::find_if(details->parts, [offset](const FramingPart &p) { return p.range.contains(offset); });
  if (part != details->parts.end()) way.append(static_cast<quint64>(part - details->parts.begin()));
  return way;
}

}  // namespace octetscope
