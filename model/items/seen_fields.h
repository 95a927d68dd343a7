// Which fields the messages that have come last have, as they are written in filters: for formats that describe
// themselves nothing else could say it.
#pragma once

#include <QStringList>

namespace octetscope {

class ConnectionDecoder;

/// Of the last messages of both directions as the decoder shows them, and of the messages inside those, where they lie
/// in the stream; at most `most`. Looks at a few messages, and no further than the window can wait for.
QStringList seenFieldPaths(const ConnectionDecoder &decoder, qsizetype most = 200);

}  // namespace octetscope
