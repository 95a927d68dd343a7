#include "model/framing/suggestion/fixed_proposals.h"

#include "model/framing/framing_words.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr quint64 lookedAt = 24 * 1024;
constexpr quint64 largest = 1024;
constexpr quint64 distancesASlice = 128;
constexpr std::size_t mostProposals = 16;

}  // namespace

FixedProposals::FixedProposals(const Sample &sample)
    : sample_(sample),
      bytes_(sample.bytes().subspan(sample.start(), std::min(sample.size(), lookedAt))),
      most_(std::min<quint64>(largest, bytes_.size() / 3)) {}

bool FixedProposals::advance() {
  const quint64 until = std::min<quint64>(most_, shares_.size() + distancesASlice);
  for (quint64 distance = shares_.size() + 1; distance <= until; ++distance) {
    const quint64 count = bytes_.size() - distance;
    quint64 same = 0;
    for (quint64 i = 0; i < count; ++i) same += bytes_[i] == bytes_[i + distance] ? 1 : 0;
    shares_.push_back(static_cast<float>(same) / static_cast<float>(count));
  }
  return shares_.size() < most_;
}

QList<Proposal> FixedProposals::proposals() const {
  std::vector<quint64> sizes(shares_.size());
  std::iota(sizes.begin(), sizes.end(), 1);
  const auto share = [this](quint64 size) { return shares_[size - 1]; };
  const std::size_t kept = std::min(mostProposals, sizes.size());
  std::partial_sort(sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(kept), sizes.end(),
                    [&](quint64 a, quint64 b) { return share(a) > share(b); });
  std::set<quint64> chosen(sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(kept));
  // What divides one of the best may be the messages' size.
  for (std::size_t i = 0; i < std::min<std::size_t>(kept, 4); ++i) {
    for (quint64 part = 2; part <= sizes[i] / 2; ++part) {
      if (sizes[i] % part == 0 && share(sizes[i] / part) > share(sizes[i]) / 2) chosen.insert(sizes[i] / part);
    }
  }
  quint64 common = 0;
  quint64 last = sample_.start();
  for (const quint64 end : sample_.chunkEnds()) {
    common = std::gcd(common, end - last);
    last = end;
  }
  if (common > 0) chosen.insert(common);
  QList<Proposal> all;
  for (const quint64 size : chosen) {
    if (size < 2) continue;
    all.append({.spec = u"fixed:%1"_s.arg(size),
                .family = Family::Fixed,
                .start = sample_.start(),
                .cost = 2 * std::log2(static_cast<double>(size)) + 3,
                .least = 4,
                .rule = u"bytes recur at the same places every %1"_s.arg(byteCount(size))});
  }
  return all;
}

}  // namespace octetscope
