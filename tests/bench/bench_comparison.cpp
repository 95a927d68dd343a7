// Comparing two framings over 1 GiB, against framing once and against framing by each of them, in turns; ratios of
// medians. The framings find the same, so the comparison looks at everything.
#include "model/background_pool.h"
#include "model/framing/comparison.h"
#include "model/framing/registry.h"
#include "tests/bench/timing.h"

#include <benchmark/benchmark.h>

#include <QThreadPool>
#include <QtEndian>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <random>
#include <vector>

using namespace octetscope;

namespace {

constexpr quint64 bytesOfAll = 1ULL << 30;
constexpr quint64 budget = 4 << 20;
constexpr int rounds = 5;

/// Messages of a big-endian u16 length, 20 to 120 bytes each, that are lines as well.
const ByteSnapshot &recorded() {
  static ByteStore store;
  static const ByteSnapshot made = [] {
    std::minstd_rand random(1);
    QByteArray block;
    for (quint64 size = 0; size < bytesOfAll;) {
      block.clear();
      while (block.size() < (1 << 20)) {
        const auto payload = static_cast<quint16>(20 + random() % 100);
        char head[2];
        // No byte of a length is a line feed.
        qToBigEndian<quint16>(payload, head);
        block.append(head, 2);
        block.append(payload - 1, 'x');
        block.append('\n');
      }
      size += static_cast<quint64>(block.size());
      if (!store.append(
              {reinterpret_cast<const std::uint8_t *>(block.constData()), static_cast<std::size_t>(block.size())})) {
        std::puts("no space for the bytes");
      }
    }
    return store.snapshot();
  }();
  return made;
}

quint64 frame(const Framer &framer, const StreamView &stream) {
  ScanState state;
  MessageBatch batch;
  quint64 count = 0;
  do {
    batch.start(state.at);
    framer.scan(stream, state, batch);
    count += batch.messages().size();
  } while (batch.isFull());
  return count;
}

template <typename Work>
double seconds(Work work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void compare(benchmark::State &state, const char *specA, const char *specB) {
  const StreamView stream{recorded(), {}, StreamEnd::Open, noTime};
  const FramerPtr a = framerFromSpec(QString::fromLatin1(specA)).value();
  const FramerPtr b = framerFromSpec(QString::fromLatin1(specB)).value();
  std::vector<double> one;
  std::vector<double> other;
  std::vector<double> both;
  quint64 count = 0;
  for (auto _ : state) {
    one.push_back(seconds([&] { count = frame(*a, stream); }));
    other.push_back(seconds([&] { benchmark::DoNotOptimize(frame(*b, stream)); }));
    both.push_back(seconds([&] {
      Comparison comparison(a, b);
      while (comparison.advance(stream, budget, backgroundPool())) {
      }
      if (comparison.sameMessages() != count) state.SkipWithError("they part");
    }));
    state.SetIterationTime(both.back());
  }
  state.counters["to_one"] = median(both) / median(one);
  state.counters["to_both"] = median(both) / (median(one) + median(other));
  state.counters["one_s"] = median(one);
  state.counters["messages"] = static_cast<double>(count);
}
BENCHMARK_CAPTURE(compare, lengths, "length:u16be", "length:u16be,max=70000")
    ->UseManualTime()
    ->Iterations(rounds)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(compare, lines, "lines", "delimiter:\\n,max=70000")
    ->UseManualTime()
    ->Iterations(rounds)
    ->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
