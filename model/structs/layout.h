// Layout: a Python struct format string, exactly as CPython 3.11 reads it, with two additions: `code:name` names a
// field, and a last `*s:name` or `*CODE:name` takes as many as fit the rest. Immutable and thread-safe. A count costs
// nothing: `4000000000H` is one item, and fields are found in it by arithmetic.
//
// Where bytes are many, decode them with visit(): no allocation, no QString, no Value; the visitor is inlined.
//
//     struct Sum {                                       // one overload for each kind; the index is the place in the
//       void operator()(quint64, qint64 v) { ... }       // list that unpack() returns
//       void operator()(quint64, quint64 v) { ... }
//       void operator()(quint64, double v) { ... }
//       void operator()(quint64, bool v) { ... }
//       void operator()(quint64, ByteView v) { ... }     // s, p, c
//     };
//     if (payload.size() >= layout->size()) layout->visit(payload, sum);
//
// For a batch of messages visitColumns() is several times as quick: it goes value by value over all of them.
//
//     layout->visitColumns(stream, offsets, [&sum](quint64 index, const auto &column) {
//       Sum part;                                        // of its own, so that it stays in registers
//       column.forEach([&](auto value) { part(index, value); });
//       sum += part;
//     });
#pragma once

#include "model/result.h"
#include "model/structs/field_decoder.h"
#include "model/structs/layout_item.h"

#include <QStringList>
#include <QStringView>

#include <optional>
#include <vector>

namespace octetscope {

class Layout final : public FieldDecoder {
 public:
  /// What pack() makes at most, in bytes.
  static constexpr quint64 maxPacked = 1ULL << 30;

  /// Errors carry CPython's words ("bad char in struct format") and the position of the character.
  static Result<std::shared_ptr<const Layout>> parse(QStringView text);

  QString text() const { return text_; }
  /// calcsize: bytes, the rest counted 0; at most 2^63 - 1.
  quint64 size() const { return size_; }
  /// How many values Python's unpack would return for size() bytes.
  quint64 valueCount() const { return valueCount_; }
  /// True where the layout ends in `*CODE`.
  bool hasRest() const { return rest_.has_value(); }
  /// The code that value `index` of pack() is for; 0 where there is no such value.
  char codeOfValue(quint64 index) const;

  /// As struct.unpack: the payload must have exactly size() bytes (at least, where a rest follows). One value for each
  /// that Python would return; those of the rest; the bytes of a partial last element. Errors in CPython's words.
  Result<QList<Value>> unpack(ByteView payload) const;
  /// As struct.pack; a rest takes all remaining values (`*s`, `*p`: one, `*x`: none). Errors in CPython's words, and
  /// more than maxPacked bytes.
  Result<QByteArray> pack(const QList<Value> &values) const;

  /// Calls visitor(index, value) for each value, in order: qint64, quint64, double, bool or ByteView. `payload` must
  /// have at least size() bytes. The rest's whole elements come last; bytes beyond are left out.
  template <typename Visitor>
  void visit(ByteView payload, Visitor &&visitor) const {
    for (const LayoutItem &item : items_) visitItem(item, item.count, payload.data() + item.offset, visitor);
    if (rest_) visitItem(*rest_, restCount(payload.size()), payload.data() + rest_->offset, visitor);
  }

  /// The same for many payloads, value by value: visitor(index, column), where the Column has that value of each.
  /// `offsets` has size(), and payload i begins at stream + offsets[i], with at least size() bytes of the layout's (a
  /// span of numbers, PayloadOffsets). The rest is left out.
  template <typename Offsets, typename Visitor>
  void visitColumns(const std::uint8_t *stream, const Offsets &offsets, Visitor &&visitor) const {
    for (const LayoutItem &item : items_) visitColumn(item, stream, offsets, visitor);
  }

  quint64 childCount(ByteView payload, std::span<const quint64> path) const override;
  Field field(ByteView payload, std::span<const quint64> path) const override;
  Front front() const override { return {fieldCount_, size_}; }
  FieldPath fieldAt(ByteView payload, quint64 offset) const override;
  QList<Span> spans(ByteView payload, ByteRange shown, int most) const override;
  QString summary(ByteView payload, qsizetype most) const override;

  /// Where a top-level field lies in every payload that is long enough: for who reads one field of many payloads.
  struct FieldPlace {
    LayoutItem item;         ///< offset: of its first byte; count: of its elements, or of a string's bytes
    bool isArray = false;    ///< it has elements, [0] …, instead of a value
    bool takesRest = false;  ///< it has what is left of the payload, whatever item.count says
    bool isExtra = false;    ///< `(rest)`: what is behind the last whole field or element; not always there
  };
  /// Those that are called `name`: by their name, or by their place where they have none.
  std::vector<FieldPlace> placesOf(QStringView name) const;
  /// The top-level fields that are called `name` in a payload of this size, as field() counts them.
  QList<quint64> fieldsNamed(QStringView name, quint64 payloadSize) const;
  Field shownField(ByteView payload, std::span<const quint64> path, quint64 most) const override;
  /// Where `(rest)` begins in a payload of this size.
  quint64 extraBegin(quint64 payloadSize) const;
  /// How many elements a place with takesRest has.
  quint64 restElements(quint64 payloadSize) const { return restCount(payloadSize); }
  /// What the top-level fields are called, `most` at most, without `(rest)`.
  QStringList fieldNames(qsizetype most) const;

 private:
  friend class LayoutParser;
  friend class LayoutPacker;

  /// What people see of an item; beside the items, so that decoding touches only what it needs.
  struct Label {
    QString name;            ///< empty: called by its place
    quint64 firstField = 0;  ///< its first field among the top-level ones
    quint64 fieldCount = 1;
    bool isArray = false;  ///< one field whose children are the elements
  };
  /// What lies behind the fixed part of a payload.
  struct Tail {
    quint64 count = 0;       ///< whole elements of the rest
    quint64 fieldCount = 0;  ///< top-level fields they make
    ByteRange extra = {};    ///< the bytes of `(rest)`; empty: no such field
  };

  /// Where a field or an element is, and what reads it.
  struct Place {
    LayoutItem item;
    const Label *label = nullptr;  ///< null: `(rest)`
    quint64 count = 1;             ///< units of item: elements, or bytes of a string
    quint64 offset = 0;
    quint64 childCount = 0;
    bool isRest = false;

    quint64 size() const { return count * item.size; }
  };

  Layout() = default;
  quint64 restCount(quint64 payloadSize) const;
  Tail tailOf(quint64 payloadSize) const;
  std::size_t itemOfField(quint64 index) const;
  /// How many items begin at or before `offset`.
  std::size_t itemsUpTo(quint64 offset) const;
  Place placeOf(quint64 payloadSize, std::span<const quint64> path) const;
  void appendPlace(QString &text, ByteView payload, const Place &place, qsizetype most) const;

  QString text_;
  quint64 size_ = 0;
  quint64 valueCount_ = 0;
  quint64 fieldCount_ = 0;         // top-level fields of the fixed part
  std::vector<LayoutItem> items_;  // those that have values, by offset
  std::vector<Label> labels_;      // of items_
  std::optional<LayoutItem> rest_;
  Label restLabel_;
};

}  // namespace octetscope
