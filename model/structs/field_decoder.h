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
  QString type;          ///< the code with its count: "H", "10s", "4H", "*s"
  ByteRange range;       ///< in the payload; cut to what is here
  Value value = {};      ///< monostate of a group, of null, or where `error` says why there is none
  QString error = {};    ///< "needs 4 bytes, 2 are here"; empty: none
  bool isGroup = false;  ///< it has children (an array, an object) instead of a value, or would have: it may be empty
  quint64 childCount = 0;
  bool isDerived = false;
  QString label = {};  ///< an enum value's name
};

/// How much may be looked at to find the fields of one payload. What lies beyond is one last field "(more)", in error.
struct FieldLimits {
  quint64 values = 1'000'000;
  quint64 bytes = ~0ULL;
  std::size_t depth = 200;  ///< groups in groups; a deeper one is a field in error
};

/// Goes through all fields of a payload, each before its children, without recursion: what bytes say must not decide
/// how deep the stack gets.
class FieldWalk {
 public:
  virtual ~FieldWalk() = default;
  /// Goes to the next field; false behind the last.
  virtual bool next() = 0;
  virtual const Field &field() const = 0;
  /// How many fields it lies in: 0 for a top-level one.
  virtual std::size_t depth() const = 0;
};

class FieldDecoder {
 public:
  virtual ~FieldDecoder() = default;

  /// A decoder for this one payload, which has found its fields already, so that each is had at once: it may be asked
  /// about these bytes only, wherever they lie by then. Null: this decoder needs no such help.
  virtual std::shared_ptr<const FieldDecoder> indexed(ByteView payload, FieldLimits limits = {}) const;

  /// All fields of `payload`; decoder and bytes must outlive it. Linear in what there is.
  virtual std::unique_ptr<FieldWalk> walk(ByteView payload) const;

  /// How many children the field at `path` has; for the empty path: how many top-level fields. Padding has no field.
  virtual quint64 childCount(ByteView payload, std::span<const quint64> path) const = 0;

  /// The field at `path` (not empty, every index within its parent's childCount).
  virtual Field field(ByteView payload, std::span<const quint64> path) const = 0;

  /// The same for who shows it: of a value of bytes what is behind the first `most` may be left out, so that it costs
  /// the same however long the value is.
  static constexpr quint64 mostShown = 16 * 1024;
  virtual Field shownField(ByteView payload, std::span<const quint64> path, quint64 /*most*/ = mostShown) const {
    return field(payload, path);
  }

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
