#include "widgets/ribbon/ribbon_axis.h"

#include <algorithm>

namespace octetscope {

namespace {

/// Of two chunks with one stamp (there are none but in files without times), the one that came in is first.
bool inIsFirst(const Chunk &in, const Chunk &out) {
  return in.timeNs <= out.timeNs;
}

}  // namespace

RibbonAxis::RibbonAxis(std::optional<Direction> only, const StreamView &in, const StreamView &out)
    : only_(only), chunks_{in.chunks, out.chunks}, sizes_{in.size(), out.size()} {}

quint64 RibbonAxis::offsetOfChunk(Direction direction, quint64 chunk) const {
  const ChunkView &chunks = chunksOf(direction);
  return chunk < chunks.count() ? chunks[chunk].offset : sizes_[at(direction)];
}

/// Chunks of the other direction that came before `chunk` of this one.
quint64 RibbonAxis::othersBefore(Direction direction, quint64 chunk) const {
  const qint64 time = chunksOf(direction)[chunk].timeNs;
  return chunksOf(opposite(direction)).countUntil(direction == Direction::In ? time - 1 : time);
}

quint64 RibbonAxis::positionOf(Direction direction, quint64 offset) const {
  if (only_ || chunksOf(direction).count() == 0) return offset;
  const quint64 others = othersBefore(direction, chunksOf(direction).indexOf(offset));
  return offset + offsetOfChunk(opposite(direction), others);
}

quint64 RibbonAxis::chunkAt(Direction direction, quint64 offset, const Border &near) const {
  const ChunkView &chunks = chunksOf(direction);
  // The one that is under way at the border, or the next.
  const quint64 behind = near.chunks[at(direction)];
  for (quint64 chunk = behind - std::min<quint64>(behind, 1); chunk <= behind && chunk < chunks.count(); ++chunk) {
    if (chunks[chunk].offset <= offset && offset < offsetOfChunk(direction, chunk + 1)) return chunk;
  }
  return chunks.indexOf(offset);
}

quint64 RibbonAxis::othersBefore(Direction direction, quint64 chunk, const Border &near) const {
  const ChunkView &others = chunksOf(opposite(direction));
  const Chunk &own = chunksOf(direction)[chunk];
  const auto isBefore = [&](quint64 other) {
    return direction == Direction::In ? !inIsFirst(own, others[other]) : inIsFirst(others[other], own);
  };
  const quint64 guess = std::min(near.chunks[at(opposite(direction))], others.count());
  const bool isIt = (guess == 0 || isBefore(guess - 1)) && (guess == others.count() || !isBefore(guess));
  return isIt ? guess : othersBefore(direction, chunk);
}

quint64 RibbonAxis::endOf(Direction direction, quint64 offset, const Border &near) const {
  if (only_ || offset == 0 || chunksOf(direction).count() == 0) return offset;
  const quint64 chunk = chunkAt(direction, offset - 1, near);
  return offset + offsetOfChunk(opposite(direction), othersBefore(direction, chunk, near));
}

ByteRange RibbonAxis::spanOf(Direction direction, ByteRange range, const Border &near) const {
  if (only_ || chunksOf(direction).count() == 0) return range;
  const quint64 chunk = chunkAt(direction, range.begin, near);
  const quint64 shift = offsetOfChunk(opposite(direction), othersBefore(direction, chunk, near));
  // Most lie in one chunk, and then one search is enough.
  const bool isInOne = range.end <= offsetOfChunk(direction, chunk + 1);
  return {range.begin + shift, isInOne ? range.end + shift : endOf(direction, range.end, near)};
}

/// How many chunks of each direction begin at or before the position: both are searched for at once, each step halves
/// one of the two ranges.
std::array<quint64, 2> RibbonAxis::chunksBegunAt(quint64 position) const {
  const ChunkView &in = chunks_[0];
  const ChunkView &out = chunks_[1];
  quint64 inLow = 0;
  quint64 inHigh = in.count();
  quint64 outLow = 0;
  quint64 outHigh = out.count();
  while (inLow < inHigh || outLow < outHigh) {
    if (inLow < inHigh && outLow < outHigh) {
      const quint64 i = inLow + (inHigh - inLow) / 2;
      const quint64 o = outLow + (outHigh - outLow) / 2;
      const quint64 sum = in[i].offset + out[o].offset;
      // The later of the two stands at `sum` or behind it, the earlier one at it or before.
      if (inIsFirst(in[i], out[o])) {
        if (position < sum) {
          outHigh = o;
        } else {
          inLow = i + 1;
        }
      } else {
        if (position < sum) {
          inHigh = i;
        } else {
          outLow = o + 1;
        }
      }
      continue;
    }
    // One count is known: a chunk of the other direction stands before the last known one, or among those behind it,
    // where its position is plain, or behind the first one that begins too late.
    const bool searchesIn = inLow < inHigh;
    const ChunkView &searched = searchesIn ? in : out;
    const ChunkView &known = searchesIn ? out : in;
    const quint64 count = searchesIn ? outLow : inLow;
    quint64 &low = searchesIn ? inLow : outLow;
    quint64 &high = searchesIn ? inHigh : outHigh;
    const quint64 middle = low + (high - low) / 2;
    const auto isBefore = [&](quint64 knownChunk) {
      return searchesIn ? inIsFirst(searched[middle], known[knownChunk])
                        : !inIsFirst(known[knownChunk], searched[middle]);
    };
    bool begins = false;
    if (count > 0 && isBefore(count - 1)) {
      begins = true;
    } else if (count < known.count() && !isBefore(count)) {
      begins = false;
    } else {
      begins = searched[middle].offset + offsetOfChunk(searchesIn ? Direction::Out : Direction::In, count) <= position;
    }
    if (begins) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return {inLow, outLow};
}

RibbonAxis::Place RibbonAxis::placeAt(quint64 position) const {
  if (only_) return {*only_, position};
  const auto begun = chunksBegunAt(position);
  const Direction direction = underWay(begun);
  const Direction other = opposite(direction);
  return {direction, position - offsetOfChunk(other, begun[at(other)])};
}

/// Whose byte stands where so many chunks of each direction have begun: that of the last one.
Direction RibbonAxis::underWay(std::array<quint64, 2> begun) const {
  const auto [in, out] = begun;
  return out == 0 || (in > 0 && !inIsFirst(chunks_[0][in - 1], chunks_[1][out - 1])) ? Direction::In : Direction::Out;
}

RibbonAxis::Border RibbonAxis::borderAt(quint64 position) const {
  if (only_) {
    Border border;
    border.bytes[at(*only_)] = std::min(position, sizeOf(*only_));
    return border;
  }
  if (position >= size()) return {sizes_, {chunks_[0].count(), chunks_[1].count()}};
  Border border{{}, chunksBegunAt(position)};
  const Direction direction = underWay(border.chunks);
  const Direction other = opposite(direction);
  border.bytes[at(other)] = offsetOfChunk(other, border.chunks[at(other)]);
  border.bytes[at(direction)] = position - border.bytes[at(other)];
  return border;
}

quint64 RibbonAxis::bytesBefore(Direction direction, quint64 position) const {
  return borderAt(position).bytes[at(direction)];
}

quint64 RibbonAxis::runEnd(Direction direction, quint64 offset) const {
  const ChunkView &others = chunksOf(opposite(direction));
  if (only_ || chunksOf(direction).count() == 0) return sizes_[at(direction)];
  const quint64 next = othersBefore(direction, chunksOf(direction).indexOf(offset));
  if (next >= others.count()) return sizes_[at(direction)];
  const qint64 time = others[next].timeNs;
  return offsetOfChunk(direction, chunksOf(direction).countUntil(direction == Direction::In ? time : time - 1));
}

}  // namespace octetscope
