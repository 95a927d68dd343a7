// FieldSource: which fields the messages of a framing have, and in which of their bytes they lie.
#pragma once

#include "model/framing/framer.h"

namespace octetscope {

struct FieldSource {
  FieldDecoderPtr decoder = nullptr;  ///< null: there are none
  FieldsIn in = FieldsIn::Payload;

  /// A LAYOUT reads the payloads of the innermost framing; else a framing has the fields of its own format.
  static FieldSource of(const Framer &framer, const FieldDecoderPtr &layout) {
    if (layout && !framer.inner() && !framer.joinedBy()) return {layout, FieldsIn::Payload};
    return {framer.fields(), framer.fieldsIn()};
  }

  explicit operator bool() const { return decoder != nullptr; }
  /// Where they lie in the stream of `message`; empty where its payload is no range of that.
  ByteRange rangeIn(const Message &message) const {
    return in == FieldsIn::Message ? message.range() : message.payloadRange();
  }
  /// True where they lie in a payload that is no range of the stream.
  bool isDerived(const Message &message) const { return in == FieldsIn::Payload && !message.hasPayloadRange(); }
};

}  // namespace octetscope
