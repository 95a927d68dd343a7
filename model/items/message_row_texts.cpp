// What the rows under a message say: parts, fields, and messages inside it.
#include "model/framing/framing_words.h"
#include "model/items/field_words.h"
#include "model/items/message_texts.h"
#include "model/structs/value.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

ByteRange movedBy(ByteRange range, quint64 offset) {
  return {range.begin + offset, range.end + offset};
}

}  // namespace

// Where they lie

std::optional<MessageTexts::Extent> MessageTexts::extentOf(const MessagePlace &place) const {
  const MessageDetails &details = *place.details;
  const bool isDerived = details.at.isDerived;
  const bool isInnerDerived = isDerived || details.inner.payload.isDerived;
  if (place.isInner()) return Extent{details.inner.messages[place.inner].range(), isInnerDerived};
  if (place.isUnlisted) return Extent{details.inner.unlisted(), isInnerDerived};
  if (place.kind == MessageTreeModel::Kind::Part) {
    const auto parts = static_cast<quint64>(details.parts.size());
    if (place.part < parts) return Extent{details.parts[static_cast<qsizetype>(place.part)].range, isDerived};
    if (place.part > parts || details.unlistedBytes == 0) return std::nullopt;
    const quint64 end = details.at.message.end();
    return Extent{{end - details.unlistedBytes, end}, isDerived};
  }
  const Field field = details.fields->shownField(details.fieldBytes(*decoder_), place.field);
  if (field.isDerived) return std::nullopt;
  return Extent{movedBy(field.range, details.fieldsBegin()), details.areFieldsDerived()};
}

QVariant MessageTexts::rangeData(const MessagePlace &place, int role) const {
  const auto extent = extentOf(place);
  if (!extent) return {};
  const bool isBegin = role == MessageTreeModel::RangeBeginRole || role == MessageTreeModel::SourceBeginRole;
  const bool isSource = role == MessageTreeModel::SourceBeginRole || role == MessageTreeModel::SourceEndRole;
  if (isSource != extent->isDerived) return {};
  ByteRange range = extent->range;
  if (isSource) {
    range = place.details->inStream(range, liesInOwnPayload(place));
  }
  return isBegin ? range.begin : range.end;
}

bool MessageTexts::liesInOwnPayload(const MessagePlace &place) {
  const MessageDetails &details = *place.details;
  if (!details.hasOwnPayload()) return false;
  if (place.kind == MessageTreeModel::Kind::Field) return details.fieldsIn == FieldsIn::Payload;
  if (place.isInner() || place.isUnlisted) return true;
  // The payload's own row stands behind the parts, and behind the row for those that are not listed.
  return place.part >= static_cast<quint64>(details.parts.size()) + (details.unlistedBytes > 0 ? 1 : 0);
}

QVariant MessageTexts::payloadData(const MessagePlace &place, int role) const {
  const auto extent = extentOf(place);
  if (!extent || !extent->isDerived) return {};
  if (role == MessageTreeModel::PayloadBeginRole) return extent->range.begin;
  if (role == MessageTreeModel::PayloadEndRole) return extent->range.end;
  const MessageDetails *of = liesInOwnPayload(place) ? place.details.get() : place.details->outer.get();
  while (of && !of->hasOwnPayload()) of = of->outer.get();
  return of ? QVariant::fromValue(of->at.numbers) : QVariant();
}

QVariant MessageTexts::extentData(const MessagePlace &place, int column, int role) const {
  const auto extent = extentOf(place);
  if (!extent) return {};
  if (column == Column::SizeColumn) return role == Qt::DisplayRole ? grouped(extent->range.size()) : QVariant();
  if (column != Column::OffsetColumn) return {};
  const QString offset = grouped(extent->range.begin);
  if (role != Qt::DisplayRole) {
    return extent->isDerived ? tr("byte %1 of a payload that is no range of the stream").arg(offset) : QVariant();
  }
  // A sign says that it counts in a payload.
  return extent->isDerived ? QString(u'+' + offset) : offset;
}

// Messages inside a message

/// "3.0": message 0 in the payload of message 3.
QString MessageTexts::numberText(const PlacedMessage &message) {
  QStringList numbers;
  for (const quint64 number : message.numbers) numbers.append(grouped(number));
  return numbers.join(u'.');
}

QVariant MessageTexts::innerData(const MessagePlace &place, int column, int role) const {
  const PlacedMessage message = place.details->innerAt(place.inner);
  const QList<FramingLayer> &layers = decoder_->reader(message.direction).layers;
  const Framer &framer = *layers[message.layer()].framer;
  switch (role) {
    case MessageTreeModel::SortTextRole:
      return numberText(message);
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
      if (column == Column::OffsetColumn) {
        const QVariant words = extentData(place, column, role);
        if (words.isValid()) return words;
      }
      return role == Qt::ToolTipRole ? framer.explain(message.payload, message.message, message.number()) : QVariant();
    case Qt::DisplayRole:
      break;
    default:
      return {};
  }
  switch (column) {
    case Column::NumberColumn:
      return numberText(message);
    case Column::ChunksColumn:
      return message.isDerived ? QVariant() : grouped(message.payload.chunks.countIn(message.message.range()));
    case Column::StatusColumn:
      return statusText(message.payload, message.message, framer.verdict(message.payload, message.message));
    case Column::SummaryColumn: {
      const std::span all(layers.constData(), static_cast<std::size_t>(layers.size()));
      return summaryOf(all.subspan(static_cast<std::size_t>(message.layer())), message.payload, message.message,
                       summaryCharacters);
    }
    default:
      return extentData(place, column, role);
  }
}

// Parts

QString MessageTexts::partName(const MessagePlace &place) const {
  const MessageDetails &details = *place.details;
  if (!place.isUnlisted && place.part < static_cast<quint64>(details.parts.size())) {
    const FramingPart &part = details.parts[static_cast<qsizetype>(place.part)];
    if (!part.name.isEmpty()) return part.name;
    switch (part.role) {
      case PartRole::Head:
        return tr("head");
      case PartRole::Length:
        return tr("length");
      case PartRole::Delimiter:
        return tr("delimiter");
      case PartRole::Payload:
        return tr("payload");
      case PartRole::Mark:
        return tr("mark");
      case PartRole::Unread:
        return tr("not read");
    }
  }
  return extentOf(place) ? tr("(more)") : tr("payload");
}

QString MessageTexts::partValue(const MessagePlace &place) const {
  const MessageDetails &details = *place.details;
  if (place.isUnlisted) {
    return tr("messages in %1 that are not listed").arg(byteCount(details.inner.unlisted().size()));
  }
  if (place.part < static_cast<quint64>(details.parts.size())) {
    const FramingPart &part = details.parts[static_cast<qsizetype>(place.part)];
    if (!part.value.isEmpty()) return part.value;
    const ByteView bytes = details.at.view(*decoder_).bytes.view(part.range);
    return part.role == PartRole::Length ? QString() : displayBytes(bytes, summaryCharacters);
  }
  if (const auto rest = extentOf(place)) {
    return tr("parts in %1 that are not listed").arg(byteCount(rest->range.size()));
  }
  return details.hasPayload ? displayBytes(details.ownPayload.view.bytes.view(), summaryCharacters)
                            : details.payloadError;
}

QString MessageTexts::partTip(PartRole role) {
  switch (role) {
    case PartRole::Head:
      return tr("Read by the framing, not part of the payload");
    case PartRole::Length:
      return tr("Says how long the message is");
    case PartRole::Delimiter:
      return tr("Says where the message ends");
    case PartRole::Payload:
      return tr("What the framing carries");
    case PartRole::Mark:
      return tr("Inside the payload, but read by the framing: a quote or an escape");
    case PartRole::Unread:
      return tr("Behind the place where the message broke the framing's rule");
  }
  return {};
}

QVariant MessageTexts::partData(const MessagePlace &place, int column, int role) const {
  const MessageDetails &details = *place.details;
  const bool isListed = !place.isUnlisted && place.part < static_cast<quint64>(details.parts.size());
  const PartRole partRole = isListed ? details.parts[static_cast<qsizetype>(place.part)].role : PartRole::Payload;
  switch (role) {
    case MessageTreeModel::PartRoleRole:
      return static_cast<int>(partRole);
    case MessageTreeModel::HasErrorRole:
      return !isListed && !details.hasPayload && !extentOf(place);
    case MessageTreeModel::SortTextRole:
      return partName(place);
    case Qt::AccessibleTextRole:
      return extentData(place, column, role);
    case Qt::ToolTipRole: {
      if (const QVariant words = extentData(place, column, role); words.isValid()) return words;
      const QString value = partValue(place);
      return QString(partName(place) + (value.isEmpty() ? QString() : u": "_s + value) + u'\n' + partTip(partRole));
    }
    case Qt::DisplayRole:
      break;
    default:
      return {};
  }
  switch (column) {
    case Column::NumberColumn:
      return partName(place);
    case Column::StatusColumn:
      return partRole == PartRole::Payload ? tr("payload") : tr("framing");
    case Column::SummaryColumn:
      return partValue(place);
    default:
      return extentData(place, column, role);
  }
}

// Fields

QVariant MessageTexts::fieldData(const MessagePlace &place, int column, int role) const {
  const MessageDetails &details = *place.details;
  if (role == MessageTreeModel::FieldIndexRole) return static_cast<int>(place.field.front());
  if (column == Column::OffsetColumn || column == Column::SizeColumn) {
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole) return extentData(place, column, role);
    if (role == Qt::ToolTipRole) {
      if (const QVariant words = extentData(place, column, role); words.isValid()) return words;
    }
  }
  const Field field = details.fields->shownField(details.fieldBytes(*decoder_), place.field);
  const auto valueText = [&] { return fieldValueWords(field, CellFormat::AsItIs, summaryCharacters); };
  switch (role) {
    case MessageTreeModel::HasErrorRole:
      return !field.error.isEmpty();
    case MessageTreeModel::SortTextRole:
      return field.name;
    case Qt::ToolTipRole: {
      const FieldDecoderPtr &source = details.at.framing(*decoder_).fields.decoder;
      const QString words = typeWords(field.type, source.get());
      return QString(field.name + u": "_s + valueText() + (words.isEmpty() ? QString() : u'\n' + words));
    }
    case Qt::DisplayRole:
      if (column == Column::NumberColumn) return field.name;
      if (column == Column::StatusColumn) return field.type;
      return column == Column::SummaryColumn ? QVariant(valueText()) : QVariant();
    default:
      return {};
  }
}

}  // namespace octetscope
