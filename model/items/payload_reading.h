// PayloadReading: the bytes of an OwnPayload as a stream of their own, with the messages and fields in them. They are
// made in the background, piece by piece, and can be seen as they come; nothing of them is made in the thread that
// shows them. It may be deleted at any time: what is under way then stops.
#pragma once

#include "model/items/own_payload.h"

#include <QObject>

#include <memory>

class QThreadPool;

namespace octetscope {

class PayloadReading : public QObject {
  Q_OBJECT
 public:
  /// Begins at once. `pool`: where it works, null: the program's own; must outlive it.
  explicit PayloadReading(OwnPayload payload, QObject *parent = nullptr, QThreadPool *pool = nullptr);
  ~PayloadReading() override;

  const OwnPayload &payload() const { return payload_; }
  /// The payload's bytes, direction In; it frames and decodes as for any other stream.
  ConnectionDecoder *decoder() const { return decoder_.get(); }
  /// All of it is there, or all that could be had.
  bool isComplete() const { return isComplete_; }
  /// Why it ends early; empty where it does not.
  const QString &problem() const { return problem_; }

  /// The bytes of the stream that `range` of the payload was made of, from the first to the last. Before isComplete()
  /// all that the message holds.
  ByteRange inStream(ByteRange range) const;
  /// The byte of the payload that lies at `offset` of the stream; none where none is known to.
  std::optional<quint64> inPayload(quint64 offset) const;

 Q_SIGNALS:
  /// More bytes are there, or it is complete.
  void progressed();

 private:
  struct Job;
  static void run(const std::shared_ptr<Job> &job);
  void takeProgress();
  void takeEnd(const PayloadOrigin &origin, const QString &problem);

  const OwnPayload payload_;
  std::shared_ptr<Job> job_;
  std::unique_ptr<ConnectionDecoder> decoder_;
  PayloadOrigin origin_;
  bool isComplete_ = false;
  QString problem_;
};

}  // namespace octetscope
