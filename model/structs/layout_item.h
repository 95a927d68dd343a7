// LayoutItem: one code of a layout with its count, compiled: where its bytes are and how they are read. visitItem() and
// visitColumn() are the engine's inner loops: everything is inlined, nothing is allocated.
#pragma once

#include "model/bytes/byte_view.h"

#include <QtEndian>

#include <bit>
#include <cstring>

namespace octetscope {

/// How an item's bytes are read; the byte order is part of it.
enum class ItemKind : quint8 {
  Padding,
  Char,
  Bool,
  Int8,
  UInt8,
  Int16Little,
  Int16Big,
  UInt16Little,
  UInt16Big,
  Int32Little,
  Int32Big,
  UInt32Little,
  UInt32Big,
  Int64Little,
  Int64Big,
  UInt64Little,
  UInt64Big,
  HalfLittle,
  HalfBig,
  FloatLittle,
  FloatBig,
  DoubleLittle,
  DoubleBig,
  Bytes,   ///< `s`: count is a length
  Pascal,  ///< `p`: count is a length, with its length byte
};

struct LayoutItem {
  quint64 offset = 0;  ///< of its first byte in the payload
  quint64 count = 1;   ///< elements; bytes of Bytes and Pascal
  quint64 firstValue = 0;
  ItemKind kind = ItemKind::Padding;
  quint8 size = 1;  ///< bytes of an element
  char code = 'x';
  bool nativeWords = false;  ///< which of CPython's two sets of error words pack() uses
  qint32 position = 0;       ///< of the code in the layout's text

  bool isString() const { return kind == ItemKind::Bytes || kind == ItemKind::Pascal; }
  quint64 values() const { return isString() ? 1 : count; }
  quint64 end() const { return offset + count * size; }
};

/// The IEEE 754 half with these bits; NaNs lose their payload, as in CPython.
double doubleOfHalf(quint16 bits);

namespace detail {

template <typename T, bool big>
inline T loadInteger(const std::uint8_t *at) {
  return big ? qFromBigEndian<T>(at) : qFromLittleEndian<T>(at);
}
/// The element of `kind` at `at`, as the type that it has.
template <ItemKind kind>
inline auto elementAt(const std::uint8_t *at) {
  using enum ItemKind;
  if constexpr (kind == Char) return ByteView(at, 1);
  if constexpr (kind == Bool) return *at != 0;
  if constexpr (kind == Int8) return static_cast<qint64>(static_cast<qint8>(*at));
  if constexpr (kind == UInt8) return static_cast<quint64>(*at);
  if constexpr (kind == Int16Little) return static_cast<qint64>(loadInteger<qint16, false>(at));
  if constexpr (kind == Int16Big) return static_cast<qint64>(loadInteger<qint16, true>(at));
  if constexpr (kind == UInt16Little) return static_cast<quint64>(loadInteger<quint16, false>(at));
  if constexpr (kind == UInt16Big) return static_cast<quint64>(loadInteger<quint16, true>(at));
  if constexpr (kind == Int32Little) return static_cast<qint64>(loadInteger<qint32, false>(at));
  if constexpr (kind == Int32Big) return static_cast<qint64>(loadInteger<qint32, true>(at));
  if constexpr (kind == UInt32Little) return static_cast<quint64>(loadInteger<quint32, false>(at));
  if constexpr (kind == UInt32Big) return static_cast<quint64>(loadInteger<quint32, true>(at));
  if constexpr (kind == Int64Little) return loadInteger<qint64, false>(at);
  if constexpr (kind == Int64Big) return loadInteger<qint64, true>(at);
  if constexpr (kind == UInt64Little) return loadInteger<quint64, false>(at);
  if constexpr (kind == UInt64Big) return loadInteger<quint64, true>(at);
  if constexpr (kind == HalfLittle) return doubleOfHalf(loadInteger<quint16, false>(at));
  if constexpr (kind == HalfBig) return doubleOfHalf(loadInteger<quint16, true>(at));
  if constexpr (kind == FloatLittle) return static_cast<double>(std::bit_cast<float>(loadInteger<quint32, false>(at)));
  if constexpr (kind == FloatBig) return static_cast<double>(std::bit_cast<float>(loadInteger<quint32, true>(at)));
  if constexpr (kind == DoubleLittle) return std::bit_cast<double>(loadInteger<quint64, false>(at));
  if constexpr (kind == DoubleBig) return std::bit_cast<double>(loadInteger<quint64, true>(at));
}

/// Calls `run.template operator()<kind>()` with the kind as a constant, for the kinds that have elements.
template <typename Run>
inline void withKind(ItemKind kind, Run &&run) {
  switch (kind) {
#define OCTETSCOPE_KIND(name)                  \
  case ItemKind::name:                         \
    run.template operator()<ItemKind::name>(); \
    break;
    OCTETSCOPE_KIND(Char)
    OCTETSCOPE_KIND(Bool)
    OCTETSCOPE_KIND(Int8)
    OCTETSCOPE_KIND(UInt8)
    OCTETSCOPE_KIND(Int16Little)
    OCTETSCOPE_KIND(Int16Big)
    OCTETSCOPE_KIND(UInt16Little)
    OCTETSCOPE_KIND(UInt16Big)
    OCTETSCOPE_KIND(Int32Little)
    OCTETSCOPE_KIND(Int32Big)
    OCTETSCOPE_KIND(UInt32Little)
    OCTETSCOPE_KIND(UInt32Big)
    OCTETSCOPE_KIND(Int64Little)
    OCTETSCOPE_KIND(Int64Big)
    OCTETSCOPE_KIND(UInt64Little)
    OCTETSCOPE_KIND(UInt64Big)
    OCTETSCOPE_KIND(HalfLittle)
    OCTETSCOPE_KIND(HalfBig)
    OCTETSCOPE_KIND(FloatLittle)
    OCTETSCOPE_KIND(FloatBig)
    OCTETSCOPE_KIND(DoubleLittle)
    OCTETSCOPE_KIND(DoubleBig)
#undef OCTETSCOPE_KIND
    case ItemKind::Padding:
    case ItemKind::Bytes:
    case ItemKind::Pascal:
      break;
  }
}

}  // namespace detail

/// The bytes that `s` or `p` of `count` bytes at `at` holds; empty for none (`0p` too).
inline ByteView stringOf(ItemKind kind, const std::uint8_t *at, quint64 count) {
  if (kind == ItemKind::Bytes || count == 0) return {at, static_cast<std::size_t>(count)};
  return {at + 1, static_cast<std::size_t>(std::min<quint64>(*at, count - 1))};
}

/// visitor(index, value) for `count` elements of `item` at `at`.
template <typename Visitor>
inline void visitItem(const LayoutItem &item, quint64 count, const std::uint8_t *at, Visitor &visitor) {
  if (item.isString()) {
    visitor(item.firstValue, stringOf(item.kind, at, count));
    return;
  }
  detail::withKind(item.kind, [&]<ItemKind kind>() {
    quint64 index = item.firstValue;
    for (quint64 left = count; left > 0; --left, ++index, at += item.size) {
      visitor(index, detail::elementAt<kind>(at));
    }
  });
}

/// One value of a layout in each of many payloads: numbers, bools and `c` by their kind, strings by their length.
template <ItemKind kind, typename Offsets>
class Column {
 public:
  /// `first`: where the value is of a payload at offset 0. `length`: bytes of a string.
  Column(const std::uint8_t *first, const Offsets &offsets, quint64 length)
      : first_(first), offsets_(offsets), length_(length) {}
  std::size_t size() const { return offsets_.size(); }
  /// The value in payload `index`: qint64, quint64, double, bool or ByteView.
  auto operator[](std::size_t index) const {
    const std::uint8_t *const at = first_ + offsets_[index];
    if constexpr (kind == ItemKind::Bytes || kind == ItemKind::Pascal) {
      return stringOf(kind, at, length_);
    } else {
      return detail::elementAt<kind>(at);
    }
  }
  /// take(value) for each, in order.
  template <typename Take>
  [[gnu::always_inline]] void forEach(Take &&take) const {
    constexpr std::size_t step = 8;
    const std::size_t count = size();
    std::size_t index = 0;
    for (; index + step <= count; index += step) {
#pragma GCC unroll 8
      for (std::size_t i = 0; i < step; ++i) take((*this)[index + i]);
    }
    for (; index < count; ++index) take((*this)[index]);
  }

 private:
  const std::uint8_t *first_;
  const Offsets &offsets_;
  quint64 length_;
};

/// visitor(index, column) for each value of `item`.
template <typename Offsets, typename Visitor>
inline void visitColumn(const LayoutItem &item, const std::uint8_t *stream, const Offsets &offsets, Visitor &visitor) {
  const std::uint8_t *const first = stream + item.offset;
  if (item.kind == ItemKind::Bytes) {
    visitor(item.firstValue, Column<ItemKind::Bytes, Offsets>(first, offsets, item.count));
  } else if (item.kind == ItemKind::Pascal) {
    visitor(item.firstValue, Column<ItemKind::Pascal, Offsets>(first, offsets, item.count));
  } else {
    detail::withKind(item.kind, [&]<ItemKind kind>() {
      for (quint64 i = 0; i < item.count; ++i) {
        visitor(item.firstValue + i, Column<kind, Offsets>(first + i * item.size, offsets, 0));
      }
    });
  }
}

}  // namespace octetscope
