// Searches: whatever is typed is refused at a place inside it, or finds the same however the bytes are cut. Input: a
// byte that chooses what is typed, the text up to a NUL, then the bytes.
#include "model/search/search_terms.h"

#include <cstdlib>

using namespace octetscope;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

Result<SearchPattern> typed(std::uint8_t kind, const QString &text) {
  const bool ignoresCase = (kind & 8) != 0;
  const int sizes[] = {0, 1, 2, 3, 4, 8};
  switch (kind & 3) {
    case 0:
      return textPattern(text, TextEncodings::fromInt(1 + (kind >> 4)), ignoresCase);
    case 1:
      return hexPattern(text);
    case 2:
      return numberPattern(text, {.bytes = sizes[(kind >> 4) % 6], .order = ByteOrder((kind >> 2) % 3)});
    default:
      return SearchPattern::regex(text, ignoresCase);
  }
}

struct Found {
  std::vector<SearchHit> hits;
  bool gaveUp = false;
};

Found findAll(const SearchPattern &pattern, ByteView bytes, quint64 slice, std::size_t most) {
  Found found;
  for (quint64 at = 0; at < bytes.size() && !found.gaveUp;) {
    const auto looked = pattern.find(bytes, ByteRange::ofSize(at, slice), true, found.hits, most);
    require(looked.gaveUp || looked.next > at);
    found.gaveUp = looked.gaveUp;
    at = looked.next;
  }
  return found;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  if (size < 1) return 0;
  const ByteView input(data + 1, size - 1);
  const auto zero = std::find(input.begin(), input.end(), 0);
  const auto textSize = static_cast<std::size_t>(zero - input.begin());
  const QString text = QString::fromUtf8(qtView(input.first(textSize)));
  const ByteView bytes = zero == input.end() ? ByteView() : input.subspan(textSize + 1);
  const auto pattern = typed(data[0], text);
  if (!pattern) {
    require(!pattern.error().what.isEmpty() && pattern.error().position <= text.size());
    return 0;
  }
  const Found whole = findAll(*pattern, bytes, ~0ULL >> 1, ~std::size_t(0));
  quint64 before = 0;
  for (const SearchHit &hit : whole.hits) {
    require(hit.size > 0 && hit.offset >= before && hit.range().end <= bytes.size());
    before = hit.offset;
  }
  const Found cut = findAll(*pattern, bytes, 3, 1);
  require(whole.gaveUp || cut.gaveUp || cut.hits == whole.hits);
  std::vector<SearchHit> growing;
  quint64 at = 0;
  for (quint64 there = 0; there < bytes.size() && !whole.gaveUp; there += 2) {
    const auto looked = pattern->find(bytes.first(there), {at, there}, false, growing);
    if (looked.gaveUp) return 0;
    at = looked.next;
  }
  if (whole.gaveUp) return 0;
  while (at < bytes.size()) {
    const auto looked = pattern->find(bytes, {at, bytes.size()}, true, growing);
    if (looked.gaveUp) return 0;
    at = looked.next;
  }
  require(growing == whole.hits);
  return 0;
}
