// DecodeSettings: how a capture's streams are read: per direction a framing SPEC, a LAYOUT and a limit. They are text,
// the user's own; what they mean is framing's and structs' business. A function of bytes and these is everything shown.
#pragma once

#include "model/capture/stream.h"

#include <QMap>
#include <QString>

#include <array>

namespace octetscope {

struct DirectionSettings {
  QString framing = QStringLiteral("chunks");  ///< a SPEC
  QString layout = {};                         ///< a LAYOUT; empty: payloads have no fields
  /// Bytes; a SPEC's own `max=` beats it. 0: the framing's default (64 MiB, or none).
  quint64 maxMessage = 0;
  bool operator==(const DirectionSettings &) const = default;
};

struct DecodeSettings {
  std::array<DirectionSettings, 2> directions;
  /// Places where the user started framing again, by connection number, direction, rising offsets. A message that a
  /// place cuts ends there, incomplete or in error as it then stands.
  std::array<QMap<int, QList<quint64>>, 2> restarts;

  DirectionSettings &of(Direction direction) { return directions[static_cast<int>(direction)]; }
  const DirectionSettings &of(Direction direction) const { return directions[static_cast<int>(direction)]; }
  QList<quint64> restartsOf(Direction direction, int connection) const {
    return restarts[static_cast<int>(direction)].value(connection);
  }
  bool operator==(const DecodeSettings &) const = default;
};

}  // namespace octetscope
