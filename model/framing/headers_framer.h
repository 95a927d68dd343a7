// The framing `headers`: header lines, an empty line, and as many bytes as Content-Length says (LSP, DAP).
#pragma once

#include "model/framing/spec_values.h"

namespace octetscope {

FramingEntry headersEntry();

}  // namespace octetscope
