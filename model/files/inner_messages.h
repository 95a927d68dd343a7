// The messages inside a message, as records that writers take.
#pragma once

#include "model/files/message_reader.h"
#include "model/framing/payload_stream.h"

namespace octetscope {

/// Calls take(record) for each message that `inner` finds in the payload of `record`, in order. Times and chunks are
/// those of the bytes where these lie in the stream, else those of the message around them.
template <typename Take>
void forEachInner(const MessageRecord &record, const Framer &inner, Take take) {
  const auto payload = PayloadStream::of(record.framer, record.view, record.message);
  if (!payload) return;
  quint64 index = 0;
  payload->forEach(inner, [&](const Message &message) {
    MessageRecord part{.label = record.label,
                       .index = index++,
                       .message = message,
                       .view = payload->view,
                       .framer = inner,
                       .timeNs = record.timeNs,
                       .chunks = record.chunks,
                       .isDerived = record.isDerived || payload->isDerived};
    if (!part.isDerived && !record.outer) {
      part.timeNs = part.view.chunks.timeOf(message.offset);
      part.chunks = part.view.chunks.countIn(message.range());
    }
    take(part);
    return true;
  });
}

}  // namespace octetscope
