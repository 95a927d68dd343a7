#include "model/framing/chunks_framer.h"

#include "model/framing/framing_words.h"
#include "model/framing/spec_framer.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

class ChunksFramer final : public SpecFramer {
 public:
  using SpecFramer::SpecFramer;

  // state.own[0] is a guess where the chunk of state.at stands in the table; wrong guesses cost a binary search.
  void scan(const StreamView &stream, ScanState &state, MessageBatch &out) const override {
    const quint64 size = stream.size();
    while (!state.stopped && state.at < size) {
      const quint64 end = endOfChunk(stream, state.at, state.own[0]);
      if (end - state.at > maxMessage()) {
        state.stopped = true;
        break;
      }
      const Message message{state.at, end - state.at, state.at, end - state.at, Status::Complete};
      state.at = state.scanned = end;
      if (!out.add(message)) break;
    }
  }

  Message rest(const StreamView &stream, const ScanState &state) const override {
    const quint64 here = stream.size() - state.at;
    return {state.at, here, notInStream, 0, here == 0 ? Status::Complete : Status::Error};
  }

  Verdict verdict(const StreamView &stream, const Message &message) const override {
    if (message.status != Status::Error) return {};
    quint64 guess = 0;
    const ByteRange chunk{message.offset, std::min(message.end(), endOfChunk(stream, message.offset, guess))};
    return {.needs = {},
            .error = u"%1 came as one chunk of %2, over the limit of %3"_s.arg(bytesAt(chunk), byteCount(chunk.size()),
                                                                               grouped(maxMessage()))};
  }

  QList<FramingPart> parts(const StreamView &, const Message &message, const ScanState &, ByteRange shown,
                           int most) const override {
    PartCollector parts(message, shown, most);
    parts.add(message.status == Status::Error ? PartRole::Unread : PartRole::Payload, message.range());
    return parts.take();
  }

  QString explain(const StreamView &stream, const Message &message, quint64 number) const override {
    if (message.status == Status::Error) return stoppedWords(verdict(stream, message).error, message.offset);
    return u"%1 (%2) came as one chunk, what one recv() or send() carried, so that is message %3. TCP does not keep "
           u"what the "
           "sender wrote together: the same bytes may arrive cut otherwise next time."_s.arg(
               capitalised(bytesAt(message.range())), byteCount(message.size), grouped(number));
  }

  QString because(const StreamView &, const Message &) const override {
    return u"one chunk ended there, what one recv() or send() carried"_s;
  }

  Result<QByteArray> encode(QByteArrayView payload) const override {
    if (payload.isEmpty()) return fail(u"chunks cannot carry an empty message"_s, u"send at least one byte"_s);
    if (static_cast<quint64>(payload.size()) > maxMessage()) return failOverLimit(payload.size());
    return payload.toByteArray();
  }

  bool readsChunks() const override { return true; }

 private:
  /// Where the chunk ends that holds byte `at`, which is in the stream; `guess` becomes the number of the next chunk.
  static quint64 endOfChunk(const StreamView &stream, quint64 at, quint64 &guess) {
    const ChunkView &chunks = stream.chunks;
    if (guess >= chunks.count() || chunks[guess].offset != at) guess = chunks.indexOf(at);
    ++guess;
    return guess < chunks.count() ? std::min(chunks[guess].offset, stream.size()) : stream.size();
  }
};

}  // namespace

FramingEntry chunksEntry() {
  return {.kind = {.name = u"chunks"_s,
                   .title = u"Chunks, as received"_s,
                   .summary = u"A message is whatever one recv() returned, which TCP may cut anywhere."_s,
                   .options = {maxOption(u"there is none"_s)},
                   .examples = {u"chunks"_s}},
          .make = [](const SpecValues &values) -> Result<FramerPtr> { return std::make_shared<ChunksFramer>(values); },
          .defaultMax = ~0ULL};
}

}  // namespace octetscope
