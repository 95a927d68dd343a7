// Sample: the part of one direction that framings are tried on, with what is asked of it again and again: how unlikely
// its bytes are, whether it is text, where its chunks end. Made in slices.
#pragma once

#include "model/capture/stream.h"
#include "model/framing/suggestion/byte_costs.h"

#include <array>
#include <vector>

namespace octetscope {

class Sample {
 public:
  static constexpr quint64 mostBytes = 1 << 20;
  static constexpr quint64 sliceBytes = 1 << 15;

  /// `start`: the first byte of the stream that is to be framed.
  Sample(StreamView stream, quint64 start);

  /// Reads on, a slice; true: there is more to read. All below is known once it is false.
  bool advance();

  /// The whole stream, and what of it is the sample: both begin at byte 0, so that offsets are the stream's.
  const StreamView &whole() const { return whole_; }
  const StreamView &view() const { return view_; }
  ByteView bytes() const { return view_.bytes.view(); }
  quint64 start() const { return start_; }
  quint64 end() const { return view_.size(); }
  /// Bytes to be framed.
  quint64 size() const { return end() - start_; }
  bool isAll() const { return view_.size() == whole_.size(); }

  const ByteCosts &costs() const { return costs_; }
  /// How often a byte occurs.
  quint64 count(std::uint8_t byte) const { return counts_[byte]; }
  /// The share of bytes that are text (UTF-8, with tabs and line ends), `except` left out of account.
  double textShare(std::uint8_t except = '\n') const;
  /// Where chunks end inside the sample, but for its end; at most some thousand. Empty where they arrived all at once.
  const std::vector<quint64> &chunkEnds() const { return chunkEnds_; }

 private:
  quint64 readText(quint64 end);

  StreamView whole_;
  StreamView view_;
  quint64 start_;
  ByteCosts costs_;
  std::array<quint64, 256> counts_ = {};
  quint64 textFrom_;  // garbage before it is not held against a text
  quint64 textRead_ = 0;
  std::array<quint64, 256> notText_ = {};  // bytes that are no text where they stand
  std::vector<quint64> chunkEnds_;
};

}  // namespace octetscope
