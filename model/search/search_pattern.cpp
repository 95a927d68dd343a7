#include "model/search/search_pattern.h"

#include "model/search/byte_regex.h"
#include "model/search/byte_search.h"

#include <algorithm>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

/// Byte strings that begin in a range, of one after the other.
class Occurrences {
 public:
  Occurrences(ByteView bytes, const QByteArray &needle, ByteRange range)
      : bytes_(bytes), needle_(viewOf(needle)), range_(range) {
    advance();
  }
  const std::optional<quint64> &next() const { return next_; }
  quint64 size() const { return needle_.size(); }
  void advance() {
    next_ = findForward(bytes_, needle_, range_);
    if (next_) range_.begin = *next_ + 1;
  }

 private:
  ByteView bytes_;
  ByteView needle_;
  ByteRange range_;
  std::optional<quint64> next_;
};

}  // namespace

SearchPattern SearchPattern::anyOf(QList<QByteArray> needles) {
  SearchPattern pattern;
  // Of those that begin at one place the longest comes first.
  std::ranges::sort(needles, [](const QByteArray &a, const QByteArray &b) {
    return a.size() != b.size() ? a.size() > b.size() : a < b;
  });
  needles.erase(std::ranges::unique(needles).begin(), needles.end());
  pattern.longest_ = static_cast<quint64>(needles.front().size());
  pattern.needles_ = std::move(needles);
  return pattern;
}

SearchPattern SearchPattern::anyOf(QList<QByteArray> needles, const QByteArray &bigEndian,
                                   const QByteArray &littleEndian) {
  SearchPattern pattern = anyOf(std::move(needles));
  pattern.bigEndian_ = bigEndian;
  pattern.littleEndian_ = littleEndian;
  return pattern;
}

/// The other reading of the same bytes, one byte beside it, counts in its place.
bool SearchPattern::isTwin(ByteView bytes, const SearchHit &hit) const {
  if (bigEndian_.isEmpty() || hit.offset % 2 == 0) return false;
  const auto isAt = [bytes](quint64 offset, const QByteArray &needle) {
    const auto size = static_cast<quint64>(needle.size());
    return offset + size <= bytes.size() && std::ranges::equal(bytes.subspan(offset, size), viewOf(needle));
  };
  for (const auto &[own, other] : {std::pair(&bigEndian_, &littleEndian_), std::pair(&littleEndian_, &bigEndian_)}) {
    if (isAt(hit.offset, *own) && (isAt(hit.offset + 1, *other) || isAt(hit.offset - 1, *other))) return true;
  }
  return false;
}

Result<SearchPattern> SearchPattern::regex(const QString &expression, bool ignoresCase) {
  auto made = ByteRegex::compile(expression.toUtf8(), ignoresCase);
  if (!made) {
    // PCRE2 counts bytes.
    Error error = made.error();
    error.position = QString::fromUtf8(expression.toUtf8().first(error.position)).size();
    return std::unexpected(error);
  }
  SearchPattern pattern;
  pattern.regex_ = *std::move(made);
  return pattern;
}

Result<SearchPattern> SearchPattern::regexOfBytes(const QByteArray &expression) {
  auto made = ByteRegex::compile(expression, false);
  if (!made) return std::unexpected(made.error());
  SearchPattern pattern;
  pattern.regex_ = *std::move(made);
  return pattern;
}

SearchPattern::Slice SearchPattern::find(ByteView bytes, ByteRange range, bool isWhole, std::vector<SearchHit> &hits,
                                         std::size_t most) const {
  range = ByteRange{0, bytes.size()}.intersected(range);
  if (regex_) return regex_->find(bytes, range, isWhole, hits, most);
  return findNeedles(bytes, range, isWhole, hits, most);
}

SearchPattern::Slice SearchPattern::findNeedles(ByteView bytes, ByteRange range, bool isWhole,
                                                std::vector<SearchHit> &hits, std::size_t most) const {
  // A place counts once the longest of them could be seen there.
  if (!isWhole) {
    // So is its other reading, which ends a byte behind it.
    const quint64 ahead = longest_ - 1 + (bigEndian_.isEmpty() ? 0 : 1);
    const quint64 sure = bytes.size() - std::min<quint64>(bytes.size(), ahead);
    range.end = std::clamp(sure, range.begin, range.end);
  }
  // One that began before may hold what begins here.
  const quint64 begin = needles_.size() == 1 ? range.begin : range.begin - std::min(range.begin, longest_ - 1);
  std::vector<Occurrences> all;
  all.reserve(static_cast<std::size_t>(needles_.size()));
  for (const QByteArray &needle : needles_) all.emplace_back(bytes, needle, ByteRange{begin, range.end});
  quint64 covered = 0;
  while (true) {
    Occurrences *first = nullptr;
    for (Occurrences &one : all) {
      if (one.next() && (!first || *one.next() < *first->next())) first = &one;
    }
    if (!first) return {.next = range.end};
    const SearchHit hit{*first->next(), first->size()};
    first->advance();
    if (isTwin(bytes, hit)) continue;
    if (all.size() > 1 && hit.range().end <= covered) continue;
    covered = std::max(covered, hit.range().end);
    if (hit.offset < range.begin) continue;
    hits.push_back(hit);
    if (--most == 0) return {.next = hit.offset + 1};
  }
}

SearchPattern::Last SearchPattern::findLast(ByteView bytes, ByteRange range) const {
  if (!regex_ && needles_.size() == 1) {
    const auto found = findBackward(bytes, viewOf(needles_.front()), range);
    if (!found) return {};
    return {.hit = SearchHit{*found, static_cast<quint64>(needles_.front().size())}};
  }
  Last last;
  std::vector<SearchHit> hits;
  for (quint64 at = range.begin; at < range.end && !last.gaveUpAt;) {
    const Slice slice = find(bytes, {at, range.end}, true, hits);
    if (slice.gaveUp) last.gaveUpAt = slice.next;
    at = slice.next;
  }
  if (!hits.empty()) last.hit = hits.back();
  return last;
}

}  // namespace octetscope
