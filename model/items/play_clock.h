// PlayClock: the time that playing the past takes, and the one alarm it needs. Tests put in one of their own.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace octetscope {

class PlayClock : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;

  /// Nanoseconds since any fixed moment; never goes back.
  virtual qint64 nowNs() const = 0;
  /// Emits woke() once, at least `ns` nanoseconds from now; replaces what was set before.
  virtual void wakeIn(qint64 ns) = 0;
  virtual void cancel() = 0;

 Q_SIGNALS:
  void woke();
};

/// The machine's clock.
class SystemPlayClock final : public PlayClock {
  Q_OBJECT
 public:
  explicit SystemPlayClock(QObject *parent = nullptr);

  qint64 nowNs() const override { return elapsed_.nsecsElapsed(); }
  void wakeIn(qint64 ns) override;
  void cancel() override { timer_.stop(); }

 private:
  QElapsedTimer elapsed_;
  QTimer timer_;
};

}  // namespace octetscope
