// What a condition becomes once it is known what messages are read with: the simplest leaf that says the same, and why
// it can never hold, where a layout makes that certain.
#include "model/filter/filter_judge.h"
#include "model/filter/near_words.h"

#include <algorithm>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

using Test = FilterCondition::Test;
using OperandKind = FilterOperand::Kind;
using LiteralKind = FilterLiteral::Kind;

bool isNegated(const FilterCondition &condition) {
  return condition.test == Test::NotIn ||
         (condition.test == Test::Compare && condition.relation == FilterRelation::NotEqual);
}

/// The whole numbers for which a comparison with written numbers holds; none where what is written is something else.
std::optional<NumberRanges> rangesOf(const FilterCondition &condition, bool isTime) {
  const auto boundOf = [isTime](const FilterLiteral &literal) -> std::optional<WideBound> {
    if (isTime && (literal.isNumber() || literal.kind == LiteralKind::Moment)) return literal.nanoseconds;
    return !isTime && literal.kind == LiteralKind::Number ? std::optional(literal.bound()) : std::nullopt;
  };
  if (condition.test == Test::Exists) return NumberRanges::where(FilterRelation::NotEqual, {0, true});
  if (condition.test == Test::Compare) {
    if (condition.right.kind != OperandKind::Literal) return std::nullopt;
    const auto bound = boundOf(condition.right.literal);
    return bound ? std::optional(NumberRanges::where(condition.relation, *bound)) : std::nullopt;
  }
  if (condition.test != Test::In && condition.test != Test::NotIn) return std::nullopt;
  std::vector<NumberRanges::Range> all;
  for (const FilterCondition::Item &item : condition.items) {
    const auto low = boundOf(item.low);
    const auto high = boundOf(item.high);
    if (!low || !high) return std::nullopt;
    const NumberRanges part = NumberRanges::between(*low, *high);
    all.insert(all.end(), part.ranges().begin(), part.ranges().end());
  }
  const NumberRanges united = NumberRanges::united(std::move(all));
  return condition.test == Test::NotIn ? united.complement() : united;
}

FilterLeaf constant(bool value) {
  return {.kind = FilterLeaf::Kind::Constant, .constant = value};
}

/// Which of its words a name has to have.
std::array<bool, 3> wordsOf(const FilterCondition &condition) {
  std::array<bool, 3> wanted = {};
  if (condition.test == Test::Exists) {
    wanted.fill(true);
  } else if (condition.test == Test::Compare) {
    wanted[condition.right.literal.word] = true;
  } else {
    for (const FilterCondition::Item &item : condition.items) wanted[item.low.word] = true;
  }
  if (isNegated(condition)) {
    for (bool &word : wanted) word = !word;
  }
  return wanted;
}

bool isAlwaysThere(FilterName name) {
  switch (name) {
    case FilterName::Number:
    case FilterName::Connection:
    case FilterName::Direction:
    case FilterName::Chunks:
    case FilterName::Offset:
    case FilterName::Size:
    case FilterName::PayloadSize:
    case FilterName::Status:
    case FilterName::Message:
      return true;
    default:
      return false;
  }
}

/// A condition on what every message has, as a leaf of its own; none: it is a general one.
std::optional<FilterLeaf> leafOfMessage(const FilterCondition &condition, Direction direction) {
  const FilterOperand &left = condition.left;
  if (left.slice) return std::nullopt;
  if (left.name == FilterName::Direction) return constant(wordsOf(condition)[static_cast<std::size_t>(direction)]);
  if (left.name == FilterName::Status) {
    return FilterLeaf{.kind = FilterLeaf::Kind::Statuses, .statuses = wordsOf(condition)};
  }
  if (condition.test == Test::Exists && !left.mask) {
    return isAlwaysThere(left.name) ? std::optional(constant(true)) : std::nullopt;
  }
  const FilterNameKind kind = filterName(left.name).kind;
  if (kind != FilterNameKind::Number && kind != FilterNameKind::Time) return std::nullopt;
  auto ranges = rangesOf(condition, kind == FilterNameKind::Time);
  if (!ranges) return std::nullopt;
  FilterLeaf leaf{.kind = FilterLeaf::Kind::OfMessage, .name = left.name, .mask = left.mask};
  leaf.natural = RangesOf<quint64>(*ranges);
  leaf.ranges = *std::move(ranges);
  return leaf;
}

/// A condition on a whole number at a fixed place.
std::optional<FilterLeaf> leafAtPlace(const FilterCondition &condition, const BoundField &field,
                                      const FilterScope &scope) {
  if (field.layers.size() != 1 || field.layers[0].kind != LayerField::Kind::OfLayout) return std::nullopt;
  if (scope.layers[0].fields.in != FieldsIn::Payload || field.layers[0].places.size() != 1) return std::nullopt;
  const LayoutFilterField &place = field.layers[0].places[0];
  if (!place.isInteger() || (condition.test == Test::Exists && !condition.left.mask)) return std::nullopt;
  auto ranges = rangesOf(condition, false);
  if (!ranges) return std::nullopt;
  FilterLeaf leaf{.kind = FilterLeaf::Kind::AtPlace, .mask = condition.left.mask, .item = place.place.item};
  leaf.natural = RangesOf<quint64>(*ranges);
  leaf.integer = RangesOf<qint64>(*ranges);
  leaf.ranges = *std::move(ranges);
  // Where the payload is no range of the stream, it is read like any other value.
  return leaf;
}

/// Why no value of these fields can ever hold; empty: one might.
Error misfit(const FilterCondition &condition, const std::vector<LayoutFilterField> &places, const QString &text) {
  const auto all = [&](auto is) { return !places.empty() && std::ranges::all_of(places, is); };
  const QString name = text.sliced(condition.left.position, condition.left.length);
  const bool isAsked = condition.test != Test::Exists;
  if (isAsked && all([](const LayoutFilterField &field) { return field.isGroup(); })) {
    return {u"%1 is an array"_s.arg(name), u"write %1[0], or %1[*] for any of its elements"_s.arg(name)};
  }
  const bool isNumber = all([](const LayoutFilterField &field) { return field.isNumber(); });
  if (condition.left.mask && !isNumber) {
    return {u"%1 is no whole number"_s.arg(text.sliced(condition.left.position, condition.left.length)),
            u"& takes bits of whole numbers"_s};
  }
  if (!isNumber) return {};
  if (condition.test == Test::Contains || condition.test == Test::Matches) {
    return {u"%1 is a number"_s.arg(name), u"compare it with one, or look into payload or message"_s};
  }
  QList<FilterLiteral> written;
  if (condition.test == Test::Compare && condition.right.kind == OperandKind::Literal) {
    written.append(condition.right.literal);
  }
  for (const FilterCondition::Item &item : condition.items) written.append(item.low);
  for (const FilterLiteral &literal : written) {
    if (literal.kind != LiteralKind::Text && literal.kind != LiteralKind::Null) continue;
    return {u"%1 is a number, and %2 is none"_s.arg(name, text.sliced(literal.position, literal.length)),
            literal.kind == LiteralKind::Text ? u"write numbers without quotes"_s : u"compare it with a number"_s};
  }
  return {};
}

}  // namespace

int FilterLeaf::cost() const {
  if (kind != Kind::General) return static_cast<int>(kind);
  return test == Test::Matches ? 20 : 10;
}

bool FilterLeaf::isSlow(const FilterScope &scope) const {
  if (kind != Kind::General && kind != Kind::AtPlace) return false;
  const auto isSearched = [&](const FilterSide &side) {
    if (side.operand.kind == OperandKind::OfMessage) {
      return side.operand.name == FilterName::Payload || side.operand.name == FilterName::Fields;
    }
    return side.field &&
           (scope.layers.size() > 1 || std::ranges::any_of(side.field->layers, [](const LayerField &layer) {
              return layer.kind == LayerField::Kind::Searched;
            }));
  };
  return isSearched(left) || isSearched(right);
}

BoundLeaf bindCondition(const FilterCondition &condition, const QString &text, const FilterScope &scope,
                        Direction direction) {
  BoundLeaf bound;
  if (condition.left.kind == OperandKind::OfMessage) {
    if (auto leaf = leafOfMessage(condition, direction)) {
      bound.leaf = *std::move(leaf);
      return bound;
    }
  }
  FilterLeaf general{.test = condition.test,
                     .relation = condition.relation,
                     .left = {condition.left},
                     .right = {condition.right},
                     .items = condition.items,
                     .pattern = condition.pattern};
  for (FilterSide *side : {&general.left, &general.right}) {
    if (side->operand.kind != OperandKind::Field) continue;
    side->field = BoundField::of(side->operand, text, scope);
    // A bare word on the right is a field only where a layout has it: in other formats it is text without quotes.
    const bool isBare = side == &general.right && side->operand.path.size() == 1 && !side->operand.mask &&
                        side->operand.path[0].kind == FilterStep::Kind::Name && text[side->operand.position] != u'.';
    if (side->field->isKnown || (!side->field->isCertain && !isBare)) continue;
    Error error = side->field->unknown;
    if (isBare) {
      const QString word = side->operand.path[0].name;
      const QString near = nearFieldText(side->operand, text, scope);
      error = {u"%1 is neither a value nor a field"_s.arg(word),
               near.isEmpty() ? u"write \"%1\" for text, .%1 for a field of that name"_s.arg(word)
                              : u"%2 else write \"%1\" for text"_s.arg(word, didYouMean(near))};
    }
    error.position = side->operand.position;
    bound.issue = FilterError(error, side->operand.length);
    bound.isUnknown = true;
    bound.leaf = constant(false);
    return bound;
  }
  if (general.left.field && general.left.field->isCertain) {
    std::vector<LayoutFilterField> places;
    for (const LayerField &layer : general.left.field->layers) {
      places.insert(places.end(), layer.places.begin(), layer.places.end());
    }
    if (Error error = misfit(condition, places, text); !error.what.isEmpty()) {
      error.position = condition.position;
      bound.issue = FilterError(error, condition.length);
    }
    if (auto leaf = leafAtPlace(condition, *general.left.field, scope)) {
      general.kind = leaf->kind;
      general.mask = leaf->mask;
      general.item = leaf->item;
      general.natural = leaf->natural;
      general.integer = leaf->integer;
      general.ranges = leaf->ranges;
    }
  }
  bound.leaf = std::move(general);
  return bound;
}

}  // namespace octetscope
