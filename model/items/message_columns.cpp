#include "model/items/message_columns.h"

#include "model/filter/filter_completion.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

FilterResult<FilterOperand> operandOf(const QString &name) {
  const auto parsed = FilterExpression::parse(name);
  if (!parsed) return std::unexpected(parsed.error());
  // A name alone is a condition: that it is there.
  const auto &conditions = parsed->conditions();
  if (parsed->nodes().size() == 1 && conditions.front().test == FilterCondition::Test::Exists) {
    return conditions.front().left;
  }
  return std::unexpected(FilterError({u"this is a condition, and a column shows what a name stands for"_s,
                                      u"write a name alone: seq, user.tags[0], payload[0:4]"_s, 0},
                                     name.size()));
}

}  // namespace

FilterResult<MessageColumn> MessageColumn::of(const QString &field, CellFormat format) {
  if (auto operand = operandOf(field); !operand) return std::unexpected(operand.error());
  return MessageColumn{.field = field.trimmed(), .format = format};
}

FilterOperand MessageColumn::operand() const {
  return operandOf(field).value_or(FilterOperand());
}

QString columnNameOf(const FieldDecoder &decoder, ByteView payload, std::span<const quint64> path) {
  const QString name = filterPathOf(decoder, payload, path);
  if (name.isEmpty() || decoder.childCount(payload, path) == 0) return name;
  FieldPath first(path.begin(), path.end());
  first.append(0);
  const Field element = decoder.field(payload, first);
  return !element.isGroup && element.name == u"[0]" ? name + u"[*]"_s : name;
}

}  // namespace octetscope
