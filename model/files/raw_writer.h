// RawWriter: saves the bytes of a stream to a file, in the background, with progress and cancel. The file appears whole
// or not at all.
#pragma once

#include "model/bytes/byte_store.h"

#include <QFutureWatcher>
#include <QObject>

namespace octetscope {

/// One saving; lives in the window's thread. finished() or failed() comes once, after that it may be deleted; deleting
/// it earlier cancels.
class RawWriter : public QObject {
  Q_OBJECT
 public:
  explicit RawWriter(QObject *parent = nullptr);
  ~RawWriter() override;

  /// Begins; once. A file that is there is replaced when the last byte is written, and not before.
  void start(const QString &path, ByteSnapshot bytes);
  /// Leaves the file as it was; failed() follows with "cancelled".
  void cancel();

 Q_SIGNALS:
  void progress(quint64 done, quint64 total);
  void finished();
  void failed(const octetscope::Error &error);

 private:
  void onFinished();

  QFutureWatcher<Result<void>> watcher_;
  quint64 total_ = 0;
};

}  // namespace octetscope
