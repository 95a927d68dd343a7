// Numbers and times as binary formats write them.
#pragma once

#include "model/structs/value.h"

#include <optional>

namespace octetscope {

/// The most bytes of an integer that is written in decimal: that takes the square of their number.
inline constexpr std::size_t mostIntegerBytes = 4096;

/// An unsigned integer of any width, big-endian: itself, or −1 minus it. None where it has more than mostIntegerBytes.
std::optional<Value> bigEndianInteger(ByteView bytes, bool isNegative);
/// A signed one, little-endian, in two's complement; without bytes it is 0.
std::optional<Value> littleEndianInteger(ByteView bytes);
/// IEEE 754's binary16.
double halfFloat(quint16 bits);
/// "2023-10-30T09:23:54.104000000Z" for seconds since 1970 and nanoseconds < 10^9, which are left out where they are
/// 0; "100000000000000 s after 1970" where the year has no four digits.
QString timeWords(qint64 seconds, quint32 nanoseconds);

}  // namespace octetscope
