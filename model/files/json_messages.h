// JsonMessages: writes messages of one direction as JSON objects, keys in the documented order, inner messages nested
// in them. What the fields of each layer need is prepared once, at the first message.
#pragma once

#include "model/files/json_fields.h"
#include "model/files/message_writer.h"
#include "model/framing/field_source.h"

#include <memory>

namespace octetscope {

class JsonMessages {
 public:
  /// `layout`: of the payloads of the innermost framing; null: none.
  JsonMessages(FieldDecoderPtr layout, PayloadForm payload) : layout_(std::move(layout)), payload_(payload) {}

  /// Appends `{…}`. False where a field could not be read, or a message inside is not whole.
  bool write(TextBuffer &out, const MessageRecord &record);
  /// Appends `[…]`: the messages in the payload of `record`, for who writes the rest in another form.
  bool writeInner(TextBuffer &out, const MessageRecord &record);
  /// Appends the fields alone, `[…]` and a line end: of the message, where its framing has any, and of each message
  /// inside it that has.
  bool writeFieldLines(TextBuffer &out, const MessageRecord &record);
  /// Whether all is readable and whole, at the cost of what that takes alone.
  bool isReadable(const MessageRecord &record);

 private:
  /// A framing and what is inside it.
  struct Layer {
    Layer(const Framer &framer, const FieldDecoderPtr &layout);
    FieldSource source;
    JsonFields fields;
    FramerPtr framer;  // inner; null: none
    std::unique_ptr<Layer> inner;
  };

  const Layer &layerOf(const MessageRecord &record);
  bool writeObject(TextBuffer &out, const MessageRecord &record, const Layer &layer) const;
  bool writeFields(TextBuffer &out, const MessageRecord &record, const Layer &layer) const;
  bool writeMessages(TextBuffer &out, const MessageRecord &record, const Layer &layer) const;
  bool writeFieldLines(TextBuffer &out, const MessageRecord &record, const Layer &layer) const;
  static bool isReadable(const MessageRecord &record, const Layer &layer);

  FieldDecoderPtr layout_;
  PayloadForm payload_;
  std::unique_ptr<Layer> layer_;
};

}  // namespace octetscope
