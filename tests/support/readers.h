// What most tests of decoding begin with: what reads a direction, and messages with a length of two bytes in front.
#pragma once

#include "model/items/direction_reader.h"
#include "tests/support/binary_makers.h"

namespace octetscope::test {

inline DirectionReader readerOf(const QString &spec, const QString &layout = {}) {
  auto reader = DirectionReader::create({.framing = spec, .layout = layout});
  if (!reader) qFatal("%s", qPrintable(reader.error().line()));
  return *reader;
}

/// A message of length:u16be.
inline QByteArray counted(const QByteArray &payload) {
  return bigEndianBytes(static_cast<quint64>(payload.size()), 2) + payload;
}

}  // namespace octetscope::test
