// What a row of the message list stands for in its stream, and the rows that stand for a place. Functions over the
// roles of MessageTreeModel.
#pragma once

#include "model/items/selection_hub.h"
#include "widgets/messages/flat_rows.h"

#include <QModelIndex>

#include <optional>

namespace octetscope {

RowPath rowPath(const QModelIndex &index);
/// The bytes of a row, or those that what it shows was made of; none where there are none.
std::optional<ByteRange> rowRange(const QModelIndex &index);
/// What a row stands for; of one without bytes of the stream, what the branch it is in stands for.
std::optional<Selection> rowSelection(QModelIndex index);
/// Where a row lies in a payload that is no range of the stream; none of all others.
std::optional<PayloadPlace> rowPayloadPlace(const QModelIndex &index);
/// Of `innermost` and the branches it is in: the outermost whose bytes are just those of `selection`, else the
/// innermost that holds them, else the message. Bytes of a payload that is no range of the stream are those in it.
QModelIndex rowHolding(const QModelIndex &innermost, const Selection &selection);
/// The row of the top level that it is, or is in.
QModelIndex topLevelRow(QModelIndex index);

}  // namespace octetscope
