#include "model/items/message_texts.h"

#include "model/framing/framing_words.h"
#include "model/items/field_words.h"
#include "model/structs/value.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype summaryCharacters = 200;
constexpr quint64 mostSummaryPayload = 64 * 1024;  // bytes of a payload that are joined for a summary alone

QString seconds(qint64 ns) {
  return QString::number(static_cast<double>(ns) / 1e9, 'f', 6) + u" s"_s;
}

bool isNumberColumn(int column) {
  return column == MessageTreeModel::TimeColumn || column == MessageTreeModel::DeltaColumn ||
         column == MessageTreeModel::OffsetColumn || column == MessageTreeModel::SizeColumn ||
         column == MessageTreeModel::ChunksColumn;
}

}  // namespace

void MessageTexts::setDecoder(const ConnectionDecoder *decoder) {
  decoder_ = decoder;
  ownPayloads_.clear();
}

QVariant MessageTexts::header(int section, int role) {
  const bool isTip = role == Qt::ToolTipRole || role == Qt::AccessibleTextRole;
  if (role == Qt::TextAlignmentRole) {
    return QVariant(isNumberColumn(section) ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
  }
  if (role != Qt::DisplayRole && !isTip) return {};
  switch (section) {
    case Column::NumberColumn:
      return isTip ? tr("Number of the message in its direction, from 0; name of a field") : tr("No.");
    case Column::TimeColumn:
      return isTip ? tr("When its first byte arrived, since the start of the connection") : tr("Time");
    case Column::DeltaColumn:
      return isTip ? tr("Time since the row before") : tr("Δ");
    case Column::DirectionColumn:
      return isTip ? tr("Which way it went") : tr("Direction");
    case Column::OffsetColumn:
      return isTip ? tr("Offset of its first byte in its stream") : tr("Offset");
    case Column::SizeColumn:
      return isTip ? tr("Bytes that are here, framing included") : tr("Size");
    case Column::ChunksColumn:
      return isTip ? tr("How many chunks carried it: what one recv() or send() carried is a chunk") : tr("Chunks");
    case Column::StatusColumn:
      return isTip ? tr("Whether the message is whole; type of a field") : tr("Status");
    case Column::SummaryColumn:
      return isTip ? tr("The first fields, or the begin of the payload") : tr("Summary");
    default:
      return {};
  }
}

qint64 MessageTexts::timeOf(quint64 row) const {
  const RowOrder::Row at = decoder_->row(row);
  if (at.kind == RowKind::Event) return decoder_->eventAt(at.number).timeNs;
  const auto direction = static_cast<Direction>(at.kind);
  return decoder_->view(direction).chunks.timeOf(decoder_->message(direction, at.number).offset);
}

QString MessageTexts::sinceStart(qint64 time) const {
  return time == noTime || decoder_->startTimeNs() == noTime ? QString() : seconds(time - decoder_->startTimeNs());
}

QString MessageTexts::sinceRowBefore(quint64 row) const {
  if (row == 0) return {};
  const qint64 time = timeOf(row);
  const qint64 before = timeOf(row - 1);
  return time == noTime || before == noTime ? QString() : seconds(time - before);
}

QString MessageTexts::directionText(Direction direction) const {
  if (decoder_->connection()->isObserved()) {
    return direction == Direction::In ? tr("client→server") : tr("server→client");
  }
  return direction == Direction::In ? tr("← in") : tr("→ out");
}

QString MessageTexts::directionWords(Direction direction) const {
  if (decoder_->connection()->isObserved()) {
    return direction == Direction::In ? tr("from the client to the server") : tr("from the server to the client");
  }
  return direction == Direction::In ? tr("received") : tr("sent");
}

QString MessageTexts::statusText(Direction direction, const Message &message) const {
  if (message.status == Status::Complete) return tr("complete");
  const StreamView &view = decoder_->view(direction);
  const Verdict verdict = decoder_->reader(direction).framer->verdict(view, message);
  if (message.status == Status::Error) return verdict.error.isEmpty() ? tr("error") : verdict.error;
  if (view.end != StreamEnd::Open || message.end() < view.size() || !verdict.needs) return tr("incomplete");
  return *verdict.needs == 1 ? tr("needs 1 more byte") : tr("needs %1 more bytes").arg(grouped(*verdict.needs));
}

QString MessageTexts::summary(Direction direction, quint64 number, const Message &message) const {
  const DirectionReader &reader = decoder_->reader(direction);
  const StreamView &view = decoder_->view(direction);
  const auto textOf = [&](ByteView payload) {
    return reader.fields ? reader.fields->summary(payload, summaryCharacters)
                         : displayBytes(payload, summaryCharacters);
  };
  if (message.hasPayloadRange()) return textOf(view.bytes.view(message.payloadRange()));
  if (message.status != Status::Complete) return displayBytes(view.bytes.view(message.range()), summaryCharacters);
  const std::pair key{static_cast<int>(direction), number};
  if (const QString *known = ownPayloads_.object(key)) return *known;
  QString text;
  const bool isLong = message.payloadSize > mostSummaryPayload;
  if (isLong && reader.fields && reader.fields->front().bytes > mostSummaryPayload / 2) {
    text = tr("payload of %1").arg(byteCount(message.payloadSize));
  } else if (const auto payload = reader.framer->payload(view, message, mostSummaryPayload)) {
    text = textOf(viewOf(*payload));
  } else {
    text = payload.error().line();
  }
  ownPayloads_.insert(key, new QString(text));
  return text;
}

QString MessageTexts::eventTip(Event::Kind kind) {
  switch (kind) {
    case Event::Kind::Connecting:
      return tr("Our SYN is on its way: TCP opens a connection with three segments");
    case Event::Kind::Connected:
      return tr("The peer accepted: both directions are open");
    case Event::Kind::Accepted:
      return tr("A peer connected to where we listen: both directions are open");
    case Event::Kind::PeerFinished:
      return tr("FIN: the peer will send no more, recv() returns 0 bytes. It may still receive: we can go on sending");
    case Event::Kind::WeFinished:
      return tr("FIN: we will send no more, everything queued had gone out before. The peer can go on sending");
    case Event::Kind::PeerReset:
      return tr("RST: the peer broke the connection off. What was under way in either direction may be lost");
    case Event::Kind::WeReset:
      return tr("RST: we broke the connection off, without waiting for what was under way");
    case Event::Kind::Closed:
      return tr("Nothing more can come in either direction");
    case Event::Kind::Failed:
      return tr("The connection could not be made, or could not go on");
    case Event::Kind::Note:
      return {};
  }
  return {};
}

QVariant MessageTexts::eventData(const MessagePlace &place, int column, int role) const {
  const Event event = decoder_->eventAt(place.row.number);
  switch (role) {
    case Qt::DisplayRole:
      if (column == Column::TimeColumn) return sinceStart(event.timeNs);
      if (column == Column::DeltaColumn) return sinceRowBefore(place.topRow);
      return column == Column::SummaryColumn ? event.text : QString();
    case Qt::ToolTipRole: {
      const QString tip = eventTip(event.kind);
      return tip.isEmpty() ? event.text : QString(event.text + u'\n' + tip);
    }
    case MessageTreeModel::EventKindRole:
      return static_cast<int>(event.kind);
    case MessageTreeModel::SortTextRole:
      return event.text;
    default:
      return {};
  }
}

QString MessageTexts::restartWords(Direction direction, const Message &message) const {
  return decoder_->reader(direction).restartsAt(message.offset) ? tr("↻ framing started again here · ") : QString();
}

QVariant MessageTexts::messageData(const MessagePlace &place, int column, int role) const {
  const Direction direction = place.direction();
  const quint64 number = place.row.number;
  const Message message = decoder_->message(direction, number);
  const StreamView &view = decoder_->view(direction);
  switch (role) {
    case MessageTreeModel::DirectionRole:
      return static_cast<int>(direction);
    case MessageTreeModel::StatusRole:
      return static_cast<int>(message.status);
    case MessageTreeModel::MessageNumberRole:
      return number;
    case MessageTreeModel::RangeBeginRole:
      return message.offset;
    case MessageTreeModel::RangeEndRole:
      return message.end();
    case MessageTreeModel::SortTextRole:
      return QString::number(number);
    case Qt::ToolTipRole:
      if (column == Column::DirectionColumn) return directionWords(direction);
      return QString(restartWords(direction, message) +
                     decoder_->reader(direction).framer->explain(view, message, number));
    case Qt::AccessibleTextRole:
      return column == Column::DirectionColumn ? QVariant(directionWords(direction)) : QVariant();
    case Qt::EditRole:
      if (column == Column::NumberColumn) return number;
      if (column == Column::OffsetColumn) return message.offset;
      if (column == Column::SizeColumn) return message.size;
      if (column == Column::ChunksColumn) return view.chunks.countIn(message.range());
      return {};
    case Qt::DisplayRole:
      break;
    default:
      return {};
  }
  switch (column) {
    case Column::NumberColumn:
      return grouped(number);
    case Column::TimeColumn:
      return sinceStart(view.chunks.timeOf(message.offset));
    case Column::DeltaColumn:
      return sinceRowBefore(place.topRow);
    case Column::DirectionColumn:
      return directionText(direction);
    case Column::OffsetColumn:
      return grouped(message.offset);
    case Column::SizeColumn:
      return grouped(message.size);
    case Column::ChunksColumn:
      return grouped(view.chunks.countIn(message.range()));
    case Column::StatusColumn:
      return statusText(direction, message);
    case Column::SummaryColumn:
      return QString(restartWords(direction, message) + summary(direction, number, message));
    default:
      return {};
  }
}

std::optional<ByteRange> MessageTexts::rangeOf(const MessagePlace &place) const {
  const MessageDetails &details = *place.details;
  if (place.kind == MessageTreeModel::Kind::Part) {
    const auto parts = static_cast<quint64>(details.parts.size());
    if (place.part < parts) return details.parts[static_cast<qsizetype>(place.part)].range;
    if (place.part == parts && details.unlistedBytes > 0) {
      return ByteRange{details.message.end() - details.unlistedBytes, details.message.end()};
    }
    return std::nullopt;
  }
  const Field field = details.fields->field(MessageBranches::payloadOf(*decoder_, details), place.field);
  if (!details.message.hasPayloadRange() || field.isDerived) return std::nullopt;
  const quint64 at = details.message.payloadOffset;
  return ByteRange{at + field.range.begin, at + field.range.end};
}

QVariant MessageTexts::rangeData(const MessagePlace &place, int column) const {
  const auto range = rangeOf(place);
  if (!range) return {};
  if (column == Column::OffsetColumn) return grouped(range->begin);
  return column == Column::SizeColumn ? QVariant(grouped(range->size())) : QVariant();
}

QString MessageTexts::partName(const MessagePlace &place) const {
  const MessageDetails &details = *place.details;
  if (place.part < static_cast<quint64>(details.parts.size())) {
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
  return rangeOf(place) ? tr("(more)") : tr("payload");
}

QString MessageTexts::partValue(const MessagePlace &place) const {
  const MessageDetails &details = *place.details;
  if (place.part < static_cast<quint64>(details.parts.size())) {
    const FramingPart &part = details.parts[static_cast<qsizetype>(place.part)];
    if (!part.value.isEmpty()) return part.value;
    const ByteView bytes = decoder_->view(details.direction).bytes.view(part.range);
    return part.role == PartRole::Length ? QString() : displayBytes(bytes, summaryCharacters);
  }
  if (const auto rest = rangeOf(place)) return tr("parts in %1 that are not listed").arg(byteCount(rest->size()));
  return details.hasPayload ? displayBytes(viewOf(details.ownPayload), summaryCharacters) : details.payloadError;
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
  const bool isListed = place.part < static_cast<quint64>(details.parts.size());
  const PartRole partRole = isListed ? details.parts[static_cast<qsizetype>(place.part)].role : PartRole::Payload;
  switch (role) {
    case MessageTreeModel::PartRoleRole:
      return static_cast<int>(partRole);
    case MessageTreeModel::HasErrorRole:
      return !isListed && !rangeOf(place) && !details.hasPayload;
    case MessageTreeModel::SortTextRole:
      return partName(place);
    case Qt::ToolTipRole: {
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
      return rangeData(place, column);
  }
}

QVariant MessageTexts::fieldData(const MessagePlace &place, int column, int role) const {
  const MessageDetails &details = *place.details;
  if (role == MessageTreeModel::FieldIndexRole) return static_cast<int>(place.field.front());
  if (role == Qt::DisplayRole && (column == Column::OffsetColumn || column == Column::SizeColumn)) {
    return rangeData(place, column);
  }
  const Field field = details.fields->field(MessageBranches::payloadOf(*decoder_, details), place.field);
  const auto valueText = [&] {
    if (!field.error.isEmpty()) return field.error;
    const QString value = displayText(field.value, summaryCharacters);
    if (!field.label.isEmpty()) return QString(field.label + u" ("_s + value + u')');
    if (field.childCount > 0 && value.isEmpty()) return tr("%1 values").arg(grouped(field.childCount));
    return value;
  };
  switch (role) {
    case MessageTreeModel::HasErrorRole:
      return !field.error.isEmpty();
    case MessageTreeModel::SortTextRole:
      return field.name;
    case Qt::ToolTipRole: {
      const QString words = typeWords(field.type, details.fields.get());
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

QVariant MessageTexts::data(const MessagePlace &place, int column, int role) const {
  using Kind = MessageTreeModel::Kind;
  if (role == MessageTreeModel::KindRole) return static_cast<int>(place.kind);
  if (role == Qt::TextAlignmentRole) return header(column, role);
  if (place.kind == Kind::Event) return eventData(place, column, role);
  if (place.kind == Kind::Message) return messageData(place, column, role);
  // What parts and fields share.
  switch (role) {
    case MessageTreeModel::DirectionRole:
      return static_cast<int>(place.direction());
    case MessageTreeModel::StatusRole:
      return static_cast<int>(place.details->message.status);
    case MessageTreeModel::MessageNumberRole:
      return place.row.number;
    case MessageTreeModel::RangeBeginRole:
    case MessageTreeModel::RangeEndRole: {
      const auto range = rangeOf(place);
      if (!range) return {};
      return role == MessageTreeModel::RangeBeginRole ? range->begin : range->end;
    }
    default:
      return place.kind == Kind::Part ? partData(place, column, role) : fieldData(place, column, role);
  }
}

}  // namespace octetscope
