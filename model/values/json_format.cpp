#include "model/values/json_format.h"

#include "model/structs/value_text.h"
#include "model/values/json_scanner.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

enum Kind : quint32 { Object, Array, String, Number, Boolean, Null, Broken };

/// Puts what a walk meets into a tree.
class TreeSink {
 public:
  explicit TreeSink(FieldTreeBuilder &out) : out_(out) {}

  void open(bool isObject, quint64 at) {
    // The outermost value is no field itself.
    if (depth_++ > 0) isFull_ = !out_.open(node({at, at}, isObject ? Object : Array));
  }
  void close(quint64 end) {
    if (--depth_ > 0) out_.close(end);
  }
  void begin(quint64 at) { begin_ = at; }
  void key(quint64 end) { key_ = {begin_, end}; }
  void string(quint64 end) { add(end, String); }
  void number(quint64 end) { add(end, Number); }
  void word(quint64 end, quint8 word) { add(end, word == 2 ? Null : Boolean); }
  bool isFull() const { return isFull_; }

  /// What is not all there: from where it begins.
  void cut(quint64 end, const QString &error) { broken({begin_, end}, error); }
  void broken(ByteRange range, const QString &error) { out_.addBroken(node(range, Broken), error); }
  bool hasKey() const { return !key_.isEmpty(); }

 private:
  FieldNode node(ByteRange range, quint32 kind) {
    return {.range = range, .name = std::exchange(key_, {}), .kind = kind};
  }
  void add(quint64 end, Kind kind) { isFull_ = !out_.add(node({begin_, end}, kind)); }

  FieldTreeBuilder &out_;
  ByteRange key_;
  quint64 begin_ = 0;
  quint64 depth_ = 0;
  bool isFull_ = false;
};

/// What the bytes between quotes mean, which a walk has found to be right.
QString textOf(ByteView bytes) {
  QString text;
  for (std::size_t at = 0; at < bytes.size();) {
    const void *const found = std::memchr(bytes.data() + at, '\\', bytes.size() - at);
    const std::size_t escape =
        found ? static_cast<std::size_t>(static_cast<const std::uint8_t *>(found) - bytes.data()) : bytes.size();
    text += QString::fromUtf8(qtView(bytes.subspan(at, escape - at)));
    if (escape == bytes.size()) break;
    const char kind = static_cast<char>(bytes[escape + 1]);
    if (kind == 'u') {
      text += QChar(static_cast<char16_t>(qtView(bytes.subspan(escape + 2, 4)).toByteArray().toUShort(nullptr, 16)));
      at = escape + 6;
      continue;
    }
    static constexpr QByteArrayView names("bfnrt");
    static constexpr QByteArrayView meanings("\b\f\n\r\t");
    const qsizetype which = names.indexOf(kind);
    text += QLatin1Char(which < 0 ? kind : meanings[which]);
    at = escape + 2;
  }
  return text;
}

QString stringOf(ByteView payload, ByteRange quoted) {
  return textOf(payload.subspan(quoted.begin + 1, quoted.size() - 2));
}

bool isArray(ByteView payload) {
  const auto first = std::ranges::find_if_not(payload, isTextSpace);
  return first != payload.end() && *first == '[';
}

/// Of a value that is not all there.
QString typeBegunBy(std::uint8_t first) {
  switch (first) {
    case '"':
      return u"string"_s;
    case 't':
    case 'f':
      return u"boolean"_s;
    case 'n':
      return u"null"_s;
    default:
      return first == '-' || isTextDigit(first) ? u"number"_s : QString();
  }
}

}  // namespace

void JsonFormat::read(ByteView payload, FieldTreeBuilder &out) const {
  TreeSink sink(out);
  JsonState state;
  const quint64 end = out.readable();
  const WalkStep step = scanJson(payload.data(), 0, end, state, sink);
  if (step.outcome == WalkOutcome::Bad) {
    sink.broken({step.at, payload.size()}, jsonErrorWords(payload, step.at, state, 0));
    return;
  }
  if (step.outcome != WalkOutcome::More || end < payload.size()) return;
  switch (state.place) {
    case JsonPlace::Begin:
    case JsonPlace::FirstItem:
    case JsonPlace::FirstKey:
    case JsonPlace::Key:
    case JsonPlace::Next:
      return;
    case JsonPlace::Colon:
    case JsonPlace::Item:
      if (sink.hasKey()) sink.broken({end, end}, u"its value is not here"_s);
      return;
    case JsonPlace::String:
    case JsonPlace::Escape:
    case JsonPlace::Hex:
    case JsonPlace::Character:
      if (!state.isKey) sink.cut(end, u"the quote that ends it is not here"_s);
      return;
    default:
      break;
  }
  if (state.isNumber() && state.depth == 0) {
    sink.number(end);
  } else {
    sink.cut(end, u"its end is not here"_s);
  }
}

Field JsonFormat::describe(ByteView payload, const FieldNode &node) const {
  Field field;
  if (!node.name.isEmpty()) {
    field.name = stringOf(payload, node.name);
  } else if (node.parent == FieldNode::none && isArray(payload)) {
    field.name = u'[' + QString::number(node.place) + u']';
  }
  const ByteView bytes = payload.subspan(node.range.begin, node.range.size());
  switch (node.kind) {
    case Object:
      field.type = u"object"_s;
      break;
    case Array:
      field.type = u"array"_s;
      break;
    case String:
      field.type = u"string"_s;
      field.value = stringOf(payload, node.range);
      break;
    case Number:
      field.value = parseNumber(QString::fromLatin1(qtView(bytes))).value_or(Value());
      field.type = std::holds_alternative<double>(field.value) ? u"number"_s : u"integer"_s;
      break;
    case Boolean:
      field.type = u"boolean"_s;
      field.value = bytes.front() == 't';
      break;
    case Null:
      field.type = u"null"_s;
      break;
    case Broken:
      if (!bytes.empty()) field.type = typeBegunBy(bytes.front());
      break;
    default:
      break;
  }
  return field;
}

}  // namespace octetscope
