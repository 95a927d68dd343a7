// MessageBranches: what MessageTreeModel knows of opened rows: which row of which branch an index of a deeper level
// means, and what a message consists of (parts, payload, fields, inner messages), for those that were asked for last.
#pragma once

#include "model/items/connection_decoder.h"
#include "model/items/payload_origin.h"

#include <QHash>
#include <QString>

#include <memory>
#include <vector>

namespace octetscope {

/// A message of any layer, and what it lies in.
struct PlacedMessage {
  Direction direction = Direction::In;
  QList<quint64> numbers;  ///< of the outermost message in its direction, then of each one in the payload of the last
  Message message;
  StreamView payload = {};  ///< of an inner one: what it lies in
  bool isDerived = false;   ///< its offsets count in a payload that is no range of the stream

  qsizetype layer() const { return numbers.size() - 1; }
  quint64 number() const { return numbers.last(); }
  const FramingLayer &framing(const ConnectionDecoder &decoder) const {
    return decoder.reader(direction).layers[layer()];
  }
  /// What holds it.
  const StreamView &view(const ConnectionDecoder &decoder) const {
    return numbers.size() > 1 ? payload : decoder.view(direction);
  }
};

/// What stands under a message, in this order: parts, a row for those not listed, a payload row, fields, inner
/// messages, a row for those not listed.
struct MessageDetails {
  PlacedMessage at;
  std::shared_ptr<const MessageDetails> outer;  ///< of an inner message: those of the one it lies in
  StreamEnd end = StreamEnd::Open;              ///< of what holds it

  QList<FramingPart> parts;
  quint64 unlistedBytes = 0;   ///< of parts that are not listed; 0: all are
  bool hasPayloadRow = false;  ///< a payload that no part shows, or that could not be had
  bool hasPayload = false;
  QString payloadError = {};
  /// Where the payload is no range of what holds the message: its bytes; of a long one what it begins with.
  PayloadStream ownPayload = {};
  PayloadOrigin origin = {};  ///< of those bytes, in what holds the message

  FieldDecoderPtr fields;  ///< may be asked about fieldBytes() only
  FieldsIn fieldsIn = FieldsIn::Payload;
  quint64 fieldCount = 0;

  bool hasLayer = false;  ///< there is a framing inside this one
  InnerMessages inner;

  quint64 rowsBeforeFields() const {
    return static_cast<quint64>(parts.size()) + (unlistedBytes > 0 ? 1 : 0) + (hasPayloadRow ? 1 : 0);
  }
  quint64 rowsBeforeInner() const { return rowsBeforeFields() + fieldCount; }
  quint64 rows() const {
    return rowsBeforeInner() + static_cast<quint64>(inner.messages.size()) + (inner.hasMore ? 1 : 0);
  }
  /// Rows that move those behind them where they become more or fewer.
  quint64 rowsInFront() const { return hasLayer ? rowsBeforeInner() : rowsBeforeFields(); }

  bool hasOwnPayload() const { return ownPayload.isDerived; }
  PlacedMessage innerAt(qsizetype number) const;
  /// True where fields count their bytes in a payload that is no range of the stream.
  bool areFieldsDerived() const { return at.isDerived || (fieldsIn == FieldsIn::Payload && hasOwnPayload()); }
  /// Where the bytes of fields begin in what holds them: the message's stream, or its own payload.
  quint64 fieldsBegin() const;
  ByteView fieldBytes(const ConnectionDecoder &decoder) const;
  /// `range` of the payload of a message of this layer as bytes of the stream: where it lies or what it was made of.
  ByteRange inStream(ByteRange range, bool isInOwnPayload) const;
  /// The offset in the own payload of what lies at `offset` in what holds the message; none: nothing of it.
  std::optional<quint64> inOwnPayload(quint64 offset) const;

 private:
  friend class MessageBranches;
  quint64 cost() const;
};

using MessageDetailsPtr = std::shared_ptr<const MessageDetails>;

class MessageBranches {
 public:
  static constexpr int mostParts = 1000;
  /// Bytes that are joined; more would make the window wait. All of a payload is a PayloadReading's.
  static constexpr quint64 mostOwnPayload = 1ULL << 20;

  /// A branch that was asked for: the row `row` below the branch `parent` (0: a row of the decoder, wherever it stands
  /// among those that are shown).
  struct Branch {
    quint64 parent = 0;
    quint64 row = 0;
    quint64 topRow = 0;
    int announcedRows = -1;   ///< what the model's users were told; -1: nothing yet
    int announcedFront = -1;  ///< of a message: rowsInFront(); -1: of something else
    bool isGone = false;
  };

  void clear();
  /// The branch that is row `row` below `parent`, made when it is not there. Numbers begin with 1.
  quint64 intern(quint64 parent, quint64 row);
  /// 0: it was never asked for.
  quint64 find(quint64 parent, quint64 row) const { return ids_.value({parent, row}, 0); }
  Branch &at(quint64 id) { return branches_[id - 1]; }
  const Branch &at(quint64 id) const { return branches_[id - 1]; }
  /// Branches in and below a top-level row, in the order in which they were made: a branch after the one it is in.
  QList<quint64> below(quint64 topRow) const { return byTopRow_.value(topRow); }
  /// Forgets what is opened in the rows of branch `id` from `row` on; the branch itself stays.
  void forgetBelow(quint64 id, quint64 row);
  /// Forgets all branches in the top-level rows [first, last]: they are gone. Costs what was ever opened.
  void forgetRows(quint64 first, quint64 last);

  /// What stands under a message.
  MessageDetailsPtr details(const ConnectionDecoder &decoder, Direction direction, quint64 number);
  /// The same of message `number` in the payload of `outer`.
  MessageDetailsPtr details(const ConnectionDecoder &decoder, const MessageDetailsPtr &outer, qsizetype number);

 private:
  struct Known {
    MessageDetailsPtr details;
    quint64 cost = 0;
    quint64 lastUse = 0;
  };
  MessageDetailsPtr keep(const std::pair<int, QList<quint64>> &key, std::shared_ptr<MessageDetails> details);

  std::vector<Branch> branches_;
  QHash<std::pair<quint64, quint64>, quint64> ids_;
  QHash<quint64, QList<quint64>> byTopRow_;
  QHash<std::pair<int, QList<quint64>>, Known> known_;
  quint64 knownCost_ = 0;
  quint64 uses_ = 0;
};

}  // namespace octetscope
