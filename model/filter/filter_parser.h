// FilterParser: reads an expression from left to right. What it expected where the text ends is what may be completed
// there. How deep it nests, and with it the stack, is limited.
#pragma once

#include "model/filter/filter_expression.h"

namespace octetscope {

class FilterParser {
 public:
  /// What may stand at a place, bits of one number.
  enum Expected : unsigned {
    Operand = 1,
    Operator = 2,
    Value = 4,
    SetValue = 8,
    Connective = 16,
    Text = 32,
  };

  explicit FilterParser(const QString &text) : text_(text), tree_(std::make_shared<FilterExpression::Tree>()) {}
  FilterResult<FilterExpression> parse();

  /// After parse(): what may stand behind the text; 0: the error lies before its end.
  unsigned expectedAtEnd() const { return expected_; }
  /// The operand that an operator or a value would belong to.
  const FilterOperand &operandAtEnd() const { return lastOperand_; }

 private:
  using NodeResult = FilterResult<quint32>;

  QChar peek(qsizetype ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : QChar(); }
  bool atEnd() const { return at_ >= text_.size(); }
  void skipSpaces();
  void expect(unsigned what);
  bool takeSymbol(QStringView symbol);
  bool takeWord(QStringView word);
  QStringView wordHere() const;
  QStringView runHere() const;
  std::unexpected<FilterError> failAt(qsizetype position, qsizetype length, const QString &what, const QString &mend);
  std::unexpected<FilterError> failHere(const QString &what, const QString &mend);

  NodeResult any(int depth);
  NodeResult all(int depth);
  NodeResult one(int depth);
  NodeResult condition();
  NodeResult add(FilterNode node);
  NodeResult addCondition(FilterCondition condition);

  FilterResult<FilterOperand> operand(bool isValue);
  FilterResult<FilterOperand> stringOperand();
  FilterResult<QString> quoted(bool isRaw, QByteArray *bytes);
  FilterResult<FilterOperand> pathOperand();
  FilterResult<FilterStep> step();
  FilterResult<void> bracket(FilterOperand &operand);
  FilterResult<std::optional<qint64>> sliceNumber();
  FilterResult<FilterLiteral> literal(const FilterOperand &left);
  FilterResult<FilterLiteral> wordLiteral(const FilterOperand &left);

  FilterResult<FilterCondition> comparison(FilterCondition condition, FilterRelation relation);
  FilterResult<FilterCondition> set(FilterCondition condition);
  FilterResult<FilterCondition> containing(FilterCondition condition);
  FilterResult<FilterCondition> matching(FilterCondition condition);
  FilterResult<void> check(const FilterCondition &condition, FilterLiteral &literal);
  std::optional<FilterRelation> takeRelation();

  FilterResult<void> wrongSign();
  FilterResult<void> wrongWord();
  FilterResult<void> groupedNumber();
  std::unexpected<FilterError> failBehind(const QString &what, const QString &mend);
  FilterResult<void> comparedGroup(qsizetype opened, quint32 group);
  FilterResult<void> wrongConstant(const FilterOperand &left);

  const QString text_;
  std::shared_ptr<FilterExpression::Tree> tree_;
  qsizetype at_ = 0;
  unsigned expected_ = 0;
  FilterOperand lastOperand_;
};

/// "seq", "size", "payload[0:4]": an operand's own text.
QStringView textOf(const FilterOperand &operand, const QString &expression);

}  // namespace octetscope
