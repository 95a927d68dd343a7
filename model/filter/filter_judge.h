// The machine of a FilterProgram: the tree of an expression for one direction, whose leaves judge up to 64 messages at
// a time. A leaf is as simple as what it compares allows: a constant, a table of statuses, ranges of whole numbers that
// follow from where a message lies, the same of a number at a fixed place, or else values looked for one by one.
#pragma once

#include "model/filter/filter_fields.h"
#include "model/filter/filter_program.h"

#include <functional>

namespace octetscope {

/// One side of a condition.
struct FilterSide {
  FilterOperand operand;
  std::optional<BoundField> field = {};  ///< of a Field
};

struct FilterLeaf {
  enum class Kind : quint8 { Constant, Statuses, OfMessage, AtPlace, General };
  Kind kind = Kind::General;
  bool constant = false;
  std::array<bool, 3> statuses = {};  ///< by Status
  FilterName name = FilterName::Size;
  std::optional<quint64> mask = {};
  NumberRanges ranges = {};
  // For a field at a place, cut to its type:
  LayoutItem item = {};
  RangesOf<quint64> natural{NumberRanges()};
  RangesOf<qint64> integer{NumberRanges()};
  // General:
  FilterCondition::Test test = FilterCondition::Test::Exists;
  FilterRelation relation = FilterRelation::Equal;
  FilterSide left = {};
  FilterSide right = {};
  QList<FilterCondition::Item> items = {};
  QRegularExpression pattern = {};

  /// What it costs, about: leaves that cost less are asked first.
  int cost() const;
  /// It has to find fields by reading a payload from the front, or unpack it.
  bool isSlow(const FilterScope &scope) const;
};

/// What one leaf makes of a condition; `issue`: why it can never be true, as far as that is certain.
struct BoundLeaf {
  FilterLeaf leaf;
  std::optional<FilterError> issue = {};
  /// It is wrong whatever else holds: the same in the other direction does not mend it.
  bool isUnknown = false;
};
/// Whether a value has what a condition compares with something written; false where it compares with another name.
bool valueHolds(const FilterCondition &condition, const FilterValue &value);

BoundLeaf bindCondition(const FilterCondition &condition, const QString &text, const FilterScope &scope,
                        Direction direction);

/// When bytes last came the other way before what went `direction` at `timeNs`; noTime: none did. Of the same stamp
/// what came in was first, as rows have it.
qint64 lastOtherWay(const ChunkView &otherWay, Direction direction, qint64 timeNs);

/// Goes over the values of messages of one batch; keeps what it found of the last one.
class FilterMachine {
 public:
  FilterMachine(const FilterScope &scope, const FilterBatch &batch) : scope_(scope), batch_(batch) {}

  /// Of the messages whose bits are set in `wanted`, those for which the leaf holds.
  quint64 judge(const FilterLeaf &leaf, quint64 wanted);
  /// What messages[i] has of a name that is a number or a time, which is in nanoseconds; none: it has not.
  std::optional<WideNumber> numberOf(FilterName name, std::size_t i) const;
  /// Gives the first value that messages[i] has of `side`, if there is one.
  bool readFirst(const FilterSide &side, std::size_t i, const std::function<void(const FilterValue &)> &take);

 private:
  const Message &message(std::size_t i) const { return batch_.messages[i]; }
  std::optional<qint64> timeOf(std::size_t i) const;
  std::optional<quint64> needsOf(const Message &here) const;
  template <typename Holds>
  quint64 each(quint64 wanted, Holds holds) const;
  quint64 judgeNumbers(const FilterLeaf &leaf, quint64 wanted) const;
  quint64 judgePlaces(const FilterLeaf &leaf, quint64 wanted);
  bool holds(const FilterLeaf &leaf, std::size_t i);
  template <typename Take>
  bool takeValues(const FilterSide &side, std::size_t i, Take &&take);
  template <typename Take>
  bool takeFields(const FilterSide &side, qsizetype layer, const StreamView &view, const Message &message, Take &&take);
  template <typename Take>
  bool takeAllFields(qsizetype layer, const StreamView &view, const Message &message, Take &&take);
  ByteView fieldBytes(qsizetype layer, const StreamView &view, const Message &message, QByteArray &owned);
  ByteView payloadOf(std::size_t i);

  const FilterScope &scope_;
  const FilterBatch &batch_;
  // Of the message that was looked into last:
  const Message *payloadOf_ = nullptr;
  QByteArray payload_;
  const Message *fieldsOf_ = nullptr;
  FieldDecoderPtr fields_;
};

}  // namespace octetscope
