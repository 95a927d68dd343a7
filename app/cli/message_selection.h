// MessageSelection: which messages of one reader pass `--filter`. It judges what the reader has at hand, many messages
// at a time. Without a filter all pass.
#pragma once

#include "model/files/message_reader.h"
#include "model/filter/filter_program.h"

namespace octetscope::cli {

using FilterPtr = std::shared_ptr<const FilterProgram>;

class MessageSelection {
 public:
  /// `reader` must outlive it.
  MessageSelection(FilterPtr filter, const MessageReader &reader) : filter_(std::move(filter)), reader_(reader) {}

  bool takesAll() const { return !filter_; }
  /// Whether the message at the front passes; after hasNext().
  bool takesFront();
  /// The same of the reader's last message, which is not final, as it stands.
  bool takes(const MessageRecord &rest) const;
  /// Those of the reader's batch that pass, put into `room`.
  std::span<const Message> ofBatch(std::array<Message, MessageBatch::capacity> &room);

 private:
  quint64 judge(std::span<const Message> messages) const;

  FilterPtr filter_;
  const MessageReader &reader_;
  quint64 first_ = 0;  // number of the message that the lowest bit is for
  quint64 count_ = 0;
  quint64 passing_ = 0;
};

}  // namespace octetscope::cli
