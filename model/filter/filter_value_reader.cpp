#include "model/filter/filter_value_reader.h"

#include "model/filter/filter_judge.h"

namespace octetscope {

using namespace Qt::StringLiterals;

/// The name in one direction.
class FilterValueReader::Direct {
 public:
  FilterScope scope;
  FilterSide side;
};

FilterValueReader::FilterValueReader() = default;
FilterValueReader::~FilterValueReader() = default;

FilterResult<std::shared_ptr<const FilterValueReader>> FilterValueReader::create(
    const QString &name, const std::array<FilterScope, 2> &scopes) {
  const auto expression = FilterExpression::parse(name);
  if (!expression) return std::unexpected(expression.error());
  const FilterCondition &first = expression->conditions().front();
  if (expression->nodes().size() != 1 || first.test != FilterCondition::Test::Exists) {
    return std::unexpected(
        FilterError({u"this is a condition, no name"_s, u"write one name, such as size or seq"_s, 0}, name.size()));
  }
  auto reader = std::shared_ptr<FilterValueReader>(new FilterValueReader);
  bool isKnown = false;
  Error unknown;
  for (std::size_t d = 0; d < 2; ++d) {
    auto direct = std::make_unique<Direct>(Direct{.scope = scopes[d], .side = {.operand = first.left}});
    if (first.left.kind == FilterOperand::Kind::Field) {
      direct->side.field = BoundField::of(first.left, name, scopes[d]);
      const BoundField &field = *direct->side.field;
      // What describes itself may have any field.
      if (field.isKnown || !field.isCertain) {
        isKnown = true;
      } else {
        unknown = field.unknown;
      }
    } else {
      isKnown = true;
    }
    reader->directions_[d] = std::move(direct);
  }
  if (!isKnown) {
    unknown.position = 0;
    return std::unexpected(FilterError(unknown, name.size()));
  }
  return reader;
}

bool FilterValueReader::read(const FilterBatch &batch, std::size_t i, const Take &take) const {
  const auto d = static_cast<std::size_t>(batch.stream.direction);
  const Direct &direct = *directions_[d];
  if (direct.scope.layers.isEmpty()) return false;
  const FilterOperand &operand = direct.side.operand;
  if (operand.kind == FilterOperand::Kind::OfMessage && operand.name == FilterName::Status) {
    take(FilterValue::of(static_cast<quint64>(batch.messages[i].status)));
    return false;
  }
  if (operand.kind == FilterOperand::Kind::OfMessage && operand.name == FilterName::Direction) {
    take(FilterValue::of(static_cast<quint64>(d)));
    return false;
  }
  return FilterMachine(direct.scope, batch).readFirst(direct.side, i, take);
}

QString FilterValueReader::textOf(const FilterValue &value, qsizetype most) const {
  if (value.kind == FilterValue::Kind::Null) return u"null"_s;
  const FilterOperand &operand = directions_.front()->side.operand;
  if (operand.kind == FilterOperand::Kind::OfMessage && value.kind == FilterValue::Kind::Unsigned) {
    const auto words = filterWords(operand.name);
    if (value.natural < words.size()) return words[static_cast<std::size_t>(value.natural)].toString();
  }
  return displayText(value.toValue(), most);
}

}  // namespace octetscope
