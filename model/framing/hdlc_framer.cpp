#include "model/framing/hdlc_framer.h"

#include "model/framing/flag_framer.h"

#include <array>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr std::uint8_t escape = 0x7d;
constexpr std::uint8_t flipped = 0x20;

// StuffedWalk::pending is 1 where the last byte was an escape; check runs over all that was unstuffed, the FCS too.
class HdlcCodec {
 public:
  static constexpr std::uint8_t flag = 0x7e;
  static constexpr QLatin1String flagName = "flag (7E)"_L1;
  static constexpr QLatin1String markName = "escape"_L1;
  static constexpr bool opens = true;

  /// RFC 1662, appendix C; no FCS where `fcs` is none.
  explicit HdlcCodec(std::optional<Checksum> fcs) : fcs_(std::move(fcs)) {
    if (fcs_) residue_ = fcs_->of(viewOf(fcs_->write(fcs_->of({}), fcs_->usualOrder())));
  }

  StuffedWalk start(quint64 body) const {
    return {.body = body, .at = body, .check = fcs_ ? fcs_->start() : Checksum::Running{}};
  }

  StuffedStep step(StuffedWalk &walk, ByteView bytes, quint64 end) const {
    const quint64 at = walk.at;
    if (walk.pending == 0 && bytes[at] != escape) {
      const void *const found = std::memchr(bytes.data() + at, escape, end - at);
      walk.at = found ? static_cast<quint64>(static_cast<const std::uint8_t *>(found) - bytes.data()) : end;
      walk.unstuffed += walk.at - at;
      if (fcs_ && walk.isSummed) fcs_->add(walk.check, bytes.subspan(at, walk.at - at));
      return {.range = {at, walk.at}};
    }
    const quint64 escapeAt = at - walk.pending;
    if (escapeAt + 1 == end) {
      walk.at = end;
      walk.pending = 1;
      return {.range = {escapeAt, end}, .isMark = true};
    }
    const auto byte = static_cast<std::uint8_t>(bytes[escapeAt + 1] ^ flipped);
    walk.at = escapeAt + 2;
    walk.pending = 0;
    ++walk.unstuffed;
    if (fcs_ && walk.isSummed) fcs_->add(walk.check, {&byte, 1});
    return {.range = {escapeAt, walk.at}, .isMark = true, .byte = byte};
  }

  // What stands between escapes is gathered, so that the checksum gets long runs.
  void readOn(StuffedWalk &walk, ByteView bytes, quint64 end) const {
    std::array<std::uint8_t, 2048> gathered;
    std::size_t size = 0;
    const auto sumUp = [&](ByteView run) {
      walk.unstuffed += run.size();
      if (fcs_) fcs_->add(walk.check, run);
    };
    while (walk.at < end) {
      const std::uint8_t *const at = bytes.data() + walk.at;
      if (walk.pending == 0 && *at != escape) {
        const auto *const found = static_cast<const std::uint8_t *>(std::memchr(at, escape, end - walk.at));
        const quint64 run = found ? static_cast<quint64>(found - at) : end - walk.at;
        const bool isAlone = size == 0 && !found;
        if (run > gathered.size() - size) {
          sumUp({gathered.data(), size});
          size = 0;
        }
        if (isAlone || run > gathered.size() || !fcs_) {
          sumUp({at, run});
        } else {
          std::memcpy(gathered.data() + size, at, run);
          size += run;
        }
        walk.at += run;
      } else if (walk.pending == 0) {
        walk.pending = 1;
        ++walk.at;
      } else {
        if (size == gathered.size()) {
          sumUp(gathered);
          size = 0;
        }
        gathered[size++] = static_cast<std::uint8_t>(*at ^ flipped);
        walk.pending = 0;
        ++walk.at;
      }
    }
    sumUp({gathered.data(), size});
  }

  /// Any of the last bytes may turn out to be the FCS.
  quint64 payload(const StuffedWalk &walk) const { return walk.unstuffed - std::min(walk.unstuffed, fcsSize()); }

  bool endsWell(const StuffedWalk &walk) const {
    return walk.pending == 0 && walk.unstuffed >= fcsSize() && (!fcs_ || fcs_->value(walk.check) == residue_);
  }

  /// Where the FCS begins that ends at `flagAt`. Its bytes may be escaped, and a byte is where an odd number of escapes
  /// stands before it.
  quint64 contentEnd(ByteView bytes, quint64 body, quint64 flagAt) const {
    // A run of escapes is looked over once, however long it is.
    ByteRange run{flagAt + 1, flagAt + 1};
    const auto escapesBefore = [&](quint64 at) {
      if (at < run.begin || at > run.end) {
        run = {at, at};
        while (run.begin > body && bytes[run.begin - 1] == escape) --run.begin;
      }
      return at - run.begin;
    };
    quint64 at = flagAt;
    for (quint64 i = 0; i < fcsSize(); ++i) {
      if (at == body || (i == 0 && escapesBefore(at) % 2 == 1)) return flagAt;  // none, or aborted
      at -= 1 + escapesBefore(at - 1) % 2;
    }
    return at;
  }

  QString tailName() const { return name(); }
  QString tail(ByteView bytes) const { return fcs_->words(fcs_->read(viewOf(unstuff(bytes)), fcs_->usualOrder())); }
  QString markValue(ByteView, const StuffedStep &step) const {
    return step.byte ? hexWords({&*step.byte, 1}) : QString();
  }

  QString flaw(const StuffedWalk &walk, const StuffedWalk &early, ByteView bytes, quint64 end) const {
    if (walk.pending != 0) {
      return u"byte %1 is an escape (7D), and the flag (7E) right behind it aborts the message"_s.arg(grouped(end - 1));
    }
    if (walk.unstuffed < fcsSize()) {
      return u"what lies before the flag (7E) at byte %1 has %2, less than the %3 of its %4"_s.arg(
          grouped(end), byteCount(walk.unstuffed), grouped(fcsSize()), name());
    }
    const quint64 content = contentEnd(bytes, walk.body, end);
    StuffedWalk again = early.at <= content ? early : start(walk.body);
    readOn(again, bytes, content);
    return u"the %1 at %2 says %3, but that of the %4 before it is %5"_s.arg(
        name(), bytesAt({content, end}), tail(bytes.subspan(content, end - content)), byteCount(again.unstuffed),
        fcs_->words(fcs_->value(again.check)));
  }

  QString completeWords(const Message &message, quint64 bodySize) const {
    const quint64 escapes = bodySize - message.payloadSize - fcsSize();
    QString words = fcs_ ? u"Its %1 is right. "_s.arg(name()) : QString();
    words += message.payloadSize == 0 ? u"Its payload is empty"_s
                                      : u"Its payload has %1"_s.arg(byteCount(message.payloadSize));
    if (escapes == 0) return words + u": nothing was escaped."_s;
    return words + (escapes == 1 ? u": 1 escape was undone."_s : u": %1 escapes were undone."_s.arg(grouped(escapes)));
  }

  QString cutWords(const StuffedWalk &walk) const {
    if (walk.pending == 0) return {};
    return u", and byte %1 is an escape (7D), of which the second byte is missing"_s.arg(grouped(walk.at - 1));
  }

  QByteArray stuff(QByteArrayView payload) const {
    const QByteArray check = fcs_ ? fcs_->write(fcs_->of(viewOf(payload)), fcs_->usualOrder()) : QByteArray();
    QByteArray bytes;
    bytes.reserve(payload.size() + check.size() + 2);
    for (const QByteArrayView part : {payload, QByteArrayView(check)}) {
      for (const char c : part) {
        const auto byte = static_cast<std::uint8_t>(c);
        const bool isSpecial = byte == flag || byte == escape;
        if (isSpecial) bytes += static_cast<char>(escape);
        bytes += static_cast<char>(isSpecial ? byte ^ flipped : byte);
      }
    }
    return bytes;
  }

 private:
  quint64 fcsSize() const { return fcs_ ? static_cast<quint64>(fcs_->size()) : 0; }
  QString name() const { return fcsSize() == 4 ? u"FCS-32"_s : u"FCS-16"_s; }

  static QByteArray unstuff(ByteView bytes) {
    QByteArray result;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      const bool isEscape = bytes[i] == escape && i + 1 < bytes.size();
      result += static_cast<char>(isEscape ? bytes[++i] ^ flipped : bytes[i]);
    }
    return result;
  }

  std::optional<Checksum> fcs_;
  WideUInt residue_ = 0;  // the value of anything with its own FCS behind it
};

}  // namespace

FramingEntry hdlcEntry() {
  return {
      .kind = {.name = u"hdlc"_s,
               .title = u"HDLC, asynchronous"_s,
               .summary = u"A message ends with a flag (7E), often begins with one, and has none inside; its checksum "
                          "is verified (RFC 1662, as in PPP)."_s,
               .options = {{.name = u"fcs"_s,
                            .title = u"Frame check sequence"_s,
                            .kind = FramingOption::Kind::Choice,
                            .defaultValue = u"16"_s,
                            .choices = {u"16"_s, u"32"_s, u"none"_s},
                            .help = u"The checksum in front of the closing flag, in bits; it is not payload."_s},
                           maxOption()},
               .examples = {u"hdlc"_s, u"hdlc,fcs=32"_s}},
      .make = [](const SpecValues &values) -> Result<FramerPtr> {
        const QString fcs = values.choice("fcs"_L1);
        return std::make_shared<FlagFramer<HdlcCodec>>(
            values,
            HdlcCodec(fcs == u"none" ? std::nullopt
                                     : Checksum::named(fcs == u"32" ? u"crc-32/iso-hdlc" : u"crc-16/ibm-sdlc")));
      }};
}

}  // namespace octetscope
