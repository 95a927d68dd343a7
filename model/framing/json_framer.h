// The framing `json`: one message is one JSON value (RFC 8259). White space between values is filler. A value ends with
// its last byte; a bare number ends where a byte follows that cannot belong to it, or with the stream.
#pragma once

#include "model/framing/spec_values.h"

namespace octetscope {

FramingEntry jsonEntry();

}  // namespace octetscope
