#include "model/framing/until_close_framer.h"

#include "model/framing/framing_words.h"
#include "model/framing/spec_framer.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

class UntilCloseFramer final : public SpecFramer {
 public:
  using SpecFramer::SpecFramer;

  void scan(const StreamView &stream, ScanState &state, MessageBatch &out) const override {
    const quint64 here = stream.size() - state.at;
    if (state.stopped || here == 0) return;
    if (here > maxMessage()) {
      state.stopped = true;
    } else if (stream.end == StreamEnd::Fin) {
      const Message message{state.at, here, state.at, here, Status::Complete};
      state.at = state.scanned = message.end();
      out.add(message);
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
            .error = u"the stream goes on behind byte %1, over the limit of %2"_s.arg(
                grouped(message.offset + maxMessage() - 1), byteCount(maxMessage()))};
  }

  QList<FramingPart> parts(const StreamView &, const Message &message, const ScanState &, ByteRange shown,
                           int most) const override {
    PartCollector parts(message, shown, most);
    parts.add(message.status == Status::Error ? PartRole::Unread : PartRole::Payload, message.range());
    return parts.take();
  }

  QString explain(const StreamView &stream, const Message &message, quint64 number) const override {
    switch (message.status) {
      case Status::Error:
        return stoppedWords(verdict(stream, message).error, message.offset);
      case Status::Complete:
        return u"The peer ended its stream at byte %1, so message %2 is whole: %3."_s.arg(
            grouped(message.end()), grouped(number), byteCount(message.size));
      case Status::Incomplete:
        break;
    }
    return u"Message %1 ends when the peer ends its stream. %2 %3 here: "_s.arg(
               grouped(number), byteCount(message.size), message.size == 1 ? u"is"_s : u"are"_s) +
           waitingWords(endFor(stream, message));
  }

  QString because(const StreamView &, const Message &message) const override {
    return message.status == Status::Complete ? u"the peer ended its stream there"_s
                                              : u"it takes everything until the peer ends its stream"_s;
  }

  Result<QByteArray> encode(QByteArrayView payload) const override {
    if (payload.isEmpty()) {
      return fail(u"until-close cannot carry an empty message, an empty stream has none"_s,
                  u"send at least one byte"_s);
    }
    if (static_cast<quint64>(payload.size()) > maxMessage()) return failOverLimit(payload.size());
    return payload.toByteArray();
  }
};

}  // namespace

FramingEntry untilCloseEntry() {
  return {
      .kind = {.name = u"until-close"_s,
               .title = u"Until the peer closes"_s,
               .summary = u"One message: everything until the peer ends its stream."_s,
               .options = {maxOption(u"there is none"_s)},
               .examples = {u"until-close"_s}},
      .make = [](const SpecValues &values) -> Result<FramerPtr> { return std::make_shared<UntilCloseFramer>(values); },
      .defaultMax = ~0ULL};
}

}  // namespace octetscope
