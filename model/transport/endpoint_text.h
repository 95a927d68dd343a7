// Reading "HOST:PORT" as people type it.
#pragma once

#include "model/capture/connection.h"
#include "model/result.h"

namespace octetscope {

/// "1060", "HOST:1060", "127.0.0.1:1060", "[::1]:1060", "[::1%lo]:1060". Without a host it is `defaultHost`; where that
/// is empty a host must be given. Ports 0 to 65535 (0 only where `allowZero`: any free port). Errors say what is
/// missing and how to write it, and where.
Result<Endpoint> parseEndpoint(const QString &text, const QString &defaultHost = QStringLiteral("127.0.0.1"),
                               bool allowZero = true);

}  // namespace octetscope
