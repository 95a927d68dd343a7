// MessageTexts: what the rows of a MessageTreeModel say, in every column and role. Keeps nothing but the decoder it
// reads from; MessageTreeModel knows which row is what.
#pragma once

#include "model/items/message_branches.h"
#include "model/items/message_tree_model.h"

#include <QCache>
#include <QCoreApplication>
#include <QVariant>

namespace octetscope {

/// What an index means.
struct MessagePlace {
  MessageTreeModel::Kind kind = MessageTreeModel::Kind::Event;
  quint64 topRow = 0;
  RowOrder::Row row = {};              ///< of the top-level row it belongs to
  const MessageDetails *details = {};  ///< of parts and fields
  quint64 part = 0;                    ///< of parts: its place among rowsBeforeFields()
  FieldPath field = {};                ///< of fields

  Direction direction() const { return static_cast<Direction>(row.kind); }
};

class MessageTexts {
  Q_DECLARE_TR_FUNCTIONS(MessageTreeModel)

 public:
  void setDecoder(const ConnectionDecoder *decoder);
  QVariant data(const MessagePlace &place, int column, int role) const;
  static QVariant header(int section, int role);
  /// Bytes of the stream that a part or field has; none: it has none there.
  std::optional<ByteRange> rangeOf(const MessagePlace &place) const;

 private:
  using Column = MessageTreeModel::Column;
  QVariant eventData(const MessagePlace &place, int column, int role) const;
  QVariant messageData(const MessagePlace &place, int column, int role) const;
  QVariant partData(const MessagePlace &place, int column, int role) const;
  QVariant fieldData(const MessagePlace &place, int column, int role) const;
  QVariant rangeData(const MessagePlace &place, int column) const;

  qint64 timeOf(quint64 row) const;
  QString sinceStart(qint64 time) const;
  QString sinceRowBefore(quint64 row) const;
  QString directionText(Direction direction) const;
  QString directionWords(Direction direction) const;
  QString statusText(Direction direction, const Message &message) const;
  /// What stands before the words of a message with which the user started framing again; empty for all others.
  QString restartWords(Direction direction, const Message &message) const;
  QString summary(Direction direction, quint64 number, const Message &message) const;
  QString partName(const MessagePlace &place) const;
  QString partValue(const MessagePlace &place) const;
  static QString eventTip(Event::Kind kind);
  static QString partTip(PartRole role);

  const ConnectionDecoder *decoder_ = nullptr;
  mutable QCache<std::pair<int, quint64>, QString> ownPayloads_{512};  // summaries of payloads that had to be made
};

}  // namespace octetscope
