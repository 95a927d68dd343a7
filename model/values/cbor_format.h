// CborFormat: the values of CBOR (RFC 8949) as fields: keys name them, tags stand before the types of what they tag.
#pragma once

#include "model/values/value_format.h"

namespace octetscope {

class CborFormat final : public ValueFormat {
 public:
  void read(ByteView payload, FieldTreeBuilder &out) const override;
  Field describe(ByteView payload, const FieldNode &node) const override;
};

}  // namespace octetscope
