// The headers of zlib streams and gzip members (RFC 1950 section 2.2, RFC 1952 section 2.3) in words: what each part of
// them says, and which one breaks the rules. For explanations alone: where a stream goes on and ends, zlib says.
#pragma once

#include "model/bytes/byte_view.h"
#include "model/framing/message.h"

#include <QList>

namespace octetscope {

/// A header as far as its bytes are here. Places count from the stream's begin.
struct PackedHead {
  /// Its parts, in order, without gaps; the last one may be cut.
  QList<FramingPart> parts = {};
  bool isWhole = false;
  QString error = {};  ///< why it is none, in words that name the bytes by their place in the whole stream

  quint64 size() const { return parts.isEmpty() ? 0 : parts.last().range.end; }
};

/// `bytes`: from the begin of the stream on, which stands at byte `offset`. Costs what the header costs.
PackedHead readZlibHead(ByteView bytes, quint64 offset);
PackedHead readGzipHead(ByteView bytes, quint64 offset);

}  // namespace octetscope
