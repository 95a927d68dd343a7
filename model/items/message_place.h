// MessagePlace: what an index of a MessageTreeModel means, found by the branch and the row it stands in. Nothing here
// is kept: MessageBranches knows the branches, and what was looked into last.
#pragma once

#include "model/items/message_branches.h"
#include "model/items/message_tree_model.h"

namespace octetscope {

/// What an index means.
struct MessagePlace {
  MessageTreeModel::Kind kind = MessageTreeModel::Kind::Event;
  quint64 topRow = 0;
  RowOrder::Row row = {};          ///< of the top-level row it belongs to
  MessageDetailsPtr details = {};  ///< of the message that parts, fields and inner messages lie in
  quint64 part = 0;                ///< of parts: its place among rowsBeforeFields()
  bool isUnlisted = false;         ///< a part: the inner messages that are not listed
  FieldPath field = {};            ///< of fields
  qsizetype inner = -1;            ///< of inner messages: its place among them

  Direction direction() const { return static_cast<Direction>(row.kind); }
  bool isInner() const { return inner >= 0; }
};

/// What row `row` of branch `parent` (0: the decoder's rows) is; none where it is not there (any more).
std::optional<MessagePlace> messagePlaceAt(const ConnectionDecoder &decoder, MessageBranches &branches, quint64 parent,
                                           quint64 row);

/// The way from the row of a message, which `details` are of, to the innermost row in it that holds byte `offset` of
/// what the message lies in, or, `isInOwn`, of its own payload: the row below it, then the row below that. Empty: none
/// below it does.
QList<quint64> messageWayTo(const ConnectionDecoder &decoder, MessageBranches &branches, MessageDetailsPtr details,
                            quint64 offset, bool isInOwn);

}  // namespace octetscope
