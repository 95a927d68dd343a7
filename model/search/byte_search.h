// Plain search in bytes, both ways. The work is cut into slices by whoever calls: a slice is a range of the haystack.
#pragma once

#include "model/bytes/byte_view.h"

#include <optional>

namespace octetscope {

/// Offset of the first occurrence of `needle` that begins in `range` and lies wholly in `bytes`; none where there is
/// none or `needle` is empty. Linear time.
std::optional<quint64> findForward(ByteView bytes, ByteView needle, ByteRange range);

/// The last such occurrence.
std::optional<quint64> findBackward(ByteView bytes, ByteView needle, ByteRange range);

}  // namespace octetscope
