// MessageColumn: what one column of the message list shows: something that every message has, or a field. A plain
// value.
#pragma once

#include "model/filter/filter_expression.h"
#include "model/items/cell_format.h"
#include "model/structs/field_decoder.h"

namespace octetscope {

struct MessageColumn {
  /// A MessageTreeModel::Column, one of those that are always there; -1: the column of `field`.
  int builtIn = -1;
  /// What it shows, as filters write it: "seq", "user.tags[0]", "tags[*]" for all values, "payload[0:4]".
  QString field = {};
  CellFormat format = CellFormat::AsItIs;  ///< of a field's values

  bool isField() const { return builtIn < 0; }
  bool operator==(const MessageColumn &) const = default;

  /// The column of `field`. Errors: it is no name that a filter could ask for, and where it goes wrong.
  static FilterResult<MessageColumn> of(const QString &field, CellFormat format = CellFormat::AsItIs);
  /// What `field` asks messages for; it has one where of() made it.
  FilterOperand operand() const;
};

/// The name of the column that shows the field at `path` of such a payload; of an array of plain values, of all of
/// them. Empty: there is no such field.
QString columnNameOf(const FieldDecoder &decoder, ByteView payload, std::span<const quint64> path);

}  // namespace octetscope
