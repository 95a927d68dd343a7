// CaptureClock: the stamps of a capture. They are wall-clock times that never go back and never repeat, so one number
// is both the time of a chunk or event and its place in the order of the whole capture.
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <atomic>
#include <chrono>

namespace octetscope {

class CaptureClock {
 public:
  /// Nanoseconds since the epoch, greater than every stamp before. Any thread.
  qint64 stamp() {
    const qint64 now = startWall_ + std::chrono::nanoseconds(std::chrono::steady_clock::now() - startSteady_).count();
    qint64 last = last_.load(std::memory_order_relaxed);
    while (true) {
      const qint64 next = std::max(now, last + 1);
      if (last_.compare_exchange_weak(last, next, std::memory_order_acq_rel)) return next;
    }
  }

  /// The wall clock itself, nanoseconds since the epoch.
  static qint64 wallNow() {
    return std::chrono::nanoseconds(std::chrono::system_clock::now().time_since_epoch()).count();
  }

 private:
  // The wall clock may be set while a capture runs; the steady one may not.
  const std::chrono::steady_clock::time_point startSteady_ = std::chrono::steady_clock::now();
  const qint64 startWall_ = wallNow();
  std::atomic<qint64> last_ = 0;
};

}  // namespace octetscope
