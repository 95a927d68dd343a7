// The fields of an HTTP head, of header lines alone, and of trailers: a request line is `method`, `target`, `version`,
// a status line `version`, `status`, `reason`; each header line is a field of its name, its value as text. They lie in
// the message, not in its payload.
#pragma once

#include "model/framing/http_reader.h"
#include "model/structs/field_decoder.h"

namespace octetscope {

FieldDecoderPtr httpFields(HttpGrammar grammar);

}  // namespace octetscope
