#include "model/search/byte_search.h"

#include <cstring>

namespace octetscope {

namespace {

/// The bytes in which an occurrence that begins in `range` can lie.
ByteView reach(ByteView bytes, ByteView needle, ByteRange range) {
  const ByteRange part = ByteRange{0, bytes.size()}.intersected({range.begin, range.end});
  if (part.isEmpty()) return {};
  const quint64 end = std::min<quint64>(bytes.size(), part.end + needle.size() - 1);
  return bytes.subspan(part.begin, end - part.begin);
}

}  // namespace

std::optional<quint64> findForward(ByteView bytes, ByteView needle, ByteRange range) {
  if (needle.empty()) return std::nullopt;
  const ByteView part = reach(bytes, needle, range);
  if (part.size() < needle.size()) return std::nullopt;
  const void *found = ::memmem(part.data(), part.size(), needle.data(), needle.size());
  if (!found) return std::nullopt;
  return static_cast<quint64>(static_cast<const std::uint8_t *>(found) - bytes.data());
}

std::optional<quint64> findBackward(ByteView bytes, ByteView needle, ByteRange range) {
  // In blocks from the end, each searched forward: memmem is linear, a comparison at every place is not.
  constexpr quint64 block = 64 * 1024;
  quint64 end = std::min<quint64>(range.end, bytes.size());
  while (end > range.begin) {
    const quint64 begin = end - range.begin > block ? end - block : range.begin;
    std::optional<quint64> last;
    quint64 from = begin;
    while (auto found = findForward(bytes, needle, {from, end})) {
      last = found;
      from = *found + 1;
    }
    if (last) return last;
    end = begin;
  }
  return std::nullopt;
}

}  // namespace octetscope
