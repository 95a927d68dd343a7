// LayeredFramer: a framing whose payloads are framed in turn: each by itself (`A | B`), or joined to one stream
// (`A |+ B`). Its messages are A's; who looks inside asks for inner() or joinedBy().
#pragma once

#include "model/framing/framer.h"

namespace octetscope {

/// `chain`: the outermost first, each cutting the payloads of the one before by itself; not empty. `joinedBy`: what
/// cuts the payloads of the innermost of them joined to one stream; null: nothing.
FramerPtr layered(const QList<FramerPtr> &chain, FramerPtr joinedBy = nullptr);

}  // namespace octetscope
