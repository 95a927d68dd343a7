// FramedFile: reads a file and makes it one message, in the background, because a disk may be slow.
#pragma once

#include "model/framing/framer.h"

#include <QFutureWatcher>

namespace octetscope {

class FramedFile : public QObject {
  Q_OBJECT
 public:
  /// A larger file is not made one message.
  static constexpr qint64 mostBytes = 64LL << 20;

  explicit FramedFile(QObject *parent = nullptr);

  /// Ends in done(). Not to be called while one is read.
  void read(const QString &path, const FramerPtr &framer);
  bool isReading() const { return watcher_.isRunning(); }

 Q_SIGNALS:
  /// The bytes that go out, or why there are none.
  void done(const octetscope::Result<QByteArray> &bytes);

 private:
  QFutureWatcher<Result<QByteArray>> watcher_;
};

}  // namespace octetscope
