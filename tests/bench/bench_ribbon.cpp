// What the ribbon costs to paint: 10 million messages at every zoom, from everything to single bytes, at 1000 and 2500
// pixels. Bar: 8 ms of the thread's CPU. The yardstick, in turn in the same run, is a plain bar chart of as many boxes
// with words as the ribbon has: what any view of that many things would pay for painting alone. With a filter, which
// dims what does not pass: at most a tenth more than the same without one.
#include "model/capture/connection.h"
#include "model/items/connection_decoder.h"
#include "model/items/message_filter.h"
#include "tests/bench/timing.h"
#include "widgets/ribbon/ribbon_lanes.h"
#include "widgets/ribbon/ribbon_view.h"

#include <benchmark/benchmark.h>

#include <QApplication>
#include <QImage>
#include <QKeyEvent>
#include <QPainter>
#include <QRandomGenerator>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <vector>

using namespace octetscope;

namespace {

constexpr int messages = 10'000'000;
constexpr int rounds = 9;

/// Ten million messages of 4 to 67 bytes, nine in ten from the peer, in chunks of up to 8 KiB.
std::shared_ptr<Connection> capture() {
  const auto clock = std::make_shared<CaptureClock>();
  auto connection = std::make_shared<Connection>(0, clock, Endpoint{}, Endpoint{});
  QRandomGenerator random(1);
  std::array<std::vector<std::uint8_t>, 2> waiting;
  std::array<std::size_t, 2> sizes = {4000, 900};
  for (int i = 0; i < messages; ++i) {
    const std::size_t d = i % 10 == 9 ? 1 : 0;
    const auto payload = static_cast<std::uint8_t>(2 + random.bounded(64));
    waiting[d].push_back(0);
    waiting[d].push_back(payload);
    waiting[d].insert(waiting[d].end(), payload, static_cast<std::uint8_t>(i));
    if (waiting[d].size() < sizes[d] && i + 1 < messages) continue;
    (void)connection->stream(static_cast<Direction>(d)).append(waiting[d], clock->stamp());
    waiting[d].clear();
    sizes[d] = 100 + random.bounded(8000);
  }
  return connection;
}

/// Goes before the application does: decoders need its threads.
using Decoders = std::map<QString, std::unique_ptr<ConnectionDecoder>>;

ConnectionDecoder &decoderOf(const QString &framing, Decoders &decoders) {
  static const std::shared_ptr<Connection> connection = capture();
  std::unique_ptr<ConnectionDecoder> &decoder = decoders[framing];
  if (!decoder) {
    decoder = std::make_unique<ConnectionDecoder>(connection);
    const DirectionSettings settings{.framing = framing, .layout = QStringLiteral("!B:a B:b *s:text")};
    decoder->setReaders(*DirectionReader::create(settings), *DirectionReader::create(settings));
    decoder->advance();
    const quint64 all = connection->stream(Direction::In).size() + connection->stream(Direction::Out).size();
    while (decoder->framedBytes() < all || decoder->isBusy()) QCoreApplication::processEvents();
  }
  return *decoder;
}

/// Boxes with words, as many as the scene has items.
double paintPlainly(QImage &image, const RibbonScene &scene) {
  const double begin = cpuMilliseconds();
  QPainter painter(&image);
  painter.fillRect(image.rect(), Qt::white);
  qreal y = 20;
  for (const RibbonLane &lane : scene.lanes) {
    for (const RibbonItem &item : lane.items) {
      const QRectF box(item.left, y, std::max(1.0, item.width()), 22);
      painter.fillRect(box, Qt::lightGray);
      painter.drawRect(box);
      if (!item.label.isEmpty()) painter.drawText(box, Qt::AlignCenter, item.label);
    }
    y += 25;
  }
  painter.end();
  return cpuMilliseconds() - begin;
}

void paint(benchmark::State &state, const char *framing, Decoders &decoders) {
  ConnectionDecoder &decoder = decoderOf(QLatin1String(framing), decoders);
  RibbonView view;
  view.setAttribute(Qt::WA_DontShowOnScreen);
  view.resize(static_cast<int>(state.range(0)) + 90, 240);
  view.setDecoder(&decoder, false);
  view.show();
  QApplication::sendPostedEvents();
  QImage image(view.viewport()->size(), QImage::Format_ARGB32_Premultiplied);
  QImage plainImage(view.viewport()->size(), QImage::Format_ARGB32_Premultiplied);
  double worst = 0;
  double worstScene = 0;
  double worstScale = 0;
  double worstItems = 0;
  double worstFirst = 0;
  std::vector<double> ratios;
  for (auto _ : state) {
    view.fitAll();
    while (true) {
      std::vector<double> times;
      std::vector<double> scenes;
      std::vector<double> plain;
      double first = 0;
      for (int round = 0; round < rounds; ++round) {
        // Somewhere else each time: nothing that was looked up before helps.
        QKeyEvent key(QEvent::KeyPress, round % 2 ? Qt::Key_PageDown : Qt::Key_Home, Qt::NoModifier);
        if (round % 3 != 2) QApplication::sendEvent(&view, &key);
        view.setRestarts(Direction::In, {});  // makes the scene anew
        const double begin = cpuMilliseconds();
        view.scene();
        scenes.push_back(cpuMilliseconds() - begin);
        view.viewport()->render(&image);
        const double time = cpuMilliseconds() - begin;
        if (round == 0) first = time;
        times.push_back(time);
        plain.push_back(paintPlainly(plainImage, view.scene()));
      }
      const double own = median(times);
      std::size_t items = 0;
      for (const RibbonLane &lane : view.scene().lanes) items += lane.items.size();
      ratios.push_back(own / median(plain));
      worstFirst = std::max(worstFirst, first);
      if (own > worst) {
        worst = own;
        worstScene = median(scenes);
        worstScale = view.geometryOfBytes().scale();
        worstItems = static_cast<double>(items);
      }
      if (view.geometryOfBytes().scale() >= RibbonGeometry::largestScale) break;
      view.zoomIn();
    }
  }
  state.counters["worst_ms"] = worst;
  state.counters["of_it_scene_ms"] = worstScene;
  state.counters["worst_first_ms"] = worstFirst;
  state.counters["at_px_per_byte"] = worstScale;
  state.counters["items"] = worstItems;
  state.counters["ratio_to_plain"] = median(ratios);
}

/// The same with a filter and without, in turns.
void paintFiltered(benchmark::State &state, const char *expression, Decoders &decoders) {
  ConnectionDecoder &decoder = decoderOf(QStringLiteral("length:u16be"), decoders);
  MessageFilter filter(decoder);
  if (!filter.setExpression(*FilterExpression::parse(QString::fromLatin1(expression)))) return;
  while (filter.judgedRows() < decoder.liveRowCount()) QCoreApplication::processEvents();
  std::array<RibbonView, 2> views;
  for (RibbonView &view : views) {
    view.setAttribute(Qt::WA_DontShowOnScreen);
    view.resize(static_cast<int>(state.range(0)) + 90, 240);
    view.setDecoder(&decoder, false);
    view.show();
    view.fitAll();
  }
  views[1].setFilter(&filter);
  QApplication::sendPostedEvents();
  QImage image(views[0].viewport()->size(), QImage::Format_ARGB32_Premultiplied);
  std::vector<double> ratios;
  double worst = 0;
  for (auto _ : state) {
    do {
      std::array<std::vector<double>, 2> times;
      for (int round = 0; round < 2 * rounds; ++round) {
        RibbonView &view = views[static_cast<std::size_t>(round % 2)];
        view.setRestarts(Direction::In, {});  // makes the scene anew
        const double begin = cpuMilliseconds();
        view.viewport()->render(&image);
        times[static_cast<std::size_t>(round % 2)].push_back(cpuMilliseconds() - begin);
      }
      ratios.push_back(median(times[1]) / median(times[0]));
      worst = std::max(worst, median(times[1]));
      for (RibbonView &view : views) view.zoomIn();
    } while (views[0].geometryOfBytes().scale() < RibbonGeometry::largestScale);
  }
  state.counters["worst_ms"] = worst;
  state.counters["ratio_to_unfiltered"] = median(ratios);
  state.counters["worst_ratio"] = *std::ranges::max_element(ratios);
}

}  // namespace

int main(int argc, char **argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  const QApplication app(argc, argv);
  Decoders decoders;
  for (const char *framing : {"length:u16be", "lines", "fixed:40"}) {
    benchmark::RegisterBenchmark((std::string("paint at every zoom, ") + framing).c_str(),
                                 [framing, &decoders](benchmark::State &state) { paint(state, framing, decoders); })
        ->Arg(1000)
        ->Arg(2500)
        ->Iterations(1)
        ->Unit(benchmark::kMillisecond);
  }
  for (const char *expression : {"size > 1000", "size > 60", "number & 1"}) {
    benchmark::RegisterBenchmark(
        (std::string("paint filtered, ") + expression).c_str(),
        [expression, &decoders](benchmark::State &state) { paintFiltered(state, expression, decoders); })
        ->Arg(1000)
        ->Arg(2500)
        ->Iterations(1)
        ->Unit(benchmark::kMillisecond);
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
