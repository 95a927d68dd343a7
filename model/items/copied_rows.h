// What rows of the message list, and ranges of what a connection is decoded to, are to who copies them. For the
// window's thread; what it gives out can be read in any.
#pragma once

#include "model/copying/copied_piece.h"
#include "model/items/connection_decoder.h"

#include <QMimeData>

#include <memory>
#include <optional>

namespace octetscope {

struct MessagePlace;

/// A row: a message of any layer, a part, a payload, a field. None: it has no bytes (an event, what was derived).
std::optional<CopiedPiece> copiedRow(const ConnectionDecoder &decoder, const MessagePlace &place);

/// What is dragged of pieces: what a sender would be given, one behind the other as application/octet-stream, and as
/// hex, a line a piece. Null: there is none, or it is more than `most` bytes.
std::unique_ptr<QMimeData> draggedBytes(const QList<CopiedPiece> &pieces, quint64 most);

/// Adds the bytes of messages of a stream, framing included, to what is dragged of them, under a name of
/// message_mime.h; none where they are more than `most`.
void addWholeMessages(QMimeData &data, const QList<CopiedPiece> &pieces, quint64 most);

/// The bytes `range` of a direction, as they lie there.
CopiedPiece copiedRange(const ConnectionDecoder &decoder, Direction direction, ByteRange range);
/// Message `number` < messageCount(direction), with its fields and what is inside it.
CopiedPiece copiedMessage(const ConnectionDecoder &decoder, Direction direction, quint64 number);
/// The numbers [begin, end) of the messages that have bytes of `range`.
ByteRange messagesIn(const ConnectionDecoder &decoder, Direction direction, ByteRange range);

/// Whether messages of this direction have fields; the LAYOUT that reads them; null: none does.
bool hasFields(const ConnectionDecoder &decoder, Direction direction);
FieldDecoderPtr layoutOf(const ConnectionDecoder &decoder, Direction direction);

}  // namespace octetscope
