// Values as people type them, and as JSON says them: what `pack` takes on the command line and in batch requests, what
// the composer takes, and what `unpack` and `decode` print.
#pragma once

#include "model/json/json_value.h"
#include "model/structs/value.h"

#include <QStringView>

#include <optional>

namespace octetscope {

/// "12" "-5" "0xff" → an integer of any width; "1.5" "1e400" "nan" "inf" "-inf" → a double, as Python's float() reads
/// them; "true" "false". None: it is something else.
std::optional<Value> parseNumber(QStringView token);

/// One word of `pack` as an argument for `code` (0: for no code). For s, p and c: text with the escapes
/// \n \r \t \0 \xNN \\ \" \', as UTF-8, or `hex:6162`; a wrong escape is the only error there is. For the other codes
/// what parseNumber() takes; anything else is monostate, which pack() refuses in CPython's words (but for `?`, where
/// any text is true and none is false, as in Python).
Result<Value> parseValue(QStringView token, char code);

/// The same of a JSON value: strings as words, numbers and booleans as they are, {"hex":"…"} as bytes, null as None;
/// arrays and other objects are what no code takes.
Result<Value> valueOfJson(const JsonValue &json, char code);

/// Appends the JSON form: integers exact, doubles as repr, "nan" "inf" "-inf", true and false, bytes as
/// {"hex":"…","text":"…"} with the text only where isPlainText(); null for none.
void appendJsonValue(QByteArray &out, const Value &value);
/// The same of bytes that lie elsewhere.
void appendJsonBytes(QByteArray &out, ByteView bytes);

}  // namespace octetscope
