#include "model/filter/filter_program.h"

#include "model/filter/filter_judge.h"

#include <algorithm>

namespace octetscope {

/// The expression for one direction: nodes, each before what joins it, and leaves.
class FilterProgram::Direct {
 public:
  explicit Direct(FilterScope scope) : scope_(std::move(scope)) {}

  void addLeaf(FilterLeaf leaf) {
    isSlow_ = isSlow_ || leaf.isSlow(scope_);
    leaves_.push_back(std::move(leaf));
  }

  void arrange(const FilterExpression &expression) {
    nodes_ = expression.nodes();
    root_ = expression.root();
    // Children stand before what joins them, so their costs are known.
    std::vector<int> costs;
    for (FilterNode &node : nodes_) {
      int cost = 0;
      if (node.kind == FilterNode::Kind::Condition) {
        cost = leaves_[node.condition].cost();
      } else {
        for (const quint32 child : node.children) cost = std::min(cost + costs[child], 1 << 20);
        std::ranges::stable_sort(node.children, {}, [&](quint32 child) { return costs[child]; });
      }
      costs.push_back(cost);
    }
  }

  quint64 judge(const FilterBatch &batch) const {
    if (scope_.layers.isEmpty() || batch.messages.empty()) return 0;
    FilterMachine machine(scope_, batch);
    const std::size_t count = std::min(batch.messages.size(), FilterBatch::most);
    const quint64 all = count == FilterBatch::most ? ~0ULL : (1ULL << count) - 1;
    const bool isApart = isSlow_ || std::ranges::any_of(batch.messages, [](const Message &message) {
                           return message.status != Status::Error && !message.hasPayloadRange();
                         });
    if (!isApart || leaves_.size() == 1) return judge(machine, root_, all);
    // What was found of a message serves all its conditions.
    quint64 passing = 0;
    for (std::size_t i = 0; i < count; ++i) passing |= judge(machine, root_, 1ULL << i);
    return passing;
  }

  bool isSlow() const { return isSlow_; }

 private:
  // Goes as deep as the expression, which is limited.
  quint64 judge(FilterMachine &machine, quint32 number, quint64 wanted) const {
    const FilterNode &node = nodes_[number];
    switch (node.kind) {
      case FilterNode::Kind::Condition:
        return machine.judge(leaves_[node.condition], wanted);
      case FilterNode::Kind::Not:
        return wanted & ~judge(machine, node.children.front(), wanted);
      case FilterNode::Kind::All:
        for (const quint32 child : node.children) {
          if (wanted == 0) break;
          wanted = judge(machine, child, wanted);
        }
        return wanted;
      case FilterNode::Kind::Any: {
        quint64 passing = 0;
        for (const quint32 child : node.children) {
          if (wanted == passing) break;
          passing |= judge(machine, child, wanted & ~passing);
        }
        return passing;
      }
    }
    return 0;
  }

  const FilterScope scope_;
  std::vector<FilterNode> nodes_;
  std::vector<FilterLeaf> leaves_;
  quint32 root_ = 0;
  bool isSlow_ = false;
};

FilterProgram::FilterProgram(FilterExpression expression) : expression_(std::move(expression)) {}
FilterProgram::~FilterProgram() = default;

FilterResult<std::shared_ptr<const FilterProgram>> FilterProgram::create(const FilterExpression &expression,
                                                                         const std::array<FilterScope, 2> &scopes) {
  std::array<std::unique_ptr<Direct>, 2> made;
  for (std::size_t d = 0; d < 2; ++d) made[d] = std::make_unique<Direct>(scopes[d]);
  for (const FilterCondition &condition : expression.conditions()) {
    // What is wrong in one direction may be right in the other: a name that this one alone has.
    std::optional<FilterError> issue;
    bool isWrong = true;
    for (std::size_t d = 0; d < 2; ++d) {
      BoundLeaf bound = bindCondition(condition, expression.text(), scopes[d], static_cast<Direction>(d));
      if (!bound.issue) {
        isWrong = false;
      } else if (!issue || !bound.isUnknown) {
        issue = bound.issue;  // what is known of a field says more than that there is none
      }
      made[d]->addLeaf(std::move(bound.leaf));
    }
    if (isWrong) return std::unexpected(*issue);
  }
  for (auto &direct : made) direct->arrange(expression);
  auto program = std::shared_ptr<FilterProgram>(new FilterProgram(expression));
  for (std::size_t d = 0; d < 2; ++d) program->directions_[d] = std::move(made[d]);
  return program;
}

quint64 FilterProgram::judge(const FilterBatch &batch) const {
  return directions_[static_cast<std::size_t>(batch.stream.direction)]->judge(batch);
}

bool FilterProgram::isSlow(Direction direction) const {
  return directions_[static_cast<std::size_t>(direction)]->isSlow();
}

}  // namespace octetscope
