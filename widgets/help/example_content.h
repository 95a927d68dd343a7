// ExampleContent: what there is to be drawn of a few bytes: chunks, messages, what each stretch of bytes is and how it
// is called, and what the receiver knows of each message. Plain values, read from a decoder in the words and with the
// roles of the other views.
#pragma once

#include "model/items/connection_decoder.h"
#include "widgets/hexview/hex_source.h"

#include <QCoreApplication>

#include <vector>

namespace octetscope {

struct ExampleContent {
  Q_DECLARE_TR_FUNCTIONS(octetscope::ExampleContent)

 public:
  struct Segment {
    HexSpan span;
    QString words;  ///< "length = 5", "payload", "between messages"
    bool operator==(const Segment &) const = default;
  };
  struct MessageItem {
    Message message;
    std::optional<quint64> needs;  ///< bytes that never came, where the framing knows how many
    QString sentence;              ///< what the receiver knows of it
    bool operator==(const MessageItem &) const = default;
  };

  /// A message inside a message, where that lies in the bytes.
  struct InnerItem {
    QString name;  ///< "2.0"
    ByteRange range;
    Status status = Status::Complete;
    bool operator==(const InnerItem &) const = default;
  };

  QByteArray bytes;
  std::vector<ByteRange> chunks;
  bool isJoined = false;          ///< a chunk is what one message brought, not one recv()
  std::vector<Segment> segments;  ///< side by side, all bytes
  std::vector<MessageItem> messages;
  std::vector<InnerItem> inner;  ///< of the second layer, rising

  /// What `decoder` shows of what came in. For a few hundred bytes, not for a capture.
  static ExampleContent of(ConnectionDecoder &decoder);
  /// Messages and what lies between them, side by side.
  std::vector<ByteRange> blocks() const;
  /// All of it for who does not see it, message by message, a line each.
  QString inWords() const;

  bool operator==(const ExampleContent &) const = default;
};

}  // namespace octetscope
