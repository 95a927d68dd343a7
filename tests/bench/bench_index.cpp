// The index over 10 and 100 million small messages: what it adds to a bare scan, its bytes and allocations a message,
// and what looking one up costs. The yardstick is the same framer's scan, in the same run.
#include "model/framing/message_index.h"

#include "model/framing/registry.h"
#include "model/framing/row_order.h"

#include <benchmark/benchmark.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <map>
#include <new>
#include <random>

namespace {

std::atomic<quint64> allocations = 0;

}  // namespace

void *operator new(std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  if (void *memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void *memory) noexcept {
  std::free(memory);
}
void operator delete(void *memory, std::size_t) noexcept {
  std::free(memory);
}

namespace octetscope {
namespace {

constexpr qsizetype messageSize = 6;  // u16 length and four bytes

StreamView streamOf(qint64 messages) {
  static std::map<qint64, StreamView> made;
  StreamView &stream = made[messages];
  if (stream.size() == 0) {
    stream = {ByteSnapshot::of(QByteArray("\0\4abc\n", messageSize).repeated(messages)), {}, StreamEnd::Fin, noTime};
  }
  return stream;
}

FramerPtr framerOf(int kind) {
  return *framerFromSpec(kind == 0 ? QStringLiteral("length:u16be") : QStringLiteral("lines"));
}

double nanoseconds(std::chrono::steady_clock::time_point since) {
  return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - since).count();
}

quint64 bareScan(const Framer &framer, const StreamView &stream) {
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

/// Scan and index by turns, so that both meet the same machine.
void advance(benchmark::State &state) {
  const StreamView stream = streamOf(state.range(0));
  const FramerPtr framer = framerOf(static_cast<int>(state.range(1)));
  const auto messages = static_cast<double>(state.range(0));
  double bare = 0;
  double indexed = 0;
  quint64 taken = 0;
  quint64 memory = 0;
  for (auto _ : state) {
    auto start = std::chrono::steady_clock::now();
    benchmark::DoNotOptimize(bareScan(*framer, stream));
    bare += nanoseconds(start);
    MessageIndex index(framer);
    const quint64 before = allocations;
    start = std::chrono::steady_clock::now();
    while (index.advance(stream, 1 << 20)) {
    }
    const double time = nanoseconds(start);
    indexed += time;
    taken = allocations - before;
    memory = index.memoryUsed();
    if (index.count() != static_cast<quint64>(state.range(0))) state.SkipWithError("wrong count");
    state.SetIterationTime(time / 1e9);
  }
  const auto runs = static_cast<double>(state.iterations());
  state.counters["ns_a_message"] = indexed / runs / messages;
  state.counters["bare_ns"] = bare / runs / messages;
  state.counters["ratio"] = indexed / bare;
  state.counters["bytes_a_message"] = static_cast<double>(memory) / messages;
  state.counters["allocations_a_message"] = static_cast<double>(taken) / messages;
}
BENCHMARK(advance)
    ->ArgsProduct({{10'000'000, 100'000'000}, {0, 1}})
    ->UseManualTime()
    ->Iterations(3)
    ->Unit(benchmark::kMillisecond);

void randomAccess(benchmark::State &state) {
  const StreamView stream = streamOf(state.range(0));
  MessageIndex index(framerOf(static_cast<int>(state.range(1))));
  while (index.advance(stream, 1 << 24)) {
  }
  std::mt19937_64 random(1);
  for (auto _ : state) benchmark::DoNotOptimize(index.at(stream, random() % index.count()));
}
BENCHMARK(randomAccess)->ArgsProduct({{10'000'000, 100'000'000}, {0, 1}});

void rowLookUp(benchmark::State &state) {
  RowOrder order;
  for (qint64 i = 0; i < state.range(0); ++i) order.append(static_cast<RowKind>(i & 1));
  std::mt19937_64 random(1);
  for (auto _ : state) {
    const RowOrder::Row row = order.at(random() % order.count());
    benchmark::DoNotOptimize(order.rowOf(row.kind, row.number));
  }
  state.counters["bytes_a_row"] = static_cast<double>(order.memoryUsed()) / static_cast<double>(order.count());
}
BENCHMARK(rowLookUp)->Arg(10'000'000);

}  // namespace
}  // namespace octetscope

BENCHMARK_MAIN();
