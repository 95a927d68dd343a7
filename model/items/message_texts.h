// MessageTexts: what the rows of a MessageTreeModel say, in every column and role. Keeps nothing but the decoder it
// reads from; MessageTreeModel knows which row is what.
#pragma once

#include "model/items/message_place.h"

#include <QCache>
#include <QCoreApplication>
#include <QVariant>

#include <span>

namespace octetscope {

class MessageTexts {
  Q_DECLARE_TR_FUNCTIONS(MessageTreeModel)

 public:
  void setDecoder(const ConnectionDecoder *decoder);
  QVariant data(const MessagePlace &place, int column, int role) const;
  static QVariant header(int section, int role);
  /// True of what lies in the own payload of the message it is listed under, or stands for that payload.
  static bool liesInOwnPayload(const MessagePlace &place);

 private:
  using Column = MessageTreeModel::Column;
  static constexpr qsizetype summaryCharacters = 200;

  QVariant eventData(const MessagePlace &place, int column, int role) const;
  QVariant messageData(const MessagePlace &place, int column, int role) const;
  QVariant innerData(const MessagePlace &place, int column, int role) const;
  QVariant partData(const MessagePlace &place, int column, int role) const;
  QVariant fieldData(const MessagePlace &place, int column, int role) const;
  QVariant extentData(const MessagePlace &place, int column, int role) const;

  /// Where a part, a field or an inner message lies.
  struct Extent {
    ByteRange range;
    bool isDerived = false;  ///< it counts in a payload that is no range of the stream
  };
  /// None: it has no bytes.
  std::optional<Extent> extentOf(const MessagePlace &place) const;
  QVariant rangeData(const MessagePlace &place, int role) const;
  QVariant payloadData(const MessagePlace &place, int role) const;

  qint64 timeOf(quint64 row) const;
  QString sinceStart(qint64 time) const;
  QString sinceRowBefore(quint64 row) const;
  QString sinceMessageBefore(Direction direction, quint64 number, qint64 time) const;
  QString sinceOtherWay(Direction direction, qint64 time) const;
  QString directionText(Direction direction) const;
  QString directionWords(Direction direction) const;
  static QString statusText(const StreamView &view, const Message &message, const Verdict &verdict);
  /// What stands before the words of a message with which the user started framing again; empty for all others.
  QString restartWords(Direction direction, const Message &message) const;
  QString summary(Direction direction, quint64 number, const Message &message) const;
  QString summaryOf(std::span<const FramingLayer> layers, const StreamView &view, const Message &message,
                    qsizetype most) const;
  QString innerSummary(std::span<const FramingLayer> layers, const StreamView &view, const Message &message,
                       qsizetype most) const;
  static QString numberText(const PlacedMessage &message);
  QString partName(const MessagePlace &place) const;
  QString partValue(const MessagePlace &place) const;
  static QString eventTip(Event::Kind kind);
  static QString partTip(PartRole role);

  const ConnectionDecoder *decoder_ = nullptr;
  mutable QCache<std::pair<int, quint64>, QString> ownPayloads_{512};  // summaries of payloads that had to be made
};

}  // namespace octetscope
