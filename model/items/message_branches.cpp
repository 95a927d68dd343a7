#include "model/items/message_branches.h"

namespace octetscope {

void MessageBranches::clear() {
  branches_.clear();
  ids_.clear();
  byTopRow_.clear();
  recent_ = {};
  isRecent_ = {};
}

quint64 MessageBranches::intern(quint64 parent, int row) {
  quint64 &id = ids_[{parent, row}];
  if (id != 0) return id;
  const quint64 topRow = parent == 0 ? static_cast<quint64>(row) : at(parent).topRow;
  branches_.push_back({.parent = parent, .row = row, .topRow = topRow});
  id = branches_.size();
  byTopRow_[topRow].append(id);
  return id;
}

void MessageBranches::forgetBelow(quint64 id, int row) {
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

void MessageBranches::forgetFrom(quint64 topRow) {
  for (auto rows = byTopRow_.begin(); rows != byTopRow_.end();) {
    if (rows.key() < topRow) {
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

const MessageDetails &MessageBranches::details(const ConnectionDecoder &decoder, Direction direction, quint64 number) {
  const Message message = decoder.message(direction, number);
  std::size_t place = nextRecent_;
  for (std::size_t i = 0; i < recent_.size(); ++i) {
    if (!isRecent_[i] || recent_[i].direction != direction || recent_[i].number != number) continue;
    if (recent_[i].message == message) return recent_[i];
    place = i;  // it has grown
    break;
  }
  if (place == nextRecent_) nextRecent_ = (nextRecent_ + 1) % recent_.size();
  recent_[place] = read(decoder, direction, number, message);
  isRecent_[place] = true;
  return recent_[place];
}

ByteView MessageBranches::payloadOf(const ConnectionDecoder &decoder, const MessageDetails &details) {
  if (!details.message.hasPayloadRange()) return viewOf(details.ownPayload);
  return decoder.view(details.direction).bytes.view(details.message.payloadRange());
}

MessageDetails MessageBranches::read(const ConnectionDecoder &decoder, Direction direction, quint64 number,
                                     const Message &message) {
  MessageDetails details;
  details.direction = direction;
  details.number = number;
  details.message = message;
  const DirectionReader &reader = decoder.reader(direction);
  const StreamView &view = decoder.view(direction);
  details.parts =
      reader.framer->parts(view, message, ScanState::startingAt(message.offset), message.range(), mostParts + 1);
  if (details.parts.size() > mostParts) {
    details.parts.resize(mostParts);
    details.unlistedBytes = message.end() - details.parts.last().range.end;
  }
  details.hasPayload = message.hasPayloadRange();
  if (!details.hasPayload && message.status == Status::Complete) {
    details.hasPayloadRow = true;
    if (auto payload = reader.framer->payload(view, message, mostOwnPayload); !payload) {
      details.payloadError = payload.error().line();
    } else {
      details.hasPayload = true;
      details.ownPayload = std::move(*payload);
    }
  }
  if (!reader.fields || !details.hasPayload) return details;
  if (!message.hasPayloadRange() && message.payloadSize > mostOwnPayload) {
    // What it begins with is here: the fields that depend on nothing else, and the payload's row for the others.
    const FieldDecoder::Front front = reader.fields->front();
    if (front.bytes > mostOwnPayload || front.fields == 0) return details;
    details.fields = reader.fields;
    details.fieldCount = front.fields;
    return details;
  }
  details.fields = reader.fields;
  details.fieldCount = reader.fields->childCount(payloadOf(decoder, details), {});
  details.hasPayloadRow = false;
  // The fields show those bytes.
  if (message.hasPayloadRange()) {
    details.parts.removeIf([](const FramingPart &part) { return part.role == PartRole::Payload; });
  }
  return details;
}

}  // namespace octetscope
