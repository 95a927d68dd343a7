// Messages as JSON Lines.
#include "model/files/json_messages.h"

namespace octetscope {

namespace {

class JsonLinesWriter final : public MessageWriter {
 public:
  explicit JsonLinesWriter(const WriterOptions &options)
      : messages_{JsonMessages(options.fields[0], options.payload), JsonMessages(options.fields[1], options.payload)} {}

  bool write(TextBuffer &out, const MessageRecord &record) override {
    const bool isGood = messages_[static_cast<std::size_t>(record.label.direction)].write(out, record);
    out.append('\n');
    return isGood;
  }

 private:
  std::array<JsonMessages, 2> messages_;
};

}  // namespace

std::unique_ptr<MessageWriter> jsonLinesWriter(const WriterOptions &options) {
  return std::make_unique<JsonLinesWriter>(options);
}

}  // namespace octetscope
