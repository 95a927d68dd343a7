// What the receiver knows of a message and waits for, in words: of the message itself, and of the one inside it that is
// meant.
#pragma once

#include "model/items/connection_decoder.h"

namespace octetscope {

/// Framer::explain() of message `number` < messageCount(direction), and of the messages inside it, from the outside in:
/// of those that hold `selected`, where that is less than the message, else of those that are not whole.
QString explanationOf(const ConnectionDecoder &decoder, Direction direction, quint64 number,
                      const std::optional<ByteRange> &selected = std::nullopt);

}  // namespace octetscope
