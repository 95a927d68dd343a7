#include "model/framing/sync_framer.h"

#include "model/framing/spec_framer.h"
#include "model/framing/sync_rule.h"

#include <cstring>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

class SyncFramer final : public SpecFramer {
 public:
  SyncFramer(const SpecValues &values, SyncRule rule) : SpecFramer(values), rule_(std::move(rule)) {}

  // state.own: 1 where the next sync word is looked for, 2 where a checksum is summed up; and that sum. Both are done
  // up to state.scanned.
  void scan(const StreamView &stream, ScanState &state, MessageBatch &out) const override {
    const ByteView bytes = stream.bytes.view();
    while (state.at < bytes.size()) {
      Message message;
      if (state.own[0] != hunting) {
        const SyncRule::Measure measure = rule_.measured(bytes.subspan(state.at));
        if (measure.isError()) {
          state.own = {hunting};
          state.scanned = state.at + readSize(measure);
        } else if (measure.outcome != SyncRule::Measure::Sized) {
          return;
        } else {
          const quint64 size = measure.wholeSize();
          sumUp(bytes, size, state);
          if (size > bytes.size() - state.at) return;
          message = messageOf(bytes, measure, state);
        }
      }
      if (state.own[0] == hunting) {
        const auto next = findWord(bytes, state);
        if (!next) return;
        message = {state.at, *next - state.at, notInStream, 0, Status::Error};
      }
      state.at = state.scanned = message.end();
      state.own = {};
      if (!out.add(message)) return;
    }
  }

  Message rest(const StreamView &stream, const ScanState &state) const override {
    const ByteView here = stream.bytes.view({state.at, stream.size()});
    Message message{state.at, here.size(), notInStream, 0, Status::Incomplete};
    if (here.empty()) return message;
    const SyncRule::Measure measure = rule_.measured(here);
    if (state.own[0] == hunting || measure.isError()) {
      message.status = Status::Error;
      return message;
    }
    const auto begin = rule_.payloadBegin(measure);
    quint64 end = here.size();
    if (measure.outcome == SyncRule::Measure::Sized) end = std::min(end, rule_.payloadEnd(measure.wholeSize()));
    if (begin && *begin <= end) {
      message.payloadOffset = state.at + *begin;
      message.payloadSize = end - *begin;
    }
    return message;
  }

  // What is said of a message in error without an end may lie behind it: the next sync word can stand in its head.
  Verdict verdict(const StreamView &stream, const Message &message) const override {
    return verdictFrom(stream, message, ScanState::startingAt(message.offset));
  }

  Verdict verdictFrom(const StreamView &stream, const Message &message, const ScanState &state) const override {
    if (message.status == Status::Complete) return {};
    const SyncRule::Measure measure = measureOf(stream, message);
    if (message.status == Status::Error) return {.needs = {}, .error = errorWords(stream, message, measure, state)};
    // While its sync word is not all here, it may be none.
    if (measure.outcome != SyncRule::Measure::Sized || message.size < rule_.wordSize()) return {};
    return {.needs = measure.wholeSize() - message.size};
  }

  QList<FramingPart> parts(const StreamView &stream, const Message &message, const ScanState &state, ByteRange shown,
                           int most) const override;
  QString explain(const StreamView &stream, const Message &message, quint64 number) const override {
    return explainFrom(stream, message, number, ScanState::startingAt(message.offset));
  }
  QString explainFrom(const StreamView &stream, const Message &message, quint64 number,
                      const ScanState &state) const override;
  QString because(const StreamView &stream, const Message &message) const override;

  // While the next sync word is looked for it is one once it is whole.
  quint64 seenFrom(const StreamView &stream, const Message &message, const Message *before) const override {
    const bool isHunted = before && before->status == Status::Error && measureOf(stream, *before).isError();
    return message.offset + (isHunted ? rule_.wordSize() - 1 : 0);
  }

  std::optional<LengthRead> lengthRead(const StreamView &stream, const Message &message) const override {
    const SyncRule::Measure measure = measureOf(stream, message);
    if (!rule_.length || measure.reading.outcome != LengthField::Outcome::Read) return std::nullopt;
    const ByteRange field = ByteRange::ofSize(message.offset + rule_.fieldAt(), measure.reading.width);
    if (field.end > message.end()) return std::nullopt;
    return LengthRead{field, measure.reading.value, rule_.length->typeName()};
  }

  Result<QByteArray> encode(QByteArrayView payload) const override { return rule_.encode(payload); }

  quint64 givesBack() const override { return rule_.wordSize() - 1; }
  bool scansBytes() const override { return true; }

 private:
  static constexpr quint64 hunting = 1;
  static constexpr quint64 summing = 2;

  SyncRule::Measure measureOf(const StreamView &stream, const Message &message) const {
    const quint64 end = message.status == Status::Error ? stream.size() : message.end();
    return rule_.measured(stream.bytes.view({message.offset, end}));
  }

  /// How many bytes were read of a message of which nothing says where it ends: behind them the next one may begin.
  quint64 readSize(const SyncRule::Measure &measure) const {
    return measure.reading.width > 0 ? rule_.fieldAt() + measure.reading.width : 1;
  }

  QString word() const { return hexWords(viewOf(rule_.word)); }

  /// Goes on summing up what the checksum covers of the message of `size` bytes at state.at, as far as it is here.
  void sumUp(ByteView bytes, quint64 size, ScanState &state) const {
    if (!rule_.checksum) return;
    const ByteRange covered = rule_.covered(size);
    Checksum::Running running = rule_.checksum->start();
    if (state.own[0] == summing) running = {state.own[1], state.own[2]};
    const quint64 begin = std::max(state.own[0] == summing ? state.scanned : 0, state.at + covered.begin);
    const quint64 end = std::min<quint64>(bytes.size(), state.at + covered.end);
    if (begin < end) rule_.checksum->add(running, bytes.subspan(begin, end - begin));
    state.own = {summing, running.low, running.high};
    state.scanned = bytes.size();
  }

  Message messageOf(ByteView bytes, const SyncRule::Measure &measure, const ScanState &state) const {
    const quint64 size = measure.wholeSize();
    if (rule_.checksum) {
      const ByteRange check = rule_.checkRange(size);
      const WideUInt said = rule_.checksum->read(bytes.subspan(state.at + check.begin, check.size()), rule_.order);
      if (said != rule_.checksum->value({state.own[1], state.own[2]})) {
        return {state.at, size, notInStream, 0, Status::Error};
      }
    }
    const quint64 begin = rule_.payloadBegin(measure).value_or(size);
    return {state.at, size, state.at + begin, rule_.payloadEnd(size) - begin, Status::Complete};
  }

  /// The next sync word behind the first byte of the message; none: state.scanned is how far it was looked for.
  std::optional<quint64> findWord(ByteView bytes, ScanState &state) const {
    // A sync word may have begun in what was looked at before.
    const quint64 overlap = rule_.wordSize() - 1;
    const quint64 from = std::max(state.at + readSize(rule_.measured(bytes.subspan(state.at))),
                                  state.scanned - std::min(state.scanned, overlap));
    if (from < bytes.size()) {
      const void *const found =
          ::memmem(bytes.data() + from, bytes.size() - from, rule_.word.constData(), rule_.wordSize());
      if (found) return static_cast<quint64>(static_cast<const std::uint8_t *>(found) - bytes.data());
    }
    state.scanned = bytes.size();
    return std::nullopt;
  }

  QString errorWords(const StreamView &stream, const Message &message, const SyncRule::Measure &measure,
                     const ScanState &state) const;
  QString announcedWords(ByteView bytes, quint64 at, const SyncRule::Measure &measure) const;
  QString sizeWords(const SyncRule::Measure &measure, quint64 at) const;

  SyncRule rule_;
};

QString SyncFramer::announcedWords(ByteView bytes, quint64 at, const SyncRule::Measure &measure) const {
  if (!rule_.length) return u"a message of %1"_s.arg(byteCount(measure.size));
  return u"%1 announce%2 a message of %3"_s.arg(
      rule_.length->placeWords(bytes.subspan(rule_.fieldAt(), measure.reading.width), at + rule_.fieldAt()),
      measure.reading.width == 1 ? u"s"_s : QString(), byteCount(measure.size));
}

QString SyncFramer::errorWords(const StreamView &stream, const Message &message, const SyncRule::Measure &measure,
                               const ScanState &state) const {
  const quint64 at = message.offset;
  const ByteView bytes = stream.bytes.view({at, stream.size()});
  switch (measure.outcome) {
    case SyncRule::Measure::NoWord: {
      quint64 wrong = 0;
      while (bytes[wrong] == static_cast<std::uint8_t>(rule_.word[static_cast<qsizetype>(wrong)])) ++wrong;
      return u"byte %1 is %2 where the sync word (%3) has %4"_s.arg(grouped(at + wrong), byteName(bytes[wrong]), word(),
                                                                    hexWords(viewOf(rule_.word).subspan(wrong, 1)));
    }
    case SyncRule::Measure::FieldBad:
      return rule_.length->badWords(bytes.subspan(rule_.fieldAt()), at + rule_.fieldAt());
    case SyncRule::Measure::HeadTooLarge:
      return u"the sync word and what is up to the end of the length field alone have %1, over the limit of %2"_s.arg(
          byteCount(measure.size), grouped(maxMessage()));
    case SyncRule::Measure::TooLarge:
      return announcedWords(bytes, at, measure) + u", over the limit of "_s + grouped(maxMessage());
    case SyncRule::Measure::TooSmall:
      return announcedWords(bytes, at, measure) +
             u", less than the %1 that the framing itself needs"_s.arg(byteCount(measure.least));
    default:
      break;
  }
  const ByteRange check = rule_.checkRange(measure.wholeSize());
  const ByteRange covered = rule_.covered(measure.wholeSize());
  const WideUInt said = rule_.checksum->read(bytes.subspan(check.begin, check.size()), rule_.order);
  // What a scan had summed up already is not summed up again.
  ScanState sum = state.at == at && state.own[0] == summing ? state : ScanState::startingAt(at);
  sumUp(stream.bytes.view(), measure.wholeSize(), sum);
  const WideUInt right = rule_.checksum->value({sum.own[1], sum.own[2]});
  return u"the checksum at %1 says %2, but the %3 of %4 is %5"_s.arg(
      bytesAt({at + check.begin, at + check.end}), rule_.checksum->words(said), rule_.checksum->name(),
      covered.isEmpty() ? u"no bytes"_s : bytesAt({at + covered.begin, at + covered.end}),
      rule_.checksum->words(right));
}

QList<FramingPart> SyncFramer::parts(const StreamView &stream, const Message &message, const ScanState &,
                                     ByteRange shown, int most) const {
  PartCollector parts(message, shown, most);
  const SyncRule::Measure measure = measureOf(stream, message);
  const quint64 at = message.offset;
  const quint64 size = message.size;
  if (measure.outcome == SyncRule::Measure::NoWord) {
    parts.add(PartRole::Unread, message.range());
    return parts.take();
  }
  const bool isSized = measure.outcome == SyncRule::Measure::Sized;
  const ByteRange check = isSized && rule_.checksum ? rule_.checkRange(measure.wholeSize()) : ByteRange{size, size};
  // In order; where the checksum lies in the midst of a part, it cuts it in two.
  const auto add = [&](PartRole role, quint64 begin, quint64 end, const QString &name, const QString &value = {}) {
    if (begin <= check.begin && check.begin < end) {
      parts.add(role, {at + begin, at + check.begin}, name, value);
      begin = check.begin;
    }
    if (check.contains(begin) && begin < end) {
      const ByteView bytes = bytesOf(stream, message);
      const bool isWhole = check.end <= bytes.size();
      parts.add(PartRole::Head, {at + check.begin, at + check.end}, u"checksum"_s,
                isWhole
                    ? rule_.checksum->words(rule_.checksum->read(bytes.subspan(check.begin, check.size()), rule_.order))
                    : QString());
      begin = check.end;
    }
    if (begin < end) parts.add(role, {at + begin, at + end}, name, value);
  };
  const quint64 wordEnd = rule_.wordSize();
  add(PartRole::Head, 0, wordEnd, u"sync word"_s);
  quint64 headEnd = wordEnd;
  if (rule_.length) {
    const bool isRead = measure.reading.outcome == LengthField::Outcome::Read;
    const quint64 fieldAt = std::min(rule_.fieldAt(), size);
    headEnd = std::min(fieldAt + measure.reading.width, size);
    add(PartRole::Head, wordEnd, fieldAt, u"before the length"_s);
    add(PartRole::Length, fieldAt, headEnd, u"length"_s, isRead ? grouped(measure.reading.value) : QString());
  }
  if (!isSized) {
    add(measure.isError() ? PartRole::Unread : PartRole::Payload, headEnd, size, {});
    return parts.take();
  }
  const quint64 payloadEnd = rule_.payloadEnd(measure.wholeSize());
  const quint64 payloadBegin = std::clamp(rule_.payloadBegin(measure).value_or(headEnd), headEnd, payloadEnd);
  add(PartRole::Head, headEnd, payloadBegin, u"before the payload"_s);
  add(PartRole::Payload, payloadBegin, payloadEnd, {});
  add(PartRole::Head, payloadEnd, measure.wholeSize(), u"behind the checksum"_s);
  return parts.take();
}

/// "Read 2 bytes at byte 4 as <H → 38, adjusted by +2".
QString SyncFramer::sizeWords(const SyncRule::Measure &measure, quint64 at) const {
  if (!rule_.length) return u"Found the sync word (%1) at %2"_s.arg(word(), bytesAt({at, at + rule_.wordSize()}));
  QString words = rule_.length->readWords(measure.reading, at + rule_.fieldAt());
  if (rule_.adjust != 0) words += u", adjusted by "_s + (rule_.adjust > 0 ? u"+"_s : QString()) + grouped(rule_.adjust);
  return words;
}

QString SyncFramer::explainFrom(const StreamView &stream, const Message &message, quint64 number,
                                const ScanState &state) const {
  const SyncRule::Measure measure = measureOf(stream, message);
  const StreamEnd end = endFor(stream, message);
  const quint64 at = message.offset;
  if (message.status == Status::Error) {
    const QString words = capitalised(errorWords(stream, message, measure, state)) + u". "_s;
    if (!measure.isError()) {
      return words + u"Framing goes on at byte %1, where %2 says that the message ends."_s.arg(
                         grouped(message.end()), rule_.length ? u"its length"_s : u"size="_s);
    }
    if (message.end() < stream.size()) {
      return words + u"Framing goes on at the next sync word, at byte %1."_s.arg(grouped(message.end()));
    }
    return words + (end == StreamEnd::Open ? u"Framing will go on at the next sync word (%1)."_s.arg(word())
                                           : u"No sync word follows: "_s + waitingWords(end));
  }
  if (message.size < rule_.wordSize()) {
    return u"%1 may begin the sync word (%2). "_s.arg(capitalised(bytesAt(message.range())), word()) +
           missingWords(message.size, rule_.wordSize(), end);
  }
  if (measure.outcome != SyncRule::Measure::Sized) {
    const ByteView bytes = bytesOf(stream, message);
    return rule_.length->cutWords(measure.reading, bytes.subspan(std::min<quint64>(rule_.fieldAt(), bytes.size())),
                                  at + rule_.fieldAt(), u"message "_s + grouped(number), end);
  }
  const QString words =
      sizeWords(measure, at) + u", so message %1 ends at byte %2. "_s.arg(grouped(number), grouped(at + measure.size));
  if (message.status == Status::Incomplete) return words + missingWords(message.size, measure.size, end);
  if (!rule_.checksum) return words + allHereWords(message.size);
  return words + u"All %1 are here, and the %2 is right."_s.arg(byteCount(message.size), rule_.checksum->name());
}

QString SyncFramer::because(const StreamView &stream, const Message &message) const {
  const SyncRule::Measure measure = measureOf(stream, message);
  if (measure.isError()) return u"no sync word (%1) came in %2"_s.arg(word(), byteCount(message.size));
  if (measure.outcome != SyncRule::Measure::Sized) {
    return message.size < rule_.wordSize() ? u"its sync word (%1) is not all here"_s.arg(word())
                                           : u"its length (%1, from byte %2 on) is not all here"_s.arg(
                                                 rule_.length->typeName(), grouped(message.offset + rule_.fieldAt()));
  }
  if (!rule_.length) return u"every message has %1"_s.arg(byteCount(rule_.size));
  QString words = rule_.length->becauseWords(measure.reading, bytesOf(stream, message).subspan(rule_.fieldAt()),
                                             message.offset + rule_.fieldAt());
  if (rule_.adjust != 0) words += u", adjusted by "_s + (rule_.adjust > 0 ? u"+"_s : QString()) + grouped(rule_.adjust);
  return words;
}

}  // namespace

FramingEntry syncEntry() {
  using Kind = FramingOption::Kind;
  return {
      .kind =
          {.name = u"sync"_s,
           .title = u"Sync word"_s,
           .summary = u"A message begins with a sync word; a length field or a fixed size says where it ends, and a "
                      "checksum is verified."_s,
           .argument = FramingOption{.name = {},
                                     .title = u"Sync word"_s,
                                     .kind = Kind::Hex,
                                     .help = u"The bytes that every message begins with, in hex."_s},
           .options = {{.name = u"length"_s,
                        .title = u"Type of the length"_s,
                        .kind = Kind::Choice,
                        .choices = LengthField::typeNames(),
                        .help = u"How the length is written; without one, every message has size= bytes."_s,
                        .word = u"TYPE"_s},
                       {.name = u"offset"_s,
                        .title = u"Bytes before the length"_s,
                        .kind = Kind::Bytes,
                        .defaultValue = u"0"_s,
                        .minimum = 0,
                        .help = u"How many bytes stand between the sync word and the length field."_s},
                       {.name = u"adjust"_s,
                        .title = u"Added to the length"_s,
                        .kind = Kind::Number,
                        .defaultValue = u"0"_s,
                        .help = u"The message ends value + adjust bytes behind the length field; a length that does "
                                "not count the checksum needs its bytes here."_s},
                       {.name = u"size"_s,
                        .title = u"Size of every message"_s,
                        .kind = Kind::Bytes,
                        .minimum = 1,
                        .help = u"Bytes of the whole message, sync word and checksum included, where there is no "
                                "length field."_s},
                       {.name = u"strip"_s,
                        .title = u"Leading bytes left out"_s,
                        .kind = Kind::Bytes,
                        .minimum = 0,
                        .help = u"How many leading bytes are not payload, the sync word included; by default all up "
                                "to the end of the length field."_s},
                       {.name = u"checksum"_s,
                        .title = u"Checksum"_s,
                        .kind = Kind::Choice,
                        .choices = Checksum::names(),
                        .help = u"The algorithm of the checksum: a name of the CRC catalogue, sum8, xor8 or adler32; "
                                "the checksum itself is not payload."_s,
                        .word = u"NAME"_s,
                        .aliases = Checksum::aliases()},
                       {.name = u"from"_s,
                        .title = u"Checked from byte"_s,
                        .kind = Kind::Bytes,
                        .minimum = 0,
                        .help = u"The first byte that the checksum covers, counted from the message's begin, the "
                                "sync word included, by default 0; it covers all up to itself or, where it stands "
                                "before them, to the message's end."_s},
                       {.name = u"at"_s,
                        .title = u"Place of the checksum"_s,
                        .kind = Kind::Number,
                        .help = u"Where the checksum begins, counted from the message's begin, below 0 from its end; "
                                "by default it is last."_s},
                       {.name = u"order"_s,
                        .title = u"Byte order of the checksum"_s,
                        .kind = Kind::Choice,
                        .choices = {u"be"_s, u"le"_s},
                        .help = u"Big- or little-endian; by default little-endian for CRCs that the catalogue "
                                "reflects (refout), big-endian for all others."_s},
                       {.name = u"end"_s,
                        .title = u"After the digits"_s,
                        .kind = Kind::Text,
                        .help = u"What follows the digits of a decimal length; by default a space."_s},
                       maxOption()},
           // The second is as in Dynamixel 2.0, the third as in the Swift Binary Protocol.
           .examples = {u"sync:AA55,length=u16be"_s,
                        u"sync:FFFFFD00,length=u16le,offset=1,checksum=crc-16/umts,order=le"_s,
                        u"sync:55,length=u8,offset=4,adjust=2,checksum=crc-16/xmodem,from=1,order=le"_s,
                        u"sync:7F,size=20,checksum=xor8"_s}},
      .make = [](const SpecValues &values) -> Result<FramerPtr> {
        auto rule = SyncRule::fromSpec(values);
        if (!rule) return std::unexpected(rule.error());
        return std::make_shared<SyncFramer>(values, *std::move(rule));
      }};
}

}  // namespace octetscope
