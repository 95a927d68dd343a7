// Which rows of the message list are selected, and what going to a row does to them. How they are kept: RowSelection.
#include "widgets/messages/message_tree_accessible.h"
#include "widgets/messages/message_tree_view.h"

#include <utility>

namespace octetscope {

LineRuns MessageTreeView::selectedLines() const {
  LineRuns lines = selection_.lines();
  const auto current = lines.isEmpty() ? lineOf(current_) : std::nullopt;
  return current ? LineRuns{{*current, *current}} : lines;
}

bool MessageTreeView::isInOneOf(const LineRuns &lines, const QModelIndex &row) const {
  for (QModelIndex holder = row.parent(); holder.isValid(); holder = holder.parent()) {
    if (const auto line = lineOf(holder); line && lines.contains(*line)) return true;
  }
  return false;
}

QModelIndexList MessageTreeView::selectedRows(quint64 most) const {
  QModelIndexList rows;
  const LineRuns selected = selectedLines();
  const quint64 count = selected.count();
  if (count > most) return rows;
  LineWalk walk(selected);
  for (quint64 i = 0; i < count; ++i) {
    const QModelIndex row = indexAtLine(walk.next());
    if (!isInOneOf(selected, row)) rows.append(row);
  }
  return rows;
}

/// Before the keyboard goes to `row`.
void MessageTreeView::select(const QModelIndex &row, Selecting how) {
  switch (how) {
    case Selecting::One:
      return selection_.selectOne(row);
    case Selecting::All:
      selection_.selectOne(indexAtLine(0));
      return selection_.extendTo(row, false);
    case Selecting::Range:
    case Selecting::RangeToo:
      return selection_.extendTo(row, how == Selecting::RangeToo);
    case Selecting::Toggle:
      return selection_.toggle(selectedLines(), row);
    case Selecting::Nothing:
      // What is selected only because the keyboard stands there stays behind.
      if (selection_.lines().isEmpty() && lineOf(current_)) selection_.selectOne(current_);
      return;
  }
}

void MessageTreeView::setCurrent(const QModelIndex &index, Selecting how) {
  const QModelIndex row = index.siblingAtColumn(0);
  if (row.isValid() && !lineOf(row)) setOpen(row.parent(), true);
  const bool moved = row != QModelIndex(current_);
  const LineRuns before = selectedLines();
  select(row, how);
  current_ = row;
  viewport()->update();
  const LineRuns now = selectedLines();
  if (moved || before != now) Q_EMIT selectedRowsChanged();
  if (how == Selecting::Toggle && before != now) {
    const bool isAdded = now.count() > before.count();
    announceSelected(isAdded ? QAccessible::SelectionAdd : QAccessible::SelectionRemove);
  }
  if (!moved) return;
  if (how != Selecting::Toggle && how != Selecting::Nothing) announceSelected(QAccessible::Selection);
  announceFocus();
  Q_EMIT currentChanged(row);
}

void MessageTreeView::selectAll() {
  if (lineCount() == 0) return;
  setCurrent(indexAtLine(lineCount() - 1), Selecting::All);
  tellHub();
}

void MessageTreeView::toggleSelected(const QModelIndex &index) {
  if (const auto line = lineOf(index)) moveTo(*line, Selecting::Toggle);
}

void MessageTreeView::visitSelected(std::function<bool(const QModelIndex &row)> visit,
                                    std::function<void(bool whole)> done) {
  const LineRuns selected = selectedLines();
  const auto look = [this, selected, visit = std::move(visit)](quint64 line) {
    const QModelIndex row = indexAtLine(line);
    return isInOneOf(selected, row) || visit(row) ? SlicedWalk::Next::GoOn : SlicedWalk::Next::Stop;
  };
  copier_.visit(selected, look, std::move(done));
}

// Words for assistive technology

/// What became of the current row.
void MessageTreeView::announceSelected(QAccessible::Event what) {
  QAccessibleInterface *cell = current_.isValid() ? accessibleCell(this, current_) : nullptr;
  if (!cell) return;
  QAccessibleEvent selection(cell, what);
  announce(&selection);
}

void MessageTreeView::announceFocus() {
  QAccessibleInterface *cell = current_.isValid() && hasFocus() ? accessibleCell(this, current_) : nullptr;
  if (!cell) return;
  QAccessibleEvent focus(cell, QAccessible::Focus);
  announce(&focus);
}

}  // namespace octetscope
