// MeasuredApplication: tells how much CPU time of its thread the longest of its events took. For benchmarks of the
// window, which must keep every event below a painted frame.
#pragma once

#include "tests/bench/timing.h"

#include <QApplication>
#include <QEventLoop>
#include <QTimer>

#include <functional>

namespace octetscope {

/// Notes the longest of the events it delivers to their end.
class MeasuredApplication : public QApplication {
 public:
  using QApplication::QApplication;
  bool notify(QObject *receiver, QEvent *event) override {
    if (depth_ > 0) return QApplication::notify(receiver, event);
    ++depth_;
    const int type = event->type();
    const QByteArray name = receiver->metaObject()->className();
    const double begin = cpuMilliseconds();
    const bool result = QApplication::notify(receiver, event);
    const double taken = cpuMilliseconds() - begin;
    --depth_;
    if (taken > longest_) {
      longest_ = taken;
      longestName_ = name + " event " + QByteArray::number(type);
    }
    return result;
  }
  void begin() { longest_ = 0; }
  double longest() const { return longest_; }
  const QByteArray &longestName() const { return longestName_; }

 private:
  int depth_ = 0;
  double longest_ = 0;
  QByteArray longestName_;
};

/// Runs the event loop until `done`.
inline void runUntil(const std::function<bool()> &done) {
  QTimer poll;
  QEventLoop loop;
  QObject::connect(&poll, &QTimer::timeout, &loop, [&] {
    if (done()) loop.quit();
  });
  poll.start(1);
  loop.exec();
}

}  // namespace octetscope
