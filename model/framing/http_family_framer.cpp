#include "model/framing/http_family_framer.h"

#include "model/framing/framing_words.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

using Step = HttpReader::Step;

constexpr quint64 explainedBlocks = 50000;  // no explanation counts further

/// Where a message is read again: it ends with its head, where it does although the head announces a body.
HttpAnswer knownAnswer(const Message &message, const HttpWalk &head) {
  const bool isEmpty = head.has(HttpWalk::HasLength) && head.number == 0 && !head.has(HttpWalk::HasCoding);
  const bool endsHere = message.status == Status::Complete && head.at == message.size && !isEmpty;
  return endsHere && message.hasPayloadRange() ? HttpAnswer::NoBody : HttpAnswer::Unknown;
}

/// `walk` stands where a message at `at` ends, or where reading it had to stop, with `size` bytes here.
Message messageOf(quint64 at, const HttpWalk &walk, quint64 size, Status status) {
  Message message{at, size, notInStream, 0, status};
  if (status == Status::Error) return message;
  switch (walk.phase) {
    case HttpWalk::HeadEnd:
    case HttpWalk::UntilClose:
    case HttpWalk::Tunnel:
      message.payloadOffset = at + walk.at;
      message.payloadSize = size - walk.at;
      break;
    case HttpWalk::Sized: {
      const quint64 head = status == Status::Complete ? walk.at - walk.number : walk.at;
      message.payloadOffset = at + head;
      message.payloadSize = size - head;
      break;
    }
    case HttpWalk::BlockData:
      message.payloadSize = walk.number + std::min(walk.blockSize, size - walk.at);
      break;
    case HttpWalk::BlockSize:
    case HttpWalk::Trailer:
      message.payloadSize = walk.number;
      break;
    case HttpWalk::Start:
    case HttpWalk::Header:
    case HttpWalk::MaySwitch:
      break;
  }
  return message;
}

}  // namespace

HttpWalk HttpFamilyFramer::walkFrom(const ScanState &state) const {
  HttpWalk walk = HttpWalk::from(state);
  if (state.own[0] == 0) walk.phase = reader_.begin().phase;
  return walk;
}

void HttpFamilyFramer::scan(const StreamView &stream, ScanState &state, MessageBatch &out) const {
  while (!state.stopped && state.at < stream.size()) {
    const ByteView here = stream.bytes.view({state.at, stream.size()});
    HttpWalk walk = walkFrom(state);
    if (walk.phase == HttpWalk::MaySwitch) {
      walk = {.phase = switchedTo(stream, state, walk)};
    }
    HttpFlaw flaw;
    HttpAnswer answer = HttpAnswer::Unknown;
    const Step step =
        reader_.readOn(here, walk, flaw, [&](const HttpWalk &head) { return answer = answerTo(stream, state, head); });
    const bool isEnded = stream.end == StreamEnd::Fin && step == Step::Cut &&
                         (walk.phase == HttpWalk::UntilClose || walk.phase == HttpWalk::Tunnel);
    if (step != Step::Complete && !isEnded) {
      walk.save(state);
      state.stopped = step == Step::Flawed;
      break;
    }
    const Message message = messageOf(state.at, walk, isEnded ? here.size() : walk.at, Status::Complete);
    state.at = state.scanned = message.end();
    state.own = {};
    carryOn(state, walk, answer, message.size);
    if (!out.add(message)) break;
  }
}

Message HttpFamilyFramer::rest(const StreamView &stream, const ScanState &state) const {
  const quint64 here = stream.size() - state.at;
  if (state.stopped) return {state.at, here, notInStream, 0, Status::Error};
  return messageOf(state.at, walkFrom(state), here, Status::Incomplete);
}

bool HttpFamilyFramer::isTunnel(const StreamView &, const Message &message) const {
  return message.hasPayloadRange() && message.payloadOffset == message.offset;
}

HttpFamilyFramer::Reading HttpFamilyFramer::read(const StreamView &stream, const Message &message,
                                                 quint64 mostBlocks) const {
  Reading reading;
  const ByteView bytes = bytesOf(stream, message);
  HttpWalk &walk = reading.walk;
  if (isTunnel(stream, message)) {
    walk.phase = HttpWalk::Tunnel;
    reading.step = reader_.step(bytes, walk, reading.flaw);
    return reading;
  }
  walk = reader_.begin();
  do {
    const HttpWalk before = walk;
    if (walk.phase == HttpWalk::HeadEnd) {
      reading.headSize = walk.at;
      reading.head = walk;
    }
    reading.step = reader_.step(bytes, walk, reading.flaw, knownAnswer(message, walk));
    if (reading.step != Step::Line) continue;
    if (before.isInHead()) {
      const HttpLine line = httpLine(bytes, before.at, walk.at - 1);
      reading.hasBareFeed = reading.hasBareFeed || line.hasBareFeed();
      if (before.phase == HttpWalk::Start && walk.phase == HttpWalk::Header) reading.startLine = line.content();
    }
    if (before.phase == HttpWalk::BlockSize && walk.phase == HttpWalk::Trailer) reading.lastBlock = before.at;
    if (before.phase == HttpWalk::Trailer) ++reading.trailers;
  } while ((reading.step == Step::Line || reading.step == Step::Block) && walk.blocks <= mostBlocks);
  return reading;
}

Verdict HttpFamilyFramer::verdict(const StreamView &stream, const Message &message) const {
  switch (message.status) {
    case Status::Complete:
      break;
    case Status::Incomplete: {
      // A body in blocks, or one that the end of the stream ends, tells nobody how long it will be.
      if (!message.hasPayloadRange() || isTunnel(stream, message)) break;
      const Reading reading = read(stream, message);
      if (reading.walk.phase == HttpWalk::Sized) return {.needs = reading.walk.at + reading.walk.number - message.size};
      break;
    }
    case Status::Error:
      return verdictFrom(stream, message, ScanState::startingAt(message.offset));
  }
  return {};
}

Verdict HttpFamilyFramer::verdictFrom(const StreamView &stream, const Message &message, const ScanState &state) const {
  if (message.status != Status::Error) return verdict(stream, message);
  const ByteView bytes = bytesOf(stream, message);
  HttpWalk walk = walkInside(state, message);
  if (isTunnel(stream, message)) walk = {.phase = HttpWalk::Tunnel};
  HttpFlaw flaw;
  reader_.readOn(bytes, walk, flaw, [&](const HttpWalk &head) { return knownAnswer(message, head); });
  return {.needs = {}, .error = flaw.words(bytes, message.offset, maxMessage())};
}

QString HttpFamilyFramer::explainFrom(const StreamView &stream, const Message &message, quint64 number,
                                      const ScanState &state) const {
  if (message.status != Status::Error) return explain(stream, message, number);
  return stoppedWords(verdictFrom(stream, message, state).error, message.offset);
}

/// Where reading `message` stood in `state`, where that stands in it; else at its begin.
HttpWalk HttpFamilyFramer::walkInside(const ScanState &state, const Message &message) const {
  if (state.at != message.offset) return reader_.begin();
  const HttpWalk walk = walkFrom(state);
  return walk.phase == HttpWalk::MaySwitch ? reader_.begin() : walk;
}

QList<FramingPart> HttpFamilyFramer::parts(const StreamView &stream, const Message &message, const ScanState &state,
                                           ByteRange shown, int most) const {
  PartCollector parts(message, shown, most);
  const ByteView bytes = bytesOf(stream, message);
  if (isTunnel(stream, message)) {
    parts.add(message.status == Status::Error ? PartRole::Unread : PartRole::Payload, message.range());
    return parts.take();
  }
  HttpWalk walk = reader_.begin();
  if (state.scanned <= parts.shown().begin) walk = walkInside(state, message);
  HttpFlaw flaw;
  while (!parts.isFull() && message.offset + walk.at < parts.shown().end) {
    const HttpWalk before = walk;
    const Step step = reader_.step(bytes, walk, flaw, knownAnswer(message, walk));
    if (step == Step::Flawed) {
      quint64 from = before.at;
      if (before.phase == HttpWalk::BlockData) {
        from += before.blockSize;
        parts.add(PartRole::Payload, {message.offset + before.at, message.offset + from},
                  u"block "_s + grouped(before.blocks + 1));
      }
      parts.add(PartRole::Unread, {message.offset + from, message.end()});
      break;
    }
    addParts(parts, bytes, message, before, walk, step);
    if (step == Step::Cut || step == Step::Complete) break;
  }
  return parts.take();
}

/// What one step read: a line, a block or a body, or as much of it as is here.
void HttpFamilyFramer::addParts(PartCollector &parts, ByteView bytes, const Message &message, const HttpWalk &before,
                                const HttpWalk &after, Step step) const {
  const quint64 offset = message.offset;
  const auto add = [&](PartRole role, quint64 begin, quint64 end, const QString &name, const QString &value = {}) {
    parts.add(role, {offset + begin, offset + end}, name, value);
  };
  const bool isCut = step == Step::Cut;
  const quint64 end = isCut ? bytes.size() : after.at;
  const HttpLine line =
      isCut ? HttpLine{before.at, end, end} : httpLine(bytes, before.at, std::max<quint64>(end, 1) - 1);
  const QString block = grouped(before.blocks + 1);
  switch (before.phase) {
    case HttpWalk::Start: {
      const QString name = isCut                             ? u"first line"_s
                           : after.phase == HttpWalk::Start  ? u"empty line"_s
                           : after.has(HttpWalk::IsResponse) ? u"status line"_s
                                                             : u"request line"_s;
      add(PartRole::Head, before.at, end, name);
      break;
    }
    case HttpWalk::Header:
    case HttpWalk::Trailer: {
      const bool isTrailer = before.phase == HttpWalk::Trailer;
      if (!isCut && line.isEmpty()) {
        add(PartRole::Delimiter, before.at, end, isTrailer ? u"end of trailers"_s : u"end of head"_s);
        break;
      }
      const QString name = isTrailer ? u"trailer"_s : u"header"_s;
      HttpFlaw flaw;
      const auto colon = isCut ? std::nullopt : httpColon(bytes, line, flaw);
      if (colon && !isTrailer) {
        const HttpHeader header = httpHeader(bytes, line, *colon);
        const bool isLength = header.is(bytes, "content-length");
        if (isLength || header.is(bytes, "transfer-encoding")) {
          const ByteView value = bytes.subspan(header.value.begin, header.value.size());
          add(PartRole::Head, before.at, header.value.begin, name);
          add(PartRole::Length, header.value.begin, header.value.end,
              isLength ? u"Content-Length"_s : u"Transfer-Encoding"_s, QString::fromLatin1(qtView(value)));
          add(PartRole::Head, header.value.end, end, u"line end"_s);
          break;
        }
      }
      add(PartRole::Head, before.at, end, name);
      break;
    }
    case HttpWalk::BlockSize: {
      if (isCut) {
        add(PartRole::Length, before.at, end, u"length "_s + block);
        break;
      }
      if (after.phase == HttpWalk::Trailer) {
        add(PartRole::Delimiter, before.at, end, u"empty block"_s, u"0"_s);
        break;
      }
      HttpFlaw flaw;
      const auto size = httpBlockSize(bytes, line, before.blocks + 1, flaw);
      const quint64 digitsEnd = size && size->digits.end < line.contentEnd ? size->digits.end : end;
      add(PartRole::Length, before.at, digitsEnd, u"length "_s + block, grouped(after.blockSize));
      add(PartRole::Head, digitsEnd, end, u"extension "_s + block);
      break;
    }
    case HttpWalk::BlockData: {
      const quint64 dataEnd = before.at + before.blockSize;
      add(PartRole::Payload, before.at, dataEnd, u"block "_s + block);
      add(PartRole::Delimiter, dataEnd, dataEnd + 2, u"end of block "_s + block);
      break;
    }
    case HttpWalk::HeadEnd:
      if (after.phase != HttpWalk::Sized) break;
      [[fallthrough]];
    default:
      add(PartRole::Payload, before.at, message.size, {});
      break;
  }
}

std::optional<LengthRead> HttpFamilyFramer::lengthRead(const StreamView &stream, const Message &message) const {
  if (isTunnel(stream, message)) return std::nullopt;
  const ByteView bytes = bytesOf(stream, message);
  HttpWalk walk = reader_.begin();
  HttpFlaw flaw;
  for (;;) {
    const HttpWalk before = walk;
    const Step step = reader_.step(bytes, walk, flaw, knownAnswer(message, walk));
    if (before.phase == HttpWalk::HeadEnd && walk.phase == HttpWalk::Sized) {
      const auto length = reader_.announcement(bytes.first(before.at), "content-length");
      if (!length) return std::nullopt;
      return LengthRead{{message.offset + length->header.value.begin, message.offset + length->header.value.end},
                        before.number,
                        u"Content-Length"_s};
    }
    if (before.phase == HttpWalk::BlockSize && step == Step::Line) {
      const auto size = httpBlockSize(bytes, httpLine(bytes, before.at, walk.at - 1), 1, flaw);
      if (!size) return std::nullopt;
      return LengthRead{
          {message.offset + size->digits.begin, message.offset + size->digits.end}, size->value, u"hexadecimal"_s};
    }
    if (step != Step::Line) return std::nullopt;
  }
}

Result<void> HttpFamilyFramer::payloadPieces(const StreamView &stream, const Message &message,
                                             const TakePiece &take) const {
  if (message.status == Status::Error) return {};
  if (message.hasPayloadRange()) return SpecFramer::payloadPieces(stream, message, take);
  const ByteView bytes = bytesOf(stream, message);
  HttpWalk walk = reader_.begin();
  HttpFlaw flaw;
  for (;;) {
    const HttpWalk before = walk;
    const Step step = reader_.step(bytes, walk, flaw);
    if (before.phase == HttpWalk::BlockData) {
      const quint64 size = std::min<quint64>(before.blockSize, bytes.size() - before.at);
      if (!take(bytes.subspan(before.at, size))) return {};
    }
    if (step != Step::Line && step != Step::Block) return {};
  }
}

QString HttpFamilyFramer::headerPlace(const StreamView &stream, const Message &message, const Reading &reading,
                                      QByteArrayView lowercaseName, const QString &name) const {
  const ByteView head = bytesOf(stream, message).first(reading.headSize);
  const auto found = reader_.announcement(head, lowercaseName);
  if (!found || found->header.value.isEmpty()) return name;
  const ByteRange value = found->header.value;
  return u"%1 %2 (%3)"_s.arg(name, httpQuoted(head.subspan(value.begin, value.size())),
                             bytesAt({message.offset + value.begin, message.offset + value.end}));
}

QString HttpFamilyFramer::sizedWords(const StreamView &stream, const Message &message, const Reading &reading,
                                     const QString &name) const {
  const WideInt whole = WideInt(reading.headSize) + reading.head.number;
  const QString words = u"Read %1 → %2 behind a head of %3, so %4 ends at byte %5. "_s.arg(
      headerPlace(stream, message, reading, "content-length", u"Content-Length"_s), byteCount(reading.head.number),
      grouped(reading.headSize), name, grouped(message.offset + whole));
  return words + (message.status == Status::Complete ? allHereWords(message.size)
                                                     : missingWords(message.size, whole, endFor(stream, message)));
}

QString HttpFamilyFramer::sizedReason(const StreamView &stream, const Message &message, const Reading &reading) const {
  return u"it read "_s + headerPlace(stream, message, reading, "content-length", u"Content-Length"_s) + u" → "_s +
         grouped(reading.head.number);
}

QString HttpFamilyFramer::headNotes(const Reading &reading) {
  return reading.hasBareFeed ? u" A line of its head ends with 0A alone, which not every receiver takes."_s : QString();
}

QString HttpFamilyFramer::blockWords(const StreamView &stream, const Message &message, quint64 number) const {
  const Reading reading = read(stream, message, explainedBlocks);
  const HttpWalk &walk = reading.walk;
  const StreamEnd end = endFor(stream, message);
  const bool isMany = walk.blocks > explainedBlocks;
  if (message.status == Status::Complete) {
    const QString ends =
        reading.trailers == 0
            ? QString()
            : u", %1 of trailers"_s.arg(reading.trailers == 1 ? u"a line"_s : grouped(reading.trailers) + u" lines"_s);
    if (!isMany && walk.blocks == 0) {
      return u"Read a block of length zero at byte %1 and none before it%2, so message %3 ends at byte %4, without "
             "payload."_s.arg(grouped(message.offset + reading.lastBlock), ends, grouped(number),
                              grouped(message.end()));
    }
    const QString blocks = isMany             ? u"more than "_s + grouped(explainedBlocks) + u" blocks"_s
                           : walk.blocks == 1 ? u"1 block"_s
                                              : grouped(walk.blocks) + u" blocks"_s;
    const QString empty = isMany ? u"one of length zero"_s
                                 : u"one of length zero at byte "_s + grouped(message.offset + reading.lastBlock);
    return u"Read %1 of %2 in all, then %3%4 and an empty line: message %5 ends at byte %6."_s.arg(
        blocks, byteCount(message.payloadSize), empty, ends, grouped(number), grouped(message.end()));
  }
  if (isMany) {
    return u"More than %1 blocks are here, and not yet the one of length zero that ends message %2: "_s.arg(
               grouped(explainedBlocks), grouped(number)) +
           waitingWords(end);
  }
  const quint64 at = message.offset + walk.at;
  const ByteView bytes = bytesOf(stream, message);
  const QString name = u"block %1 of message %2"_s.arg(grouped(walk.blocks + 1), grouped(number));
  QString words;
  switch (walk.phase) {
    case HttpWalk::BlockData: {
      const quint64 dataEnd = walk.at + walk.blockSize;
      words = u"Read the length of %1 → %2, so its data ends at byte %3. "_s.arg(name, grouped(walk.blockSize),
                                                                                 grouped(message.offset + dataEnd));
      if (bytes.size() < dataEnd) {
        words += missingWords(bytes.size() - walk.at, walk.blockSize, end);
      } else {
        words += allHereWords(walk.blockSize) + u" 0D 0A has to follow: "_s + waitingWords(end);
      }
      break;
    }
    case HttpWalk::Trailer:
      return u"Read a block of length zero at byte %1. What is missing of message %2 is trailer lines, if any, and an "
             "empty line: "_s.arg(grouped(message.offset + reading.lastBlock), grouped(number)) +
             waitingWords(end);
    default:
      words =
          u"The length of %1 (hexadecimal, a line of its own) begins at byte %2, and %3: "_s.arg(
              name, grouped(at),
              bytes.size() == walk.at ? u"nothing of it is here"_s
                                      : u"%1 of it %2 here (%3)"_s.arg(byteCount(bytes.size() - walk.at),
                                                                       bytes.size() - walk.at == 1 ? u"is"_s : u"are"_s,
                                                                       httpQuoted(bytes.subspan(walk.at)))) +
          waitingWords(end);
      break;
  }
  return words + (end == StreamEnd::Open ? u" A block of length zero will end the message."_s
                                         : u" A block of length zero ends a message."_s);
}

QString HttpFamilyFramer::blockReason(const StreamView &stream, const Message &message) const {
  const Reading reading = read(stream, message, explainedBlocks);
  const HttpWalk &walk = reading.walk;
  if (message.status == Status::Complete) {
    if (walk.blocks > explainedBlocks) return u"it found a block of length zero"_s;
    return u"it read a block of length zero at byte %1, and an empty line"_s.arg(
        grouped(message.offset + reading.lastBlock));
  }
  if (walk.blocks <= explainedBlocks && walk.phase == HttpWalk::BlockData) {
    return u"it read %1 as the length of block %2"_s.arg(grouped(walk.blockSize), grouped(walk.blocks + 1));
  }
  if (walk.phase == HttpWalk::Trailer) return u"no empty line followed the block of length zero"_s;
  return u"it found no block of length zero in these "_s + byteCount(message.size);
}

Result<QByteArray> HttpFamilyFramer::inBlocks(QByteArrayView payload, quint64 block) const {
  QByteArray bytes;
  const quint64 size = static_cast<quint64>(payload.size());
  const quint64 most = block > 0 ? block : std::max<quint64>(size, 1);
  for (quint64 at = 0; at < size && static_cast<quint64>(bytes.size()) <= maxMessage();) {
    const quint64 one = std::min(most, size - at);
    bytes += QByteArray::number(one, 16).toUpper() + "\r\n";
    bytes += payload.sliced(static_cast<qsizetype>(at), static_cast<qsizetype>(one));
    bytes += "\r\n";
    at += one;
  }
  bytes += "0\r\n\r\n";
  if (static_cast<quint64>(bytes.size()) > maxMessage()) {
    return fail(u"the blocks and their lengths are over the limit of %1"_s.arg(byteCount(maxMessage())),
                u"send less at once, or raise max="_s);
  }
  return bytes;
}

}  // namespace octetscope
