// DirectionReader: what the messages of one direction are read with, made from the words of the settings.
#pragma once

#include "model/capture/decode_settings.h"
#include "model/framing/framer.h"
#include "model/items/framing_layers.h"
#include "model/result.h"

#include <QList>

#include <algorithm>

namespace octetscope {

/// Builds what DecodeSettings say. Errors: the SPEC's or the LAYOUT's, with the position.
struct DirectionReader {
  FramerPtr framer;
  /// Where its payloads are joined and `framer` cuts what comes of that (`outer |+ framer`): all that is shown is then
  /// of the joined stream. Null: `framer` cuts the stream itself.
  FramerPtr outer = nullptr;
  QList<FramingLayer> layers;    ///< the first is `framer`
  quint64 start = 0;             ///< the first byte that is framed: what came before was put away
  QList<quint64> restarts = {};  ///< rising offsets where the user started framing again

  /// What joins the payloads that are shown, places where it was started again included: what is shown under the same
  /// words are the same bytes. Empty: the stream itself is shown.
  QString joinedSpec() const;
  bool restartsAt(quint64 offset) const { return std::binary_search(restarts.begin(), restarts.end(), offset); }

  /// `restarts`: rising offsets at which framing begins anew.
  static Result<DirectionReader> create(const DirectionSettings &settings, const QList<quint64> &restarts = {});
};

}  // namespace octetscope
