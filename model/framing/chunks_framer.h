// The framing `chunks`: a message is whatever one recv() returned. The beginner's mistake, kept on purpose.
#pragma once

#include "model/framing/spec_values.h"

namespace octetscope {

FramingEntry chunksEntry();

}  // namespace octetscope
