#include "model/framing/tlv_framer.h"

#include "model/framing/framing_words.h"
#include "model/framing/length_field.h"
#include "model/framing/spec_framer.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

class TlvFramer final : public SpecFramer {
 public:
  TlvFramer(const SpecValues &values, LengthField tag, LengthField length)
      : SpecFramer(values),
        tag_(std::move(tag)),
        length_(std::move(length)),
        sentTag_(static_cast<quint64>(values.number("tag"_L1))) {}

  void scan(const StreamView &stream, ScanState &state, MessageBatch &out) const override {
    while (!state.stopped && state.at < stream.size()) {
      const ByteView here = stream.bytes.view({state.at, stream.size()});
      const Measure measure = measured(here);
      state.stopped = measure.isError();
      if (measure.outcome != Measure::Sized || measure.size > WideInt(here.size())) break;
      const quint64 size = static_cast<quint64>(measure.size);
      const quint64 head = measure.head();
      const Message message{state.at, size, state.at + head, size - head, Status::Complete};
      state.at = state.scanned = message.end();
      if (!out.add(message)) break;
    }
  }

  Message rest(const StreamView &stream, const ScanState &state) const override {
    const ByteView here = stream.bytes.view({state.at, stream.size()});
    Message message{state.at, here.size(), notInStream, 0, Status::Incomplete};
    const Measure measure = measured(here);
    if (measure.isError()) {
      message.status = Status::Error;
    } else if (measure.outcome == Measure::Sized) {
      message.payloadOffset = state.at + measure.head();
      message.payloadSize = here.size() - measure.head();
    }
    return message;
  }

  Verdict verdict(const StreamView &stream, const Message &message) const override {
    if (message.status == Status::Complete) return {};
    const ByteView bytes = bytesOf(stream, message);
    const Measure measure = measured(bytes);
    if (measure.isError()) return {.needs = {}, .error = errorWords(measure, bytes, message.offset)};
    if (measure.outcome != Measure::Sized) return {};
    return {.needs = static_cast<quint64>(measure.size - message.size)};
  }

  QList<FramingPart> parts(const StreamView &stream, const Message &message, const ScanState &, ByteRange shown,
                           int most) const override {
    PartCollector parts(message, shown, most);
    const Measure measure = measured(bytesOf(stream, message));
    const quint64 lengthAt = message.offset + measure.tag.width;
    const quint64 valueAt = message.offset + measure.head();
    parts.add(PartRole::Head, {message.offset, lengthAt}, u"tag"_s, valueWords(measure.tag));
    parts.add(PartRole::Length, {lengthAt, valueAt}, u"length"_s, valueWords(measure.length));
    parts.add(measure.isError() ? PartRole::Unread : PartRole::Payload, {valueAt, message.end()},
              measure.isError() ? QString() : u"value"_s);
    return parts.take();
  }

  QString explain(const StreamView &stream, const Message &message, quint64 number) const override {
    const ByteView bytes = bytesOf(stream, message);
    const Measure measure = measured(bytes);
    if (measure.isError()) return stoppedWords(errorWords(measure, bytes, message.offset), message.offset);
    const StreamEnd end = endFor(stream, message);
    const QString owner = u"message "_s + grouped(number);
    if (measure.outcome == Measure::TagCut) {
      return tag_.cutWords(measure.tag, bytes, message.offset, owner, end, u"tag"_s);
    }
    const quint64 lengthAt = message.offset + measure.tag.width;
    const QString tag = tag_.readWords(measure.tag) + u", the tag. "_s;
    if (measure.outcome == Measure::LengthCut) {
      return tag + length_.cutWords(measure.length, bytes.subspan(measure.tag.width), lengthAt, owner, end);
    }
    return tag + length_.readWords(measure.length, lengthAt) +
           u", so message %1 ends at byte %2. "_s.arg(grouped(number), grouped(message.offset + measure.size)) +
           (message.status == Status::Complete ? allHereWords(message.size)
                                               : missingWords(message.size, measure.size, end));
  }

  QString because(const StreamView &stream, const Message &message) const override {
    const ByteView bytes = bytesOf(stream, message);
    const Measure measure = measured(bytes);
    const quint64 lengthAt = message.offset + measure.tag.width;
    if (measure.length.outcome == LengthField::Outcome::Read) {
      return length_.becauseWords(measure.length, bytes.subspan(measure.tag.width), lengthAt);
    }
    if (measure.tag.outcome != LengthField::Outcome::Read) {
      return u"its tag (%1, from byte %2 on) is not all here"_s.arg(tag_.typeName(), grouped(message.offset));
    }
    return u"its length (%1, from byte %2 on) is not all here"_s.arg(length_.typeName(), grouped(lengthAt));
  }

  std::optional<LengthRead> lengthRead(const StreamView &stream, const Message &message) const override {
    const Measure measure = measured(bytesOf(stream, message));
    if (measure.length.outcome != LengthField::Outcome::Read) return std::nullopt;
    return LengthRead{ByteRange::ofSize(message.offset + measure.tag.width, measure.length.width), measure.length.value,
                      length_.typeName()};
  }

  Result<QByteArray> encode(QByteArrayView payload) const override {
    const quint64 size = static_cast<quint64>(payload.size());
    const auto length = length_.write(size);
    if (!length) {
      return fail(u"a length of %1 does not fit %2"_s.arg(grouped(size), length_.typeName()),
                  u"send at most %1 at once, or take a wider length field"_s.arg(grouped(length_.greatest())));
    }
    QByteArray bytes = tag_.write(sentTag_).value_or(QByteArray()) + *length;
    if (static_cast<quint64>(bytes.size()) + size > maxMessage()) {
      return failOverLimit(static_cast<quint64>(bytes.size()) + size);
    }
    return bytes += payload;
  }

 private:
  /// What the bytes of a message, as far as they are here, say about its size.
  struct Measure {
    enum Outcome : quint8 { TagCut, LengthCut, Sized, TagBad, LengthBad, HeadTooLarge, TooLarge };
    Outcome outcome = TagCut;
    LengthField::Reading tag = {};
    LengthField::Reading length = {};
    WideInt size = 0;  ///< Sized, TooLarge: the announced size; HeadTooLarge: of tag and length at least

    bool isError() const { return outcome >= TagBad; }
    quint64 head() const { return tag.width + length.width; }
  };

  Measure measured(ByteView bytes) const {
    using enum LengthField::Outcome;
    Measure measure;
    if (bytes.empty()) return measure;
    measure.tag = tag_.read(bytes);
    if (measure.tag.outcome == Bad) {
      measure.outcome = Measure::TagBad;
      return measure;
    }
    if (measure.tag.outcome == Cut) {
      measure.size = WideInt(tag_.leastWidthOf(measure.tag)) + length_.leastWidth();
    } else {
      measure.length = length_.read(bytes.subspan(measure.tag.width));
      if (measure.length.outcome == Bad) {
        measure.outcome = Measure::LengthBad;
        return measure;
      }
      measure.outcome = Measure::LengthCut;
      measure.size = WideInt(measure.tag.width) +
                     (measure.length.outcome == Cut ? length_.leastWidthOf(measure.length) : measure.length.width);
    }
    if (measure.size > WideInt(maxMessage())) {
      measure.outcome = Measure::HeadTooLarge;
    } else if (measure.length.outcome == Read) {
      measure.size += measure.length.value;
      measure.outcome = measure.size > WideInt(maxMessage()) ? Measure::TooLarge : Measure::Sized;
    }
    return measure;
  }

  static QString valueWords(const LengthField::Reading &reading) {
    return reading.outcome == LengthField::Outcome::Read ? grouped(reading.value) : QString();
  }

  QString errorWords(const Measure &measure, ByteView bytes, quint64 at) const {
    const quint64 lengthAt = measure.tag.width;
    switch (measure.outcome) {
      case Measure::TagBad:
        return tag_.badWords(bytes, at, u"tag"_s);
      case Measure::LengthBad:
        return length_.badWords(bytes.subspan(lengthAt), at + lengthAt);
      case Measure::HeadTooLarge:
        return u"tag and length alone have %1, over the limit of %2"_s.arg(byteCount(measure.size),
                                                                           grouped(maxMessage()));
      default:
        return u"%1 announce%2 a message of %3, over the limit of %4"_s.arg(
            length_.placeWords(bytes.subspan(lengthAt, measure.length.width), at + lengthAt),
            measure.length.width == 1 ? u"s"_s : QString(), byteCount(measure.size), grouped(maxMessage()));
    }
  }

  LengthField tag_;
  LengthField length_;
  quint64 sentTag_;
};

Result<FramerPtr> makeTlv(const SpecValues &values) {
  const QString types = values.choice(""_L1);
  const qsizetype slash = types.indexOf(u'/');
  auto tag = LengthField::ofType(QStringView(types).first(slash), values);
  if (!tag) return std::unexpected(tag.error());
  auto length = LengthField::ofType(QStringView(types).sliced(slash + 1), values);
  if (!length) return std::unexpected(length.error());
  if (values.has("end"_L1) && tag->type() != LengthType::Decimal && length->type() != LengthType::Decimal) {
    return values.failAt("end"_L1, u"end= without decimal digits"_s, u"leave it out, or take decimal for a type"_s);
  }
  const auto sent = static_cast<quint64>(values.number("tag"_L1));
  if (!tag->write(sent)) {
    return values.failAt("tag"_L1, u"a tag of %1, which does not fit %2,"_s.arg(grouped(sent), tag->typeName()),
                         u"it may be %1 at most"_s.arg(grouped(tag->greatest())));
  }
  return std::make_shared<TlvFramer>(values, *std::move(tag), *std::move(length));
}

}  // namespace

FramingEntry tlvEntry() {
  using Kind = FramingOption::Kind;
  return {
      .kind = {.name = u"tlv"_s,
               .title = u"Tag, length, value"_s,
               .summary = u"A tag, a length, and as many bytes of value as the length says; the value is payload."_s,
               .argument = FramingOption{.name = {},
                                         .title = u"Types of tag and length"_s,
                                         .kind = Kind::Pair,
                                         .choices = LengthField::typeNames(),
                                         .help = u"How the tag is written and, behind the /, how the length is: "
                                                 "their bits and byte order, LEB128 (varint), or decimal digits "
                                                 "and a space."_s},
               .options = {{.name = u"tag"_s,
                            .title = u"Tag, when sending"_s,
                            .kind = Kind::Number,
                            .defaultValue = u"0"_s,
                            .minimum = 0,
                            .help = u"The tag of messages that are sent."_s},
                           {.name = u"end"_s,
                            .title = u"After the digits"_s,
                            .kind = Kind::Text,
                            .help = u"What follows the digits of a decimal tag or length; by default a space."_s},
                           maxOption()},
               .examples = {u"tlv:u8/u8"_s, u"tlv:u16be/u16be"_s, u"tlv:varint/varint"_s}},
      .make = makeTlv};
}

}  // namespace octetscope
