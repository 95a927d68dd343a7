#include "model/items/joined_places.h"

namespace octetscope {

namespace {

/// Of one byte that is joined. They rise with it.
ByteRange originOf(const ConnectionDecoder &decoder, Direction direction, quint64 joined) {
  const auto origin = decoder.originOf(direction, ByteRange::ofSize(joined, 1));
  return origin ? origin->range : ByteRange();
}

/// The first byte of those joined for which `isBehind` of its origin is true; how many there are where it is of none.
template <typename IsBehind>
quint64 firstJoined(const ConnectionDecoder &decoder, Direction direction, IsBehind isBehind) {
  quint64 first = 0;
  quint64 last = decoder.view(direction).size();
  while (first < last) {
    const quint64 middle = first + (last - first) / 2;
    if (isBehind(originOf(decoder, direction, middle))) {
      last = middle;
    } else {
      first = middle + 1;
    }
  }
  return first;
}

}  // namespace

ByteRange inStream(const ConnectionDecoder &decoder, Direction direction, ByteRange shown) {
  shown = shown.intersected({0, decoder.view(direction).size()});
  if (!decoder.reader(direction).outer || shown.isEmpty()) return shown;
  const auto origin = decoder.originOf(direction, shown);
  return origin ? origin->range : ByteRange();
}

ByteRange asShown(const ConnectionDecoder &decoder, Direction direction, ByteRange stream) {
  if (!decoder.reader(direction).outer) return stream;
  const quint64 begin = firstJoined(decoder, direction, [&](ByteRange origin) { return origin.end > stream.begin; });
  const quint64 end = firstJoined(decoder, direction, [&](ByteRange origin) { return origin.begin >= stream.end; });
  return {begin, std::max(begin, end)};
}

}  // namespace octetscope
