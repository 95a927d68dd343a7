#include "model/items/message_tree_model.h"

#include "model/items/column_cells.h"
#include "model/items/copied_rows.h"
#include "model/items/filter_for_place.h"
#include "model/items/message_filter.h"
#include "model/items/message_mime.h"
#include "model/items/message_order.h"
#include "model/items/message_texts.h"
#include "model/items/own_payload.h"

#include <QMimeData>

#include <algorithm>
#include <limits>

namespace octetscope {

namespace {

int asRows(quint64 count) {
  return static_cast<int>(std::min<quint64>(count, std::numeric_limits<int>::max()));
}

}  // namespace

class MessageTreeModel::Private {
 public:
  explicit Private(MessageTreeModel *model) : q(model) {}

  quint64 topRows() const { return order->count(); }

  // A row of the top level is its position for who asks the model, and the decoder's row in the branches: that stays
  // what it is whatever comes to pass before it.
  quint64 topRowAt(int position) const {
    const auto at = static_cast<quint64>(position);
    if (knownPosition != at) {
      knownTopRow = order->rowAt(at);
      knownPosition = at;
    }
    return *knownTopRow;
  }
  int positionOf(quint64 topRow) const { return asRows(order->positionOf(topRow)); }
  /// What the branches call the row `row` below branch `parent`.
  quint64 keyOf(quint64 parent, int row) const { return parent == 0 ? topRowAt(row) : static_cast<quint64>(row); }
  std::optional<MessagePlace> placeOf(const QModelIndex &index) {
    if (!decoder) return std::nullopt;
    const quint64 parent = index.internalId();
    if (parent == 0 && static_cast<quint64>(index.row()) >= topRows()) return std::nullopt;
    return messagePlaceAt(*decoder, branches, parent, keyOf(parent, index.row()));
  }

  /// What stands under a message's row.
  MessageDetailsPtr detailsUnder(const MessagePlace &place) {
    return place.inner < 0 ? branches.details(*decoder, place.direction(), place.row.number)
                           : branches.details(*decoder, place.details, place.inner);
  }

  /// Rows below the row `row` of branch `parent`, as they are now; `front`: of a message, those that move the others.
  int rowsBelow(quint64 parent, quint64 row, int *front = nullptr) {
    if (front) *front = -1;
    const auto place = messagePlaceAt(*decoder, branches, parent, row);
    if (!place) return 0;
    if (place->kind == Kind::Message) {
      const MessageDetailsPtr details = detailsUnder(*place);
      if (front) *front = asRows(details->rowsInFront());
      return asRows(details->rows());
    }
    if (place->kind != Kind::Field) return 0;
    return asRows(place->details->fields->childCount(place->details->fieldBytes(*decoder), place->field));
  }

  /// The branch under a row. What was said of its size holds until rows are inserted or taken by the book.
  quint64 announced(quint64 parent, quint64 row) {
    const quint64 id = branches.intern(parent, row);
    if (branches.at(id).announcedRows < 0) {
      int front = -1;
      const int rows = rowsBelow(parent, row, &front);
      branches.at(id).announcedRows = rows;
      branches.at(id).announcedFront = front;
    }
    return id;
  }

  QModelIndex indexOfBranch(quint64 id) const {
    const MessageBranches::Branch &branch = branches.at(id);
    const int row = branch.parent == 0 ? positionOf(branch.row) : static_cast<int>(branch.row);
    return q->createIndex(row, 0, static_cast<quintptr>(branch.parent));
  }

  void takeRows(quint64 id, int from) {
    const int there = branches.at(id).announcedRows;
    if (from >= there) return;
    q->beginRemoveRows(indexOfBranch(id), from, there - 1);
    branches.forgetBelow(id, static_cast<quint64>(from));
    branches.at(id).announcedRows = from;
    q->endRemoveRows();
  }

  void addRows(quint64 id, int upTo) {
    const int there = branches.at(id).announcedRows;
    if (upTo <= there) return;
    q->beginInsertRows(indexOfBranch(id), there, upTo - 1);
    branches.at(id).announcedRows = upTo;
    q->endInsertRows();
  }

  /// A message grew, or is final now: so may what stands under it.
  void refresh(quint64 topRow) {
    if (!order->isListed(topRow)) return;
    const QModelIndex top = q->index(positionOf(topRow), 0);
    Q_EMIT q->dataChanged(top, top.siblingAtColumn(q->lastColumn()));
    const QList<quint64> known = branches.below(topRow);
    for (const quint64 id : known) {
      if (branches.at(id).isGone || branches.at(id).announcedRows < 0) continue;
      const quint64 parent = branches.at(id).parent;
      int front = -1;
      const int rows = rowsBelow(parent, branches.at(id).row, &front);
      // Parts that come or go move the fields and messages behind them: the branch is told anew.
      if (front != branches.at(id).announcedFront) takeRows(id, 0);
      branches.at(id).announcedFront = front;
      takeRows(id, rows);
      const int stay = branches.at(id).announcedRows;
      addRows(id, rows);
      if (stay > 0) {
        const QModelIndex branch = indexOfBranch(id);
        Q_EMIT q->dataChanged(q->index(0, 0, branch), q->index(stay - 1, q->lastColumn(), branch));
      }
    }
  }

  void connectDecoder() {
    order.reset();
    if (!decoder) return;
    order = std::make_unique<MessageOrder>(*decoder, filter);
    connect(order.get(), &MessageOrder::aboutToReset, q, [this] { q->beginResetModel(); });
    connect(order.get(), &MessageOrder::wasReset, q, [this] {
      forgetAll();
      q->endResetModel();
    });
    connect(order.get(), &MessageOrder::rowsAboutToBeAdded, q, [this](quint64 first, quint64 last) {
      isInserting = asRows(first) < asRows(last + 1);
      if (isInserting) q->beginInsertRows({}, asRows(first), asRows(last + 1) - 1);
    });
    connect(order.get(), &MessageOrder::rowsAdded, q, [this] {
      knownPosition.reset();
      if (std::exchange(isInserting, false)) q->endInsertRows();
    });
    connect(order.get(), &MessageOrder::rowsAboutToBeRemoved, q, [this](quint64 first, quint64 last) {
      going = {order->rowAt(first), order->rowAt(last)};
      isRemoving = asRows(first) < asRows(last + 1);
      if (isRemoving) q->beginRemoveRows({}, asRows(first), asRows(last + 1) - 1);
    });
    connect(order.get(), &MessageOrder::rowsRemoved, q, [this] {
      knownPosition.reset();
      branches.forgetRows(going.first, going.second);
      if (std::exchange(isRemoving, false)) q->endRemoveRows();
    });
    connect(order.get(), &MessageOrder::aboutToReorder, q, [this] { beginReordering(); });
    connect(order.get(), &MessageOrder::reordered, q, [this] { endReordering(); });
    connect(decoder, &ConnectionDecoder::rowChanged, q, [this](quint64 row) { refresh(row); });
  }

  void forgetAll() {
    knownPosition.reset();
    branches.clear();
    texts.setDecoder(decoder);
    q->cells().setDecoder(decoder, filter);
  }

  /// What is remembered of the top level is remembered by the decoder's rows; all below stays where it is.
  void beginReordering() {
    Q_EMIT q->layoutAboutToBeChanged();
    const QModelIndexList persistent = q->persistentIndexList();
    for (const QModelIndex &index : persistent) {
      if (index.internalId() == 0) moving.append({index, topRowAt(index.row())});
    }
  }
  void endReordering() {
    knownPosition.reset();
    QModelIndexList from;
    QModelIndexList to;
    for (const auto &[index, row] : std::as_const(moving)) {
      from.append(index);
      to.append(q->createIndex(positionOf(row), index.column(), quintptr(0)));
    }
    moving.clear();
    q->changePersistentIndexList(from, to);
    Q_EMIT q->layoutChanged();
  }

  /// The innermost row in the message's row `found` along messageWayTo(); where a row of it is not there, the one
  /// above.
  QModelIndex innermost(QModelIndex found, const MessageDetailsPtr &details, quint64 offset, bool isInOwn) {
    for (const quint64 row : messageWayTo(*decoder, branches, details, offset, isInOwn)) {
      const QModelIndex child = q->index(asRows(row), 0, found);
      if (!child.isValid()) break;
      found = child;
    }
    return found;
  }

  MessageTreeModel *const q;
  ConnectionDecoder *decoder = nullptr;
  MessageFilter *filter = nullptr;
  MessageBranches branches;
  MessageTexts texts;
  std::unique_ptr<MessageOrder> order;            // null without a decoder
  QList<std::pair<QModelIndex, quint64>> moving;  // while rows are reordered: what is persistent, and its row
  bool isInserting = false;
  bool isRemoving = false;
  std::pair<quint64, quint64> going = {};  // the decoder's rows that are being removed, first and last
  // Views ask for every cell of a row in turn: the row that was looked up last.
  mutable std::optional<quint64> knownPosition;
  mutable std::optional<quint64> knownTopRow;
};

MessageTreeModel::MessageTreeModel(QObject *parent)
    : ColumnedModel(ColumnCount, parent), d_(std::make_unique<Private>(this)) {}

MessageTreeModel::~MessageTreeModel() = default;

void MessageTreeModel::setDecoder(ConnectionDecoder *decoder, MessageFilter *filter) {
  if (decoder == d_->decoder && filter == d_->filter) return;
  beginResetModel();
  if (d_->decoder) d_->decoder->disconnect(this);
  d_->decoder = decoder;
  d_->filter = decoder ? filter : nullptr;
  d_->connectDecoder();
  d_->forgetAll();
  endResetModel();
}

ConnectionDecoder *MessageTreeModel::decoder() const {
  return d_->decoder;
}

MessageOrder *MessageTreeModel::order() const {
  return d_->order.get();
}

QString MessageTreeModel::sortName(int column) const {
  return isFieldColumn(column) ? columns()[column].field : sortNameOfColumn(column);
}

QModelIndex MessageTreeModel::indexOfMessage(Direction direction, quint64 number, int column) const {
  if (!d_->decoder || number >= d_->decoder->messageCount(direction)) return {};
  const RowKind kind = direction == Direction::In ? RowKind::In : RowKind::Out;
  const quint64 row = d_->decoder->rowOf(kind, number);
  if (!d_->order->isListed(row)) return {};
  return index(d_->positionOf(row), column);
}

QModelIndex MessageTreeModel::indexAt(Direction direction, quint64 number, quint64 offset) const {
  const QModelIndex top = indexOfMessage(direction, number);
  if (!top.isValid()) return {};
  return d_->innermost(top, d_->branches.details(*d_->decoder, direction, number), offset, false);
}

QModelIndex MessageTreeModel::indexOfNested(Direction direction, const QList<quint64> &numbers) const {
  QModelIndex found = numbers.isEmpty() ? QModelIndex() : indexOfMessage(direction, numbers.first());
  if (!found.isValid() || numbers.size() == 1) return found;
  MessageDetailsPtr details = d_->branches.details(*d_->decoder, direction, numbers.first());
  for (qsizetype i = 1; i < numbers.size(); ++i) {
    const quint64 number = numbers[i];
    if (number >= static_cast<quint64>(details->inner.messages.size())) return found;
    const QModelIndex row = index(asRows(details->rowsBeforeInner() + number), 0, found);
    if (!row.isValid()) return found;
    found = row;
    if (i + 1 < numbers.size()) details = d_->branches.details(*d_->decoder, details, static_cast<qsizetype>(number));
  }
  return found;
}

QModelIndex MessageTreeModel::indexIn(Direction direction, const QList<quint64> &of, quint64 offset) const {
  const QModelIndex row = indexOfNested(direction, of);
  const auto place = row.isValid() ? d_->placeOf(row) : std::nullopt;
  if (!place || place->kind != Kind::Message) return row;
  const MessageDetailsPtr details = d_->detailsUnder(*place);
  if (details->at.numbers != of || !details->hasOwnPayload()) return row;
  return d_->innermost(row, details, offset, true);
}

std::optional<OwnPayload> MessageTreeModel::ownPayloadAt(const QModelIndex &index) const {
  const auto place = index.isValid() ? d_->placeOf(index) : std::nullopt;
  if (!place || place->kind == Kind::Event) return std::nullopt;
  const ConnectionDecoder &decoder = *d_->decoder;
  MessageDetailsPtr holder = place->details;
  if (place->kind == Kind::Message) {
    // Nothing of its payload is made for this.
    const Direction direction = place->direction();
    const quint64 number = place->row.number;
    const PlacedMessage at = place->isInner() ? holder->innerAt(place->inner)
                                              : PlacedMessage{direction, {number}, decoder.message(direction, number)};
    if (!place->isInner()) holder = nullptr;
    if (auto own = OwnPayload::of(decoder, at, holder)) return own;
  }
  for (; holder; holder = holder->outer) {
    if (auto own = OwnPayload::of(decoder, holder->at, holder->outer)) return own;
  }
  return std::nullopt;
}

std::optional<CopiedPiece> MessageTreeModel::copiedAt(const QModelIndex &index) const {
  const auto place = index.isValid() ? d_->placeOf(index) : std::nullopt;
  return place ? copiedRow(*d_->decoder, *place) : std::nullopt;
}

QMimeData *MessageTreeModel::mimeData(const QModelIndexList &indexes) const {
  QList<CopiedPiece> pieces;
  bool areOfStream = !indexes.isEmpty();
  for (const QModelIndex &index : indexes) {
    const auto piece = copiedAt(index);
    if (piece) pieces.append(*piece);
    // Of joined payloads and of what lies in messages the bytes are not those of the stream, or not as a peer reads it.
    areOfStream = areOfStream && piece && piece->kind == CopiedPiece::Kind::Message && !index.parent().isValid() &&
                  !d_->decoder->reader(static_cast<Direction>(index.data(DirectionRole).toInt())).outer;
  }
  auto data = draggedBytes(pieces, mostDragged);
  if (data && areOfStream) addWholeMessages(*data, pieces, mostDragged);
  const QString name = indexes.size() == 1 ? fieldNameAt(indexes.first()) : QString();
  if (!name.isEmpty()) {
    if (!data) data = std::make_unique<QMimeData>();
    data->setData(QLatin1String(fieldNameType), name.toUtf8());
  }
  return data.release();
}

QStringList MessageTreeModel::mimeTypes() const {
  return {QStringLiteral("application/octet-stream"), QStringLiteral("text/plain"), QLatin1String(fieldNameType),
          messageMimeType, messagesMimeType};
}

QString MessageTreeModel::filterFor(const QModelIndex &cell) const {
  const auto place = cell.isValid() && d_->filter ? d_->placeOf(cell) : std::nullopt;
  if (!place) return {};
  if (isFieldColumn(cell.column()) && place->kind == Kind::Message) return cells().filterFor(*place, cell.column());
  return filterForPlace(*d_->decoder, *d_->filter, *place, cell.column());
}

QString MessageTreeModel::lineOf(const QModelIndex &index) const {
  QStringList cells;
  for (int column = 0; column < columnCount(); ++column) {
    QString cell = index.siblingAtColumn(column).data().toString();
    cells.append(cell.replace(QLatin1Char('\t'), QLatin1Char(' ')).replace(QLatin1Char('\n'), QLatin1Char(' ')));
  }
  return cells.join(QLatin1Char('\t'));
}

// An index carries the number of the branch it stands in; 0 on the top level.

QModelIndex MessageTreeModel::index(int row, int column, const QModelIndex &parent) const {
  if (row < 0 || column < 0 || column > lastColumn() || row >= rowCount(parent)) return {};
  if (!parent.isValid()) return createIndex(row, column, quintptr(0));
  const quint64 branch = d_->announced(parent.internalId(), d_->keyOf(parent.internalId(), parent.row()));
  return createIndex(row, column, static_cast<quintptr>(branch));
}

QModelIndex MessageTreeModel::parent(const QModelIndex &child) const {
  if (!child.isValid() || child.internalId() == 0) return {};
  return d_->indexOfBranch(child.internalId());
}

int MessageTreeModel::rowCount(const QModelIndex &parent) const {
  if (!d_->decoder) return 0;
  if (!parent.isValid()) return asRows(d_->topRows());
  if (parent.column() != 0) return 0;
  const quint64 in = parent.internalId();
  const quint64 row = d_->keyOf(in, parent.row());
  const quint64 known = d_->branches.find(in, row);
  if (known != 0 && d_->branches.at(known).announcedRows >= 0) return d_->branches.at(known).announcedRows;
  // Only what has rows is worth remembering.
  if (d_->rowsBelow(in, row) == 0) return 0;
  return d_->branches.at(d_->announced(in, row)).announcedRows;
}

bool MessageTreeModel::hasChildren(const QModelIndex &parent) const {
  if (!parent.isValid() || parent.column() != 0 || !d_->decoder) return rowCount(parent) > 0;
  // Every message has parts; looking at them for each painted row would be too dear.
  if (parent.internalId() == 0) {
    const auto position = static_cast<quint64>(parent.row());
    return position < d_->topRows() && d_->decoder->row(d_->topRowAt(parent.row())).kind != RowKind::Event;
  }
  const auto place = d_->placeOf(parent);
  return place && (place->kind == Kind::Message || rowCount(parent) > 0);
}

QVariant MessageTreeModel::data(const QModelIndex &index, int role) const {
  if (!index.isValid()) return {};
  const auto place = d_->placeOf(index);
  if (!place) return {};
  const QVariant said = isFieldColumn(index.column()) ? cells().data(*place, index.column(), role) : QVariant();
  return said.isValid() ? said : d_->texts.data(*place, index.column(), role);
}

QVariant MessageTreeModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  return isFieldColumn(section) ? cells().header(section, role) : MessageTexts::header(section, role);
}

QString MessageTreeModel::fieldNameAt(const QModelIndex &index) const {
  const auto place = index.isValid() ? d_->placeOf(index) : std::nullopt;
  if (!place || place->kind != Kind::Field) return {};
  return columnNameOf(*place->details->fields, place->details->fieldBytes(*d_->decoder), place->field);
}

}  // namespace octetscope
