// InputPump: carries standard input to a connection as it comes, no faster than the peer takes it, and finishes sending
// at its end.
#pragma once

#include "model/transport/live_connection.h"

#include <QSocketNotifier>

namespace octetscope::cli {

class InputPump : public QObject {
  Q_OBJECT
 public:
  /// Whether there is a standard input: not a terminal, not /dev/null, not closed.
  static bool hasInput();

  /// Begins at once. `connection` must outlive it.
  explicit InputPump(LiveConnection &connection);

 Q_SIGNALS:
  void failed(const octetscope::Error &error);

 private:
  void read();
  void update();

  LiveConnection &connection_;
  QSocketNotifier notifier_;
  QByteArray buffer_;
  bool ended_ = false;
};

}  // namespace octetscope::cli
