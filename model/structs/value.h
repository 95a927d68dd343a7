// Value: what a field holds. The kinds of CPython's struct module, exact.
#pragma once

#include "model/bytes/byte_view.h"

#include <QByteArray>
#include <QString>

#include <limits>
#include <variant>

namespace octetscope {

/// An integer that 64 bits cannot hold. No code of a layout unpacks to one; pack() needs it to refuse it in the right
/// words, and to make a float of it.
struct BigInteger {
  QByteArray digits;  ///< decimal, without leading zeros, '-' in front where it is negative
  bool isNegative() const { return digits.startsWith('-'); }
  bool operator==(const BigInteger &) const = default;
};

/// monostate: none (a field that is not there; for pack(): an argument of no kind that a code takes, Python's None).
/// Integers are qint64 where that can hold them, else quint64, else BigInteger. float16/32 are held as the double that
/// CPython returns.
/// Text (QString) is what a format itself calls text, such as JSON's strings; a layout's strings are bytes.
using Value = std::variant<std::monostate, qint64, quint64, double, bool, QByteArray, BigInteger, QString>;

/// An integer as a Value of the narrowest kind that holds it, so that equal numbers are equal Values.
inline Value integerValue(quint64 number) {
  if (number <= static_cast<quint64>(std::numeric_limits<qint64>::max())) return static_cast<qint64>(number);
  return number;
}

/// A double in CPython's repr form: shortest digits that read back the same, always with '.' or 'e'; nan, inf, -inf.
QString reprOfDouble(double value);
/// The same, appended as ASCII.
void appendRepr(QByteArray &out, double value);

/// For people: integers in decimal, doubles as repr, true/false, bytes and text as "text" with escapes. At most `most`
/// characters, with … where it was cut; never a control character. Costs what is shown.
QString displayText(const Value &value, qsizetype most = 200);
/// The same of bytes that lie elsewhere.
QString displayBytes(ByteView bytes, qsizetype most = 200);

/// True for letters, marks, numbers, punctuation, symbols and spaces: never for what acts on a terminal.
bool isPlainCharacter(char32_t character);
/// True where the bytes are valid UTF-8 of letters, marks, numbers, punctuation, symbols and spaces only.
bool isPlainText(QByteArrayView bytes);

}  // namespace octetscope
