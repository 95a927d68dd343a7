#include "model/framing/framer.h"

namespace octetscope {

Result<QByteArray> Framer::payload(const StreamView &stream, const Message &message) const {
  return copyOf(stream.bytes.view(message.payloadRange()));
}

}  // namespace octetscope
