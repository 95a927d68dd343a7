#include "model/items/play_clock.h"

#include <algorithm>
#include <limits>

namespace octetscope {

SystemPlayClock::SystemPlayClock(QObject *parent) : PlayClock(parent) {
  elapsed_.start();
  timer_.setSingleShot(true);
  timer_.setTimerType(Qt::PreciseTimer);
  connect(&timer_, &QTimer::timeout, this, &PlayClock::woke);
}

void SystemPlayClock::wakeIn(qint64 ns) {
  constexpr qint64 nsInMs = 1'000'000;
  const qint64 ms = (std::max<qint64>(ns, 0) + nsInMs - 1) / nsInMs;
  timer_.start(static_cast<int>(std::min<qint64>(ms, std::numeric_limits<int>::max())));
}

}  // namespace octetscope
