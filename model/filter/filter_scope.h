// FilterScope: what the messages of one direction are read with: it decides what the names of fields mean there.
#pragma once

#include "model/framing/field_source.h"

#include <QList>

namespace octetscope {

struct FilterScope {
  struct Layer {
    FramerPtr framer;
    FieldSource fields;
  };
  /// From the outermost framing in; messages of the first are what is filtered. Empty: nothing is read.
  QList<Layer> layers;

  /// `layout`: of the payloads of the innermost framing; null: none. `framer` joins nothing (Framer::joinedBy()): of a
  /// joined stream it is what cuts that.
  static FilterScope of(const FramerPtr &framer, const FieldDecoderPtr &layout) {
    FilterScope scope;
    for (FramerPtr at = framer; at; at = at->inner()) scope.layers.append({at, FieldSource::of(*at, layout)});
    return scope;
  }
};

}  // namespace octetscope
