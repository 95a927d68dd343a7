#include "model/framing/slip_framer.h"

#include "model/framing/flag_framer.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr std::uint8_t esc = 0xdb;     // the names of RFC 1055
constexpr std::uint8_t escEnd = 0xdc;  // behind ESC: stands for END
constexpr std::uint8_t escEsc = 0xdd;  // behind ESC: stands for ESC

// StuffedWalk::pending is 1 where the last byte was an ESC.
struct SlipCodec {
  static constexpr std::uint8_t flag = 0xc0;
  static constexpr QLatin1String flagName = "END (C0)"_L1;
  static constexpr QLatin1String markName = "escape"_L1;
  static constexpr bool opens = true;

  StuffedWalk start(quint64 body) const { return {.body = body, .at = body}; }

  StuffedStep step(StuffedWalk &walk, ByteView bytes, quint64 end) const {
    const quint64 at = walk.at;
    if (walk.pending == 0 && bytes[at] != esc) {
      const void *const found = std::memchr(bytes.data() + at, esc, end - at);
      walk.at = found ? static_cast<quint64>(static_cast<const std::uint8_t *>(found) - bytes.data()) : end;
      walk.unstuffed += walk.at - at;
      return {.range = {at, walk.at}};
    }
    const quint64 escapeAt = at - walk.pending;
    if (escapeAt + 1 == end) {
      walk.at = end;
      walk.pending = 1;
      return {.range = {escapeAt, end}, .isMark = true};
    }
    const std::uint8_t second = bytes[escapeAt + 1];
    if (second != escEnd && second != escEsc) {
      walk.at = escapeAt;
      walk.isBroken = true;
      return {};
    }
    walk.at = escapeAt + 2;
    walk.pending = 0;
    ++walk.unstuffed;
    return {.range = {escapeAt, walk.at}, .isMark = true, .byte = second == escEnd ? flag : esc};
  }

  quint64 payload(const StuffedWalk &walk) const { return walk.unstuffed; }
  bool endsWell(const StuffedWalk &walk) const { return walk.pending == 0; }
  quint64 contentEnd(ByteView, quint64, quint64 flagAt) const { return flagAt; }
  QString tail(ByteView) const { return {}; }
  QString tailName() const { return {}; }
  QString markValue(ByteView, const StuffedStep &step) const {
    return step.byte ? hexWords({&*step.byte, 1}) : QString();
  }

  QString flaw(const StuffedWalk &walk, const StuffedWalk &, ByteView bytes, quint64 end) const {
    const quint64 escapeAt = walk.isBroken ? walk.at : end - 1;
    return u"byte %1 is ESC (DB), and byte %2 behind it is %3, neither DC nor DD"_s.arg(
        grouped(escapeAt), grouped(escapeAt + 1), byteName(bytes[escapeAt + 1]));
  }

  QString completeWords(const Message &message, quint64 bodySize) const {
    const quint64 escapes = bodySize - message.payloadSize;
    if (escapes == 0) return u"Its payload is the %1 before it: nothing was escaped."_s.arg(byteCount(bodySize));
    return u"Its payload has %1: "_s.arg(byteCount(message.payloadSize)) +
           (escapes == 1 ? u"1 escape was undone."_s : u"%1 escapes were undone."_s.arg(grouped(escapes)));
  }

  QString cutWords(const StuffedWalk &walk) const {
    if (walk.pending == 0) return {};
    return u", and byte %1 is ESC (DB), of whose escape the second byte is missing"_s.arg(grouped(walk.at - 1));
  }

  QByteArray stuff(QByteArrayView payload) const {
    QByteArray bytes;
    bytes.reserve(payload.size() + 2);
    for (const char c : payload) {
      const auto byte = static_cast<std::uint8_t>(c);
      if (byte == flag || byte == esc) {
        bytes += static_cast<char>(esc);
        bytes += static_cast<char>(byte == flag ? escEnd : escEsc);
      } else {
        bytes += c;
      }
    }
    return bytes;
  }
};

}  // namespace

FramingEntry slipEntry() {
  return {.kind = {.name = u"slip"_s,
                   .title = u"SLIP"_s,
                   .summary = u"A message ends with END (C0), often begins with one, and has none inside: ESC (DB) "
                              "stands before what stands for it (RFC 1055)."_s,
                   .options = {maxOption()},
                   .examples = {u"slip"_s}},
          .make = [](const SpecValues &values) -> Result<FramerPtr> {
            return std::make_shared<FlagFramer<SlipCodec>>(values, SlipCodec{});
          }};
}

}  // namespace octetscope
