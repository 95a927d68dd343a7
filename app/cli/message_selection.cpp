#include "app/cli/message_selection.h"

namespace octetscope::cli {

namespace {

class ReaderArrivals final : public FilterArrivals {
 public:
  explicit ReaderArrivals(const MessageReader &reader) : reader_(reader) {}
  qint64 timeOf(ByteRange range) const override { return reader_.timeOf(range); }
  quint64 chunksOf(ByteRange range) const override { return reader_.chunksOf(range); }

 private:
  const MessageReader &reader_;
};

}  // namespace

quint64 MessageSelection::judge(std::span<const Message> messages) const {
  const ReaderArrivals arrivals(reader_);
  const StreamLabel &label = reader_.label();
  const FilterStream stream{.view = reader_.view(),
                            .direction = label.direction,
                            .connection = label.connection,
                            .startNs = label.startNs,
                            .from = label.from,
                            .to = label.to,
                            .arrivals = &arrivals};
  return filter_->judge({stream, messages, reader_.number(), reader_.before()});
}

bool MessageSelection::takesFront() {
  if (!filter_) return true;
  if (reader_.number() - first_ >= count_) {
    const auto messages = reader_.batch();
    first_ = reader_.number();
    count_ = messages.size();
    passing_ = judge(messages);
  }
  return (passing_ >> (reader_.number() - first_) & 1) != 0;
}

bool MessageSelection::takes(const MessageRecord &rest) const {
  return !filter_ || judge(std::span(&rest.message, 1)) != 0;
}

std::span<const Message> MessageSelection::ofBatch(std::array<Message, MessageBatch::capacity> &room) {
  const auto messages = reader_.batch();
  if (!filter_) return messages;
  std::size_t count = 0;
  const quint64 passing = judge(messages);
  for (std::size_t i = 0; i < messages.size(); ++i) {
    if ((passing >> i & 1) != 0) room[count++] = messages[i];
  }
  return std::span(room).first(count);
}

}  // namespace octetscope::cli
