// The message list at one, ten and a hundred million rows, with Qt's own views as yardsticks in the same run.
//
// Bars: append 1000 rows at 10 million and repaint <= 10 ms, the same within 1.3x from 1 to 100 million; jump to the
// end <= 16 ms; <= 0.1 byte of view a row. Times are the thread's CPU, medians; what is compared is measured in turns.
#include "tests/bench/timing.h"
#include "tests/support/fake_message_model.h"
#include "widgets/messages/message_header.h"
#include "widgets/messages/message_tree_view.h"

#include <benchmark/benchmark.h>

#include <QApplication>
#include <QHeaderView>
#include <QTableView>
#include <QTreeView>

#include <malloc.h>

#include <algorithm>
#include <memory>
#include <vector>

using namespace octetscope;
using octetscope::test::FakeMessageModel;

namespace {

constexpr int rounds = 25;
constexpr QSize windowSize(1400, 900);  // about 40 rows of 9 columns

/// Of this thread's CPU: what the bars count, and what others on the machine do not change much.
template <typename Act>
double millisecondsOf(Act act) {
  const double start = cpuMilliseconds();
  act();
  return cpuMilliseconds() - start;
}

void show(QWidget &view) {
  view.resize(windowSize);
  view.show();
  view.grab();  // laid out and painted once
}

struct OwnView {
  FakeMessageModel model;
  MessageTreeView view;
  explicit OwnView(int rows) : model(rows, 50) {
    view.setModel(&model, [this](const Selection &selection) { return model.locate(selection); });
    show(view);
  }
  double append() {
    return millisecondsOf([this] {
      model.append(1000);
      view.viewport()->repaint();
    });
  }
};

template <typename View>
struct QtView {
  FakeMessageModel model;
  View view;
  explicit QtView(int rows) : model(rows, 50) {
    if constexpr (std::is_same_v<View, QTreeView>) {
      view.setUniformRowHeights(true);
    } else {
      view.verticalHeader()->hide();
    }
    view.setModel(&model);
    show(view);
  }
  double append() {
    return millisecondsOf([this] {
      model.append(1000);
      view.viewport()->repaint();
    });
  }
};

void appendOwn(benchmark::State &state) {
  OwnView own(static_cast<int>(state.range(0)));
  for (auto _ : state) state.SetIterationTime(own.append() / 1000);
}
BENCHMARK(appendOwn)
    ->Arg(1'000'000)
    ->Arg(10'000'000)
    ->Arg(100'000'000)
    ->UseManualTime()
    ->Iterations(rounds)
    ->Repetitions(3)
    ->ReportAggregatesOnly()
    ->Unit(benchmark::kMillisecond)
    ->Name("append 1000 and repaint, own view");

template <typename View>
void appendYardstick(benchmark::State &state) {
  QtView<View> qt(static_cast<int>(state.range(0)));
  for (auto _ : state) state.SetIterationTime(qt.append() / 1000);
}
BENCHMARK(appendYardstick<QTableView>)
    ->Arg(1'000'000)
    ->Arg(10'000'000)
    ->UseManualTime()
    ->Iterations(9)
    ->Unit(benchmark::kMillisecond)
    ->Name("append 1000 and repaint, QTableView");
BENCHMARK(appendYardstick<QTreeView>)
    ->Arg(1'000'000)
    ->Arg(4'000'000)
    ->UseManualTime()
    ->Iterations(9)
    ->Unit(benchmark::kMillisecond)
    ->Name("append 1000 and repaint, QTreeView");

/// In turns: one append at each size, so that a noisy machine is noisy for all of them.
void appendInTurns(benchmark::State &state) {
  OwnView one(1'000'000);
  OwnView ten(10'000'000);
  OwnView hundred(100'000'000);
  QtView<QTreeView> tree(1'000'000);
  std::vector<double> ones, tens, hundreds, trees;
  for (auto _ : state) {
    for (int round = 0; round < rounds; ++round) {
      ones.push_back(one.append());
      tens.push_back(ten.append());
      hundreds.push_back(hundred.append());
      trees.push_back(tree.append());
    }
  }
  state.counters["ms_1M"] = median(ones);
  state.counters["ms_10M"] = median(tens);
  state.counters["ms_100M"] = median(hundreds);
  state.counters["100M/1M"] = median(hundreds) / median(ones);
  state.counters["own_1M/QTreeView_1M"] = median(ones) / median(trees);
}
BENCHMARK(appendInTurns)->Iterations(1)->Unit(benchmark::kMillisecond)->Name("append 1000 and repaint, in turns");

void jumpToEnd(benchmark::State &state) {
  OwnView own(static_cast<int>(state.range(0)));
  for (auto _ : state) {
    own.view.scrollToLine(0);
    own.view.viewport()->repaint();
    state.SetIterationTime(millisecondsOf([&] {
                             own.view.setFollowing(true);
                             own.view.viewport()->repaint();
                           }) /
                           1000);
  }
}
BENCHMARK(jumpToEnd)
    ->Arg(1'000'000)
    ->Arg(10'000'000)
    ->Arg(100'000'000)
    ->UseManualTime()
    ->Iterations(rounds)
    ->Unit(benchmark::kMillisecond)
    ->Name("jump to the end");

void wheelThroughOpened(benchmark::State &state) {
  OwnView own(10'000'000);
  own.view.setFollowing(false);
  for (int row = 0; row < 1000; ++row) own.view.openAllBelow(own.model.index(row * 7, 0));
  quint64 line = 0;
  for (auto _ : state) {
    own.view.scrollToLine(line += 3);
    own.view.viewport()->repaint();
  }
}
BENCHMARK(wheelThroughOpened)->Unit(benchmark::kMillisecond)->Name("scroll 3 lines, 1000 branches opened");

/// What a view keeps for its rows: heap before and after it has them.
template <typename View>
double bytesARow(int rows) {
  FakeMessageModel few(1000, 50);
  FakeMessageModel many(rows, 50);
  auto view = std::make_unique<View>();
  const auto give = [&](FakeMessageModel &model) {
    if constexpr (std::is_same_v<View, MessageTreeView>) {
      view->setModel(&model, [&model](const Selection &selection) { return model.locate(selection); });
    } else {
      view->setModel(&model);
    }
    view->grab();
  };
  view->resize(windowSize);
  view->show();
  give(few);
  const auto used = [] { return static_cast<double>(mallinfo2().uordblks + mallinfo2().hblkhd); };
  const double before = used();
  give(many);
  return (used() - before) / rows;
}

void memory(benchmark::State &state) {
  for (auto _ : state) {
    state.counters["own_10M"] = bytesARow<MessageTreeView>(10'000'000);
    state.counters["QTableView_10M"] = bytesARow<QTableView>(10'000'000);
    state.counters["QTreeView_1M"] = bytesARow<QTreeView>(1'000'000);
  }
}
BENCHMARK(memory)->Iterations(1)->Unit(benchmark::kMillisecond)->Name("bytes of view a row");

}  // namespace

int main(int argc, char **argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  const QApplication app(argc, argv);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
