#include "model/framing/framer.h"

#include <algorithm>

namespace octetscope {

Result<void> Framer::payloadPieces(const StreamView &stream, const Message &message, const TakePiece &take) const {
  take(stream.bytes.view(message.payloadRange()));
  return {};
}

Result<QByteArray> Framer::payload(const StreamView &stream, const Message &message, quint64 most) const {
  const quint64 size = std::min(most, message.payloadSize);
  QByteArray joined;
  joined.reserve(static_cast<qsizetype>(std::min(size, message.size)));  // more, once it is seen to be there
  const auto done = payloadPieces(stream, message, [&](ByteView piece) {
    const quint64 missing = size - static_cast<quint64>(joined.size());
    joined += qtView(piece.first(std::min<quint64>(piece.size(), missing)));
    return static_cast<quint64>(joined.size()) < size;
  });
  if (!done) return std::unexpected(done.error());
  return joined;
}

}  // namespace octetscope
