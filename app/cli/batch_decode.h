// The answer to a batch request {"do":"decode","framing":…,"struct":…,"hex":…,"chunks":[…],"closed":true}: the messages
// as `decode --format jsonl` prints them, in an array.
#pragma once

#include "model/json/json_value.h"

namespace octetscope::cli {

bool isDecodeRequest(const JsonValue &request);

/// One line without its end: {"result":[…]}, or {"error":"…"}. `framing` is until-close where it is not given, `struct`
/// and `chunks` may be left out, `closed` is true unless it says otherwise: then the last message may be incomplete.
/// `start`, `max_message` and `payload` mean what the options of these names mean.
QByteArray answerDecodeRequest(const JsonValue &request);

}  // namespace octetscope::cli
