// Value: what a field holds. The kinds of CPython's struct module, exact.
#pragma once

#include <QByteArray>
#include <QString>

#include <variant>

namespace octetscope {

/// monostate: none (a field that is not there). float16/32 are held as the double that CPython returns.
using Value = std::variant<std::monostate, qint64, quint64, double, bool, QByteArray>;

/// A double in CPython's repr form: shortest digits that read back the same, always with '.' or 'e'; nan, inf, -inf.
QString reprOfDouble(double value);

/// For people: integers in decimal, doubles as repr, true/false, bytes as "text" with escapes. At most `most`
/// characters, with … where it was cut; never a control character.
QString displayText(const Value &value, qsizetype most = 200);

/// True where the bytes are valid UTF-8 of letters, marks, numbers, punctuation, symbols and spaces only.
bool isPlainText(QByteArrayView bytes);

}  // namespace octetscope
