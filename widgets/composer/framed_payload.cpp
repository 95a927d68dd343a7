#include "widgets/composer/framed_payload.h"

#include "model/framing/framing_words.h"

#include <QCoreApplication>

namespace octetscope {

namespace {

constexpr qsizetype mostShown = 8;  // bytes of a head or tail
constexpr int mostParts = 64;

struct Words {
  Q_DECLARE_TR_FUNCTIONS(octetscope::FramedPayload)
};

StreamView closedStream(const QByteArray &bytes) {
  auto chunks = std::make_shared<ChunkTable>();
  if (!bytes.isEmpty()) chunks->append({0, noTime});
  const quint64 count = chunks->size();
  return {ByteSnapshot::of(bytes), ChunkView(std::move(chunks), count), StreamEnd::Fin, noTime};
}

/// Where the payload begins in `framed`, as the framing itself reads it; -1 where it does not say.
qsizetype payloadBegin(const Framer &framer, const QByteArray &framed) {
  const StreamView stream = closedStream(framed);
  ScanState state;
  MessageBatch batch;
  batch.start(0, 1);
  framer.scan(stream, state, batch);
  const Message message = batch.isEmpty() ? framer.rest(stream, state) : batch.messages().front();
  if (message.hasPayloadRange()) return static_cast<qsizetype>(message.payloadOffset);
  const auto parts = framer.parts(stream, message, ScanState{}, {0, stream.size()}, mostParts);
  for (const FramingPart &part : parts) {
    if (part.role == PartRole::Payload) return static_cast<qsizetype>(part.range.begin);
  }
  return -1;
}

}  // namespace

QString FramedPayload::words(qsizetype payloadSize) const {
  const qsizetype added = bytes.size() - payloadSize;
  if (inside || head.size() > mostShown || tail.size() > mostShown) return Words::tr("adds %1").arg(byteCount(added));
  if (head.isEmpty() && tail.isEmpty()) return Words::tr("adds nothing");
  if (tail.isEmpty()) return Words::tr("adds %1").arg(hexWords(viewOf(head)));
  if (head.isEmpty()) return Words::tr("adds %1 behind").arg(hexWords(viewOf(tail)));
  return Words::tr("adds %1 before and %2 behind").arg(hexWords(viewOf(head)), hexWords(viewOf(tail)));
}

Result<FramedPayload> framedPayload(const Framer &framer, const QByteArray &payload) {
  auto framed = framer.encode(payload);
  if (!framed) return std::unexpected(framed.error());
  FramedPayload result{.bytes = std::move(*framed), .head = {}, .tail = {}};
  const qsizetype begin = payload.isEmpty() ? 0 : payloadBegin(framer, result.bytes);
  const bool whole = begin >= 0 && begin + payload.size() <= result.bytes.size() &&
                     QByteArrayView(result.bytes).sliced(begin, payload.size()) == payload;
  if (payload.isEmpty()) {
    result.head = result.bytes;  // nothing stands between head and tail
  } else if (whole) {
    result.head = result.bytes.first(begin);
    result.tail = result.bytes.sliced(begin + payload.size());
  } else {
    result.inside = true;
  }
  return result;
}

}  // namespace octetscope
