// What a file is by its first bytes: a capture file, whose streams are inside it, or the bytes of one stream.
#pragma once

#include "model/bytes/byte_view.h"
#include "model/result.h"

namespace octetscope::cli {

inline constexpr std::size_t signatureSize = 12;  // so many bytes tell a capture file from a raw one

/// What kind of capture file begins like this; empty: none.
QString captureKindOf(ByteView bytes);
/// True where `bytes` are too few to tell, and might still become a capture file's beginning.
bool mayBecomeCapture(ByteView bytes);
/// What is said where `name` is such a file.
Error captureRefused(const QString &name, const QString &kind);

}  // namespace octetscope::cli
