// ByteCosts: how unlikely each byte of a sample is to somebody who knows what came before it, but nothing of messages.
// A framing is believed where it foretells bytes better than that: what both foretell is no evidence for it.
//
// The model is a mixture of six: all bytes alike; the counts of what followed the last 0, 1, 2 and 3 bytes; and of what
// followed the bytes 4 and 8 places before, as in tables of numbers. Each is weighted by how well it has done. It
// learns as it goes, so that its probabilities are honest: no byte is foretold from what comes behind it.
#pragma once

#include "model/bytes/byte_view.h"

#include <array>
#include <cmath>
#include <memory>
#include <vector>

namespace octetscope {

class ByteCosts {
 public:
  /// `bytes` must stay where they are while it advances.
  explicit ByteCosts(ByteView bytes);
  ~ByteCosts();
  ByteCosts(const ByteCosts &) = delete;
  ByteCosts &operator=(const ByteCosts &) = delete;

  /// Reads on, at most `budget` bytes; true: there are more.
  bool advance(quint64 budget);
  /// Bytes that were read.
  quint64 size() const { return unlikely_.size(); }

  /// One over the probability of the byte at `offset`.
  float unlikely(quint64 offset) const { return unlikely_[offset]; }
  /// The bits it takes to say the bytes of `range`, at most 8 of them.
  float bits(ByteRange range) const {
    float product = 1;
    for (quint64 at = range.begin; at < range.end; ++at) product *= unlikely_[at];
    return std::log2(product);
  }

 private:
  struct Counts;

  ByteView bytes_;
  std::vector<float> unlikely_;
  std::unique_ptr<Counts> counts_;
};

}  // namespace octetscope
