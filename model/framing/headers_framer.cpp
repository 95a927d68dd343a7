#include "model/framing/headers_framer.h"

#include "model/framing/framing_words.h"
#include "model/framing/http_family_framer.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

/// Lines may end with 0A alone, as clangd, gopls and pylsp take them; VS Code and rust-analyzer want 0D 0A, so it is
/// said of such a head.
class HeadersFramer final : public HttpFamilyFramer {
 public:
  explicit HeadersFramer(const SpecValues &values) : HttpFamilyFramer(values, HttpGrammar::Headers) {}

  QString explain(const StreamView &stream, const Message &message, quint64 number) const override {
    if (message.status == Status::Error) return stoppedWords(verdict(stream, message).error, message.offset);
    const Reading reading = read(stream, message);
    if (reading.headSize == 0) {
      const StreamEnd end = endFor(stream, message);
      return u"The head of message %1 begins at byte %2, and the empty line that ends it %3: "_s.arg(
                 grouped(number), grouped(message.offset),
                 end == StreamEnd::Open ? u"has not come yet"_s : u"did not come"_s) +
             waitingWords(end);
    }
    return sizedWords(stream, message, reading, u"message "_s + grouped(number)) + headNotes(reading);
  }

  QString because(const StreamView &stream, const Message &message) const override {
    if (message.status == Status::Error) return brokenReason();
    const Reading reading = read(stream, message);
    if (reading.headSize == 0) return u"no empty line ended its head"_s;
    return sizedReason(stream, message, reading);
  }

  Result<QByteArray> encode(QByteArrayView payload) const override {
    QByteArray bytes = "Content-Length: " + QByteArray::number(payload.size()) + "\r\n\r\n";
    const quint64 size = static_cast<quint64>(bytes.size()) + static_cast<quint64>(payload.size());
    if (size > maxMessage()) return failOverLimit(size);
    bytes += payload;
    return bytes;
  }
};

}  // namespace

FramingEntry headersEntry() {
  return {
      .kind = {.name = u"headers"_s,
               .title = u"Header lines with a length"_s,
               .summary = u"Header lines, an empty line, and as many bytes as the header Content-Length says: the "
                          "language server and debug adapter protocols (LSP, DAP)."_s,
               .options = {maxOption()},
               .examples = {u"headers"_s}},
      .make = [](const SpecValues &values) -> Result<FramerPtr> { return std::make_shared<HeadersFramer>(values); }};
}

}  // namespace octetscope
