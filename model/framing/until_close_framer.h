// The framing `until-close`: one message, all bytes until the peer ends its stream.
#pragma once

#include "model/framing/spec_values.h"

namespace octetscope {

FramingEntry untilCloseEntry();

}  // namespace octetscope
