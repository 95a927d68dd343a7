// Framings with a grammar of their own that might fit a sample: what they read is so particular that bytes which keep
// to it from the first to the last are no chance. Those that no framer reads are left out by who tries them.
#pragma once

#include "model/framing/suggestion/trial.h"

namespace octetscope {

QList<Proposal> valueProposals(const Sample &sample);

}  // namespace octetscope
