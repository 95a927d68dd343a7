#include "model/values/field_tree.h"

namespace octetscope {

std::optional<quint32> FieldTree::at(std::span<const quint64> path) const {
  quint32 number = root;
  for (const quint64 place : path) {
    if (place >= childCount(number)) return std::nullopt;
    number = child(number, static_cast<quint32>(place));
  }
  return number;
}

FieldPath FieldTree::pathAt(quint64 offset) const {
  FieldPath path;
  for (quint32 number = root;;) {
    // The last child that begins at or before the byte.
    quint32 low = 0;
    for (quint32 high = childCount(number); low < high;) {
      const quint32 middle = low + (high - low) / 2;
      const FieldNode &node = nodes_[child(number, middle)];
      const quint64 begin = node.name.isEmpty() ? node.range.begin : std::min(node.name.begin, node.range.begin);
      if (begin <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low == 0) return path;
    const quint32 inner = child(number, low - 1);
    if (!nodes_[inner].range.contains(offset) && !nodes_[inner].name.contains(offset)) return path;
    path.append(low - 1);
    number = inner;
  }
}

bool FieldTreeBuilder::append(FieldNode node) {
  if (isFull_) return false;
  if (tooDeep_ > 0) return true;
  if (tree_.nodes_.size() >= std::min<quint64>(limits_.values, FieldNode::none - 1)) {
    isFull_ = true;
    return false;
  }
  const quint32 parent = open_.empty() ? FieldNode::none : open_.back();
  quint32 &siblings = parent == FieldNode::none ? tree_.topCount_ : tree_.nodes_[parent].childCount;
  node.parent = parent;
  node.place = siblings++;
  node.childCount = 0;
  node.range.end = std::max(node.range.begin, std::min(node.range.end, payload_));
  end_ = std::max(end_, node.range.end);
  tree_.nodes_.push_back(node);
  return true;
}

bool FieldTreeBuilder::addBroken(FieldNode node, const QString &error) {
  if (!append(node)) return false;
  fail(error);
  return true;
}

bool FieldTreeBuilder::open(FieldNode node) {
  node.isGroup = tooDeep_ == 0 && open_.size() < limits_.depth;
  if (!append(node)) return false;
  if (node.isGroup) {
    open_.push_back(static_cast<quint32>(tree_.nodes_.size() - 1));
    return true;
  }
  if (tooDeep_ == 0) fail(QStringLiteral("nested more than %1 deep: not listed").arg(limits_.depth));
  ++tooDeep_;
  return true;
}

void FieldTreeBuilder::close(quint64 end) {
  if (isFull_ || (tooDeep_ == 0 && open_.empty())) return;
  if (tooDeep_ > 1) {
    --tooDeep_;
    return;
  }
  FieldNode &node = tooDeep_ == 1 ? tree_.nodes_.back() : tree_.nodes_[open_.back()];
  node.range.end = std::max(node.range.begin, std::min(end, payload_));
  end_ = std::max(end_, node.range.end);
  if (tooDeep_ == 1) {
    tooDeep_ = 0;
  } else {
    open_.pop_back();
  }
}

void FieldTreeBuilder::fail(const QString &error) {
  if (isFull_ || tooDeep_ > 0 || tree_.nodes_.empty()) return;
  tree_.errors_.insert(static_cast<quint32>(tree_.nodes_.size() - 1), error);
}

FieldTree FieldTreeBuilder::finish() {
  const bool isCut = isFull_ || payload_ > limits_.bytes;
  isFull_ = false;
  const quint64 end = isCut ? end_ : payload_;
  while (tooDeep_ > 0 || !open_.empty()) close(end);
  if (isCut && end < payload_) {
    FieldNode more;
    more.range = {end, payload_};
    more.kind = FieldNode::none;
    more.place = tree_.topCount_++;
    tree_.nodes_.push_back(more);
    fail(QStringLiteral("more values than are listed at once"));
  }
  // Children by parent: a counting sort, since siblings come in order.
  tree_.children_.resize(tree_.nodes_.size());
  quint32 next = tree_.topCount_;
  for (FieldNode &node : tree_.nodes_) {
    node.firstChild = next;
    next += node.childCount;
  }
  for (quint32 number = 0; number < tree_.size(); ++number) {
    const FieldNode &node = tree_.nodes_[number];
    const quint32 first = node.parent == FieldNode::none ? 0 : tree_.nodes_[node.parent].firstChild;
    tree_.children_[first + node.place] = number;
  }
  return std::move(tree_);
}

}  // namespace octetscope
