#include "model/framing/http_chunked_framer.h"

#include "model/framing/framing_words.h"
#include "model/framing/http_family_framer.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

class HttpChunkedFramer final : public HttpFamilyFramer {
 public:
  explicit HttpChunkedFramer(const SpecValues &values)
      : HttpFamilyFramer(values, HttpGrammar::Blocks), blockSize_(static_cast<quint64>(values.number("block"_L1))) {}

  QString explain(const StreamView &stream, const Message &message, quint64 number) const override {
    if (message.status == Status::Error) return stoppedWords(verdict(stream, message).error, message.offset);
    return blockWords(stream, message, number);
  }

  QString because(const StreamView &stream, const Message &message) const override {
    return message.status == Status::Error ? brokenReason() : blockReason(stream, message);
  }

  Result<QByteArray> encode(QByteArrayView payload) const override { return inBlocks(payload, blockSize_); }

 private:
  quint64 blockSize_;
};

}  // namespace

FramingEntry httpChunkedEntry() {
  return {
      .kind = {.name = u"http-chunked"_s,
               .title = u"Blocks as HTTP sends them"_s,
               .summary =
                   u"Blocks with a hexadecimal length on a line each; one of length zero, trailer lines and an empty "
                   "line end the message: the body of an HTTP message, without its head."_s,
               .options = {{.name = u"block"_s,
                            .title = u"Bytes a block, when sending"_s,
                            .kind = FramingOption::Kind::Bytes,
                            .minimum = 1,
                            .help = u"A payload is sent in blocks of this size; by default in one."_s},
                           maxOption()},
               .examples = {u"http-chunked"_s, u"http-chunked,block=1000"_s}},
      .make = [](const SpecValues &values) -> Result<FramerPtr> {
        return std::make_shared<HttpChunkedFramer>(values);
      }};
}

}  // namespace octetscope
