// JsonFormat: the values of a payload that is JSON, as fields. Members of an outermost object are the top-level fields,
// elements of an outermost array are [0], [1] …, any other value is one field. Read by the same walk that finds where a
// value ends (json_scanner.h).
#pragma once

#include "model/values/value_format.h"

namespace octetscope {

class JsonFormat final : public ValueFormat {
 public:
  void read(ByteView payload, FieldTreeBuilder &out) const override;
  Field describe(ByteView payload, const FieldNode &node) const override;
};

}  // namespace octetscope
