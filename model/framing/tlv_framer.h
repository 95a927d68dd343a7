// The framing `tlv:TYPE/TYPE`: a tag, a length that counts the value alone, and the value, which is the payload.
#pragma once

#include "model/framing/spec_values.h"

namespace octetscope {

FramingEntry tlvEntry();

}  // namespace octetscope
