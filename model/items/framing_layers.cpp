#include "model/items/framing_layers.h"

#include <algorithm>

namespace octetscope {

QList<FramingLayer> framingLayers(const FramerPtr &framer, const FieldDecoderPtr &layout) {
  QList<FramingLayer> layers;
  // A LAYOUT reads the innermost payloads: those of a joined stream, where there is one.
  const FieldDecoderPtr own = framer->joinedBy() ? nullptr : layout;
  for (FramerPtr at = framer; at; at = at->inner()) {
    FramingLayer layer{at, FieldSource::of(*at, own)};
    layer.isIndexed = layer.fields && layer.fields.decoder->indexed({}, {.values = 1, .bytes = 1}) != nullptr;
    layers.append(layer);
  }
  return layers;
}

ByteRange InnerMessages::unlisted() const {
  const quint64 end = payload.view.size();
  return {messages.isEmpty() ? std::min(payload.begin, end) : std::min(messages.last().end(), end), end};
}

std::optional<qsizetype> InnerMessages::at(quint64 offset) const {
  const auto found = std::upper_bound(messages.begin(), messages.end(), offset,
                                      [](quint64 wanted, const Message &message) { return wanted < message.end(); });
  if (found == messages.end() || !found->range().contains(offset)) return std::nullopt;
  return found - messages.begin();
}

std::optional<qsizetype> InnerMessages::firstFlaw(qsizetype first, qsizetype end) const {
  const auto found = std::lower_bound(flaws.begin(), flaws.end(), first);
  return found != flaws.end() && *found < end ? std::optional(*found) : std::nullopt;
}

Result<InnerMessages> innerMessages(const Framer &framer, const Framer &inner, const StreamView &stream,
                                    const Message &message, InnerLimits limits) {
  auto payload = PayloadStream::of(framer, stream, message, limits.bytes);
  if (!payload) return std::unexpected(payload.error());
  return innerMessages(inner, *std::move(payload), limits);
}

InnerMessages innerMessages(const Framer &inner, PayloadStream payload, InnerLimits limits) {
  InnerMessages result;
  PayloadStream read = payload;
  // A framing that reads lengths costs what it finds; one that looks at every byte is shown no more than it may.
  if (inner.scansBytes() && payload.view.size() > payload.begin && payload.view.size() - payload.begin > limits.bytes) {
    read.view = payload.view.prefix(payload.begin + limits.bytes);
    read.isShortened = true;
  }
  read.forEach(inner, [&](const Message &found) {
    if (result.messages.size() == limits.messages) {
      result.hasMore = true;
      return false;
    }
    result.messages.append(found);
    return true;
  });
  if (read.isShortened && !result.hasMore) {
    // The last one may be cut by what was read, not by what there is.
    if (!result.messages.isEmpty() && result.messages.last().status == Status::Incomplete) result.messages.removeLast();
    result.hasMore = true;
  }
  for (qsizetype i = 0; i < result.messages.size(); ++i) {
    if (result.messages[i].status != Status::Complete) result.flaws.append(i);
  }
  result.payload = std::move(payload);
  return result;
}

}  // namespace octetscope
