// CaptureClock: the stamps of a capture. They are wall-clock times that never go back and never repeat, so one number
// is both the time of a chunk or event and its place in the order of the whole capture.
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <utility>

namespace octetscope {

class CaptureClock {
 public:
  CaptureClock() = default;
  /// Goes by `source`, nanoseconds since the epoch, instead of the computer's clocks: for tests.
  explicit CaptureClock(std::function<qint64()> source) : source_(std::move(source)) {}

  /// Nanoseconds since the epoch, greater than every stamp before. Any thread.
  qint64 stamp() {
    const qint64 now =
        source_ ? source_()
                : startWall_ + std::chrono::nanoseconds(std::chrono::steady_clock::now() - startSteady_).count();
    qint64 last = last_.load(std::memory_order_relaxed);
    while (true) {
      const qint64 next = std::max(now, last + 1);
      // Sequentially consistent: Stream::view() relies on it.
      if (last_.compare_exchange_weak(last, next)) return next;
    }
  }

  /// How long a timer has to wait so that `timeNs` is past: 1 ms at least, an hour at most. Any thread.
  int millisecondsUntil(qint64 timeNs) {
    constexpr qint64 most = 3'600'000;
    const qint64 now = stamp();
    return timeNs <= now ? 1 : static_cast<int>(std::min(most, (timeNs - now) / 1'000'000 + 1));
  }

  /// The wall clock itself, nanoseconds since the epoch.
  static qint64 wallNow() {
    return std::chrono::nanoseconds(std::chrono::system_clock::now().time_since_epoch()).count();
  }

 private:
  const std::function<qint64()> source_;
  // The wall clock may be set while a capture runs; the steady one may not.
  const std::chrono::steady_clock::time_point startSteady_ = std::chrono::steady_clock::now();
  const qint64 startWall_ = wallNow();
  std::atomic<qint64> last_ = 0;
};

}  // namespace octetscope
