// Filters over 10 million messages (u16 length, 18 bytes of fields, up to 16 bytes of text; about 280 MB), as the
// window runs them: FilterRun over an indexed stream. Beside each stands a loop written by hand over the same bytes,
// which knows the format and counts what passes; in turns, medians of 9 of processor times. Bars: a condition on a
// fixed field 5 million messages a second, on size or status 20 million.
#include "model/filter/passing_rows.h"
#include "model/items/filter_run.h"
#include "tests/bench/many_messages.h"
#include "tests/bench/timing.h"

#include <QtEndian>

#include <algorithm>
#include <bit>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

#include <time.h>

namespace {

quint64 allocations = 0;

}  // namespace

void *operator new(std::size_t size) {
  ++allocations;
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

constexpr int rounds = 9;

template <typename Passes>
[[gnu::noipa]] quint64 byHand(ByteView stream, Passes passes) {
  const std::uint8_t *at = stream.data();
  const std::uint8_t *const end = at + stream.size();
  quint64 count = 0;
  while (end - at >= 2) {
    const quint64 size = qFromBigEndian<quint16>(at);
    count += passes(at + 2, size) ? 1 : 0;
    at += 2 + size;
  }
  return count;
}

struct Case {
  const char *expression;
  double bar;  // million messages a second; 0: none
  quint64 (*hand)(ByteView);
};

const Case cases[] = {
    {"size > 28", 20, [](ByteView s) { return byHand(s, [](const std::uint8_t *, quint64 n) { return n + 2 > 28; }); }},
    {"status != complete", 20,
     [](ByteView s) { return byHand(s, [](const std::uint8_t *, quint64 n) { return n > 60000; }); }},
    {"offset >= 100000000 && size == 20", 20,
     [](ByteView s) {
       const std::uint8_t *const begin = s.data();
       return byHand(s, [begin](const std::uint8_t *p, quint64 n) { return p - 2 - begin >= 100000000 && n == 18; });
     }},
    {"seq == 5", 5,
     [](ByteView s) {
       return byHand(s, [](const std::uint8_t *p, quint64) { return qFromBigEndian<quint16>(p) == 5; });
     }},
    {"seq in {1, 5..9, 700..800}", 5,
     [](ByteView s) {
       return byHand(s, [](const std::uint8_t *p, quint64) {
         const quint16 v = qFromBigEndian<quint16>(p);
         return v == 1 || (v >= 5 && v <= 9) || (v >= 700 && v <= 800);
       });
     }},
    {"kind & 3 == 1 && v < -2.5 || stamp > 9000000", 5,
     [](ByteView s) {
       return byHand(s, [](const std::uint8_t *p, quint64) {
         return ((p[2] & 3) == 1 && qFromBigEndian<qint64>(p + 8) < -2) || qFromBigEndian<quint32>(p + 4) > 9000000;
       });
     }},
    {"text contains \"zz\"", 0,
     [](ByteView s) {
       return byHand(s, [](const std::uint8_t *p, quint64 n) {
         return ::memmem(p + fixedSize, n - fixedSize, "zz", 2) != nullptr;
       });
     }},
    {"payload[0:2] == 00:05", 0,
     [](ByteView s) {
       return byHand(s, [](const std::uint8_t *p, quint64) { return qFromBigEndian<quint16>(p) == 5; });
     }},
    {"text matches \"^ab\"", 0,
     [](ByteView s) {
       return byHand(s, [](const std::uint8_t *p, quint64 n) {
         return n >= fixedSize + 2 && std::memcmp(p + fixedSize, "ab", 2) == 0;
       });
     }},
    {"chunks == 1", 0, [](ByteView s) { return byHand(s, [](const std::uint8_t *, quint64) { return true; }); }},
};

struct Run {
  quint64 passing = 0;
  double seconds = 0;
  double worstSlice = 0;
  quint64 taken = 0;
  quint64 memory = 0;
};

Run filtered(const std::shared_ptr<const FilterProgram> &program, const std::shared_ptr<const DecodeRun> &decoded,
             const std::shared_ptr<const Connection> &connection, const DecodeStep &step) {
  FilterRun filter(program, decoded, connection);
  PassingRows rows;
  Run run;
  const quint64 before = allocations;
  for (bool isComplete = false; !isComplete;) {
    const double start = cpuSeconds();
    const FilterFinding found = filter.work(step, step, 16);
    run.seconds += cpuSeconds() - start;
    const double taken = cpuSeconds();
    for (std::size_t i = 0; i < found.bits.size(); ++i) {
      rows.append(found.bits[i], std::min<quint64>(64, found.count - 64 * i));
    }
    run.worstSlice = std::max(run.worstSlice, cpuSeconds() - taken);
    isComplete = found.isComplete;
  }
  run.taken = allocations - before;
  run.passing = rows.passingBefore(rows.count());
  run.memory = rows.memoryUsed();
  return run;
}

int main() {
  const ManyMessages many;
  const auto &[reader, connection, decoded, step] = many;
  const ByteView bytes = step.views[0].bytes.view();
  std::printf("%llu messages, %.0f MB\n", step.rowCount, static_cast<double>(bytes.size()) / 1e6);
  const FilterScope scope = FilterScope::of(reader.framer, reader.layers.first().fields.decoder);
  bool isGood = true;
  for (const Case &one : cases) {
    const auto expression = FilterExpression::parse(QString::fromUtf8(one.expression));
    const auto program = expression
                             ? FilterProgram::create(*expression, {scope, scope})
                             : FilterResult<std::shared_ptr<const FilterProgram>>(std::unexpected(expression.error()));
    if (!program) {
      std::printf("%s: %s\n", one.expression, qPrintable(program.error().line()));
      return 1;
    }
    std::vector<double> ours;
    std::vector<double> hand;
    Run last;
    for (int round = 0; round < rounds; ++round) {
      const double start = cpuSeconds();
      const quint64 wanted = one.hand(bytes);
      hand.push_back(cpuSeconds() - start);
      last = filtered(*program, decoded, connection, step);
      ours.push_back(last.seconds);
      if (last.passing != wanted) {
        std::printf("%s: %llu pass, %llu by hand\n", one.expression, last.passing, wanted);
        return 1;
      }
    }
    const double rate = messageCount / median(ours) / 1e6;
    const bool isFast = one.bar == 0 || rate >= one.bar;
    isGood = isGood && isFast;
    std::printf(
        "%-48s %8llu pass  %6.1f M/s  by hand %6.1f M/s  ratio %5.2f  %.2f ns a message  %llu allocations  %.3f "
        "byte a row  taking a slice %.3f ms%s\n",
        one.expression, last.passing, rate, messageCount / median(hand) / 1e6, median(ours) / median(hand),
        median(ours) / messageCount * 1e9, last.taken, static_cast<double>(last.memory) / messageCount,
        last.worstSlice * 1e3, isFast ? "" : "  BELOW ITS BAR");
  }
  return isGood ? 0 : 1;
}

}  // namespace
}  // namespace octetscope

int main() {
  return octetscope::main();
}
