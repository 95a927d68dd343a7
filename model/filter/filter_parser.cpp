// How conditions are joined, and what stands in them. Operands are read in filter_operands.cpp.
#include "model/filter/filter_parser.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

FilterRelation turned(FilterRelation relation) {
  switch (relation) {
    case FilterRelation::Less:
      return FilterRelation::Greater;
    case FilterRelation::LessOrEqual:
      return FilterRelation::GreaterOrEqual;
    case FilterRelation::Greater:
      return FilterRelation::Less;
    case FilterRelation::GreaterOrEqual:
      return FilterRelation::LessOrEqual;
    default:
      return relation;
  }
}

}  // namespace

FilterResult<FilterExpression> FilterExpression::parse(const QString &text) {
  return FilterParser(text).parse();
}

std::optional<ByteView> FilterSlice::of(ByteView bytes) const {
  const auto all = static_cast<quint64>(bytes.size());
  quint64 from = static_cast<quint64>(begin);
  if (begin < 0) {
    const quint64 back = 0 - static_cast<quint64>(begin);
    if (back > all) return std::nullopt;
    from = all - back;
  }
  if (from >= all) return std::nullopt;
  const quint64 count = size.value_or(all - from);
  if (count > all - from) return std::nullopt;
  return bytes.subspan(from, count);
}

FilterResult<FilterExpression> FilterParser::parse() {
  if (text_.size() > FilterExpression::mostCharacters) {
    return failAt(FilterExpression::mostCharacters, 0,
                  u"the expression has more than %1 characters"_s.arg(FilterExpression::mostCharacters),
                  u"write a shorter one"_s);
  }
  skipSpaces();
  if (atEnd()) {
    expect(Operand);
    return failAt(at_, 0, u"the expression is empty"_s, u"write a condition, such as size > 100"_s);
  }
  const auto root = any(0);
  if (!root) return std::unexpected(root.error());
  skipSpaces();
  if (!atEnd()) {
    if (peek() == u')') return failAt(at_, 1, u"there is no ( for this )"_s, u"remove it, or write a ( before it"_s);
    return failBehind(u"%1 stands where the expression could end"_s,
                      u"join conditions with && or ||, and put text in quotes"_s);
  }
  tree_->root = *root;
  tree_->text = text_;
  return FilterExpression(std::move(tree_));
}

void FilterParser::skipSpaces() {
  while (at_ < text_.size() && text_[at_].isSpace()) ++at_;
}

void FilterParser::expect(unsigned what) {
  if (atEnd()) expected_ |= what;
}

bool FilterParser::takeSymbol(QStringView symbol) {
  skipSpaces();
  if (!QStringView(text_).sliced(at_).startsWith(symbol)) return false;
  at_ += symbol.size();
  return true;
}

bool FilterParser::takeWord(QStringView word) {
  skipSpaces();
  if (wordHere() != word) return false;
  at_ += word.size();
  return true;
}

/// Letters, digits, _ and - from here on.
QStringView FilterParser::wordHere() const {
  qsizetype end = at_;
  while (end < text_.size() && (text_[end].isLetterOrNumber() || text_[end] == u'_' || text_[end].isSurrogate() ||
                                text_[end].isMark() || (text_[end] == u'-' && end > at_))) {
    ++end;
  }
  return QStringView(text_).sliced(at_, end - at_);
}

std::unexpected<FilterError> FilterParser::failAt(qsizetype position, qsizetype length, const QString &what,
                                                  const QString &mend) {
  return std::unexpected(FilterError(Error{what, mend, position}, length));
}

/// `what` has the place of what stands here.
std::unexpected<FilterError> FilterParser::failHere(const QString &what, const QString &mend) {
  skipSpaces();
  if (atEnd()) return failAt(at_, 0, what.arg(u"the end"_s), mend);
  const qsizetype length = std::max<qsizetype>(runHere().size(), peek().isHighSurrogate() ? 2 : 1);
  return failAt(at_, length, what.arg(QStringView(text_).sliced(at_, std::min<qsizetype>(length, 60))), mend);
}

FilterParser::NodeResult FilterParser::add(FilterNode node) {
  tree_->nodes.push_back(std::move(node));
  return static_cast<quint32>(tree_->nodes.size() - 1);
}

FilterParser::NodeResult FilterParser::addCondition(FilterCondition condition) {
  if (tree_->conditions.size() >= FilterExpression::mostConditions) {
    return failAt(condition.position, condition.length,
                  u"there are more than %1 conditions"_s.arg(FilterExpression::mostConditions),
                  u"name many values of one field as in {1, 2, 5..9}"_s);
  }
  tree_->conditions.push_back(std::move(condition));
  return add({.condition = static_cast<quint32>(tree_->conditions.size() - 1)});
}

FilterParser::NodeResult FilterParser::any(int depth) {
  FilterNode node{.kind = FilterNode::Kind::Any};
  do {
    const auto child = all(depth);
    if (!child) return child;
    node.children.push_back(*child);
    skipSpaces();
    expect(Connective);
  } while (takeSymbol(u"||") || takeWord(u"or"));
  return node.children.size() == 1 ? NodeResult(node.children.front()) : add(std::move(node));
}

FilterParser::NodeResult FilterParser::all(int depth) {
  FilterNode node{.kind = FilterNode::Kind::All};
  do {
    const auto child = one(depth);
    if (!child) return child;
    node.children.push_back(*child);
    skipSpaces();
    expect(Connective);
  } while (takeSymbol(u"&&") || takeWord(u"and"));
  return node.children.size() == 1 ? NodeResult(node.children.front()) : add(std::move(node));
}

FilterParser::NodeResult FilterParser::one(int depth) {
  skipSpaces();
  expect(Operand);
  const bool isGroup = peek() == u'(';
  const bool isNot = (peek() == u'!' && peek(1) != u'=') || wordHere() == u"not";
  if (!isGroup && !isNot) return condition();
  if (depth >= FilterExpression::deepest) {
    return failAt(at_, 1, u"this is nested more than %1 deep"_s.arg(FilterExpression::deepest),
                  u"write it with fewer parentheses"_s);
  }
  if (isNot) {
    at_ += peek() == u'!' ? 1 : 3;
    const auto child = one(depth + 1);
    return child ? add({.kind = FilterNode::Kind::Not, .children = {*child}}) : child;
  }
  const qsizetype opened = at_++;
  const auto inner = any(depth + 1);
  if (!inner) return inner;
  if (takeSymbol(u")")) {
    if (const auto wrong = comparedGroup(opened, *inner); !wrong) return std::unexpected(wrong.error());
    return inner;
  }
  if (!atEnd()) {
    return failBehind(u"%1 stands where ) should be"_s, u"join conditions with && or ||, and close what was opened"_s);
  }
  return failAt(opened, 1, u"this ( is never closed"_s, u"write ) where it ends"_s);
}

FilterParser::NodeResult FilterParser::condition() {
  FilterCondition made;
  made.position = at_;
  auto left = operand(false);
  if (!left) return std::unexpected(left.error());
  made.left = *std::move(left);
  lastOperand_ = made.left;
  skipSpaces();
  expect(Operator);
  const auto finish = [&](FilterResult<FilterCondition> result) -> NodeResult {
    if (!result) return std::unexpected(result.error());
    result->length = at_ - result->position;
    return addCondition(*std::move(result));
  };
  if (const auto wrong = wrongSign(); !wrong) return std::unexpected(wrong.error());
  if (const auto relation = takeRelation()) return finish(comparison(std::move(made), *relation));
  const bool isLiteral = made.left.kind == FilterOperand::Kind::Literal;
  const qsizetype before = at_;
  const bool isNot = takeWord(u"not");
  if (takeWord(u"in")) {
    made.test = isNot ? FilterCondition::Test::NotIn : FilterCondition::Test::In;
    if (!isLiteral) return finish(set(std::move(made)));
  } else if (isNot) {
    at_ = before;
  } else if (takeWord(u"contains")) {
    if (!isLiteral) return finish(containing(std::move(made)));
  } else if (takeWord(u"matches") || takeSymbol(u"~")) {
    if (!isLiteral) return finish(matching(std::move(made)));
  }
  if (isLiteral) {
    const bool isAlone = at_ == before;
    return failAt(made.left.position, made.left.length,
                  isAlone ? u"a value alone is no condition"_s : u"a value stands on the left"_s,
                  isAlone ? u"compare something with it: size > 100"_s : u"write the name first"_s);
  }
  return finish(std::move(made));
}

std::optional<FilterRelation> FilterParser::takeRelation() {
  static constexpr std::pair<QStringView, FilterRelation> symbols[] = {
      {u"==", FilterRelation::Equal},          {u"!=", FilterRelation::NotEqual}, {u"<=", FilterRelation::LessOrEqual},
      {u">=", FilterRelation::GreaterOrEqual}, {u"<", FilterRelation::Less},      {u">", FilterRelation::Greater},
  };
  static constexpr std::pair<QStringView, FilterRelation> words[] = {
      {u"eq", FilterRelation::Equal},          {u"ne", FilterRelation::NotEqual}, {u"le", FilterRelation::LessOrEqual},
      {u"ge", FilterRelation::GreaterOrEqual}, {u"lt", FilterRelation::Less},     {u"gt", FilterRelation::Greater},
  };
  for (const auto &[symbol, relation] : symbols) {
    if (takeSymbol(symbol)) return relation;
  }
  for (const auto &[word, relation] : words) {
    if (takeWord(word)) return relation;
  }
  return std::nullopt;
}

FilterResult<FilterCondition> FilterParser::comparison(FilterCondition condition, FilterRelation relation) {
  condition.test = FilterCondition::Test::Compare;
  condition.relation = relation;
  skipSpaces();
  expect(Value);
  const bool isLiteral = condition.left.kind == FilterOperand::Kind::Literal;
  const bool hasWords =
      condition.left.kind == FilterOperand::Kind::OfMessage && !filterWords(condition.left.name).empty();
  if (hasWords) {
    auto word = wordLiteral(condition.left);
    if (!word) return std::unexpected(word.error());
    if (relation != FilterRelation::Equal && relation != FilterRelation::NotEqual) {
      return failAt(condition.left.position, at_ - condition.left.position,
                    u"%1 has no order"_s.arg(filterName(condition.left.name).text), u"compare it with == or !="_s);
    }
    condition.right = {.literal = *std::move(word)};
    return condition;
  }
  auto right = operand(true);
  if (!right) return std::unexpected(right.error());
  condition.right = *std::move(right);
  if (isLiteral) {
    if (condition.right.kind == FilterOperand::Kind::Literal) {
      return failAt(condition.position, at_ - condition.position, u"both sides are values"_s,
                    u"compare a name of the message or a field with one"_s);
    }
    std::swap(condition.left, condition.right);
    condition.relation = turned(relation);
  }
  for (const FilterOperand *side : {&condition.left, &condition.right}) {
    if (side->kind == FilterOperand::Kind::OfMessage && !filterWords(side->name).empty()) {
      const QString name = filterName(side->name).text.toString();
      return failAt(side->position, side->length, u"%1 stands on the right"_s.arg(name),
                    u"write %1 first: %1 == %2"_s.arg(name, filterWords(side->name).front()));
    }
  }
  if (condition.right.kind == FilterOperand::Kind::Literal) {
    if (const auto good = check(condition, condition.right.literal); !good) return std::unexpected(good.error());
  }
  return condition;
}

FilterResult<FilterCondition> FilterParser::set(FilterCondition condition) {
  if (!takeSymbol(u"{")) return failHere(u"%1 stands where { should be"_s, u"write in {1, 2, 5..9}"_s);
  const qsizetype opened = at_ - 1;
  do {
    skipSpaces();
    expect(SetValue);
    FilterCondition::Item item;
    auto low = literal(condition.left);
    if (!low) return std::unexpected(low.error());
    item.low = item.high = *std::move(low);
    if (takeSymbol(u"..")) {
      auto high = literal(condition.left);
      if (!high) return std::unexpected(high.error());
      item.high = *std::move(high);
      item.isRange = true;
      if (item.low.kind == FilterLiteral::Kind::Null || item.low.kind == FilterLiteral::Kind::Word) {
        return failAt(item.low.position, at_ - item.low.position, u"this range has no order"_s,
                      u"list the values with commas"_s);
      }
    }
    for (FilterLiteral *end : {&item.low, &item.high}) {
      if (const auto good = check(condition, *end); !good) return std::unexpected(good.error());
    }
    if (item.isRange && compare(item.low.value(), item.high.value()) != FilterOrder::Less &&
        compare(item.low.value(), item.high.value()) != FilterOrder::Equal) {
      return failAt(item.low.position, at_ - item.low.position, u"this range has nothing in it"_s,
                    u"write the lower end first"_s);
    }
    if (condition.items.size() >= FilterExpression::mostItems) {
      return failAt(item.low.position, at_ - item.low.position,
                    u"the set has more than %1 values"_s.arg(FilterExpression::mostItems), u"use ranges: 5..9"_s);
    }
    condition.items.append(std::move(item));
    skipSpaces();
  } while (takeSymbol(u","));
  if (takeSymbol(u"}")) return condition;
  if (atEnd()) return failAt(opened, 1, u"this { is never closed"_s, u"write } where it ends"_s);
  return failHere(u"%1 stands where , or } should be"_s, u"write in {1, 2, 5..9}"_s);
}

FilterResult<FilterCondition> FilterParser::containing(FilterCondition condition) {
  condition.test = FilterCondition::Test::Contains;
  skipSpaces();
  expect(Text);
  auto right = operand(true);
  if (!right) return std::unexpected(right.error());
  condition.right = *std::move(right);
  if (condition.right.kind == FilterOperand::Kind::Literal) {
    if (!condition.right.literal.isString()) {
      return failAt(condition.right.position, condition.right.length, u"contains looks for text or bytes"_s,
                    u"write \"5\" for text, \"\\x05\" or 00:05 for bytes"_s);
    }
    if (condition.right.literal.bytes.isEmpty()) {
      return failAt(condition.right.position, condition.right.length, u"there is nothing to look for"_s,
                    u"write what it has to contain"_s);
    }
  }
  if (const auto good = check(condition, condition.right.literal); !good) return std::unexpected(good.error());
  return condition;
}

FilterResult<FilterCondition> FilterParser::matching(FilterCondition condition) {
  condition.test = FilterCondition::Test::Matches;
  skipSpaces();
  expect(Text);
  const qsizetype start = at_;
  const bool isRaw = peek() == u'r' && (peek(1) == u'"' || peek(1) == u'\'');
  if (!isRaw && peek() != u'"' && peek() != u'\'') {
    return failHere(u"%1 is no regular expression"_s, u"write it in quotes: matches \"^GET \""_s);
  }
  const auto pattern = quoted(isRaw, nullptr);
  if (!pattern) return std::unexpected(pattern.error());
  // A match that is looked for too long is none: PCRE gives up where it was told to.
  static const QString limits = u"(*LIMIT_MATCH=1000000)(*LIMIT_DEPTH=10000)(*LIMIT_HEAP=20000)"_s;
  condition.pattern.setPattern(limits + *pattern);
  condition.pattern.setPatternOptions(QRegularExpression::UseUnicodePropertiesOption);
  if (!condition.pattern.isValid()) {
    const qsizetype within = std::max<qsizetype>(condition.pattern.patternErrorOffset() - limits.size(), 0);
    const qsizetype place = start + (isRaw ? 2 : 1) + within;
    return failAt(std::min(place, at_ - 1), place < at_ - 1 ? 1 : 0,
                  u"this is no regular expression (%1)"_s.arg(condition.pattern.errorString()),
                  u"write \\ before signs that are meant as themselves"_s);
  }
  condition.pattern.optimize();
  FilterLiteral none{.kind = FilterLiteral::Kind::Text};
  if (const auto good = check(condition, none); !good) return std::unexpected(good.error());
  return condition;
}

}  // namespace octetscope
