#include "model/items/message_values.h"

#include "model/structs/layout.h"

#include <algorithm>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr FieldLimits fieldLimits{.values = 20'000, .bytes = MessageValues::mostBytes};
constexpr InnerLimits innerLimits{.messages = MessageValues::mostMessages, .bytes = MessageValues::mostBytes};
constexpr std::size_t mostShown = 4096;  // bytes of one value

ByteView beginOf(ByteView bytes) {
  return bytes.first(std::min(bytes.size(), mostShown));
}

/// Goes along the path of an operand, a step at a time, as deep as the path is long.
class FieldWay {
 public:
  using Take = std::function<bool(const MessageValues::Place &place)>;
  FieldWay(const FieldDecoder &decoder, ByteView payload, quint64 most, const FilterOperand &operand, const Take &take)
      : decoder_(decoder), payload_(payload), most_(most), operand_(operand), take_(take) {}

  /// False: enough.
  bool go(qsizetype at = 0) {
    if (at == operand_.path.size()) return take_({decoder_, payload_, path_, operand_});
    const FilterStep &step = operand_.path[at];
    quint64 count = decoder_.childCount(payload_, path_);
    if (path_.isEmpty() && count > most_) {
      count = most_;
      isCut_ = true;
    }
    const auto goOn = [&](quint64 child) {
      path_.append(child);
      const bool goesOn = go(at + 1);
      path_.removeLast();
      return goesOn;
    };
    if (step.kind == FilterStep::Kind::Any) {
      isCut_ = isCut_ || count > MessageValues::mostElements;
      for (quint64 child = 0; child < std::min(count, MessageValues::mostElements); ++child) {
        if (!goOn(child)) return false;
      }
      return true;
    }
    const bool isIndex = step.kind == FilterStep::Kind::Index;
    const QString wanted = isIndex ? QString(u'[' + QString::number(step.index) + u']') : step.name;
    if (const auto *layout = dynamic_cast<const Layout *>(&decoder_); layout && path_.isEmpty()) {
      const QList<quint64> named = layout->fieldsNamed(wanted, payload_.size());
      return std::ranges::all_of(named, [&](quint64 child) { return child >= count || goOn(child); });
    }
    const auto nameOf = [&](quint64 child) {
      path_.append(child);
      const QString name = decoder_.field(payload_, path_).name;
      path_.removeLast();
      return name;
    };
    // In an array it stands at its place.
    if (isIndex && step.index < count && nameOf(step.index) == wanted) return goOn(step.index);
    bool isFound = false;
    for (quint64 child = 0; child < std::min(count, MessageValues::mostSiblings); ++child) {
      if (nameOf(child) != wanted) continue;
      isFound = true;
      if (!goOn(child)) return false;
    }
    isCut_ = isCut_ || count > MessageValues::mostSiblings;
    // A byte of a text is written like an element of an array.
    const bool isByte = isIndex && !path_.isEmpty() && !operand_.slice && at + 1 == operand_.path.size();
    if (isFound || !isByte || decoder_.field(payload_, path_).isGroup) return true;
    FilterOperand byte = operand_;
    byte.slice = {.begin = static_cast<qint64>(step.index), .size = 1};
    return take_({decoder_, payload_, path_, byte});
  }
  /// Not all there is was looked at.
  bool isCut() const { return isCut_; }

 private:
  const FieldDecoder &decoder_;
  const ByteView payload_;
  const quint64 most_;
  const FilterOperand &operand_;
  const Take &take_;
  FieldPath path_;
  bool isCut_ = false;
};

}  // namespace

Field MessageValues::Place::field() const {
  const auto *layout = dynamic_cast<const Layout *>(&decoder);
  // A slice may lie anywhere in it.
  Field field = decoder.shownField(payload, path, operand.slice ? 0 : mostShown);
  if (!field.error.isEmpty()) return field;
  if (operand.slice) {
    // A layout's text lies in the payload as it is, but for the length in front of a Pascal string.
    const bool isInPlace = layout && !field.type.endsWith(u'p');
    const auto *bytes = isInPlace ? nullptr : std::get_if<QByteArray>(&field.value);
    const auto *text = std::get_if<QString>(&field.value);
    const QByteArray own = text ? text->toUtf8() : bytes ? *bytes : QByteArray();
    ByteView all = viewOf(own);
    if (!text && !bytes && !field.isDerived) all = payload.subspan(field.range.begin, field.range.size());
    const auto part = operand.slice->of(all);
    field.value = part ? Value(copyOf(beginOf(*part))) : Value();
    field.isGroup = false;
    field.childCount = 0;
    field.label.clear();
    if (!part) field.error = u"has no such bytes"_s;
  } else if (operand.mask) {
    const auto *negative = std::get_if<qint64>(&field.value);
    const auto *natural = std::get_if<quint64>(&field.value);
    if (!negative && !natural) {
      field.error = u"has no bits"_s;
    } else {
      field.value = integerValue((negative ? static_cast<quint64>(*negative) : *natural) & *operand.mask);
    }
    field.label.clear();
  }
  return field;
}

void MessageValues::readFields(Known &known, const FramingLayer &layer, const StreamView &view, bool isDerived,
                               const Message &message) {
  const FieldSource &source = layer.fields;
  if (!source) return;
  Part part{.decoder = source.decoder, .range = source.rangeIn(message)};
  bool isShortened = false;
  if (isDerived) part.own = view;
  if (source.isDerived(message)) {
    if (message.status != Status::Complete) return;
    auto payload = PayloadStream::of(*layer.framer, view, message, mostBytes);
    if (!payload) return;
    isShortened = payload->isShortened;
    part.range = {0, payload->view.size()};
    part.own = std::move(payload->view);
  }
  const ByteView bytes = part.bytes(view);
  if (layer.isIndexed) {
    part.decoder = source.decoder->indexed(bytes, fieldLimits);
    const quint64 count = part.decoder->childCount(bytes, {});
    if (count > 0) {
      const std::array last{count - 1};
      const Field more = part.decoder->field(bytes, last);
      if (more.name == u"(more)" && !more.error.isEmpty()) {
        part.most = count - 1;
        known.isCut = true;
      }
    }
    known.isCut = known.isCut || isShortened;
  } else if (isShortened) {
    const FieldDecoder::Front front = source.decoder->front();
    known.isCut = true;
    if (front.bytes > bytes.size()) return;
    part.most = front.fields;
  }
  known.parts.push_back(std::move(part));
}

void MessageValues::read(Known &known, std::span<const FramingLayer> layers, const StreamView &view, bool isDerived,
                         const Message &message) {
  if (message.status == Status::Error) return;
  if (known.parts.size() >= static_cast<std::size_t>(mostMessages)) {
    known.isCut = true;
    return;
  }
  readFields(known, layers[0], view, isDerived, message);
  if (layers.size() < 2) return;
  const auto inner = innerMessages(*layers[0].framer, *layers[1].framer, view, message, innerLimits);
  if (!inner) return;
  for (const Message &one : inner->messages) {
    read(known, layers.subspan(1), inner->payload.view, isDerived || inner->payload.isDerived, one);
  }
  known.isCut = known.isCut || inner->hasMore;
}

const MessageValues::Known &MessageValues::known(const ConnectionDecoder &decoder, const PlacedMessage &message) {
  const Key key{static_cast<int>(message.direction), message.numbers};
  const StreamView &view = message.view(decoder);
  if (const Known *known = known_.object(key); known && known->message == message.message && known->end == view.end) {
    return *known;
  }
  auto *made = new Known{message.message, view.end, {}, false};
  const QList<FramingLayer> &all = decoder.reader(message.direction).layers;
  const std::span layers(all.constData(), static_cast<std::size_t>(all.size()));
  read(*made, layers.subspan(static_cast<std::size_t>(message.layer())), view, message.isDerived, message.message);
  qsizetype cost = 8;
  for (const Part &part : made->parts) {
    const bool isKept = part.own || part.decoder->front().bytes == 0;
    cost += 8 + (isKept ? static_cast<qsizetype>(std::min<quint64>(part.range.size(), mostBytes)) / 8 : 0);
  }
  known_.insert(key, made, std::min(cost, known_.maxCost()));
  return *made;
}

bool MessageValues::visit(const ConnectionDecoder &decoder, const PlacedMessage &message, const FilterOperand &operand,
                          const std::function<bool(const Place &place)> &take) {
  const Known &read = known(decoder, message);
  bool isCut = read.isCut;
  for (const Part &part : read.parts) {
    FieldWay way(*part.decoder, part.bytes(message.view(decoder)), part.most, operand, take);
    const bool goesOn = way.go();
    isCut = isCut || way.isCut();
    if (!goesOn) return false;
  }
  return !isCut;
}

std::optional<QByteArray> MessageValues::bytesOf(const ConnectionDecoder &decoder, const PlacedMessage &message,
                                                 const FilterOperand &operand) const {
  const StreamView &view = message.view(decoder);
  const Message &at = message.message;
  QByteArray own;
  ByteView bytes;
  if (operand.name == FilterName::Message) {
    bytes = view.bytes.view(at.range());
  } else if (at.status == Status::Error) {
    return std::nullopt;
  } else if (at.hasPayloadRange()) {
    bytes = view.bytes.view(at.payloadRange());
  } else {
    own = message.framing(decoder).framer->payload(view, at, mostBytes).value_or(QByteArray());
    bytes = viewOf(own);
    // What lies behind what was unpacked is not known.
    const bool isFromEnd = operand.slice && (operand.slice->begin < 0 || !operand.slice->size);
    if (isFromEnd && at.payloadSize > mostBytes) return std::nullopt;
  }
  const auto part = operand.slice ? operand.slice->of(bytes) : std::optional(bytes);
  return part ? std::optional(copyOf(beginOf(*part))) : std::nullopt;
}

}  // namespace octetscope
