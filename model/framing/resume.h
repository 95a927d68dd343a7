// Where framing may go on behind an error: a search for the next byte from which whole messages follow one another. A
// guess for the user to judge, never taken by itself.
#pragma once

#include "model/framing/framer.h"

namespace octetscope {

/// The first byte behind `from`, at most `within` bytes behind it, from which `framer` finds `wanted` whole messages in
/// a row, not all of them empty; fewer do where they end where the stream does. None where there is no such byte, or
/// none was found in the 16 MiB that it may look at in all, so that it takes a few milliseconds at most.
std::optional<quint64> nextFramedPlace(const Framer &framer, const StreamView &stream, quint64 from,
                                       quint64 within = 64 * 1024, int wanted = 3);

}  // namespace octetscope
