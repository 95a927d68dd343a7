#include "model/items/payload_origin.h"

#include <algorithm>

namespace octetscope {

PayloadOrigin PayloadOrigin::of(const Framer &framer, const StreamView &stream, const Message &message,
                                const QList<FramingPart> &parts) {
  PayloadOrigin origin;
  origin.whole_ = message.range();
  const auto isPayload = [](const FramingPart &part) { return part.role == PartRole::Payload; };
  if (const auto first = std::ranges::find_if(parts, isPayload); first != parts.end()) {
    const auto last = std::find_if(parts.rbegin(), parts.rend(), isPayload);
    origin.whole_ = {first->range.begin, last->range.end};
  }
  const ByteView bytes = stream.bytes.view(message.range());
  const auto base = reinterpret_cast<std::uintptr_t>(bytes.data());
  quint64 at = 0;
  // Pieces that are no copies: their place tells where they came from.
  const auto done = framer.payloadPieces(stream, message, [&](ByteView piece) {
    const quint64 offset = reinterpret_cast<std::uintptr_t>(piece.data()) - base;
    if (offset > bytes.size() || piece.size() > bytes.size() - offset) return false;
    if (!piece.empty()) origin.pieces_.append({at, message.offset + offset, piece.size()});
    at += piece.size();
    return origin.pieces_.size() < mostPieces;
  });
  if (!done) origin.pieces_.clear();
  if (!origin.pieces_.isEmpty()) {
    const Piece &last = origin.pieces_.last();
    origin.whole_.end = std::max(origin.whole_.end, last.stream + last.size);
  }
  return origin;
}

ByteRange PayloadOrigin::inStream(ByteRange payload) const {
  const auto byteAt = [&](quint64 offset) -> std::optional<quint64> {
    const auto behind = std::ranges::upper_bound(pieces_, offset, {}, &Piece::payload);
    if (behind == pieces_.begin()) return std::nullopt;
    const Piece &piece = *std::prev(behind);
    if (offset - piece.payload >= piece.size) return std::nullopt;
    return piece.stream + (offset - piece.payload);
  };
  const auto first = byteAt(payload.begin);
  const auto last = payload.isEmpty() ? std::nullopt : byteAt(payload.end - 1);
  if (payload.isEmpty() && first) return {*first, *first};
  const quint64 begin = first.value_or(whole_.begin);
  return {begin, std::max(begin, last ? *last + 1 : whole_.end)};
}

std::optional<quint64> PayloadOrigin::inPayload(quint64 offset) const {
  const auto behind = std::ranges::upper_bound(pieces_, offset, {}, &Piece::stream);
  if (behind == pieces_.begin()) return std::nullopt;
  const Piece &piece = *std::prev(behind);
  if (offset - piece.stream >= piece.size) return std::nullopt;
  return piece.payload + (offset - piece.stream);
}

}  // namespace octetscope
