// FramedPayload: what framing adds to a payload, in bytes and in words. Pure functions.
#pragma once

#include "model/framing/framer.h"

#include <QByteArray>

namespace octetscope {

struct FramedPayload {
  QByteArray bytes;     ///< the message: what goes out
  QByteArray head;      ///< what stands before the payload
  QByteArray tail;      ///< what stands behind it
  bool inside = false;  ///< the framing also adds to or changes the payload's inside; head and tail are then empty

  /// "adds 00 00 00 23", "adds 0A behind", "adds 35 3A before and 2C behind", "adds 12 bytes", "adds nothing".
  QString words(qsizetype payloadSize) const;
};

/// `payload` as one message of `framer`; the framer's error where it cannot carry it.
Result<FramedPayload> framedPayload(const Framer &framer, const QByteArray &payload);

}  // namespace octetscope
