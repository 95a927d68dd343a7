// FilterExpression: what the user wrote to say which messages pass, read once: an immutable value, cheap to copy. What
// names of fields mean depends on what the payloads are read with: FilterProgram binds it to that.
//
// The grammar (filter_help.h says it to people):
//
//     expression   condition, or several joined by  &&  ||  !  ( )      and binds tighter than or
//     condition    operand                                              it is there; of bits: they are not all 0
//                  operand  == != < <= > >=  operand
//                  operand  contains  "text" | de:ad:be:ef | operand
//                  operand  matches  "regular expression"
//                  operand  [not] in  { value, low..high, … }
//     operand      a name of the message, a field, or a value; of names: name[slice]  name & bits
//     field        name.name[2]."odd name"[*]                           a point in front: never a name of the message
//     slice        [start:length]  [first-last]  [:length]  [start:]  [n]    start from the end where it is negative
//     value        numbers, "text", r"raw", de:ad:be:ef, 10.0.0.1, ::1, 20ms, 2023-10-30T09:23:54Z, true, false, null
//
// A comparison of what is not there is false, and so is !=; a name that means several fields compares as any of them
// does, but for != and not in, which want all to differ.
#pragma once

#include "model/filter/filter_literal.h"
#include "model/filter/filter_names.h"

#include <QRegularExpression>

#include <memory>

namespace octetscope {

/// What is wrong with an expression: position and length in UTF-16 units; the length may be 0 at the end.
struct FilterError : Error {
  qsizetype length = 0;
  FilterError() = default;
  FilterError(Error error, qsizetype size) : Error(std::move(error)), length(size) {}
  bool operator==(const FilterError &) const = default;
};
template <typename T>
using FilterResult = std::expected<T, FilterError>;

/// One step of the way to a field.
struct FilterStep {
  enum class Kind : quint8 { Name, Index, Any };
  Kind kind = Kind::Name;
  QString name = {};
  quint64 index = 0;
  bool operator==(const FilterStep &) const = default;
};

struct FilterSlice {
  qint64 begin = 0;                  ///< from the end where it is negative
  std::optional<quint64> size = {};  ///< none: up to the end, one byte at least

  /// What it is of `bytes`; none where not all of it is there.
  std::optional<ByteView> of(ByteView bytes) const;
};

struct FilterOperand {
  enum class Kind : quint8 { OfMessage, Field, Literal };
  Kind kind = Kind::Literal;
  FilterName name = FilterName::Size;
  QList<FilterStep> path = {};
  std::optional<FilterSlice> slice = {};
  std::optional<quint64> mask = {};
  FilterLiteral literal = {};
  qsizetype position = 0;
  qsizetype length = 0;
};

struct FilterCondition {
  enum class Test : quint8 { Exists, Compare, In, NotIn, Contains, Matches };
  struct Item {
    FilterLiteral low;
    FilterLiteral high;  ///< the same as low where it is no range
    bool isRange = false;
  };

  Test test = Test::Exists;
  FilterRelation relation = FilterRelation::Equal;
  FilterOperand left;   ///< never a literal
  FilterOperand right;  ///< of Compare and Contains
  QList<Item> items = {};
  QRegularExpression pattern = {};
  qsizetype position = 0;
  qsizetype length = 0;
};

struct FilterNode {
  enum class Kind : quint8 { All, Any, Not, Condition };
  Kind kind = Kind::Condition;
  std::vector<quint32> children = {};  ///< of All and Any; one of Not
  quint32 condition = 0;
};

class FilterExpression {
 public:
  static constexpr qsizetype mostCharacters = 64 * 1024;
  static constexpr int deepest = 100;  ///< parentheses and ! in one another
  static constexpr std::size_t mostConditions = 1000;
  static constexpr qsizetype mostItems = 10'000;  ///< in one set
  static constexpr qsizetype mostSteps = 64;      ///< of one field's way

  static FilterResult<FilterExpression> parse(const QString &text);

  const QString &text() const { return tree_->text; }
  const std::vector<FilterNode> &nodes() const { return tree_->nodes; }
  quint32 root() const { return tree_->root; }
  const std::vector<FilterCondition> &conditions() const { return tree_->conditions; }
  bool operator==(const FilterExpression &other) const { return text() == other.text(); }

 private:
  friend class FilterParser;
  struct Tree {
    QString text;
    std::vector<FilterNode> nodes;
    std::vector<FilterCondition> conditions;
    quint32 root = 0;
  };
  explicit FilterExpression(std::shared_ptr<const Tree> tree) : tree_(std::move(tree)) {}

  std::shared_ptr<const Tree> tree_;
};

}  // namespace octetscope
