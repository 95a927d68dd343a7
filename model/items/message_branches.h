// MessageBranches: what MessageTreeModel knows of opened rows: which row of which branch an index of a deeper level
// means, and what a message consists of (parts, payload, fields), for the few messages that were asked for last.
#pragma once

#include "model/items/connection_decoder.h"

#include <QHash>
#include <QString>

#include <array>
#include <vector>

namespace octetscope {

/// What stands under a message, in this order: parts, a row for those not listed, a payload row, fields.
struct MessageDetails {
  Direction direction = Direction::In;
  quint64 number = 0;
  Message message;
  QList<FramingPart> parts;
  quint64 unlistedBytes = 0;   ///< of parts that are not listed; 0: all are
  bool hasPayloadRow = false;  ///< a payload that no part shows, or that could not be had
  bool hasPayload = false;
  QString payloadError = {};
  QByteArray ownPayload = {};  ///< where it is no range of the stream; of a long one what it begins with
  FieldDecoderPtr fields;
  quint64 fieldCount = 0;

  quint64 rowsBeforeFields() const {
    return static_cast<quint64>(parts.size()) + (unlistedBytes > 0 ? 1 : 0) + (hasPayloadRow ? 1 : 0);
  }
  quint64 rows() const { return rowsBeforeFields() + fieldCount; }
};

class MessageBranches {
 public:
  static constexpr int mostParts = 1000;
  static constexpr quint64 mostOwnPayload = 4ULL << 20;  ///< bytes that are joined; more would make the window wait

  /// A branch that was asked for: the row `row` below the branch `parent` (0: a top-level row).
  struct Branch {
    quint64 parent = 0;
    int row = 0;
    quint64 topRow = 0;
    int announcedRows = -1;   ///< what the model's users were told; -1: nothing yet
    int announcedBefore = 0;  ///< of a message: rows before its fields
    bool isGone = false;
  };

  void clear();
  /// The branch that is row `row` below `parent`, made when it is not there. Numbers begin with 1.
  quint64 intern(quint64 parent, int row);
  /// 0: it was never asked for.
  quint64 find(quint64 parent, int row) const { return ids_.value({parent, row}, 0); }
  Branch &at(quint64 id) { return branches_[id - 1]; }
  const Branch &at(quint64 id) const { return branches_[id - 1]; }
  /// Branches in and below a top-level row, in the order in which they were made: a branch after the one it is in.
  QList<quint64> below(quint64 topRow) const { return byTopRow_.value(topRow); }
  /// Forgets what is opened in the rows of branch `id` from `row` on; the branch itself stays.
  void forgetBelow(quint64 id, int row);
  /// Forgets all branches in the top-level rows from `topRow` on: they are gone. Costs what was ever opened.
  void forgetFrom(quint64 topRow);

  /// What stands under a message. Valid until the next call.
  const MessageDetails &details(const ConnectionDecoder &decoder, Direction direction, quint64 number);
  static ByteView payloadOf(const ConnectionDecoder &decoder, const MessageDetails &details);

 private:
  static MessageDetails read(const ConnectionDecoder &decoder, Direction direction, quint64 number,
                             const Message &message);

  std::vector<Branch> branches_;
  QHash<std::pair<quint64, int>, quint64> ids_;
  QHash<quint64, QList<quint64>> byTopRow_;
  std::array<MessageDetails, 16> recent_ = {};
  std::array<bool, 16> isRecent_ = {};
  std::size_t nextRecent_ = 0;
};

}  // namespace octetscope
