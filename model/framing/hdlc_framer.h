// The framing `hdlc`: the asynchronous framing of RFC 1662. A flag (7E) stands between messages, an escape (7D) before
// what must not come as it is, and a frame check sequence at the end, which is verified.
#pragma once

#include "model/framing/spec_values.h"

namespace octetscope {

FramingEntry hdlcEntry();

}  // namespace octetscope
