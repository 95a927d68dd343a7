// ConnectionDecoder: one connection read under decode settings: its messages, rows and fields, as far as they are
// known. Framing runs in the background in slices; the window's thread sees it as published steps, each consistent in
// itself. Changing the settings starts a new generation over the same bytes; what an old one still finds is dropped.
//
// It can show the past: what is published is then the live step cut to a moment, while recording and framing go on
// underneath. Nothing is kept for that; by the prefix property the past is showing less.
#pragma once

#include "model/capture/connection.h"
#include "model/capture/decode_settings.h"
#include "model/framing/joined_stream.h"
#include "model/framing/row_order.h"
#include "model/items/direction_reader.h"
#include "model/items/message_cache.h"
#include "model/items/moment.h"

#include <QObject>

#include <algorithm>
#include <memory>

class QThreadPool;

namespace octetscope {

class DecodeRun;
class MessageContents;
struct DecodeStep;

class ConnectionDecoder : public QObject {
  Q_OBJECT
 public:
  /// Lives in the window's thread. Nothing is read before setReaders(). `pool`: where it works, null: the program's
  /// own; must outlive it. It may be deleted at any time, whatever runs.
  explicit ConnectionDecoder(std::shared_ptr<Connection> connection, QObject *parent = nullptr,
                             QThreadPool *pool = nullptr);
  ~ConnectionDecoder() override;

  const std::shared_ptr<Connection> &connection() const { return connection_; }

  /// `firstEvent`: events before it have no rows.
  /// Starts a new generation: rows are reset at once and grow again from the first byte.
  void setReaders(DirectionReader in, DirectionReader out, quint64 firstEvent = 0);
  const DirectionReader &reader(Direction direction) const;

  /// Bytes or events were added: decode on. Cheap; call it as often as they come.
  void advance();
  /// True while the background has more to do than what has just arrived.
  bool isBusy() const;
  /// Bytes framed of bytes there, both directions, live.
  quint64 framedBytes() const;
  quint64 totalBytes() const;

  /// Shows what there was at `moment`, one of timeline()'s, whatever comes and whichever settings read it; none: live.
  /// The past is published like anything else; it costs a few look-ups. Not to be called from within the signals that
  /// tell of rows.
  void setMoment(const std::optional<Moment> &moment);
  const std::optional<Moment> &moment() const;
  /// The moments there are, up to the live one.
  Timeline timeline() const;
  /// Final messages there were at `moment`; the message behind them, which was not final then (size 0: none).
  struct Known {
    quint64 finals = 0;
    Message rest;
  };
  Known knownAt(Direction direction, const Moment &moment) const;

  // What is there already, shown or not: for who draws what is still to come. Changes before liveAdvanced().
  const StreamView &liveView(Direction direction) const;
  quint64 liveRowCount() const;
  quint64 liveMessageCount(Direction direction) const;
  /// Those of them that are final.
  quint64 liveFinalCount(Direction direction) const;
  /// Message `number` < liveMessageCount(direction).
  Message liveMessage(Direction direction, quint64 number) const;

  // What is published: constant between signals.
  quint64 rowCount() const;
  RowOrder::Row row(quint64 row) const;
  quint64 rowOf(RowKind kind, quint64 number) const;
  /// Messages of a direction, the last, not final one included.
  quint64 messageCount(Direction direction) const;
  /// Message `number` < messageCount(direction). About 1 µs, less for neighbours of the last one asked for.
  Message message(Direction direction, quint64 number) const;
  /// The message that holds byte `offset`, or the one behind the filler there; none past the last message.
  std::optional<quint64> messageAt(Direction direction, quint64 offset) const;
  /// The same and where it lies, in one look-up; none where it was asked for before.
  std::optional<LocatedMessage> locate(Direction direction, quint64 offset) const;
  /// A final message at or before byte `offset` that is known without looking at any byte: for who draws so many that
  /// some messages more or less do not show. None where there is none.
  std::optional<MessageIndex::Landmark> landmarkBefore(Direction direction, quint64 offset) const;
  /// The first message in [first, end) that is not complete. Costs as message() does, however many there are.
  std::optional<quint64> firstFlaw(Direction direction, quint64 first, quint64 end) const;
  /// The bytes as of the published step: what every view shows. Its end is open where the moment shown is before it.
  const StreamView &view(Direction direction) const;
  /// Where bytes of view(direction) came from; none where that is the stream itself, or `range` is empty.
  std::optional<JoinedStream::Origin> originOf(Direction direction, ByteRange range) const;
  /// For Framer::parts() in the middle of `message`.
  ScanState stateFor(Direction direction, const Message &message, quint64 offset) const;
  /// Framer::verdict() and explain() of a message of message(): they cost the same however long it is.
  Verdict verdict(Direction direction, const Message &message) const;
  QString explain(Direction direction, const Message &message, quint64 number) const;
  /// What lies inside messages. Keeps what it found; its answers are constant between signals.
  MessageContents &contents() const;
  Event eventAt(quint64 number) const;

  // For who reads messages in another thread: the generation, null before setReaders(); what of it is known, and what
  // is published. They stay as they are for who holds a copy.
  std::shared_ptr<const DecodeRun> run() const;
  const DecodeStep &liveStep() const;
  const DecodeStep &shownStep() const;
  /// The stamp rows count their time from: the first chunk's or event's, noTime where there is none.
  qint64 startTimeNs() const;

 Q_SIGNALS:
  /// Before a new generation, while all is as it was; and with it: nothing is as it was.
  void aboutToRestart();
  void restarted();
  /// Rows [first, last] are about to be there / are there now. Between the two signals the new step is published.
  void rowsAboutToBeAdded(quint64 first, quint64 last);
  void rowsAdded(quint64 first, quint64 last);
  /// The same of the last rows, which go: an earlier moment is shown.
  void rowsAboutToBeRemoved(quint64 first, quint64 last);
  void rowsRemoved(quint64 first, quint64 last);
  /// A row that was there changed: a last message grew or became final, or the other way round.
  void rowChanged(quint64 row);
  /// A step was published: bytes, rows or ends changed. After the signals above; at most one per painted frame.
  void advanced();
  /// moment() changed; what it shows was published before.
  void momentChanged();
  /// What is there already changed, whether it is shown or not. After the signals above.
  void liveAdvanced();
  void busyChanged(bool busy);

 private:
  class Private;
  ScanState tailState(Direction direction, const Message &message) const;

  std::shared_ptr<Connection> connection_;
  std::unique_ptr<Private> d_;
};

}  // namespace octetscope
