// The framing `fixed:N`: messages of N bytes.
#pragma once

#include "model/framing/spec_values.h"

namespace octetscope {

FramingEntry fixedEntry();

}  // namespace octetscope
