#include "model/framing/chunks_framer.h"

#include "model/framing/framing_words.h"
#include "model/framing/spec_framer.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

/// What a chunk is taken for.
enum class Unit : quint8 { Chunk, Datagram };

class ChunksFramer final : public SpecFramer {
 public:
  ChunksFramer(const SpecValues &values, Unit unit) : SpecFramer(values), unit_(unit) {}

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
            .error = u"%1 came as one %2 of %3, over the limit of %4"_s.arg(
                bytesAt(chunk), unitName(), byteCount(chunk.size()), grouped(maxMessage()))};
  }

  QList<FramingPart> parts(const StreamView &, const Message &message, const ScanState &, ByteRange shown,
                           int most) const override {
    PartCollector parts(message, shown, most);
    parts.add(message.status == Status::Error ? PartRole::Unread : PartRole::Payload, message.range());
    return parts.take();
  }

  QString explain(const StreamView &stream, const Message &message, quint64 number) const override {
    if (message.status == Status::Error) return stoppedWords(verdict(stream, message).error, message.offset);
    if (unit_ == Unit::Datagram) {
      return u"%1 (%2) came as one datagram, so that is message %3: a datagram arrives as it was sent, or not at all. "
             u"In a "
             "TCP stream each chunk counts as one, and there the same bytes may arrive cut otherwise next time."_s.arg(
                 capitalised(bytesAt(message.range())), byteCount(message.size), grouped(number));
    }
    return u"%1 (%2) came as one chunk, what one recv() or send() carried, so that is message %3. TCP does not keep "
           u"what the "
           "sender wrote together: the same bytes may arrive cut otherwise next time."_s.arg(
               capitalised(bytesAt(message.range())), byteCount(message.size), grouped(number));
  }

  QString because(const StreamView &, const Message &) const override {
    return unit_ == Unit::Datagram ? u"one datagram ended there"_s
                                   : u"one chunk ended there, what one recv() or send() carried"_s;
  }

  Result<QByteArray> encode(QByteArrayView payload) const override {
    if (payload.isEmpty()) {
      return unit_ == Unit::Datagram
                 ? fail(u"an empty datagram has no bytes, and so is no message here"_s, u"send at least one byte"_s)
                 : fail(u"chunks cannot carry an empty message"_s, u"send at least one byte"_s);
    }
    if (static_cast<quint64>(payload.size()) > maxMessage()) return failOverLimit(payload.size());
    return payload.toByteArray();
  }

  bool readsChunks() const override { return true; }

 private:
  QString unitName() const { return unit_ == Unit::Datagram ? u"datagram"_s : u"chunk"_s; }

  /// Where the chunk ends that holds byte `at`, which is in the stream; `guess` becomes the number of the next chunk.
  static quint64 endOfChunk(const StreamView &stream, quint64 at, quint64 &guess) {
    const ChunkView &chunks = stream.chunks;
    if (guess >= chunks.count() || chunks[guess].offset != at) guess = chunks.indexOf(at);
    ++guess;
    return guess < chunks.count() ? std::min(chunks[guess].offset, stream.size()) : stream.size();
  }

  const Unit unit_;
};

}  // namespace

FramingEntry chunksEntry() {
  return {.kind = {.name = u"chunks"_s,
                   .title = u"Chunks, as received"_s,
                   .summary = u"A message is whatever one recv() returned, which TCP may cut anywhere."_s,
                   .options = {maxOption(u"there is none"_s)},
                   .examples = {u"chunks"_s}},
          .make = [](const SpecValues &values) -> Result<FramerPtr> {
            return std::make_shared<ChunksFramer>(values, Unit::Chunk);
          },
          .defaultMax = ~0ULL};
}

FramingEntry datagramEntry() {
  return {.kind = {.name = u"datagram"_s,
                   .title = u"Datagrams"_s,
                   .summary = u"A message is one datagram (UDP); in a TCP stream each chunk counts as one."_s,
                   .options = {maxOption()},
                   .examples = {u"datagram"_s}},
          .make = [](const SpecValues &values) -> Result<FramerPtr> {
            return std::make_shared<ChunksFramer>(values, Unit::Datagram);
          }};
}

}  // namespace octetscope
