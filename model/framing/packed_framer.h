// The framings `zlib` and `gzip`: one compressed stream, found by its own end; the payload is what it decompresses to.
// Of gzip, each member is a message: RFC 1952 lets a file be several, and a sender may well flush one a message.
#pragma once

#include "model/framing/spec_values.h"

namespace octetscope {

FramingEntry zlibEntry();
FramingEntry gzipEntry();

}  // namespace octetscope
