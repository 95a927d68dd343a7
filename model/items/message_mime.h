// What rows of the message list are called where they are dragged, besides application/octet-stream.
#pragma once

#include <QLatin1String>

namespace octetscope {

/// One complete message of a stream, all its bytes: its payload is the octet-stream that is dragged with it.
inline constexpr QLatin1String messageMimeType("application/x-octetscope-message");
/// The same of several, one behind the other, or of what is no complete message: no framing would carry it as one.
inline constexpr QLatin1String messagesMimeType("application/x-octetscope-messages");

}  // namespace octetscope
