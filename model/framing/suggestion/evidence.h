// What speaks for a framing, counted in bits: how much better it foretells the bytes of a stream than ByteCosts does,
// which knows nothing of messages. What it foretells is foretold from the past alone, so the bits are honest: bytes
// without any framing give `n` bits or more at most once in 2^n times, whatever is tried on them.
#pragma once

#include "model/framing/message.h"
#include "model/framing/suggestion/byte_costs.h"

#include <span>
#include <vector>

namespace octetscope {

/// Foretells numbers, lengths mostly, from those it was told: which came before, and of how many bits they are.
class NumberCoder {
 public:
  NumberCoder();
  /// The bits it takes to say `number`; then it knows it.
  float bits(quint64 number);

 private:
  static constexpr std::size_t exact = 4096;  // numbers below are known one by one
  std::vector<quint16> seen_;
  std::array<float, 65> widths_ = {};
  float widthTotal_ = 0;
  float total_ = 0;
  float repeats_ = 0;
};

/// The same, knowing only of how many bits the numbers are: cheap enough for thousands of candidates.
class WidthCoder {
 public:
  WidthCoder();
  float bits(quint64 number);

 private:
  std::array<float, 65> widths_ = {};
  float total_ = 0;
};

/// Which bytes of messages may be foretold by their place: the first ones, and the last.
struct Columns {
  quint64 first = 24;  ///< so many from the front
  quint64 last = 0;    ///< so many at the back; where the framing says where a message ends before its end is there
};

/// How much better the bytes at the same place of each message are foretold from those of the messages before: the
/// same, or counting up. `skip`: by message, a range that is left out (its length field), relative to the message.
/// Bytes behind the costs' end are not counted. What each message gains is added to `byMessage`.
double columnBits(const ByteCosts &costs, ByteView bytes, std::span<const ByteRange> messages,
                  std::span<const ByteRange> skip, const Columns &columns, std::span<float> byMessage);

/// The bits there would be if each part of the stream gave what one of its poorer parts gives: messages go on from the
/// first byte to the last, while tables and the like in other data are somewhere. Infinite where there are too few.
double steadyBits(std::span<const ByteRange> messages, std::span<const float> byMessage);

/// What chunks say: senders write messages whole. `hits` of `ends` places where a chunk ended are ends of messages, of
/// which one is met by chance once in `mean` bytes.
double boundaryBits(quint64 hits, quint64 ends, double mean);

/// How much more even the sizes are than those between bytes that fall anywhere.
double evennessBits(std::span<const ByteRange> messages);

}  // namespace octetscope
