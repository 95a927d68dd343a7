#include "model/framing/fixed_framer.h"

#include "model/framing/framing_words.h"
#include "model/framing/spec_framer.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

class FixedFramer final : public SpecFramer {
 public:
  explicit FixedFramer(const SpecValues &values)
      : SpecFramer(values), size_(static_cast<quint64>(values.number(""_L1))) {}

  void scan(const StreamView &stream, ScanState &state, MessageBatch &out) const override {
    const quint64 end = stream.size();
    if (size_ > maxMessage()) {
      state.stopped = state.stopped || state.at < end;
      return;
    }
    while (end - state.at >= size_) {
      const Message message{state.at, size_, state.at, size_, Status::Complete};
      state.at = state.scanned = message.end();
      if (!out.add(message)) break;
    }
  }

  Message rest(const StreamView &stream, const ScanState &state) const override {
    const quint64 here = stream.size() - state.at;
    if (here > 0 && size_ > maxMessage()) return {state.at, here, notInStream, 0, Status::Error};
    return {state.at, here, state.at, here, Status::Incomplete};
  }

  Verdict verdict(const StreamView &, const Message &message) const override {
    switch (message.status) {
      case Status::Complete:
        break;
      case Status::Incomplete:
        return {.needs = size_ - message.size};
      case Status::Error:
        return {.needs = {},
                .error = u"the framing's messages of %1 are over the limit of %2"_s.arg(byteCount(size_),
                                                                                        grouped(maxMessage()))};
    }
    return {};
  }

  QList<FramingPart> parts(const StreamView &, const Message &message, const ScanState &, ByteRange shown,
                           int most) const override {
    PartCollector parts(message, shown, most);
    parts.add(message.status == Status::Error ? PartRole::Unread : PartRole::Payload, message.range());
    return parts.take();
  }

  QString explain(const StreamView &stream, const Message &message, quint64 number) const override {
    if (message.status == Status::Error) return stoppedWords(verdict(stream, message).error, message.offset);
    return u"Each message has "_s + byteCount(size_) +
           endsAtWords(message.range(), number, size_, endFor(stream, message));
  }

  QString because(const StreamView &, const Message &) const override {
    return u"each message has "_s + byteCount(size_);
  }

  Result<QByteArray> encode(QByteArrayView payload) const override {
    if (static_cast<quint64>(payload.size()) != size_) {
      return fail(
          u"a payload of %1 is not the %2 that every message has"_s.arg(byteCount(payload.size()), byteCount(size_)),
          u"pad or cut it to that size"_s);
    }
    if (size_ > maxMessage()) return failOverLimit(size_);
    return payload.toByteArray();
  }

 private:
  quint64 size_;
};

}  // namespace

FramingEntry fixedEntry() {
  return {.kind = {.name = u"fixed"_s,
                   .title = u"Fixed size"_s,
                   .summary = u"Every message has the same number of bytes."_s,
                   .argument = FramingOption{.name = {},
                                             .title = u"Bytes a message"_s,
                                             .kind = FramingOption::Kind::Bytes,
                                             .minimum = 1,
                                             .help = u"How many bytes every message has."_s},
                   .options = {maxOption()},
                   .examples = {u"fixed:16"_s}},
          .make = [](const SpecValues &values) -> Result<FramerPtr> { return std::make_shared<FixedFramer>(values); }};
}

}  // namespace octetscope
