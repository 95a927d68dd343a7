// What is to be said of the place where two framings part: what each makes of it and why, from the bytes, and which
// of the usual mistakes it is where the bytes prove that it is one.
#pragma once

#include "model/framing/comparison.h"

namespace octetscope {

enum class FramingMistake : quint8 {
  None,          ///< none of these, or the bytes do not prove it
  ByteOrder,     ///< both read the same bytes as a length, in the two byte orders
  CountsHeader,  ///< both read the same length; in one it counts the header, too
  OneReceive,    ///< one takes what one recv() returned for one message, and it is not
};

/// Which mistake lies between the two framings at `divergence`, as far as the bytes prove it.
FramingMistake mistakeAt(const Framer &a, const Framer &b, const StreamView &stream, const Divergence &divergence);

/// "A ends message 12 at byte 3,046, because it read …; B still waits for 1,703,936 more bytes, because it read …." and
/// a sentence for the mistake. Numbers of messages count from 0, as everywhere.
QString divergenceWords(const Framer &a, const Framer &b, const StreamView &stream, const Divergence &divergence);

/// The words where the framings do not part: "A and B say the same of 12 messages, up to byte 300."
QString agreementWords(quint64 messages, quint64 bytes);

}  // namespace octetscope
