// Which checksum messages have: every algorithm that sync: can verify, in either byte order, over the bytes from a few
// likely places on, as the last bytes or before a mark that never changes. That it is right in message after message is
// no chance.
#pragma once

#include "model/checks/checksum.h"
#include "model/framing/message.h"

#include <set>
#include <span>

namespace octetscope {

struct FoundChecksum {
  const Checksum *checksum = nullptr;
  ByteOrder order = ByteOrder::Big;
  quint64 from = 0;  ///< the first byte of a message that it covers
  quint64 tail = 0;  ///< bytes behind it
  double bits = 0;   ///< for it, what it costs to have thought of it taken off
  double cost = 0;

  /// The options of a SPEC, with the comma before them.
  QString options() const;
  /// As a sentence goes on: "crc-16/xmodem over what stands before it is right".
  QString words() const;
};

/// The one that nearly all of some messages have; none: too few are right to believe it. `froms`: where what it covers
/// may begin. Equal messages count once: what is right in one is right in its copies.
std::optional<FoundChecksum> findChecksum(ByteView bytes, std::span<const ByteRange> messages,
                                          const std::set<quint64> &froms);

}  // namespace octetscope
