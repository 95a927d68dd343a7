// ColumnCells: what the columns of fields say in the list of messages: the values of a field, or of another name that
// filters know, in a format. Read when a cell is asked for; the cells that were asked for last are kept.
#pragma once

#include "model/items/message_columns.h"
#include "model/items/message_place.h"
#include "model/items/message_values.h"

#include <QCoreApplication>
#include <QVariant>

namespace octetscope {

class MessageFilter;

class ColumnCells {
  Q_DECLARE_TR_FUNCTIONS(MessageTreeModel)

 public:
  static constexpr qsizetype mostCharacters = 200;      ///< in a cell
  static constexpr qsizetype mostTipCharacters = 2000;  ///< in its tool tip

  /// `filter`: what numbers, times and names of messages are asked; null: such columns are empty.
  void setDecoder(const ConnectionDecoder *decoder, const MessageFilter *filter);
  /// All columns of the list; those that are no field's are left alone.
  void setColumns(const QList<MessageColumn> &columns);

  /// What a cell of column `section`, a field's, says in a row; invalid where it has nothing to say in this role.
  QVariant data(const MessagePlace &place, int section, int role) const;
  QVariant header(int section, int role) const;
  /// A filter for the messages that say the same there; empty: there is none.
  QString filterFor(const MessagePlace &place, int section) const;

 private:
  struct Column {
    MessageColumn column;
    FilterOperand operand;
  };
  struct Cell {
    Message message;
    StreamEnd end = StreamEnd::Open;
    QString text = {};
    QString type = {};  ///< of the first value
    bool isError = false;
    bool isNumber = false;
  };
  struct Key {
    Direction direction;
    QList<quint64> numbers;
    int section;
    bool operator==(const Key &) const = default;
    friend size_t qHash(const Key &key, size_t seed = 0) {
      return qHashMulti(seed, static_cast<int>(key.direction), key.numbers, key.section);
    }
  };
  /// None: the row is no message.
  std::optional<PlacedMessage> messageOf(const MessagePlace &place) const;
  const Cell &cellAt(const PlacedMessage &message, int section) const;
  void readFields(Cell &cell, const PlacedMessage &message, const Column &of, qsizetype most) const;
  void readName(Cell &cell, const PlacedMessage &message, const Column &of, qsizetype most) const;
  QString tipOf(const PlacedMessage &message, int section) const;
  bool isNumberColumn(int section) const;

  const ConnectionDecoder *decoder_ = nullptr;
  const MessageFilter *filter_ = nullptr;
  QList<Column> columns_;
  mutable MessageValues values_;
  mutable QCache<Key, Cell> cells_{4096};
};

}  // namespace octetscope
