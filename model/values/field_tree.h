// FieldTree: where the values of one payload lie, for formats that describe themselves (JSON, MessagePack, the head of
// an HTTP message): such fields are found by reading from the front, so it is done once. Nodes are plain numbers; what
// one means is said by its format when it is asked for. Built by a FieldTreeBuilder, then constant.
#pragma once

#include "model/structs/field_decoder.h"

#include <QHash>

#include <limits>
#include <vector>

namespace octetscope {

/// One value, or group of values.
struct FieldNode {
  static constexpr quint32 none = std::numeric_limits<quint32>::max();

  ByteRange range;     ///< in the payload, of the value without its name; of a cut one what is here
  ByteRange name;      ///< what names it, as it lies in the payload (a key); empty: it is named by its place
  quint32 kind = 0;    ///< the format's own
  quint32 detail = 0;  ///< the format's own: an index into something, a small number
  bool isGroup = false;
  // Set by the builder:
  quint32 parent = none;
  quint32 place = 0;       ///< among its siblings
  quint32 firstChild = 0;  ///< where its children begin in the table of children
  quint32 childCount = 0;
};

class FieldTree {
 public:
  static constexpr quint32 root = FieldNode::none;

  quint32 size() const { return static_cast<quint32>(nodes_.size()); }
  /// Nodes stand each before its children.
  const FieldNode &node(quint32 number) const { return nodes_[number]; }
  quint32 childCount(quint32 number) const { return number == root ? topCount_ : nodes_[number].childCount; }
  /// Child `place` < childCount(number), of the top level for `root`. O(1).
  quint32 child(quint32 number, quint32 place) const {
    return children_[(number == root ? 0 : nodes_[number].firstChild) + place];
  }
  /// The node at a path of places; none where there is none. O(length of the path).
  std::optional<quint32> at(std::span<const quint64> path) const;
  /// The innermost node whose value or name holds byte `offset`, as a path; empty: none. O(depth · log siblings).
  FieldPath pathAt(quint64 offset) const;
  /// Why a node has no value; empty: it has one.
  QString error(quint32 number) const { return errors_.value(number); }

 private:
  friend class FieldTreeBuilder;
  std::vector<FieldNode> nodes_;
  std::vector<quint32> children_;
  QHash<quint32, QString> errors_;
  quint32 topCount_ = 0;
};

/// Takes values in the order in which they lie in the payload. Every call answers whether there is room for more: once
/// false, the reader stops. Memory: about 70 bytes a value, and nothing beyond the limit.
class FieldTreeBuilder {
 public:
  /// `payload`: how many bytes there are.
  FieldTreeBuilder(quint64 payload, FieldLimits limits) : payload_(payload), limits_(limits) {}

  /// How many bytes the reader may look at: what lies behind is as if it were not there.
  quint64 readable() const { return std::min(payload_, limits_.bytes); }
  /// A value without children.
  bool add(FieldNode node) { return append(node); }
  /// A value that cannot be read: `error` says why, in one line.
  bool addBroken(FieldNode node, const QString &error);
  /// A group begins; its range need not have an end yet. Where it lies deeper than the limit, it is one broken value,
  /// and what is given up to its close() is not kept.
  bool open(FieldNode node);
  /// The innermost group ends at `end`.
  void close(quint64 end);
  /// Nothing is kept of what is given now: a reader that knows where the group ends may go there at once.
  bool isTooDeep() const { return tooDeep_ > 0; }
  /// The last value that was added or opened is in error.
  void fail(const QString &error);

  /// Closes what is still open where reading stopped: groups that are cut reach to the end of what is here.
  FieldTree finish();

 private:
  bool append(FieldNode node);

  const quint64 payload_;
  const FieldLimits limits_;
  FieldTree tree_;
  std::vector<quint32> open_;
  quint64 tooDeep_ = 0;  // groups that are open beyond the limit
  quint64 end_ = 0;      // of what was read
  bool isFull_ = false;
};

}  // namespace octetscope
