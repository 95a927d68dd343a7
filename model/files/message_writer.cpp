#include "model/files/message_writer.h"

#include "model/files/json_messages.h"

#include <QCryptographicHash>

namespace octetscope {

bool PayloadBytes::isDerived() const {
  return record_.message.status != Status::Error && !record_.message.hasPayloadRange();
}

ByteView PayloadBytes::view() const {
  return first(~0ULL);
}

ByteView PayloadBytes::first(quint64 most) const {
  const Message &message = record_.message;
  if (message.status == Status::Error) return {};
  if (message.hasPayloadRange()) {
    const ByteView all = record_.view.bytes.view(message.payloadRange());
    return all.first(std::min<quint64>(all.size(), most));
  }
  joined_ = record_.framer.payload(record_.view, message, most).value_or(QByteArray());
  return viewOf(joined_);
}

void PayloadBytes::append(TextBuffer &out, PayloadForm form) const {
  if (form == PayloadForm::None) return;
  QCryptographicHash hash(QCryptographicHash::Sha256);
  const auto take = [&](ByteView piece) {
    if (form == PayloadForm::Hex) {
      out.appendHex(piece);
      return true;
    }
    // Qt 6.4's addData() counts with int inside.
    constexpr std::size_t atOnce = 64 << 20;
    for (; !piece.empty(); piece = piece.subspan(std::min(piece.size(), atOnce))) {
      hash.addData(qtView(piece.first(std::min(piece.size(), atOnce))));
    }
    return true;
  };
  [[maybe_unused]] const auto done = record_.framer.payloadPieces(record_.view, record_.message, take);
  if (form == PayloadForm::Sha256) out.appendHex(viewOf(hash.result()));
}

namespace {

class NullWriter final : public MessageWriter {
 public:
  explicit NullWriter(const WriterOptions &options)
      : messages_{JsonMessages(options.fields[0], PayloadForm::None),
                  JsonMessages(options.fields[1], PayloadForm::None)} {}
  bool write(TextBuffer &, const MessageRecord &record) override {
    return messages_[static_cast<std::size_t>(record.label.direction)].isReadable(record);
  }

 private:
  std::array<JsonMessages, 2> messages_;
};

}  // namespace

std::unique_ptr<MessageWriter> nullWriter(const WriterOptions &options) {
  return std::make_unique<NullWriter>(options);
}

}  // namespace octetscope
