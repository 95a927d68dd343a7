#include "model/items/mark_list_model.h"

#include "model/framing/framing_words.h"
#include "model/items/joined_places.h"
#include "model/items/mark_words.h"

#include <QLocale>

namespace octetscope {

void MarkListModel::setMarks(CaptureMarks *marks) {
  if (marks == marks_) return;
  beginResetModel();
  if (marks_) marks_->disconnect(this);
  marks_ = marks;
  listAgain();
  endResetModel();
  if (!marks) return;
  // With a filter rows are found again: one more or less moves the places of all behind it.
  const auto unfiltered = [this](auto act) {
    return [this, act](int row) {
      if (filter_.isEmpty()) act(row);
    };
  };
  connect(marks, &CaptureMarks::aboutToBeAdded, this, unfiltered([this](int row) { beginInsertRows({}, row, row); }));
  connect(marks, &CaptureMarks::added, this, unfiltered([this](int) { endInsertRows(); }));
  connect(marks, &CaptureMarks::aboutToBeRemoved, this, unfiltered([this](int row) { beginRemoveRows({}, row, row); }));
  connect(marks, &CaptureMarks::removed, this, unfiltered([this](int) { endRemoveRows(); }));
  connect(marks, &CaptureMarks::replaced, this, unfiltered([this](int row) { tellRow(row); }));
  connect(marks, &CaptureMarks::aboutToBeReset, this, [this] {
    if (filter_.isEmpty()) beginResetModel();
  });
  connect(marks, &CaptureMarks::wasReset, this, [this] {
    if (filter_.isEmpty()) endResetModel();
  });
  connect(marks, &CaptureMarks::changed, this, [this] {
    if (filter_.isEmpty()) return;
    beginResetModel();
    listAgain();
    endResetModel();
  });
  connect(marks, &QObject::destroyed, this, [this] {
    beginResetModel();
    listed_.clear();
    endResetModel();
  });
}

void MarkListModel::tellRow(int row) {
  Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

void MarkListModel::setDecoder(const ConnectionDecoder *decoder, int number) {
  if (decoder_) decoder_->disconnect(this);
  decoder_ = decoder;
  number_ = decoder ? number : -1;
  // Which message a place lies in is another one; views ask again for what they show.
  const auto tell = [this] {
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, MessageColumn), index(rowCount() - 1, MessageColumn));
  };
  if (decoder) connect(decoder, &ConnectionDecoder::advanced, this, tell);
  tell();
}

void MarkListModel::setFilter(const QString &words) {
  if (words == filter_) return;
  beginResetModel();
  filter_ = words;
  listAgain();
  endResetModel();
}

bool MarkListModel::passes(const Mark &mark) const {
  return mark.note.contains(filter_, Qt::CaseInsensitive) ||
         markColorName(mark.color).contains(filter_, Qt::CaseInsensitive);
}

void MarkListModel::listAgain() {
  listed_.clear();
  if (filter_.isEmpty() || !marks_) return;
  const MarkTable &table = marks_->table();
  for (std::size_t row = 0; row < table.count(); ++row) {
    if (passes(table.at(row))) listed_.push_back(row);
  }
}

std::size_t MarkListModel::tableRow(int row) const {
  const auto at = static_cast<std::size_t>(row);
  return filter_.isEmpty() ? at : listed_[at];
}

const Mark &MarkListModel::markAt(int row) const {
  return marks_->table().at(tableRow(row));
}

int MarkListModel::rowOf(const MarkPlace &place) const {
  if (!marks_) return -1;
  const auto row = marks_->table().rowOf(place);
  if (!row) return -1;
  if (filter_.isEmpty()) return static_cast<int>(*row);
  const auto at = std::lower_bound(listed_.begin(), listed_.end(), *row);
  return at != listed_.end() && *at == *row ? static_cast<int>(at - listed_.begin()) : -1;
}

int MarkListModel::rowCount(const QModelIndex &parent) const {
  if (parent.isValid() || !marks_) return 0;
  return static_cast<int>(filter_.isEmpty() ? marks_->table().count() : listed_.size());
}

int MarkListModel::columnCount(const QModelIndex &parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

/// "3"; "in 3" for a part of it; "3–5" for several. Nothing of what is not framed, or not joined where that is shown.
QString MarkListModel::messageOf(const MarkPlace &place) const {
  if (!decoder_ || place.connection != number_) return {};
  const ByteRange shown = asShown(*decoder_, place.direction, place.range);
  const auto first = shown.isEmpty() ? std::nullopt : decoder_->messageAt(place.direction, shown.begin);
  if (!first) return {};
  const ByteRange range = decoder_->message(place.direction, *first).range();
  if (range == shown) return QString::number(*first);
  if (shown.end <= range.begin) return {};
  if (shown.end <= range.end) return tr("in %1").arg(*first);
  const auto last = decoder_->messageAt(place.direction, shown.end - 1);
  return QStringLiteral("%1–%2").arg(*first).arg(last.value_or(decoder_->messageCount(place.direction) - 1));
}

QString MarkListModel::text(const Mark &mark, int column) const {
  const ByteRange range = mark.place.range;
  switch (column) {
    case ColorColumn:
      return markColorName(mark.color);
    case DirectionColumn: {
      const QString direction = mark.place.direction == Direction::In ? tr("in") : tr("out");
      return number_ >= 0 && mark.place.connection != number_
                 ? tr("%1 of connection %2").arg(direction).arg(mark.place.connection)
                 : direction;
    }
    case PlaceColumn:
      return range.size() == 1 ? QString::number(range.begin)
                               : QStringLiteral("%1–%2").arg(range.begin).arg(range.end - 1);
    case SizeColumn:
      return QLocale().toString(range.size());
    case MessageColumn:
      return messageOf(mark.place);
    case NoteColumn:
      return mark.note;
    default:
      return {};
  }
}

QString MarkListModel::lineOf(int row) const {
  const Mark &mark = markAt(row);
  QString line = tr("%1, %2 %3").arg(text(mark, ColorColumn), text(mark, DirectionColumn), bytesAt(mark.place.range));
  if (const QString message = messageOf(mark.place); !message.isEmpty()) line += tr(", message %1").arg(message);
  return mark.note.isEmpty() ? line : QStringLiteral("%1: %2").arg(line, mark.note);
}

QVariant MarkListModel::data(const QModelIndex &index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const Mark &mark = markAt(index.row());
  switch (role) {
    case Qt::DisplayRole:
      return text(mark, index.column());
    case Qt::EditRole:
      return index.column() == NoteColumn ? mark.note : text(mark, index.column());
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
      return role == Qt::ToolTipRole || index.column() == ColorColumn ? lineOf(index.row()) : QVariant();
    case Qt::TextAlignmentRole:
      return index.column() == SizeColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case ColorRole:
      return static_cast<int>(mark.color);
    case DirectionRole:
      return static_cast<int>(mark.place.direction);
    default:
      return {};
  }
}

QVariant MarkListModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  switch (section) {
    case ColorColumn:
      return tr("Mark");
    case DirectionColumn:
      return tr("Direction");
    case PlaceColumn:
      return tr("Bytes");
    case SizeColumn:
      return tr("Size");
    case MessageColumn:
      return tr("Message");
    case NoteColumn:
      return tr("Note");
    default:
      return {};
  }
}

Qt::ItemFlags MarkListModel::flags(const QModelIndex &index) const {
  if (!index.isValid()) return {};
  Qt::ItemFlags flags = QAbstractTableModel::flags(index) | Qt::ItemNeverHasChildren;
  if (index.column() == NoteColumn) flags |= Qt::ItemIsEditable;
  return flags;
}

bool MarkListModel::setData(const QModelIndex &index, const QVariant &value, int role) {
  if (role != Qt::EditRole || !index.isValid() || index.column() != NoteColumn) return false;
  const Mark mark = markAt(index.row());
  const QString note = value.toString();
  if (note != mark.note) Q_EMIT noteEdited(mark, note);
  return true;
}

}  // namespace octetscope
