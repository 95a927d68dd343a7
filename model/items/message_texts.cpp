#include "model/items/message_texts.h"
#include "model/filter/filter_judge.h"

#include "model/framing/framing_words.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

QString seconds(qint64 ns) {
  return QString::number(static_cast<double>(ns) / 1e9, 'f', 6) + u" s"_s;
}

/// From one stamp to another; empty where one is not known.
QString between(qint64 from, qint64 to) {
  return from == noTime || to == noTime ? QString() : seconds(to - from);
}

bool isNumberColumn(int column) {
  return column == MessageTreeModel::TimeColumn || column == MessageTreeModel::DeltaColumn ||
         column == MessageTreeModel::OtherDeltaColumn || column == MessageTreeModel::OffsetColumn ||
         column == MessageTreeModel::SizeColumn || column == MessageTreeModel::ChunksColumn;
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
      return isTip ? tr("Time since the message before it in its direction") : tr("Δ");
    case Column::OtherDeltaColumn:
      return isTip ? tr("Time since bytes last came the other way: how long an answer took") : tr("Δ other");
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
  return between(decoder_->startTimeNs(), time);
}

QString MessageTexts::sinceRowBefore(quint64 row) const {
  return row == 0 ? QString() : between(timeOf(row - 1), timeOf(row));
}

QString MessageTexts::sinceMessageBefore(Direction direction, quint64 number, qint64 time) const {
  if (number == 0) return {};
  return between(decoder_->view(direction).chunks.timeOf(decoder_->message(direction, number - 1).offset), time);
}

QString MessageTexts::sinceOtherWay(Direction direction, qint64 time) const {
  const ChunkView otherWay = decoder_->connection()->stream(opposite(direction)).chunks();
  return between(lastOtherWay(otherWay, direction, time), time);
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

QString MessageTexts::statusText(const StreamView &view, const Message &message, const Verdict &verdict) {
  if (message.status == Status::Complete) return tr("complete");
  if (message.status == Status::Error) return verdict.error.isEmpty() ? tr("error") : verdict.error;
  if (view.end != StreamEnd::Open || message.end() < view.size() || !verdict.needs) return tr("incomplete");
  return *verdict.needs == 1 ? tr("needs 1 more byte") : tr("needs %1 more bytes").arg(grouped(*verdict.needs));
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
      return QString(restartWords(direction, message) + decoder_->explain(direction, message, number));
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
      return sinceMessageBefore(direction, number, view.chunks.timeOf(message.offset));
    case Column::OtherDeltaColumn:
      return sinceOtherWay(direction, view.chunks.timeOf(message.offset));
    case Column::DirectionColumn:
      return directionText(direction);
    case Column::OffsetColumn:
      return grouped(message.offset);
    case Column::SizeColumn:
      return grouped(message.size);
    case Column::ChunksColumn:
      return grouped(view.chunks.countIn(message.range()));
    case Column::StatusColumn:
      return statusText(view, message, decoder_->verdict(direction, message));
    case Column::SummaryColumn:
      return QString(restartWords(direction, message) + summary(direction, number, message));
    default:
      return {};
  }
}

QVariant MessageTexts::data(const MessagePlace &place, int column, int role) const {
  using Kind = MessageTreeModel::Kind;
  if (role == MessageTreeModel::KindRole) return static_cast<int>(place.kind);
  if (role == Qt::TextAlignmentRole) return header(column, role);
  if (place.kind == Kind::Event) return eventData(place, column, role);
  if (place.kind == Kind::Message && !place.isInner()) return messageData(place, column, role);
  // What parts, fields and inner messages share.
  switch (role) {
    case MessageTreeModel::DirectionRole:
      return static_cast<int>(place.direction());
    case MessageTreeModel::StatusRole:
      return static_cast<int>(
          (place.isInner() ? place.details->inner.messages[place.inner] : place.details->at.message).status);
    case MessageTreeModel::MessageNumberRole:
      return place.row.number;
    case MessageTreeModel::RangeBeginRole:
    case MessageTreeModel::RangeEndRole:
    case MessageTreeModel::SourceBeginRole:
    case MessageTreeModel::SourceEndRole:
      return rangeData(place, role);
    case MessageTreeModel::PayloadOfRole:
    case MessageTreeModel::PayloadBeginRole:
    case MessageTreeModel::PayloadEndRole:
      return payloadData(place, role);
    default:
      if (place.isInner()) return innerData(place, column, role);
      return place.kind == Kind::Part ? partData(place, column, role) : fieldData(place, column, role);
  }
}

}  // namespace octetscope
