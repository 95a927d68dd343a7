#include "model/framing/length_framer.h"

#include "model/framing/framing_words.h"
#include "model/framing/length_field.h"
#include "model/framing/spec_framer.h"

#include <algorithm>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

class LengthFramer final : public SpecFramer {
 public:
  LengthFramer(const SpecValues &values, LengthField field)
      : SpecFramer(values),
        field_(std::move(field)),
        offset_(static_cast<quint64>(values.number("offset"_L1))),
        adjust_(values.number("adjust"_L1)) {
    if (values.has("strip"_L1)) strip_ = static_cast<quint64>(values.number("strip"_L1));
    const auto width = field_.fixedWidth();
    if (!width) return;
    // What the scan of a fixed-width field needs: the values that give a legal size, and what to add to them.
    const WideInt head = WideInt(offset_) + *width;
    const WideInt base = head + adjust_;
    const WideInt least = std::max(head, WideInt(strip_.value_or(0))) - base;
    const WideInt most = WideInt(maxMessage()) - base;
    lowest_ = static_cast<quint64>(std::max<WideInt>(least, 0));
    if (most < 0 || most < least) {
      noneFits_ = true;
    } else {
      span_ = static_cast<quint64>(std::min(most, WideInt(~0ULL))) - lowest_;
    }
    base_ = static_cast<quint64>(base);
  }

  void scan(const StreamView &stream, ScanState &state, MessageBatch &out) const override {
    using enum LengthType;
    switch (field_.type()) {
      case U8:
        return scanFixed<U8>(stream, state, out);
      case U16be:
        return scanFixed<U16be>(stream, state, out);
      case U16le:
        return scanFixed<U16le>(stream, state, out);
      case U24be:
        return scanFixed<U24be>(stream, state, out);
      case U24le:
        return scanFixed<U24le>(stream, state, out);
      case U32be:
        return scanFixed<U32be>(stream, state, out);
      case U32le:
        return scanFixed<U32le>(stream, state, out);
      case U64be:
        return scanFixed<U64be>(stream, state, out);
      case U64le:
        return scanFixed<U64le>(stream, state, out);
      case Varint:
      case Decimal:
        return scanVariable(stream, state, out);
    }
  }

  Message rest(const StreamView &stream, const ScanState &state) const override {
    const ByteView here = stream.bytes.view({state.at, stream.size()});
    Message message{state.at, here.size(), notInStream, 0, Status::Incomplete};
    if (here.empty()) return message;
    const Measure measure = measured(here);
    if (measure.isError()) {
      message.status = Status::Error;
    } else if (const auto begin = payloadBegin(measure); begin && *begin <= here.size()) {
      message.payloadOffset = state.at + *begin;
      message.payloadSize = here.size() - *begin;
    }
    return message;
  }

  Verdict verdict(const StreamView &stream, const Message &message) const override {
    if (message.status == Status::Complete) return {};
    const ByteView bytes = bytesOf(stream, message);
    const Measure measure = measured(bytes);
    return verdictOf(measure, message, [&] { return errorWords(measure, bytes, message.offset); });
  }

  QList<FramingPart> parts(const StreamView &stream, const Message &message, const ScanState &, ByteRange shown,
                           int most) const override {
    PartCollector parts(message, shown, most);
    const ByteView bytes = bytesOf(stream, message);
    const Measure measure = measured(bytes);
    const quint64 at = message.offset;
    const quint64 fieldAt = at + std::min<quint64>(offset_, message.size);
    const quint64 fieldEnd = fieldAt + measure.reading.width;
    const bool isRead = measure.reading.outcome == LengthField::Outcome::Read;
    // With strip=0, say, the field and what is before it belong to the payload; they are still what the framing reads.
    parts.add(PartRole::Head, {at, fieldAt}, u"before the length"_s);
    parts.add(PartRole::Length, {fieldAt, fieldEnd}, u"length"_s, isRead ? grouped(measure.reading.value) : QString());
    const quint64 end = message.end();
    if (measure.isError()) {
      parts.add(PartRole::Unread, {fieldEnd, end});
    } else {
      const quint64 payloadAt = std::clamp(at + payloadBegin(measure).value_or(0), fieldEnd, end);
      parts.add(PartRole::Head, {fieldEnd, payloadAt}, u"before the payload"_s);
      parts.add(PartRole::Payload, {payloadAt, end});
    }
    return parts.take();
  }

  QString explain(const StreamView &stream, const Message &message, quint64 number) const override {
    const ByteView bytes = bytesOf(stream, message);
    const Measure measure = measured(bytes);
    if (measure.isError()) {
      return stoppedWords(errorWords(measure, bytes, message.offset) + otherOrderWords(measure, bytes), message.offset);
    }
    const StreamEnd end = endFor(stream, message);
    if (measure.outcome == Measure::FieldCut) {
      return field_.cutWords(measure.reading, bytes.subspan(std::min<quint64>(offset_, bytes.size())),
                             message.offset + offset_, u"message "_s + grouped(number), end);
    }
    QString words =
        field_.readWords(measure.reading, offset_ > 0 ? std::optional(message.offset + offset_) : std::nullopt);
    if (adjust_ != 0) words += u", adjusted by "_s + (adjust_ > 0 ? u"+"_s : QString()) + grouped(adjust_);
    return words + endsAtWords(message.range(), number, measure.size, end);
  }

  QString because(const StreamView &stream, const Message &message) const override {
    const ByteView bytes = bytesOf(stream, message);
    const Measure measure = measured(bytes);
    if (measure.outcome == Measure::FieldCut) {
      return u"its length (%1, from byte %2 on) is not all here"_s.arg(field_.typeName(),
                                                                       grouped(message.offset + offset_));
    }
    QString words = field_.becauseWords(measure.reading, bytes.subspan(offset_), message.offset + offset_);
    if (adjust_ != 0) words += u", adjusted by "_s + (adjust_ > 0 ? u"+"_s : QString()) + grouped(adjust_);
    return words;
  }

  std::optional<LengthRead> lengthRead(const StreamView &stream, const Message &message) const override {
    const Measure measure = measured(bytesOf(stream, message));
    if (measure.reading.outcome != LengthField::Outcome::Read) return std::nullopt;
    return LengthRead{ByteRange::ofSize(message.offset + offset_, measure.reading.width), measure.reading.value,
                      field_.typeName()};
  }

  Result<QByteArray> encode(QByteArrayView payload) const override;

 private:
  /// What the bytes of a message, as far as they are here, say about its size.
  struct Measure {
    enum Outcome : quint8 { FieldCut, Sized, FieldBad, HeadTooLarge, TooSmall, TooLarge };
    Outcome outcome = FieldCut;
    LengthField::Reading reading = {};
    WideInt size = 0;  ///< Sized, TooSmall, TooLarge: the announced size; HeadTooLarge: of the head alone

    bool isSized() const { return outcome == Sized; }
    bool isError() const { return outcome >= FieldBad; }
  };

  Measure measured(ByteView bytes) const {
    Measure measure;
    if (bytes.empty()) return measure;
    if (bytes.size() > offset_) measure.reading = field_.read(bytes.subspan(offset_));
    const LengthField::Reading &reading = measure.reading;
    if (reading.outcome == LengthField::Outcome::Bad) {
      measure.outcome = Measure::FieldBad;
      return measure;
    }
    const bool isRead = reading.outcome == LengthField::Outcome::Read;
    const WideInt head = WideInt(offset_) + (isRead ? reading.width : field_.leastWidthOf(reading));
    measure.size = head;
    if (head > WideInt(maxMessage())) {
      measure.outcome = Measure::HeadTooLarge;
    } else if (isRead) {
      measure.size = head + reading.value + adjust_;
      measure.outcome = measure.size < head || measure.size < WideInt(strip_.value_or(0)) ? Measure::TooSmall
                        : measure.size > WideInt(maxMessage())                            ? Measure::TooLarge
                                                                                          : Measure::Sized;
    }
    return measure;
  }

  /// Where the payload begins within the message, where that is known already.
  std::optional<quint64> payloadBegin(const Measure &measure) const {
    if (strip_) return strip_;
    if (measure.reading.outcome == LengthField::Outcome::Read) return offset_ + measure.reading.width;
    if (const auto width = field_.fixedWidth()) return offset_ + *width;
    return std::nullopt;
  }

  QString errorWords(const Measure &measure, ByteView bytes, quint64 at) const {
    if (measure.outcome == Measure::FieldBad) return field_.badWords(bytes.subspan(offset_), at + offset_);
    if (measure.outcome == Measure::HeadTooLarge) {
      return u"the length field alone ends %1 into the message, over the limit of %2"_s.arg(byteCount(measure.size),
                                                                                            grouped(maxMessage()));
    }
    const QString announced = u"%1 announce%2 a message of %3"_s.arg(
        field_.placeWords(bytes.subspan(offset_, measure.reading.width), at + offset_),
        measure.reading.width == 1 ? u"s"_s : QString(), byteCount(measure.size));
    if (measure.outcome == Measure::TooLarge) return announced + u", over the limit of "_s + grouped(maxMessage());
    const quint64 head = offset_ + measure.reading.width;
    if (measure.size < WideInt(head))
      return announced + u", less than the %1 up to the end of its length field"_s.arg(byteCount(head));
    return announced + u", less than the %1 to strip"_s.arg(byteCount(*strip_));
  }

  /// Where a length is over the limit and would not be in the other byte order, that is worth saying.
  QString otherOrderWords(const Measure &measure, ByteView bytes) const {
    if (measure.outcome != Measure::TooLarge) return {};
    const auto other = field_.otherOrder();
    if (!other) return {};
    const LengthField::Reading reading = other->read(bytes.subspan(offset_));
    const WideInt size = WideInt(offset_) + reading.width + reading.value + adjust_;
    if (size > WideInt(maxMessage()) || size < WideInt(offset_) + reading.width) return {};
    return u"; in the other byte order (%1) they say %2"_s.arg(other->typeName(), grouped(reading.value));
  }

  template <LengthType type>
  void scanFixed(const StreamView &stream, ScanState &state, MessageBatch &out) const {
    const quint64 head = offset_ + static_cast<quint64>(widthOf(type));
    const quint64 end = stream.size();
    quint64 at = state.at;
    if (head > maxMessage() || noneFits_) {
      state.stopped = at < end;
      return;
    }
    if (end - at < head) return;
    const std::uint8_t *const bytes = stream.bytes.data();
    const std::uint8_t *const field = bytes + offset_;
    const quint64 strip = strip_.value_or(head);
    const quint64 lowest = lowest_;
    const quint64 span = std::min(span_, farthest);
    const quint64 base = base_;
    MessageBatch::Writer writer(out);
    // One bound for both: a field that is wholly here, and room in the batch.
    for (const quint64 bound = std::min(end - head + 1, writer.fullAt()); at < bound;) {
      // Each length says where the next one is, so the processor cannot run ahead by itself. An address behind the end
      // does no harm there, but no pointer may be made of it.
      __builtin_prefetch(
          reinterpret_cast<const void *>(reinterpret_cast<std::uintptr_t>(bytes) + at + prefetchDistance));
      const quint64 value = loadLength<type>(field + at);
      if (value - lowest > span) {
        state.stopped = value - lowest > span_;
        break;
      }
      const quint64 size = value + base;
      const quint64 next = at + size;
      if (next > end) break;
      const Message message{at, size, at + strip, size - strip, Status::Complete};
      at = next;
      if (!writer.add(message)) break;
    }
    state.at = state.scanned = at;
  }

  void scanVariable(const StreamView &stream, ScanState &state, MessageBatch &out) const {
    scanAnnounced(
        stream, state, out, [this](ByteView here) { return measured(here); },
        [this](const Measure &measure, quint64 at, quint64 size) {
          const quint64 strip = *payloadBegin(measure);
          return Message{at, size, at + strip, size - strip, Status::Complete};
        });
  }

  static constexpr quint64 prefetchDistance = 2048;
  static constexpr quint64 farthest = 1ULL << 62;  // no stream reaches that far, and sums with it do not overflow

  LengthField field_;
  quint64 offset_;
  qint64 adjust_;
  std::optional<quint64> strip_;  // none: up to the end of the field
  bool noneFits_ = false;         // no value gives a legal size
  quint64 lowest_ = 0;            // the smallest value that does
  quint64 span_ = 0;              // and how far the greatest is from it
  quint64 base_ = 0;              // size = value + base_, modulo 2^64
};

Result<QByteArray> LengthFramer::encode(QByteArrayView payload) const {
  // A field of fixed width says it directly. One whose width depends on the value is tried with each width there is,
  // the shortest first: with `strip` given, the width changes the value.
  const quint64 payloadSize = static_cast<quint64>(payload.size());
  const quint64 leastWidth = field_.fixedWidth().value_or(1);
  const quint64 mostWidth = field_.fixedWidth().value_or(field_.leastWidth() + 20);
  for (quint64 width = leastWidth; width <= mostWidth; ++width) {
    const WideInt head = WideInt(offset_) + width;
    const WideInt size = strip_ ? WideInt(*strip_) + payloadSize : head + payloadSize;
    const WideInt value = size - head - adjust_;
    const bool isLast = width == mostWidth;
    if (size > WideInt(maxMessage())) return failOverLimit(static_cast<quint64>(size));
    if (size < head || value < 0) {
      if (!isLast) continue;
      return fail(u"a payload of %1 is too short: the message would have %2 and its length %3"_s.arg(
                      byteCount(payloadSize), byteCount(size), grouped(value)),
                  u"send more, or change adjust= or strip="_s);
    }
    const auto written = value > WideInt(~0ULL) ? std::nullopt : field_.write(static_cast<quint64>(value), width);
    if (!written) {
      if (!isLast) continue;
      return fail(u"a length of %1 does not fit %2"_s.arg(grouped(value), field_.typeName()),
                  u"send at most %1 at once, or take a wider length field"_s.arg(grouped(field_.greatest())));
    }
    // What is not payload is zero but for the field. Where the payload holds (a part of) the field, as with strip=0,
    // it must say the right length already.
    QByteArray message(static_cast<qsizetype>(size - payloadSize), '\0');
    message += payload;
    const qsizetype fieldAt = static_cast<qsizetype>(offset_);
    const qsizetype ownBytes =
        std::clamp<qsizetype>(static_cast<qsizetype>(size - payloadSize) - fieldAt, 0, written->size());
    message.replace(fieldAt, ownBytes, written->first(ownBytes));
    if (QByteArrayView(message).sliced(fieldAt, written->size()) != *written) {
      if (!isLast) continue;
      return fail(u"the payload holds the message's length and it is wrong: %1 must be %2"_s.arg(
                      bytesAt(ByteRange::ofSize(static_cast<quint64>(fieldAt), static_cast<quint64>(written->size()))),
                      hexWords(viewOf(*written))),
                  u"put the right length there"_s);
    }
    return message;
  }
  Q_UNREACHABLE();
}

Result<FramerPtr> makeLength(const SpecValues &values) {
  auto field = LengthField::fromSpec(values);
  if (!field) return std::unexpected(field.error());
  return std::make_shared<LengthFramer>(values, *std::move(field));
}

}  // namespace

FramingEntry lengthEntry() {
  using Kind = FramingOption::Kind;
  return {.kind = {.name = u"length"_s,
                   .title = u"Length field"_s,
                   .summary = u"A number at the front says how long the message is."_s,
                   .argument = FramingOption{.name = {},
                                             .title = u"Type of the length"_s,
                                             .kind = Kind::Choice,
                                             .choices = LengthField::typeNames(),
                                             .help = u"How the number is written: its bits and byte order, LEB128 "
                                                     "(varint), or decimal digits and a space."_s},
                   .options = {{.name = u"offset"_s,
                                .title = u"Bytes before the length"_s,
                                .kind = Kind::Bytes,
                                .defaultValue = u"0"_s,
                                .minimum = 0,
                                .help = u"How many bytes of the message come before the length field; they are sent as "
                                        "zeros."_s},
                               {.name = u"adjust"_s,
                                .title = u"Added to the length"_s,
                                .kind = Kind::Number,
                                .defaultValue = u"0"_s,
                                .help = u"Added to the number read, so that it counts what follows the field: negative "
                                        "where it counts the head too."_s},
                               {.name = u"strip"_s,
                                .title = u"Leading bytes left out"_s,
                                .kind = Kind::Bytes,
                                .minimum = 0,
                                .help = u"How many leading bytes are not payload; by default all up to the end of the "
                                        "length field."_s},
                               LengthField::endOption(),
                               maxOption()},
                   .examples = {u"length:u16be"_s, u"length:u32be,adjust=-4"_s, u"length:u16be,offset=2,strip=0"_s,
                                u"length:varint"_s, u"length:decimal"_s}},
          .make = makeLength};
}

}  // namespace octetscope
