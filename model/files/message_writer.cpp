#include "model/files/message_writer.h"

#include "model/files/json_fields.h"

namespace octetscope {

PayloadBytes::PayloadBytes(const MessageRecord &record) {
  const Message &message = record.message;
  if (message.status == Status::Error) return;
  if (message.hasPayloadRange()) {
    view_ = record.view.bytes.view(message.payloadRange());
    return;
  }
  isDerived_ = true;
  if (message.payloadSize == 0) return;
  if (auto payload = record.framer.payload(record.view, message)) {
    derived_ = std::move(*payload);
    view_ = viewOf(derived_);
  }
}

namespace {

class NullWriter final : public MessageWriter {
 public:
  explicit NullWriter(const WriterOptions &options)
      : fields_{JsonFields(options.fields[0]), JsonFields(options.fields[1])} {}
  bool write(TextBuffer &, const MessageRecord &record) override {
    const JsonFields &fields = fields_[static_cast<std::size_t>(record.label.direction)];
    if (record.message.status == Status::Error || fields.isEmpty()) return true;
    return fields.canReadAll(PayloadBytes(record).view());
  }

 private:
  std::array<JsonFields, 2> fields_;
};

}  // namespace

std::unique_ptr<MessageWriter> nullWriter(const WriterOptions &options) {
  return std::make_unique<NullWriter>(options);
}

}  // namespace octetscope
