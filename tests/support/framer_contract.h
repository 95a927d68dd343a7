// The contract of a framer (model/framing/framer.h), as one function that tells what is broken. The contract test runs
// it over streams made for each framing, the fuzz target over whatever it finds. Header only: both link it.
#pragma once

#include "model/framing/framer.h"
#include "tests/support/filler.h"

#include <QStringBuilder>

#include <algorithm>
#include <random>

namespace octetscope::test {

/// A stream that arrived in chunks which begin at 0 and at `cuts` (rising, inside the bytes).
inline StreamView streamInChunks(const QByteArray &bytes, const QList<quint64> &cuts, StreamEnd end = StreamEnd::Open) {
  auto chunks = std::make_shared<ChunkTable>();
  if (!bytes.isEmpty()) chunks->append({0, noTime});
  for (quint64 cut : cuts) {
    if (cut > chunks->last().offset && cut < static_cast<quint64>(bytes.size())) chunks->append({cut, noTime});
  }
  const quint64 count = chunks->size();
  return {ByteSnapshot::of(bytes), ChunkView(std::move(chunks), count), end, noTime};
}

/// The same with times: a millisecond to half a minute lies between two chunks, whatever `random` says, and as long
/// behind the last one. They mind only framings that read the chunk table.
inline StreamView streamInTime(const QByteArray &bytes, const QList<quint64> &cuts, StreamEnd end,
                               std::minstd_rand &random) {
  constexpr qint64 ms = 1'000'000;
  const auto gap = [&random] {
    static constexpr qint64 gaps[] = {1, 2, 5, 19, 20, 21, 100, 30'000};
    return gaps[random() % std::size(gaps)] * ms - static_cast<qint64>(random() % 2);
  };
  auto chunks = std::make_shared<ChunkTable>();
  qint64 time = 1'700'000'000'000 * ms;
  if (!bytes.isEmpty()) chunks->append({0, time});
  for (quint64 cut : cuts) {
    if (cut > chunks->last().offset && cut < static_cast<quint64>(bytes.size())) chunks->append({cut, time += gap()});
  }
  const quint64 count = chunks->size();
  return {ByteSnapshot::of(bytes), ChunkView(std::move(chunks), count), end, time + gap()};
}

/// The bytes [begin, end) of `stream` as a stream of their own, when the next byte was about to come.
inline StreamView sectionOf(const StreamView &stream, quint64 begin, quint64 end) {
  const StreamView until = stream.prefix(end);
  auto chunks = std::make_shared<ChunkTable>();
  for (quint64 i = begin < end ? until.chunks.indexOf(begin) : until.chunks.count(); i < until.chunks.count(); ++i) {
    chunks->append({std::max(until.chunks[i].offset, begin) - begin, until.chunks[i].timeNs});
  }
  const quint64 count = chunks->size();
  return {ByteSnapshot::of(copyOf(until.bytes.view({begin, end}))), ChunkView(std::move(chunks), count),
          StreamEnd::Open, until.nowNs};
}

/// All final messages from `state` on, in batches of these limits.
inline QList<Message> finalMessages(const Framer &framer, const StreamView &stream, ScanState &state,
                                    int most = MessageBatch::capacity, quint64 mostBytes = MessageBatch::defaultBytes) {
  QList<Message> all;
  MessageBatch batch;
  do {
    batch.start(state.at, most, mostBytes);
    framer.scan(stream, state, batch);
    for (const Message &message : batch.messages()) all.append(message);
  } while (batch.isFull());
  return all;
}

/// All messages of a stream, the last one included.
inline QList<Message> messagesOf(const Framer &framer, const StreamView &stream) {
  ScanState state;
  QList<Message> all = finalMessages(framer, stream, state);
  if (const Message rest = framer.rest(stream, state); rest.size > 0) all.append(rest);
  return all;
}

inline QString describe(const Message &m) {
  static const char *const words[] = {"complete", "incomplete", "error"};
  return QStringLiteral("%1+%2 %3 payload %4+%5")
      .arg(m.offset)
      .arg(m.size)
      .arg(QLatin1String(words[static_cast<int>(m.status)]))
      .arg(m.hasPayloadRange() ? QString::number(m.payloadOffset) : QStringLiteral("-"))
      .arg(m.payloadSize);
}

inline QString describe(const QList<Message> &messages) {
  QStringList lines;
  for (const Message &message : messages) lines += describe(message);
  return QString(u'[' + lines.join(QStringLiteral("; ")) + u']');
}

/// Every message of a stream, a line each, with what is missing or wrong: for tests that say what they expect as text.
inline QString told(const Framer &framer, const StreamView &stream) {
  QStringList lines;
  for (const Message &message : messagesOf(framer, stream)) {
    const Verdict verdict = framer.verdict(stream, message);
    QString line = describe(message);
    if (verdict.needs) line += QStringLiteral(" needs %1").arg(*verdict.needs);
    if (!verdict.error.isEmpty()) line += QStringLiteral(": ") + verdict.error;
    lines += line;
  }
  return lines.join(u'\n');
}

/// The parts of one message, as text: "length 0-2 =3, payload 2-5".
inline QString toldParts(const Framer &framer, const StreamView &stream, const Message &message) {
  static const char *const roles[] = {"head", "length", "delimiter", "payload", "mark", "unread"};
  QStringList words;
  for (const FramingPart &part :
       framer.parts(stream, message, ScanState::startingAt(message.offset), message.range(), 1000)) {
    QString word = QStringLiteral("%1 %2-%3")
                       .arg(QLatin1String(roles[static_cast<int>(part.role)]))
                       .arg(part.range.begin)
                       .arg(part.range.end);
    if (!part.value.isEmpty()) word += u'=' + part.value;
    words += word;
  }
  return words.join(QStringLiteral(", "));
}

inline bool operator!=(const FramingPart &a, const FramingPart &b) {
  return a.role != b.role || a.range != b.range || a.name != b.name || a.value != b.value;
}

class FramerContract {
 public:
  FramerContract(const Framer &framer, const QByteArray &bytes, QList<quint64> cuts, StreamEnd end, quint32 seed)
      : framer_(framer), cuts_(std::move(cuts)), random_(seed) {
    stream_ = framer.readsChunks() ? streamInTime(bytes, cuts_, end, random_) : streamInChunks(bytes, {}, end);
    all_ = messagesOf(framer, stream_);
  }

  const QList<Message> &messages() const { return all_; }

  /// What is broken; empty: nothing.
  QString broken() {
    tiles(all_, stream_.size(), QStringLiteral("whole"));
    batches();
    arrivals();
    restartsAtMessages();
    for (const Message &message : std::as_const(all_)) one(stream_, message);
    return broken_;
  }

 private:
  void check(bool good, const QString &what) {
    if (!good && broken_.isEmpty()) broken_ = what + u" in " + framer_.spec() + u": " + describe(all_);
  }

  void tiles(const QList<Message> &messages, quint64 size, const QString &where) {
    quint64 at = 0;
    for (const Message &message : messages) {
      check(message.size > 0 && isFiller(framer_, stream_, {at, message.offset}),
            where + u": a gap or an overlap at " + QString::number(at));
      check(message.status == Status::Complete || &message == &messages.last() ||
                (message.status == Status::Error && goesOnAfterErrors(framer_)),
            where + u": not complete, and yet not the last");
      at = message.end();
    }
    check(isFiller(framer_, stream_, {at, size}), where + u": not all bytes are framed");
  }

  void batches() {
    for (const auto &[most, mostBytes] : {std::pair(1, ~0ULL >> 1), std::pair(64, 1ULL), std::pair(3, 20ULL)}) {
      ScanState state;
      MessageBatch batch;
      QList<Message> got;
      do {
        batch.start(state.at, most, mostBytes);
        quint64 from = state.at;
        const quint64 fullAt = from + mostBytes;
        framer_.scan(stream_, state, batch);
        check(static_cast<int>(batch.messages().size()) <= most, QStringLiteral("batch too long"));
        quint64 shortest = ~0ULL;
        for (const Message &message : batch.messages()) shortest = std::min(shortest, message.payloadRange().size());
        check(batch.shortestPayload() == shortest, QStringLiteral("the batch's shortest payload is wrong"));
        for (const Message &message : batch.messages()) {
          // Filler before a message does not count: it may be longer than a batch.
          check(from < fullAt, QStringLiteral("batch holds too many bytes"));
          from = message.end();
          got.append(message);
        }
        if (!batch.isEmpty()) check(state.at == got.last().end(), QStringLiteral("state not behind the last message"));
      } while (batch.isFull() && broken_.isEmpty());
      if (const Message rest = framer_.rest(stream_, state); rest.size > 0) got.append(rest);
      check(got == all_, QStringLiteral("batches of %1 give %2").arg(most).arg(describe(got)));
    }
  }

  void arrivals() {
    QList<quint64> sizes = cuts_;
    sizes.append(stream_.size());
    ScanState state;
    QList<Message> seen;
    for (const quint64 size : std::as_const(sizes)) {
      if (size == 0 || size > stream_.size() || !broken_.isEmpty()) continue;
      const StreamView view = stream_.prefix(size);
      seen += finalMessages(framer_, view, state);
      check(state.scanned >= state.at, QStringLiteral("scanned < at"));
      const Message rest = framer_.rest(view, state);
      QList<Message> now = seen;
      if (rest.size > 0) now.append(rest);
      const QString where = QStringLiteral("at %1 bytes").arg(size);
      tiles(now, size, where);
      check(seen.size() <= all_.size() && std::equal(seen.begin(), seen.end(), all_.begin()),
            where + u": the prefix says " + describe(now));
      if (!broken_.isEmpty()) break;
      check(rest.size == 0 || seen.size() < all_.size(), where + u": the last message went away");
      check(now.size() == messagesSeen(size), where + u": more messages, or fewer, than are seen by then");
      if (!broken_.isEmpty()) break;
      if (rest.size > 0) growing(view, rest, all_[seen.size()], where);
      if (size == stream_.size()) {
        check(now == all_, where + u": arrivals give " + describe(now));
      }
      // From a state that was kept, everything follows.
      ScanState kept = state;
      QList<Message> further = seen + finalMessages(framer_, stream_, kept);
      if (const Message last = framer_.rest(stream_, kept); last.size > 0) further.append(last);
      check(further == all_, where + u": a kept state leads to " + describe(further));
      if (rest.size > 0) one(view, rest);
      if (rest.size > 0) partsFromKept(state, rest, view);
      if (seen.size() < all_.size()) partsFromKept(state, all_[seen.size()], stream_);
    }
  }

  /// How many messages a receiver sees once `size` bytes are there.
  qsizetype messagesSeen(quint64 size) const {
    qsizetype count = 0;
    for (; count < all_.size(); ++count) {
      const quint64 from = framer_.seenFrom(stream_, all_[count], count > 0 ? &all_[count - 1] : nullptr);
      if (from >= size) break;
    }
    return count;
  }

  /// `rest` is what a prefix says of the message that is `later` in the end.
  void growing(const StreamView &view, const Message &rest, const Message &later, const QString &where) {
    const quint64 givenBack = later.status == Status::Error ? framer_.givesBack() : 0;
    check(rest.offset == later.offset && rest.size <= later.size + givenBack, where + u": the last message moved");
    check(rest.status != Status::Complete, where + u": the rest is complete");
    const Verdict verdict = framer_.verdict(view, rest);
    if (rest.status == Status::Error) check(later.status == Status::Error, where + u": an error healed");
    if (rest.status != Status::Incomplete) return;
    check(rest.size <= framer_.maxMessage(), where + u": incomplete, and over the limit");
    if (!verdict.needs) return;
    check(*verdict.needs > 0, where + u": needs nothing");
    const quint64 whole = rest.size + *verdict.needs;
    check(whole <= framer_.maxMessage(), where + u": needs more than the limit");
    if (later.status == Status::Complete) check(whole == later.size, where + u": wrong needs");
    if (later.status == Status::Incomplete) {
      check(framer_.verdict(stream_, later).needs == whole - later.size, where + u": needs changed");
    }
    if (later.status == Status::Complete && rest.hasPayloadRange()) {
      check(rest.payloadOffset == later.payloadOffset, where + u": the payload moved");
    }
  }

  // A framing whose messages depend on those before says so in its state; any other one goes on from a bare place.
  void restartsAtMessages() {
    ScanState before;
    for (qsizetype i = 0; i < all_.size() && broken_.isEmpty(); ++i) {
      const bool isPlain =
          before.more.isEmpty() && std::ranges::all_of(before.own, [](quint64 number) { return number == 0; });
      ScanState state = isPlain ? ScanState::startingAt(all_[i].offset) : before;
      MessageBatch one;
      one.start(before.at, 1);
      framer_.scan(stream_, before, one);
      QList<Message> got = finalMessages(framer_, stream_, state);
      if (const Message rest = framer_.rest(stream_, state); rest.size > 0) got.append(rest);
      check(got == all_.sliced(i), QStringLiteral("framing on from message %1 gives %2").arg(i).arg(describe(got)));
    }
  }

  /// Everything said of one message, which `view` holds.
  void one(const StreamView &view, const Message &message) {
    const QString where = u"message " + describe(message);
    const quint64 seenFrom = framer_.seenFrom(view, message, nullptr);
    check(message.range().contains(seenFrom), where + u": seen from elsewhere");
    const Verdict verdict = framer_.verdict(view, message);
    check((message.status == Status::Error) == !verdict.error.isEmpty(),
          where + u": error without words, or the reverse");
    check(message.status == Status::Incomplete || !verdict.needs, where + u": needs something");
    check(isLine(verdict.error), where + u": error words are not a line: " + verdict.error);
    const QString words = framer_.explain(view, message, 3);
    check(isLine(words) && words.endsWith(u'.'), where + u": explained as: " + words);
    if (message.status == Status::Complete) check(message.size <= framer_.maxMessage(), where + u": over the limit");
    if (message.status == Status::Error) check(!message.hasPayloadRange(), where + u": payload in an error");
    const ByteRange range = message.payloadRange();
    if (message.hasPayloadRange()) {
      check(range.begin >= message.offset && range.end <= message.end(), where + u": payload outside");
    }
    const auto payload = framer_.payload(view, message);
    check(payload.has_value(), where + u": no payload");
    if (payload) {
      check(static_cast<quint64>(payload->size()) == message.payloadSize, where + u": payload of another size");
      if (message.hasPayloadRange()) check(*payload == copyOf(view.bytes.view(range)), where + u": another payload");
    }
    const ScanState begin = ScanState::startingAt(message.offset);
    partsOf(view, message, begin, message.range(), 1000000);
    partsOf(view, message, begin, {0, ~0ULL}, 1 + static_cast<int>(random_() % 5));
    partsOf(view, message, begin, randomRange(message), 1000000);
    partsOf(view, message, begin, randomRange(message), 1 + static_cast<int>(random_() % 3));
  }

  ByteRange randomRange(const Message &message) {
    const quint64 a = message.offset + random_() % message.size;
    const quint64 b = message.offset + random_() % message.size;
    return {std::min(a, b), std::max(a, b) + 1};
  }

  static bool isLine(const QString &text) {
    return std::none_of(text.begin(), text.end(), [](QChar c) { return c.category() == QChar::Other_Control; });
  }

  QList<FramingPart> partsOf(const StreamView &view, const Message &message, const ScanState &state, ByteRange shown,
                             int most) {
    const QList<FramingPart> parts = framer_.parts(view, message, state, shown, most);
    const QString where =
        u"parts of " + describe(message) + QStringLiteral(" in %1–%2").arg(shown.begin).arg(shown.end);
    check(parts.size() <= most, where + u": too many");
    const ByteRange wanted = message.range().intersected(shown);
    for (qsizetype i = 0; i < parts.size(); ++i) {
      const ByteRange range = parts[i].range;
      check(!range.isEmpty() && range.overlaps(wanted), where + u": an empty one, or one outside");
      check(range.begin >= message.offset && range.end <= message.end(), where + u": outside the message");
      if (i == 0) check(range.begin <= wanted.begin, where + u": the first begins late");
      if (i > 0) check(range.begin == parts[i - 1].range.end, where + u": a gap or an overlap");
    }
    const bool reaches = !parts.isEmpty() && parts.last().range.end >= wanted.end;
    check(reaches || parts.size() == most, where + u": the last ends early");
    return parts;
  }

  void partsFromKept(const ScanState &state, const Message &message, const StreamView &view) {
    // Where filler lies before the message, the state stands at the filler's begin.
    if (state.at > message.offset || state.scanned >= message.end()) return;
    const ByteRange shown{std::max(state.scanned, message.offset), message.end()};
    const auto kept = partsOf(view, message, state, shown, 1000000);
    const auto fresh = partsOf(view, message, ScanState::startingAt(message.offset), shown, 1000000);
    bool same = kept.size() == fresh.size();
    for (qsizetype i = 0; same && i < kept.size(); ++i) same = !(kept[i] != fresh[i]);
    check(same, u"parts from a kept state differ for " + describe(message));
    const Verdict verdict = framer_.verdict(view, message);
    const Verdict later = framer_.verdictFrom(view, message, state);
    check(later.error == verdict.error && later.needs == verdict.needs,
          u"from a kept state, not " + verdict.error + u" but " + later.error + u" for " + describe(message));
    const QString words = framer_.explainFrom(view, message, 3, state);
    check(words == framer_.explain(view, message, 3), u"explained otherwise from a kept state: " + words);
  }

  const Framer &framer_;
  QList<quint64> cuts_;
  std::minstd_rand random_;
  StreamView stream_;
  QList<Message> all_;
  QString broken_;
};

/// What is broken in encoding `payload`: what is accepted must come back as one message. Empty: nothing.
inline QString brokenEncoding(const Framer &framer, const QByteArray &payload) {
  const auto encoded = framer.encode(payload);
  const QString where = framer.spec() + u", payload " + QString::fromLatin1(payload.toHex());
  if (!encoded) {
    return encoded.error().what.isEmpty() || encoded.error().what.contains(u'\n') ? QString(u"bad words: " + where)
                                                                                  : QString();
  }
  const QList<Message> messages = messagesOf(framer, streamInChunks(*encoded, {}, StreamEnd::Fin));
  if (messages.size() != 1 || messages[0].status != Status::Complete) return where + u" came as " + describe(messages);
  const auto back = framer.payload(streamInChunks(*encoded, {}, StreamEnd::Fin), messages[0]);
  return back && *back == payload ? QString() : QString(u"another payload came back: " + where);
}

}  // namespace octetscope::test
