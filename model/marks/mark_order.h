// In which order marks are gone through: those of one connection as their first bytes arrived, whichever direction they
// came from, then those of the next connection.
#pragma once

#include "model/capture/capture.h"
#include "model/marks/mark_table.h"

namespace octetscope {

/// The row of the mark behind `from` (`by` 1) or before it (-1), past the end from the other one; `from` itself where
/// it is the only one. `from` need not be marked. None: there are no marks. O(log marks · log chunks) and a look at
/// each connection.
std::optional<std::size_t> markBeside(const Capture &capture, const MarkTable &marks, const MarkPlace &from, int by);

}  // namespace octetscope
