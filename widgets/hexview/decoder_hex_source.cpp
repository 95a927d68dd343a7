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

}  // namespace

struct DecoderHexSource::Spot {
  std::optional<quint64> number = {};
  Message message = {};
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
    messageSpans(message, number, shown, spans);
    at = shown.end;
  }
}

void DecoderHexSource::messageSpans(const Message &message, quint64 number, ByteRange shown,
                                    std::vector<HexSpan> &spans) const {
  const StreamView &view = decoder_->view(direction_);
  const FramerPtr &framer = decoder_->reader(direction_).framer;
  HexSpan span;
  span.kind = HexSpan::Kind::Payload;
  span.status = message.status;
  span.isOdd = number % 2 == 1;
  quint64 at = shown.begin;
  if (framer) {
    const ScanState state = decoder_->stateFor(direction_, message, shown.begin);
    for (const FramingPart &part : framer->parts(view, message, state, shown, mostIn(shown))) {
      const ByteRange range = part.range.intersected({at, shown.end});
      if (range.isEmpty()) continue;
      if (range.begin > at) payloadSpans(message, {at, range.begin}, span, spans);
      if (part.role == PartRole::Payload) {
        payloadSpans(message, range, span, spans);
      } else {
        HexSpan framing = span;
        framing.kind = HexSpan::Kind::Framing;
        framing.part = part.role;
        framing.range = range;
        spans.push_back(framing);
      }
      at = range.end;
    }
  }
  if (at < shown.end) payloadSpans(message, {at, shown.end}, span, spans);
}

void DecoderHexSource::payloadSpans(const Message &message, ByteRange shown, const HexSpan &like,
                                    std::vector<HexSpan> &spans) const {
  const auto add = [&](ByteRange range, HexSpan::Kind kind, int field) {
    if (range.isEmpty()) return;
    HexSpan span = like;
    span.range = range;
    span.kind = kind;
    span.field = field;
    spans.push_back(span);
  };
  const FieldDecoderPtr &fields = decoder_->reader(direction_).fields;
  const ByteRange payload = message.payloadRange();
  const ByteRange inPayload = shown.intersected(payload);
  if (!fields || inPayload.isEmpty()) {
    add(shown, HexSpan::Kind::Payload, 0);
    return;
  }
  add({shown.begin, inPayload.begin}, HexSpan::Kind::Payload, 0);
  const ByteView bytes = decoder_->view(direction_).bytes.view(payload);
  const ByteRange asked{inPayload.begin - payload.begin, inPayload.end - payload.begin};
  quint64 at = inPayload.begin;
  for (const FieldDecoder::Span &field : fields->spans(bytes, asked, mostIn(asked))) {
    const ByteRange range =
        ByteRange{payload.begin + field.range.begin, payload.begin + field.range.end}.intersected({at, inPayload.end});
    if (range.isEmpty()) continue;
    add({at, range.begin}, HexSpan::Kind::Padding, 0);
    add(range, HexSpan::Kind::Field, static_cast<int>(field.index % 60));  // the colours are a short cycle
    at = range.end;
  }
  add({at, inPayload.end}, HexSpan::Kind::Padding, 0);
  add({inPayload.end, shown.end}, HexSpan::Kind::Payload, 0);
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
  if (nearest < count) spot.message = decoder_->message(direction_, nearest);
  if (nearest >= count || !spot.message.range().contains(offset)) {
    const quint64 begin = nearest > 0 ? rangeOfMessage(nearest - 1).end : 0;
    spot.range = {begin, nearest < count ? spot.message.offset : size()};
    spot.what = nearest < count ? tr("between messages") : tr("not in a message");
    return spot;
  }
  spot.number = nearest;
  const StreamView &view = decoder_->view(direction_);
  const DirectionReader &reader = decoder_->reader(direction_);
  spot.kind = HexSpan::Kind::Payload;
  spot.what = tr("payload");
  spot.range = spot.message.hasPayloadRange() ? spot.message.payloadRange() : spot.message.range();
  if (reader.framer) {
    const ScanState state = decoder_->stateFor(direction_, spot.message, offset);
    for (const FramingPart &part : reader.framer->parts(view, spot.message, state, ByteRange::ofSize(offset, 1), 4)) {
      if (!part.range.contains(offset)) continue;
      spot.range = part.range;
      if (part.role == PartRole::Payload) break;
      spot.kind = HexSpan::Kind::Framing;
      spot.what = part.name.isEmpty() ? tr("framing") : part.name;
      spot.value = part.value;
      return spot;
    }
  }
  const ByteRange payload = spot.message.payloadRange();
  if (!reader.fields || !payload.contains(offset)) return spot;
  const ByteView bytes = view.bytes.view(payload);
  const FieldPath path = reader.fields->fieldAt(bytes, offset - payload.begin);
  if (!path.isEmpty()) {
    const Field field = reader.fields->field(bytes, path);
    spot.kind = HexSpan::Kind::Field;
    spot.range = {payload.begin + field.range.begin, payload.begin + field.range.end};
    spot.what = field.name.isEmpty() ? tr("field %1").arg(path.first()) : tr("field %1").arg(field.name);
    spot.value = field.error.isEmpty() ? displayText(field.value, shownValue) : field.error;
    return spot;
  }
  spot.kind = HexSpan::Kind::Padding;
  spot.what = tr("padding");
  std::vector<HexSpan> around;
  spans(ByteRange{offset - std::min(offset, searchedForGap), offset + searchedForGap}.intersected(payload), around);
  for (const HexSpan &span : around) {
    if (span.range.contains(offset)) spot.range = span.range;
  }
  return spot;
}

QString DecoderHexSource::noteOn(const Message &message) const {
  const FramerPtr &framer = decoder_->reader(direction_).framer;
  if (message.status == Status::Complete || !framer) return {};
  const Verdict verdict = framer->verdict(decoder_->view(direction_), message);
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
  if (spot.number) place.messageNote = noteOn(spot.message);
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

ByteRange DecoderHexSource::fieldRange(quint64 offset) const {
  return spotAt(offset).range;
}

ByteRange DecoderHexSource::messageRange(quint64 offset) const {
  if (const auto number = messageNumberAt(offset)) return rangeOfMessage(*number);
  return spotAt(offset).range;
}

quint64 DecoderHexSource::messageCount() const {
  return decoder_ ? decoder_->messageCount(direction_) : 0;
}

ByteRange DecoderHexSource::rangeOfMessage(quint64 number) const {
  return decoder_ && number < messageCount() ? decoder_->message(direction_, number).range() : ByteRange();
}

}  // namespace octetscope

#include "moc_decoder_hex_source.cpp"
