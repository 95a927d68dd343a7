// The framing `cbor`: one data item of CBOR (RFC 8949), with all that is inside it.
#pragma once

#include "model/framing/spec_values.h"

namespace octetscope {

FramingEntry cborEntry();

}  // namespace octetscope
