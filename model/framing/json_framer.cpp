#include "model/framing/json_framer.h"

#include "model/framing/walked_framer.h"
#include "model/values/json_format.h"
#include "model/values/json_scanner.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

/// A walk and where its message begins, which fit a ScanState.
struct JsonWalk {
  using NoSink = NoJsonSink;

  JsonState json = {};
  quint64 begin = 0;

  /// Takes what the state remembers: a stack that two have is copied when it grows.
  static JsonWalk takeFrom(ScanState &state) {
    JsonWalk walk;
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
    if (!isInside()) return;
    state.own[0] = static_cast<quint64>(json.place) | (json.isKey ? 1U << 8 : 0U) | quint64{json.left} << 16 |
                   quint64{json.word} << 24;
    state.own[1] = json.nesting;
    state.own[2] = json.depth;
    state.memory = json.outer.memory();
    json.outer = {};
  }
  bool isInside() const { return json.place != JsonPlace::Begin; }
  bool endsWithStream() const { return json.depth == 0 && json.isNumber(); }
  template <typename Sink>
  WalkStep walkOn(ByteView bytes, quint64 at, quint64 end, Sink &sink) {
    return scanJson(bytes.data(), at, end, json, sink);
  }
};

/// The brackets that are open, and where the string, number or word under way begins.
struct OpenSink : NoJsonSink {
  void open(bool, quint64 at) { brackets.push_back(at); }
  void close(quint64) { brackets.pop_back(); }
  void begin(quint64 at) { token = at; }

  std::vector<quint64> brackets;
  quint64 token = 0;
};

class JsonFramer final : public WalkedFramer<JsonWalk> {
 public:
  using WalkedFramer::WalkedFramer;

  QString explain(const StreamView &stream, const Message &message, quint64 number) const override;
  QString because(const StreamView &stream, const Message &message) const override;
  Result<QByteArray> encode(QByteArrayView payload) const override;
  FieldDecoderPtr fields() const override { return fields_; }

 protected:
  QString badWords(ByteView bytes, quint64 at, const JsonWalk &walk, quint64 offset) const override {
    return jsonErrorWords(bytes, at, walk.json, offset);
  }
  QString unitName() const override { return u"JSON value"_s; }

 private:
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
  if (message.status == Status::Error) return stoppedWords(verdict(stream, message).error, message.offset);
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
  JsonWalk walk;
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
  if (const auto good = checkPayload(viewOf(payload)); !good) return std::unexpected(good.error());
  // What would follow a bare number may belong to it.
  QByteArray message = payload.toByteArray();
  if (message.front() == '-' || isTextDigit(static_cast<std::uint8_t>(message.front()))) message += '\n';
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
