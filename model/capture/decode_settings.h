// DecodeSettings: how a capture's streams are read: per direction a framing SPEC, a LAYOUT and a limit. They are text,
// the user's own; what they mean is framing's and structs' business. A function of bytes and these is everything shown.
#pragma once

#include "model/capture/stream.h"

#include <QMap>
#include <QString>

#include <algorithm>
#include <array>

namespace octetscope {

struct DirectionSettings {
  QString framing = QStringLiteral("chunks");  ///< a SPEC
  QString layout = {};                         ///< a LAYOUT; empty: payloads have no fields
  /// Bytes; a SPEC's own `max=` beats it. 0: the framing's default (64 MiB, or none).
  quint64 maxMessage = 0;
  /// Of a framing that joins payloads (`A |+ B`): the stream is shown as A cuts it, not what B makes of the payloads.
  bool showsOuter = false;
  bool operator==(const DirectionSettings &) const = default;
};

struct DecodeSettings {
  std::array<DirectionSettings, 2> directions;
  /// A SPEC by direction that the framing is compared with; empty: none. It changes nothing of how the bytes are read.
  std::array<QString, 2> seconds = {};
  /// Places where the user started framing again, by connection number, direction, rising offsets. A message that a
  /// place cuts ends there, incomplete or in error as it then stands.
  std::array<QMap<int, QList<quint64>>, 2> restarts;

  DirectionSettings &of(Direction direction) { return directions[static_cast<int>(direction)]; }
  const DirectionSettings &of(Direction direction) const { return directions[static_cast<int>(direction)]; }
  QString &secondOf(Direction direction) { return seconds[static_cast<std::size_t>(direction)]; }
  const QString &secondOf(Direction direction) const { return seconds[static_cast<std::size_t>(direction)]; }
  /// True where bytes are read as under `other`: what they are compared with does not count.
  bool readsLike(const DecodeSettings &other) const {
    return directions == other.directions && restarts == other.restarts;
  }
  QList<quint64> restartsOf(Direction direction, int connection) const {
    return restarts[static_cast<int>(direction)].value(connection);
  }
  /// Adds a place, or takes it away; offset 0 is where framing starts anyhow.
  void addRestart(Direction direction, int connection, quint64 offset) {
    QList<quint64> &all = restarts[static_cast<std::size_t>(direction)][connection];
    const auto at = std::lower_bound(all.begin(), all.end(), offset);
    if (offset > 0 && (at == all.end() || *at != offset)) all.insert(at, offset);
  }
  void removeRestart(Direction direction, int connection, quint64 offset) {
    QMap<int, QList<quint64>> &map = restarts[static_cast<std::size_t>(direction)];
    map[connection].removeAll(offset);
    if (map[connection].isEmpty()) map.remove(connection);
  }
  bool operator==(const DecodeSettings &) const = default;
};

}  // namespace octetscope
