// Where the fields that an expression names lie, in each layer of a framing: at once where a layout says it, by looking
// through the fields of a payload where the format describes itself.
#pragma once

#include "model/filter/filter_expression.h"
#include "model/filter/filter_scope.h"
#include "model/structs/layout.h"

namespace octetscope {

/// A field of a layout.
struct LayoutFilterField {
  Layout::FieldPlace place;
  bool isEach = false;  ///< each element of an array
  std::optional<FilterSlice> slice = {};
  const Layout *layout = nullptr;

  /// True where it is one whole number at a fixed place.
  bool isInteger() const;
  bool isNumber() const;
  bool isString() const { return slice || place.item.isString() || place.item.kind == ItemKind::Char || place.isExtra; }
  bool isGroup() const { return place.isArray && !isEach && !slice; }
};

/// Takes a field's value, null where it has none (an array, an object); false: enough.
template <typename Take>
bool takeLayoutField(const LayoutFilterField &field, ByteView payload, Take &&take);

/// A field of one layer.
struct LayerField {
  enum class Kind : quint8 { None, OfLayout, Searched };
  Kind kind = Kind::None;
  std::vector<LayoutFilterField> places = {};  ///< OfLayout
};

/// A field of all layers of a scope.
struct BoundField {
  std::vector<LayerField> layers;
  bool isCertain = true;  ///< all that could have it are layouts
  bool isKnown = false;   ///< a layout has it
  Error unknown = {};     ///< why not

  static BoundField of(const FilterOperand &operand, const QString &text, const FilterScope &scope);
};

/// "the fields are seq, kind, text"; what there is instead of a field that is not known.
QString knownFieldsWords(const FilterScope &scope);
/// How a field, or a name of the message, is written that somebody may have meant who wrote an operand that is none;
/// empty: none is near.
QString nearFieldText(const FilterOperand &operand, const QString &text, const FilterScope &scope);

namespace detail {

inline bool takeSliced(const std::optional<FilterSlice> &slice, ByteView bytes, const auto &take) {
  const auto part = slice->of(bytes);
  if (!part) return true;
  const FilterValue value = FilterValue::of(*part);
  return take(&value);
}

}  // namespace detail

template <typename Take>
bool takeLayoutField(const LayoutFilterField &field, ByteView payload, Take &&take) {
  const LayoutItem &item = field.place.item;
  const auto size = static_cast<quint64>(payload.size());
  const auto takeBytes = [&](ByteView bytes) {
    if (field.slice) return detail::takeSliced(field.slice, bytes, take);
    const FilterValue value = FilterValue::of(bytes);
    return take(&value);
  };
  if (field.place.isExtra) {
    const quint64 begin = field.layout->extraBegin(size);
    return begin >= size || takeBytes(payload.subspan(begin));
  }
  quint64 count = item.count;
  if (field.place.takesRest) count = field.layout->restElements(size);
  if (item.isString()) {
    const quint64 begin = field.place.takesRest ? std::min(item.offset, size) : item.offset;
    if (begin > size || count > size - begin) return true;
    return takeBytes(stringOf(item.kind, payload.data() + begin, count));
  }
  const auto takeOne = [&](quint64 offset) {
    if (field.slice) return detail::takeSliced(field.slice, payload.subspan(offset, item.size), take);
    bool goesOn = true;
    detail::withKind(item.kind, [&]<ItemKind kind>() {
      const FilterValue value = FilterValue::of(detail::elementAt<kind>(payload.data() + offset));
      goesOn = take(&value);
    });
    return goesOn;
  };
  if (field.isEach) {
    // Those that are whole: a payload may be too short for the others.
    for (quint64 i = 0, at = item.offset; i < count && at + item.size <= size; ++i, at += item.size) {
      if (!takeOne(at)) return false;
    }
    return true;
  }
  if (field.place.isArray) {
    const quint64 begin = field.place.takesRest ? std::min(item.offset, size) : item.offset;
    if (begin > size || count * item.size > size - begin) return true;
    if (field.slice) return detail::takeSliced(field.slice, payload.subspan(begin, count * item.size), take);
    return take(nullptr);
  }
  return item.offset + item.size > size || takeOne(item.offset);
}

}  // namespace octetscope
