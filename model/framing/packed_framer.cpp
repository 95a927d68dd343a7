#include "model/framing/packed_framer.h"

#include "model/framing/deflater.h"
#include "model/framing/framing_words.h"
#include "model/framing/inflater.h"
#include "model/framing/packed_head.h"
#include "model/framing/packed_look.h"
#include "model/framing/spec_framer.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

using Outcome = Inflater::Outcome;
using Wrapper = Inflater::Wrapper;

QString hexNumber(quint64 number) {
  return u"%1"_s.arg(number, 8, 16, QLatin1Char('0')).toUpper();
}

quint64 bigEndian(ByteView bytes) {
  quint64 value = 0;
  for (const std::uint8_t byte : bytes) value = value << 8 | byte;
  return value;
}

quint64 littleEndian(ByteView bytes) {
  quint64 value = 0;
  for (std::size_t i = bytes.size(); i > 0; --i) value = value << 8 | bytes[i - 1];
  return value;
}

class PackedFramer final : public SpecFramer {
 public:
  PackedFramer(const SpecValues &values, Wrapper wrapper) : SpecFramer(values), wrapper_(wrapper) {}

  // state.memory is the inflate that has taken the message up to state.scanned, own[0] what came out of it; behind an
  // error it is what was found.
  void scan(const StreamView &stream, ScanState &state, MessageBatch &out) const override {
    if (state.stopped) {
      if (state.memory) looks_.keep(stream.bytes, state.at, static_cast<const KeptLook &>(*state.memory).look);
      return;
    }
    while (state.at < stream.size()) {
      if (!state.memory && !mayBegin(stream.bytes.view({state.at, state.at + 2}))) {
        // Who looks for a place to begin at asks at every byte, and most need no inflate.
        const PackedLook look{.outcome = Outcome::Broken, .isError = true, .taken = 2};
        state.stopped = true;
        state.scanned = state.at + look.taken;
        state.memory.reset(new KeptLook(look));
        looks_.keep(stream.bytes, state.at, look);
        return;
      }
      Inflater &inflater = inflaterOf(state);
      const ByteView fresh = stream.bytes.view({state.scanned, state.at + mostOf(stream.size() - state.at)});
      const Outcome outcome = inflater.take(fresh, maxMessage());
      if (outcome == Outcome::End) {
        const Message message{state.at, inflater.taken(), notInStream, inflater.produced(), Status::Complete};
        state.at = state.scanned = message.end();
        state.own = {};
        inflater.reset();
        if (!out.add(message)) return;  // it will be called again at once, and go on with the same memory
        continue;
      }
      state.stopped = outcome != Outcome::More || stream.size() - state.at > maxMessage();
      state.scanned = state.at + inflater.taken();
      state.own = {state.stopped ? 0 : inflater.produced()};
      const PackedLook look = PackedLook::of(inflater, outcome, state.stopped);
      if (state.stopped) state.memory.reset(new KeptLook(look));
      looks_.keep(stream.bytes, state.at, look);
      return;
    }
    state.memory.reset();
  }

  Message rest(const StreamView &stream, const ScanState &state) const override {
    const quint64 here = stream.size() - state.at;
    if (state.stopped) return {state.at, here, notInStream, 0, here == 0 ? Status::Complete : Status::Error};
    return {state.at, here, notInStream, state.own[0], Status::Incomplete};
  }

  Verdict verdict(const StreamView &stream, const Message &message) const override {
    if (message.status == Status::Complete) return {};
    const ByteView bytes = bytesOf(stream, message);
    const PackedLook look = lookThrough(stream, message);
    if (message.status == Status::Error) return {.needs = {}, .error = errorWords(look, bytes, message.offset)};
    // Only what stands behind the compressed data has a size of its own.
    if (!look.dataEnd || *look.dataEnd + tailSize() > maxMessage()) return {};
    return {.needs = *look.dataEnd + tailSize() - bytes.size()};
  }

  QList<FramingPart> parts(const StreamView &stream, const Message &message, const ScanState &, ByteRange shown,
                           int most) const override {
    PartCollector parts(message, shown, most);
    const ByteView bytes = bytesOf(stream, message);
    const PackedHead head = readHead(bytes, message.offset);
    for (const FramingPart &part : head.parts) {
      parts.add(part.role, {message.offset + part.range.begin, message.offset + part.range.end}, part.name, part.value);
    }
    const quint64 data = message.offset + head.size();
    if (!head.isWhole) {
      parts.add(PartRole::Unread, {data, message.end()});
      return parts.take();
    }
    quint64 tail = message.end() - std::min(tailSize(), message.size);
    quint64 end = message.end();
    if (message.status != Status::Complete) {
      const PackedLook look = lookThrough(stream, message);
      end = message.offset + look.taken;
      tail = look.dataEnd ? message.offset + *look.dataEnd : end;
    }
    parts.add(PartRole::Payload, {data, tail}, u"compressed data"_s);
    addTail(parts, stream, {tail, end});
    parts.add(PartRole::Unread, {end, message.end()});
    return parts.take();
  }

  QString explain(const StreamView &stream, const Message &message, quint64 number) const override {
    if (message.status == Status::Error) return stoppedWords(verdict(stream, message).error, message.offset);
    const QString name = u"message "_s + grouped(number);
    if (message.status == Status::Complete) {
      const ByteRange tail{message.end() - tailSize(), message.end()};
      return u"The compressed data says by itself that it ends, at byte %1. The %2 behind it (%3 at %4) %5 of the %6 "
             "it decompresses to, so %7 ends at byte %8."_s.arg(
                 grouped(tail.begin), tailName(), hexWords(stream.bytes.view(tail)), bytesAt(tail),
                 wrapper_ == Wrapper::Gzip ? u"are those"_s : u"is that"_s, byteCount(message.payloadSize), name,
                 grouped(message.end()));
    }
    const ByteView bytes = bytesOf(stream, message);
    const StreamEnd end = endFor(stream, message);
    if (!readHead(bytes, message.offset).isWhole) {
      return u"%1 of %2 %3 here, not all of its header: "_s.arg(byteCount(message.size), name,
                                                                message.size == 1 ? u"is"_s : u"are"_s) +
             waitingWords(end);
    }
    const PackedLook look = lookThrough(stream, message);
    if (look.dataEnd) {
      return u"The compressed data of %1 says by itself that it ends, at byte %2. Of the %3 behind it "_s.arg(
                 name, grouped(message.offset + *look.dataEnd), tailName()) +
             missingWords(bytes.size() - *look.dataEnd, tailSize(), end);
    }
    return u"%1 of %2 %3 here and decompress%4 to %5. The compressed data says by itself where it ends: "_s.arg(
               byteCount(message.size), name, message.size == 1 ? u"is"_s : u"are"_s,
               message.size == 1 ? u"es"_s : QString(), byteCount(look.produced)) +
           waitingWords(end);
  }

  QString because(const StreamView &stream, const Message &message) const override {
    if (message.status == Status::Complete) {
      const ByteRange tail{message.end() - tailSize(), message.end()};
      return u"the compressed data said that it ends, at byte %1, and its %2 followed (%3 at %4)"_s.arg(
          grouped(tail.begin), tailName(), hexWords(stream.bytes.view(tail)), bytesAt(tail));
    }
    if (const PackedLook look = lookThrough(stream, message); look.dataEnd) {
      return u"the compressed data said that it ends, at byte %1, and not all of its %2 is here"_s.arg(
          grouped(message.offset + *look.dataEnd), tailName());
    }
    return u"it found no end of the compressed data in %1"_s.arg(byteCount(message.size));
  }

  Result<void> payloadPieces(const StreamView &stream, const Message &message, const TakePiece &take) const override {
    if (message.status == Status::Error) return {};
    Inflater(wrapper_).take(bytesOf(stream, message), maxMessage(), take);
    return {};
  }

  Result<QByteArray> encode(QByteArrayView payload) const override {
    if (static_cast<quint64>(payload.size()) > maxMessage()) {
      return fail(u"a payload of %1 is over the limit of %2"_s.arg(byteCount(payload.size()), grouped(maxMessage())),
                  u"send less at once, or raise max="_s);
    }
    QByteArray message = deflated(payload, wrapper_);
    if (static_cast<quint64>(message.size()) > maxMessage()) return failOverLimit(static_cast<quint64>(message.size()));
    return message;
  }

  bool scansBytes() const override { return true; }

 private:
  /// What has taken the message at state.at up to state.scanned, this state's alone.
  Inflater &inflaterOf(ScanState &state) const {
    if (!state.memory) {
      state.memory.reset(new Inflater(wrapper_));
    } else if (state.memory->isShared()) {
      state.memory.reset(new Inflater(static_cast<const Inflater &>(*state.memory)));
    }
    return static_cast<Inflater &>(*state.memory);
  }

  /// False where zlib refuses the first two bytes.
  bool mayBegin(ByteView bytes) const {
    if (bytes.size() < 2 || maxMessage() < 2) return true;
    if (wrapper_ == Wrapper::Gzip) return littleEndian(bytes.first(2)) == 0x8b1f;
    return bigEndian(bytes.first(2)) % 31 == 0 && (bytes[0] & 15) == 8 && bytes[0] >> 4 < 8;
  }

  /// Of `size` bytes, those that a message may have.
  quint64 mostOf(quint64 size) const { return std::min(size, maxMessage()); }
  /// What stands behind the compressed data: Adler-32, or CRC-32 and size.
  quint64 tailSize() const { return wrapper_ == Wrapper::Gzip ? 8 : 4; }
  QString tailName() const { return wrapper_ == Wrapper::Gzip ? u"CRC-32 and size"_s : u"Adler-32"_s; }

  PackedHead readHead(ByteView bytes, quint64 offset) const {
    return wrapper_ == Wrapper::Gzip ? readGzipHead(bytes, offset) : readZlibHead(bytes, offset);
  }

  /// What there is to find in a message that is not whole. Mostly the scan that found the message has left it.
  PackedLook lookThrough(const StreamView &stream, const Message &message) const {
    if (auto look = looks_.find(stream.bytes, message.offset, message.size)) return *std::move(look);
    Inflater inflater(wrapper_);
    const Outcome outcome = inflater.take(bytesOf(stream, message).first(mostOf(message.size)), maxMessage());
    PackedLook look = PackedLook::of(inflater, outcome, message.status == Status::Error);
    looks_.keep(stream.bytes, message.offset, look);
    return look;
  }

  void addTail(PartCollector &parts, const StreamView &stream, ByteRange tail) const {
    const ByteRange sum{tail.begin, std::min(tail.begin + 4, tail.end)};
    const ByteView bytes = stream.bytes.view(sum);
    const bool isGzip = wrapper_ == Wrapper::Gzip;
    parts.add(PartRole::Head, sum, isGzip ? u"CRC-32"_s : u"Adler-32"_s,
              bytes.size() < 4 ? QString() : hexNumber(isGzip ? littleEndian(bytes) : bigEndian(bytes)));
    const ByteRange size{sum.end, tail.end};
    parts.add(PartRole::Length, size, u"size"_s,
              size.size() < 4 ? QString() : grouped(littleEndian(stream.bytes.view(size))));
  }

  QString errorWords(const PackedLook &look, ByteView bytes, quint64 offset) const {
    const QString cameOut =
        look.produced == 1 ? u"1 byte that came out makes"_s : u"%1 that came out make"_s.arg(byteCount(look.produced));
    switch (look.outcome) {
      case Outcome::Over:
        return u"%1 decompress to more than the limit of %2"_s.arg(bytesAt(ByteRange::ofSize(offset, look.taken)),
                                                                   byteCount(maxMessage()));
      case Outcome::More:
        return u"the compressed stream goes on behind byte %1, over the limit of %2"_s.arg(
            grouped(offset + maxMessage() - 1), byteCount(maxMessage()));
      default:
        break;
    }
    if (const PackedHead head = readHead(bytes, offset); !head.isWhole) return head.error;
    if (!look.dataEnd) {
      const std::uint8_t byte = bytes[look.taken - 1];
      return u"the compressed data cannot be read at byte %1 (%2), behind %3 that came out: %4"_s.arg(
          grouped(offset + look.taken - 1), hexWords({&byte, 1}), byteCount(look.produced), look.trouble);
    }
    const ByteRange sum = ByteRange::ofSize(offset + *look.dataEnd, 4);
    const bool isGzip = wrapper_ == Wrapper::Gzip;
    const ByteView tail = bytes.subspan(*look.dataEnd);
    const quint64 said = isGzip ? littleEndian(tail.first(4)) : bigEndian(tail.first(4));
    if (said != look.checksum) {
      return u"%1 (%2) say that the %3 is %4, and the %5 it %6"_s.arg(
          bytesAt(sum), hexWords(tail.first(4)), isGzip ? u"CRC-32"_s : u"Adler-32"_s, hexNumber(said), cameOut,
          hexNumber(look.checksum));
    }
    return u"%1 (%2) say that the size is %3, and %4 came out"_s.arg(
        bytesAt({sum.end, sum.end + 4}), hexWords(tail.subspan(4, 4)), byteCount(littleEndian(tail.subspan(4, 4))),
        byteCount(look.produced));
  }

  const Wrapper wrapper_;
  mutable PackedLooks looks_;
};

}  // namespace

FramingEntry zlibEntry() {
  return {.kind = {.name = u"zlib"_s,
                   .title = u"zlib streams"_s,
                   .summary = u"A message is one compressed zlib stream, which says by itself where it ends."_s,
                   .options = {maxOption()},
                   .examples = {u"zlib"_s, u"zlib,max=1048576"_s}},
          .make = [](const SpecValues &values) -> Result<FramerPtr> {
            return std::make_shared<PackedFramer>(values, Wrapper::Zlib);
          }};
}

FramingEntry gzipEntry() {
  return {
      .kind = {.name = u"gzip"_s,
               .title = u"gzip members"_s,
               .summary = u"A message is one compressed gzip member, which says by itself where it ends; a file may "
                          "be several."_s,
               .options = {maxOption()},
               .examples = {u"gzip"_s, u"gzip,max=1048576"_s}},
      .make = [](const SpecValues &values) -> Result<FramerPtr> {
        return std::make_shared<PackedFramer>(values, Wrapper::Gzip);
      }};
}

}  // namespace octetscope
