#include "model/filter/filter_reasons.h"

#include "model/filter/filter_fields.h"
#include "model/filter/near_words.h"

#include <algorithm>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

using Kind = FilterOperand::Kind;

/// As seenFieldPaths() writes it: the elements of an array are all called [*].
QString pathText(const FilterOperand &operand) {
  QString text;
  for (const FilterStep &step : operand.path) {
    text += step.kind == FilterStep::Kind::Name ? filterFieldText(step.name, text.isEmpty()) : u"[*]"_s;
  }
  return text;
}

class Reasons {
 public:
  Reasons(const FilterExpression &expression, const std::array<FilterScope, 2> &scopes, const QStringList &seen)
      : text_(expression.text()), scopes_(scopes), seen_(seen) {}

  QString of(const FilterCondition &condition) const {
    for (const FilterOperand *operand : {&condition.left, &condition.right}) {
      if (QString reason = ofNameOfMessage(*operand); !reason.isEmpty()) return reason;
    }
    if (condition.test == FilterCondition::Test::Contains && condition.right.kind != Kind::Literal) {
      const QString word = said(condition.right);
      return u"%1 is a name, and what it stands for is looked for: write \"%1\" for the word itself"_s.arg(word);
    }
    for (const FilterOperand *operand : {&condition.left, &condition.right}) {
      if (QString reason = ofField(*operand); !reason.isEmpty()) return reason;
      if (condition.test == FilterCondition::Test::Exists) continue;
      if (QString reason = ofGroup(*operand); !reason.isEmpty()) return reason;
    }
    return {};
  }

 private:
  QString said(const FilterOperand &operand) const { return text_.sliced(operand.position, operand.length); }

  /// A layout of either direction has it, or formats that describe themselves have had it.
  bool isField(const FilterOperand &operand) const {
    const QString path = pathText(operand);
    if (seen_.contains(path)) return true;
    return std::ranges::any_of(scopes_,
                               [&](const FilterScope &scope) { return BoundField::of(operand, text_, scope).isKnown; });
  }

  QString ofNameOfMessage(const FilterOperand &operand) const {
    if (operand.kind != Kind::OfMessage) return {};
    const FilterNameRow &row = filterName(operand.name);
    FilterOperand field = operand;
    field.kind = Kind::Field;
    field.path = {FilterStep{.name = row.text.toString()}};
    if (!isField(field)) return {};
    return u"%1 without a point in front is %2: write %3 for the field"_s.arg(row.text.toString(), row.help.toString(),
                                                                              filterFieldText(row.text, true));
  }

  QString ofField(const FilterOperand &operand) const {
    if (operand.kind != Kind::Field) return {};
    const bool mayHaveAny = std::ranges::any_of(scopes_, [&](const FilterScope &scope) {
      return !scope.layers.isEmpty() && !BoundField::of(operand, text_, scope).isCertain;
    });
    if (!mayHaveAny || seen_.isEmpty()) return {};
    const QString path = pathText(operand);
    if (operand.slice && operand.slice->begin < 0 && seen_.contains(QString(path + u"[*]"))) {
      return u"elements are counted from the first, %1[0]; %1[*] is any of them"_s.arg(path);
    }
    if (isField(operand)) return {};
    const std::vector<QString> names(seen_.begin(), seen_.end());
    QString near = nearWord(path, names);
    if (near.isEmpty() && !said(operand).startsWith(u'.')) near = filterNameMeant(path).toString();
    return u"the last messages have no field %1"_s.arg(said(operand)) +
           (near.isEmpty() ? QString() : QString(u"; " + didYouMean(near)));
  }

  /// Of what has a value.
  QString ofGroup(const FilterOperand &operand) const {
    if (operand.kind != Kind::Field || operand.slice) return {};
    const QString path = pathText(operand);
    if (seen_.contains(QString(path + u"[*]"))) {
      return u"%1 holds several values: %1[*] is any of them"_s.arg(path);
    }
    const auto inner = std::ranges::find_if(seen_, [&](const QString &one) { return one.startsWith(path + u'.'); });
    if (inner == seen_.end()) return {};
    return u"%1 holds other fields and has no value of its own: %2 is one"_s.arg(path, *inner);
  }

  const QString text_;
  const std::array<FilterScope, 2> &scopes_;
  const QStringList &seen_;
};

}  // namespace

QString whyNothingPasses(const FilterExpression &expression, const std::array<FilterScope, 2> &scopes,
                         const QStringList &seen) {
  const Reasons reasons(expression, scopes, seen);
  for (const FilterCondition &condition : expression.conditions()) {
    if (QString reason = reasons.of(condition); !reason.isEmpty()) return reason;
  }
  return {};
}

}  // namespace octetscope
