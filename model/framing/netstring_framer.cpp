#include "model/framing/netstring_framer.h"

#include "model/framing/framing_words.h"
#include "model/framing/spec_framer.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

/// What the bytes of a message, as far as they are here, say.
struct Measure {
  enum Outcome : quint8 { HeadCut, Sized, NotDigit, LeadingZero, TooLarge, NoComma };
  Outcome outcome = HeadCut;
  quint64 head = 0;  // bytes of digits and colon here; in errors of the head: up to and with the bad byte
  WideInt size = 0;  // Sized, NoComma: the whole; TooLarge: what it has at least

  bool isSized() const { return outcome == Sized; }
  bool isError() const { return outcome >= NotDigit; }
};

class NetstringFramer final : public SpecFramer {
 public:
  using SpecFramer::SpecFramer;

  void scan(const StreamView &stream, ScanState &state, MessageBatch &out) const override {
    scanAnnounced(
        stream, state, out, [this](ByteView here) { return measured(here); },
        [](const Measure &measure, quint64 at, quint64 size) {
          return messageOf(measure, at, size, Status::Complete);
        });
  }

  Message rest(const StreamView &stream, const ScanState &state) const override {
    const ByteView here = stream.bytes.view({state.at, stream.size()});
    const Measure measure = measured(here);
    return messageOf(measure, state.at, here.size(), measure.isError() ? Status::Error : Status::Incomplete);
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
    const bool isRead = measure.outcome == Measure::Sized || measure.outcome == Measure::NoComma;
    const QString digits = isRead ? QString::fromLatin1(qtView(bytes.first(measure.head - 1))) : QString();
    parts.add(PartRole::Length, {at, at + measure.head}, u"length"_s, digits);
    if (measure.isError()) {
      parts.add(PartRole::Unread, {at + measure.head, message.end()});
    } else if (measure.outcome == Measure::Sized) {
      const quint64 payloadEnd = at + static_cast<quint64>(measure.size) - 1;
      parts.add(PartRole::Payload, {at + measure.head, payloadEnd});
      parts.add(PartRole::Delimiter, {payloadEnd, payloadEnd + 1}, u"comma"_s);
    }
    return parts.take();
  }

  QString explain(const StreamView &stream, const Message &message, quint64 number) const override {
    const ByteView bytes = bytesOf(stream, message);
    const Measure measure = measured(bytes);
    if (measure.isError()) return stoppedWords(errorWords(measure, bytes, message.offset), message.offset);
    const StreamEnd end = endFor(stream, message);
    if (measure.outcome == Measure::HeadCut) {
      return u"The length of message %1 begins at byte %2 (\"%3\"), and no colon ended it%4: "_s.arg(
                 grouped(number), grouped(message.offset), QString::fromLatin1(qtView(bytes)),
                 end == StreamEnd::Open ? u" yet"_s : QString()) +
             waitingWords(end);
    }
    return u"Read \"%1\" → %2 and a comma follow"_s.arg(QString::fromLatin1(qtView(bytes.first(measure.head))),
                                                        byteCount(measure.size - measure.head - 1)) +
           endsAtWords(message.range(), number, measure.size, end);
  }

  QString because(const StreamView &stream, const Message &message) const override {
    const ByteView bytes = bytesOf(stream, message);
    const Measure measure = measured(bytes);
    if (measure.outcome == Measure::HeadCut) return u"no colon ended its length"_s;
    return u"it read \"%1\" (%2) as the length of its payload"_s.arg(
        QString::fromLatin1(qtView(bytes.first(measure.head))),
        bytesAt(ByteRange::ofSize(message.offset, measure.head)));
  }

  std::optional<LengthRead> lengthRead(const StreamView &stream, const Message &message) const override {
    const Measure measure = measured(bytesOf(stream, message));
    if (measure.outcome != Measure::Sized) return std::nullopt;
    return LengthRead{ByteRange::ofSize(message.offset, measure.head),
                      static_cast<quint64>(measure.size - measure.head - 1), u"netstring"_s};
  }

  Result<QByteArray> encode(QByteArrayView payload) const override {
    QByteArray bytes = QByteArray::number(payload.size());
    const quint64 size = static_cast<quint64>(bytes.size()) + static_cast<quint64>(payload.size()) + 2;
    if (size > maxMessage()) return failOverLimit(size);
    bytes.reserve(static_cast<qsizetype>(size));
    bytes += ':';
    bytes += payload;
    bytes += ',';
    return bytes;
  }

 private:
  Measure measured(ByteView bytes) const {
    Measure measure;
    WideInt value = 0;
    quint64 at = 0;
    for (; at < bytes.size() && bytes[at] != ':'; ++at) {
      measure.head = at + 1;
      if (bytes[at] < '0' || bytes[at] > '9') {
        measure.outcome = Measure::NotDigit;
        return measure;
      }
      if (at == 1 && bytes[0] == '0') {
        measure.outcome = Measure::LeadingZero;
        return measure;
      }
      // More digits only make it larger; so the limit also keeps the sum from overflowing.
      value = value * 10 + (bytes[at] - '0');
      measure.size = WideInt(at) + 1 + 1 + value + 1;
      if (measure.size > WideInt(maxMessage())) {
        measure.outcome = Measure::TooLarge;
        return measure;
      }
    }
    if (at == bytes.size()) return measure;
    measure.head = at + 1;
    if (at == 0) {
      measure.outcome = Measure::NotDigit;
      return measure;
    }
    measure.size = WideInt(measure.head) + value + 1;
    measure.outcome = measure.size <= WideInt(bytes.size()) && bytes[static_cast<std::size_t>(measure.size - 1)] != ','
                          ? Measure::NoComma
                          : Measure::Sized;
    return measure;
  }

  static Message messageOf(const Measure &measure, quint64 at, quint64 size, Status status) {
    Message message{at, size, notInStream, 0, status};
    if (measure.outcome == Measure::Sized) {
      message.payloadOffset = at + measure.head;
      const WideInt payload = measure.size - measure.head - 1;
      message.payloadSize = static_cast<quint64>(std::min(payload, WideInt(size - measure.head)));
    }
    return message;
  }

  QString errorWords(const Measure &measure, ByteView bytes, quint64 at) const {
    const ByteView head = bytes.first(measure.head);
    switch (measure.outcome) {
      case Measure::NotDigit:
        return u"byte %1 is %2 where a netstring has %3"_s.arg(
            grouped(at + measure.head - 1), byteName(head.back()),
            measure.head == 1 ? u"a digit"_s : u"a digit or a colon"_s);
      case Measure::LeadingZero:
        return u"%1 (\"%2\") are a length with a leading zero, which a netstring does not have"_s.arg(
            bytesAt(ByteRange::ofSize(at, head.size())), QString::fromLatin1(qtView(head)));
      case Measure::TooLarge:
        return u"%1 (\"%2\") announce%3 a message of at least %4, over the limit of %5"_s.arg(
            bytesAt(ByteRange::ofSize(at, head.size())), QString::fromLatin1(qtView(head)),
            head.size() == 1 ? u"s"_s : QString(), byteCount(measure.size), grouped(maxMessage()));
      case Measure::NoComma: {
        const quint64 comma = static_cast<quint64>(measure.size - 1);
        return u"byte %1 is %2 where the comma behind the %3 of the netstring has to be"_s.arg(
            grouped(at + comma), byteName(bytes[comma]), byteCount(measure.size - measure.head - 1));
      }
      case Measure::HeadCut:
      case Measure::Sized:
        break;
    }
    return {};
  }
};

}  // namespace

FramingEntry netstringEntry() {
  return {
      .kind = {.name = u"netstring"_s,
               .title = u"Netstring"_s,
               .summary = u"The length in decimal digits, a colon, the payload and a comma: 5:hello, is one."_s,
               .options = {maxOption()},
               .examples = {u"netstring"_s}},
      .make = [](const SpecValues &values) -> Result<FramerPtr> { return std::make_shared<NetstringFramer>(values); }};
}

}  // namespace octetscope
