// RowSelection: which rows of the message list are selected: one, a run, or rows and runs apart from each other. It
// keeps the ends of runs, not their rows, so that selecting all of ten million costs what selecting one does; what it
// costs is what was selected apart, each by an act of the user.
//
// A run is from one row to another, whatever comes to stand between them. Rows that cannot be seen any more, because
// they went or the branch over them was closed, are dropped.
#pragma once

#include "widgets/messages/line_runs.h"

#include <QPersistentModelIndex>

#include <optional>
#include <vector>

namespace octetscope {

class MessageTreeView;

class RowSelection {
 public:
  /// More rows than these are not followed one by one while the order changes.
  static constexpr quint64 mostFollowed = 10'000;

  /// The list that has the rows; it owns this.
  explicit RowSelection(const MessageTreeView *list) : list_(list) {}

  /// What is selected now. O(runs).
  LineRuns lines() const;

  void clear();
  void selectOne(const QModelIndex &row);
  /// From the row where the last act began up to `row`. Others stay selected where `keepsOthers`, but for what the act
  /// before this one reached from there.
  void extendTo(const QModelIndex &row, bool keepsOthers);
  /// `shown` is selected but for `row`, which changes. What reaches on from here begins at it.
  void toggle(const LineRuns &shown, const QModelIndex &row);

  /// Branches were closed. True: it had rows there, and dropped them.
  bool dropHidden();
  /// These lines are about to go. True: some of them were selected.
  bool dropLines(LineRun going);
  /// The rows are about to be put in another order; and they have been. Each row stays selected wherever it went, and
  /// all of them stay all. False: they were too many to be followed, and nothing is selected now.
  void beginReordering();
  bool endReordering();

 private:
  struct Run {
    QPersistentModelIndex one;
    QPersistentModelIndex other;
  };

  std::optional<LineRun> linesOf(const QModelIndex &one, const QModelIndex &other) const;
  void keep(const LineRuns &lines);

  const MessageTreeView *const list_;
  std::vector<Run> kept_;
  // The run that the last act made, and the next one may change: from where it began up to where it reached.
  QPersistentModelIndex anchor_;
  QPersistentModelIndex reached_;  // invalid: there is none, but it would begin at the anchor

  // While rows are reordered.
  std::vector<QPersistentModelIndex> followed_;
  bool isAll_ = false;
  bool areTooMany_ = false;
};

}  // namespace octetscope
