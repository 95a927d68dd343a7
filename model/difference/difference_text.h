// The comparison of two messages as text: two hex dumps side by side, row by row, with marks where they differ.
#pragma once

#include "model/difference/message_difference.h"

namespace octetscope {

/// What is compared, held for work in any thread.
struct ComparedBytes {
  std::array<DifferenceBytes, 2> bytes;
  ByteAlignment alignment;

  static ComparedBytes of(const MessageDifference &difference);
};

/// Cells that are written at most; more is an error.
inline constexpr quint64 mostCellsInText = 1 << 20;

/// A star stands before each byte that differs, "--" where one side has nothing; rows that differ have a ≠ between the
/// two. `titles` stand above. Errors: too many cells, or it was cancelled.
Result<QString> differenceText(const ComparedBytes &compared, const std::array<QString, 2> &titles,
                               const std::atomic<bool> &isCancelled);

}  // namespace octetscope
