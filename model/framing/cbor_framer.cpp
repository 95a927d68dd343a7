#include "model/framing/cbor_framer.h"

#include "model/framing/item_framer.h"
#include "model/values/cbor_format.h"
#include "model/values/cbor_items.h"

namespace octetscope {

using namespace Qt::StringLiterals;

FramingEntry cborEntry() {
  return {.kind = {.name = u"cbor"_s,
                   .title = u"CBOR"_s,
                   .summary = u"One data item of CBOR (RFC 8949), with all that is inside it."_s,
                   .options = {maxOption()},
                   .examples = {u"cbor"_s}},
          .make = [](const SpecValues &values) -> Result<FramerPtr> {
            return std::make_shared<ItemFramer>(values, std::make_shared<CborItems>(), std::make_shared<CborFormat>());
          }};
}

}  // namespace octetscope
