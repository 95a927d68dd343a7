#include "model/framing/pickle_framer.h"

#include "model/framing/item_framer.h"
#include "model/values/pickle_format.h"
#include "model/values/pickle_opcodes.h"

namespace octetscope {

using namespace Qt::StringLiterals;

FramingEntry pickleEntry() {
  return {.kind = {.name = u"pickle"_s,
                   .title = u"Python pickle"_s,
                   .summary = u"One pickle of Python, up to its STOP; it is walked over, never executed."_s,
                   .options = {maxOption()},
                   .examples = {u"pickle"_s}},
          .make = [](const SpecValues &values) -> Result<FramerPtr> {
            return std::make_shared<ItemFramer>(values, std::make_shared<PickleItems>(),
                                                std::make_shared<PickleFormat>());
          }};
}

}  // namespace octetscope
