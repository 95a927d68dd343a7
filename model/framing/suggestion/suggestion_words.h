// The evidence for a suggested framing, in words.
#pragma once

#include "model/framing/suggestion/candidates.h"

namespace octetscope {

/// Complete sentences. `isTwoWay`: there are bytes in both directions; `otherFits`: of the one that this candidate does
/// not explain, another one does.
QString whyWords(const Candidate &candidate, bool isTwoWay, bool otherFits);

}  // namespace octetscope
