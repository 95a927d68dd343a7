#include "model/items/message_branches.h"

#include <algorithm>

namespace octetscope {

namespace {

constexpr qsizetype mostKnown = 256;            // messages whose details are kept
constexpr quint64 mostKnownCost = 64ULL << 20;  // bytes they fill, about
constexpr quint64 mostGrowing = 1ULL << 20;     // of a payload that is joined again whenever its message grows

// A framing that looks at every byte looks no further for what is listed at once: with JSON that is a few milliseconds.
constexpr InnerLimits listedLimits{.bytes = shownFields.bytes};

std::pair<int, QList<quint64>> keyOf(const PlacedMessage &message) {
  return {static_cast<int>(message.direction), message.numbers};
}

void readParts(MessageDetails &details, const Framer &framer, const StreamView &view) {
  const Message &message = details.at.message;
  details.parts = framer.parts(view, message, ScanState::startingAt(message.offset), message.range(),
                               MessageBranches::mostParts + 1);
  if (details.parts.size() > MessageBranches::mostParts) {
    details.parts.resize(MessageBranches::mostParts);
    details.unlistedBytes = message.end() - details.parts.last().range.end;
  }
}

void readPayload(MessageDetails &details, const Framer &framer, const StreamView &view) {
  const Message &message = details.at.message;
  details.hasPayload = message.hasPayloadRange();
  const bool isGrowing = message.status == Status::Incomplete;
  // What has come of a payload that has to be joined is worth it where there are messages in it.
  if (details.hasPayload || message.status == Status::Error || (isGrowing && !details.hasLayer)) return;
  auto payload = PayloadStream::of(framer, view, message, isGrowing ? mostGrowing : MessageBranches::mostOwnPayload);
  details.hasPayloadRow = !isGrowing;
  if (!payload) {
    details.payloadError = payload.error().line();
    return;
  }
  details.hasPayload = true;
  details.ownPayload = *std::move(payload);
  details.origin = PayloadOrigin::of(framer, view, message, details.parts);
}

void readFields(MessageDetails &details, const ConnectionDecoder &decoder, const FramingLayer &layer) {
  const Message &message = details.at.message;
  details.fieldsIn = layer.fields.in;
  const bool isThere = layer.fields.in == FieldsIn::Message ? message.status != Status::Error : details.hasPayload;
  if (!layer.fields || !isThere) return;
  const ByteView bytes = details.fieldBytes(decoder);
  if (layer.isIndexed) {
    details.fields = layer.fields.decoder->indexed(bytes, shownFields);
  } else if (details.areFieldsDerived() && details.ownPayload.isShortened) {
    // What it begins with is here: the fields that depend on nothing else, and the payload's row for the others.
    const FieldDecoder::Front front = layer.fields.decoder->front();
    if (front.bytes > bytes.size() || front.fields == 0) return;
    details.fields = layer.fields.decoder;
    details.fieldCount = front.fields;
    return;
  } else {
    details.fields = layer.fields.decoder;
  }
  details.fieldCount = details.fields->childCount(bytes, {});
  // The fields show those bytes.
  if (layer.fields.in == FieldsIn::Message) {
    if (details.fieldCount == 0) return;
    details.parts.removeIf([&](const FramingPart &part) {
      const ByteRange range{part.range.begin - message.offset, part.range.end - message.offset};
      return part.role != PartRole::Payload && !details.fields->spans(bytes, range, 1).isEmpty();
    });
    return;
  }
  details.hasPayloadRow = false;
  if (message.hasPayloadRange()) {
    details.parts.removeIf([](const FramingPart &part) { return part.role == PartRole::Payload; });
  }
}

void readInner(MessageDetails &details, const Framer &framer, const Framer &inner, const StreamView &view) {
  const Message &message = details.at.message;
  if (!details.hasPayload || message.status == Status::Error) return;
  if (details.hasOwnPayload()) {
    details.inner = innerMessages(inner, details.ownPayload, listedLimits);
  } else if (auto found = innerMessages(framer, inner, view, message, listedLimits)) {
    details.inner = *std::move(found);
  }
  if (details.inner.messages.isEmpty()) return;
  // The inner messages show those bytes.
  if (!details.ownPayload.isShortened) details.hasPayloadRow = false;
  if (message.hasPayloadRange()) {
    details.parts.removeIf([](const FramingPart &part) { return part.role == PartRole::Payload; });
  }
}

std::shared_ptr<MessageDetails> read(const ConnectionDecoder &decoder, PlacedMessage at, MessageDetailsPtr outer) {
  auto details = std::make_shared<MessageDetails>();
  details->at = std::move(at);
  details->outer = std::move(outer);
  const QList<FramingLayer> &layers = decoder.reader(details->at.direction).layers;
  const qsizetype number = details->at.layer();
  details->hasLayer = number + 1 < layers.size();
  const StreamView &view = details->at.view(decoder);
  details->end = view.end;
  const Framer &framer = *layers[number].framer;
  readParts(*details, framer, view);
  readPayload(*details, framer, view);
  readFields(*details, decoder, layers[number]);
  if (details->hasLayer) readInner(*details, framer, *layers[number + 1].framer, view);
  return details;
}

}  // namespace

PlacedMessage MessageDetails::innerAt(qsizetype number) const {
  PlacedMessage found{at.direction, at.numbers, inner.messages[number], inner.payload.view,
                      at.isDerived || inner.payload.isDerived};
  found.numbers.append(static_cast<quint64>(number));
  return found;
}

quint64 MessageDetails::fieldsBegin() const {
  if (fieldsIn == FieldsIn::Message) return at.message.offset;
  return hasOwnPayload() ? 0 : at.message.payloadRange().begin;
}

ByteView MessageDetails::fieldBytes(const ConnectionDecoder &decoder) const {
  if (fieldsIn == FieldsIn::Message) return at.view(decoder).bytes.view(at.message.range());
  return hasOwnPayload() ? ownPayload.view.bytes.view() : at.view(decoder).bytes.view(at.message.payloadRange());
}

ByteRange MessageDetails::inStream(ByteRange range, bool isInOwnPayload) const {
  for (const MessageDetails *details = this; details; details = details->outer.get()) {
    if (isInOwnPayload) range = details->origin.inStream(range);
    isInOwnPayload = details->outer && details->outer->hasOwnPayload();
  }
  return range;
}

std::optional<quint64> MessageDetails::inOwnPayload(quint64 offset) const {
  return hasOwnPayload() ? origin.inPayload(offset) : std::nullopt;
}

quint64 MessageDetails::cost() const {
  quint64 bytes = 1000 + 120 * static_cast<quint64>(parts.size()) + 48 * static_cast<quint64>(inner.messages.size());
  if (hasOwnPayload()) bytes += ownPayload.view.size();
  if (fields && fields->front().bytes == 0) bytes += 70 * std::min<quint64>(shownFields.values, at.message.size);
  return bytes;
}

void MessageBranches::clear() {
  branches_.clear();
  ids_.clear();
  byTopRow_.clear();
  known_.clear();
  knownCost_ = 0;
}

quint64 MessageBranches::intern(quint64 parent, quint64 row) {
  quint64 &id = ids_[{parent, row}];
  if (id != 0) return id;
  const quint64 topRow = parent == 0 ? row : at(parent).topRow;
  branches_.push_back({.parent = parent, .row = row, .topRow = topRow});
  id = branches_.size();
  byTopRow_[topRow].append(id);
  return id;
}

void MessageBranches::forgetBelow(quint64 id, quint64 row) {
  QList<quint64> &all = byTopRow_[at(id).topRow];
  QList<quint64> kept;
  for (const quint64 each : std::as_const(all)) {
    Branch &branch = at(each);
    // Those that hold a branch come before it, so what is gone is known by then.
    if ((branch.parent == id && branch.row >= row) || (branch.parent != 0 && at(branch.parent).isGone)) {
      branch.isGone = true;
      ids_.remove({branch.parent, branch.row});
    } else {
      kept.append(each);
    }
  }
  all = kept;
}

void MessageBranches::forgetRows(quint64 first, quint64 last) {
  for (auto rows = byTopRow_.begin(); rows != byTopRow_.end();) {
    if (rows.key() < first || rows.key() > last) {
      ++rows;
      continue;
    }
    for (const quint64 id : std::as_const(rows.value())) {
      at(id).isGone = true;
      ids_.remove({at(id).parent, at(id).row});
    }
    rows = byTopRow_.erase(rows);
  }
}

MessageDetailsPtr MessageBranches::keep(const std::pair<int, QList<quint64>> &key,
                                        std::shared_ptr<MessageDetails> details) {
  Known &place = known_[key];
  knownCost_ -= place.cost;
  place = {details, details->cost(), uses_};
  knownCost_ += place.cost;
  while (known_.size() > mostKnown || (knownCost_ > mostKnownCost && known_.size() > 1)) {
    const auto oldest = std::ranges::min_element(known_, {}, &Known::lastUse);
    knownCost_ -= oldest->cost;
    known_.erase(oldest);
  }
  return details;
}

MessageDetailsPtr MessageBranches::details(const ConnectionDecoder &decoder, Direction direction, quint64 number) {
  PlacedMessage at{direction, {number}, decoder.message(direction, number)};
  const auto key = keyOf(at);
  ++uses_;
  if (const auto known = known_.find(key); known != known_.end()) {
    const MessageDetailsPtr &details = known->details;
    if (details->at.message == at.message && details->end == decoder.view(direction).end) {
      known->lastUse = uses_;
      return details;
    }
  }
  return keep(key, read(decoder, std::move(at), nullptr));
}

MessageDetailsPtr MessageBranches::details(const ConnectionDecoder &decoder, const MessageDetailsPtr &outer,
                                           qsizetype number) {
  PlacedMessage at = outer->innerAt(number);
  const auto key = keyOf(at);
  ++uses_;
  if (const auto known = known_.find(key); known != known_.end() && known->details->outer == outer) {
    known->lastUse = uses_;
    return known->details;
  }
  return keep(key, read(decoder, std::move(at), outer));
}

}  // namespace octetscope
