// What messages say in one line.
#include "model/framing/framing_words.h"
#include "model/items/message_texts.h"
#include "model/structs/value.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr quint64 mostSummaryPayload = 64 * 1024;  // bytes of a payload that are joined for a summary alone
constexpr InnerLimits summaryLimits{.messages = 64, .bytes = mostSummaryPayload};

}  // namespace

QString MessageTexts::summary(Direction direction, quint64 number, const Message &message) const {
  const DirectionReader &reader = decoder_->reader(direction);
  const std::span layers(reader.layers.constData(), static_cast<std::size_t>(reader.layers.size()));
  const StreamView &view = decoder_->view(direction);
  if (message.hasPayloadRange() || message.status != Status::Complete) {
    return summaryOf(layers, view, message, summaryCharacters);
  }
  const std::pair key{static_cast<int>(direction), number};
  if (const QString *known = ownPayloads_.object(key)) return *known;
  const QString text = summaryOf(layers, view, message, summaryCharacters);
  ownPayloads_.insert(key, new QString(text));
  return text;
}

/// What `message`, one of the first of `layers`, has to say.
QString MessageTexts::summaryOf(std::span<const FramingLayer> layers, const StreamView &view, const Message &message,
                                qsizetype most) const {
  const FramingLayer &layer = layers.front();
  const FieldSource &fields = layer.fields;
  const auto textOf = [&](ByteView payload) {
    const QString text = fields ? fields.decoder->summary(payload, most) : QString();
    // What is not whole may have no field yet: then its bytes are all there is to say of it.
    const bool isTold = fields && (!text.isEmpty() || message.status == Status::Complete);
    return isTold ? text : displayBytes(payload, most);
  };
  if (fields && fields.in == FieldsIn::Message && message.status != Status::Error) {
    return textOf(view.bytes.view(message.range()));
  }
  if (layers.size() > 1 && !fields && message.status != Status::Error) {
    return innerSummary(layers, view, message, most);
  }
  if (message.hasPayloadRange()) return textOf(view.bytes.view(message.payloadRange()));
  if (message.status != Status::Complete) return displayBytes(view.bytes.view(message.range()), most);
  const bool isLong = message.payloadSize > mostSummaryPayload;
  if (isLong && fields && fields.decoder->front().bytes > mostSummaryPayload / 2) {
    return tr("payload of %1").arg(byteCount(message.payloadSize));
  }
  const auto payload = layer.framer->payload(view, message, mostSummaryPayload);
  return payload ? textOf(viewOf(*payload)) : payload.error().line();
}

/// The summaries of the messages in a message, as many as there is room for, and a sign where one of them is not whole.
/// Goes as deep as there are layers.
QString MessageTexts::innerSummary(std::span<const FramingLayer> layers, const StreamView &view, const Message &message,
                                   qsizetype most) const {
  const auto found = innerMessages(*layers[0].framer, *layers[1].framer, view, message, summaryLimits);
  if (!found) return found.error().line();
  if (found->messages.isEmpty()) {
    const ByteRange payload{found->payload.begin, std::max(found->payload.begin, found->payload.view.size())};
    return displayBytes(found->payload.view.bytes.view(payload), most);
  }
  static const QString sign = u"⚠ "_s;
  QString text;
  bool isWhole = true;
  for (const Message &part : found->messages) {
    isWhole = isWhole && part.status == Status::Complete;
    if (text.size() >= most) continue;
    if (!text.isEmpty()) text += u" | "_s;
    text += summaryOf(layers.subspan(1), found->payload.view, part, most);
  }
  if (found->hasMore && text.size() < most) text += u" | …"_s;
  if (text.size() > most) {
    text.truncate(most - 1);
    if (text.back().isHighSurrogate()) text.chop(1);
    text += u'…';
  }
  // What the message itself lacks, its own status says.
  const bool isTold = isWhole || message.status != Status::Complete || text.startsWith(sign);
  return isTold ? text : QString(sign + text);
}

}  // namespace octetscope
