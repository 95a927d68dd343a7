// What is said of a mark.
#pragma once

#include "model/marks/mark.h"

namespace octetscope {

/// "green".
QString markColorName(MarkColor color);
/// "Marked green, bytes 4–7: retransmitted"; without a note, what stands before the colon. Where other bytes are shown
/// than those of the stream: "bytes 4–7 of the stream".
enum class MarkWords : quint8 { AsShown, OfStream };
QString markWords(const Mark &mark, MarkWords bytes = MarkWords::AsShown);

}  // namespace octetscope
