// What lies in the messages of a ribbon: parts, fields, and messages inside them.
#include "widgets/ribbon/ribbon_lanes.h"

#include <QLocale>

#include <algorithm>
#include <bit>

namespace octetscope {

namespace {

constexpr quint64 wholeAsked = 64 * 1024;  // bytes of a message whose parts are looked for at once
constexpr quint64 partAsked = 16 * 1024;   // of longer ones: at either end of what is shown
// Bytes of a payload that are read from the front for fields and messages in it: as many for each of its pixels, so
// that a paint reads no more than it is wide, in steps, so that zooming does not read them again each time.
constexpr quint64 readForPixel = 256;
constexpr quint64 leastRead = 4 * 1024;
constexpr quint64 mostRead = 64 * 1024;
constexpr qsizetype labelCharacters = 60;

int mostFor(qreal pixels) {
  return static_cast<int>(std::clamp(pixels, 2.0, 4000.0)) + 2;
}

quint64 readFor(qreal pixels) {
  const auto whole = static_cast<quint64>(std::clamp(pixels, 1.0, 4000.0));
  return std::clamp(std::bit_ceil(whole) * readForPixel, leastRead, mostRead);
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
  return {number, 0, view(direction), message, message.status, readFor(width)};
}

void RibbonLanes::addMessages(RibbonLane messages, bool hasInner, RibbonScene &scene) const {
  RibbonLane inside = hasInner ? inner(messages) : RibbonLane{};
  RibbonLane parts = fields(messages);
  inside.isSecond = parts.isSecond = messages.isSecond;
  addGhost(messages);
  scene.lanes.push_back(std::move(messages));
  if (hasInner) scene.lanes.push_back(std::move(inside));
  scene.lanes.push_back(std::move(parts));
}

// Messages inside messages

RibbonLane RibbonLanes::inner(const RibbonLane &messages) const {
  RibbonLane lane{RibbonLane::Kind::Inner, messages.direction, messages.isSecond};
  if (decoder_.reader(messages.direction).layers.size() < 2) return lane;
  forEachWide(messages, [&](quint64 number, ByteRange shown) { addInner(messages.direction, number, shown, lane); });
  return lane;
}

void RibbonLanes::addInner(Direction direction, quint64 number, ByteRange shown, RibbonLane &lane) const {
  if (shown.isEmpty()) return;
  const Nested outer = outermost(direction, number, shown);
  const InnerMessages inner = decoder_.contents().inner(direction, 0, outer.view, outer.message, outer.most);
  const auto endingBehind = [&inner](auto from, quint64 offset) {
    return std::upper_bound(from, inner.messages.end(), offset,
                            [](quint64 wanted, const Message &one) { return wanted < one.end(); });
  };
  for (auto at = endingBehind(inner.messages.begin(), shown.begin);
       at != inner.messages.end() && at->offset < shown.end;) {
    RibbonItem item;
    item.kind = RibbonItem::Kind::Message;
    item.outer = number;
    item.number = static_cast<quint64>(at - inner.messages.begin());
    item.range = at->range();
    item.status = at->status;
    auto next = at + 1;
    const qreal left = leftOf(direction, item.range.begin);
    if (rightOf(direction, item.range.end) - left < leastWidth) {
      // Those that begin in the next few pixels are one item: no more are looked at than there are pixels.
      const quint64 position = axis_.positionOf(direction, item.range.begin);
      const auto few = static_cast<quint64>(leastWidth * geometry_.bytesPerPixel()) + 1;
      next = std::max(next, endingBehind(at, axis_.bytesBefore(direction, position + few)));
      item.count = static_cast<quint64>(next - at);
      item.range.end = std::prev(next)->end();
      // Only the last one of a payload can be other than complete, unless framing goes on behind errors.
      if (item.status == Status::Complete) item.status = std::prev(next)->status;
      item.flaw = item.number + item.count - 1;
    }
    const auto first = lane.items.size();
    if (item.isSummary()) {
      item.left = left;
      item.right = rightOf(direction, item.range.end);
      lane.density = std::max(lane.density, static_cast<double>(item.count) / std::max(1.0, item.width()));
      lane.items.push_back(std::move(item));
    } else {
      addPieces(direction, item, item.range, lane.items);
    }
    for (std::size_t i = first; i < lane.items.size(); ++i) {
      RibbonItem &piece = lane.items[i];
      if (piece.isSummary() || piece.width() < leastLabel) continue;
      piece.label =
          tr("%1.%2  %3")
              .arg(QLocale().toString(number), QLocale().toString(piece.number), shortSize(piece.range.size()));
    }
    at = next;
  }
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
  const FramingLayer &layer = decoder_.reader(direction).layers[nested.layer];
  const Message &message = nested.message;
  const bool isInner = nested.layer > 0;
  // A framer that looks at bytes is not asked for all of a long message: its ends are what has parts.
  std::vector<ByteRange> asked = {shown};
  if (layer.framer->scansBytes() && shown.size() > wholeAsked) {
    asked = {{shown.begin, shown.begin + partAsked}, {shown.end - partAsked, shown.end}};
    if (isInner) asked.pop_back();  // no state is kept inside of it
  }
  const MessageFields ofMessage =
      layer.fields.in == FieldsIn::Message
          ? decoder_.contents().fields(direction, nested.layer, nested.view, message, nested.most)
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
      item.number = nested.number;
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
  between.number = nested.number;
  between.status = nested.status;
  const QList<FramingLayer> &layers = decoder_.reader(direction).layers;
  const auto addPlain = [&](ByteRange range) {
    if (range.isEmpty()) return;
    between.range = range;
    addPieces(direction, between, range, lane.items);
  };
  if (nested.layer + 1 >= layers.size()) {
    const bool isInPayload = layers[nested.layer].fields.in == FieldsIn::Payload;
    addFields(direction, nested,
              isInPayload
                  ? decoder_.contents().fields(direction, nested.layer, nested.view, nested.message, nested.most)
                  : MessageFields(),
              between, shown, lane);
    return;
  }
  const InnerMessages inner =
      decoder_.contents().inner(direction, nested.layer, nested.view, nested.message, nested.most);
  quint64 at = shown.begin;
  while (at < shown.end) {
    const auto message = std::upper_bound(inner.messages.begin(), inner.messages.end(), at,
                                          [](quint64 wanted, const Message &one) { return wanted < one.end(); });
    if (message == inner.messages.end() || message->offset >= shown.end) break;
    const ByteRange range = message->range().intersected({at, shown.end});
    addPlain({at, range.begin});
    at = range.end;
    const qreal left = leftOf(direction, range.begin);
    const qreal width = rightOf(direction, range.end) - left;
    if (width >= leastFields) {
      const Status status = message->status == Status::Complete ? nested.status : message->status;
      addParts(direction,
               {nested.number, nested.layer + 1, inner.payload.view, *message, status,
                std::min(nested.most, readFor(width))},
               range, lane);
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
    item.number = nested.number;
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
      const Field field = fields.decoder->field(fields.bytes, path);
      const QString value = field.error.isEmpty() ? displayText(field.value, labelCharacters) : field.error;
      lane.items[i].label = value.isEmpty() ? field.name : tr("%1 = %2").arg(field.name, value);
    }
  }
  // More fields than pixels: the rest is payload, not padding.
  add({at, inFields.end}, {at, inFields.end}, spans.size() >= most ? RibbonItem::Kind::Payload : gap, 0);
  add({inFields.end, shown.end}, {inFields.end, shown.end}, between.kind, 0);
}

}  // namespace octetscope
