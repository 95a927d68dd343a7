// Decoding alone: 3.5 million payloads of `!IHBBQd` with 0 to 100 bytes behind each, summed. The yardstick is the loop
// a programmer would write by hand for just these fields; both walk the same table of places, in turns, and the ratios
// are medians.
#include "tests/bench/value_sum.h"

#include <benchmark/benchmark.h>

#include <QByteArray>
#include <QtEndian>

#include <algorithm>
#include <bit>
#include <cstdio>
#include <ctime>
#include <vector>

using namespace octetscope;
using bench::Sum;

namespace {

constexpr std::size_t messages = 3'500'000;
constexpr std::size_t fixedSize = 24;

struct Data {
  std::vector<std::uint8_t> bytes;
  std::vector<quint64> offsets;
  std::vector<ByteView> views;
};

const Data &data() {
  static const Data made = [] {
    Data result;
    quint64 state = 42;
    const auto random = [&state] {
      state ^= state << 13;
      state ^= state >> 7;
      return state ^= state << 17;
    };
    std::vector<quint64> &offsets = result.offsets;
    result.bytes.reserve(messages * 80);
    for (std::size_t i = 0; i < messages; ++i) {
      offsets.push_back(result.bytes.size());
      const std::size_t size = fixedSize + random() % 101;
      for (std::size_t j = 0; j < size; ++j) result.bytes.push_back(static_cast<std::uint8_t>(random() >> 20));
      const auto number = qToBigEndian(std::bit_cast<quint64>(static_cast<double>(i)));
      std::memcpy(result.bytes.data() + offsets.back() + 16, &number, 8);
    }
    offsets.push_back(result.bytes.size());
    for (std::size_t i = 0; i < messages; ++i) {
      result.views.emplace_back(result.bytes.data() + offsets[i], offsets[i + 1] - offsets[i]);
    }
    return result;
  }();
  return made;
}

const Layout &layout() {
  static const auto parsed = Layout::parse(u"!IHBBQd").value();
  return *parsed;
}

Sum byHand() {
  Sum sum;
  for (const ByteView payload : data().views) {
    if (payload.size() < fixedSize) continue;
    const std::uint8_t *at = payload.data();
    sum.whole += qFromBigEndian<quint32>(at);
    sum.whole += qFromBigEndian<quint16>(at + 4);
    sum.whole += at[6];
    sum.whole += at[7];
    sum.whole += qFromBigEndian<quint64>(at + 8);
    sum.real += std::bit_cast<double>(qFromBigEndian<quint64>(at + 16));
  }
  return sum;
}

Sum byVisit() {
  Sum sum;
  const Layout &decoder = layout();
  for (const ByteView payload : data().views) {
    if (payload.size() >= decoder.size()) decoder.visit(payload, sum);
  }
  return sum;
}

Sum byColumns() {
  Sum sum;
  const Layout &decoder = layout();
  const auto all = std::span(data().offsets).first(messages);
  for (std::size_t at = 0; at < all.size(); at += 64) {
    bench::addColumns(decoder, data().bytes.data(), all.subspan(at, std::min<std::size_t>(64, all.size() - at)), sum);
  }
  return sum;
}

Sum byUnpack() {
  Sum sum;
  const Layout &decoder = layout();
  for (std::size_t i = 0; i < messages / 10; ++i) {
    const auto values = decoder.unpack(data().views[i].first(fixedSize));
    sum.whole += static_cast<quint64>(values->size());
  }
  return sum;
}

template <Sum (*run)()>
void timed(benchmark::State &state) {
  data();
  for (auto _ : state) benchmark::DoNotOptimize(run());
  state.SetItemsProcessed(state.iterations() * static_cast<qint64>(messages));
}
BENCHMARK(timed<byHand>)->Name("hand")->Unit(benchmark::kMillisecond);
BENCHMARK(timed<byVisit>)->Name("visit")->Unit(benchmark::kMillisecond);
BENCHMARK(timed<byColumns>)->Name("visitColumns")->Unit(benchmark::kMillisecond);
BENCHMARK(timed<byUnpack>)->Name("unpack, a tenth of them")->Unit(benchmark::kMillisecond);

/// Processor time, so that a busy machine does not count.
double secondsOf(Sum (*run)(), const Sum &expected) {
  const std::clock_t start = std::clock();
  const Sum sum = run();
  const std::clock_t end = std::clock();
  if (sum.whole != expected.whole) std::puts("WRONG SUM");
  return static_cast<double>(end - start) / CLOCKS_PER_SEC;
}

void reportRatios() {
  const Sum expected = byHand();
  std::vector<double> hand;
  std::vector<double> visit;
  std::vector<double> columns;
  for (int round = 0; round < 11; ++round) {
    const double base = secondsOf(byHand, expected);
    hand.push_back(base * 1e9 / messages);
    visit.push_back(secondsOf(byVisit, expected) / base);
    columns.push_back(secondsOf(byColumns, expected) / base);
  }
  const auto median = [](std::vector<double> &values) {
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
    return values[values.size() / 2];
  };
  std::printf("hand %.2f ns a message; visit %.2f x, visitColumns %.2f x (medians of 11)\n", median(hand),
              median(visit), median(columns));
}

}  // namespace

int main(int argc, char **argv) {
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  reportRatios();
  return 0;
}
