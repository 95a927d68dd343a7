// The engine against the loops a programmer would write by hand, in this binary and in turns; ratios are medians of 11
// of CPU times.
//   frame + decode + sum: 3.5 million messages, a u16 length and `!IHBBQd` with 0 to 100 bytes behind it
//   the live path: the same bytes in arrivals of 64 KiB
//   lines: against a memchr loop
//   one byte at a time: 16 times the bytes in at most 20 times the time, for every framing and for one endless message
//   allocations: counted in malloc itself, for every framing
#include "model/framing/registry.h"
#include "tests/bench/timing.h"
#include "tests/bench/value_sum.h"

#include <benchmark/benchmark.h>

#include <QtEndian>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstdio>
#include <cstring>
#include <random>
#include <vector>

#include <time.h>

using namespace octetscope;
using bench::Sum;

namespace {
std::atomic<quint64> allocations = 0;
}

// glibc's own entry points: everything that allocates, operator new and QByteArray included, comes through here.
extern "C" {
void *__libc_malloc(std::size_t size);
void *__libc_calloc(std::size_t count, std::size_t size);
void *__libc_realloc(void *old, std::size_t size);
void *malloc(std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  return __libc_malloc(size);
}
void *calloc(std::size_t count, std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  return __libc_calloc(count, size);
}
void *realloc(void *old, std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  return __libc_realloc(old, size);
}
}

namespace {

constexpr int rounds = 11;
constexpr quint64 piece = 64 * 1024;

StreamView viewOver(const ByteSnapshot &bytes, StreamEnd end = StreamEnd::Open) {
  return {bytes, {}, end, noTime};
}

/// Where a stream of that size lies in this program: in a mapped file.
ByteSnapshot recorded(const QByteArray &bytes) {
  static std::vector<std::unique_ptr<ByteStore>> stores;
  stores.push_back(std::make_unique<ByteStore>());
  if (!stores.back()->append(viewOf(bytes))) std::puts("no space for the bytes");
  return stores.back()->snapshot();
}

const ByteSnapshot &records() {
  static const ByteSnapshot made = [] {
    constexpr std::size_t messages = 3'500'000;
    std::mt19937_64 random(42);
    QByteArray bytes;
    bytes.reserve(messages * 80);
    for (std::size_t i = 0; i < messages; ++i) {
      std::array<std::uint8_t, 126> message;
      const quint16 size = static_cast<quint16>(24 + random() % 101);
      for (std::size_t j = 0; j < message.size(); j += 6) {
        const quint64 noise = random();
        std::memcpy(message.data() + j, &noise, 6);
      }
      qToBigEndian(size, message.data());
      qToBigEndian(std::bit_cast<quint64>(static_cast<double>(i)), message.data() + 18);
      bytes.append(reinterpret_cast<const char *>(message.data()), size + 2);
    }
    return recorded(bytes);
  }();
  return made;
}

const ByteSnapshot &lines() {
  static const ByteSnapshot made = [] {
    std::mt19937_64 random(7);
    QByteArray bytes(256 << 20, 'x');
    for (qsizetype at = static_cast<qsizetype>(random() % 120); at < bytes.size(); at += 1 + random() % 119) {
      bytes[at] = '\n';
    }
    return recorded(bytes);
  }();
  return made;
}

// noipa: a loop that the compiler knows to have no effect may be moved out of the time that is taken.
[[gnu::noipa]] Sum framedByHand() {
  const ByteView bytes = records().view();
  Sum sum;
  for (std::size_t at = 0; bytes.size() - at >= 2;) {
    const std::size_t size = qFromBigEndian<quint16>(bytes.data() + at);
    if (bytes.size() - at - 2 < size) break;
    const std::uint8_t *payload = bytes.data() + at + 2;
    if (size >= 24) {
      sum.whole += qFromBigEndian<quint32>(payload);
      sum.whole += qFromBigEndian<quint16>(payload + 4);
      sum.whole += payload[6];
      sum.whole += payload[7];
      sum.whole += qFromBigEndian<quint64>(payload + 8);
      sum.real += std::bit_cast<double>(qFromBigEndian<quint64>(payload + 16));
    }
    ++sum.count;
    at += size + 2;
  }
  return sum;
}

const Layout &layout() {
  static const auto parsed = Layout::parse(u"!IHBBQd").value();
  return *parsed;
}

[[gnu::noipa]] Sum framedByEngine() {
  static const FramerPtr framer = framerFromSpec(u"length:u16be").value();
  ScanState state;
  Sum sum;
  bench::addStream(*framer, layout(), viewOver(records()), state, sum);
  return sum;
}

/// Framing alone, and the sum of the payloads' sizes.
[[gnu::noipa]] Sum framedOnly() {
  static const FramerPtr framer = framerFromSpec(u"length:u16be").value();
  const StreamView stream = viewOver(records());
  ScanState state;
  Sum sum;
  MessageBatch batch;
  do {
    batch.start(state.at);
    framer->scan(stream, state, batch);
    for (const Message &message : batch.messages()) sum.whole += message.payloadSize;
    sum.count += batch.messages().size();
  } while (batch.isFull());
  return sum;
}

/// The same by hand.
[[gnu::noipa]] Sum framedOnlyByHand() {
  const ByteView bytes = records().view();
  Sum sum;
  for (std::size_t at = 0; bytes.size() - at >= 2;) {
    const std::size_t size = qFromBigEndian<quint16>(bytes.data() + at);
    if (bytes.size() - at - 2 < size) break;
    sum.whole += size;
    ++sum.count;
    at += size + 2;
  }
  return sum;
}

[[gnu::noipa]] Sum framedLive() {
  static const FramerPtr framer = framerFromSpec(u"length:u16be").value();
  ScanState state;
  Sum sum;
  const StreamView whole = viewOver(records());
  for (quint64 size = piece; size < whole.size() + piece; size += piece) {
    bench::addStream(*framer, layout(), whole.prefix(size), state, sum);
  }
  return sum;
}

[[gnu::noipa]] Sum linesByHand() {
  const ByteView bytes = lines().view();
  Sum sum;
  const std::uint8_t *at = bytes.data();
  const std::uint8_t *const end = at + bytes.size();
  while (const void *found = std::memchr(at, '\n', static_cast<std::size_t>(end - at))) {
    const auto *const next = static_cast<const std::uint8_t *>(found) + 1;
    sum.whole += static_cast<quint64>(next - at) - 1;
    ++sum.count;
    at = next;
  }
  return sum;
}

Sum linesFramed(QStringView spec) {
  const FramerPtr framer = framerFromSpec(spec).value();
  const StreamView stream = viewOver(lines());
  ScanState state;
  Sum sum;
  MessageBatch batch;
  do {
    batch.start(state.at);
    framer->scan(stream, state, batch);
    for (const Message &message : batch.messages()) sum.whole += message.payloadSize;
    sum.count += batch.messages().size();
  } while (batch.isFull());
  return sum;
}
[[gnu::noipa]] Sum linesByLines() {
  return linesFramed(u"lines");
}
[[gnu::noipa]] Sum linesByDelimiter() {
  return linesFramed(u"delimiter:\\n");
}

using Run = Sum (*)();

/// CPU time of this thread: a busy machine lengthens everything else.
template <Run run>
void timed(benchmark::State &state) {
  for (auto _ : state) benchmark::DoNotOptimize(run());
}

double secondsOf(Run run, Sum *result = nullptr) {
  const double start = cpuSeconds();
  Sum sum = run();
  benchmark::DoNotOptimize(sum);
  if (result) *result = sum;
  return cpuSeconds() - start;
}

/// Median of the times of `run` over those of `yardstick`, taken in turns.
void reportRatio(const char *name, Run run, Run yardstick, double bar) {
  std::vector<double> ratios;
  std::vector<double> seconds;
  Sum expected;
  Sum got;
  secondsOf(yardstick, &expected);
  secondsOf(run, &got);
  for (int i = 0; i < rounds; ++i) {
    const double base = secondsOf(yardstick);
    const double own = secondsOf(run);
    seconds.push_back(own);
    ratios.push_back(own / base);
  }
  const double ratio = median(ratios);
  std::printf("%-44s %6.3fx (bar %.2fx) %s  %6.2f ns a message%s\n", name, ratio, bar, ratio <= bar ? "ok  " : "OVER",
              median(seconds) * 1e9 / static_cast<double>(got.count), got == expected ? "" : "  WRONG SUM");
}

struct Dribble {
  const char *name;
  const char *spec;
  QByteArray unit;        // the stream is this, again and again
  QByteArray front = {};  // and before it this
};

QList<Dribble> dribbles() {
  const QByteArray endless(97, 'x');
  const QByteArray hugeHead = QByteArray::fromHex("7fffffff");
  return {
      {"until-close", "until-close", endless},
      {"fixed", "fixed:16", endless},
      {"lines", "lines", "0123456789abcdef\n"},
      {"lines, endless", "lines,max=999999999", endless},
      {"delimiter, endless", "delimiter:xxxxxxxxxxxxxxxxy,max=999999999", endless},
      {"delimiter, quoted", "delimiter:\\r\\n,quote=\",escape=\\\\", "ab\"\r\n\"\\\"\r\n"},
      {"delimiter, quoted, endless", "delimiter:\\r\\n,quote=\",escape=\\\\,max=999999999", endless, "\""},
      {"length", "length:u16be", QByteArray("\0\5hello", 7)},
      {"length, endless", "length:u32be,max=4294967296", endless, hugeHead},
      {"varint", "length:varint", QByteArray("\5hello", 6)},
      {"decimal", "length:decimal", "5 hello"},
      {"netstring", "netstring", "5:hello,"},
      {"netstring, endless", "netstring,max=4294967296", endless, "2147483647:"},
      {"chunked", "chunked:u8", QByteArray("\2ab\1c\0", 6)},
      {"chunked, endless", "chunked:u8,max=999999999", QByteArray("\1a", 2)},
      {"slip", "slip", "\xc0hel\xdb\xdclo\xc0"},
      {"slip, endless", "slip,max=999999999", endless},
      {"slip, filler", "slip", "\xc0"},
      {"cobs", "cobs", QByteArray("\3ab\2c\0", 6)},
      {"cobs, endless", "cobs,max=999999999", "\5abcd"},
      {"hdlc", "hdlc", "123456789\x6e\x90\x7e"},
      {"hdlc, endless", "hdlc,max=999999999", endless},
      {"tlv", "tlv:u8/u16be", QByteArray("\1\0\5hello", 8)},
      {"sync", "sync:AA55,length=u8,checksum=crc-16/arc", QByteArray("\xaa\x55\7hello\x5c\x81", 10)},
      {"sync, endless", "sync:AA,length=u32be,checksum=crc-32,max=4294967296", endless, "\xaa" + hugeHead},
      {"sync, garbage", "sync:AA55,length=u8", endless},
      {"msgpack", "msgpack", QByteArray("\x82\xa1\x61\x01\xa1\x62\x92\x02\x03", 9)},
      {"msgpack, endless", "msgpack,max=4294967296", QByteArray("\x01\xa2hi", 4), QByteArray::fromHex("dd7fffffff")},
      {"cbor", "cbor", QByteArray("\xbf\x61\x61\x01\x61\x62\x9f\x02\x03\xff\xff", 11)},
      {"cbor, endless", "cbor,max=4294967296", QByteArray("\x9f\x01\xff", 3), "\x9f"},
      {"pickle", "pickle", QByteArray("\x80\x04K\x07I12\n.", 9)},
      {"pickle, endless", "pickle,max=4294967296", QByteArray("K\x07I12\n", 6)},
      {"pickle, an endless line", "pickle,max=4294967296", endless, "c"},
      {"json", "json", "{\"a\":[1,\"b\"]} 12 "},
      {"json, endless", "json,max=999999999", "[{\"a\":", "["},
      {"xml", "xml", "<a b='c'>d<e/></a>\n"},
      {"xml, endless", "xml,max=999999999", "<a>b", "<a>"},
      {"an error", "netstring", endless}};
}

double dribbleSeconds(const Framer &framer, const ByteSnapshot &bytes) {
  const double start = cpuSeconds();
  ScanState state;
  MessageBatch batch;
  quint64 sum = 0;
  for (quint64 size = 1; size <= bytes.size(); ++size) {
    const StreamView view = viewOver(bytes.prefix(size));
    do {
      batch.start(state.at);
      framer.scan(view, state, batch);
    } while (batch.isFull());
    sum += framer.rest(view, state).size;
  }
  benchmark::DoNotOptimize(sum);
  return cpuSeconds() - start;
}

void reportDribble(const Dribble &dribble) {
  const FramerPtr framer = framerFromSpec(QString::fromUtf8(dribble.spec)).value();
  constexpr qsizetype small = 32 * 1024;
  QByteArray all = dribble.front;
  while (all.size() < 16 * small) all += dribble.unit;
  const ByteSnapshot few = ByteSnapshot::of(all.first(small));
  const ByteSnapshot many = ByteSnapshot::of(all.first(16 * small));
  std::vector<double> ratios;
  for (int i = 0; i < rounds; ++i) ratios.push_back(dribbleSeconds(*framer, many) / dribbleSeconds(*framer, few));

  // And while all of it is framed at once, nothing is allocated.
  const quint64 before = allocations.load();
  ScanState state;
  MessageBatch batch;
  quint64 count = 0;
  do {
    batch.start(state.at);
    framer->scan(viewOver(many), state, batch);
    count += batch.messages().size();
  } while (batch.isFull());
  const quint64 made = allocations.load() - before;
  const double ratio = median(ratios);
  std::printf(
      "%-30s 16x the bytes: %6.2fx the time (bar 20x) %s  %6.1f ns a byte  %llu allocations for %llu messages\n",
      dribble.name, ratio, ratio <= 20 ? "ok  " : "OVER",
      dribbleSeconds(*framer, many) * 1e9 / static_cast<double>(many.size()), made, count);
}

}  // namespace

BENCHMARK(timed<framedByHand>)->Name("frame, decode, sum: by hand")->Unit(benchmark::kMillisecond);
BENCHMARK(timed<framedByEngine>)->Name("frame, decode, sum: engine")->Unit(benchmark::kMillisecond);
BENCHMARK(timed<framedLive>)->Name("frame, decode, sum: engine, live")->Unit(benchmark::kMillisecond);
BENCHMARK(timed<linesByHand>)->Name("lines: memchr")->Unit(benchmark::kMillisecond);
BENCHMARK(timed<linesByDelimiter>)->Name("lines: delimiter")->Unit(benchmark::kMillisecond);
BENCHMARK(timed<linesByLines>)->Name("lines: lines")->Unit(benchmark::kMillisecond);

int main(int argc, char **argv) {
  benchmark::Initialize(&argc, argv);
  reportRatio("frame alone / by hand", framedOnly, framedOnlyByHand, 2.0);
  reportRatio("frame + decode + sum / by hand", framedByEngine, framedByHand, 2.0);
  reportRatio("in pieces of 64 KiB / the whole buffer", framedLive, framedByEngine, 1.25);
  reportRatio("delimiter:\\n / memchr loop", linesByDelimiter, linesByHand, 1 / 0.7);
  reportRatio("lines / memchr loop", linesByLines, linesByHand, 1 / 0.7);
  framedByEngine();
  const quint64 before = allocations.load();
  const Sum sum = framedByEngine();
  const quint64 made = allocations.load() - before;
  std::printf("%-44s %llu for %llu messages\n", "allocations while framing and decoding", made, sum.count);
  for (const Dribble &dribble : dribbles()) reportDribble(dribble);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
