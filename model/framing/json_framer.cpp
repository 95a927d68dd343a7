#include "model/framing/json_framer.h"

#include "model/framing/framing_words.h"
#include "model/framing/spec_framer.h"
#include "model/values/json_format.h"
#include "model/values/json_scanner.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

/// A walk and where its message begins, which fit a ScanState.
struct Walk {
  JsonState json;
  quint64 begin = 0;  // of the message; without meaning at JsonPlace::Begin

  /// Takes what the state remembers: a stack that two have is copied when it grows.
  static Walk takeFrom(ScanState &state) {
    Walk walk;
    walk.json.place = static_cast<JsonPlace>(state.own[0] & 0xff);
    walk.json.isKey = (state.own[0] >> 8 & 1) != 0;
    walk.json.left = static_cast<quint8>(state.own[0] >> 16);
    walk.json.word = static_cast<quint8>(state.own[0] >> 24);
    walk.json.nesting = state.own[1];
    walk.json.depth = state.own[2];
    walk.json.outer = {std::exchange(state.memory, {}), JsonState::outerSize(walk.json.depth)};
    walk.begin = state.own[3];
    return walk;
  }
  void giveTo(ScanState &state) {
    state.own = {};
    state.own[3] = begin;
    if (json.place == JsonPlace::Begin) return;
    state.own[0] = static_cast<quint64>(json.place) | (json.isKey ? 1U << 8 : 0U) | quint64{json.left} << 16 |
                   quint64{json.word} << 24;
    state.own[1] = json.nesting;
    state.own[2] = json.depth;
    state.memory = json.outer.memory();
    json.outer = {};
  }
};

quint64 skipSpace(ByteView bytes, quint64 at) {
  while (at < bytes.size() && json::isSpace(bytes[at])) ++at;
  return at;
}

/// The brackets that are open, and where the string, number or word under way begins.
struct OpenSink : NoJsonSink {
  void open(bool, quint64 at) { brackets.push_back(at); }
  void close(quint64) { brackets.pop_back(); }
  void begin(quint64 at) { token = at; }

  std::vector<quint64> brackets;
  quint64 token = 0;
};

class JsonFramer final : public SpecFramer {
 public:
  using SpecFramer::SpecFramer;

  void scan(const StreamView &stream, ScanState &state, MessageBatch &out) const override {
    if (state.stopped) return;
    const ByteView bytes = stream.bytes.view();
    Walk walk = Walk::takeFrom(state);
    quint64 at = std::max(state.scanned, state.at);
    const auto stopAt = [&](quint64 place) {
      state.scanned = place;
      walk.giveTo(state);
    };
    bool isInside = walk.json.place != JsonPlace::Begin;
    for (;;) {
      if (!isInside) {
        at = skipSpace(bytes, at);
        if (at == bytes.size()) {
          walk.begin = 0;
          return stopAt(at);
        }
        walk.begin = at;
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

  Message rest(const StreamView &stream, const ScanState &state) const override {
    const quint64 end = stream.size();
    const bool isBetween = !state.stopped && static_cast<JsonPlace>(state.own[0] & 0xff) == JsonPlace::Begin;
    if (isBetween || state.own[3] >= end) return {.offset = end, .size = 0, .status = Status::Incomplete};
    const quint64 size = end - state.own[3];
    if (state.stopped) return {state.own[3], size, notInStream, 0, Status::Error};
    return {state.own[3], size, state.own[3], size, Status::Incomplete};
  }

  Verdict verdict(const StreamView &stream, const Message &message) const override {
    if (message.status != Status::Error) return {};
    return {.needs = {}, .error = errorWords(bytesOf(stream, message), message.offset)};
  }

  QList<FramingPart> parts(const StreamView &stream, const Message &message, const ScanState &, ByteRange shown,
                           int most) const override {
    PartCollector parts(message, shown, most);
    if (message.status != Status::Error) {
      parts.add(PartRole::Payload, message.range());
      return parts.take();
    }
    // The value up to the byte that broke the rule, where that is not far to look for.
    Walk walk;
    const ByteView bytes = bytesOf(stream, message);
    const Found found = find(bytes.first(std::min<quint64>(bytes.size(), explainedBytes)), 0, walk, StreamEnd::Open);
    const quint64 bad = message.offset + (found.outcome == Found::Bad ? found.at : 0);
    parts.add(PartRole::Payload, {message.offset, bad}, u"value"_s);
    parts.add(PartRole::Unread, {bad, message.end()});
    return parts.take();
  }

  QString explain(const StreamView &stream, const Message &message, quint64 number) const override;
  QString because(const StreamView &stream, const Message &message) const override;
  Result<QByteArray> encode(QByteArrayView payload) const override;

  FieldDecoderPtr fields() const override { return fields_; }
  bool scansBytes() const override { return true; }

 private:
  struct Found {
    enum Outcome : quint8 { Cut, Whole, Bad, TooLarge };
    Outcome outcome;
    quint64 at;  ///< behind the message, or the bad byte, or how far the walk came
  };

  /// Walks on to the end of the message that begins at walk.begin.
  Found find(ByteView bytes, quint64 at, Walk &walk, StreamEnd end) const {
    NoJsonSink sink;
    return find(bytes, at, walk, end, sink);
  }
  template <typename Sink>
  Found find(ByteView bytes, quint64 at, Walk &walk, StreamEnd end, Sink &sink) const {
    // One byte more than a message may have: it ends a number, or is one too many.
    const quint64 here = bytes.size() - walk.begin;
    const quint64 most = here > maxMessage() ? walk.begin + maxMessage() : bytes.size();
    JsonStep step = scanJson(bytes.data(), at, std::min<quint64>(most + 1, bytes.size()), walk.json, sink);
    if (step.outcome == JsonOutcome::More && step.at <= most) {
      if (end != StreamEnd::Fin || walk.json.depth > 0 || !walk.json.isNumber()) return {Found::Cut, step.at};
      walk.json.place = JsonPlace::Begin;
      return {Found::Whole, step.at};
    }
    if (step.outcome == JsonOutcome::Whole && step.at <= most) return {Found::Whole, step.at};
    if (step.outcome == JsonOutcome::Bad && step.at < most) return {Found::Bad, step.at};
    return {Found::TooLarge, most};
  }

  QString errorWords(ByteView bytes, quint64 offset) const {
    Walk walk;
    const Found found = find(bytes, 0, walk, StreamEnd::Open);
    if (found.outcome == Found::Bad) return jsonErrorWords(bytes, found.at, walk.json, offset);
    return u"the JSON value that begins at byte %1 does not end within the limit of %2"_s.arg(grouped(offset),
                                                                                              byteCount(maxMessage()));
  }

  static constexpr quint64 explainedBytes = 256 * 1024;  // what is open is looked for in messages up to this size

  std::shared_ptr<const JsonFormat> fields_ = std::make_shared<JsonFormat>();
};

QString placeWords(ByteView bytes, quint64 at, quint64 offset) {
  return u"%1 at byte %2"_s.arg(byteName(bytes[at]), grouped(offset + at));
}

/// A number or a word as far as it is here; long ones are cut.
QString shortText(ByteView bytes) {
  constexpr std::size_t most = 24;
  const QString text = QString::fromLatin1(qtView(bytes.first(std::min(bytes.size(), most))));
  return bytes.size() > most ? text + u'…' : text;
}

bool isBracket(std::uint8_t byte) {
  return byte == '{' || byte == '[';
}

QString JsonFramer::explain(const StreamView &stream, const Message &message, quint64 number) const {
  const ByteView bytes = bytesOf(stream, message);
  const QString name = u"message "_s + grouped(number);
  if (message.status == Status::Error) return stoppedWords(errorWords(bytes, message.offset), message.offset);
  if (message.status == Status::Complete) {
    const QString ends = u", so %1 ends at byte %2."_s.arg(name, grouped(message.end()));
    const std::uint8_t first = bytes.front();
    if (isBracket(first)) {
      return u"%1 closes the %2, with which %3 began, so it ends at byte %4."_s.arg(
          capitalised(placeWords(bytes, bytes.size() - 1, message.offset)), placeWords(bytes, 0, message.offset), name,
          grouped(message.end()));
    }
    if (first == '"') {
      return u"The quote at byte %1 closes the string that begins at byte %2"_s.arg(grouped(message.end() - 1),
                                                                                    grouped(message.offset)) +
             ends;
    }
    if (first >= 'a') return u"Read %1"_s.arg(shortText(bytes)) + ends;
    const QString words = u"Read the number "_s + shortText(bytes);
    if (message.end() == stream.size()) return words + u", and the stream ended behind it"_s + ends;
    return words +
           u", which byte %1 (%2) ends"_s.arg(grouped(message.end()), byteName(stream.bytes.view()[message.end()])) +
           ends;
  }
  const StreamEnd end = endFor(stream, message);
  const QString waits = u": "_s + waitingWords(end);
  if (bytes.size() > explainedBytes) {
    return u"The value of %1 begins with %2 and does not end in the %3 that are here"_s.arg(
               name, placeWords(bytes, 0, message.offset), byteCount(bytes.size())) +
           waits;
  }
  Walk walk;
  OpenSink open;
  find(bytes, 0, walk, StreamEnd::Open, open);
  const JsonState &json = walk.json;
  const bool isString = json.place == JsonPlace::String || json.place == JsonPlace::Escape ||
                        json.place == JsonPlace::Hex || json.place == JsonPlace::Character;
  if (json.depth == 0) {
    if (isString) {
      return u"%1 is a string that begins at byte %2, and no quote closes it"_s.arg(capitalised(name),
                                                                                    grouped(message.offset)) +
             waits;
    }
    if (json.isNumber()) {
      return u"Read %1, a number that may go on: what cannot belong to it ends %2, or the end of the stream"_s.arg(
                 shortText(bytes), name) +
             waits;
    }
    return u"Read \"%1\", and %2 is not whole"_s.arg(shortText(bytes), name) + waits;
  }
  QString words = u"%1 begins with %2, and "_s.arg(capitalised(name), placeWords(bytes, 0, message.offset));
  words += json.depth == 1 ? u"nothing closes it"_s
                           : u"%1 brackets are open, the innermost is %2"_s.arg(
                                 grouped(json.depth), placeWords(bytes, open.brackets.back(), message.offset));
  if (isString) words += u", in a string that begins at byte %1"_s.arg(grouped(message.offset + open.token));
  return words + waits;
}

QString JsonFramer::because(const StreamView &stream, const Message &message) const {
  const ByteView bytes = bytesOf(stream, message);
  const std::uint8_t first = bytes.front();
  if (message.status != Status::Complete) {
    if (isBracket(first)) return u"nothing closes the "_s + placeWords(bytes, 0, message.offset);
    if (first == '"') return u"no quote closes the string that begins at byte "_s + grouped(message.offset);
    return u"the value that begins at byte %1 is not whole"_s.arg(grouped(message.offset));
  }
  if (isBracket(first)) {
    return u"%1 closes the %2"_s.arg(placeWords(bytes, bytes.size() - 1, message.offset),
                                     placeWords(bytes, 0, message.offset));
  }
  if (first == '"') return u"the quote at byte %1 closes its string"_s.arg(grouped(message.end() - 1));
  if (first >= 'a') return u"it read "_s + shortText(bytes);
  if (message.end() == stream.size()) return u"the stream ended behind the number "_s + shortText(bytes);
  return u"byte %1 (%2) ends the number "_s.arg(grouped(message.end()), byteName(stream.bytes.view()[message.end()])) +
         shortText(bytes);
}

Result<QByteArray> JsonFramer::encode(QByteArrayView payload) const {
  const ByteView bytes = viewOf(payload);
  if (bytes.empty()) return fail(u"an empty payload is no JSON value"_s, u"send a value: {}, [], 1, \"text\", null"_s);
  if (bytes.size() > maxMessage()) return failOverLimit(bytes.size());
  if (json::isSpace(bytes.front()) || json::isSpace(bytes.back())) {
    return fail(u"the payload has white space around its value, which is not part of a message"_s,
                u"send the value without it"_s);
  }
  Walk walk;
  const Found found = find(bytes, 0, walk, StreamEnd::Fin);
  if (found.outcome == Found::Bad) {
    return fail(u"the payload is not JSON: "_s + jsonErrorWords(bytes, found.at, walk.json, 0), u"send one value"_s);
  }
  if (found.outcome != Found::Whole) {
    return fail(u"the payload is not a whole JSON value"_s, u"close its brackets and strings"_s);
  }
  if (found.at < bytes.size()) {
    return fail(u"the payload is more than one JSON value: the first ends at byte %1"_s.arg(grouped(found.at)),
                u"send them one by one"_s);
  }
  // What would follow a bare number may belong to it.
  QByteArray message = payload.toByteArray();
  if (bytes.front() == '-' || json::isDigit(bytes.front())) message += '\n';
  return message;
}

}  // namespace

FramingEntry jsonEntry() {
  return {
      .kind = {.name = u"json"_s,
               .title = u"JSON values"_s,
               .summary = u"One JSON value (RFC 8259); white space between values belongs to none of them. Its members "
                          "are shown as fields."_s,
               .options = {maxOption()},
               .examples = {u"json"_s}},
      .make = [](const SpecValues &values) -> Result<FramerPtr> { return std::make_shared<JsonFramer>(values); }};
}

}  // namespace octetscope
