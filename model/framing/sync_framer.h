// The framing `sync:HEX`: a message begins with a sync word and has a length field or a fixed size, and mostly a
// checksum. What does not begin with the sync word is garbage up to the next one.
#pragma once

#include "model/framing/spec_values.h"

namespace octetscope {

FramingEntry syncEntry();

}  // namespace octetscope
