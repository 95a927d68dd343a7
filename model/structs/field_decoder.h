// FieldDecoder: finds the fields of a payload. Lazy: a field is computed when it is asked for, and nothing is kept, so
// a payload of ten million array elements costs what is shown of it. Immutable and thread-safe.
#pragma once

#include "model/bytes/byte_view.h"
#include "model/structs/value.h"

#include <QList>
#include <QString>

#include <memory>
#include <optional>
#include <span>

namespace octetscope {

/// Addresses a field: its index among the top-level fields, then among that field's children, and so on.
using FieldPath = QList<quint64>;

struct Field {
  QString name;
  QString type;        ///< the code with its count: "H", "10s", "4H", "*s"
  ByteRange range;     ///< in the payload; cut to what is here
  Value value = {};    ///< monostate where there are children, or `error` says why there is none
  QString error = {};  ///< "needs 4 bytes, 2 are here"; empty: none
  quint64 childCount = 0;
  bool isDerived = false;
  QString label = {};  ///< an enum value's name
};

class FieldDecoder {
 public:
  virtual ~FieldDecoder() = default;

  /// How many children the field at `path` has; for the empty path: how many top-level fields. Padding has no field.
  virtual quint64 childCount(ByteView payload, std::span<const quint64> path) const = 0;

  /// The field at `path` (not empty, every index within its parent's childCount).
  virtual Field field(ByteView payload, std::span<const quint64> path) const = 0;

  /// The fields that lie at the front of every payload, whatever follows them, and how many bytes hold them all.
  struct Front {
    quint64 fields;
    quint64 bytes;
  };
  virtual Front front() const = 0;

  /// The innermost field that holds byte `offset` of the payload; empty for padding and bytes beyond.
  virtual FieldPath fieldAt(ByteView payload, quint64 offset) const = 0;

  /// Top-level fields that overlap `shown`, as (index, range), in the order of their bytes, at most `most`: for colour.
  struct Span {
    quint64 index;
    ByteRange range;
  };
  virtual QList<Span> spans(ByteView payload, ByteRange shown, int most) const = 0;

  /// "seq 3 · kind 2 · text "Simple…"": the first fields that fit `most` characters.
  virtual QString summary(ByteView payload, qsizetype most) const = 0;
};

using FieldDecoderPtr = std::shared_ptr<const FieldDecoder>;

}  // namespace octetscope
