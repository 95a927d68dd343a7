// Interrupt: SIGINT and SIGTERM as something that can be waited for. Made before any thread is, so that no thread takes
// the signals the usual way.
#pragma once

#include <QObject>

#include <memory>

class QSocketNotifier;

namespace octetscope::cli {

class Interrupt : public QObject {
  Q_OBJECT
 public:
  explicit Interrupt(QObject *parent = nullptr);
  ~Interrupt() override;

  /// Readable once a signal has come; -1 where the system has no such thing.
  int file() const { return file_; }
  /// Takes the signal that came. From now on the next one ends the program the usual way: for who is impatient with a
  /// clean end.
  void take();
  /// Emits interrupted() from the event loop from now on; the next signal ends the program.
  void watch();

 Q_SIGNALS:
  void interrupted();

 private:
  int file_ = -1;
  std::unique_ptr<QSocketNotifier> notifier_;
};

}  // namespace octetscope::cli
