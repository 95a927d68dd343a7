// The framing `msgpack`: one value of MessagePack.
#pragma once

#include "model/framing/spec_values.h"

namespace octetscope {

FramingEntry msgpackEntry();

}  // namespace octetscope
