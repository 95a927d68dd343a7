// CopiedPiece: something that can be copied as text: bytes, a payload, one field, or a message with its fields. It
// holds what it looks into, so that text can be made of it in any thread, whatever arrives meanwhile. Plain values.
#pragma once

#include "model/bytes/hex_text.h"
#include "model/framing/framer.h"
#include "model/structs/field_decoder.h"

namespace octetscope {

struct CopiedPiece {
  enum class Kind : quint8 {
    Bytes,    ///< `range` of `view`; no fields
    Payload,  ///< the payload of `message`, made of its bytes by `framer` where it is no range of `view`; no fields
    Field,    ///< the field at `path` in the bytes `fieldBytes` of `view`; its own are `range`
    Message,  ///< `message` in `view`, with its fields and the messages inside it
  };
  Kind kind = Kind::Bytes;
  TextCode textCode = TextCode::Utf8;  ///< what its bytes are as text
  StreamView view = {};
  ByteRange range = {};
  bool isDerived = false;  ///< `view`, or of a field its payload, is no range of the stream: offsets count in it

  // Of a payload and of a message.
  Message message = {};
  FramerPtr framer = nullptr;
  FieldDecoderPtr layout = nullptr;  ///< of the payloads of the innermost framing; null: none
  quint64 number = 0;

  // Of a field.
  FieldDecoderPtr fields = nullptr;
  FieldPath path = {};
  ByteRange fieldBytes = {};  ///< what `fields` may be asked about; offsets are told from the begin of `view`

  /// How many bytes it is, as hex and the like; 0: none.
  quint64 size() const;
};

}  // namespace octetscope
