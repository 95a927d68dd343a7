// The framing `xml`: one message is one XML 1.0 document, from its first byte (a byte order mark, the XML declaration,
// a comment …) to the end of its root element. White space between documents is filler; a comment or an instruction
// behind a root element belongs to the next document, since no one can know that another will come.
#pragma once

#include "model/framing/spec_values.h"

namespace octetscope {

FramingEntry xmlEntry();

}  // namespace octetscope
