// IoThread: a thread with an event loop in which the sockets live. It owns the thread; what it runs there, it runs in
// the order of the calls. When it is destroyed, the functions that wait are still run, then the thread ends.
#pragma once

#include "model/handover.h"

#include <QObject>
#include <QThread>

#include <utility>

namespace octetscope {

class IoThread {
 public:
  IoThread();
  ~IoThread();
  IoThread(const IoThread &) = delete;
  IoThread &operator=(const IoThread &) = delete;

  /// Runs `function` in the thread, later. Any thread.
  template <typename Function>
  void run(Function &&function) {
    runLater(context_, std::forward<Function>(function));
  }
  /// Runs it there and returns when it has. Any thread but this one.
  template <typename Function>
  void runAndWait(Function &&function) {
    octetscope::runAndWait(context_, std::forward<Function>(function));
  }
  bool isCurrent() const { return QThread::currentThread() == &thread_; }

 private:
  QThread thread_;
  QObject *context_;  // lives in the thread
};

}  // namespace octetscope
