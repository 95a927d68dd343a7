// Framings that have a marker, beside the loop that does nothing but look for it in the same bytes: MB/s, and how much
// longer it takes to frame, unstuff and verify. CPU times, medians of 11, taken in turns.
#include "model/framing/registry.h"
#include "tests/bench/timing.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <random>
#include <vector>

#include <time.h>

using namespace octetscope;

namespace {

constexpr int rounds = 11;

/// CPU time of this thread: a busy machine lengthens everything else.
/// About `size` bytes of messages of a framing, with payloads of 1 to `most` bytes.
ByteSnapshot messagesOf(const Framer &framer, qsizetype size, int most) {
  std::mt19937_64 random(11);
  QByteArray bytes;
  bytes.reserve(size + 4096);
  while (bytes.size() < size) {
    QByteArray payload(static_cast<qsizetype>(1 + random() % static_cast<unsigned>(most)), Qt::Uninitialized);
    for (char &c : payload) c = static_cast<char>(random());
    bytes += framer.encode(payload).value();
  }
  return ByteSnapshot::of(bytes);
}

struct Marked {
  const char *spec;
  QByteArray marker;
};

/// MB/s of framings that have a marker, beside a loop that only looks for the marker in the same bytes.
void reportMarked(const Marked &marked) {
  const FramerPtr framer = framerFromSpec(QString::fromUtf8(marked.spec)).value();
  for (const int most : {100, 1400}) {
    const StreamView stream{messagesOf(*framer, 16 << 20, most), {}, StreamEnd::Open, noTime};
    const double megabytes = static_cast<double>(stream.size()) * 1e-6;
    std::vector<double> ratios;
    std::vector<double> rates;
    quint64 count = 0;
    for (int i = 0; i < rounds; ++i) {
      double start = cpuSeconds();
      quint64 found = 0;
      const std::uint8_t *at = stream.bytes.data();
      const std::uint8_t *const end = at + stream.size();
      while (const void *next =
                 marked.marker.size() == 1
                     ? std::memchr(at, static_cast<std::uint8_t>(marked.marker[0]), static_cast<std::size_t>(end - at))
                     : ::memmem(at, static_cast<std::size_t>(end - at), marked.marker.constData(),
                                static_cast<std::size_t>(marked.marker.size()))) {
        ++found;
        at = static_cast<const std::uint8_t *>(next) + 1;
      }
      benchmark::DoNotOptimize(found);
      const double base = cpuSeconds() - start;
      start = cpuSeconds();
      ScanState state;
      MessageBatch batch;
      count = 0;
      do {
        batch.start(state.at);
        framer->scan(stream, state, batch);
        count += batch.messages().size();
      } while (batch.isFull());
      const double own = cpuSeconds() - start;
      ratios.push_back(own / base);
      rates.push_back(megabytes / own);
    }
    std::printf("%-44s payloads up to %4d: %7.0f MB/s, %6.2fx the loop over markers, %5.1f ns a message\n", marked.spec,
                most, median(rates), median(ratios),
                megabytes / median(rates) * 1e9 / static_cast<double>(std::max<quint64>(count, 1)));
  }
}

QList<Marked> markedFramings() {
  return {{"slip", "\xc0"},
          {"cobs", QByteArray(1, 0)},
          {"hdlc", "\x7e"},
          {"hdlc,fcs=32", "\x7e"},
          {"hdlc,fcs=none", "\x7e"},
          {"tlv:u8/u16be", QByteArray(1, 0)},
          {"sync:AA55,length=u16be", "\xaa\x55"},
          {"sync:AA55,length=u16be,adjust=4,checksum=crc-32/iso-hdlc", "\xaa\x55"},
          {"sync:AA55,length=u16be,adjust=2,checksum=crc-16/xmodem", "\xaa\x55"},
          {"sync:AA55,length=u16be,adjust=1,checksum=xor8", "\xaa\x55"},
          {"sync:AA55,length=u16be,adjust=4,checksum=adler32", "\xaa\x55"}};
}

}  // namespace

int main() {
  for (const Marked &marked : markedFramings()) reportMarked(marked);
  return 0;
}
