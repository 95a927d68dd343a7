#include "widgets/messages/line_runs.h"

#include <algorithm>

namespace octetscope {

LineRuns::LineRuns(std::vector<LineRun> runs) {
  std::ranges::sort(runs, {}, &LineRun::first);
  for (const LineRun &run : runs) {
    if (!runs_.empty() && run.first <= runs_.back().last + 1) {
      runs_.back().last = std::max(runs_.back().last, run.last);
    } else {
      runs_.push_back(run);
    }
  }
}

quint64 LineRuns::count() const {
  quint64 lines = 0;
  for (const LineRun &run : runs_) lines += run.last - run.first + 1;
  return lines;
}

bool LineRuns::contains(quint64 line) const {
  const auto at = std::ranges::lower_bound(runs_, line, {}, &LineRun::last);
  return at != runs_.end() && at->first <= line;
}

void LineRuns::add(LineRun run) {
  std::vector<LineRun> runs = runs_;
  runs.push_back(run);
  *this = LineRuns(std::move(runs));
}

void LineRuns::remove(LineRun run) {
  std::vector<LineRun> left;
  for (const LineRun &own : runs_) {
    if (own.last < run.first || run.last < own.first) {
      left.push_back(own);
      continue;
    }
    if (own.first < run.first) left.push_back({own.first, run.first - 1});
    if (run.last < own.last) left.push_back({run.last + 1, own.last});
  }
  runs_ = std::move(left);
}

quint64 LineWalk::next() {
  const LineRun &run = lines_.runs()[run_];
  const quint64 line = run.first + passed_;
  if (line == run.last) {
    ++run_;
    passed_ = 0;
  } else {
    ++passed_;
  }
  return line;
}

}  // namespace octetscope
