// The framings whose messages are chunks. `chunks`: a message is whatever one recv() returned, the beginner's mistake,
// kept on purpose. `datagram`: a message is one datagram, of which each is a chunk.
#pragma once

#include "model/framing/spec_values.h"

namespace octetscope {

FramingEntry chunksEntry();
FramingEntry datagramEntry();

}  // namespace octetscope
