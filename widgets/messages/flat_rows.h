// FlatRows: which row of a tree stands at which line of a list, where every row is a line and the rows of an opened
// branch follow it. Plain arithmetic over the number of top-level rows and the opened branches; rows themselves are
// nowhere kept, so it costs what is opened, not what is there.
//
// It owns a balanced tree (a treap) for each opened branch, of the opened branches directly in it, all in one array.
// Finding costs O(log opened) a level, adding rows at the end O(1) a level. Nothing here recurses as deep as the data.
#pragma once

#include <QList>
#include <QVarLengthArray>
#include <QtGlobal>

#include <optional>
#include <vector>

namespace octetscope {

/// A row by its place: the row on the top level, then the row in that branch, and so on. Empty: the root.
using RowPath = QVarLengthArray<quint64, 6>;

class FlatRows {
 public:
  explicit FlatRows(quint64 topLevelRows = 0) { reset(topLevelRows); }

  /// `topLevelRows` rows, nothing opened.
  void reset(quint64 topLevelRows);

  /// Lines: all rows whose branches are all opened.
  quint64 count() const { return node(root_).extra; }
  quint64 topLevelRows() const { return node(root_).rows; }
  quint64 openCount() const { return opened_; }

  /// The row at line `position` < count().
  RowPath pathAt(quint64 position) const;
  /// The line of a row; none where it is not there, or stands in a closed branch.
  std::optional<quint64> positionOf(const RowPath &path) const;
  /// Lines below `path` that belong to it: 0 where it is closed.
  quint64 linesBelow(const RowPath &path) const;

  bool isOpen(const RowPath &path) const { return find(path) != none; }
  /// Opens a branch of `rows` rows. False where it is open already, not there, or stands in a closed branch.
  bool open(const RowPath &path, quint64 rows);
  /// Closes a branch and everything opened in it. False where it is not open.
  bool close(const RowPath &path);
  /// Every opened branch in the order of lines, so a branch comes before those in it.
  QList<RowPath> openBranches() const;

  /// Rows were added in / taken from the branch `parent` (empty: the top level); nothing happens where it is closed.
  /// first <= rows there; count at most what is there behind `first`. O(1) a level at the end; else O(opened behind).
  void insertRows(const RowPath &parent, quint64 first, quint64 count);
  void removeRows(const RowPath &parent, quint64 first, quint64 count);

 private:
  using Id = quint32;
  static constexpr Id none = 0;   // node 0 is no node
  static constexpr Id root_ = 1;  // what holds the top level

  struct Node {
    quint64 row = 0;    // in its owner
    quint64 rows = 0;   // children, opened or not
    quint64 extra = 0;  // lines it adds below itself: rows, and what is opened in them
    quint64 sum = 0;    // extra of the whole treap below this node
    Id left = none;
    Id right = none;
    Id owner = none;   // the branch it stands in
    Id inside = none;  // treap of the branches opened in it
    quint32 priority = 0;
  };

  const Node &node(Id id) const { return nodes_[id]; }
  Node &node(Id id) { return nodes_[id]; }
  quint64 sumOf(Id id) const { return id == none ? 0 : node(id).sum; }
  void refresh(Id id) { node(id).sum = sumOf(node(id).left) + node(id).extra + sumOf(node(id).right); }

  Id find(const RowPath &path) const;
  Id findIn(Id owner, quint64 row) const;
  quint64 extraBefore(Id owner, quint64 row) const;
  /// Splits a treap into rows < row and the others. As deep as the treap: logarithmic.
  void split(Id tree, quint64 row, Id &before, Id &behind);
  Id merge(Id before, Id behind);
  /// `delta` more lines in branch `id` and in all that hold it.
  void addLines(Id id, quint64 delta);
  void shift(Id tree, quint64 delta);
  void release(Id tree);
  Id take();

  std::vector<Node> nodes_;
  std::vector<Id> free_;
  quint64 opened_ = 0;
  quint32 random_ = 2463534242U;
};

}  // namespace octetscope
