// The framing `http-chunked`: blocks with hexadecimal lengths, as the body of an HTTP message (RFC 9112 section 7.1).
#pragma once

#include "model/framing/spec_values.h"

namespace octetscope {

FramingEntry httpChunkedEntry();

}  // namespace octetscope
