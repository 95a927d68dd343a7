#include "model/framing/item_framer.h"

#include "model/framing/framing_words.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr quint64 explainedItems = 50000;  // no explanation counts further

// A state: `scanned` is where the next item begins, own what the walk counts, more what it keeps.
ItemWalk takeWalk(ScanState &state) {
  ItemWalk walk;
  walk.at = state.scanned - state.at;
  if (walk.at > 0) walk.pending = state.own[0];
  walk.items = state.own[1];
  walk.own = {state.own[2], state.own[3]};
  walk.open = std::move(state.more);
  return walk;
}

void giveWalk(ItemWalk &walk, ScanState &state) {
  state.scanned = state.at + walk.at;
  state.own = {walk.at > 0 ? walk.pending : 0, walk.items, walk.own[0], walk.own[1]};
  state.more = std::move(walk.open);
}

/// Where a walk over `message` stood in `state`, where that stands in it; else at its begin.
ItemWalk walkInside(ScanState state, const Message &message) {
  return state.at == message.offset ? takeWalk(state) : ItemWalk();
}

/// "CD 01 00", or what fits of a long one.
QString headWords(ByteView bytes, const ItemReading &reading) {
  return hexWords(bytes.first(std::min<quint64>(reading.headSize, bytes.size())));
}

QString ofWords(const ItemReading &reading) {
  return reading.announced.isEmpty() ? reading.name : reading.name + u" of "_s + reading.announced;
}

QString readWords(ByteView bytes, const ItemReading &reading) {
  return headWords(bytes, reading) + u" as "_s + ofWords(reading);
}

}  // namespace

QString ItemFramer::nounFor(quint64 count) const {
  return grouped(count) + u' ' + format_->noun() + (count == 1 ? QString() : u"s"_s);
}

void ItemFramer::scan(const StreamView &stream, ScanState &state, MessageBatch &out) const {
  if (state.stopped || state.at >= stream.size()) return;
  ItemWalk walk = takeWalk(state);
  for (bool hasRoom = true; hasRoom && state.at < stream.size();) {
    const WalkEnd end = format_->walkOn(stream.bytes.view({state.at, stream.size()}), walk, maxMessage());
    if (end != WalkEnd::Done) {
      state.stopped = end == WalkEnd::Broken;
      break;
    }
    const Message message{state.at, walk.at, state.at, walk.at, Status::Complete};
    state.at = message.end();
    walk.restart();
    hasRoom = out.add(message);
  }
  giveWalk(walk, state);
}

Message ItemFramer::rest(const StreamView &stream, const ScanState &state) const {
  const quint64 size = stream.size() - std::min(state.at, stream.size());
  if (state.stopped && size > 0) return {state.at, size, notInStream, 0, Status::Error};
  return {state.at, size, state.at, size, Status::Incomplete};
}

// An error is found again by walking to it, which the limit of a message bounds.
Verdict ItemFramer::verdict(const StreamView &stream, const Message &message) const {
  return verdictFrom(stream, message, ScanState::startingAt(message.offset));
}

Verdict ItemFramer::verdictFrom(const StreamView &stream, const Message &message, const ScanState &state) const {
  if (message.status == Status::Complete) return {};
  const bool isError = message.status == Status::Error;
  const ByteView bytes = bytesOf(stream, message);
  ItemWalk walk;
  if (isError) walk = walkInside(state, message);
  const WalkEnd end = format_->walkOn(bytes, walk, maxMessage(), isError ? ~0ULL : explainedItems);
  if (isError) return {.needs = {}, .error = errorWords(bytes, walk, message.offset)};
  if (end != WalkEnd::Cut) return {};
  const ItemReading reading = format_->readAt(bytes, walk, message.offset);
  if (reading.size == 0 || !reading.endsMessage) return {};
  return {.needs = static_cast<quint64>(reading.size - (bytes.size() - walk.at))};
}

QList<FramingPart> ItemFramer::parts(const StreamView &stream, const Message &message, const ScanState &state,
                                     ByteRange shown, int most) const {
  PartCollector parts(message, shown, most);
  const QString noun = format_->endNoun();
  if (message.status == Status::Error) {
    ItemWalk walk;
    if (state.scanned <= parts.shown().begin) walk = walkInside(state, message);
    format_->walkOn(bytesOf(stream, message), walk, maxMessage());
    parts.add(PartRole::Payload, {message.offset, message.offset + walk.at});
    parts.add(PartRole::Unread, {message.offset + walk.at, message.end()});
  } else if (message.status == Status::Complete && !noun.isEmpty()) {
    parts.add(PartRole::Payload, {message.offset, message.end() - 1});
    parts.add(PartRole::Delimiter, {message.end() - 1, message.end()}, noun);
  } else {
    parts.add(PartRole::Payload, message.range());
  }
  return parts.take();
}

// The words stay as they are when more bytes come: what the first byte of an item says comes first.
QString ItemFramer::errorWords(ByteView bytes, const ItemWalk &walk, quint64 offset) const {
  const WideInt max = maxMessage();
  const QString place = u" at byte "_s + grouped(offset + walk.at);
  const auto over = [&](const ItemReading &reading) {
    return u"the message has %1 at least, over the limit of %2"_s.arg(byteCount(reading.least), grouped(max));
  };
  const ItemReading first = format_->readAt(bytes.first(walk.at + 1), walk, offset);
  if (!first.error.isEmpty()) return first.error;
  if (first.least > max && first.headSize > 0 && first.announced.isEmpty()) {
    return u"with the "_s + first.name + place + u' ' + over(first);
  }
  const ItemReading reading = format_->readAt(bytes, walk, offset);
  if (reading.headSize == 0 && reading.least > max) {
    return u"with the line of the %1%2 the message goes over the limit of %3"_s.arg(reading.name, place, grouped(max));
  }
  if (!reading.error.isEmpty()) return reading.error;
  return u"%1 (%2 as %3) announce%4 %5, with which "_s.arg(
             bytesAt(ByteRange::ofSize(offset + walk.at, reading.headSize)), headWords(bytes.subspan(walk.at), reading),
             reading.name, reading.headSize == 1 ? u"s"_s : QString(), reading.announced) +
         over(reading);
}

QString ItemFramer::explainFrom(const StreamView &stream, const Message &message, quint64 number,
                                const ScanState &state) const {
  if (message.status != Status::Error) return explain(stream, message, number);
  return stoppedWords(verdictFrom(stream, message, state).error, message.offset);
}

QString ItemFramer::explain(const StreamView &stream, const Message &message, quint64 number) const {
  const ByteView bytes = bytesOf(stream, message);
  const QString name = u"message "_s + grouped(number);
  if (message.status == Status::Error) return stoppedWords(verdict(stream, message).error, message.offset);
  const StreamEnd end = endFor(stream, message);
  const QString endNoun = format_->endNoun();
  ItemWalk walk;
  const WalkEnd walked = format_->walkOn(bytes, walk, maxMessage(), explainedItems);
  const bool isMany = walked == WalkEnd::Paused;
  const QString count =
      isMany ? u"more than %1 %2s"_s.arg(grouped(explainedItems), format_->noun()) : nounFor(walk.items);
  const ItemReading first = format_->readAt(bytes, {}, message.offset);

  if (message.status == Status::Complete) {
    const QString ends = u"%1 ends at byte %2. "_s.arg(name, grouped(message.end())) + allHereWords(message.size);
    if (!endNoun.isEmpty()) {
      const quint64 last = message.end() - 1;
      const QString stop = u"%1 (%2 at byte %3), so "_s.arg(endNoun, hexWords(bytes.last(1)), grouped(last)) + ends;
      return (walk.items == 1 ? u"Read "_s : u"Read %1, the last of them "_s.arg(count)) + stop;
    }
    if (walk.items == 1 && !isMany) return u"Read "_s + readWords(bytes, first) + u", so "_s + ends;
    const QString inside =
        isMany ? u"at least %1 %2s"_s.arg(grouped(explainedItems), format_->noun()) : nounFor(walk.items - 1);
    return u"Read %1 and %2 in it, so "_s.arg(readWords(bytes, first), inside) + ends;
  }

  const QString yet = end == StreamEnd::Open ? u" yet"_s : QString();
  const QString behind = endNoun.isEmpty() ? QString() : u" %1 ends a message."_s.arg(endNoun);
  if (isMany) {
    return u"%1 of %2 are here, and not%3 the last: "_s.arg(capitalised(count), name, yet) + waitingWords(end) + behind;
  }
  const quint64 at = message.offset + walk.at;
  const quint64 here = bytes.size() - walk.at;
  const ItemReading reading = format_->readAt(bytes, walk, message.offset);
  if (reading.name.isEmpty()) {
    const QString start = endNoun.isEmpty() ? u"Read %1: "_s.arg(readWords(bytes, first)) : QString();
    const QString more = endNoun.isEmpty() ? u"at least %1 more %2 to come"_s.arg(
                                                 grouped(reading.behind), reading.behind == 1 ? u"has"_s : u"have"_s)
                                           : u"no %1%2"_s.arg(endNoun, yet);
    const QString words = u"%1 of %2 %3 here, and %4: "_s.arg(count, name, walk.items == 1 ? u"is"_s : u"are"_s, more);
    return start + words + waitingWords(end) + behind;
  }
  const QString item = u"%1 %2 of %3"_s.arg(format_->noun(), grouped(walk.items + 1), name);
  if (reading.size == 0 && reading.headSize == 0) {
    return u"%1, %2 at byte %3, goes to the end of its line, which is not here%4: "_s.arg(
               capitalised(item), reading.name, grouped(at), yet) +
           waitingWords(end) + behind;
  }
  if (reading.size == 0) {
    return u"The head of %1, %2, is at %3. "_s.arg(item, reading.name,
                                                   bytesAt(ByteRange::ofSize(at, reading.headSize))) +
           missingWords(here, reading.headSize, end) + behind;
  }
  const QString endsAt = grouped(WideInt(at) + reading.size);
  if (reading.endsMessage && walk.items == 0) {
    return u"Read %1, so %2 ends at byte %3. "_s.arg(readWords(bytes, reading), name, endsAt) +
           missingWords(here, reading.size, end);
  }
  return u"%1, %2 at byte %3, ends at byte %4%5. "_s.arg(
             capitalised(item), ofWords(reading), grouped(at), endsAt,
             reading.endsMessage ? u", and the message with it"_s : QString()) +
         missingWords(here, reading.size, end) + behind;
}

QString ItemFramer::because(const StreamView &stream, const Message &message) const {
  const ByteView bytes = bytesOf(stream, message);
  const QString endNoun = format_->endNoun();
  if (!endNoun.isEmpty()) {
    if (message.status != Status::Complete)
      return u"it found no %1 in these %2"_s.arg(endNoun, byteCount(message.size));
    return u"it read %1 (byte %2) as %3, which ends a %4"_s.arg(
        hexWords(bytes.last(1)), grouped(message.end() - 1), endNoun,
        format_->noun() == u"opcode" ? u"pickle"_s : u"message"_s);
  }
  const ItemReading first = format_->readAt(bytes, {}, message.offset);
  const quint64 headSize = std::clamp<quint64>(first.headSize, 1, bytes.size());
  const QString words = u"it read %1 (%2) as %3"_s.arg(
      hexWords(bytes.first(headSize)), bytesAt(ByteRange::ofSize(message.offset, headSize)), ofWords(first));
  ItemWalk walk;
  const WalkEnd walked = format_->walkOn(bytes, walk, maxMessage(), explainedItems);
  if (message.status == Status::Complete) {
    if (walk.items == 1 && walked == WalkEnd::Done) return words;
    return walked == WalkEnd::Paused ? words + u", and the last of at least %1 %2s in it ends there"_s.arg(
                                                   grouped(explainedItems), format_->noun())
                                     : words + u", and the last of %1 in it ends there"_s.arg(nounFor(walk.items - 1));
  }
  return words + u", which is not all here"_s;
}

Result<QByteArray> ItemFramer::encode(QByteArrayView payload) const {
  const ByteView bytes = viewOf(payload);
  if (bytes.size() > maxMessage()) return failOverLimit(bytes.size());
  ItemWalk walk;
  switch (format_->walkOn(bytes, walk, maxMessage())) {
    case WalkEnd::Done:
      if (walk.at == bytes.size()) return payload.toByteArray();
      return fail(u"the payload goes on behind its value, which ends at byte %1"_s.arg(grouped(walk.at)),
                  u"send each value as a message of its own"_s);
    case WalkEnd::Broken:
      return fail(errorWords(bytes, walk, 0), u"send exactly one value of the format"_s);
    default:
      return fail(u"the payload of %1 ends before its value does"_s.arg(byteCount(bytes.size())),
                  u"send exactly one value of the format"_s);
  }
}

}  // namespace octetscope
