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
/// One element of `kind` at `at`, given to `take` as the type that it has.
template <ItemKind kind, typename Take>
inline void loadElement(const std::uint8_t *at, Take &&take) {
  using enum ItemKind;
  if constexpr (kind == Char) take(ByteView(at, 1));
  if constexpr (kind == Bool) take(*at != 0);
  if constexpr (kind == Int8) take(static_cast<qint64>(static_cast<qint8>(*at)));
  if constexpr (kind == UInt8) take(static_cast<quint64>(*at));
  if constexpr (kind == Int16Little) take(static_cast<qint64>(loadInteger<qint16, false>(at)));
  if constexpr (kind == Int16Big) take(static_cast<qint64>(loadInteger<qint16, true>(at)));
  if constexpr (kind == UInt16Little) take(static_cast<quint64>(loadInteger<quint16, false>(at)));
  if constexpr (kind == UInt16Big) take(static_cast<quint64>(loadInteger<quint16, true>(at)));
  if constexpr (kind == Int32Little) take(static_cast<qint64>(loadInteger<qint32, false>(at)));
  if constexpr (kind == Int32Big) take(static_cast<qint64>(loadInteger<qint32, true>(at)));
  if constexpr (kind == UInt32Little) take(static_cast<quint64>(loadInteger<quint32, false>(at)));
  if constexpr (kind == UInt32Big) take(static_cast<quint64>(loadInteger<quint32, true>(at)));
  if constexpr (kind == Int64Little) take(loadInteger<qint64, false>(at));
  if constexpr (kind == Int64Big) take(loadInteger<qint64, true>(at));
  if constexpr (kind == UInt64Little) take(loadInteger<quint64, false>(at));
  if constexpr (kind == UInt64Big) take(loadInteger<quint64, true>(at));
  if constexpr (kind == HalfLittle) take(doubleOfHalf(loadInteger<quint16, false>(at)));
  if constexpr (kind == HalfBig) take(doubleOfHalf(loadInteger<quint16, true>(at)));
  if constexpr (kind == FloatLittle) take(static_cast<double>(std::bit_cast<float>(loadInteger<quint32, false>(at))));
  if constexpr (kind == FloatBig) take(static_cast<double>(std::bit_cast<float>(loadInteger<quint32, true>(at))));
  if constexpr (kind == DoubleLittle) take(std::bit_cast<double>(loadInteger<quint64, false>(at)));
  if constexpr (kind == DoubleBig) take(std::bit_cast<double>(loadInteger<quint64, true>(at)));
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
      detail::loadElement<kind>(at, [&](auto value) { visitor(index, value); });
    }
  });
}

/// visitor(payloadIndex, index, value) for `item` of each payload.
template <typename Visitor>
inline void visitColumn(const LayoutItem &item, std::span<const std::uint8_t *const> payloads, Visitor &visitor) {
  const quint64 offset = item.offset;
  if (item.isString()) {
    for (std::size_t i = 0; i < payloads.size(); ++i) {
      visitor(i, item.firstValue, stringOf(item.kind, payloads[i] + offset, item.count));
    }
    return;
  }
  detail::withKind(item.kind, [&]<ItemKind kind>() {
    for (quint64 element = 0; element < item.count; ++element) {
      const quint64 at = offset + element * item.size;
      for (std::size_t i = 0; i < payloads.size(); ++i) {
        detail::loadElement<kind>(payloads[i] + at, [&](auto value) { visitor(i, item.firstValue + element, value); });
      }
    }
  });
}

}  // namespace octetscope
