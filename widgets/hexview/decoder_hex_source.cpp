#include "widgets/hexview/decoder_hex_source.h"

#include <QLocale>

#include <algorithm>
#include <limits>

namespace octetscope {

namespace {

constexpr qsizetype shownValue = 120;       // characters of a value in a tool tip
constexpr quint64 searchedForGap = 16'384;  // bytes to either side in which padding is measured

int mostIn(ByteRange range) {
  return static_cast<int>(std::min<quint64>(range.size() + 2, std::numeric_limits<int>::max() / 2));
}

/// "values[3]", "head.length": the names on the way to a field.
QString pathName(const FieldDecoder &decoder, ByteView bytes, const FieldPath &path) {
  QString name;
  for (qsizetype depth = 1; depth <= path.size(); ++depth) {
    const Field field = decoder.shownField(bytes, path.first(depth));
    const QString part = field.name.isEmpty() ? QString::number(path[depth - 1]) : field.name;
    if (!name.isEmpty() && !part.startsWith(u'[')) name += u'.';
    name += part;
  }
  return name;
}

}  // namespace

struct DecoderHexSource::Spot {
  std::optional<quint64> number = {};
  QList<quint64> inner = {};  // numbers of the messages in it that hold the byte, from the outside in
  Nested nested = {};         // the innermost of them
  HexSpan::Kind kind = HexSpan::Kind::Outside;
  ByteRange range;  // of the part, field or filler, in the stream
  QString what = {};
  QString value = {};
};

DecoderHexSource::DecoderHexSource(ConnectionDecoder *decoder, Direction direction, QObject *parent)
    : HexSource(parent), decoder_(decoder), direction_(direction) {
  connect(decoder, &ConnectionDecoder::advanced, this, &HexSource::advanced);
  connect(decoder, &ConnectionDecoder::restarted, this, &HexSource::reread);
  connect(decoder, &QObject::destroyed, this, &HexSource::reread);
}

quint64 DecoderHexSource::size() const {
  return decoder_ ? decoder_->view(direction_).size() : 0;
}

ByteView DecoderHexSource::bytes(ByteRange range) const {
  return decoder_ ? decoder_->view(direction_).bytes.view(range) : ByteView();
}

ByteSnapshot DecoderHexSource::snapshot() const {
  return decoder_ ? decoder_->view(direction_).bytes : ByteSnapshot();
}

ByteSnapshot DecoderHexSource::otherSnapshot() const {
  return decoder_ ? decoder_->view(opposite(direction_)).bytes : ByteSnapshot();
}

bool DecoderHexSource::hasEnded() const {
  return decoder_ &&
         (decoder_->connection()->isOver() || decoder_->connection()->stream(direction_).view().end != StreamEnd::Open);
}

bool DecoderHexSource::isDamaged() const {
  return decoder_ && decoder_->view(direction_).bytes.isDamaged();
}

void DecoderHexSource::chunkEnds(ByteRange range, std::vector<quint64> &ends) const {
  if (!decoder_) return;
  const StreamView &view = decoder_->view(direction_);
  for (quint64 i = view.chunks.countBefore(range.begin + 1); i < view.chunks.count(); ++i) {
    const quint64 end = view.chunks[i].offset;
    if (end > range.end) return;
    ends.push_back(end);
  }
  const quint64 size = view.size();
  if (view.chunks.count() > 0 && range.begin < size && size <= range.end) ends.push_back(size);
}

void DecoderHexSource::messageEnds(ByteRange range, std::vector<quint64> &ends) const {
  if (!decoder_ || range.isEmpty()) return;
  const auto first = decoder_->messageAt(direction_, range.begin);
  if (!first) return;
  const quint64 count = decoder_->messageCount(direction_);
  for (quint64 number = *first; number < count; ++number) {
    const Message message = decoder_->message(direction_, number);
    if (message.end() > range.end) return;
    // One that still arrives has no end; one that a restart cut off has.
    const bool isArriving = message.status == Status::Incomplete && number + 1 == count;
    if (!isArriving && message.end() > range.begin) ends.push_back(message.end());
  }
}

void DecoderHexSource::restarts(ByteRange range, std::vector<quint64> &offsets) const {
  if (!decoder_) return;
  const QList<quint64> &all = decoder_->reader(direction_).restarts;
  for (auto at = std::lower_bound(all.begin(), all.end(), range.begin); at != all.end() && *at < range.end; ++at) {
    if (*at < size()) offsets.push_back(*at);
  }
}

// Spans

void DecoderHexSource::spans(ByteRange range, std::vector<HexSpan> &spans) const {
  if (!decoder_) return;
  const ByteRange here = range.intersected({0, size()});
  if (here.isEmpty()) return;
  const auto outside = [&spans](ByteRange bytes) {
    HexSpan span;
    span.range = bytes;
    spans.push_back(span);
  };
  quint64 at = here.begin;
  const quint64 count = decoder_->messageCount(direction_);
  for (quint64 number = decoder_->messageAt(direction_, at).value_or(count); at < here.end; ++number) {
    if (number >= count) {
      outside({at, here.end});
      return;
    }
    const Message message = decoder_->message(direction_, number);
    if (message.offset > at) {
      const quint64 end = std::min(message.offset, here.end);
      outside({at, end});
      at = end;
    }
    const ByteRange shown = message.range().intersected({at, here.end});
    if (shown.isEmpty()) continue;
    messageSpans(outermost(number, message), shown, spans);
    at = shown.end;
  }
}

DecoderHexSource::Nested DecoderHexSource::outermost(quint64 number, const Message &message) const {
  return {0, decoder_->view(direction_), message, number % 2 == 1, message.status};
}

QList<FramingPart> DecoderHexSource::partsOf(const Nested &nested, ByteRange shown, int most) const {
  const FramingLayer &layer = decoder_->reader(direction_).layers[nested.layer];
  const Message &message = nested.message;
  const bool isInner = nested.layer > 0;
  // No state is kept inside an inner message: of a very long one every byte would be looked at again.
  if (isInner && layer.framer->scansBytes() && message.size > shownFields.bytes) return {};
  const ScanState state =
      isInner ? ScanState::startingAt(message.offset) : decoder_->stateFor(direction_, message, shown.begin);
  return layer.framer->parts(nested.view, message, state, shown, most);
}

void DecoderHexSource::messageSpans(const Nested &nested, ByteRange shown, std::vector<HexSpan> &spans) const {
  const QList<FramingLayer> &layers = decoder_->reader(direction_).layers;
  HexSpan span;
  span.status = nested.status;
  span.isOdd = nested.isOdd;
  quint64 at = shown.begin;
  if (nested.layer < layers.size()) {
    const bool isInMessage = layers[nested.layer].fields.in == FieldsIn::Message;
    for (const FramingPart &part : partsOf(nested, shown, mostIn(shown))) {
      const ByteRange range = part.range.intersected({at, shown.end});
      if (range.isEmpty()) continue;
      if (range.begin > at) payloadSpans(nested, {at, range.begin}, spans);
      if (part.role == PartRole::Payload) {
        payloadSpans(nested, range, spans);
      } else {
        HexSpan framing = span;
        framing.kind = HexSpan::Kind::Framing;
        framing.part = part.role;
        const MessageFields fields =
            isInMessage ? decoder_->contents().fields(direction_, nested.layer, nested.view, nested.message)
                        : MessageFields();
        fieldSpans(fields, range, framing, spans);
      }
      at = range.end;
    }
  }
  if (at < shown.end) payloadSpans(nested, {at, shown.end}, spans);
}

/// Goes as deep as the framing has layers.
void DecoderHexSource::payloadSpans(const Nested &nested, ByteRange shown, std::vector<HexSpan> &spans) const {
  const QList<FramingLayer> &layers = decoder_->reader(direction_).layers;
  HexSpan span;
  span.kind = HexSpan::Kind::Payload;
  span.status = nested.status;
  span.isOdd = nested.isOdd;
  const auto outside = [&](ByteRange range) {
    if (range.isEmpty()) return;
    span.range = range;
    spans.push_back(span);
  };
  if (nested.layer + 1 >= layers.size()) {
    const bool isInPayload = nested.layer < layers.size() && layers[nested.layer].fields.in == FieldsIn::Payload;
    fieldSpans(isInPayload ? decoder_->contents().fields(direction_, nested.layer, nested.view, nested.message)
                           : MessageFields(),
               shown, span, spans);
    return;
  }
  const InnerMessages inner = decoder_->contents().inner(direction_, nested.layer, nested.view, nested.message);
  quint64 at = shown.begin;
  auto message = std::upper_bound(inner.messages.begin(), inner.messages.end(), at,
                                  [](quint64 wanted, const Message &one) { return wanted < one.end(); });
  for (; message != inner.messages.end() && message->offset < shown.end; ++message) {
    const ByteRange range = message->range().intersected({at, shown.end});
    if (range.isEmpty()) continue;
    outside({at, range.begin});
    const bool isOdd = ((message - inner.messages.begin()) % 2 == 1) != nested.isOdd;
    const Status status = message->status == Status::Complete ? nested.status : message->status;
    messageSpans({nested.layer + 1, inner.payload.view, *message, isOdd, status}, range, spans);
    at = range.end;
  }
  outside({at, shown.end});
}

/// Fields, and `like` between them; padding where a layout skips bytes.
void DecoderHexSource::fieldSpans(const MessageFields &fields, ByteRange shown, const HexSpan &like,
                                  std::vector<HexSpan> &spans) const {
  const auto add = [&](ByteRange range, HexSpan::Kind kind, int field) {
    if (range.isEmpty()) return;
    HexSpan span = like;
    span.range = range;
    span.kind = kind;
    span.field = field;
    spans.push_back(span);
  };
  const ByteRange inFields = shown.intersected(fields.range());
  if (!fields || inFields.isEmpty()) {
    add(shown, like.kind, 0);
    return;
  }
  const HexSpan::Kind between = fields.hasPadding ? HexSpan::Kind::Padding : like.kind;
  add({shown.begin, inFields.begin}, like.kind, 0);
  const ByteRange asked{inFields.begin - fields.begin, inFields.end - fields.begin};
  quint64 at = inFields.begin;
  for (const FieldDecoder::Span &field : fields.decoder->spans(fields.bytes, asked, mostIn(asked))) {
    const ByteRange range =
        ByteRange{fields.begin + field.range.begin, fields.begin + field.range.end}.intersected({at, inFields.end});
    if (range.isEmpty()) continue;
    add({at, range.begin}, between, 0);
    add(range, HexSpan::Kind::Field, static_cast<int>(field.index % 60));  // the colours are a short cycle
    at = range.end;
  }
  add({at, inFields.end}, between, 0);
  add({inFields.end, shown.end}, like.kind, 0);
}

// One byte

std::optional<quint64> DecoderHexSource::messageNumberAt(quint64 offset) const {
  if (!decoder_) return std::nullopt;
  const auto number = decoder_->messageAt(direction_, offset);
  if (!number || *number >= messageCount() || !rangeOfMessage(*number).contains(offset)) return std::nullopt;
  return number;
}

DecoderHexSource::Spot DecoderHexSource::spotAt(quint64 offset) const {
  Spot spot;
  spot.range = ByteRange::ofSize(offset, 1);
  if (!decoder_ || offset >= size()) return spot;
  const quint64 count = messageCount();
  const quint64 nearest = decoder_->messageAt(direction_, offset).value_or(count);
  Message message;
  if (nearest < count) message = decoder_->message(direction_, nearest);
  if (nearest >= count || !message.range().contains(offset)) {
    const quint64 begin = nearest > 0 ? rangeOfMessage(nearest - 1).end : 0;
    spot.range = {begin, nearest < count ? message.offset : size()};
    spot.what = nearest < count ? tr("between messages") : tr("not in a message");
    return spot;
  }
  spot.number = nearest;
  spot.nested = innermostAt(offset, nearest, spot.inner);
  message = spot.nested.message;
  spot.kind = HexSpan::Kind::Payload;
  spot.what = tr("payload");
  spot.range = message.hasPayloadRange() ? message.payloadRange() : message.range();
  const QList<FramingLayer> &layers = decoder_->reader(direction_).layers;
  if (layers.isEmpty()) return spot;
  bool isFraming = false;
  for (const FramingPart &part : partsOf(spot.nested, ByteRange::ofSize(offset, 1), 4)) {
    if (!part.range.contains(offset)) continue;
    spot.range = part.range;
    if (part.role == PartRole::Payload) break;
    isFraming = true;
    spot.kind = HexSpan::Kind::Framing;
    spot.what = part.name.isEmpty() ? tr("framing") : part.name;
    spot.value = part.value;
    break;
  }
  const bool isInMessage = layers[spot.nested.layer].fields.in == FieldsIn::Message;
  if (isFraming && !isInMessage) return spot;
  const MessageFields fields = decoder_->contents().fields(direction_, spot.nested.layer, spot.nested.view, message);
  if (!fields || !fields.range().contains(offset)) return spot;
  const FieldPath path = fields.decoder->fieldAt(fields.bytes, offset - fields.begin);
  if (!path.isEmpty()) {
    const Field field = fields.decoder->shownField(fields.bytes, path);
    spot.kind = HexSpan::Kind::Field;
    spot.range = {fields.begin + field.range.begin, fields.begin + field.range.end};
    if (!spot.range.contains(offset)) spot.range = ByteRange::ofSize(offset, 1);  // in its name
    spot.what = tr("field %1").arg(pathName(*fields.decoder, fields.bytes, path));
    const bool isNull = !field.isGroup && field.childCount == 0 && std::holds_alternative<std::monostate>(field.value);
    spot.value = !field.error.isEmpty() ? field.error : isNull ? tr("null") : displayText(field.value, shownValue);
    return spot;
  }
  if (!fields.hasPadding || isFraming) return spot;
  spot.kind = HexSpan::Kind::Padding;
  spot.what = tr("padding");
  std::vector<HexSpan> around;
  spans(ByteRange{offset - std::min(offset, searchedForGap), offset + searchedForGap}.intersected(fields.range()),
        around);
  for (const HexSpan &span : around) {
    if (span.range.contains(offset)) spot.range = span.range;
  }
  return spot;
}

DecoderHexSource::Nested DecoderHexSource::innermostAt(quint64 offset, quint64 number, QList<quint64> &inner,
                                                       qsizetype deepest) const {
  Nested nested = outermost(number, decoder_->message(direction_, number));
  while (nested.layer < deepest) {
    const InnerMessages found = decoder_->contents().inner(direction_, nested.layer, nested.view, nested.message);
    const auto in = found.at(offset);
    if (!in) return nested;
    inner.append(static_cast<quint64>(*in));
    const Message &message = found.messages[*in];
    const Status status = message.status == Status::Complete ? nested.status : message.status;
    nested = {nested.layer + 1, found.payload.view, message, false, status};
  }
  return nested;
}

QString DecoderHexSource::noteOn(const Nested &nested) const {
  const QList<FramingLayer> &layers = decoder_->reader(direction_).layers;
  const Message &message = nested.message;
  if (message.status == Status::Complete || layers.isEmpty()) return {};
  const Verdict verdict = nested.layer == 0 ? decoder_->verdict(direction_, message)
                                            : layers[nested.layer].framer->verdict(nested.view, message);
  if (message.status == Status::Error)
    return verdict.error.isEmpty() ? tr("error") : tr("error: %1").arg(verdict.error);
  if (!verdict.needs) return tr("incomplete");
  const QString needs = QLocale::c().toString(*verdict.needs);
  return *verdict.needs == 1 ? tr("needs 1 more byte") : tr("needs %1 more bytes").arg(needs);
}

HexPlace DecoderHexSource::place(quint64 offset) const {
  HexPlace place;
  const Spot spot = spotAt(offset);
  place.what = spot.what;
  place.value = spot.value;
  if (!decoder_) return place;
  place.message = spot.number;
  place.isRestart = decoder_->reader(direction_).restartsAt(offset);
  place.inner = spot.inner;
  if (spot.number) place.messageNote = noteOn(spot.nested);
  const StreamView &view = decoder_->view(direction_);
  if (view.chunks.count() == 0 || offset >= view.size()) return place;
  const quint64 chunk = view.chunks.indexOf(offset);
  place.chunk = chunk;
  place.chunkRange = {view.chunks[chunk].offset,
                      chunk + 1 < view.chunks.count() ? view.chunks[chunk + 1].offset : view.size()};
  place.timeNs = view.chunks[chunk].timeNs;
  const qint64 start = decoder_->startTimeNs();
  if (place.timeNs != noTime && start != noTime) place.sinceStartNs = place.timeNs - start;
  return place;
}

qint64 DecoderHexSource::startTimeNs() const {
  if (!decoder_) return noTime;
  const ChunkView &chunks = decoder_->view(direction_).chunks;
  return chunks.count() == 0 || chunks[0].timeNs == noTime ? noTime : decoder_->startTimeNs();
}

quint64 DecoderHexSource::offsetAtTime(qint64 timeNs) const {
  if (!decoder_) return 0;
  const StreamView &view = decoder_->view(direction_);
  const quint64 before = view.chunks.countUntil(timeNs - 1);
  return before < view.chunks.count() ? view.chunks[before].offset : view.size();
}

ByteRange DecoderHexSource::fieldRange(quint64 offset) const {
  return spotAt(offset).range;
}

ByteRange DecoderHexSource::messageRange(quint64 offset) const {
  if (const auto number = messageNumberAt(offset)) return rangeOfMessage(*number);
  return spotAt(offset).range;
}

std::optional<ByteRange> DecoderHexSource::nestedRange(quint64 offset, qsizetype layer) const {
  const auto number = messageNumberAt(offset);
  if (!number) return std::nullopt;
  QList<quint64> inner;
  const Nested found = innermostAt(offset, *number, inner, layer);
  return found.layer == layer ? std::optional(found.message.range()) : std::nullopt;
}

quint64 DecoderHexSource::messageCount() const {
  return decoder_ ? decoder_->messageCount(direction_) : 0;
}

ByteRange DecoderHexSource::rangeOfMessage(quint64 number) const {
  return decoder_ && number < messageCount() ? decoder_->message(direction_, number).range() : ByteRange();
}

RowLandmarks DecoderHexSource::rowLandmarks(int bytesPerRow) const {
  if (!decoder_) return nullptr;
  if (!rows_) {
    rows_ = std::make_unique<MessageRows>(*decoder_, direction_);
    connect(rows_.get(), &MessageRows::progressed, this, &HexSource::advanced);
  }
  rows_->setBytesPerRow(bytesPerRow);
  return rows_->landmarks();
}

}  // namespace octetscope

#include "moc_decoder_hex_source.cpp"
