#include "model/framing/suggestion/sample.h"

namespace octetscope {

namespace {

constexpr quint64 mostChunks = 4096;

/// How many bytes behind a first byte of UTF-8 belong to it; -1: it is none.
int followersOf(std::uint8_t byte) {
  if (byte >= 0xc2 && byte <= 0xdf) return 1;
  if (byte >= 0xe0 && byte <= 0xef) return 2;
  if (byte >= 0xf0 && byte <= 0xf4) return 3;
  return -1;
}

}  // namespace

Sample::Sample(StreamView stream, quint64 start)
    : whole_(std::move(stream)),
      view_(whole_.prefix(std::min(start, whole_.size()) + mostBytes)),
      start_(std::min(start, whole_.size())),
      costs_(view_.bytes.view()),
      textFrom_(start_ + std::min<quint64>(48, size() / 5)),
      textRead_(start_) {
  const quint64 first = view_.chunks.countBefore(start_ + 1);
  for (quint64 i = std::max<quint64>(first, 1); i < view_.chunks.count() && chunkEnds_.size() < mostChunks; ++i) {
    chunkEnds_.push_back(view_.chunks[i].offset);
  }
}

bool Sample::advance() {
  const bool more = costs_.advance(sliceBytes);
  textRead_ = readText(more ? costs_.size() : end());
  return more;
}

quint64 Sample::readText(quint64 until) {
  const ByteView all = bytes();
  quint64 at = textRead_;
  while (at < until) {
    const std::uint8_t byte = all[at];
    ++counts_[byte];
    if (at < textFrom_) {
      ++at;
      continue;
    }
    if (byte < 0x80) {
      const bool isText = (byte >= 0x20 && byte < 0x7f) || byte == '\t' || byte == '\r' || byte == '\n';
      if (!isText) ++notText_[byte];
      ++at;
      continue;
    }
    const int followers = followersOf(byte);
    quint64 next = at + 1;
    for (int i = 0; i < followers && next < all.size() && (all[next] & 0xc0) == 0x80; ++i) ++next;
    const bool isText = followers > 0 && (next == at + 1 + static_cast<quint64>(followers) || next == all.size());
    if (!isText) {
      ++notText_[byte];
      ++at;
      continue;
    }
    for (++at; at < next; ++at) ++counts_[all[at]];
  }
  return at;
}

double Sample::textShare(std::uint8_t except) const {
  quint64 bad = 0;
  for (std::size_t i = 0; i < notText_.size(); ++i) {
    if (i != except) bad += notText_[i];
  }
  quint64 counted = end() - textFrom_;
  counted -= std::min(counted, counts_[except]);
  return counted == 0 ? 0 : 1 - static_cast<double>(bad) / static_cast<double>(counted);
}

}  // namespace octetscope
