// Following a chain of length fields through bytes, as fast as may be: thousands of candidates are followed. A chain is
// given up as soon as its lengths are no better foretold than the bytes they are made of.
#pragma once

#include "model/framing/suggestion/length_proposals.h"

namespace octetscope {

/// Reads a length at the front of `bytes`: its value, and how many bytes it took; 0: there is none.
struct ReadLength {
  quint64 value = 0;
  quint64 width = 0;
};

/// Follows `chain` from its first field on. `offset`: bytes of a message before its field, so that no message is
/// shorter than its head. `read`: ReadLength(ByteView). False: it breaks, or is not worth more.
template <typename Read>
bool followChain(const Sample &sample, LengthChain &chain, quint64 offset, Read read) {
  constexpr quint64 mostSteps = 256;
  constexpr quint64 largest = 64ULL << 20;
  constexpr double hopeless = -14;
  const ByteView bytes = sample.bytes();
  WidthCoder sizes;
  quint64 at = chain.field;
  while (chain.count < mostSteps) {
    if (at >= bytes.size()) return chain.count > 0;
    const ReadLength length = read(bytes.subspan(at));
    // The field itself is cut: that is how a stream may end.
    if (length.width == 0) return chain.count > 0 && bytes.size() - at < 8;
    if (length.value > largest) return false;
    const qint64 size = static_cast<qint64>(length.width + length.value) + chain.between;
    if (size < static_cast<qint64>(offset + length.width)) return false;
    chain.bits += static_cast<double>(sample.costs().bits({at, at + std::min<quint64>(length.width, 8)}));
    chain.bits -= static_cast<double>(sizes.bits(length.value));
    if (chain.bits < hopeless) return false;
    const quint64 end = at - offset + static_cast<quint64>(size);
    chain.zeroLast = length.value == 0;
    if (chain.zeroLast) {
      ++chain.zeros;
      chain.zeroAt = chain.count;
    }
    if (at == chain.field) chain.zeroFirst = chain.zeroLast;
    if (end > bytes.size()) {
      chain.over = end - bytes.size();
      return chain.count > 0;
    }
    ++chain.count;
    chain.last = at;
    if (end == bytes.size()) {
      chain.lands = sample.isAll();
      return true;
    }
    at += static_cast<quint64>(size);
  }
  return true;
}

}  // namespace octetscope
