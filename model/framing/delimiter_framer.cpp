#include "model/framing/delimiter_framer.h"

#include "model/framing/framing_words.h"
#include "model/framing/spec_framer.h"

#include <array>
#include <cstring>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

struct DelimiterRule {
  QByteArray delimiter;
  bool isLines = false;  // one \r before the delimiter is not payload
  bool keep = false;     // the delimiter is payload
  std::optional<std::uint8_t> quote = {};
  std::optional<std::uint8_t> escape = {};
};

/// Walks over bytes that quotes and escapes give a meaning. Where it stands and what it knows there fits a ScanState.
struct Walk {
  quint64 at = 0;
  bool inQuote = false;
  bool escaped = false;          // the byte at `at` is never special
  quint64 afterLastEscaped = 0;  // where the last escaped byte ended; 0: there was none

  static Walk from(const ScanState &state) {
    return {std::max(state.scanned, state.at), (state.own[0] & 1) != 0, (state.own[0] & 2) != 0, state.own[1]};
  }
  void save(ScanState &state) const {
    state.scanned = at;
    state.own[0] = (inQuote ? 1 : 0) | (escaped ? 2 : 0);
    state.own[1] = afterLastEscaped;
  }
};

class DelimiterFramer final : public SpecFramer {
 public:
  DelimiterFramer(const SpecValues &values, DelimiterRule rule) : SpecFramer(values), rule_(std::move(rule)) {
    isPlain_ = !rule_.quote && !rule_.escape;
    isSpecial_[static_cast<std::uint8_t>(rule_.delimiter[0])] = true;
    if (rule_.quote) isSpecial_[*rule_.quote] = true;
    if (rule_.escape) isSpecial_[*rule_.escape] = true;
  }

  void scan(const StreamView &stream, ScanState &state, MessageBatch &out) const override {
    const ByteView bytes = stream.bytes.view();
    if (isPlain_ && length() == 1) return scanForByte(bytes, state, out);
    while (state.at < bytes.size()) {
      const auto found = find(bytes, state);
      if (!found) return;
      const Message message = messageEndingAt(bytes, state, *found);
      state.at = state.scanned = message.end();
      state.own = {};
      if (!out.add(message)) return;
    }
  }

  Message rest(const StreamView &stream, const ScanState &state) const override {
    const quint64 here = stream.size() - state.at;
    if (here > maxMessage()) return {state.at, here, notInStream, 0, Status::Error};
    return {state.at, here, state.at, here, Status::Incomplete};
  }

  Verdict verdict(const StreamView &, const Message &message) const override {
    if (message.status != Status::Error) return {};
    return {.needs = {},
            .error = u"no delimiter (%1) ends the message that begins at byte %2 within the limit of %3"_s.arg(
                escapeText(rule_.delimiter), grouped(message.offset), byteCount(maxMessage()))};
  }

  QList<FramingPart> parts(const StreamView &stream, const Message &message, const ScanState &state, ByteRange shown,
                           int most) const override;

  QString explain(const StreamView &stream, const Message &message, quint64 number) const override {
    const QString text = escapeText(rule_.delimiter);
    switch (message.status) {
      case Status::Complete:
        return completeWords(message, number, text);
      case Status::Error: {
        const QString words = capitalised(verdict(stream, message).error);
        if (isEnded(stream, message)) {
          return words + u". Framing goes on behind the next delimiter, at byte %1."_s.arg(grouped(message.end()));
        }
        const StreamEnd end = endFor(stream, message);
        return words + (end == StreamEnd::Open ? u". Framing will go on behind the next delimiter."_s
                                               : u". None ends it: "_s + waitingWords(end));
      }
      case Status::Incomplete:
        break;
    }
    const StreamEnd end = endFor(stream, message);
    QString words = u"No delimiter (%1) in the %2 of message %3"_s.arg(text, byteCount(message.size), grouped(number));
    if (end == StreamEnd::Open) words += u" so far"_s;
    return words + hidden(stream, message) + u": "_s + waitingWords(end);
  }

  QString because(const StreamView &stream, const Message &message) const override {
    const QString text = escapeText(rule_.delimiter);
    if (message.status == Status::Complete) {
      return u"it found the delimiter (%1) at %2"_s.arg(text,
                                                        bytesAt(ByteRange::ofSize(message.end() - length(), length())));
    }
    return u"it found no delimiter (%1) in these %2"_s.arg(text, byteCount(message.size)) + hidden(stream, message);
  }

  Result<QByteArray> encode(QByteArrayView payload) const override;

  bool scansBytes() const override { return true; }

 private:
  quint64 length() const { return static_cast<quint64>(rule_.delimiter.size()); }

  /// Where the next delimiter begins, looking on from where `state` got to. None: `state` remembers how far it looked.
  std::optional<quint64> find(ByteView bytes, ScanState &state) const {
    if (!isPlain_) return findWalking(bytes, state);
    // A delimiter may have begun in what was looked at before.
    const quint64 overlap = length() - 1;
    const quint64 from = state.scanned - state.at > overlap ? state.scanned - overlap : state.at;
    const std::uint8_t *const begin = bytes.data() + from;
    const void *found = length() == 1
                            ? std::memchr(begin, static_cast<std::uint8_t>(rule_.delimiter[0]), bytes.size() - from)
                            : ::memmem(begin, bytes.size() - from, rule_.delimiter.constData(), length());
    if (found) return static_cast<quint64>(static_cast<const std::uint8_t *>(found) - bytes.data());
    state.scanned = bytes.size();
    return std::nullopt;
  }

  /// scan() for the delimiter that matters most: one byte, and nothing that hides it.
  void scanForByte(ByteView bytes, ScanState &state, MessageBatch &out) const {
    const std::uint8_t *const begin = bytes.data();
    const quint64 end = bytes.size();
    const quint64 most = maxMessage();
    const quint64 kept = rule_.keep ? 1 : 0;
    const std::uint8_t delimiter = static_cast<std::uint8_t>(rule_.delimiter[0]);
    const bool dropsReturn = rule_.isLines && !rule_.keep;
    quint64 at = state.at;
    quint64 from = std::max(state.scanned, at);
    MessageBatch::Writer writer(out);
    while (from < end) {
      const void *found = std::memchr(begin + from, delimiter, end - from);
      if (!found) {
        from = end;
        break;
      }
      const quint64 delimiterAt = static_cast<quint64>(static_cast<const std::uint8_t *>(found) - begin);
      Message message{at, delimiterAt + 1 - at, at, delimiterAt - at + kept, Status::Complete};
      if (message.size > most) {
        message = {at, message.size, notInStream, 0, Status::Error};
      } else if (dropsReturn && delimiterAt > at && begin[delimiterAt - 1] == '\r') {
        --message.payloadSize;
      }
      at = from = delimiterAt + 1;
      if (!writer.add(message) || at >= writer.fullAt()) break;
    }
    state.at = at;
    state.scanned = from;
  }

  std::optional<quint64> findWalking(ByteView bytes, ScanState &state) const {
    Walk walk = Walk::from(state);
    while (walk.at < bytes.size()) {
      const quint64 at = walk.at;
      const bool mayBegin = step(walk, bytes[at]);
      if (!mayBegin) continue;
      const quint64 here = std::min<quint64>(bytes.size() - at, length());
      if (std::memcmp(bytes.data() + at, rule_.delimiter.constData(), here) != 0) continue;
      walk.at = at;
      walk.save(state);
      if (here == length()) return at;
      return std::nullopt;  // the rest of what may be a delimiter is not there yet
    }
    walk.save(state);
    return std::nullopt;
  }

  /// Passes over the byte at walk.at. True where a delimiter may begin with it.
  bool step(Walk &walk, std::uint8_t byte) const {
    ++walk.at;
    if (walk.escaped) {
      walk.escaped = false;
      walk.afterLastEscaped = walk.at;
      return false;
    }
    if (!isSpecial_[byte]) return false;
    if (byte == rule_.escape) {
      walk.escaped = true;
    } else if (byte == rule_.quote) {
      walk.inQuote = !walk.inQuote;
    } else {
      return !walk.inQuote;
    }
    return false;
  }

  Message messageEndingAt(ByteView bytes, const ScanState &state, quint64 delimiterAt) const {
    Message message{state.at, delimiterAt + length() - state.at, state.at, delimiterAt - state.at, Status::Complete};
    if (message.size > maxMessage()) {
      message.status = Status::Error;
      message.payloadOffset = notInStream;
      message.payloadSize = 0;
    } else if (rule_.keep) {
      message.payloadSize = message.size;
    } else if (rule_.isLines && message.payloadSize > 0 && bytes[delimiterAt - 1] == '\r' &&
               state.own[1] != delimiterAt) {
      --message.payloadSize;
    }
    return message;
  }

  /// What else there is to say of a message without a delimiter: that a quote is open, or that its last bytes may be
  /// the begin of one.
  QString hidden(const StreamView &stream, const Message &message) const {
    if (message.size > explainedBytes) return {};
    ScanState state = ScanState::startingAt(message.offset);
    const ByteView bytes = stream.bytes.view({0, message.end()});
    find(bytes, state);
    if (!isPlain_) {
      const Walk walk = Walk::from(state);
      if (walk.inQuote) return u", and a quote is open"_s;
      if (walk.escaped) return u", and byte %1 escapes what follows it"_s.arg(grouped(message.end() - 1));
    }
    if (endFor(stream, message) != StreamEnd::Open) return {};
    // Where an escape or a quote hides them, the walk has gone past these bytes.
    const quint64 most = isPlain_ ? std::min(length() - 1, message.size) : message.end() - state.scanned;
    for (quint64 begun = most; begun > 0; --begun) {
      if (!rule_.delimiter.startsWith(qtView(bytes.last(begun)))) continue;
      return u", but %1 may be the first of its %2"_s.arg(bytesAt({message.end() - begun, message.end()}),
                                                          byteCount(length()));
    }
    return {};
  }

  /// Whether a delimiter ended this message, which is in error.
  bool isEnded(const StreamView &stream, const Message &message) const {
    if (message.end() < stream.size()) return true;
    if (message.size > explainedBytes || isPlain_) return qtView(bytesOf(stream, message)).endsWith(rule_.delimiter);
    ScanState state = ScanState::startingAt(message.offset);
    return find(stream.bytes.view({0, message.end()}), state).has_value();
  }

  QString completeWords(const Message &message, quint64 number, const QString &text) const {
    const quint64 at = message.end() - length();
    QString words = u"Found the delimiter (%1) at %2, so message %3 ends at byte %4. "_s.arg(
        text, bytesAt(ByteRange::ofSize(at, length())), grouped(number), grouped(message.end()));
    if (rule_.keep) return words + u"Its payload is all %1, the delimiter kept."_s.arg(byteCount(message.size));
    words += message.payloadSize == 0 ? u"Its payload is empty"_s
                                      : u"Its payload is the %1 before it"_s.arg(byteCount(message.payloadSize));
    return words + (message.payloadSize + length() < message.size ? u", without \\r."_s : u"."_s);
  }

  static constexpr quint64 explainedBytes = 256 * 1024;  // quotes are looked for in messages up to this size

  DelimiterRule rule_;
  bool isPlain_ = true;
  std::array<bool, 256> isSpecial_ = {};
};

QList<FramingPart> DelimiterFramer::parts(const StreamView &stream, const Message &message, const ScanState &state,
                                          ByteRange shown, int most) const {
  PartCollector parts(message, shown, most);
  if (message.status == Status::Error) {
    parts.add(PartRole::Unread, message.range());
    return parts.take();
  }
  const quint64 payloadEnd = message.status == Status::Incomplete ? message.end()
                             : rule_.keep                         ? message.end() - length()
                                                                  : message.payloadRange().end;
  if (isPlain_) {
    parts.add(PartRole::Payload, {message.offset, payloadEnd});
  } else {
    // From the last place where quotes and escapes are known, to the end of what is shown.
    Walk walk{.at = message.offset};
    if (state.at == message.offset && state.scanned <= parts.shown().begin) walk = Walk::from(state);
    const ByteView bytes = stream.bytes.view();
    const quint64 end = std::min(payloadEnd, parts.shown().end);
    quint64 runBegin = std::max(walk.at, parts.shown().begin);
    while (walk.at < end && !parts.isFull()) {
      const quint64 at = walk.at;
      const std::uint8_t byte = bytes[at];
      const bool isMark = !walk.escaped && (byte == rule_.quote || byte == rule_.escape);
      step(walk, byte);
      if (!isMark || at < runBegin) continue;
      parts.add(PartRole::Payload, {runBegin, at});
      parts.add(PartRole::Mark, {at, at + 1}, byte == rule_.quote ? u"quote"_s : u"escape"_s);
      runBegin = at + 1;
    }
    parts.add(PartRole::Payload, {runBegin, std::max(runBegin, end)});
  }
  parts.add(PartRole::Delimiter, {payloadEnd, message.end()}, u"delimiter"_s, escapeText(rule_.delimiter));
  return parts.take();
}

Result<QByteArray> DelimiterFramer::encode(QByteArrayView payload) const {
  const QString text = escapeText(rule_.delimiter);
  if (rule_.keep && !payload.endsWith(rule_.delimiter)) {
    return fail(u"with keep=yes a payload ends with the delimiter (%1), and this one does not"_s.arg(text),
                u"put the delimiter behind it"_s);
  }
  QByteArray bytes = payload.toByteArray();
  if (!rule_.keep) bytes += rule_.delimiter;
  if (static_cast<quint64>(bytes.size()) > maxMessage()) return failOverLimit(static_cast<quint64>(bytes.size()));

  // The receiver's own eyes decide.
  ScanState state;
  const auto found = find(viewOf(bytes), state);
  const quint64 expected = static_cast<quint64>(bytes.size()) - length();
  if (!found || *found > expected) {
    const Walk walk = Walk::from(state);
    if (walk.inQuote) return fail(u"the payload leaves a quote open, which hides the delimiter"_s, u"close it"_s);
    return fail(u"the payload ends with an escape, which hides the delimiter"_s, u"escape the escape"_s);
  }
  if (*found + length() <= static_cast<quint64>(payload.size()) && *found < expected) {
    return fail(u"the payload has the delimiter (%1) in it, at byte %2"_s.arg(text, grouped(*found)),
                u"take another framing, one with a length for example"_s);
  }
  if (*found < expected) {
    return fail(u"the end of the payload and the delimiter (%1) together look like a delimiter at byte %2"_s.arg(
                    text, grouped(*found)),
                u"take another framing, one with a length for example"_s);
  }
  if (messageEndingAt(viewOf(bytes), state, *found).payloadSize != static_cast<quint64>(payload.size())) {
    return fail(u"the payload ends with \\r, which a reader of lines takes for a part of the line's end"_s,
                u"remove it, or use delimiter:\\n"_s);
  }
  return bytes;
}

Result<FramerPtr> make(const SpecValues &values, DelimiterRule rule) {
  rule.keep = values.flag("keep"_L1);
  rule.quote = values.character("quote"_L1);
  rule.escape = values.character("escape"_L1);
  for (const auto &[name, byte] : {std::pair("quote"_L1, rule.quote), std::pair("escape"_L1, rule.escape)}) {
    if (byte && rule.delimiter.contains(static_cast<char>(*byte))) {
      return values.failAt(name, u"a byte that is also in the delimiter"_s, u"choose another one"_s);
    }
  }
  if (rule.quote && rule.quote == rule.escape) {
    return values.failAt("escape"_L1, u"the same byte as quote="_s, u"choose another one"_s);
  }
  return std::make_shared<DelimiterFramer>(values, std::move(rule));
}

QList<FramingOption> delimiterOptions() {
  using Kind = FramingOption::Kind;
  return {{.name = u"keep"_s,
           .title = u"Keep the delimiter"_s,
           .kind = Kind::Flag,
           .defaultValue = u"no"_s,
           .help = u"Whether the delimiter belongs to the payload."_s},
          {.name = u"quote"_s,
           .title = u"Quote"_s,
           .kind = Kind::Char,
           .help = u"Between two of this byte delimiters do not count; by default there is none."_s},
          {.name = u"escape"_s,
           .title = u"Escape"_s,
           .kind = Kind::Char,
           .help = u"The byte behind this one is never special, inside quotes too; by default there is none."_s},
          maxOption()};
}

}  // namespace

FramingEntry delimiterEntry() {
  return {.kind = {.name = u"delimiter"_s,
                   .title = u"Delimiter"_s,
                   .summary = u"A message ends with a delimiter, which is not payload."_s,
                   .argument = FramingOption{.name = {},
                                             .title = u"Delimiter"_s,
                                             .kind = FramingOption::Kind::Text,
                                             .help = u"What ends a message; \\n \\r \\t \\0 \\xNN are escapes."_s},
                   .options = delimiterOptions(),
                   .examples = {u"delimiter:\\r\\n"_s, u"delimiter:\\0"_s, u"delimiter:;,quote=\",escape=\\\\"_s}},
          .make = [](const SpecValues &values) -> Result<FramerPtr> {
            return make(values, {.delimiter = values.text(""_L1)});
          }};
}

FramingEntry linesEntry() {
  return {.kind = {.name = u"lines"_s,
                   .title = u"Lines"_s,
                   .summary = u"A message is a line: it ends with \\n or \\r\\n, which is not payload."_s,
                   .options = delimiterOptions(),
                   .examples = {u"lines"_s}},
          .make = [](const SpecValues &values) -> Result<FramerPtr> {
            return make(values, {.delimiter = "\n", .isLines = true});
          }};
}

}  // namespace octetscope
