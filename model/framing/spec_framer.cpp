#include "model/framing/spec_framer.h"

#include "model/framing/framing_words.h"

namespace octetscope {

using namespace Qt::StringLiterals;

std::unexpected<Error> SpecFramer::failOverLimit(quint64 size) const {
  return fail(u"a message of %1 is over the limit of %2"_s.arg(byteCount(size), grouped(max_)),
              u"send less at once, or raise max="_s);
}

}  // namespace octetscope
