// The framings `delimiter:TEXT` and `lines`: a message ends with its delimiter, which quotes and escapes can hide.
#pragma once

#include "model/framing/spec_values.h"

namespace octetscope {

FramingEntry linesEntry();
FramingEntry delimiterEntry();

}  // namespace octetscope
