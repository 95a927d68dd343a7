#include "model/framing/payload_stream.h"

namespace octetscope {

Result<PayloadStream> PayloadStream::of(const Framer &framer, const StreamView &stream, const Message &message,
                                        quint64 most) {
  PayloadStream result;
  StreamEnd end = StreamEnd::Fin;
  if (message.status == Status::Incomplete) {
    // What a message lacks no inner framing may take for an end.
    const bool mayGrow = stream.end == StreamEnd::Open && message.end() == stream.size();
    end = mayGrow ? StreamEnd::Open : StreamEnd::Cut;
  }
  if (message.status == Status::Error) {
    result.view.end = StreamEnd::Cut;
    return result;
  }
  if (message.hasPayloadRange()) {
    const ByteRange range = message.payloadRange();
    result.view = stream.prefix(range.end);
    result.begin = range.begin;
  } else {
    auto payload = framer.payload(stream, message, most);
    if (!payload) return std::unexpected(payload.error());
    result.isShortened = static_cast<quint64>(payload->size()) < message.payloadSize;
    auto chunks = std::make_shared<ChunkTable>();
    if (!payload->isEmpty()) chunks->append({0, stream.chunks.timeOf(message.offset)});
    const quint64 count = chunks->size();
    result.view = {ByteSnapshot::of(*std::move(payload)), ChunkView(std::move(chunks), count), end, stream.nowNs};
    result.isDerived = true;
  }
  result.view.end = result.isShortened ? StreamEnd::Open : end;
  return result;
}

}  // namespace octetscope
