#include "model/items/direction_reader.h"

#include "model/framing/registry.h"
#include "model/framing/restarting_framer.h"
#include "model/structs/layout.h"

namespace octetscope {

using namespace Qt::StringLiterals;

Result<DirectionReader> DirectionReader::create(const DirectionSettings &settings, const QList<quint64> &restarts) {
  auto framer = framerFromSpec(settings.framing, settings.maxMessage);
  if (!framer) return std::unexpected(framer.error());
  FieldDecoderPtr fields;
  if (!settings.layout.trimmed().isEmpty()) {
    auto layout = Layout::parse(settings.layout);
    if (!layout) return std::unexpected(layout.error());
    fields = std::move(*layout);
  }
  DirectionReader reader;
  reader.framer = withRestarts(std::move(*framer), restarts);
  if (reader.framer->joinedBy() && !settings.showsOuter) {
    reader.outer = reader.framer;
    while (reader.framer->joinedBy()) reader.framer = reader.framer->joinedBy();
  } else {
    reader.restarts = restarts;
  }
  reader.layers = framingLayers(reader.framer, fields);
  return reader;
}

QString DirectionReader::joinedSpec() const {
  if (!outer) return {};
  QString spec = outer->spec();
  // All but what cuts the joined payloads.
  spec.chop(u" |+ "_s.size() + framer->spec().size());
  if (const auto *restarting = dynamic_cast<const RestartingFramer *>(outer.get())) {
    for (const quint64 place : restarting->restarts()) spec += u" ↻%1"_s.arg(place);
  }
  return spec;
}

}  // namespace octetscope
