// HexRows: which bytes stand in which row of a hex view: rows of equal length one behind the other, or rows that begin
// anew at each message. The latter are found from landmarks that others count in the background: a look-up costs a
// search among those and the messages behind one of them, whatever was captured. What is not counted yet stands in
// equal rows behind the rest. A value.
#pragma once

#include "model/bytes/byte_view.h"
#include "widgets/hexview/hex_source.h"

#include <QPointer>

#include <optional>

namespace octetscope {

class HexRows {
 public:
  /// Messages that are looked at behind the last landmark; those behind them are not rows of their own yet.
  static constexpr quint64 mostBehind = 4096;

  /// Equal rows. `bytesPerRow` >= 1.
  void setRunning(int bytesPerRow, quint64 size);
  /// Rows that begin at the messages of `source`, and `size` bytes of it.
  void setByMessage(int bytesPerRow, quint64 size, const HexSource &source);

  int bytesPerRow() const { return static_cast<int>(bytesPerRow_); }
  quint64 size() const { return size_; }
  bool isByMessage() const { return isByMessage_; }
  /// 0 of an empty stream.
  quint64 count() const { return count_; }
  /// Of a byte < size(); of one behind them, as if it stood there in equal rows.
  quint64 rowOf(quint64 offset) const;
  /// Of row < count(): never empty.
  ByteRange rangeOf(quint64 row) const;
  /// The number of the message that begins with a row; none where rows are equal, or it goes on there.
  std::optional<quint64> messageAt(quint64 row) const;

 private:
  /// Where rows begin anew.
  struct Begin {
    quint64 offset;
    quint64 row;
    std::optional<quint64> message;
  };
  /// The begins from one landmark up to the next; the last block goes on to the end.
  struct Block {
    std::size_t number = 0;
    std::vector<Begin> begins = {};
    quint64 end = 0;  ///< where the next block begins
  };

  Block blockFrom(std::size_t number) const;
  const Block &block(std::size_t number) const;
  template <typename Before>
  std::pair<const Block *, std::size_t> find(Before before) const;

  quint64 bytesPerRow_ = 16;
  quint64 size_ = 0;
  quint64 count_ = 0;
  bool isByMessage_ = false;
  QPointer<const HexSource> source_;
  RowLandmarks landmarks_;
  std::size_t landmarkCount_ = 0;  // of those, what lies in `size_` bytes
  Block last_;
  mutable Block known_;  // the one that was asked for last
};

}  // namespace octetscope
