// Finding all places in 512 MiB, as the window does it, beside one memmem() over the same bytes for the rarest of the
// needles; in turns, medians of 5 of processor times. The bar: 1 GB a second for plain bytes. And what a page of marks
// costs when there are ten million.
#include "model/search/search_hits.h"
#include "model/search/search_terms.h"
#include "tests/bench/timing.h"

#include <QCoreApplication>
#include <QEventLoop>

#include <cstdio>
#include <cstring>
#include <random>
#include <vector>

using namespace octetscope;
using namespace Qt::StringLiterals;

namespace {

constexpr int rounds = 5;
constexpr quint64 slice = 1 << 20;

QByteArray text(qsizetype size) {
  std::minstd_rand random(1);
  static constexpr const char *words[] = {"alpha", "beta", "gamma", "delta", "length", "stream", "message", "chunk"};
  QByteArray block;
  while (block.size() < (4 << 20)) block += QByteArray(words[random() % 8]) + (random() % 9 == 0 ? '\n' : ' ');
  QByteArray all;
  all.reserve(size + block.size());
  while (all.size() < size) all += block;
  return all.first(size);
}

quint64 findAll(const SearchPattern &pattern, ByteView bytes) {
  quint64 count = 0;
  std::vector<SearchHit> hits;
  for (quint64 at = 0; at < bytes.size();) {
    hits.clear();
    at = pattern.find(bytes, ByteRange::ofSize(at, slice), true, hits).next;
    count += hits.size();
  }
  return count;
}

quint64 byMemmem(ByteView bytes, const char *needle) {
  quint64 count = 0;
  const std::size_t size = std::strlen(needle);
  const std::uint8_t *at = bytes.data();
  const std::uint8_t *const end = at + bytes.size();
  while (const void *found = ::memmem(at, static_cast<std::size_t>(end - at), needle, size)) {
    ++count;
    at = static_cast<const std::uint8_t *>(found) + 1;
  }
  return count;
}

}  // namespace

int main(int argc, char **argv) {
  QCoreApplication application(argc, argv);
  const QByteArray bytes = text(512 << 20);
  const ByteView view = viewOf(bytes);
  using enum TextEncoding;
  const struct {
    const char *name;
    SearchPattern pattern;
    const char *plain;
  } cases[] = {
      {"text that is not there", SearchPattern::anyOf({"a needle"}), "a needle"},
      {"text in every hundredth word", SearchPattern::anyOf({"length\nstream"}), "length\nstream"},
      {"text in every eighth word", SearchPattern::anyOf({"gamma"}), "gamma"},
      {"text in any encoding", textPattern(u"a needle"_s, Utf8 | Utf16Le | Utf16Be | Latin1, false).value(),
       "a needle"},
      {"text in any case", textPattern(u"A Needle"_s, Utf8, true).value(), "a needle"},
      {"a number of any size and order", numberPattern(u"305419896", {}).value(), "\x12\x34\x56\x78"},
      {"hex with a gap", hexPattern(u"01 ?? 03").value(), "\1\2\3"},
      {"an expression", SearchPattern::regex(u"m[a-z]+e\\n"_s).value(), "message\n"},
  };
  for (const auto &one : cases) {
    std::vector<double> ours;
    std::vector<double> plain;
    quint64 count = 0;
    for (int i = 0; i < rounds; ++i) {
      double start = cpuSeconds();
      count = findAll(one.pattern, view);
      ours.push_back(cpuSeconds() - start);
      start = cpuSeconds();
      [[maybe_unused]] volatile quint64 other = byMemmem(view, one.plain);
      plain.push_back(cpuSeconds() - start);
    }
    const double gigabytes = static_cast<double>(bytes.size()) / 1e9;
    std::printf("%-34s %10llu found  %6.2f GB/s  %5.2fx memmem\n", one.name, count, gigabytes / median(ours),
                median(ours) / median(plain));
  }

  SearchHits hits;
  QEventLoop loop;
  QObject::connect(&hits, &SearchHits::changed, &loop, [&] {
    if (hits.isComplete() || hits.isFull()) loop.quit();
  });
  hits.setBytes(ByteSnapshot::of(bytes));
  hits.setPattern(SearchPattern::anyOf({"ta "}));
  loop.exec();
  std::minstd_rand random(2);
  std::vector<ByteRange> page;
  const double start = cpuSeconds();
  for (int i = 0; i < 10'000; ++i) {
    page.clear();
    const quint64 at = (static_cast<quint64>(random()) << 8) % view.size();
    hits.within({at, at + 2000}, page);
  }
  std::printf("a page of %llu hits: %.2f us\n", hits.count(), (cpuSeconds() - start) / 10'000 * 1e6);
  return 0;
}
