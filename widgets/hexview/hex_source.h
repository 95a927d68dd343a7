// HexSource: what a hex view needs of a stream, and no more: bytes, edges, colours by role, and words about a place. It
// knows no storage and no widget. Everything costs what is asked for, not what the stream holds.
#pragma once

#include "model/bytes/byte_store.h"
#include "model/capture/stream.h"
#include "model/framing/message.h"
#include "model/items/row_landmark.h"

#include <QList>
#include <QObject>

#include <optional>
#include <vector>

namespace octetscope {

/// A stretch of bytes that mean the same.
struct HexSpan {
  enum class Kind : quint8 {
    Framing,  ///< `part` says which
    Field,    ///< of the top-level field `field`
    Padding,  ///< payload that a layout skips
    Payload,  ///< payload without fields
    Outside,  ///< filler, or not framed yet
  };
  ByteRange range;
  Kind kind = Kind::Outside;
  PartRole part = PartRole::Payload;
  int field = 0;
  Status status = Status::Complete;  ///< of the message it lies in
  bool isOdd = false;                ///< message numbers alternate, so that neighbours can be told apart
  bool operator==(const HexSpan &) const = default;
};

/// Words about one byte.
struct HexPlace {
  /// "3", or "3.0" for message 0 in the payload of message 3; empty for none.
  QString messageName() const;

  QString what;                         ///< "field seq", "length", "padding", "payload", "between messages"
  QString value = {};                   ///< "3"; empty where there is nothing to say
  std::optional<quint64> message = {};  ///< number
  QList<quint64> inner = {};            ///< numbers of the messages inside it that hold the byte, from the outside in
  QString messageNote = {};           ///< of the innermost: "needs 14 more bytes", "error: …"; empty for complete ones
  std::optional<quint64> chunk = {};  ///< number
  ByteRange chunkRange = {};          ///< of that chunk
  qint64 timeNs = noTime;             ///< when it arrived, since the epoch
  qint64 sinceStartNs = noTime;       ///< the same, since the connection's first row
  bool isRestart = false;             ///< the user started framing again at this byte
};

/// Lives in the window's thread. What it says is constant between signals.
class HexSource : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;

  /// Which direction of its connection it shows.
  virtual Direction direction() const { return Direction::In; }
  virtual quint64 size() const = 0;
  /// The part of `range` that is there; valid until the next signal.
  virtual ByteView bytes(ByteRange range) const = 0;
  /// For work in the background.
  virtual ByteSnapshot snapshot() const = 0;
  /// The same of the other direction of the connection; empty where there is none.
  virtual ByteSnapshot otherSnapshot() const { return {}; }
  /// True once the file behind it was cut or changed by another program.
  virtual bool isDamaged() const = 0;
  /// No more bytes will come.
  virtual bool hasEnded() const { return false; }

  /// Appends the ends e of chunks with range.begin < e <= range.end, rising.
  virtual void chunkEnds(ByteRange range, std::vector<quint64> &ends) const = 0;
  /// The same of messages that are whole or in error, not of one still arriving.
  virtual void messageEnds(ByteRange range, std::vector<quint64> &ends) const = 0;
  /// Appends the offsets in `range` at which the user started framing again, rising.
  virtual void restarts(ByteRange range, std::vector<quint64> &offsets) const {
    Q_UNUSED(range);
    Q_UNUSED(offsets);
  }
  /// Appends spans that cover the part of `range` that is there, without gaps or overlaps, rising; the first and the
  /// last may reach beyond it.
  virtual void spans(ByteRange range, std::vector<HexSpan> &spans) const = 0;

  virtual HexPlace place(quint64 offset) const = 0;
  /// What a double click selects: the field, part or padding that holds `offset`; never empty for offset < size().
  virtual ByteRange fieldRange(quint64 offset) const = 0;
  /// What a triple click selects: the message; the filler where there is none.
  virtual ByteRange messageRange(quint64 offset) const = 0;
  /// The message that holds byte `offset`; none in filler and where nothing is framed yet.
  virtual std::optional<quint64> messageNumberAt(quint64 offset) const = 0;
  virtual quint64 messageCount() const = 0;
  /// Of message `number` < messageCount().
  virtual ByteRange rangeOfMessage(quint64 number) const = 0;
  /// When the connection's first row was, since the epoch; noTime: the bytes have no times.
  virtual qint64 startTimeNs() const { return noTime; }
  /// The first byte that arrived at `timeNs` or later; size() where none did. O(log chunks).
  virtual quint64 offsetAtTime(qint64 timeNs) const {
    Q_UNUSED(timeNs);
    return size();
  }
  /// Where rows of `bytesPerRow` stand that begin at each message, as far as that is counted: asking for it begins to
  /// count, and advanced() tells of more. Null: nothing is counted, and who asks has to look at the messages.
  virtual RowLandmarks rowLandmarks(int bytesPerRow) const {
    Q_UNUSED(bytesPerRow);
    return nullptr;
  }

 Q_SIGNALS:
  /// Bytes were added, or more of them were framed; what was there is as it was.
  void advanced();
  /// Anything may have changed but the bytes: another framing, another layout.
  void reread();
};

}  // namespace octetscope
