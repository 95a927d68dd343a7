// SlicedWalk: looks at many rows without making the window wait: in slices of a few milliseconds, between which the
// window does what it has to. Searching and copying go through it. It owns nothing but its timer.
#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include <functional>

namespace octetscope {

class SlicedWalk : public QObject {
  Q_OBJECT
 public:
  enum class Next { GoOn, Stop };
  using Visit = std::function<Next(quint64 step)>;
  /// `whole`: every step was visited, or a visit said Stop; false: it was cancelled.
  using Done = std::function<void(bool whole)>;

  explicit SlicedWalk(QObject *parent = nullptr);

  /// Visits 0, 1, … steps-1. The first slice runs at once: what is short is done on return. Cancels one under way.
  void start(quint64 steps, Visit visit, Done done);
  /// Calls `done(false)` where a walk is under way.
  void cancel();
  bool isRunning() const { return running_; }

 private:
  void slice();
  void finish(bool whole);

  QTimer timer_;
  quint64 at_ = 0;
  quint64 steps_ = 0;
  Visit visit_;
  Done done_;
  bool running_ = false;
};

}  // namespace octetscope
