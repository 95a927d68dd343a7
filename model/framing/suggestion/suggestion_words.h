// The evidence for a suggested framing, in words.
#pragma once

#include "model/framing/suggestion/candidates.h"

namespace octetscope {

/// Complete sentences. `isTwoWay`: there are bytes in both directions.
QString whyWords(const Candidate &candidate, bool isTwoWay);

}  // namespace octetscope
