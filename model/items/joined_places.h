// Where bytes that are shown lie in the stream as it came, and the other way round: the same ones, unless payloads of
// it are joined and shown. For the window's thread; O(log of what was joined) each.
#pragma once

#include "model/items/connection_decoder.h"

namespace octetscope {

/// The bytes of the stream from the first to the last that `shown` came from. Of none, and of what is not shown: none.
ByteRange inStream(const ConnectionDecoder &decoder, Direction direction, ByteRange shown);

/// The shown bytes that came from `stream`, as far as they are here; what was derived came from all that it was derived
/// of. Where none did it is empty, and says where they would stand.
ByteRange asShown(const ConnectionDecoder &decoder, Direction direction, ByteRange stream);

}  // namespace octetscope
