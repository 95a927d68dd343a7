// JoinedStream: the payloads of a framing's messages, joined to one stream of their own, for `A |+ B`. It takes them
// when their message is final, so what it holds of a prefix of the stream is a prefix of what it will hold. It knows
// where each byte came from.
#pragma once

#include "model/framing/framer.h"

#include <QStringList>

#include <memory>

namespace octetscope {

class JoinedStream {
 public:
  /// `framer`: one with joinedBy(). Where what it joins is joined again (`A |+ B |+ C`), that is done too: this is then
  /// what C cuts. `start`: the first byte of the stream that is framed.
  static std::unique_ptr<JoinedStream> of(const FramerPtr &framer, quint64 start = 0);
  ~JoinedStream();

  /// What cuts the joined stream.
  FramerPtr cutBy() const { return outer_->joinedBy(); }

  /// Takes in what `stream` has beyond what was seen, about `budget` bytes of it. True where there is more to do. One
  /// thread alone.
  bool advance(const StreamView &stream, quint64 budget);
  /// The joined bytes so far. A chunk is what one outer message brought, stamped with the arrival of its last byte. It
  /// Its clock stands where bytes came that are not joined yet. It
  /// has ended once the stream has, or once nothing of it is framed any more; not as long as advance() has more to do.
  StreamView view() const;
  /// How far it has come in the stream: what begins behind is not joined yet.
  quint64 reached() const { return upstream_ ? upstream_->reached() : state_.at; }
  /// When another message of the outer framing is final though nothing more came: Framer::finalAt(). After advance().
  qint64 finalAt() const { return finalAt_; }
  /// What of the stream could not be joined, a line each, in words: messages in error or cut off. Each is told once.
  QStringList takeTroubles();

  /// Where joined bytes came from.
  struct Origin {
    quint64 first = 0;  ///< numbers of the messages whose payloads were joined last that carry them
    quint64 last = 0;
    ByteRange range;  ///< in the stream, from the first byte to the last; of whole messages where bytes were derived
  };
  /// Of a range that is not empty and lies in the joined bytes. O(log outer messages). Any thread.
  Origin originOf(ByteRange joined) const;
  /// How many bytes were joined when `size` bytes of the stream were there, by what is joined now. Any thread.
  quint64 joinedAt(quint64 size) const;

 private:
  struct Piece {
    quint64 joined;  // where its bytes begin
    quint64 number;  // of the outer message
    quint64 offset;  // in the stream: of its first byte, or of the message where bytes were derived
    quint64 end;     // in the stream: of the message; its highest bit: the bytes were derived
  };
  static constexpr quint64 derived = 1ULL << 63;

  JoinedStream(FramerPtr outer, quint64 start, std::unique_ptr<JoinedStream> upstream);
  bool join(const StreamView &stream, quint64 budget);
  void knowUntil(const StreamView &stream, quint64 offset);
  void take(const Framer &framer, const StreamView &stream, const Message &message, bool isDerived);
  void addPiece(ByteView bytes, quint64 offset, bool isDerived);
  void trouble(const StreamView &stream, const Message &message);
  quint64 pieceOf(quint64 joined) const;

  const FramerPtr outer_;
  const std::unique_ptr<JoinedStream> upstream_;  // whose stream it is that is joined; null: the stream itself
  std::unique_ptr<class Stream> joined_;
  class ByteStore *store_;
  AppendOnlyTable<Piece> pieces_;
  ScanState state_;
  quint64 number_ = 0;  // of the next outer message
  StreamEnd end_ = StreamEnd::Open;
  qint64 nowNs_ = noTime;  // until when it is known what is joined
  qint64 finalAt_ = noTime;
  QStringList troubles_;
  // The outer message that is being taken:
  Message current_;
  qint64 currentTime_ = noTime;
};

}  // namespace octetscope
