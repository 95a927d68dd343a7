// PieceNames: what a byte of one side of a comparison is, in words: its field, or which part of the framing. It holds
// what it asks, so the words stay there when what the bytes came from is read otherwise, or gone.
#pragma once

#include "model/difference/message_difference.h"

namespace octetscope {

class PieceNames {
 public:
  PieceNames() = default;
  /// For any thread: reads all fields once, where their format needs that.
  PieceNames(const CopiedPiece &piece, const DifferenceBytes &bytes);

  /// "field header.seq = 3", "length = 38", "payload"; empty: nothing is known of it. `offset` < the bytes' size.
  QString words(const DifferenceBytes &bytes, quint64 offset) const;

 private:
  QString fieldWords(ByteView fieldBytes, quint64 offset) const;
  QString partWords(quint64 offset) const;

  /// Payloads of formats that have to be read from the front are read up to this size.
  static constexpr quint64 mostRead = 1 << 20;
  /// A framing's parts are asked for up to this far behind a message's begin.
  static constexpr quint64 mostScanned = 64 * 1024;

  CopiedPiece piece_;
  FieldDecoderPtr fields_;  // null: none are named
  ByteRange inView_;        // where their bytes lie in the piece's view
  bool isInMade_ = false;   // they are all that was made
};

}  // namespace octetscope
