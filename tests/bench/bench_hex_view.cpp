// What a hex view costs to paint and to scroll, beside the plain way: a fillRect and a drawText for each byte. Both run
// in turn in the same process; the counters are medians in milliseconds, and their ratio (ours / plain).
#include "tests/bench/timing.h"
#include "tests/widgets/hexview/fake_hex_source.h"
#include "widgets/hexview/hex_view.h"
#include "widgets/theme/theme.h"

#include <benchmark/benchmark.h>

#include <QApplication>
#include <QFontDatabase>
#include <QImage>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <ctime>
#include <vector>

namespace {

using namespace octetscope;
using test::FakeHexSource;

constexpr int rounds = 15;
constexpr quint64 tenGigabytes = 10'000'000'000;

double percentile(std::vector<double> values, double part) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
}

/// CPU time of this thread: what others do on the machine meanwhile does not count.
template <typename Act>
double millisecondsOf(Act act) {
  const auto now = [] {
    timespec time = {};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
  };
  const double begin = now();
  act();
  return now() - begin;
}

/// A view of exactly `rows` rows.
void shape(HexView &view, int rows, int perRow) {
  view.setBytesARow(perRow);
  const HexMetrics metrics = view.geometryOfBytes().metrics();
  const int height = static_cast<int>(metrics.rowHeight * (rows + 1)) + 4 + 2 * view.frameWidth();
  view.resize(static_cast<int>(view.geometryOfBytes().width()) + 60, height);
  // A window that is shown has its scroll bars laid out; what is pending would be done in the first rounds.
  view.setAttribute(Qt::WA_DontShowOnScreen);
  view.show();
  QApplication::sendPostedEvents();
}

/// The same page in the plain way.
void paintPlainly(QImage &image, const HexView &view, const QFont &font) {
  QPainter painter(&image);
  painter.fillRect(image.rect(), Qt::white);
  painter.setFont(font);
  painter.setPen(Qt::black);
  const HexSource &source = *view.source();
  const ByteRange range = view.visibleRange();
  const ByteView bytes = source.bytes(range);
  std::vector<HexSpan> spans;
  source.spans(range, spans);
  const Theme theme(false);
  std::size_t span = 0;
  for (quint64 offset = range.begin; offset < range.end; ++offset) {
    while (span + 1 < spans.size() && spans[span].range.end <= offset) ++span;
    const std::uint8_t byte = bytes[offset - range.begin];
    const QColor color =
        spans[span].kind == HexSpan::Kind::Framing ? theme.part(spans[span].part) : theme.field(spans[span].field);
    const QRectF hex = view.cellRect(HexColumn::Hex, offset);
    const QRectF text = view.cellRect(HexColumn::Text, offset);
    painter.fillRect(hex, color);
    painter.fillRect(text, color);
    painter.drawText(hex, Qt::AlignCenter, QStringLiteral("%1").arg(byte, 2, 16, QLatin1Char('0')).toUpper());
    painter.drawText(text, Qt::AlignCenter, QString(byte >= 0x20 && byte < 0x7f ? QChar(char16_t{byte}) : QChar(u'.')));
  }
}

void paint(benchmark::State &state) {
  const int rows = static_cast<int>(state.range(0));
  const int perRow = static_cast<int>(state.range(1));
  FakeHexSource source(tenGigabytes);
  HexView view;
  view.setSource(&source);
  shape(view, rows, perRow);
  QImage image(view.size(), QImage::Format_ARGB32_Premultiplied);
  const QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
  view.render(&image);
  if (static_cast<int>(view.visibleRows()) != rows) {
    state.SkipWithError("the view has another number of rows");
    return;
  }
  std::vector<double> ours;
  std::vector<double> plain;
  for (auto _ : state) {
    for (int round = 0; round < rounds; ++round) {
      view.verticalScrollBar()->triggerAction(QAbstractSlider::SliderPageStepAdd);  // nothing is kept from before
      ours.push_back(millisecondsOf([&] { view.render(&image); }));
      plain.push_back(millisecondsOf([&] { paintPlainly(image, view, font); }));
    }
  }
  state.counters["ours_ms"] = median(ours);
  state.counters["plain_ms"] = median(plain);
  state.counters["ratio"] = median(ours) / median(plain);
}
BENCHMARK(paint)->Args({50, 16})->Args({62, 32})->Unit(benchmark::kMillisecond)->Iterations(10);

/// Frames of a long scroll: by a row, by a page, and by dragging the bar over everything.
void scroll(benchmark::State &state) {
  FakeHexSource source(static_cast<quint64>(state.range(0)));
  HexView view;
  view.setSource(&source);
  shape(view, 50, 16);
  QImage image(view.size(), QImage::Format_ARGB32_Premultiplied);
  view.render(&image);
  QScrollBar *bar = view.verticalScrollBar();
  std::vector<double> frames;
  for (auto _ : state) {
    for (int frame = 0; frame < 300; ++frame) {
      frames.push_back(millisecondsOf([&] {
        if (frame < 100) {
          bar->triggerAction(QAbstractSlider::SliderSingleStepAdd);
        } else if (frame < 200) {
          bar->triggerAction(QAbstractSlider::SliderPageStepAdd);
        } else {
          bar->setValue(static_cast<int>(static_cast<qint64>(bar->maximum()) * (frame - 200) / 99));
        }
        view.render(&image);
      }));
    }
    bar->setValue(0);
  }
  state.counters["median_ms"] = median(frames);
  state.counters["p99_ms"] = percentile(frames, 0.99);
}
BENCHMARK(scroll)->Arg(100'000)->Arg(10'000'000'000)->Arg(64LL << 30)->Unit(benchmark::kMillisecond)->Iterations(5);

}  // namespace

int main(int argc, char **argv) {
  if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application(argc, argv);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
