#include "model/framing/http_framer.h"

#include "model/framing/framing_words.h"
#include "model/framing/http_conversation.h"
#include "model/framing/http_family_framer.h"

#include <limits>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

using Step = HttpReader::Step;

constexpr quint64 explainedBytes = 1 << 20;  // further into a stream nobody looks for the request of a response

class HttpFramer final : public HttpFamilyFramer {
 public:
  HttpFramer(const SpecValues &values, QByteArray head)
      : HttpFamilyFramer(values, HttpGrammar::Messages), head_(std::move(head)) {}

  QString explain(const StreamView &stream, const Message &message, quint64 number) const override;
  QString because(const StreamView &stream, const Message &message) const override;
  Result<QByteArray> encode(QByteArrayView payload) const override;
  bool readsOther() const override { return true; }

 protected:
  bool isTunnel(const StreamView &stream, const Message &message) const override;
  HttpWalk::Phase switchedTo(const StreamView &stream, ScanState &state, const HttpWalk &walk) const override;
  HttpAnswer answerTo(const StreamView &stream, ScanState &state, const HttpWalk &head) const override;
  void carryOn(ScanState &state, const HttpWalk &walk, HttpAnswer answer, quint64 size) const override;

 private:
  HttpConversation::Request requestOf(const StreamView &stream, ScanState &state, const HttpWalk &head) const;
  std::optional<ScanState> stateBefore(const StreamView &stream, const Message &message) const;
  QString nameOf(const StreamView &stream, const Message &message, const Reading &reading) const;
  QString requestWords(const StreamView &stream, const HttpConversation::Request &request) const;
  QString endWords(const StreamView &stream, const Message &message, const Reading &reading, const QString &name,
                   const HttpConversation::Request &request) const;

  const QByteArray head_;  // start line and headers when sending, without the last line end
};

/// Which request the response at state.at answers. A conversation begins where both streams do: behind a place where
/// framing was started again nobody knows which request was answered last.
HttpConversation::Request HttpFramer::requestOf(const StreamView &stream, ScanState &state,
                                                const HttpWalk &head) const {
  if (!stream.other || !head.has(HttpWalk::IsResponse) || (state.at > 0 && state.more.isEmpty())) return {};
  HttpConversation conversation = HttpConversation::from(state);
  HttpConversation::Request request;
  if (!head.isInterim()) {
    request = conversation.next(reader(), *stream.other, stream.chunks.timeOf(state.at + head.at - 1));
  }
  conversation.save(state);
  return request;
}

HttpAnswer HttpFramer::answerTo(const StreamView &stream, ScanState &state, const HttpWalk &head) const {
  return requestOf(stream, state, head).answer;
}

/// What follows a CONNECT or an Upgrade. Where its answer is not known, a first byte that begins no request tells.
HttpWalk::Phase HttpFramer::switchedTo(const StreamView &stream, ScanState &state, const HttpWalk &walk) const {
  auto switched = HttpConversation::Switched::Unknown;
  if (stream.other) {
    HttpConversation conversation = HttpConversation::from(state);
    switched =
        conversation.switched(reader(), stream, *stream.other, state.at - walk.number, stream.chunks.timeOf(state.at));
    conversation.save(state);
  }
  if (switched == HttpConversation::Switched::Unknown) {
    const std::uint8_t first = stream.bytes[state.at];
    const bool mayBeginRequest = isHttpToken(first) || first == '\r' || first == '\n';
    return mayBeginRequest ? HttpWalk::Start : HttpWalk::Tunnel;
  }
  return switched == HttpConversation::Switched::Yes ? HttpWalk::Tunnel : HttpWalk::Start;
}

void HttpFramer::carryOn(ScanState &state, const HttpWalk &walk, HttpAnswer answer, quint64 size) const {
  if (walk.opensTunnel(answer)) {
    HttpWalk{.phase = HttpWalk::Tunnel}.save(state);
  } else if (walk.has(HttpWalk::IsConnect) || (walk.has(HttpWalk::Upgrades) && !walk.has(HttpWalk::IsResponse))) {
    HttpWalk{.phase = HttpWalk::MaySwitch, .number = size}.save(state);
  }
}

/// The state with which a scan comes to `message`, where that is near enough to the begin to look.
std::optional<ScanState> HttpFramer::stateBefore(const StreamView &stream, const Message &message) const {
  if (message.offset - std::min(message.offset, stream.framedFrom) > explainedBytes) return std::nullopt;
  const StreamView before = stream.prefix(message.offset);
  ScanState state = ScanState::startingAt(std::min(message.offset, stream.framedFrom));
  MessageBatch batch;
  do {
    batch.start(state.at);
    scan(before, state, batch);
  } while (batch.isFull());
  if (state.at != message.offset || state.stopped) return std::nullopt;
  return state;
}

bool HttpFramer::isTunnel(const StreamView &stream, const Message &message) const {
  if (HttpFamilyFramer::isTunnel(stream, message)) return true;
  if (message.status != Status::Error || message.size <= maxMessage()) return false;
  auto state = stateBefore(stream, message);
  if (!state) return false;
  const HttpWalk walk = HttpWalk::from(*state);
  if (walk.phase == HttpWalk::MaySwitch) return switchedTo(stream, *state, walk) == HttpWalk::Tunnel;
  return walk.phase == HttpWalk::Tunnel;
}

/// "a response (200)", "a GET request".
QString HttpFramer::nameOf(const StreamView &stream, const Message &message, const Reading &reading) const {
  if (reading.head.has(HttpWalk::IsResponse)) return u"a response (%1)"_s.arg(reading.head.status);
  const QByteArrayView line =
      qtView(bytesOf(stream, message).subspan(reading.startLine.begin, reading.startLine.size()));
  constexpr qsizetype mostOfMethod = 20;
  return u"a %1 request"_s.arg(QString::fromLatin1(line.first(std::min(line.indexOf(' '), mostOfMethod))));
}

/// "GET /x (bytes 0–40 of the other direction)"; empty: it is not known.
QString HttpFramer::requestWords(const StreamView &stream, const HttpConversation::Request &request) const {
  if (request.answer == HttpAnswer::Unknown) return {};
  const ByteView head = stream.other->bytes.view(request.head);
  const QByteArrayView line = qtView(head).first(std::max<qsizetype>(qtView(head).indexOf('\n'), 0)).trimmed();
  return u"%1 (%2 of the other direction)"_s.arg(
      httpQuoted(viewOf(line.first(std::max<qsizetype>(line.lastIndexOf(' '), 0)))), bytesAt(request.head));
}

/// The sentences on a message that has no body.
QString HttpFramer::endWords(const StreamView &stream, const Message &message, const Reading &reading,
                             const QString &name, const HttpConversation::Request &request) const {
  const HttpWalk &head = reading.head;
  const QString end = u" and ends with its head, at byte "_s + grouped(message.end());
  if (!head.has(HttpWalk::IsResponse)) {
    const QString words = name + u" without Content-Length or Transfer-Encoding, so it has no body"_s + end + u'.';
    return head.has(HttpWalk::IsConnect) ? words + u" Where it is granted, a tunnel follows."_s : words;
  }
  constexpr QLatin1String tunnel(" What follows is no HTTP, and one message until the stream ends.");
  if (head.status == 101) return name + u", which changes the protocol,"_s + end + u'.' + tunnel;
  if (head.isInterim()) return name + u" before the final one, so it has no body"_s + end + u'.';
  if (head.status == 204 || head.status == 304) return name + u", which never has a body,"_s + end + u'.';
  switch (request.answer) {
    case HttpAnswer::Connect:
      return name + u" that grants "_s + requestWords(stream, request) + u", so it has no body"_s + end + u'.' + tunnel;
    case HttpAnswer::NoBody:
      return name + u" to "_s + requestWords(stream, request) + u", so it has no body"_s + end + u'.';
    default:
      return name + u" to a request that wants no body (HEAD), or a tunnel (CONNECT): it has none"_s + end + u'.';
  }
}

QString HttpFramer::explain(const StreamView &stream, const Message &message, quint64 number) const {
  if (message.status == Status::Error) return stoppedWords(verdict(stream, message).error, message.offset);
  const Reading reading = read(stream, message, 0);
  const HttpWalk &walk = reading.walk;
  const StreamEnd end = endFor(stream, message);
  const QString title = u"message "_s + grouped(number);
  if (walk.phase == HttpWalk::Tunnel) {
    const QString words = capitalised(title) +
                          u" follows a change of protocol: it is no HTTP, and one message until "
                          "the stream ends. "_s;
    return words + (message.status == Status::Complete
                        ? allHereWords(message.size)
                        : byteCount(message.size) + (message.size == 1 ? u" is here: "_s : u" are here: "_s) +
                              waitingWords(end));
  }
  if (reading.headSize == 0) {
    const QString what = reading.startLine.isEmpty()
                             ? u"The first line of %1 begins at byte %2, and its end %3: "_s
                             : u"The head of %1 begins at byte %2, and the empty line that ends it %3: "_s;
    return what.arg(title, grouped(message.offset),
                    end == StreamEnd::Open ? u"has not come yet"_s : u"did not come"_s) +
           waitingWords(end);
  }
  HttpConversation::Request request;
  if (auto state = stateBefore(stream, message); state && reading.head.has(HttpWalk::IsResponse)) {
    request = requestOf(stream, *state, reading.head);
  }
  const QString name = title + u", "_s + nameOf(stream, message, reading);
  QString words;
  const bool endsWithHead = message.status == Status::Complete && message.size == reading.headSize;
  const bool isEndedByStream = reading.head.has(HttpWalk::IsResponse) && request.answer != HttpAnswer::NoBody &&
                               !reading.head.opensTunnel(request.answer) && !reading.head.has(HttpWalk::HasLength) &&
                               !reading.head.has(HttpWalk::HasCoding) && reading.head.status >= 200 &&
                               reading.head.status != 204 && reading.head.status != 304 &&
                               message.end() == stream.size() && stream.end == StreamEnd::Fin;
  if (walk.phase == HttpWalk::Sized) {
    words = sizedWords(stream, message, reading, name + u',');
  } else if (walk.phase == HttpWalk::UntilClose || (endsWithHead && isEndedByStream)) {
    words = u"%1 without Content-Length or chunked, so it goes on until the stream ends"_s.arg(
        capitalised(title) + u" is "_s + nameOf(stream, message, reading));
    words += message.status == Status::Complete
                 ? u": it did, at byte %1. "_s.arg(grouped(message.end())) + allHereWords(message.size)
                 : u". %1 of its body %2 here: "_s.arg(byteCount(message.payloadSize),
                                                       message.payloadSize == 1 ? u"is"_s : u"are"_s) +
                       waitingWords(end);
  } else if (endsWithHead) {
    words =
        endWords(stream, message, reading, capitalised(title) + u" is "_s + nameOf(stream, message, reading), request);
  } else {
    words = u"Read %1: the body of %2, comes in blocks. "_s.arg(
                headerPlace(stream, message, reading, "transfer-encoding", u"Transfer-Encoding"_s), name) +
            blockWords(stream, message, number);
    const auto coding = reader().announcement(bytesOf(stream, message).first(reading.headSize), "transfer-encoding");
    if (coding && coding->header.value.size() != 7) {  // more than the word itself
      words += u" What the blocks carry is in the coding named before chunked."_s;
    }
    if (reading.head.has(HttpWalk::HasLength) || reading.head.has(HttpWalk::LengthIsBad)) {
      words +=
          u" There is a Content-Length, too, which does not count: both together are a sign of an attack "
          "(request smuggling)."_s;
    }
  }
  if (!endsWithHead || (request.answer == HttpAnswer::Plain)) {
    if (const QString answered = requestWords(stream, request); !answered.isEmpty()) {
      words += u" It answers "_s + answered + u'.';
    }
  }
  if (stream.other && stream.framedFrom > 0 && reading.head.has(HttpWalk::IsResponse) && !reading.head.isInterim()) {
    words +=
        u" Which request it answers is not known: framing began at byte %1, and the answers before it were not "
        "read."_s.arg(grouped(stream.framedFrom));
  }
  return words + headNotes(reading);
}

QString HttpFramer::because(const StreamView &stream, const Message &message) const {
  if (message.status == Status::Error) return brokenReason();
  const Reading reading = read(stream, message, 0);
  if (reading.walk.phase == HttpWalk::Tunnel) return u"the protocol changed before it"_s;
  if (reading.headSize == 0) return u"no empty line ended its head"_s;
  if (reading.walk.phase == HttpWalk::Sized) return sizedReason(stream, message, reading);
  if (reading.walk.phase == HttpWalk::UntilClose) return u"its head says no length, so the end of the stream ends it"_s;
  if (message.status == Status::Complete && message.size == reading.headSize) {
    return u"it read the head of a message without a body"_s;
  }
  return blockReason(stream, message);
}

Result<QByteArray> HttpFramer::encode(QByteArrayView payload) const {
  QByteArray bytes = head_ + "\r\nContent-Length: " + QByteArray::number(payload.size()) + "\r\n\r\n" + payload;
  HttpWalk walk = reader().begin();
  HttpFlaw flaw;
  if (static_cast<quint64>(bytes.size()) > maxMessage()) return failOverLimit(static_cast<quint64>(bytes.size()));
  reader().readOn(viewOf(bytes), walk, flaw, [](const HttpWalk &) { return HttpAnswer::Unknown; });
  if (walk.phase == HttpWalk::Sized) return bytes;
  if (payload.isEmpty()) return QByteArray(head_ + "\r\n\r\n");
  return fail(u"a response with status %1 carries no payload"_s.arg(walk.status), u"give another head="_s);
}

/// `head` must be what a message may begin with, and leave the length to this framing.
Result<FramerPtr> make(const SpecValues &values) {
  const QByteArray head = values.text("head"_L1);
  const HttpReader reader(HttpGrammar::Messages, std::numeric_limits<quint64>::max());
  const QByteArray bytes = head + "\r\n\r\n";
  HttpWalk walk = reader.begin();
  HttpFlaw flaw;
  while (walk.isInHead()) {
    if (reader.step(viewOf(bytes), walk, flaw) == Step::Line) continue;
    return values.failAt("head"_L1,
                         u"no head of an HTTP message (%1)"_s.arg(
                             flaw.kind == HttpFlaw::None ? u"it has no first line"_s : flaw.words(viewOf(bytes), 0, 0)),
                         u"write a request or status line, and header lines behind \\r\\n"_s);
  }
  if (walk.at != static_cast<quint64>(bytes.size())) {
    return values.failAt("head"_L1, u"a head with an empty line in it"_s, u"leave the last line end away"_s);
  }
  if (walk.has(HttpWalk::HasLength) || walk.has(HttpWalk::LengthIsBad) || walk.has(HttpWalk::HasCoding)) {
    return values.failAt("head"_L1, u"a head with a Content-Length or Transfer-Encoding"_s,
                         u"leave it away: it is written for each message"_s);
  }
  return std::make_shared<HttpFramer>(values, head);
}

}  // namespace

FramingEntry httpEntry() {
  return {.kind = {.name = u"http"_s,
                   .title = u"HTTP/1.1"_s,
                   .summary = u"An HTTP/1.0 or 1.1 request or response: its head, and a body by Content-Length, in "
                              "blocks, or until the stream ends; a response knows its request where both directions "
                              "are there."_s,
                   .options = {{.name = u"head"_s,
                                .title = u"First line and headers, when sending"_s,
                                .kind = FramingOption::Kind::Text,
                                .defaultValue = u"HTTP/1.1 200 OK"_s,
                                .help = u"What a payload is sent behind; Content-Length is added. Lines are parted by "
                                        "\\r\\n."_s},
                               maxOption()},
                   .examples = {u"http"_s, u"http,head=POST /upload HTTP/1.1\\r\\nHost: example.org"_s}},
          .make = make};
}

}  // namespace octetscope
