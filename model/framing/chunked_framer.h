// The framing `chunked:TYPE`: length-prefixed blocks, ended by an empty one; the payload is the blocks joined.
#pragma once

#include "model/framing/spec_values.h"

namespace octetscope {

FramingEntry chunkedEntry();

}  // namespace octetscope
