// The framing `idle:MS`: a message is what arrived before a silence of MS milliseconds. It reads when chunks arrived,
// and waits for the clock: Framer::finalAt().
#pragma once

#include "model/framing/spec_values.h"

namespace octetscope {

FramingEntry idleEntry();

}  // namespace octetscope
