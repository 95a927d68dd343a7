// Delimiters that might frame a sample: line ends, the control characters that end messages, other bytes and short
// sequences that recur, as long as what is between them looks like what people put between delimiters.
#pragma once

#include "model/framing/suggestion/trial.h"

namespace octetscope {

/// Costs one pass over a part of the sample for each of a few dozen sequences at most.
QList<Proposal> delimiterProposals(const Sample &sample);

}  // namespace octetscope
