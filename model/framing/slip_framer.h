// The framing `slip`: RFC 1055. END (C0) stands between messages; inside, ESC END and ESC ESC stand for END and ESC.
#pragma once

#include "model/framing/spec_values.h"

namespace octetscope {

FramingEntry slipEntry();

}  // namespace octetscope
