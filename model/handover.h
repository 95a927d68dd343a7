// Handing a function over to another thread: to the event loop of an object, or to a thread pool. Qt's queues order
// what the sender did before what the function does; but their locks are futexes inside a library that is not built
// with the thread sanitizer, which therefore cannot see that order and would call every hand-over a race. Told of it
// here, exactly where it is, the sanitizer needs no suppression that would hide real races of ours along with it.
// Whatever crosses threads goes through these functions. In other builds they are the calls of Qt and nothing else.
#pragma once

#include <QMetaObject>
#include <QObject>
#include <QThreadPool>

#include <utility>

#ifdef __has_feature
#if __has_feature(thread_sanitizer)
#define OCTETSCOPE_THREAD_SANITIZER
#endif
#endif
#ifdef __SANITIZE_THREAD__
#define OCTETSCOPE_THREAD_SANITIZER
#endif
#ifdef OCTETSCOPE_THREAD_SANITIZER
#include <sanitizer/tsan_interface.h>
#endif

namespace octetscope {

/// All that this thread did up to now comes before what follows takeOver() of the same `place` in another.
inline void handOver([[maybe_unused]] const void *place) {
#ifdef OCTETSCOPE_THREAD_SANITIZER
  __tsan_release(const_cast<void *>(place));
#endif
}
inline void takeOver([[maybe_unused]] const void *place) {
#ifdef OCTETSCOPE_THREAD_SANITIZER
  __tsan_acquire(const_cast<void *>(place));
#endif
}

/// A function on its way to another thread. Where it lies is what both sides know without reading anything.
template <typename Function>
class HandedOver {
 public:
  explicit HandedOver(Function function) : function_(std::move(function)) { handOver(this); }
  HandedOver(const HandedOver &other) : function_(other.function_) { handOver(this); }
  HandedOver(HandedOver &&other) noexcept : function_(std::move(other.function_)) { handOver(this); }
  HandedOver &operator=(const HandedOver &) = delete;
  HandedOver &operator=(HandedOver &&) = delete;
  ~HandedOver() { takeOver(this); }

  void operator()() {
    takeOver(this);
    function_();
    handOver(this);  // who waits for it may be the one that destroys it
  }

 private:
  Function function_;
};

/// Runs `function` from the event loop of `context`'s thread, if `context` lives until then. Any thread.
template <typename Function>
void runLater(QObject *context, Function function) {
  QMetaObject::invokeMethod(context, HandedOver<Function>(std::move(function)), Qt::QueuedConnection);
}

/// The same, and returns when it has run. Any thread but `context`'s.
template <typename Function>
void runAndWait(QObject *context, Function function) {
  char done = 0;
  const auto andSay = [&] {
    function();
    handOver(&done);
  };
  QMetaObject::invokeMethod(context, HandedOver(andSay), Qt::BlockingQueuedConnection);
  takeOver(&done);
}

/// Runs `function` in a thread of `pool`.
template <typename Function>
void runInPool(QThreadPool *pool, Function function) {
  pool->start(HandedOver<Function>(std::move(function)));
}

/// The same if a thread is idle; false, and nothing is run, if all are at work.
template <typename Function>
bool tryRunInPool(QThreadPool *pool, Function function) {
  return pool->tryStart(HandedOver<Function>(std::move(function)));
}

}  // namespace octetscope
