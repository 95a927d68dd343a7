#include "widgets/messages/flat_rows.h"

namespace octetscope {

void FlatRows::reset(quint64 topLevelRows) {
  nodes_.assign(2, Node{});
  free_.clear();
  opened_ = 0;
  node(root_).rows = topLevelRows;
  node(root_).extra = topLevelRows;
}

RowPath FlatRows::pathAt(quint64 position) const {
  Q_ASSERT(position < count());
  RowPath path;
  Id owner = root_;
  for (;;) {
    quint64 before = 0;  // lines of opened branches before the row looked for
    Id at = node(owner).inside;
    Id within = none;
    quint64 row = 0;
    while (at != none) {
      const Node &n = node(at);
      const quint64 start = n.row + before + sumOf(n.left);
      if (position < start) {
        at = n.left;
      } else if (position <= start + n.extra) {
        row = n.row;
        if (position > start) {
          within = at;
          position -= start + 1;
        }
        break;
      } else {
        before += sumOf(n.left) + n.extra;
        at = n.right;
      }
    }
    path.append(at == none ? position - before : row);
    if (within == none) return path;
    owner = within;
  }
}

quint64 FlatRows::extraBefore(Id owner, quint64 row) const {
  quint64 lines = 0;
  for (Id at = node(owner).inside; at != none;) {
    const Node &n = node(at);
    if (row <= n.row) {
      at = n.left;
    } else {
      lines += sumOf(n.left) + n.extra;
      at = n.right;
    }
  }
  return lines;
}

FlatRows::Id FlatRows::findIn(Id owner, quint64 row) const {
  Id at = node(owner).inside;
  while (at != none && node(at).row != row) at = row < node(at).row ? node(at).left : node(at).right;
  return at;
}

FlatRows::Id FlatRows::find(const RowPath &path) const {
  Id at = root_;
  for (const quint64 row : path) {
    at = findIn(at, row);
    if (at == none) return none;
  }
  return at;
}

std::optional<quint64> FlatRows::positionOf(const RowPath &path) const {
  if (path.isEmpty()) return std::nullopt;
  quint64 position = 0;
  Id owner = root_;
  for (qsizetype level = 0; level < path.size(); ++level) {
    const quint64 row = path[level];
    if (row >= node(owner).rows) return std::nullopt;
    position += row + extraBefore(owner, row);
    if (level + 1 == path.size()) break;
    owner = findIn(owner, row);
    if (owner == none) return std::nullopt;
    ++position;
  }
  return position;
}

quint64 FlatRows::linesBelow(const RowPath &path) const {
  const Id id = find(path);
  return id == none ? 0 : node(id).extra;
}

bool FlatRows::open(const RowPath &path, quint64 rows) {
  if (path.isEmpty()) return false;
  const Id owner = find(RowPath(path.cbegin(), path.cend() - 1));
  const quint64 row = path.last();
  if (owner == none || row >= node(owner).rows || findIn(owner, row) != none) return false;
  const Id id = take();
  Node &n = node(id);
  n.row = row;
  n.rows = rows;
  n.extra = rows;
  n.sum = rows;
  n.owner = owner;
  // xorshift: any sequence that the data cannot choose keeps the treap flat.
  random_ ^= random_ << 13;
  random_ ^= random_ >> 17;
  random_ ^= random_ << 5;
  n.priority = random_;
  Id before = none;
  Id behind = none;
  split(node(owner).inside, row, before, behind);
  node(owner).inside = merge(merge(before, id), behind);
  addLines(owner, rows);
  return true;
}

bool FlatRows::close(const RowPath &path) {
  const Id id = find(path);
  if (id == none || id == root_) return false;
  const Id owner = node(id).owner;
  const quint64 lines = node(id).extra;
  Id before = none;
  Id behind = none;
  Id middle = none;
  split(node(owner).inside, node(id).row, before, behind);
  split(behind, node(id).row + 1, middle, behind);
  Q_ASSERT(middle == id);
  node(owner).inside = merge(before, behind);
  release(middle);
  addLines(owner, 0 - lines);
  return true;
}

QList<RowPath> FlatRows::openBranches() const {
  QList<RowPath> result;
  struct Step {
    Id id;
    qsizetype depth;  // of the path that it belongs to
    bool entered;     // its left side is done
  };
  std::vector<Step> steps{{node(root_).inside, 0, false}};
  RowPath path;
  while (!steps.empty()) {
    const Step step = steps.back();
    steps.pop_back();
    if (step.id == none) continue;
    const Node &n = node(step.id);
    if (!step.entered) {
      steps.push_back({step.id, step.depth, true});
      steps.push_back({n.left, step.depth, false});
      continue;
    }
    path.resize(step.depth);
    path.append(n.row);
    result.append(path);
    steps.push_back({n.right, step.depth, false});
    steps.push_back({n.inside, step.depth + 1, false});
  }
  return result;
}

void FlatRows::insertRows(const RowPath &parent, quint64 first, quint64 count) {
  const Id id = find(parent);
  if (id == none || count == 0) return;
  Q_ASSERT(first <= node(id).rows);
  if (first < node(id).rows && node(id).inside != none) {
    Id before = none;
    Id behind = none;
    split(node(id).inside, first, before, behind);
    shift(behind, count);
    node(id).inside = merge(before, behind);
  }
  node(id).rows += count;
  addLines(id, count);
}

void FlatRows::removeRows(const RowPath &parent, quint64 first, quint64 count) {
  const Id id = find(parent);
  if (id == none || count == 0) return;
  Q_ASSERT(first <= node(id).rows && count <= node(id).rows - first);
  Id before = none;
  Id middle = none;
  Id behind = none;
  split(node(id).inside, first, before, behind);
  split(behind, first + count, middle, behind);
  const quint64 lines = count + sumOf(middle);
  release(middle);
  shift(behind, 0 - count);
  node(id).inside = merge(before, behind);
  node(id).rows -= count;
  addLines(id, 0 - lines);
}

void FlatRows::split(Id tree, quint64 row, Id &before, Id &behind) {
  if (tree == none) {
    before = behind = none;
    return;
  }
  Id middle = none;
  if (node(tree).row < row) {
    split(node(tree).right, row, middle, behind);
    node(tree).right = middle;
    before = tree;
  } else {
    split(node(tree).left, row, before, middle);
    node(tree).left = middle;
    behind = tree;
  }
  refresh(tree);
}

FlatRows::Id FlatRows::merge(Id before, Id behind) {
  if (before == none) return behind;
  if (behind == none) return before;
  if (node(before).priority > node(behind).priority) {
    node(before).right = merge(node(before).right, behind);
    refresh(before);
    return before;
  }
  node(behind).left = merge(before, node(behind).left);
  refresh(behind);
  return behind;
}

void FlatRows::addLines(Id id, quint64 delta) {
  for (; id != none; id = node(id).owner) {
    node(id).extra += delta;
    const Id owner = node(id).owner;
    if (owner == none) break;
    const quint64 row = node(id).row;
    for (Id at = node(owner).inside;; at = row < node(at).row ? node(at).left : node(at).right) {
      node(at).sum += delta;
      if (at == id) break;
    }
  }
}

void FlatRows::shift(Id tree, quint64 delta) {
  std::vector<Id> left{tree};
  while (!left.empty()) {
    const Id id = left.back();
    left.pop_back();
    if (id == none) continue;
    node(id).row += delta;
    left.push_back(node(id).left);
    left.push_back(node(id).right);
  }
}

void FlatRows::release(Id tree) {
  std::vector<Id> left{tree};
  while (!left.empty()) {
    const Id id = left.back();
    left.pop_back();
    if (id == none) continue;
    left.insert(left.end(), {node(id).left, node(id).right, node(id).inside});
    node(id) = Node{};
    free_.push_back(id);
    --opened_;
  }
}

FlatRows::Id FlatRows::take() {
  ++opened_;
  if (!free_.empty()) {
    const Id id = free_.back();
    free_.pop_back();
    return id;
  }
  nodes_.emplace_back();
  return static_cast<Id>(nodes_.size() - 1);
}

}  // namespace octetscope
