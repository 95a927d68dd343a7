// ByteView and ByteRange: how bytes are looked at and how their places are named. Neither owns anything.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <algorithm>
#include <cstdint>
#include <span>

namespace octetscope {

/// Bytes that somebody else owns and keeps while they are looked at.
using ByteView = std::span<const std::uint8_t>;

inline ByteView viewOf(QByteArrayView bytes) {
  return {reinterpret_cast<const std::uint8_t *>(bytes.data()), static_cast<std::size_t>(bytes.size())};
}
inline QByteArrayView qtView(ByteView bytes) {
  return {reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size())};
}
inline QByteArray copyOf(ByteView bytes) {
  return qtView(bytes).toByteArray();
}

/// Half-open range of offsets [begin, end) in a stream. begin <= end always.
struct ByteRange {
  quint64 begin = 0;
  quint64 end = 0;

  static ByteRange ofSize(quint64 offset, quint64 size) { return {offset, offset + size}; }
  quint64 size() const { return end - begin; }
  bool isEmpty() const { return begin == end; }
  bool contains(quint64 offset) const { return begin <= offset && offset < end; }
  bool overlaps(ByteRange other) const { return begin < other.end && other.begin < end; }
  /// The common part; an empty range at max(begin, other.begin) where there is none.
  ByteRange intersected(ByteRange other) const {
    const quint64 from = std::max(begin, other.begin);
    return {from, std::max(from, std::min(end, other.end))};
  }
  bool operator==(const ByteRange &) const = default;
};

}  // namespace octetscope
