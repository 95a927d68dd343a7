// The framing `length:TYPE`: a length field and what it counts. Its options mean what those of Netty's
// LengthFieldBasedFrameDecoder mean, but that `strip` leaves the length field out by default.
#pragma once

#include "model/framing/spec_values.h"

namespace octetscope {

FramingEntry lengthEntry();

}  // namespace octetscope
