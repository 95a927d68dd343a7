#include "model/framing/chunked_framer.h"

#include "model/framing/framing_words.h"
#include "model/framing/length_field.h"
#include "model/framing/spec_framer.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

/// Where a walk over the blocks of a message stands, counted from the message's begin.
struct Walk {
  quint64 at = 0;       // the next block's head
  quint64 payload = 0;  // of the blocks before it
  quint64 blocks = 0;   // how many these are
};

/// What the block at the walk's place is, as far as it is here.
struct Block {
  enum Outcome : quint8 { HeadCut, DataCut, Whole, Last, HeadBad, TooLarge };
  Outcome outcome = HeadCut;
  LengthField::Reading reading = {};
  WideInt least = 0;  // TooLarge: what the message would have at least

  bool isError() const { return outcome >= HeadBad; }
};

class ChunkedFramer final : public SpecFramer {
 public:
  ChunkedFramer(const SpecValues &values, LengthField field)
      : SpecFramer(values), field_(std::move(field)), blockSize_(static_cast<quint64>(values.number("block"_L1))) {}

  // state.scanned is where the next block's head begins, own the payload and the blocks before it.
  void scan(const StreamView &stream, ScanState &state, MessageBatch &out) const override {
    while (!state.stopped && state.at < stream.size()) {
      const ByteView here = stream.bytes.view({state.at, stream.size()});
      Walk walk = walkFrom(state);
      const Block block = walkOn(here, walk);
      if (block.outcome != Block::Last) {
        state.scanned = state.at + walk.at;
        state.own = {walk.payload, walk.blocks};
        state.stopped = block.isError();
        break;
      }
      const Message message{state.at, walk.at + block.reading.width, notInStream, walk.payload, Status::Complete};
      state.at = state.scanned = message.end();
      state.own = {};
      if (!out.add(message)) break;
    }
  }

  Message rest(const StreamView &stream, const ScanState &state) const override {
    const ByteView here = stream.bytes.view({state.at, stream.size()});
    const Walk walk = walkFrom(state);
    const Block block = blockAt(here, walk);
    Message message{state.at, here.size(), notInStream, walk.payload, Status::Incomplete};
    if (here.empty()) return message;
    if (block.isError()) {
      message.status = Status::Error;
      message.payloadSize = 0;
    } else if (block.outcome == Block::DataCut) {
      message.payloadSize += here.size() - walk.at - block.reading.width;
    }
    return message;
  }

  // How much is missing is not known before the empty block is here. An error is found again by walking over the
  // blocks before it, which the limit of a message bounds.
  Verdict verdict(const StreamView &stream, const Message &message) const override {
    return verdictFrom(stream, message, ScanState::startingAt(message.offset));
  }

  Verdict verdictFrom(const StreamView &stream, const Message &message, const ScanState &state) const override {
    if (message.status != Status::Error) return {};
    const ByteView bytes = bytesOf(stream, message);
    Walk walk = state.at == message.offset ? walkFrom(state) : Walk();
    const Block block = walkOn(bytes, walk);
    return {.needs = {}, .error = errorWords(block, walk, bytes, message.offset)};
  }

  QString explainFrom(const StreamView &stream, const Message &message, quint64 number,
                      const ScanState &state) const override {
    if (message.status != Status::Error) return explain(stream, message, number);
    return stoppedWords(verdictFrom(stream, message, state).error, message.offset);
  }

  QList<FramingPart> parts(const StreamView &stream, const Message &message, const ScanState &state, ByteRange shown,
                           int most) const override {
    PartCollector parts(message, shown, most);
    const ByteView bytes = bytesOf(stream, message);
    Walk walk;
    if (state.at == message.offset && state.scanned <= parts.shown().begin) walk = walkFrom(state);
    while (!parts.isFull() && message.offset + walk.at < parts.shown().end) {
      const Block block = blockAt(bytes, walk);
      const quint64 head = message.offset + walk.at;
      const quint64 data = head + block.reading.width;
      const QString number = grouped(walk.blocks + 1);
      if (block.isError()) {
        parts.add(PartRole::Length, {head, data}, u"length "_s + number);
        parts.add(PartRole::Unread, {data, message.end()});
        break;
      }
      if (block.outcome == Block::Last) {
        parts.add(PartRole::Delimiter, {head, data}, u"empty block"_s, u"0"_s);
        break;
      }
      const bool isRead = block.outcome != Block::HeadCut;
      parts.add(PartRole::Length, {head, data}, u"length "_s + number,
                isRead ? grouped(block.reading.value) : QString());
      if (!isRead) break;
      const quint64 end = block.outcome == Block::DataCut ? message.end() : data + block.reading.value;
      parts.add(PartRole::Payload, {data, end}, u"block "_s + number);
      if (block.outcome == Block::DataCut) break;
      advance(walk, block);
    }
    return parts.take();
  }

  QString explain(const StreamView &stream, const Message &message, quint64 number) const override {
    if (message.status == Status::Error) return stoppedWords(verdict(stream, message).error, message.offset);
    const ByteView bytes = bytesOf(stream, message);
    const StreamEnd end = endFor(stream, message);
    Walk walk;
    const Block block = walkOn(bytes, walk, explainedBlocks);
    if (message.status == Status::Complete) {
      const QString blocks = walk.blocks > explainedBlocks ? u"more than "_s + grouped(explainedBlocks) + u" blocks"_s
                             : walk.blocks == 1            ? u"1 block"_s
                                                           : grouped(walk.blocks) + u" blocks"_s;
      if (walk.blocks == 0) {
        return u"Read an empty block at byte %1 and none before it, so message %2 ends at byte %3, without payload."_s
            .arg(grouped(message.offset), grouped(number), grouped(message.end()));
      }
      const QString empty = walk.blocks > explainedBlocks
                                ? u"an empty one"_s
                                : u"an empty one at byte "_s + grouped(message.offset + walk.at);
      return u"Read %1 of %2 in all, then %3: it ends message %4 at byte %5."_s.arg(
          blocks, byteCount(message.payloadSize), empty, grouped(number), grouped(message.end()));
    }
    if (walk.blocks > explainedBlocks) {
      return u"More than %1 blocks are here, and not yet the empty one that ends message %2: "_s.arg(
                 grouped(explainedBlocks), grouped(number)) +
             waitingWords(end);
    }
    const QString name = u"block %1"_s.arg(grouped(walk.blocks + 1));
    const quint64 at = message.offset + walk.at;
    QString words;
    if (block.outcome == Block::HeadCut) {
      words =
          field_.cutWords(block.reading, bytes.subspan(walk.at), at, name + u" of message "_s + grouped(number), end);
    } else {
      words = field_.readWords(block.reading, walk.blocks > 0 ? std::optional(at) : std::nullopt) +
              u", so %1 of message %2 ends at byte %3. "_s.arg(
                  name, grouped(number), grouped(WideInt(at) + block.reading.width + block.reading.value)) +
              missingWords(bytes.size() - walk.at - block.reading.width, block.reading.value, end);
    }
    return words +
           (end == StreamEnd::Open ? u" An empty block will end the message."_s : u" An empty block ends a message."_s);
  }

  QString because(const StreamView &stream, const Message &message) const override {
    const ByteView bytes = bytesOf(stream, message);
    Walk walk;
    const Block block = walkOn(bytes, walk, explainedBlocks);
    const quint64 at = message.offset + walk.at;
    if (walk.blocks > explainedBlocks) {
      return message.status == Status::Complete ? u"it found an empty block"_s : u"it found no empty block"_s;
    }
    switch (block.outcome) {
      case Block::Last:
        return u"it read an empty block (%1 at %2)"_s.arg(hexWords(bytes.subspan(walk.at, block.reading.width)),
                                                          bytesAt(ByteRange::ofSize(at, block.reading.width)));
      case Block::DataCut:
        return field_.becauseWords(block.reading, bytes.subspan(walk.at), at) + u", the length of block "_s +
               grouped(walk.blocks + 1);
      default:
        return u"it found no empty block in these "_s + byteCount(message.size);
    }
  }

  /// Of the block that is read: the first one, in a message that is whole.
  std::optional<LengthRead> lengthRead(const StreamView &stream, const Message &message) const override {
    const ByteView bytes = bytesOf(stream, message);
    const LengthField::Reading reading = field_.read(bytes);
    if (reading.outcome != LengthField::Outcome::Read) return std::nullopt;
    return LengthRead{ByteRange::ofSize(message.offset, reading.width), reading.value, field_.typeName()};
  }

  Result<void> payloadPieces(const StreamView &stream, const Message &message, const TakePiece &take) const override {
    if (message.status == Status::Error) return {};
    const ByteView bytes = bytesOf(stream, message);
    Walk walk;
    Block block = blockAt(bytes, walk);
    for (; block.outcome == Block::Whole; block = blockAt(bytes, walk)) {
      if (!take(bytes.subspan(walk.at + block.reading.width, block.reading.value))) return {};
      advance(walk, block);
    }
    if (block.outcome == Block::DataCut) take(bytes.subspan(walk.at + block.reading.width));
    return {};
  }

  Result<QByteArray> encode(QByteArrayView payload) const override {
    QByteArray bytes;
    const quint64 size = static_cast<quint64>(payload.size());
    const quint64 most = blockSize_ > 0 ? blockSize_ : std::max<quint64>(size, 1);
    for (quint64 at = 0; at < size;) {
      const quint64 block = std::min(most, size - at);
      const auto head = field_.write(block);
      if (!head) {
        return fail(u"a block of %1 does not fit %2"_s.arg(byteCount(block), field_.typeName()),
                    u"give block=%1 or less"_s.arg(field_.greatest()));
      }
      bytes += *head;
      bytes += payload.sliced(static_cast<qsizetype>(at), static_cast<qsizetype>(block));
      if (static_cast<quint64>(bytes.size()) > maxMessage()) break;
      at += block;
    }
    bytes += field_.write(0).value_or(QByteArray());
    if (static_cast<quint64>(bytes.size()) > maxMessage()) {
      return fail(u"the blocks and their lengths are over the limit of %1"_s.arg(byteCount(maxMessage())),
                  u"send less at once, or raise max="_s);
    }
    return bytes;
  }

  bool scansBytes() const override { return true; }

 private:
  static Walk walkFrom(const ScanState &state) { return {state.scanned - state.at, state.own[0], state.own[1]}; }

  static void advance(Walk &walk, const Block &block) {
    walk.at += block.reading.width + block.reading.value;
    walk.payload += block.reading.value;
    ++walk.blocks;
  }

  Block blockAt(ByteView bytes, const Walk &walk) const {
    Block block;
    block.reading = field_.read(bytes.subspan(walk.at));
    const LengthField::Reading &reading = block.reading;
    switch (reading.outcome) {
      case LengthField::Outcome::Bad:
        block.outcome = Block::HeadBad;
        return block;
      case LengthField::Outcome::Cut:
        block.least = WideInt(walk.at) + field_.leastWidthOf(reading);
        block.outcome = Block::HeadCut;
        break;
      case LengthField::Outcome::Read: {
        const quint64 head = walk.at + reading.width;
        // Behind a block that is not empty there is at least the empty one.
        block.least = WideInt(head) + reading.value + (reading.value == 0 ? 0 : field_.leastWidth());
        block.outcome = reading.value == 0                    ? Block::Last
                        : reading.value > bytes.size() - head ? Block::DataCut
                                                              : Block::Whole;
        break;
      }
    }
    if (block.least > WideInt(maxMessage())) block.outcome = Block::TooLarge;
    return block;
  }

  /// Walks over whole blocks, until `walk` counts more than `most`, and gives the block at which it stands then.
  Block walkOn(ByteView bytes, Walk &walk, quint64 most = ~0ULL) const {
    Block block = blockAt(bytes, walk);
    while (block.outcome == Block::Whole && walk.blocks <= most) {
      advance(walk, block);
      block = blockAt(bytes, walk);
    }
    return block;
  }

  QString errorWords(const Block &block, const Walk &walk, ByteView bytes, quint64 offset) const {
    const quint64 at = offset + walk.at;
    if (block.outcome == Block::HeadBad) return field_.badWords(bytes.subspan(walk.at), at);
    const QString over = u" at least, over the limit of "_s + grouped(maxMessage());
    if (block.reading.outcome == LengthField::Outcome::Cut) {
      return u"with the length of block %1, at byte %2, the message has %3"_s.arg(grouped(walk.blocks + 1), grouped(at),
                                                                                  byteCount(block.least)) +
             over;
    }
    return u"%1 announce%2 block %3 of %4, with which the message has %5"_s.arg(
               field_.placeWords(bytes.subspan(walk.at, block.reading.width), at),
               block.reading.width == 1 ? u"s"_s : QString(), grouped(walk.blocks + 1), byteCount(block.reading.value),
               byteCount(block.least)) +
           over;
  }

  static constexpr quint64 explainedBlocks = 50000;  // no explanation counts further

  LengthField field_;
  quint64 blockSize_;
};

}  // namespace

FramingEntry chunkedEntry() {
  using Kind = FramingOption::Kind;
  return {
      .kind =
          {.name = u"chunked"_s,
           .title = u"Blocks, ended by an empty one"_s,
           .summary =
               u"Blocks with a length each; one of length zero ends the message, whose payload is all of them joined."_s,
           .argument = FramingOption{.name = {},
                                     .title = u"Type of the lengths"_s,
                                     .kind = Kind::Choice,
                                     .choices = LengthField::typeNames(),
                                     .help = u"How the numbers are written: their bits and byte order, LEB128 "
                                             "(varint), or decimal digits and a space."_s},
           .options = {{.name = u"block"_s,
                        .title = u"Bytes a block, when sending"_s,
                        .kind = Kind::Bytes,
                        .minimum = 1,
                        .help = u"A payload is sent in blocks of this size; by default in one."_s},
                       LengthField::endOption(),
                       maxOption()},
           .examples = {u"chunked:u32be"_s, u"chunked:u16be,block=1000"_s}},
      .make = [](const SpecValues &values) -> Result<FramerPtr> {
        auto field = LengthField::fromSpec(values);
        if (!field) return std::unexpected(field.error());
        return std::make_shared<ChunkedFramer>(values, *std::move(field));
      }};
}

}  // namespace octetscope
