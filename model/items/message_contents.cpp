#include "model/items/message_contents.h"

#include "model/items/connection_decoder.h"

#include <algorithm>

namespace octetscope {

namespace {

constexpr quint64 mostValues = 20'000;

}  // namespace

void MessageContents::clear() {
  fields_.clear();
  inner_.clear();
}

MessageFields MessageContents::fields(Direction direction, qsizetype layer, const StreamView &view,
                                      const Message &message, quint64 most) {
  const QList<FramingLayer> &layers = decoder_.reader(direction).layers;
  if (layer >= layers.size()) return {};
  const FramingLayer &framing = layers[layer];
  const FieldSource &source = framing.fields;
  const ByteRange range = source.rangeIn(message);
  if (!source || range.isEmpty() || source.isDerived(message) ||
      (source.in == FieldsIn::Message && message.status == Status::Error)) {
    return {};
  }
  MessageFields found{source.decoder, view.bytes.view(range), range.begin, !framing.isIndexed};
  if (!framing.isIndexed) return found;
  const Key key{direction, layer, message.offset};
  const Asked asked{message, view.end, most};
  if (const KnownFields *known = fields_.object(key); known && known->asked.answers(asked)) {
    found.decoder = known->decoder;
    return found;
  }
  const quint64 values = std::min(mostValues, 1000 + most / 64);
  found.decoder = source.decoder->indexed(found.bytes, {.values = values, .bytes = most});
  const auto cost = static_cast<qsizetype>(std::min<quint64>({values, most, found.bytes.size()})) + 8;
  fields_.insert(key, new KnownFields{asked, found.decoder}, cost);
  return found;
}

InnerMessages MessageContents::inner(Direction direction, qsizetype layer, const StreamView &view,
                                     const Message &message, InnerLimits limits) {
  const QList<FramingLayer> &layers = decoder_.reader(direction).layers;
  if (layer + 1 >= layers.size() || !message.hasPayloadRange() || message.status == Status::Error) return {};
  const Framer &framer = *layers[layer].framer;
  const Key key{direction, layer, message.offset};
  if (const KnownInner *known = inner_.object(key); known && known->message == message && known->end == view.end) {
    const bool isEnough = limits.messages <= known->limits.messages && limits.bytes <= known->limits.bytes;
    if (isEnough || !known->hasMore) {
      auto payload = PayloadStream::of(framer, view, message);
      if (!payload) return {};
      return {*std::move(payload), known->messages, known->hasMore, known->flaws};
    }
    limits = {std::max(limits.messages, known->limits.messages), std::max(limits.bytes, known->limits.bytes)};
  }
  auto found = innerMessages(framer, *layers[layer + 1].framer, view, message, limits);
  if (!found) return {};
  inner_.insert(key, new KnownInner{message, view.end, limits, found->messages, found->hasMore, found->flaws},
                found->messages.size() + 8);
  return *std::move(found);
}

}  // namespace octetscope
