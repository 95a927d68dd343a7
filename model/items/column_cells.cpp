#include "model/items/column_cells.h"

#include "model/filter/filter_completion.h"
#include "model/filter/filter_judge.h"
#include "model/items/field_words.h"
#include "model/items/message_filter.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostValues = 50;  // in one cell
constexpr quint64 mostRowsTried = 16;

/// Calls `ask` with the machine of a filter for one message.
template <typename Ask>
void withMachine(const ConnectionDecoder &decoder, const MessageFilter &filter, const PlacedMessage &message, Ask ask) {
  const FilterScope scope = filter.scopes()[static_cast<std::size_t>(message.direction)];
  const FilterStream stream = filter.streamOf(message.direction);
  const quint64 number = message.number();
  const Message before = number > 0 ? decoder.message(message.direction, number - 1) : Message();
  const FilterBatch batch{stream, std::span(&message.message, 1), number, number > 0 ? &before : nullptr};
  ask(batch, scope);
}

}  // namespace

void ColumnCells::setDecoder(const ConnectionDecoder *decoder, const MessageFilter *filter) {
  decoder_ = decoder;
  filter_ = filter;
  values_.clear();
  cells_.clear();
}

void ColumnCells::setColumns(const QList<MessageColumn> &columns) {
  columns_.clear();
  for (const MessageColumn &column : columns) {
    columns_.append({column, column.isField() ? column.operand() : FilterOperand()});
  }
  cells_.clear();
}

std::optional<PlacedMessage> ColumnCells::messageOf(const MessagePlace &place) const {
  if (place.kind != MessageTreeModel::Kind::Message) return std::nullopt;
  if (place.isInner()) return place.details->innerAt(place.inner);
  const Direction direction = place.direction();
  return PlacedMessage{direction, {place.row.number}, decoder_->message(direction, place.row.number)};
}

const ColumnCells::Cell &ColumnCells::cellAt(const PlacedMessage &message, int section) const {
  const Key key{message.direction, message.numbers, section};
  const StreamEnd end = message.view(*decoder_).end;
  if (const Cell *known = cells_.object(key); known && known->message == message.message && known->end == end) {
    return *known;
  }
  auto *cell = new Cell{message.message, end};
  const Column &of = columns_[section];
  const bool isField = of.operand.kind == FilterOperand::Kind::Field;
  (this->*(isField ? &ColumnCells::readFields : &ColumnCells::readName))(*cell, message, of, mostCharacters);
  cells_.insert(key, cell);
  return *cell;
}

void ColumnCells::readFields(Cell &cell, const PlacedMessage &message, const Column &of, qsizetype most) const {
  qsizetype values = 0;
  bool hasMore = false;
  bool areNumbers = true;
  const bool isWhole = values_.visit(*decoder_, message, of.operand, [&](const MessageValues::Place &place) {
    if (values == mostValues || cell.text.size() >= most) {
      hasMore = true;
      return false;
    }
    const Field field = place.field();
    if (values++ == 0) {
      cell.type = field.type;
    } else {
      cell.text += u", "_s;
    }
    cell.text += fieldValueWords(field, of.column.format, most);
    cell.isError = cell.isError || !field.error.isEmpty();
    areNumbers = areNumbers && field.error.isEmpty() && field.label.isEmpty() && field.childCount == 0 &&
                 isFormattedNumber(field.value, of.column.format);
    return true;
  });
  cell.isNumber = values > 0 && areNumbers;
  // A sign where there may be more than was looked at.
  if (hasMore || !isWhole) cell.text += cell.text.isEmpty() ? u"…"_s : u", …"_s;
  if (cell.text.size() > most) {
    cell.text.truncate(most - 1);
    if (cell.text.back().isHighSurrogate()) cell.text.chop(1);
    cell.text += u'…';
  }
}

/// What is no field: a name that every message has.
void ColumnCells::readName(Cell &cell, const PlacedMessage &message, const Column &of, qsizetype most) const {
  // Such names mean the outermost messages.
  if (!filter_ || message.numbers.size() > 1) return;
  const FilterOperand &operand = of.operand;
  const FilterNameRow &name = filterName(operand.name);
  CellFormat format = of.column.format;
  Value value;
  withMachine(*decoder_, *filter_, message, [&](const FilterBatch &batch, const FilterScope &scope) {
    switch (name.kind) {
      case FilterNameKind::Bytes:
        if (const auto bytes = values_.bytesOf(*decoder_, message, operand)) value = *bytes;
        return;
      case FilterNameKind::Words:
        cell.text = filterWords(operand.name)[static_cast<std::size_t>(operand.name == FilterName::Direction
                                                                           ? static_cast<int>(message.direction)
                                                                           : static_cast<int>(message.message.status))]
                        .toString();
        return;
      case FilterNameKind::Text: {
        const QString error = decoder_->verdict(message.direction, message.message).error;
        const QByteArray text = operand.name == FilterName::From ? batch.stream.from
                                : operand.name == FilterName::To ? batch.stream.to
                                                                 : error.toUtf8();
        const auto part = operand.slice ? operand.slice->of(viewOf(text)) : std::optional(viewOf(text));
        if (part) cell.text = QString::fromUtf8(qtView(*part)).left(most);
        return;
      }
      default:
        break;
    }
    const auto number = FilterMachine(scope, batch).numberOf(operand.name, 0);
    if (!number) return;
    const auto whole = static_cast<qint64>(*number);
    if (operand.mask) {
      value = integerValue(static_cast<quint64>(whole) & *operand.mask);
    } else if (name.kind != FilterNameKind::Time) {
      value = integerValue(static_cast<quint64>(whole));
    } else if (operand.name != FilterName::Epoch && format == CellFormat::AsItIs) {
      cell.text = QString::number(static_cast<double>(whole) / 1e9, 'f', 6) + u" s"_s;
      cell.isNumber = true;
    } else {
      value = whole;
      if (format == CellFormat::AsItIs) format = CellFormat::UnixNanoseconds;
    }
  });
  if (std::holds_alternative<std::monostate>(value)) return;
  cell.text = formattedValue(value, format, most);
  cell.isNumber = isFormattedNumber(value, format);
}

QString ColumnCells::tipOf(const PlacedMessage &message, int section) const {
  const Column &of = columns_[section];
  Cell whole;
  const bool isField = of.operand.kind == FilterOperand::Kind::Field;
  (this->*(isField ? &ColumnCells::readFields : &ColumnCells::readName))(whole, message, of, mostTipCharacters);
  if (whole.text.isEmpty()) return {};
  const FieldDecoderPtr &fields = message.framing(*decoder_).fields.decoder;
  const QString words = typeWords(whole.type, fields.get());
  const QString cut = whole.text.endsWith(u'…')
                          ? tr("… is what is not looked at: values behind the first %1 bytes of a "
                               "payload, the first %2 of an array or of a cell's text")
                                .arg(QString::number(MessageValues::mostBytes))
                                .arg(mostValues)
                          : QString();
  QStringList lines{of.column.field + u": "_s + whole.text};
  if (!words.isEmpty()) lines.append(words);
  if (!cut.isEmpty()) lines.append(cut);
  return lines.join(u'\n');
}

QVariant ColumnCells::data(const MessagePlace &place, int section, int role) const {
  const bool isAlignment = role == Qt::TextAlignmentRole;
  const auto message = messageOf(place);
  if (!message) return isAlignment ? header(section, role) : QVariant();
  const Cell &cell = cellAt(*message, section);
  switch (role) {
    case Qt::DisplayRole:
      return cell.text;
    case Qt::ToolTipRole: {
      const QString tip = tipOf(*message, section);
      return tip.isEmpty() ? QVariant() : tip;
    }
    case MessageTreeModel::HasErrorRole:
      return cell.isError;
    case Qt::TextAlignmentRole:
      if (cell.text.isEmpty()) return header(section, role);
      return QVariant(cell.isNumber ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    default:
      return {};
  }
}

/// Whether the first messages that have it have a number there.
bool ColumnCells::isNumberColumn(int section) const {
  if (!decoder_) return false;
  for (const Direction direction : {Direction::In, Direction::Out}) {
    const quint64 count = std::min(mostRowsTried, decoder_->messageCount(direction));
    for (quint64 number = 0; number < count; ++number) {
      const Cell &cell = cellAt({direction, {number}, decoder_->message(direction, number)}, section);
      if (!cell.text.isEmpty() && !cell.isError) return cell.isNumber;
    }
  }
  return false;
}

QVariant ColumnCells::header(int section, int role) const {
  const MessageColumn &column = columns_[section].column;
  switch (role) {
    case Qt::DisplayRole:
      return column.field;
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole: {
      const bool isField = columns_[section].operand.kind == FilterOperand::Kind::Field;
      const QString what = isField ? tr("Field %1 of each message").arg(column.field)
                                   : tr("%1 of each message, as filters call it").arg(column.field);
      if (column.format == CellFormat::AsItIs) return what;
      return tr("%1; shown as: %2").arg(what, cellFormatTitle(column.format));
    }
    case Qt::TextAlignmentRole:
      return QVariant(isNumberColumn(section) ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    default:
      return {};
  }
}

QString ColumnCells::filterFor(const MessagePlace &place, int section) const {
  const auto message = messageOf(place);
  if (!message || !filter_) return {};
  const Column &of = columns_[section];
  QString text;
  if (of.operand.kind == FilterOperand::Kind::Field) {
    values_.visit(*decoder_, *message, of.operand, [&](const MessageValues::Place &found) {
      if (!found.operand.slice && !found.operand.mask) {
        text = filterForField(found.decoder, found.payload, found.path);
        return text.isEmpty();
      }
      const Field field = found.field();
      const auto *bytes = std::get_if<QByteArray>(&field.value);
      if (field.error.isEmpty()) {
        text = bytes ? filterForBytes(of.column.field, viewOf(*bytes))
                     : of.column.field + u" == "_s + displayText(field.value);
      }
      return text.isEmpty();
    });
    return text;
  }
  if (message->numbers.size() > 1) return {};
  if (of.operand.slice && filterName(of.operand.name).kind == FilterNameKind::Bytes) {
    const auto bytes = values_.bytesOf(*decoder_, *message, of.operand);
    return bytes ? filterForBytes(of.column.field, viewOf(*bytes)) : QString();
  }
  if (of.operand.slice || of.operand.mask) return {};
  withMachine(*decoder_, *filter_, *message, [&](const FilterBatch &batch, const FilterScope &scope) {
    text = filterForName(of.operand.name, batch, 0, *scope.layers[0].framer);
  });
  return text;
}

}  // namespace octetscope
