// PayloadStream: the payload of one message as a stream that an inner framing can cut.
#pragma once

#include "model/framing/framer.h"

namespace octetscope {

struct PayloadStream {
  StreamView view;           ///< holds the payload; its end is the payload's
  quint64 begin = 0;         ///< where framing starts
  bool isDerived = false;    ///< offsets count in the payload, not in the stream that the message lies in
  bool isShortened = false;  ///< more of the payload is there than was asked for

  /// Of a message in error it is empty. Where the payload is a range of `stream`, offsets stay those of `stream`, and
  /// nothing is copied; else its first `most` bytes are joined. Errors: the framer's.
  static Result<PayloadStream> of(const Framer &framer, const StreamView &stream, const Message &message,
                                  quint64 most = ~0ULL);

  /// Calls take(message) for each message that `inner` finds, the last, not final one included, until it says enough.
  template <typename Take>
  void forEach(const Framer &inner, Take take) const {
    ScanState state = ScanState::startingAt(begin);
    MessageBatch batch;
    do {
      batch.start(state.at);
      inner.scan(view, state, batch);
      for (const Message &message : batch.messages()) {
        if (!take(message)) return;
      }
    } while (!batch.isEmpty());
    if (view.size() <= state.at) return;
    if (const Message rest = inner.rest(view, state); rest.size > 0) take(rest);
  }
};

}  // namespace octetscope
