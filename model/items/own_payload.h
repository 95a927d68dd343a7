// OwnPayload: a payload that is no range of the stream its message lies in (joined, unstuffed, decompressed): whose it
// is, and how it is read. A value; nothing of it was made yet.
#pragma once

#include "model/items/message_branches.h"

namespace octetscope {

struct OwnPayload {
  PlacedMessage at;              ///< whose payload it is
  MessageDetailsPtr outer = {};  ///< of an inner message: those of the one it lies in
  FramerPtr framer = {};         ///< what it is a message of
  QList<FramingLayer> inside =
      {};                  ///< what cuts the payload, from the outside in; one message of all where nothing does
  StreamView holder = {};  ///< what the message lies in

  /// None where the payload is a range of what holds the message, where there is none, and of a message in error.
  static std::optional<OwnPayload> of(const ConnectionDecoder &decoder, const PlacedMessage &at,
                                      const MessageDetailsPtr &outer);

  /// How a stream of the payload's bytes ends: what the message lacks no inner framing may take for an end.
  StreamEnd end() const;
  /// `origin`: that of the payload's bytes. The bytes of the stream, from the first to the last, that `range` of the
  /// payload was made of.
  ByteRange inStream(const PayloadOrigin &origin, ByteRange range) const;
  /// The byte of the payload that lies at `offset` of the stream; none where none is known to.
  std::optional<quint64> inPayload(const PayloadOrigin &origin, quint64 offset) const;
};

}  // namespace octetscope
