// What lies in the messages of a ribbon: parts, fields, and messages inside them.
#include "widgets/ribbon/ribbon_lanes.h"

#include <QLocale>

#include <algorithm>
#include <bit>

namespace octetscope {

namespace {

constexpr quint64 wholeAsked = 64 * 1024;  // bytes of a message whose parts are looked for at once
constexpr quint64 partAsked = 16 * 1024;   // of longer ones: at either end of what is shown
// How far a payload is read from its front for the fields and messages in it: as much as its pixels ask for, so that a
// paint reads no more than it is wide; in steps, so that zooming does not read it again each time.
constexpr quint64 bytesForPixel = 256;
constexpr quint64 leastBytes = 4 * 1024;
constexpr quint64 mostBytes = 64 * 1024;
constexpr quint64 messagesForPixel = 64;
constexpr quint64 leastMessages = 256;
constexpr qsizetype labelCharacters = 60;

int mostFor(qreal pixels) {
  return static_cast<int>(std::clamp(pixels, 2.0, 4000.0)) + 2;
}

InnerLimits limitsFor(qreal pixels) {
  const quint64 steps = std::bit_ceil(static_cast<quint64>(std::clamp(pixels, 1.0, 4000.0)));
  const quint64 messages = std::clamp<quint64>(steps * messagesForPixel, leastMessages, MessageContents::mostMessages);
  return {static_cast<qsizetype>(messages), std::clamp(steps * bytesForPixel, leastBytes, mostBytes)};
}

/// The first of them that ends behind `offset`.
qsizetype endingBehind(const InnerMessages &inner, quint64 offset, qsizetype from = 0) {
  const auto found = std::upper_bound(inner.messages.begin() + from, inner.messages.end(), offset,
                                      [](quint64 wanted, const Message &one) { return wanted < one.end(); });
  return found - inner.messages.begin();
}

}  // namespace

template <typename Take>
void RibbonLanes::forEachWide(const RibbonLane &messages, Take take) const {
  const ByteRange sight = visibleOf(messages.direction);
  if (messages.items.empty()) return;
  // A message whose first piece is out of sight.
  const RibbonItem &front = messages.items.front();
  if (!front.isFirstPiece) take(front.number, front.range.intersected(sight));
  for (const RibbonItem &item : messages.items) {
    if (item.kind != RibbonItem::Kind::Message || item.isSummary() || !item.isFirstPiece) continue;
    const qreal width = rightOf(messages.direction, item.range.end) - item.left;
    if (width >= leastFields) take(item.number, item.range.intersected(sight));
  }
}

RibbonLanes::Nested RibbonLanes::outermost(Direction direction, quint64 number, ByteRange shown) const {
  const Message message = decoder_.message(direction, number);
  const qreal width = rightOf(direction, shown.end) - leftOf(direction, shown.begin);
  return {{number}, view(direction), message, message.status, limitsFor(width)};
}

/// `shown`: the bytes of it that are in sight.
RibbonLanes::Nested RibbonLanes::nestedIn(Direction direction, const Nested &outer, const InnerMessages &inner,
                                          qsizetype number, ByteRange shown) const {
  const Message &message = inner.messages[number];
  const InnerLimits limits = limitsFor(rightOf(direction, shown.end) - leftOf(direction, shown.begin));
  Nested nested{outer.numbers,
                inner.payload.view,
                message,
                message.status == Status::Complete ? outer.status : message.status,
                {std::min(outer.limits.messages, limits.messages), std::min(outer.limits.bytes, limits.bytes)}};
  nested.numbers.append(static_cast<quint64>(number));
  return nested;
}

void RibbonLanes::addMessages(RibbonLane messages, std::size_t inner, RibbonScene &scene) const {
  std::vector<RibbonLane> inside = this->inner(messages, inner);
  RibbonLane parts = fields(messages);
  parts.isSecond = messages.isSecond;
  addGhost(messages);
  scene.lanes.push_back(std::move(messages));
  for (RibbonLane &lane : inside) scene.lanes.push_back(std::move(lane));
  scene.lanes.push_back(std::move(parts));
}

// Messages inside messages

std::vector<RibbonLane> RibbonLanes::inner(const RibbonLane &messages, std::size_t lanes) const {
  const Direction direction = messages.direction;
  std::vector<RibbonLane> result;
  for (std::size_t layer = 1; layer <= lanes; ++layer) {
    result.push_back({RibbonLane::Kind::Inner, direction, messages.isSecond, static_cast<qsizetype>(layer)});
  }
  if (decoder_.reader(direction).layers.size() < 2 || lanes == 0) return result;
  forEachWide(messages, [&](quint64 number, ByteRange shown) {
    if (!shown.isEmpty()) addInner(direction, outermost(direction, number, shown), shown, result);
  });
  return result;
}

/// A message inside `outer`; or those that begin in the same few pixels as one: no more are looked at than there are
/// pixels.
RibbonItem RibbonLanes::innerItem(Direction direction, const Nested &outer, const InnerMessages &inner,
                                  qsizetype number) const {
  const Message &message = inner.messages[number];
  RibbonItem item;
  item.kind = RibbonItem::Kind::Message;
  item.outer = outer.numbers;
  item.number = static_cast<quint64>(number);
  item.range = message.range();
  item.status = message.status;
  item.left = leftOf(direction, item.range.begin);
  item.right = rightOf(direction, item.range.end);
  if (item.width() >= leastWidth) return item;
  const quint64 position = axis_.positionOf(direction, item.range.begin);
  const auto few = static_cast<quint64>(leastWidth * geometry_.bytesPerPixel()) + 1;
  const quint64 behind = axis_.bytesBefore(direction, position + std::min(few, ~0ULL - position));
  const qsizetype next = std::max(number + 1, endingBehind(inner, behind, number));
  item.count = static_cast<quint64>(next - number);
  item.range.end = inner.messages[next - 1].end();
  item.right = rightOf(direction, item.range.end);
  if (const auto flaw = inner.firstFlaw(number, next)) {
    item.flaw = static_cast<quint64>(*flaw);
    item.status = inner.messages[*flaw].status;
  }
  return item;
}

/// In pieces, where bytes of the other direction lie in between.
void RibbonLanes::addLabelled(Direction direction, const RibbonItem &item, const QString &label,
                              RibbonLane &lane) const {
  const auto first = lane.items.size();
  addPieces(direction, item, item.range, lane.items);
  for (std::size_t i = first; i < lane.items.size(); ++i) {
    if (lane.items[i].width() >= leastLabel) lane.items[i].label = label;
  }
}

// Goes as deep as there are lanes, into what is wide enough.
void RibbonLanes::addInner(Direction direction, const Nested &outer, ByteRange shown,
                           std::vector<RibbonLane> &lanes) const {
  const qsizetype layer = outer.layer();
  if (layer >= static_cast<qsizetype>(lanes.size())) return;
  RibbonLane &lane = lanes[static_cast<std::size_t>(layer)];
  RibbonItem other;
  other.outer = outer.numbers;
  other.status = outer.status;
  if (!outer.message.hasPayloadRange()) {
    if (outer.message.status == Status::Error || outer.message.payloadSize == 0) return;
    other.kind = RibbonItem::Kind::Apart;
    other.range = outer.message.range();
    addLabelled(direction, other, tr("payload apart"), lane);
    return;
  }
  const InnerMessages inner = decoder_.contents().inner(direction, layer, outer.view, outer.message, outer.limits);
  for (qsizetype at = endingBehind(inner, shown.begin);
       at < inner.messages.size() && inner.messages[at].offset < shown.end;) {
    const RibbonItem item = innerItem(direction, outer, inner, at);
    const qsizetype next = at + static_cast<qsizetype>(item.count);
    if (item.isSummary()) {
      lane.density = std::max(lane.density, static_cast<double>(item.count) / std::max(1.0, item.width()));
      lane.items.push_back(item);
    } else {
      const QLocale locale;
      QStringList names;
      for (const quint64 number : outer.numbers) names += locale.toString(number);
      names += locale.toString(at);
      addLabelled(direction, item, tr("%1  %2").arg(names.join(u'.'), shortSize(item.range.size())), lane);
      const ByteRange seen = item.range.intersected(shown);
      if (item.width() >= leastFields && !seen.isEmpty()) {
        addInner(direction, nestedIn(direction, outer, inner, at, seen), seen, lanes);
      }
    }
    at = next;
  }
  if (!inner.hasMore) return;
  other.kind = RibbonItem::Kind::Unlisted;
  other.range = inner.unlisted().intersected(shown);
  addLabelled(direction, other, tr("not looked into"), lane);
}

// Parts and fields

RibbonLane RibbonLanes::fields(const RibbonLane &messages) const {
  RibbonLane lane{RibbonLane::Kind::Fields, messages.direction, messages.isSecond};
  if (!decoder_.reader(messages.direction).framer) return lane;
  forEachWide(messages, [&](quint64 number, ByteRange shown) {
    if (!shown.isEmpty()) addParts(messages.direction, outermost(messages.direction, number, shown), shown, lane);
  });
  return lane;
}

void RibbonLanes::addParts(Direction direction, const Nested &nested, ByteRange shown, RibbonLane &lane) const {
  const FramingLayer &layer = decoder_.reader(direction).layers[nested.layer()];
  const Message &message = nested.message;
  const bool isInner = nested.layer() > 0;
  // A framer that looks at bytes is not asked for all of a long message: its ends are what has parts.
  std::vector<ByteRange> asked = {shown};
  if (layer.framer->scansBytes() && shown.size() > wholeAsked) {
    asked = {{shown.begin, shown.begin + partAsked}, {shown.end - partAsked, shown.end}};
    if (isInner) asked.pop_back();  // no state is kept inside of it
  }
  const MessageFields ofMessage =
      layer.fields.in == FieldsIn::Message
          ? decoder_.contents().fields(direction, nested.layer(), nested.view, message, nested.limits.bytes)
          : MessageFields();
  quint64 at = shown.begin;
  for (const ByteRange range : asked) {
    const ScanState state =
        isInner ? ScanState::startingAt(message.offset) : decoder_.stateFor(direction, message, range.begin);
    const int most = mostFor(rightOf(direction, range.end) - leftOf(direction, range.begin));
    for (const FramingPart &part : layer.framer->parts(nested.view, message, state, range, most)) {
      const ByteRange here = part.range.intersected({at, range.end});
      if (here.isEmpty()) continue;
      if (here.begin > at) addPayload(direction, nested, {at, here.begin}, lane);
      at = here.end;
      if (part.role == PartRole::Payload) {
        addPayload(direction, nested, here, lane);
        continue;
      }
      RibbonItem item;
      item.kind = RibbonItem::Kind::Framing;
      item.part = part.role;
      item.range = part.range;
      item.number = nested.numbers.first();
      item.status = nested.status;
      const auto first = lane.items.size();
      if (ofMessage) {
        addFields(direction, nested, ofMessage, item, here, lane);
        continue;
      }
      addPieces(direction, item, here, lane.items);
      for (std::size_t i = first; i < lane.items.size(); ++i) {
        if (lane.items[i].width() < leastLabel) continue;
        lane.items[i].label = part.value.isEmpty() || part.role == PartRole::Delimiter
                                  ? part.name
                                  : tr("%1 = %2").arg(part.name, part.value);
      }
    }
  }
  if (at < shown.end) addPayload(direction, nested, {at, shown.end}, lane);
}

/// Goes as deep as the framing has layers, into what is wide enough.
void RibbonLanes::addPayload(Direction direction, const Nested &nested, ByteRange shown, RibbonLane &lane) const {
  RibbonItem between;
  between.kind = RibbonItem::Kind::Payload;
  between.number = nested.numbers.first();
  between.status = nested.status;
  const QList<FramingLayer> &layers = decoder_.reader(direction).layers;
  const auto addPlain = [&](ByteRange range) {
    if (range.isEmpty()) return;
    between.range = range;
    addPieces(direction, between, range, lane.items);
  };
  if (nested.layer() + 1 >= layers.size()) {
    const bool isInPayload = layers[nested.layer()].fields.in == FieldsIn::Payload;
    addFields(direction, nested,
              isInPayload ? decoder_.contents().fields(direction, nested.layer(), nested.view, nested.message,
                                                       nested.limits.bytes)
                          : MessageFields(),
              between, shown, lane);
    return;
  }
  const InnerMessages inner =
      decoder_.contents().inner(direction, nested.layer(), nested.view, nested.message, nested.limits);
  quint64 at = shown.begin;
  while (at < shown.end) {
    const qsizetype number = endingBehind(inner, at);
    if (number == inner.messages.size() || inner.messages[number].offset >= shown.end) break;
    const ByteRange range = inner.messages[number].range().intersected({at, shown.end});
    addPlain({at, range.begin});
    at = range.end;
    if (rightOf(direction, range.end) - leftOf(direction, range.begin) >= leastFields) {
      addParts(direction, nestedIn(direction, nested, inner, number, range), range, lane);
      continue;
    }
    // What is too narrow is payload, up to what is a pixel further.
    const quint64 position = axis_.positionOf(direction, range.begin);
    const auto few = static_cast<quint64>(leastWidth * geometry_.bytesPerPixel()) + 1;
    at = std::min(shown.end, std::max(at, axis_.bytesBefore(direction, position + few)));
    addPlain({range.begin, at});
  }
  addPlain({at, shown.end});
}

/// Fields, and between them what `between` is; padding where a layout skips bytes.
void RibbonLanes::addFields(Direction direction, const Nested &nested, const MessageFields &fields,
                            const RibbonItem &between, ByteRange shown, RibbonLane &lane) const {
  const auto add = [&](ByteRange range, ByteRange whole, RibbonItem::Kind kind, int field) {
    if (range.isEmpty()) return;
    RibbonItem item = between;
    item.kind = kind;
    item.range = whole;
    item.number = nested.numbers.first();
    item.status = nested.status;
    item.field = field;
    addPieces(direction, item, range, lane.items);
  };
  const ByteRange inFields = shown.intersected(fields.range());
  if (!fields || inFields.isEmpty()) {
    add(shown, shown, between.kind, 0);
    return;
  }
  add({shown.begin, inFields.begin}, {shown.begin, inFields.begin}, between.kind, 0);
  const auto gap = fields.hasPadding ? RibbonItem::Kind::Padding : between.kind;
  const ByteRange asked{inFields.begin - fields.begin, inFields.end - fields.begin};
  const int most = mostFor(rightOf(direction, inFields.end) - leftOf(direction, inFields.begin));
  const QList<FieldDecoder::Span> spans = fields.decoder->spans(fields.bytes, asked, most);
  quint64 at = inFields.begin;
  for (const FieldDecoder::Span &span : spans) {
    const ByteRange whole{fields.begin + span.range.begin, fields.begin + span.range.end};
    const ByteRange range = whole.intersected({at, inFields.end});
    if (range.isEmpty()) continue;
    add({at, range.begin}, {at, range.begin}, gap, 0);
    const auto first = lane.items.size();
    add(range, whole, RibbonItem::Kind::Field, static_cast<int>(span.index % 60));
    at = range.end;
    for (std::size_t i = first; i < lane.items.size(); ++i) {
      if (lane.items[i].width() < leastLabel) continue;
      const std::array path = {span.index};
      const Field field = fields.decoder->shownField(fields.bytes, path);
      const QString value = field.error.isEmpty() ? displayText(field.value, labelCharacters) : field.error;
      lane.items[i].label = value.isEmpty() ? field.name : tr("%1 = %2").arg(field.name, value);
    }
  }
  // More fields than pixels: the rest is payload, not padding.
  add({at, inFields.end}, {at, inFields.end}, spans.size() >= most ? RibbonItem::Kind::Payload : gap, 0);
  add({inFields.end, shown.end}, {inFields.end, shown.end}, between.kind, 0);
}

}  // namespace octetscope
