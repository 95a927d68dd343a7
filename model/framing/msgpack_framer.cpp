#include "model/framing/msgpack_framer.h"

#include "model/framing/item_framer.h"
#include "model/values/msgpack_format.h"
#include "model/values/msgpack_items.h"

namespace octetscope {

using namespace Qt::StringLiterals;

FramingEntry msgpackEntry() {
  return {.kind = {.name = u"msgpack"_s,
                   .title = u"MessagePack"_s,
                   .summary = u"One value of MessagePack, with all that is inside it."_s,
                   .options = {maxOption()},
                   .examples = {u"msgpack"_s}},
          .make = [](const SpecValues &values) -> Result<FramerPtr> {
            return std::make_shared<ItemFramer>(values, std::make_shared<MsgpackItems>(),
                                                std::make_shared<MsgpackFormat>());
          }};
}

}  // namespace octetscope
