// CellFormat: how the values of a column are written: as they are, or as numbers of a base, text, a time, an address.
// What cannot be written so is written as it is. Plain functions; nothing is kept.
#pragma once

#include "model/structs/value.h"

#include <array>
#include <optional>

namespace octetscope {

enum class CellFormat : quint8 {
  AsItIs,
  Decimal,
  Hexadecimal,
  Octal,
  Binary,
  Text,
  UnixSeconds,
  UnixMilliseconds,
  UnixMicroseconds,
  UnixNanoseconds,
  IPv4,
  IPv6,
};
inline constexpr std::array cellFormats = {CellFormat::AsItIs,
                                           CellFormat::Decimal,
                                           CellFormat::Hexadecimal,
                                           CellFormat::Octal,
                                           CellFormat::Binary,
                                           CellFormat::Text,
                                           CellFormat::UnixSeconds,
                                           CellFormat::UnixMilliseconds,
                                           CellFormat::UnixMicroseconds,
                                           CellFormat::UnixNanoseconds,
                                           CellFormat::IPv4,
                                           CellFormat::IPv6};

/// The value in a format, at most `most` characters, with … where it was cut; never a control character.
///
/// Whole numbers of any width in a base: as Python's hex(), oct() and bin() write them, so -255 is -0xff. Bytes in a
/// base: each for itself, apart by spaces. Text: the characters of bytes, or of the bytes of a number, the highest
/// first; zeros at the end are left out. Times: whole units since 1970, or seconds with a fraction, as ISO 8601 in UTC,
/// from year 1 to 9999. Addresses: of numbers that are in their range, and of 4 or 16 bytes.
QString formattedValue(const Value &value, CellFormat format, qsizetype most = 200);
/// True where what formattedValue() writes of this value is a number: those stand at the right of a column.
bool isFormattedNumber(const Value &value, CellFormat format);

/// What it is called: "Hexadecimal".
QString cellFormatTitle(CellFormat format);
/// What settings call it: "hex". None: no format is called so.
QString cellFormatKey(CellFormat format);
std::optional<CellFormat> cellFormatOfKey(QStringView key);

}  // namespace octetscope
