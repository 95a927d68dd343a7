// Sorting 10 million messages by what a name says of them, as the window does: SortRun over an indexed stream, in
// slices. Beside each stands sorting by hand: a loop that knows the format reads a key of each message, std::sort
// orders them. Processor times of one thread. Bar: by a field 10 seconds. The longest slice is how long cancelling
// takes at most.
#include "model/items/message_filter.h"
#include "model/items/sort_run.h"
#include "tests/bench/many_messages.h"
#include "tests/bench/timing.h"

#include <cstdio>
#include <cstring>

namespace octetscope {
namespace {

constexpr double bar = 10;  // seconds
constexpr int rounds = 3;

struct Key {
  quint64 high;
  quint64 low;
  quint32 row;
  auto operator<=>(const Key &) const = default;
};

template <typename Read>
[[gnu::noipa]] std::vector<Key> byHand(ByteView stream, Read read) {
  std::vector<Key> keys;
  const std::uint8_t *at = stream.data();
  const std::uint8_t *const end = at + stream.size();
  while (end - at >= 2) {
    const quint64 size = qFromBigEndian<quint16>(at);
    Key key = read(at + 2, size);
    key.row = static_cast<quint32>(keys.size());
    keys.push_back(key);
    at += 2 + size;
  }
  std::ranges::sort(keys);
  return keys;
}

Key textKey(const std::uint8_t *text, quint64 size) {
  char padded[16] = {};
  std::memcpy(padded, text, std::min<quint64>(size, 16));
  return {qFromBigEndian<quint64>(padded), qFromBigEndian<quint64>(padded + 8), 0};
}

struct Case {
  const char *name;
  std::vector<Key> (*hand)(ByteView);
};

const Case cases[] = {
    {"seq",
     [](ByteView s) {
       return byHand(s, [](const std::uint8_t *p, quint64) { return Key{qFromBigEndian<quint16>(p), 0, 0}; });
     }},
    {"v",
     [](ByteView s) {
       return byHand(s, [](const std::uint8_t *p, quint64) {
         return Key{static_cast<quint64>(qFromBigEndian<qint64>(p + 8)) ^ 1ULL << 63, 0, 0};
       });
     }},
    {"text",
     [](ByteView s) {
       return byHand(s, [](const std::uint8_t *p, quint64 n) { return textKey(p + fixedSize, n - fixedSize); });
     }},
    {"size", [](ByteView s) { return byHand(s, [](const std::uint8_t *, quint64 n) { return Key{n, 0, 0}; }); }},
};

int main() {
  const ManyMessages many;
  const ByteView bytes = many.step.views[0].bytes.view();
  std::printf("%llu messages, %.0f MB\n", many.step.rowCount, static_cast<double>(bytes.size()) / 1e6);
  const FilterScope scope = MessageFilter::scopeOf(many.reader);
  bool isGood = true;
  for (const Case &one : cases) {
    const auto reader = FilterValueReader::create(QString::fromUtf8(one.name), {scope, scope});
    if (!reader) return 1;
    std::vector<double> ours;
    std::vector<double> hand;
    double longest = 0;
    for (int round = 0; round < rounds; ++round) {
      double start = cpuSeconds();
      const std::vector<Key> wanted = one.hand(bytes);
      hand.push_back(cpuSeconds() - start);
      SortRun run({.reader = *reader,
                   .decoded = many.decoded,
                   .connection = many.connection,
                   .step = many.step,
                   .end = many.step.rowCount});
      start = cpuSeconds();
      for (bool isDone = false; !isDone;) {
        const double begin = cpuSeconds();
        isDone = run.work(20);
        longest = std::max(longest, cpuSeconds() - begin);
      }
      ours.push_back(cpuSeconds() - start);
      for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (run.result()->rowAt(i) == wanted[i].row) continue;
        std::printf("%s: another row at %zu\n", one.name, i);
        return 1;
      }
    }
    const bool isFast = median(ours) <= bar;
    isGood = isGood && isFast;
    std::printf("%-6s %5.2f s  by hand %5.2f s  ratio %5.2f  longest slice %4.0f ms%s\n", one.name, median(ours),
                median(hand), median(ours) / median(hand), longest * 1e3, isFast ? "" : "  BELOW ITS BAR");
  }
  return isGood ? 0 : 1;
}

}  // namespace
}  // namespace octetscope

int main() {
  return octetscope::main();
}
