// The framing `netstring`: 5:hello, (digits without a leading zero, a colon, the payload, a comma).
#pragma once

#include "model/framing/spec_values.h"

namespace octetscope {

FramingEntry netstringEntry();

}  // namespace octetscope
