// MsgpackFormat: the values of MessagePack as fields: keys name them, types are the specification's words.
#pragma once

#include "model/values/value_format.h"

namespace octetscope {

class MsgpackFormat final : public ValueFormat {
 public:
  void read(ByteView payload, FieldTreeBuilder &out) const override;
  Field describe(ByteView payload, const FieldNode &node) const override;
};

}  // namespace octetscope
