// WalkedFramer: what framings have in common whose messages are found by walking over every byte of a format, with
// white space as filler between them (json, xml). The walk itself, and what it remembers, is the format's.
#pragma once

#include "model/framing/framing_words.h"
#include "model/framing/spec_framer.h"
#include "model/values/walk_step.h"

namespace octetscope {

/// `Walk` has: `begin`, where the message begins; isInside(), false before its first byte; takeFrom() and giveTo() a
/// ScanState, of which own[3] is `begin`; walkOn(bytes, at, end, sink) with offsets in the stream; endsWithStream(),
/// true where the stream's end completes the message; and a type `NoSink`.
template <typename Walk>
class WalkedFramer : public SpecFramer {
 public:
  using SpecFramer::SpecFramer;

  void scan(const StreamView &stream, ScanState &state, MessageBatch &out) const final {
    if (state.stopped) return;
    const ByteView bytes = stream.bytes.view();
    Walk walk = Walk::takeFrom(state);
    quint64 at = std::max(state.scanned, state.at);
    const auto stopAt = [&](quint64 place) {
      state.scanned = place;
      walk.giveTo(state);
    };
    bool isInside = walk.isInside();
    for (;;) {
      if (!isInside) {
        while (at < bytes.size() && isFiller(bytes[at])) ++at;
        walk.begin = at;
        if (at == bytes.size()) {
          walk.begin = 0;
          return stopAt(at);
        }
      }
      const Found found = find(bytes, at, walk, stream.end);
      if (found.outcome != Found::Whole) {
        state.stopped = found.outcome != Found::Cut;
        return stopAt(found.at);
      }
      const quint64 size = found.at - walk.begin;
      at = state.at = state.scanned = found.at;
      isInside = false;
      if (out.add({walk.begin, size, walk.begin, size, Status::Complete})) continue;
      state.own = {};
      return;
    }
  }

  Message rest(const StreamView &stream, const ScanState &state) const final {
    const quint64 end = stream.size();
    const quint64 begin = state.own[3];
    const bool isInside = state.stopped || state.own[0] != 0;
    if (!isInside || begin >= end) return {.offset = end, .size = 0, .status = Status::Incomplete};
    if (state.stopped) return {begin, end - begin, notInStream, 0, Status::Error};
    return {begin, end - begin, begin, end - begin, Status::Incomplete};
  }

  Verdict verdict(const StreamView &stream, const Message &message) const final {
    return verdictFrom(stream, message, ScanState::startingAt(message.offset));
  }

  Verdict verdictFrom(const StreamView &stream, const Message &message, const ScanState &state) const final {
    if (message.status != Status::Error) return {};
    return {.needs = {}, .error = errorWords(bytesOf(stream, message), message.offset, state)};
  }

  QString explainFrom(const StreamView &stream, const Message &message, quint64 number,
                      const ScanState &state) const final {
    if (message.status != Status::Error) return explain(stream, message, number);
    return stoppedWords(verdictFrom(stream, message, state).error, message.offset);
  }

  QList<FramingPart> parts(const StreamView &stream, const Message &message, const ScanState &, ByteRange shown,
                           int most) const final {
    PartCollector parts(message, shown, most);
    if (message.status != Status::Error) {
      parts.add(PartRole::Payload, message.range());
      return parts.take();
    }
    // What is right up to the byte that broke the rule, where that is not far to look for.
    Walk walk;
    const ByteView bytes = bytesOf(stream, message);
    const Found found = find(bytes.first(std::min<quint64>(bytes.size(), explainedBytes)), 0, walk, StreamEnd::Open);
    const quint64 bad = message.offset + (found.outcome == Found::Bad ? found.at : 0);
    parts.add(PartRole::Payload, {message.offset, bad}, QStringLiteral("read"));
    parts.add(PartRole::Unread, {bad, message.end()});
    return parts.take();
  }

  bool scansBytes() const final { return true; }

 protected:
  struct Found {
    enum Outcome : quint8 { Cut, Whole, Bad, TooLarge };
    Outcome outcome;
    quint64 at;  ///< behind the message, or the bad byte, or how far the walk came
  };

  static constexpr quint64 explainedBytes = 256 * 1024;  // what is open is looked for in messages up to this size

  static constexpr bool isFiller(std::uint8_t byte) {
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
  }

  /// Walks on to the end of the message that begins at walk.begin.
  template <typename Sink>
  Found find(ByteView bytes, quint64 at, Walk &walk, StreamEnd end, Sink &sink) const {
    // One byte more than a message may have: it ends a number, say, or is one too many.
    const quint64 here = bytes.size() - walk.begin;
    const quint64 most = here > maxMessage() ? walk.begin + maxMessage() : bytes.size();
    const WalkStep step = walk.walkOn(bytes, at, std::min<quint64>(most + 1, bytes.size()), sink);
    if (step.outcome == WalkOutcome::More && step.at <= most) {
      if (end != StreamEnd::Fin || !walk.endsWithStream()) return {Found::Cut, step.at};
      walk = Walk{.begin = walk.begin};
      return {Found::Whole, step.at};
    }
    if (step.outcome == WalkOutcome::Whole && step.at <= most) return {Found::Whole, step.at};
    if (step.outcome == WalkOutcome::Bad && step.at < most) return {Found::Bad, step.at};
    return {Found::TooLarge, most};
  }
  Found find(ByteView bytes, quint64 at, Walk &walk, StreamEnd end) const {
    typename Walk::NoSink sink;
    return find(bytes, at, walk, end, sink);
  }

  /// What is wrong with a message in error, found by walking over it again, from `state` on where that stands in it.
  QString errorWords(ByteView bytes, quint64 offset, ScanState state) const {
    Walk walk;
    quint64 at = 0;
    if (state.own[0] != 0 && state.own[3] == offset && !state.stopped && state.scanned < offset + bytes.size()) {
      at = state.scanned - offset;
      walk = Walk::takeFrom(state);
      walk.begin = 0;
    }
    const Found found = find(bytes, at, walk, StreamEnd::Open);
    if (found.outcome == Found::Bad) return badWords(bytes, found.at, walk, offset);
    return QStringLiteral("the %1 that begins at byte %2 does not end within the limit of %3")
        .arg(unitName(), grouped(offset), byteCount(maxMessage()));
  }

  /// Whether `payload` is one message from its first byte to its last, and nothing else; or why not. `name`: what it
  /// has to be.
  Result<void> checkPayload(ByteView payload) const {
    const QString name = unitName();
    if (payload.empty()) return fail(QStringLiteral("an empty payload is no ") + name, QStringLiteral("send one"));
    if (payload.size() > maxMessage()) return failOverLimit(payload.size());
    if (isFiller(payload.front()) || isFiller(payload.back())) {
      return fail(QStringLiteral("the payload has white space around its %1, which is not part of a message").arg(name),
                  QStringLiteral("send it without"));
    }
    Walk walk;
    const Found found = find(payload, 0, walk, StreamEnd::Fin);
    if (found.outcome == Found::Bad) {
      return fail(QStringLiteral("the payload is no %1: ").arg(name) + badWords(payload, found.at, walk, 0),
                  QStringLiteral("send one"));
    }
    if (found.outcome != Found::Whole) {
      return fail(QStringLiteral("the payload is not a whole ") + name, QStringLiteral("end what is open in it"));
    }
    if (found.at < payload.size()) {
      return fail(
          QStringLiteral("the payload is more than one %1: the first ends at byte %2").arg(name, grouped(found.at)),
          QStringLiteral("send them one by one"));
    }
    return {};
  }

  /// What is wrong with byte `at` of a message whose first byte is, for people, byte `offset`.
  virtual QString badWords(ByteView bytes, quint64 at, const Walk &walk, quint64 offset) const = 0;
  /// "JSON value".
  virtual QString unitName() const = 0;
};

}  // namespace octetscope
