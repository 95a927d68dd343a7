// What is said of a mark.
#pragma once

#include "model/marks/mark.h"

namespace octetscope {

/// "green".
QString markColorName(MarkColor color);
/// "Marked green, bytes 4–7: retransmitted"; without a note, what stands before the colon.
QString markWords(const Mark &mark);

}  // namespace octetscope
