// bench_sum_file FILE FRAMING LAYOUT: reads the file in pieces, frames it, decodes every value and sums them all, and
// prints messages, the sum of what is no floating point number modulo 2^64, the other sum, and the nanoseconds of
// processor time it took, opening and reading included. compare_python.py compares it with Python, which must find the
// same sums.
#include "model/files/file_window.h"
#include "model/framing/registry.h"
#include "tests/bench/value_sum.h"

#include <QFile>

#include <cstdio>

#include <time.h>

using namespace octetscope;

namespace {

constexpr quint64 pieceSize = 256 * 1024;

long long processorNs() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * 1'000'000'000LL + now.tv_nsec;
}

}  // namespace

int main(int argc, char **argv) {
  if (argc < 4) {
    std::fputs("usage: bench_sum_file FILE FRAMING LAYOUT\n", stderr);
    return 2;
  }
  const auto framer = framerFromSpec(QString::fromLocal8Bit(argv[2]));
  const auto layout = Layout::parse(QString::fromLocal8Bit(argv[3]));
  if (!framer || !layout) {
    std::fprintf(stderr, "%s\n", qPrintable((framer ? layout.error() : framer.error()).line()));
    return 2;
  }
  const long long start = processorNs();
  FileWindow file(QFile::decodeName(argv[1]));
  ScanState state;
  bench::Sum sum;
  for (quint64 size = pieceSize;;) {
    const StreamView view{file.read(state.at, size), {}, StreamEnd::Open, noTime};
    const bool isLast = view.size() < state.at + size;
    const quint64 from = state.at;
    bench::addStream(**framer, **layout, view, state, sum);
    if (isLast) break;
    if (state.at == from) size *= 2;  // a message that no piece held
  }
  const long long took = processorNs() - start;
  std::printf("%llu %llu %.17g %lld\n", sum.count, sum.whole, sum.real, took);
  return 0;
}
