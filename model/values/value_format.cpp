#include "model/values/value_format.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

// What a summary needs: its characters are few.
constexpr FieldLimits summaryLimits{.values = 64, .bytes = 64 * 1024};

/// What a value is called that has no name.
QString placeName(const FieldNode &node) {
  const QString place = QString::number(node.place);
  return node.parent == FieldNode::none ? place : QString(u'[' + place + u']');
}

Field fieldOf(const ValueFormat &format, const FieldTree &tree, ByteView payload, quint32 number) {
  const FieldNode &node = tree.node(number);
  Field field;
  if (node.kind == FieldNode::none) {
    field.name = u"(more)"_s;
  } else {
    field = format.describe(payload, node);
  }
  // A key may be empty, too.
  if (field.name.isEmpty() && node.name.isEmpty()) field.name = placeName(node);
  field.range = node.range;
  field.isGroup = node.isGroup;
  field.childCount = node.childCount;
  field.error = tree.error(number);
  if (!field.error.isEmpty() || node.isGroup) field.value = {};
  return field;
}

class TreeWalk final : public FieldWalk {
 public:
  TreeWalk(const ValueFormat &format, std::shared_ptr<const FieldTree> tree, ByteView payload)
      : format_(format), tree_(std::move(tree)), payload_(payload) {}

  bool next() override {
    if (next_ >= tree_->size()) return false;
    const quint32 parent = tree_->node(next_).parent;
    while (!open_.empty() && open_.back() != parent) open_.pop_back();
    depth_ = open_.size();
    field_ = fieldOf(format_, *tree_, payload_, next_);
    if (tree_->node(next_).isGroup) open_.push_back(next_);
    ++next_;
    return true;
  }
  const Field &field() const override { return field_; }
  std::size_t depth() const override { return depth_; }

 private:
  const ValueFormat &format_;
  std::shared_ptr<const FieldTree> tree_;
  ByteView payload_;
  quint32 next_ = 0;
  std::vector<quint32> open_;  // the groups that the next node may lie in
  std::size_t depth_ = 0;
  Field field_;
};

/// A format that has read one payload.
class IndexedFields final : public FieldDecoder {
 public:
  IndexedFields(std::shared_ptr<const ValueFormat> format, FieldTree tree)
      : format_(std::move(format)), tree_(std::make_shared<const FieldTree>(std::move(tree))) {}

  std::unique_ptr<FieldWalk> walk(ByteView payload) const override {
    return std::make_unique<TreeWalk>(*format_, tree_, payload);
  }
  quint64 childCount(ByteView, std::span<const quint64> path) const override {
    const auto number = tree_->at(path);
    return number ? tree_->childCount(*number) : 0;
  }
  Field field(ByteView payload, std::span<const quint64> path) const override {
    const auto number = tree_->at(path);
    return number && *number != FieldTree::root ? fieldOf(*format_, *tree_, payload, *number) : Field{};
  }
  Front front() const override { return {0, 0}; }
  FieldPath fieldAt(ByteView, quint64 offset) const override { return tree_->pathAt(offset); }

  QList<Span> spans(ByteView, ByteRange shown, int most) const override {
    QList<Span> result;
    const FieldPath first = tree_->pathAt(shown.begin);
    for (quint32 place = first.isEmpty() ? firstFrom(shown.begin) : static_cast<quint32>(first.front());
         place < tree_->childCount(FieldTree::root) && result.size() < most; ++place) {
      const ByteRange range = extentOf(place);
      if (range.begin >= shown.end) break;
      if (range.overlaps(shown)) result.append({place, range});
    }
    return result;
  }

  QString summary(ByteView payload, qsizetype most) const override {
    QString text;
    quint32 parent = FieldTree::root;
    // What a single group holds says more than how much that is.
    for (std::size_t depth = 0; depth < mostSummaryDepth && tree_->childCount(parent) == 1; ++depth) {
      const quint32 only = tree_->child(parent, 0);
      if (tree_->childCount(only) == 0 || !tree_->error(only).isEmpty()) break;
      if (const QString name = shownName(payload, only, most); !name.isEmpty()) text += name + u": "_s;
      parent = only;
    }
    for (quint32 place = 0; place < tree_->childCount(parent) && text.size() <= most; ++place) {
      const quint32 number = tree_->child(parent, place);
      const Field field = fieldOf(*format_, *tree_, payload, number);
      if (place > 0) text += u" · "_s;
      if (const QString name = shownName(payload, number, most); !name.isEmpty()) text += name + u' ';
      if (!field.error.isEmpty()) {
        text += u'?';
      } else if (field.isGroup) {
        text += field.childCount == 0 ? u"(empty)"_s : u"(%1)"_s.arg(field.childCount);
      } else {
        text += std::holds_alternative<std::monostate>(field.value) ? u"null"_s : displayText(field.value, most);
      }
    }
    if (text.size() <= most) return text;
    text.truncate(std::max<qsizetype>(most - 1, 0));
    if (!text.isEmpty() && text.back().isHighSurrogate()) text.chop(1);
    return most > 0 ? QString(text + u'…') : text;
  }

 private:
  static constexpr std::size_t mostSummaryDepth = 8;

  /// A name that is worth its room in a summary, escaped where it has to be; empty for one that only says the place.
  QString shownName(ByteView payload, quint32 number, qsizetype most) const {
    const FieldNode &node = tree_->node(number);
    const QString name = fieldOf(*format_, *tree_, payload, number).name;
    if (node.name.isEmpty() && (name == placeName(node) || name == u'[' + QString::number(node.place) + u']'))
      return {};
    const bool isPlain = !name.isEmpty() && name.size() <= most && isPlainText(name.toUtf8());
    return isPlain ? name : displayText(name, most);
  }

  /// Of a top-level value: its name and itself.
  ByteRange extentOf(quint32 place) const {
    const FieldNode &node = tree_->node(tree_->child(FieldTree::root, place));
    if (node.name.isEmpty()) return node.range;
    return {std::min(node.name.begin, node.range.begin), std::max(node.name.end, node.range.end)};
  }
  /// The first top-level value that ends behind `offset`.
  quint32 firstFrom(quint64 offset) const {
    quint32 low = 0;
    for (quint32 high = tree_->childCount(FieldTree::root); low < high;) {
      const quint32 middle = low + (high - low) / 2;
      if (extentOf(middle).end <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  std::shared_ptr<const ValueFormat> format_;
  std::shared_ptr<const FieldTree> tree_;
};

}  // namespace

std::shared_ptr<const FieldDecoder> ValueFormat::indexed(ByteView payload, FieldLimits limits) const {
  FieldTreeBuilder builder(payload.size(), limits);
  read(payload, builder);
  return std::make_shared<IndexedFields>(shared_from_this(), builder.finish());
}

std::unique_ptr<FieldWalk> ValueFormat::walk(ByteView payload) const {
  FieldTreeBuilder builder(payload.size(), {});
  read(payload, builder);
  return std::make_unique<TreeWalk>(*this, std::make_shared<const FieldTree>(builder.finish()), payload);
}

quint64 ValueFormat::childCount(ByteView payload, std::span<const quint64> path) const {
  return indexed(payload)->childCount(payload, path);
}

Field ValueFormat::field(ByteView payload, std::span<const quint64> path) const {
  return indexed(payload)->field(payload, path);
}

FieldPath ValueFormat::fieldAt(ByteView payload, quint64 offset) const {
  return indexed(payload)->fieldAt(payload, offset);
}

QList<FieldDecoder::Span> ValueFormat::spans(ByteView payload, ByteRange shown, int most) const {
  return indexed(payload)->spans(payload, shown, most);
}

QString ValueFormat::summary(ByteView payload, qsizetype most) const {
  return indexed(payload, summaryLimits)->summary(payload, most);
}

}  // namespace octetscope
