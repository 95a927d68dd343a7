// PickleFormat: the opcodes of a pickle as fields: their names, their arguments, and in words what carrying them out
// would do. Nothing is ever carried out.
#pragma once

#include "model/values/value_format.h"

namespace octetscope {

class PickleFormat final : public ValueFormat {
 public:
  void read(ByteView payload, FieldTreeBuilder &out) const override;
  Field describe(ByteView payload, const FieldNode &node) const override;
};

}  // namespace octetscope
