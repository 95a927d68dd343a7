// Messages as JSON Lines. Most of a line is the same from message to message: it is copied, not made again.
#include "model/files/json_fields.h"
#include "model/files/message_keys.h"
#include "model/files/message_writer.h"

namespace octetscope {

namespace {

void appendNullable(TextBuffer &out, const QByteArray &text) {
  if (text.isEmpty()) return out.append("null");
  out.append('"');
  out.appendJsonEscaped({text.constData(), static_cast<std::size_t>(text.size())});
  out.append('"');
}

class JsonLinesWriter final : public MessageWriter {
 public:
  explicit JsonLinesWriter(const WriterOptions &options)
      : fields_{JsonFields(options.fields[0]), JsonFields(options.fields[1])}, payload_(options.payload) {}

  bool write(TextBuffer &out, const MessageRecord &record) override {
    const Message &message = record.message;
    const StreamLabel &label = record.label;
    out.append(R"({"connection":)");
    out.append(label.connection);
    out.append(R"(,"index":)");
    out.append(record.index);
    out.append(label.direction == Direction::In ? std::string_view(R"(,"direction":"in","from":)")
                                                : std::string_view(R"(,"direction":"out","from":)"));
    appendNullable(out, label.from);
    out.append(R"(,"to":)");
    appendNullable(out, label.to);
    out.append(R"(,"time":)");
    if (record.timeNs == noTime) {
      out.append(R"(null,"since_start":null)");
    } else {
      appendSeconds(out, record.timeNs);
      out.append(R"(,"since_start":)");
      appendShortSeconds(out, record.timeNs - label.startNs);
    }
    out.append(R"(,"chunks":)");
    out.append(record.chunks);
    out.append(R"(,"offset":)");
    out.append(message.offset);
    out.append(R"(,"size":)");
    out.append(message.size);
    out.append(R"(,"payload_offset":)");
    const bool hasRange = message.hasPayloadRange() && message.status != Status::Error;
    if (hasRange) {
      out.append(message.payloadOffset);
    } else {
      out.append("null");
    }
    out.append(R"(,"payload_size":)");
    out.append(message.status == Status::Error ? quint64{0} : message.payloadSize);
    if (message.status == Status::Complete) {
      out.append(R"(,"status":"complete","needs":null,"error":null)");
    } else {
      appendStatus(out, record);
    }
    out.append(R"(,"fields":)");
    const JsonFields &fields = fields_[static_cast<std::size_t>(label.direction)];
    const PayloadBytes payload(record);
    bool readable = true;
    if (message.status == Status::Error || fields.isEmpty()) {
      out.append("[]");
    } else {
      readable = fields.write(out, payload.view(), message.payloadOffset,
                              payload.isDerived() ? PayloadPlace::Derived : PayloadPlace::Stream);
    }
    if (payload_ != PayloadForm::None) {
      out.append(payload_ == PayloadForm::Hex ? R"(,"payload":")" : R"(,"payload_sha256":")");
      payload.append(out, payload_);
      out.append('"');
    }
    out.append("}\n");
    return readable;
  }

 private:
  static void appendStatus(TextBuffer &out, const MessageRecord &record) {
    const Verdict verdict = record.verdict();
    out.append(R"(,"status":")");
    out.append(nameOf(record.message.status));
    out.append(R"(","needs":)");
    if (verdict.needs && record.message.status == Status::Incomplete) {
      out.append(*verdict.needs);
    } else {
      out.append("null");
    }
    out.append(R"(,"error":)");
    if (record.message.status == Status::Error) {
      out.appendJsonString(verdict.error);
    } else {
      out.append("null");
    }
  }

  std::array<JsonFields, 2> fields_;
  PayloadForm payload_;
};

}  // namespace

std::unique_ptr<MessageWriter> jsonLinesWriter(const WriterOptions &options) {
  return std::make_unique<JsonLinesWriter>(options);
}

}  // namespace octetscope
