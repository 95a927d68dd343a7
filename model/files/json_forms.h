// Values in the forms of the JSON Lines output: numbers exact, floats as CPython's repr, bytes as {"hex","text"}.
#pragma once

#include "model/files/text_buffer.h"
#include "model/structs/value.h"

#include <cmath>

namespace octetscope {

inline void appendJsonValue(TextBuffer &out, qint64 value) {
  out.append(value);
}
inline void appendJsonValue(TextBuffer &out, quint64 value) {
  out.append(value);
}
inline void appendJsonValue(TextBuffer &out, bool value) {
  out.append(value ? std::string_view("true") : std::string_view("false"));
}
/// NaN and infinities, which JSON does not know, are the strings "nan", "inf", "-inf".
inline void appendJsonValue(TextBuffer &out, double value) {
  if (std::isfinite(value)) return out.appendRepr(value);
  out.append('"');
  out.appendRepr(value);
  out.append('"');
}
/// {"hex":"6162","text":"ab"}; `text` only where the bytes are plain text.
void appendJsonValue(TextBuffer &out, ByteView bytes);
/// null for none.
void appendJsonValue(TextBuffer &out, const Value &value);

}  // namespace octetscope
