// ValueFormat: a FieldDecoder for formats that describe themselves: it reads a payload from the front into a FieldTree
// and says what each node is. A format implements read() and describe(); everything else follows.
#pragma once

#include "model/values/field_tree.h"

namespace octetscope {

/// Immutable and thread-safe; made by std::make_shared alone. Asked directly it reads the payload for every question:
/// whoever has several asks indexed() first.
class ValueFormat : public FieldDecoder, public std::enable_shared_from_this<ValueFormat> {
 public:
  std::shared_ptr<const FieldDecoder> indexed(ByteView payload, FieldLimits limits = {}) const override;
  std::unique_ptr<FieldWalk> walk(ByteView payload) const override;
  quint64 childCount(ByteView payload, std::span<const quint64> path) const override;
  Field field(ByteView payload, std::span<const quint64> path) const override;
  /// {0, 0}: where a value lies depends on those before it.
  Front front() const override { return {0, 0}; }
  FieldPath fieldAt(ByteView payload, quint64 offset) const override;
  QList<Span> spans(ByteView payload, ByteRange shown, int most) const override;
  QString summary(ByteView payload, qsizetype most) const override;

  /// Gives the payload's values to `out`, in order, until they or out's room end. Looks at the first out.readable()
  /// bytes only. Linear; no recursion. Bytes that break the format end it with a broken value; a payload that is cut
  /// has what is here.
  virtual void read(ByteView payload, FieldTreeBuilder &out) const = 0;
  /// Name, type, value, label of a node: range, isGroup, childCount and error are set by who asks. An empty name stands
  /// for the place: "[2]" in a group, "2" at the top level.
  virtual Field describe(ByteView payload, const FieldNode &node) const = 0;
};

}  // namespace octetscope
