// Compressed streams: finding where they end against zlib's own inflate loop with the same buffer, in this binary and
// in turns; ratios are medians of 11 of CPU times.
//   large: zlib streams of a megabyte of JSON-like text each
//   small: of 200 bytes each, where each stream's own costs count
//   payloads: reading them, piece by piece
//   one byte at a time: 16 times the bytes in at most 20 times the time
#include "model/framing/registry.h"
#include "tests/bench/timing.h"

#include <benchmark/benchmark.h>

#include <QtGlobal>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <vector>

#include <time.h>
#include <zlib.h>

using namespace octetscope;

namespace {

constexpr int rounds = 11;

double processSeconds() {
  timespec now = {};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

QByteArray text(qsizetype size) {
  QByteArray result;
  quint32 number = 1;
  while (result.size() < size) {
    number = number * 1664525 + 1013904223;
    result += "{\"seq\":" + QByteArray::number(number >> 8) + ",\"name\":\"sensor" + QByteArray::number(number >> 28) +
              "\",\"value\":" + QByteArray::number(number >> 20) + "}\n";
  }
  return result.first(size);
}

QByteArray streamsOf(const Framer &framer, qsizetype payload, int count) {
  const QByteArray all = text(payload + 1000 * 17);
  QByteArray bytes;
  for (int i = 0; i < count; ++i) bytes += framer.encode(QByteArrayView(all).sliced(i % 1000 * 17, payload)).value();
  return bytes;
}

/// Ends and sizes, summed up.
quint64 inflatedByHand(const QByteArray &bytes) {
  z_stream stream = {};
  if (inflateInit(&stream) != Z_OK) qFatal("zlib");
  static std::array<unsigned char, 65536> piece;
  quint64 sum = 0;
  auto *at = reinterpret_cast<unsigned char *>(const_cast<char *>(bytes.data()));
  auto *const end = at + bytes.size();
  while (at < end) {
    stream.next_in = at;
    stream.avail_in = static_cast<uInt>(end - at);
    int result = Z_OK;
    while (result == Z_OK) {
      stream.next_out = piece.data();
      stream.avail_out = piece.size();
      result = inflate(&stream, Z_NO_FLUSH);
    }
    if (result != Z_STREAM_END) qFatal("not a stream");
    at = stream.next_in;
    sum += static_cast<quint64>(end - at) + stream.total_out;
    inflateReset(&stream);
  }
  inflateEnd(&stream);
  return sum;
}

quint64 scanned(const Framer &framer, const ByteSnapshot &bytes, quint64 step) {
  ScanState state;
  MessageBatch batch;
  quint64 sum = 0;
  for (quint64 size = std::min(step, bytes.size());; size = std::min(size + step, bytes.size())) {
    const StreamView view{bytes.prefix(size), {}, StreamEnd::Open, noTime};
    do {
      batch.start(state.at);
      framer.scan(view, state, batch);
      for (const Message &message : batch.messages()) sum += bytes.size() - message.end() + message.payloadSize;
    } while (batch.isFull());
    if (size == bytes.size()) return sum;
  }
}

quint64 payloads(const Framer &framer, const ByteSnapshot &bytes) {
  const StreamView view{bytes, {}, StreamEnd::Open, noTime};
  ScanState state;
  MessageBatch batch;
  quint64 sum = 0;
  do {
    batch.start(state.at);
    framer.scan(view, state, batch);
    for (const Message &message : batch.messages()) {
      sum += bytes.size() - message.end();
      (void)framer.payloadPieces(view, message, [&sum](ByteView piece) {
        sum += piece.size();
        return true;
      });
    }
  } while (batch.isFull());
  return sum;
}

template <typename Run, typename Yardstick>
void report(const char *name, const QByteArray &bytes, double bar, Run run, Yardstick yardstick) {
  const quint64 expected = yardstick();
  const quint64 got = run();
  std::vector<double> ratios;
  std::vector<double> seconds;
  for (int i = 0; i < rounds; ++i) {
    double start = processSeconds();
    benchmark::DoNotOptimize(yardstick());
    const double base = processSeconds() - start;
    start = processSeconds();
    benchmark::DoNotOptimize(run());
    seconds.push_back(processSeconds() - start);
    ratios.push_back(seconds.back() / base);
  }
  const double ratio = median(ratios);
  std::printf("%-44s %6.3fx (bar %.2fx) %s  %7.1f MB/s compressed%s\n", name, ratio, bar,
              ratio <= bar ? "ok  " : "OVER", static_cast<double>(bytes.size()) / median(seconds) / 1e6,
              got == expected ? "" : "  WRONG SUM");
}

}  // namespace

int main() {
  const FramerPtr framer = framerFromSpec(u"zlib").value();
  const QByteArray large = streamsOf(*framer, 1 << 20, 60);
  const QByteArray small = streamsOf(*framer, 200, 60'000);
  const ByteSnapshot largeBytes = ByteSnapshot::of(large);
  const ByteSnapshot smallBytes = ByteSnapshot::of(small);
  report(
      "scan, large / inflate", large, 1.2, [&] { return scanned(*framer, largeBytes, ~0ULL); },
      [&] { return inflatedByHand(large); });
  report(
      "scan, large, in pieces of 64 KiB / inflate", large, 1.2, [&] { return scanned(*framer, largeBytes, 65536); },
      [&] { return inflatedByHand(large); });
  report(
      "scan, small / inflate", small, 1.2, [&] { return scanned(*framer, smallBytes, ~0ULL); },
      [&] { return inflatedByHand(small); });
  report(
      "scan and payloads, large / inflate, twice", large, 1.2, [&] { return payloads(*framer, largeBytes); },
      [&] { return inflatedByHand(large) + 0 * inflatedByHand(large); });

  std::vector<double> ratios;
  const ByteSnapshot many = ByteSnapshot::of(large.first(16 * 32 * 1024));
  for (int i = 0; i < rounds; ++i) {
    double start = processSeconds();
    benchmark::DoNotOptimize(scanned(*framer, many.prefix(32 * 1024), 1));
    const double few = processSeconds() - start;
    start = processSeconds();
    benchmark::DoNotOptimize(scanned(*framer, many, 1));
    ratios.push_back((processSeconds() - start) / few);
  }
  const double start = processSeconds();
  scanned(*framer, many, 1);
  std::printf("%-44s %6.2fx the time of a sixteenth (bar 20x) %s  %6.1f ns a byte\n", "one byte at a time",
              median(ratios), median(ratios) <= 20 ? "ok  " : "OVER",
              (processSeconds() - start) * 1e9 / static_cast<double>(many.size()));
  return 0;
}
