// What a framing that fits may be, said more closely: a length or a size behind bytes that are the same in every
// message is a sync word's, perhaps with a checksum that is right; a length behind a number that takes few values is a
// tag's.
#pragma once

#include "model/framing/suggestion/trial.h"

namespace octetscope {

/// Another SPEC for the same messages, which tells more of them.
struct Refinement {
  Proposal proposal;
  bool isSurer = false;  ///< it stands before the one that it refines; else behind it
};

/// None where nothing more is to be told. A word with a checksum that is right in nearly every message is surer than
/// the length by itself, and so is a word behind garbage: a receiver finds the first message by it. A word alone, or a
/// tag, says nothing of where messages end, so that the plainer rule stands first.
QList<Refinement> refinementsOf(const Sample &sample, const Trial &trial);

}  // namespace octetscope
