// FakePlayClock: time that passes when a test says so.
#pragma once

#include "model/items/play_clock.h"

#include <limits>

namespace octetscope::test {

class FakePlayClock : public PlayClock {
 public:
  qint64 nowNs() const override { return now_; }
  void wakeIn(qint64 ns) override { wakesAt_ = now_ + ns; }
  void cancel() override { wakesAt_ = never; }

  bool isSet() const { return wakesAt_ != never; }
  /// Lets time pass; wakes as often as it was asked to meanwhile.
  void pass(qint64 ns) {
    const qint64 until = now_ + ns;
    while (wakesAt_ <= until) {
      now_ = std::max(now_, wakesAt_);
      wakesAt_ = never;
      Q_EMIT woke();
    }
    now_ = until;
  }

 private:
  static constexpr qint64 never = std::numeric_limits<qint64>::max();
  qint64 now_ = 0;
  qint64 wakesAt_ = never;
};

}  // namespace octetscope::test
