#include "model/framing/cobs_framer.h"

#include "model/framing/flag_framer.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr std::uint8_t fullGroup = 0xff;  // the code of 254 bytes that no zero follows

// StuffedWalk::pending: how many bytes of the group are still to come, and whether a zero follows them if anything
// does.
constexpr quint64 missingMask = 0xff;
constexpr quint64 zeroFollows = 0x100;

struct CobsCodec {
  static constexpr std::uint8_t flag = 0;
  static constexpr QLatin1String flagName = "zero (00)"_L1;
  static constexpr QLatin1String markName = "code"_L1;
  static constexpr bool opens = false;

  StuffedWalk start(quint64 body) const { return {.body = body, .at = body}; }

  StuffedStep step(StuffedWalk &walk, ByteView bytes, quint64 end) const {
    const quint64 at = walk.at;
    const quint64 missing = walk.pending & missingMask;
    if (missing > 0) {
      const quint64 run = std::min(missing, end - at);
      walk.at += run;
      walk.unstuffed += run;
      walk.pending -= run;
      return {.range = {at, walk.at}};
    }
    StuffedStep step{.range = {at, at + 1}, .isMark = true};
    if ((walk.pending & zeroFollows) != 0) {
      step.byte = 0;
      ++walk.unstuffed;
    }
    ++walk.at;
    walk.pending = static_cast<quint64>(bytes[at] - 1) | (bytes[at] == fullGroup ? 0 : zeroFollows);
    return step;
  }

  quint64 payload(const StuffedWalk &walk) const { return walk.unstuffed; }
  bool endsWell(const StuffedWalk &walk) const { return (walk.pending & missingMask) == 0; }
  quint64 contentEnd(ByteView, quint64, quint64 flagAt) const { return flagAt; }
  QString tail(ByteView) const { return {}; }
  QString tailName() const { return {}; }
  QString markValue(ByteView bytes, const StuffedStep &step) const { return grouped(bytes[step.range.begin]); }

  /// The code of the group that is not whole at `end`, where it is met from `walk` on.
  std::optional<quint64> lastCode(StuffedWalk walk, ByteView bytes, quint64 end) const {
    std::optional<quint64> codeAt;
    while (walk.at < end) {
      if ((walk.pending & missingMask) == 0) codeAt = walk.at;
      step(walk, bytes, end);
    }
    return codeAt;
  }

  QString flaw(const StuffedWalk &walk, const StuffedWalk &early, ByteView bytes, quint64 end) const {
    const auto near = lastCode(early, bytes, end);
    const quint64 codeAt = near ? *near : lastCode(start(walk.body), bytes, end).value_or(walk.body);
    const quint64 code = bytes[codeAt];
    return u"the code %1 at byte %2 announces %3, but the zero at byte %4 comes after %5 of them"_s.arg(
        hexWords(bytes.subspan(codeAt, 1)), grouped(codeAt), byteCount(code - 1), grouped(end),
        grouped(end - codeAt - 1));
  }

  QString completeWords(const Message &message, quint64) const {
    if (message.payloadSize == 0) return u"Its payload is empty."_s;
    return u"Unstuffed, its payload has %1."_s.arg(byteCount(message.payloadSize));
  }

  QString cutWords(const StuffedWalk &walk) const {
    const quint64 missing = walk.pending & missingMask;
    if (missing == 0) return {};
    return u", and of the group at its end %1 %2 missing"_s.arg(byteCount(missing), missing == 1 ? u"is"_s : u"are"_s);
  }

  QByteArray stuff(QByteArrayView payload) const {
    QByteArray bytes;
    bytes.reserve(payload.size() + payload.size() / 254 + 2);
    qsizetype codeAt = 0;
    bytes += '\0';
    for (qsizetype i = 0; i < payload.size(); ++i) {
      const qsizetype code = bytes.size() - codeAt;
      if (code == fullGroup) {
        // A full group has no zero behind it: the next byte begins another one, whatever it is.
        bytes[codeAt] = static_cast<char>(fullGroup);
        codeAt = bytes.size();
        bytes += '\0';
      }
      if (payload[i] == 0) {
        bytes[codeAt] = static_cast<char>(bytes.size() - codeAt);
        codeAt = bytes.size();
        bytes += '\0';
      } else {
        bytes += payload[i];
      }
    }
    bytes[codeAt] = static_cast<char>(bytes.size() - codeAt);
    return bytes;
  }
};

}  // namespace

FramingEntry cobsEntry() {
  return {.kind = {.name = u"cobs"_s,
                   .title = u"COBS"_s,
                   .summary = u"A message ends with a zero and has none inside: codes say where its payload's zeros "
                              "are (consistent overhead byte stuffing)."_s,
                   .options = {maxOption()},
                   .examples = {u"cobs"_s}},
          .make = [](const SpecValues &values) -> Result<FramerPtr> {
            return std::make_shared<FlagFramer<CobsCodec>>(values, CobsCodec{});
          }};
}

}  // namespace octetscope
