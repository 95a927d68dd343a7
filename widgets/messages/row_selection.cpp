#include "widgets/messages/row_selection.h"

#include "widgets/messages/message_tree_view.h"

#include <algorithm>
#include <utility>

namespace octetscope {

namespace {

/// Where a row stands; of one in a closed branch, where the branch does.
struct Stand {
  quint64 line = 0;
  bool isHidden = false;
};

std::optional<Stand> standOf(const MessageTreeView &list, QModelIndex row) {
  for (bool isHidden = false; row.isValid(); row = row.parent(), isHidden = true) {
    if (const auto line = list.lineOf(row)) return Stand{*line, isHidden};
  }
  return std::nullopt;
}

}  // namespace

std::optional<LineRun> RowSelection::linesOf(const QModelIndex &one, const QModelIndex &other) const {
  auto first = standOf(*list_, one);
  auto last = standOf(*list_, other);
  if (!first || !last) return std::nullopt;
  if (std::pair(last->line, last->isHidden) < std::pair(first->line, first->isHidden)) std::swap(first, last);
  // The branch over a hidden row stands before it, so it is in the run only where that began above.
  const quint64 begin = first->line + (first->isHidden ? 1 : 0);
  return begin <= last->line ? std::optional(LineRun{begin, last->line}) : std::nullopt;
}

LineRuns RowSelection::lines() const {
  std::vector<LineRun> runs;
  const auto take = [&](const QModelIndex &one, const QModelIndex &other) {
    if (const auto run = linesOf(one, other)) runs.push_back(*run);
  };
  for (const Run &run : kept_) take(run.one, run.other);
  take(anchor_, reached_);
  return LineRuns(std::move(runs));
}

void RowSelection::clear() {
  kept_.clear();
  anchor_ = QModelIndex();
  reached_ = QModelIndex();
}

void RowSelection::selectOne(const QModelIndex &row) {
  kept_.clear();
  anchor_ = row;
  reached_ = row;
}

void RowSelection::extendTo(const QModelIndex &row, bool keepsOthers) {
  if (!keepsOthers) kept_.clear();
  if (!anchor_.isValid()) anchor_ = row;
  reached_ = row;
}

void RowSelection::toggle(const LineRuns &shown, const QModelIndex &row) {
  const auto line = list_->lineOf(row);
  if (!line) return;
  LineRuns others = shown;
  others.remove({*line, *line});
  keep(others);
  anchor_ = row;
  if (!shown.contains(*line)) reached_ = row;
}

/// They are all that is selected.
void RowSelection::keep(const LineRuns &lines) {
  std::vector<Run> kept;
  kept.reserve(lines.runs().size());
  for (const LineRun &run : lines.runs()) kept.push_back({list_->indexAtLine(run.first), list_->indexAtLine(run.last)});
  kept_ = std::move(kept);
  reached_ = QModelIndex();
}

bool RowSelection::dropHidden() {
  const auto isHidden = [this](const QModelIndex &row) { return row.isValid() && !list_->lineOf(row); };
  const bool isAny = isHidden(reached_) || std::ranges::any_of(kept_, [&](const Run &run) {
                       return isHidden(run.one) || isHidden(run.other);
                     });
  if (isAny || (isHidden(anchor_) && reached_.isValid())) keep(lines());
  QModelIndex anchor = anchor_;
  while (isHidden(anchor)) anchor = anchor.parent();
  if (anchor != QModelIndex(anchor_)) anchor_ = anchor;
  return isAny;
}

bool RowSelection::dropLines(LineRun going) {
  const LineRuns before = lines();
  LineRuns left = before;
  left.remove(going);
  if (left == before) return false;
  const auto anchor = list_->lineOf(anchor_);
  keep(left);
  if (anchor && going.first <= *anchor && *anchor <= going.last) anchor_ = QModelIndex();
  return true;
}

void RowSelection::beginReordering() {
  const LineRuns shown = lines();
  const quint64 count = shown.count();
  isAll_ = count > 0 && count == list_->lineCount();
  areTooMany_ = !isAll_ && count > mostFollowed;
  followed_.clear();
  if (!isAll_ && !areTooMany_) {
    followed_.reserve(count);
    LineWalk walk(shown);
    for (quint64 i = 0; i < count; ++i) followed_.emplace_back(list_->indexAtLine(walk.next()));
  }
  keep({});
}

bool RowSelection::endReordering() {
  std::vector<LineRun> runs;
  if (isAll_ && list_->lineCount() > 0) runs.push_back({0, list_->lineCount() - 1});
  for (const QPersistentModelIndex &row : std::exchange(followed_, {})) {
    if (const auto line = list_->lineOf(row)) runs.push_back({*line, *line});
  }
  keep(LineRuns(std::move(runs)));
  isAll_ = false;
  return !std::exchange(areTooMany_, false);
}

}  // namespace octetscope
