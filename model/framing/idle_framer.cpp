#include "model/framing/idle_framer.h"

#include "model/framing/framing_words.h"
#include "model/framing/spec_framer.h"

#include <limits>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 nsPerMs = 1'000'000;

qint64 nanoseconds(qint64 milliseconds) {
  constexpr qint64 most = std::numeric_limits<qint64>::max();
  return milliseconds > most / nsPerMs ? most : milliseconds * nsPerMs;
}

/// "153.2 ms", "2 ms"; from a second on "12.5 s".
QString durationWords(qint64 ns) {
  const bool isLong = ns >= 1000 * nsPerMs;
  const qint64 tenths = ns / (isLong ? 100 * nsPerMs : nsPerMs / 10);
  const QString fraction = tenths % 10 == 0 ? QString() : u'.' + QString::number(tenths % 10);
  return grouped(tenths / 10) + fraction + (isLong ? u" s" : u" ms");
}

class IdleFramer final : public SpecFramer {
 public:
  explicit IdleFramer(const SpecValues &values)
      : SpecFramer(values), milliseconds_(values.number(""_L1)), silence_(nanoseconds(milliseconds_)) {}

  // Inside a message state.scanned is where the chunks end that were looked at, own[0] the number of the next one.
  void scan(const StreamView &stream, ScanState &state, MessageBatch &out) const override {
    const ChunkView &chunks = stream.chunks;
    const quint64 size = stream.size();
    if (state.stopped || state.at >= size) return;
    quint64 next = state.scanned > state.at ? state.own[0] : chunks.indexOf(state.at) + 1;
    while (state.at < size) {
      while (next < chunks.count() && !isSilence(chunks, next)) ++next;
      const bool isBehindIt = next < chunks.count();
      const quint64 end = isBehindIt ? chunks[next].offset : size;
      state.scanned = end;
      state.own = {next};
      if (end - state.at > maxMessage()) {
        state.stopped = true;
        return;
      }
      if (!isBehindIt && stream.end != StreamEnd::Fin && !isSilentNow(stream)) return;
      const Message message{state.at, end - state.at, state.at, end - state.at, Status::Complete};
      state.at = end;
      state.own = {};
      ++next;
      if (!out.add(message)) return;
    }
  }

  Message rest(const StreamView &stream, const ScanState &state) const override {
    const quint64 here = stream.size() - state.at;
    if (here > maxMessage()) return {state.at, here, notInStream, 0, Status::Error};
    return {state.at, here, state.at, here, Status::Incomplete};
  }

  Verdict verdict(const StreamView &, const Message &message) const override {
    if (message.status != Status::Error) return {};
    return {.needs = {},
            .error = u"the stream goes on behind byte %1 without a silence of %2, over the limit of %3"_s.arg(
                grouped(message.offset + maxMessage() - 1), silenceWords(), byteCount(maxMessage()))};
  }

  QList<FramingPart> parts(const StreamView &, const Message &message, const ScanState &, ByteRange shown,
                           int most) const override {
    PartCollector parts(message, shown, most);
    parts.add(message.status == Status::Error ? PartRole::Unread : PartRole::Payload, message.range());
    return parts.take();
  }

  QString explain(const StreamView &stream, const Message &message, quint64 number) const override {
    if (message.status == Status::Error) return stoppedWords(verdict(stream, message).error, message.offset);
    const QString name = u"message "_s + grouped(number);
    const bool hasTimes = stream.chunks.timeOf(message.end() - 1) != noTime;
    if (message.status == Status::Incomplete) {
      const QString here =
          u"%1 of %2 %3 here. "_s.arg(byteCount(message.size), name, message.size == 1 ? u"is"_s : u"are"_s);
      return here +
             (hasTimes ? u"It ends when nothing comes for %1: "_s.arg(silenceWords())
                       : u"There are no times of arrival here, so no silence is known to end it: "_s) +
             waitingWords(endFor(stream, message));
    }
    const QString end = u"so %1 ends at byte %2."_s.arg(name, grouped(message.end()));
    if (const auto gap = gapBehind(stream, message)) {
      return u"Nothing came for %1 behind byte %2, and a silence of %3 ends a message, "_s.arg(
                 durationWords(*gap), grouped(message.end() - 1), silenceWords()) +
             end;
    }
    if (isEndedBySilence(stream, message)) {
      return u"Nothing has come for %1 behind byte %2, "_s.arg(silenceWords(), grouped(message.end() - 1)) + end;
    }
    if (!hasTimes) {
      return u"There are no times of arrival here, so no silence is known, and all %1 up to the end of the stream are %2."_s
          .arg(byteCount(message.size), name);
    }
    return u"The peer ended its stream at byte %1, before a silence of %2, so %3 is whole: %4."_s.arg(
        grouped(message.end()), silenceWords(), name, byteCount(message.size));
  }

  QString because(const StreamView &stream, const Message &message) const override {
    if (message.status != Status::Complete) {
      return u"it found no silence of %1 in %2"_s.arg(silenceWords(), byteCount(message.size));
    }
    if (const auto gap = gapBehind(stream, message)) return u"nothing came for %1 behind it"_s.arg(durationWords(*gap));
    return isEndedBySilence(stream, message) ? u"nothing has come for %1 behind it"_s.arg(silenceWords())
                                             : u"the peer ended its stream there"_s;
  }

  Result<QByteArray> encode(QByteArrayView payload) const override {
    if (payload.isEmpty()) {
      return fail(u"idle cannot carry an empty message: nothing would come"_s, u"send at least one byte"_s);
    }
    if (static_cast<quint64>(payload.size()) > maxMessage()) {
      return failOverLimit(static_cast<quint64>(payload.size()));
    }
    return payload.toByteArray();
  }

  qint64 finalAt(const StreamView &stream, const Message &message) const override {
    const qint64 last = stream.chunks.timeOf(message.end() - 1);
    if (last == noTime || last > std::numeric_limits<qint64>::max() - silence_) return noTime;
    return last + silence_;
  }
  bool readsChunks() const override { return true; }
  /// A message may have any number of chunks: an index then keeps states inside it.
  bool scansBytes() const override { return true; }

 private:
  /// Whether a silence ended when chunk `number` > 0 came.
  bool isSilence(const ChunkView &chunks, quint64 number) const {
    const qint64 before = chunks[number - 1].timeNs;
    const qint64 then = chunks[number].timeNs;
    return before != noTime && then != noTime && then - before >= silence_;
  }
  /// Whether nothing has come for long enough behind the last byte.
  bool isSilentNow(const StreamView &stream) const {
    const qint64 last = stream.chunks.timeOf(stream.size() - 1);
    return last != noTime && stream.nowNs != noTime && stream.nowNs - last >= silence_;
  }
  bool isEndedBySilence(const StreamView &stream, const Message &message) const {
    return message.end() == stream.size() && isSilentNow(stream);
  }
  /// How long nothing came behind `message` before the next chunk did; none where none has.
  static std::optional<qint64> gapBehind(const StreamView &stream, const Message &message) {
    if (message.end() >= stream.size()) return std::nullopt;
    const qint64 last = stream.chunks.timeOf(message.end() - 1);
    const qint64 next = stream.chunks.timeOf(message.end());
    return last == noTime || next == noTime ? std::nullopt : std::optional(next - last);
  }
  QString silenceWords() const { return grouped(milliseconds_) + u" ms"; }

  const qint64 milliseconds_;
  const qint64 silence_;  // nanoseconds
};

}  // namespace

FramingEntry idleEntry() {
  return {.kind = {.name = u"idle"_s,
                   .title = u"Silence"_s,
                   .summary = u"A message is what arrived before a silence."_s,
                   .argument = FramingOption{.name = {},
                                             .title = u"Silence, in milliseconds"_s,
                                             .kind = FramingOption::Kind::Number,
                                             .minimum = 1,
                                             .help = u"How long nothing comes where a message ends. A network may hold "
                                                     "bytes back for longer."_s},
                   .options = {maxOption()},
                   .examples = {u"idle:100"_s}},
          .make = [](const SpecValues &values) -> Result<FramerPtr> { return std::make_shared<IdleFramer>(values); }};
}

}  // namespace octetscope
