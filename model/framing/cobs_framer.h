// The framing `cobs`: Consistent Overhead Byte Stuffing (Cheshire and Baker, IEEE/ACM Transactions on Networking 7,
// 1999). A zero stands between messages; inside, codes say where the zeros of the payload are.
#pragma once

#include "model/framing/spec_values.h"

namespace octetscope {

FramingEntry cobsEntry();

}  // namespace octetscope
