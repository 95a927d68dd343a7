// LineRuns: lines of a list, kept as runs, so that ten million of them cost what one does. Plain arithmetic, a value.
#pragma once

#include <QtGlobal>

#include <initializer_list>
#include <utility>
#include <vector>

namespace octetscope {

/// first <= last, both of them in it.
struct LineRun {
  quint64 first = 0;
  quint64 last = 0;
  bool operator==(const LineRun &) const = default;
};

class LineRuns {
 public:
  LineRuns() = default;
  LineRuns(std::initializer_list<LineRun> runs) : LineRuns(std::vector<LineRun>(runs)) {}
  /// In any order; they may touch and overlap. O(n log n).
  explicit LineRuns(std::vector<LineRun> runs);

  bool isEmpty() const { return runs_.empty(); }
  /// Lines, not runs.
  quint64 count() const;
  bool contains(quint64 line) const;
  /// The first and the last line of all. Not where it is empty.
  quint64 first() const { return runs_.front().first; }
  quint64 last() const { return runs_.back().last; }
  /// In order; no two of them touch.
  const std::vector<LineRun> &runs() const { return runs_; }

  void add(LineRun run);
  void remove(LineRun run);

  bool operator==(const LineRuns &) const = default;

 private:
  std::vector<LineRun> runs_;
};

/// Goes through the lines in order.
class LineWalk {
 public:
  explicit LineWalk(LineRuns lines) : lines_(std::move(lines)) {}

  /// Not to be asked more often than there are lines.
  quint64 next();

 private:
  LineRuns lines_;
  std::size_t run_ = 0;
  quint64 passed_ = 0;  // lines of that run
};

}  // namespace octetscope
