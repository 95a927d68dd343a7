// The framing `pickle`: one pickle of Python, protocols 0 to 5. It is walked over opcode by opcode, never executed.
#pragma once

#include "model/framing/spec_values.h"

namespace octetscope {

FramingEntry pickleEntry();

}  // namespace octetscope
