// The arguments of protocol 0, which are text up to the end of a line: whether CPython takes them, and what they say.
#pragma once

#include "model/structs/value.h"
#include "model/values/pickle_opcodes.h"

#include <optional>

namespace octetscope {

/// Whether `text`, the argument without its last end of a line, is what its kind asks for: what pickletools reads, and
/// strings of Python 2 that are not ASCII, too, since pickle.loads() takes them.
bool isPickleText(PickleArgument argument, ByteView text);
/// What it asks for, to go on a sentence: "which is no whole number".
QString pickleTextRule(PickleArgument argument);
/// The value of a text that is one. A STRING is text where it is ASCII, else bytes; two lines are joined by a space.
Value pickleTextValue(PickleArgument argument, ByteView text);

}  // namespace octetscope
