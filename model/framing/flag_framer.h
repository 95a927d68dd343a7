// FlagFramer: what `slip`, `cobs` and `hdlc` have in common: a flag, one byte that never comes inside a message, stands
// between messages; and what lies between two flags is stuffed. What stuffing is, a codec says.
//
// A message reaches from the flag before it (where that is its own: not the one that ended the message before) to the
// flag after it. Flags that belong to no message are filler. Behind a message in error framing goes on at its flag.
#pragma once

#include "model/checks/checksum.h"
#include "model/framing/framing_words.h"
#include "model/framing/spec_framer.h"

#include <cstring>

namespace octetscope {

using namespace Qt::StringLiterals;

/// Where the unstuffing of one message stands.
struct StuffedWalk {
  quint64 body = 0;              ///< its first byte behind the flag
  quint64 at = 0;                ///< the next byte; where it broke: the byte that broke it
  quint64 unstuffed = 0;         ///< bytes that came out of those before
  quint64 pending = 0;           ///< the codec's own, below 2^32
  Checksum::Running check = {};  ///< the codec's own
  bool isBroken = false;
  bool isSummed = true;  ///< `check` matters
};

/// What a codec reads at once: bytes that stand for themselves, or a mark that stands for one byte or for none.
struct StuffedStep {
  ByteRange range;
  bool isMark = false;
  std::optional<std::uint8_t> byte = {};  ///< that a mark stands for
};

/// A codec has
///   flag, flagName                      the byte, and "END (C0)"
///   markName                            "escape"
///   opens                               whether a sender puts a flag before a message, too
///   start(body)                         a StuffedWalk at a message's first byte
///   step(walk, bytes, end)              reads on, at least one byte, from walk.at to `end` at most, where no flag is;
///                                       or breaks
///   readOn(walk, bytes, end)            all steps up to `end`, where there is a faster way than step by step
///   payload(walk)                       how many of the unstuffed bytes are payload for certain
///   endsWell(walk)                      whether a flag may come now
///   contentEnd(bytes, body, flagAt)     where what is behind the payload begins (a checksum)
///   tail(bytes), tailName()             that as people read it
///   flaw(walk, early, bytes, end)       why it broke at walk.at, or why the flag at `end` may not come; `early` is
///   where
///                                       it stood before, as near to the end as was known
///   completeWords(message, bodySize)    "Its payload …"
///   cutWords(walk)                      ", and …": what else is to be said of an incomplete message
///   stuff(payload)                      the sender's side
template <typename Codec>
class FlagFramer final : public SpecFramer {
 public:
  FlagFramer(const SpecValues &values, Codec codec) : SpecFramer(values), codec_(std::move(codec)) {}

  // state.own: where the body begins, plus 1 (0: only filler so far), unstuffed, pending and whether it broke, check or
  // where it broke.
  void scan(const StreamView &stream, ScanState &state, MessageBatch &out) const override {
    const ByteView bytes = stream.bytes.view();
    StuffedWalk walk = walkFrom(state);
    bool isBegun = state.own[0] != 0;
    quint64 at = state.at;
    quint64 from = std::max(state.scanned, at);
    while (from < bytes.size()) {
      if (!isBegun) {
        while (from < bytes.size() && bytes[from] == Codec::flag) ++from;
        if (from == bytes.size()) break;
        walk = codec_.start(from);
        isBegun = true;
      }
      const void *const found = std::memchr(bytes.data() + from, Codec::flag, bytes.size() - from);
      const quint64 end =
          found ? static_cast<quint64>(static_cast<const std::uint8_t *>(found) - bytes.data()) : bytes.size();
      walkOn(walk, bytes, end);
      from = end;
      if (!found) break;
      const quint64 begin = beginOf(walk, at);
      Message message{begin, end + 1 - begin, notInStream, 0, Status::Error};
      if (message.size <= maxMessage() && !walk.isBroken && codec_.endsWell(walk)) {
        message.status = Status::Complete;
        message.payloadSize = codec_.payload(walk);
      }
      at = from = message.end();
      isBegun = false;
      if (!out.add(message)) break;
    }
    state.at = at;
    state.scanned = from;
    state.own = {};
    if (isBegun)
      state.own = {walk.body + 1, walk.unstuffed, walk.pending | (walk.isBroken ? broken : 0),
                   walk.isBroken ? walk.at : walk.check.low};
  }

  Message rest(const StreamView &stream, const ScanState &state) const override {
    if (state.own[0] == 0) return {.offset = state.at, .size = 0, .status = Status::Incomplete};
    const StuffedWalk walk = walkFrom(state);
    const quint64 begin = beginOf(walk, state.at);
    Message message{begin, stream.size() - begin, notInStream, 0, Status::Incomplete};
    if (walk.isBroken || message.size > maxMessage()) {
      message.status = Status::Error;
    } else {
      message.payloadSize = codec_.payload(walk);
    }
    return message;
  }

  // How much is missing is not known before the flag is here. An error is found again by unstuffing the message, which
  // the limit bounds.
  Verdict verdict(const StreamView &stream, const Message &message) const override {
    return verdictFrom(stream, message, ScanState::startingAt(message.offset));
  }

  Verdict verdictFrom(const StreamView &stream, const Message &message, const ScanState &state) const override {
    if (message.status != Status::Error) return {};
    const Body body = bodyOf(stream, message);
    const StuffedWalk early = walkInside(state, message, body);
    StuffedWalk walk = early;
    const ByteView bytes = stream.bytes.view();
    const quint64 end = std::min(body.end, message.offset + std::min(message.size, maxMessage()));
    walkOn(walk, bytes, end);
    const bool isBroken = walk.isBroken && walk.at + 1 < end;  // it may have been walked on over the limit
    if (!isBroken && message.size > maxMessage()) {
      return {.needs = {},
              .error = u"no %1 ends the message that begins at byte %2 within the limit of %3"_s.arg(
                  Codec::flagName, grouped(message.offset), byteCount(maxMessage()))};
    }
    return {.needs = {}, .error = codec_.flaw(walk, early, bytes, body.end)};
  }

  QList<FramingPart> parts(const StreamView &stream, const Message &message, const ScanState &state, ByteRange shown,
                           int most) const override {
    PartCollector parts(message, shown, most);
    const ByteView bytes = stream.bytes.view();
    const Body body = bodyOf(stream, message);
    const quint64 begin = parts.shown().begin;
    parts.add(PartRole::Delimiter, {message.offset, body.begin}, Codec::flagName.first(Codec::flagName.indexOf(u' ')));
    if (message.size > maxMessage()) {
      parts.add(PartRole::Unread, {body.begin, body.end});
    } else {
      const quint64 contentEnd = body.isClosed ? codec_.contentEnd(bytes, body.begin, body.end) : body.end;
      StuffedWalk walk = codec_.start(body.begin);
      if (state.scanned <= begin) walk = walkInside(state, message, body);
      walk.isSummed = false;
      const quint64 end = std::min(contentEnd, parts.shown().end);
      const quint64 reach = std::min(contentEnd, end + 1);  // no mark is cut in two by what is shown
      while (walk.at < end && !walk.isBroken && !parts.isFull()) {
        const StuffedStep step = codec_.step(walk, bytes, reach);
        // What reaches into what is shown begins there, wherever the walk began.
        if (walk.isBroken) break;
        if (step.isMark) {
          parts.add(PartRole::Mark, step.range, Codec::markName, codec_.markValue(bytes, step));
        } else {
          parts.add(PartRole::Payload, {std::max(step.range.begin, begin), step.range.end});
        }
      }
      if (walk.isBroken) {
        parts.add(PartRole::Unread, {std::max(walk.at, begin), body.end});
      } else if (contentEnd < body.end) {
        parts.add(PartRole::Head, {contentEnd, body.end}, codec_.tailName(),
                  codec_.tail(bytes.subspan(contentEnd, body.end - contentEnd)));
      }
    }
    parts.add(PartRole::Delimiter, {body.end, message.end()}, Codec::flagName.first(Codec::flagName.indexOf(u' ')));
    return parts.take();
  }

  QString explain(const StreamView &stream, const Message &message, quint64 number) const override {
    return explainFrom(stream, message, number, ScanState::startingAt(message.offset));
  }

  QString explainFrom(const StreamView &stream, const Message &message, quint64 number,
                      const ScanState &state) const override {
    const Body body = bodyOf(stream, message);
    const StreamEnd end = endFor(stream, message);
    if (message.status == Status::Error) {
      const QString words = capitalised(verdictFrom(stream, message, state).error);
      if (body.isClosed) {
        return words + u". Framing goes on behind the %1 at byte %2."_s.arg(Codec::flagName, grouped(body.end));
      }
      return words + (end == StreamEnd::Open ? u". Framing will go on behind the next %1."_s.arg(Codec::flagName)
                                             : u". No %1 ends it: "_s.arg(Codec::flagName) + waitingWords(end));
    }
    if (message.status == Status::Complete) {
      return u"Found the %1 at byte %2, so message %3 ends at byte %4. "_s.arg(
                 Codec::flagName, grouped(body.end), grouped(number), grouped(message.end())) +
             codec_.completeWords(message, body.end - body.begin);
    }
    QString words =
        u"No %1 in the %2 of message %3"_s.arg(Codec::flagName, byteCount(body.end - body.begin), grouped(number));
    if (end == StreamEnd::Open) words += u" so far"_s;
    if (message.size <= explainedBytes) {
      StuffedWalk walk = codec_.start(body.begin);
      walkOn(walk, stream.bytes.view(), body.end);
      words += codec_.cutWords(walk);
    }
    return words + u": "_s + waitingWords(end);
  }

  QString because(const StreamView &stream, const Message &message) const override {
    const Body body = bodyOf(stream, message);
    if (body.isClosed) return u"it found the %1 at byte %2"_s.arg(Codec::flagName, grouped(body.end));
    return u"no %1 came in %2"_s.arg(Codec::flagName, byteCount(message.size));
  }

  // The flag before it may as well have been filler.
  quint64 seenFrom(const StreamView &stream, const Message &message, const Message *) const override {
    return bodyOf(stream, message).begin;
  }

  Result<void> payloadPieces(const StreamView &stream, const Message &message, const TakePiece &take) const override {
    const ByteView bytes = stream.bytes.view();
    const Body body = bodyOf(stream, message);
    StuffedWalk walk = codec_.start(body.begin);
    walk.isSummed = false;
    quint64 left = message.payloadSize;  // what is behind the payload is not given
    while (left > 0) {
      // Who wants the first bytes only pays for no more than a piece.
      const StuffedStep step = codec_.step(walk, bytes, std::min(body.end, walk.at + mostAtOnce));
      ByteView piece;
      if (!step.isMark) {
        piece = bytes.subspan(step.range.begin, std::min(step.range.size(), left));
      } else if (step.byte) {
        piece = ByteView(&*step.byte, 1);
      } else {
        continue;
      }
      left -= piece.size();
      if (!take(piece)) break;
    }
    return {};
  }

  Result<QByteArray> encode(QByteArrayView payload) const override {
    QByteArray bytes = codec_.stuff(payload);
    if (bytes.isEmpty()) {
      return fail(u"%1 cannot carry an empty message: nothing between two flags is filler"_s.arg(spec()),
                  u"send at least one byte"_s);
    }
    if (Codec::opens) bytes.prepend(static_cast<char>(Codec::flag));
    bytes.append(static_cast<char>(Codec::flag));
    if (static_cast<quint64>(bytes.size()) > maxMessage()) return failOverLimit(static_cast<quint64>(bytes.size()));
    return bytes;
  }

  bool scansBytes() const override { return true; }

 private:
  static constexpr quint64 broken = 1ULL << 32;  // beside StuffedWalk::pending
  static constexpr quint64 mostAtOnce = 64 * 1024;
  static constexpr quint64 explainedBytes = 256 * 1024;

  /// What lies between a message's flags; `end` is the flag's place where it is closed.
  struct Body {
    quint64 begin;
    quint64 end;
    bool isClosed;
  };

  static Body bodyOf(const StreamView &stream, const Message &message) {
    const ByteView bytes = bytesOf(stream, message);
    const bool opens = !bytes.empty() && bytes.front() == Codec::flag;
    const bool isClosed = bytes.size() > 1 && bytes.back() == Codec::flag;
    return {message.offset + (opens ? 1 : 0), message.end() - (isClosed ? 1 : 0), isClosed};
  }

  StuffedWalk walkFrom(const ScanState &state) const {
    const bool isBroken = (state.own[2] & broken) != 0;
    return {.body = state.own[0] - 1,
            .at = isBroken ? state.own[3] : state.scanned,
            .unstuffed = state.own[1],
            .pending = state.own[2] & (broken - 1),
            .check = {isBroken ? 0 : state.own[3], 0},
            .isBroken = isBroken};
  }

  /// Where unstuffing `message` stood in `state`, where that stands in it; else at its begin.
  StuffedWalk walkInside(const ScanState &state, const Message &message, const Body &body) const {
    const bool isInside = state.at <= message.offset && state.own[0] == body.begin + 1 && state.scanned <= body.end;
    return isInside ? walkFrom(state) : codec_.start(body.begin);
  }

  /// Where filler was looked over, the last flag of it is the message's.
  static quint64 beginOf(const StuffedWalk &walk, quint64 at) { return walk.body > at ? walk.body - 1 : walk.body; }

  void walkOn(StuffedWalk &walk, ByteView bytes, quint64 end) const {
    if constexpr (requires { codec_.readOn(walk, bytes, end); }) {
      codec_.readOn(walk, bytes, end);
    } else {
      while (walk.at < end && !walk.isBroken) codec_.step(walk, bytes, end);
    }
  }

  Codec codec_;
};

}  // namespace octetscope
