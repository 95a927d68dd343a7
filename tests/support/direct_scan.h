// directScan: what a framer says of a stream in one go, to compare with what was found while the stream grew.
#pragma once

#include "model/framing/framer.h"

#include <QList>

#include <limits>

namespace octetscope::test {

/// Every message of `stream`, the last, not final one included; at most about `most`.
inline QList<Message> directScan(const Framer &framer, const StreamView &stream,
                                 qsizetype most = std::numeric_limits<qsizetype>::max()) {
  QList<Message> messages;
  ScanState state;
  MessageBatch batch;
  do {
    batch.start(state.at);
    framer.scan(stream, state, batch);
    for (const Message &message : batch.messages()) messages.append(message);
    if (messages.size() >= most) return messages;
  } while (batch.isFull());
  if (const Message rest = framer.rest(stream, state); rest.size > 0) messages.append(rest);
  return messages;
}

}  // namespace octetscope::test
