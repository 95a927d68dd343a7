// DeliveryPlan: how bytes are handed to a connection: whole, in equal pieces, or cut where the sender chooses, with
// pauses. A plain value; Delivery carries it out.
#pragma once

#include <QList>
#include <QtGlobal>

namespace octetscope {

struct DeliveryPlan {
  /// Bytes of a piece; 0: not cut into equal pieces.
  quint64 pieceSize = 0;
  /// Offsets, rising, where a new piece begins; those outside the bytes are ignored. They win over pieceSize.
  QList<quint64> cuts = {};
  /// Milliseconds between one piece and the next, >= 0. With 0 the pieces follow each other at once, yet each is a
  /// send() of its own.
  int intervalMs = 0;

  static DeliveryPlan whole() { return {}; }
  static DeliveryPlan pieces(quint64 size, int everyMs) { return {.pieceSize = size, .intervalMs = everyMs}; }
  static DeliveryPlan cutAt(QList<quint64> offsets, int everyMs) {
    return {.cuts = std::move(offsets), .intervalMs = everyMs};
  }
  bool isWhole() const { return pieceSize == 0 && cuts.isEmpty(); }
  bool operator==(const DeliveryPlan &) const = default;
};

}  // namespace octetscope
