// A step of the playhead at ten million messages: to a moment anywhere in the past, with the message tree following, by
// chunk and by message. The yardstick is the same step at ten messages, in the same run; the bar is 16 ms.
#include "model/items/message_tree_model.h"
#include "model/items/playhead.h"
#include "tests/bench/timing.h"

#include <QCoreApplication>
#include <QEventLoop>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <map>
#include <memory>
#include <random>

namespace octetscope {
namespace {

constexpr quint64 few = 10;
constexpr quint64 many = 10'000'000;
constexpr qsizetype messageSize = 6;
constexpr quint64 segment = 1460;  // bytes a chunk: what one packet on Ethernet carries

/// A decoded connection of both directions; half the messages in each.
struct Decoded {
  std::shared_ptr<Connection> connection =
      std::make_shared<Connection>(0, std::make_shared<CaptureClock>(), Endpoint{}, Endpoint{});
  ConnectionDecoder decoder{connection};
  MessageTreeModel model;
  Playhead playhead;

  Decoded(quint64 messages, const QString &framing) {
    const QByteArray bytes =
        QByteArray("\0\4abc\n", messageSize).repeated(static_cast<qsizetype>(std::max<quint64>(1, messages / 2)));
    const auto size = static_cast<quint64>(bytes.size());
    const quint64 chunk = std::min(segment, size / 4);
    for (quint64 at = 0; at < size; at += chunk) {
      for (const Direction direction : {Direction::In, Direction::Out}) {
        const ByteView part = viewOf(bytes).subspan(at, std::min(chunk, size - at));
        if (!connection->stream(direction).append(part, connection->clock().stamp())) qFatal("append");
      }
    }
    const auto reader = DirectionReader::create({.framing = framing, .layout = {}});
    if (!reader) qFatal("reader");
    decoder.setReaders(*reader, *reader);
    QEventLoop loop;
    QObject::connect(&decoder, &ConnectionDecoder::liveAdvanced, &loop, [&] {
      if (decoder.framedBytes() == 2 * size && decoder.liveRowCount() >= messages / 2 * 2) loop.quit();
    });
    loop.exec();
    model.setDecoder(&decoder);
    playhead.setDecoder(&decoder);
  }
  ~Decoded() { model.setDecoder(nullptr); }
};

Decoded &decodedOf(quint64 messages, int framing) {
  static std::map<std::pair<quint64, int>, std::unique_ptr<Decoded>> made;
  auto &decoded = made[{messages, framing}];
  if (!decoded) {
    decoded =
        std::make_unique<Decoded>(messages, framing == 0 ? QStringLiteral("length:u16be") : QStringLiteral("lines"));
  }
  return *decoded;
}

/// Microseconds of this thread's CPU time: what the window waits, whatever else the machine does.
struct Times {
  double median;
  double worst;
};

/// Microseconds of one step from somewhere, of many.
Times stepping(Decoded &decoded, bool byMessage) {
  constexpr int steps = 400;
  std::mt19937_64 random(7);
  const Timeline timeline = decoded.playhead.timeline();
  std::vector<double> times;
  for (int i = 0; i < steps; ++i) {
    decoded.playhead.goTo(timeline.after(1 + random() % (timeline.stepCount() - 1)));
    const int by = i % 2 == 0 ? 1 : -1;
    const double start = (cpuSeconds() * 1e6);
    if (byMessage) {
      decoded.playhead.stepMessage(by);
    } else {
      decoded.playhead.stepChunk(by);
    }
    benchmark::DoNotOptimize(decoded.model.rowCount());
    times.push_back((cpuSeconds() * 1e6) - start);
  }
  std::ranges::sort(times);
  return {times[times.size() / 2], times.back()};
}

/// From one end to the other: as far as a playhead can go at once.
Times jumping(Decoded &decoded) {
  constexpr int jumps = 100;
  std::vector<double> times;
  for (int i = 0; i < jumps; ++i) {
    const double start = (cpuSeconds() * 1e6);
    if (i % 2 == 0) {
      decoded.playhead.first();
    } else {
      decoded.playhead.returnToLive();
    }
    benchmark::DoNotOptimize(decoded.model.rowCount());
    times.push_back((cpuSeconds() * 1e6) - start);
  }
  std::ranges::sort(times);
  return {times[times.size() / 2], times.back()};
}

void step(benchmark::State &state) {
  const auto framing = static_cast<int>(state.range(0));
  const auto kind = state.range(1);
  Decoded &small = decodedOf(few, framing);
  Decoded &large = decodedOf(many, framing);
  Times yardstick = {};
  Times got = {};
  for (auto _ : state) {
    Q_UNUSED(_);
    yardstick = kind == 2 ? jumping(small) : stepping(small, kind == 1);
    got = kind == 2 ? jumping(large) : stepping(large, kind == 1);
  }
  state.counters["us_at_10"] = yardstick.median;
  state.counters["us_at_10M"] = got.median;
  state.counters["worst_us"] = got.worst;
  state.counters["ratio"] = got.median / yardstick.median;
  state.SetLabel(std::string(framing == 0 ? "length" : "lines") + (kind == 0   ? ", by chunk"
                                                                   : kind == 1 ? ", by message"
                                                                               : ", end to end"));
}
BENCHMARK(step)->ArgsProduct({{0, 1}, {0, 1, 2}})->Iterations(9)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace octetscope

int main(int argc, char **argv) {
  QCoreApplication app(argc, argv);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
