// Delivery: carries out a DeliveryPlan over a Channel: bytes, or a file read in blocks. It hands over only as much as
// the peer takes: at most 2 MiB wait in the channel's queue because of it. Lives in the I/O thread; owns the file.
#pragma once

#include "model/result.h"
#include "model/transport/channel.h"
#include "model/transport/delivery_plan.h"

#include <QFile>
#include <QTimer>

#include <memory>

namespace octetscope {

class Delivery : public QObject {
  Q_OBJECT
 public:
  /// Back-pressure: a delivery adds nothing to a queue that holds this many bytes.
  static constexpr quint64 mostUnsent = 2 * 1024 * 1024;

  static std::unique_ptr<Delivery> ofBytes(QByteArray bytes, DeliveryPlan plan);
  /// Errors: not there, not a regular file, not readable. How much the file holds now is how much is sent.
  static Result<std::unique_ptr<Delivery>> ofFile(const QString &path, DeliveryPlan plan);

  /// Begins. The first piece goes at once. `channel` must live as long as this.
  void start(Channel *channel);
  /// Hands over no more; no signal comes after it.
  void cancel();

  quint64 total() const { return total_; }
  /// Bytes the system has taken.
  quint64 done() const;
  /// Bytes that wait in memory and are not handed to the channel yet: none of a file.
  quint64 waiting() const { return file_ ? 0 : total_ - handed_; }

 Q_SIGNALS:
  void progress(quint64 done, quint64 total);
  /// The system has taken all of it. From the event loop.
  void finished();
  /// The file could not be read to its end. finished() does not come.
  void failed(const octetscope::Error &error);

 private:
  explicit Delivery(DeliveryPlan plan);
  quint64 pieceEnd() const;
  quint64 queueLimit() const;
  void pump();
  bool handOver(quint64 size);
  void taken();

  const DeliveryPlan plan_;
  QByteArray bytes_;
  std::unique_ptr<QFile> file_;
  Channel *channel_ = nullptr;
  QTimer timer_;
  quint64 total_ = 0;
  quint64 handed_ = 0;
  quint64 end_ = 0;  // where in the out stream the last byte handed over will stand
  qsizetype nextCut_ = 0;
  bool stopped_ = false;
};

}  // namespace octetscope
