#include "model/framing/divergence_words.h"

#include "model/framing/framing_words.h"

#include <algorithm>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

/// One framing at the divergence.
struct Side {
  const Framer &framer;
  const std::optional<Message> &message;
  const std::optional<quint64> &end;
  QString name;  // "A"
};

StreamEnd endFor(const StreamView &stream, const Message &message) {
  return message.end() == stream.size() ? stream.end : StreamEnd::Open;
}

QString messages(quint64 count) {
  return count == 1 ? u"1 message"_s : grouped(count) + u" messages"_s;
}

QString sideWords(const Side &side, const StreamView &stream, quint64 number) {
  if (!side.message) return side.name + u" has no message there"_s;
  const Message &message = *side.message;
  const QString named = u"message "_s + grouped(number);
  if (message.status == Status::Error) {
    return u"%1 finds an error in %2: %3"_s.arg(side.name, named, side.framer.verdict(stream, message).error);
  }
  const QString because = side.framer.because(stream, message);
  if (message.status == Status::Complete) {
    return u"%1 ends %2 at byte %3, because %4"_s.arg(side.name, named, grouped(message.end()), because);
  }
  const StreamEnd end = endFor(stream, message);
  const bool goesOn = end == StreamEnd::Open && message.end() == stream.size();
  if (!goesOn) {
    const QString missing = side.end ? u", %1 short"_s.arg(byteCount(*side.end - message.end())) : QString();
    return u"%1 is left with %2 incomplete at byte %3%4, because %5"_s.arg(side.name, named, grouped(message.end()),
                                                                           missing, because);
  }
  if (side.end) {
    const quint64 more = *side.end - message.end();
    return u"%1 still waits for %2 more %3 of %4, because %5"_s.arg(side.name, grouped(more),
                                                                    more == 1 ? u"byte"_s : u"bytes"_s, named, because);
  }
  return u"%1 still waits for the end of %2, because %3"_s.arg(side.name, named, because);
}

/// Size of the whole message, as far as its framing knows it.
std::optional<quint64> wholeSize(const Side &side) {
  if (!side.message || side.message->status == Status::Error) return std::nullopt;
  if (side.message->status == Status::Complete) return side.message->size;
  return side.end ? std::optional(*side.end - side.message->offset) : std::nullopt;
}

std::optional<LengthRead> lengthOf(const Side &side, const StreamView &stream) {
  return side.message ? side.framer.lengthRead(stream, *side.message) : std::nullopt;
}

quint64 valueOf(ByteView bytes, bool bigEndian) {
  quint64 value = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) value = value << 8 | bytes[bigEndian ? i : bytes.size() - 1 - i];
  return value;
}

struct Found {
  FramingMistake mistake = FramingMistake::None;
  QString words;
};

Found byteOrder(const LengthRead &a, const LengthRead &b, const StreamView &stream) {
  if (a.field != b.field || a.value == b.value || a.field.size() < 2 || a.field.size() > 8) return {};
  const ByteView bytes = stream.bytes.view(a.field);
  const quint64 big = valueOf(bytes, true);
  const quint64 little = valueOf(bytes, false);
  if (!(a.value == big && b.value == little) && !(a.value == little && b.value == big)) return {};
  return {FramingMistake::ByteOrder,
          u"Byte order: the same bytes (%1) are %2 read big-endian and %3 read little-endian."_s.arg(
              hexWords(bytes), grouped(big), grouped(little))};
}

Found countsHeader(const Side &sideA, const Side &sideB, const LengthRead &a, const LengthRead &b) {
  const auto sizeA = wholeSize(sideA);
  const auto sizeB = wholeSize(sideB);
  if (a.field != b.field || a.value != b.value || !sizeA || !sizeB || *sizeA == *sizeB) return {};
  const quint64 header = a.field.end - sideA.message->offset;
  const quint64 least = std::min(*sizeA, *sizeB);
  // The length itself, or what follows the length field: proven by the numbers.
  if (std::max(*sizeA, *sizeB) - least != header || least != a.value) return {};
  const bool inA = *sizeA < *sizeB;
  return {
      FramingMistake::CountsHeader,
      u"Off by the header: both read %1; in %2 that counts the %3 of the header too, in %4 only what follows it."_s.arg(
          grouped(a.value), inA ? sideA.name : sideB.name, byteCount(header), inA ? sideB.name : sideA.name)};
}

/// How many whole messages of `framer` the bytes from `message.offset` up to `end` carry; as many as fit a batch.
quint64 messagesWithin(const Framer &framer, const StreamView &stream, quint64 offset, quint64 end) {
  ScanState state = ScanState::startingAt(offset);
  MessageBatch batch;
  batch.start(offset);
  framer.scan(stream.prefix(end), state, batch);
  quint64 count = 0;
  for (const Message &message : batch.messages()) count += message.end() <= end ? 1 : 0;
  return count;
}

Found oneReceive(const Side &sideA, const Side &sideB, const StreamView &stream) {
  if (sideA.framer.readsChunks() == sideB.framer.readsChunks()) return {};
  const Side &chunks = sideA.framer.readsChunks() ? sideA : sideB;
  const Side &other = sideA.framer.readsChunks() ? sideB : sideA;
  if (!chunks.message || !other.message || chunks.message->status != Status::Complete) return {};
  const QString start = u"One recv() is not one message: "_s;
  if (other.message->size > chunks.message->size) {
    const quint64 carried = stream.chunks.countIn(other.message->range());
    return {FramingMistake::OneReceive,
            start + u"%1's message came in %2 chunks%3."_s.arg(
                        other.name, grouped(carried),
                        other.message->status == Status::Complete ? QString() : u" so far"_s)};
  }
  if (other.message->status != Status::Complete || other.message->size == chunks.message->size) return {};
  const quint64 end = chunks.message->end();
  const quint64 count = messagesWithin(other.framer, stream, other.message->offset, end);
  const QString held = count >= MessageBatch::capacity ? u"at least "_s + messages(count) : messages(count);
  ScanState state = ScanState::startingAt(other.message->offset);
  MessageBatch batch;
  batch.start(state.at);
  other.framer.scan(stream.prefix(end), state, batch);
  const bool isSplit = count < MessageBatch::capacity && state.at < end;
  return {FramingMistake::OneReceive,
          start + u"this one returned %1 of %2%3."_s.arg(held, other.name,
                                                         isSplit ? u" and a part of the next"_s : QString())};
}

Found find(const Side &a, const Side &b, const StreamView &stream) {
  if (Found found = oneReceive(a, b, stream); found.mistake != FramingMistake::None) return found;
  const auto lengthA = lengthOf(a, stream);
  const auto lengthB = lengthOf(b, stream);
  if (!lengthA || !lengthB) return {};
  if (Found found = byteOrder(*lengthA, *lengthB, stream); found.mistake != FramingMistake::None) return found;
  return countsHeader(a, b, *lengthA, *lengthB);
}

QString payloadWords(const Side &side) {
  const Message &message = *side.message;
  if (!message.hasPayloadRange()) return u"%1 finds a payload of %2"_s.arg(side.name, byteCount(message.payloadSize));
  if (message.payloadSize == 0) return side.name + u" finds no payload in it"_s;
  return u"%1 finds its payload at %2"_s.arg(side.name, bytesAt(message.payloadRange()));
}

}  // namespace

FramingMistake mistakeAt(const Framer &a, const Framer &b, const StreamView &stream, const Divergence &divergence) {
  return find({a, divergence.a, divergence.endA, u"A"_s}, {b, divergence.b, divergence.endB, u"B"_s}, stream).mistake;
}

QString divergenceWords(const Framer &a, const Framer &b, const StreamView &stream, const Divergence &divergence) {
  const Side sideA{a, divergence.a, divergence.endA, u"A"_s};
  const Side sideB{b, divergence.b, divergence.endB, u"B"_s};
  const bool sameExtent = divergence.a && divergence.b && divergence.a->range() == divergence.b->range() &&
                          divergence.a->status == divergence.b->status && divergence.endA == divergence.endB &&
                          divergence.a->status != Status::Error;
  if (sameExtent) {
    const QString number = grouped(divergence.number);
    const QString start = divergence.a->status == Status::Complete
                              ? u"A and B both end message %1 at byte %2"_s.arg(number, grouped(divergence.a->end()))
                              : u"A and B both have message %1 incomplete"_s.arg(number);
    return u"%1, but %2, %3."_s.arg(start, payloadWords(sideA), payloadWords(sideB));
  }
  const QString words =
      sideWords(sideA, stream, divergence.number) + u"; "_s + sideWords(sideB, stream, divergence.number) + u'.';
  const Found found = find(sideA, sideB, stream);
  return found.words.isEmpty() ? words : QString(words + u' ' + found.words);
}

QString agreementWords(quint64 count, quint64 bytes) {
  if (bytes == 0) return u"A and B say the same: nothing has come yet."_s;
  return u"A and B say the same of %1, up to byte %2."_s.arg(messages(count), grouped(bytes));
}

}  // namespace octetscope
