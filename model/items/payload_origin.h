// PayloadOrigin: where the bytes of a payload that is no range of its stream came from.
#pragma once

#include "model/framing/framer.h"

#include <QList>

#include <optional>

namespace octetscope {

/// Of a payload whose pieces lie in the stream (blocks that are joined) to the byte; of one that was made of them
/// (unstuffed, decompressed) as a whole.
class PayloadOrigin {
 public:
  static constexpr qsizetype mostPieces = 20'000;  ///< of a payload of more, the others count as a whole

  PayloadOrigin() = default;
  /// `parts`: those that are listed of `message`, whose payload is no range of `stream`.
  static PayloadOrigin of(const Framer &framer, const StreamView &stream, const Message &message,
                          const QList<FramingPart> &parts);

  /// The bytes of the stream from the first to the last that `payload` was made of; of an empty one what is there.
  ByteRange inStream(ByteRange payload) const;
  /// The byte of the payload that lies at `offset`; none where none is known to.
  std::optional<quint64> inPayload(quint64 offset) const;

 private:
  struct Piece {
    quint64 payload;
    quint64 stream;
    quint64 size;
  };
  QList<Piece> pieces_;
  ByteRange whole_;  // from the first to the last byte of the stream that the payload was made of
};

}  // namespace octetscope
