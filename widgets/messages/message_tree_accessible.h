// The message list as assistive technology sees it: a tree with a table's interface. Its rows are counted in full and
// any cell can be asked for; its children are the column headings and the cells in sight, so that walking them costs
// what is visible.
#pragma once

#include <QAccessible>
#include <QModelIndex>

namespace octetscope {

class MessageTreeView;

/// Makes Qt know the interface. Any number of times; in the window's thread.
void installMessageTreeAccessibility();

/// The cell at `index` (a row's first column stands for the row); null where its column is hidden or its line closed.
QAccessibleInterface *accessibleCell(MessageTreeView *view, const QModelIndex &index);

}  // namespace octetscope
