// MessageCursor: final messages of one direction, asked for nearly in order: one look-up finds up to 64 of them.
#pragma once

#include "model/framing/message_index.h"

namespace octetscope {

class MessageCursor {
 public:
  enum class Found : quint8 { No, Held, Read };
  /// Makes group() hold message `number` and those around it. Held: it did already; No: there is no such message.
  Found find(const MessageIndex &index, const StreamView &view, quint64 number) {
    if (group_.contains(number)) return Found::Held;
    const quint64 next = group_.first + group_.count();
    const bool hadAny = group_.count() > 0;
    const Message last = hadAny ? group_.at(next - 1) : Message{};
    index.find(view, number, group_);
    if (!group_.contains(number)) return Found::No;
    before_.reset();
    if (group_.first > 0) before_ = hadAny && next == group_.first ? last : index.at(view, group_.first - 1);
    return Found::Read;
  }

  const MessageGroup &group() const { return group_; }
  /// The message before the first of group(); null: there is none.
  const Message *before() const { return before_ ? &*before_ : nullptr; }

 private:
  MessageGroup group_;
  std::optional<Message> before_;
};

}  // namespace octetscope
