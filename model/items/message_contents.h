// MessageContents: the fields and the inner messages of messages that lie in a stream, for views that show bytes and
// ask for the same ones at every paint. Formats that are read from the front are read once for each message, and again
// once it has grown. Belongs to a ConnectionDecoder, lives in the window's thread.
#pragma once

#include "model/capture/stream.h"
#include "model/items/framing_layers.h"

#include <QCache>

namespace octetscope {

class ConnectionDecoder;

/// The fields of one message.
struct MessageFields {
  FieldDecoderPtr decoder = nullptr;  ///< may be asked about `bytes` only; null: there are none
  ByteView bytes = {};
  quint64 begin = 0;        ///< where those begin in the stream
  bool hasPadding = false;  ///< bytes without a field are skipped; else they belong to the format

  explicit operator bool() const { return decoder != nullptr; }
  ByteRange range() const { return ByteRange::ofSize(begin, bytes.size()); }
};

class MessageContents {
 public:
  explicit MessageContents(const ConnectionDecoder &decoder) : decoder_(decoder) {}

  void clear();

  /// The fields of `message`, of the framing `layer`, which lies in the stream; `view` holds it. Bytes behind the first
  /// `most` are one field "(more)" where a format has to be read from the front.
  MessageFields fields(Direction direction, qsizetype layer, const StreamView &view, const Message &message,
                       quint64 most = shownFields.bytes);
  /// The messages inside it, those that are known already or as many as `limits` ask for; none where its payload is no
  /// range of the stream, or nothing is framed inside it.
  InnerMessages inner(Direction direction, qsizetype layer, const StreamView &view, const Message &message,
                      InnerLimits limits = {.messages = mostMessages, .bytes = shownFields.bytes});

  static constexpr qsizetype mostMessages = 20'000;  ///< that are looked for in one payload

 private:
  struct Asked {
    Message message;
    StreamEnd end = StreamEnd::Open;
    quint64 most = 0;
    bool answers(const Asked &other) const {
      return message == other.message && end == other.end && most >= other.most;
    }
  };
  struct KnownFields {
    Asked asked;
    FieldDecoderPtr decoder;
  };
  struct KnownInner {
    Message message;
    StreamEnd end = StreamEnd::Open;
    InnerLimits limits;
    QList<Message> messages;
    bool hasMore = false;
    QList<qsizetype> flaws;
  };
  struct Key {
    Direction direction;
    qsizetype layer;
    quint64 offset;
    bool operator==(const Key &) const = default;
    friend size_t qHash(const Key &key, size_t seed = 0) {
      return qHashMulti(seed, static_cast<int>(key.direction), key.layer, key.offset);
    }
  };

  const ConnectionDecoder &decoder_;
  QCache<Key, KnownFields> fields_{1 << 20};  // values, about: 70 bytes each
  QCache<Key, KnownInner> inner_{1 << 19};    // messages: 40 bytes each
};

}  // namespace octetscope
