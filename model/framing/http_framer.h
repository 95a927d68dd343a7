// The framing `http`: requests and responses of HTTP/1.0 and 1.1 (RFC 9112).
#pragma once

#include "model/framing/spec_values.h"

namespace octetscope {

FramingEntry httpEntry();

}  // namespace octetscope
