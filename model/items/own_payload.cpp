#include "model/items/own_payload.h"

#include "model/framing/registry.h"

namespace octetscope {

using namespace Qt::StringLiterals;

std::optional<OwnPayload> OwnPayload::of(const ConnectionDecoder &decoder, const PlacedMessage &at,
                                         const MessageDetailsPtr &outer) {
  const Message &message = at.message;
  const QList<FramingLayer> &layers = decoder.reader(at.direction).layers;
  if (message.hasPayloadRange() || message.status == Status::Error || message.payloadSize == 0) return std::nullopt;
  if (at.layer() >= layers.size()) return std::nullopt;
  const FramingLayer &own = layers[at.layer()];
  OwnPayload payload{at, outer, own.framer, layers.mid(at.layer() + 1), at.view(decoder)};
  if (!payload.inside.isEmpty()) return payload;
  // Nothing is framed in it: all of it is one message, and has the fields that the payload has.
  auto whole = framerFromSpec(u"until-close"_s);
  if (!whole) return std::nullopt;
  FramingLayer layer{*std::move(whole)};
  if (own.fields.in == FieldsIn::Payload) {
    layer.fields = own.fields;
    layer.isIndexed = own.isIndexed;
  }
  payload.inside.append(layer);
  return payload;
}

StreamEnd OwnPayload::end() const {
  if (at.message.status == Status::Complete) return StreamEnd::Fin;
  const bool mayGrow = holder.end == StreamEnd::Open && at.message.end() == holder.size();
  return mayGrow ? StreamEnd::Open : StreamEnd::Cut;
}

ByteRange OwnPayload::inStream(const PayloadOrigin &origin, ByteRange range) const {
  range = origin.inStream(range);
  return outer ? outer->inStream(range, outer->hasOwnPayload()) : range;
}

std::optional<quint64> OwnPayload::inPayload(const PayloadOrigin &origin, quint64 offset) const {
  QList<const MessageDetails *> around;
  for (const MessageDetails *one = outer.get(); one; one = one->outer.get()) around.prepend(one);
  for (const MessageDetails *one : around) {
    if (!one->hasOwnPayload()) continue;
    const auto found = one->inOwnPayload(offset);
    if (!found) return std::nullopt;
    offset = *found;
  }
  return origin.inPayload(offset);
}

}  // namespace octetscope
