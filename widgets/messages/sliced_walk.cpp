#include "widgets/messages/sliced_walk.h"

#include <utility>

namespace octetscope {

namespace {
constexpr qint64 sliceNs = 6'000'000;
}

SlicedWalk::SlicedWalk(QObject *parent) : QObject(parent), timer_(this) {
  timer_.setSingleShot(true);
  connect(&timer_, &QTimer::timeout, this, &SlicedWalk::slice);
}

void SlicedWalk::start(quint64 steps, Visit visit, Done done) {
  cancel();
  at_ = 0;
  steps_ = steps;
  visit_ = std::move(visit);
  done_ = std::move(done);
  running_ = true;
  slice();
}

void SlicedWalk::cancel() {
  if (running_) finish(false);
}

void SlicedWalk::slice() {
  QElapsedTimer clock;
  clock.start();
  while (at_ < steps_) {
    if (visit_(at_++) == Next::Stop) return finish(true);
    if (clock.nsecsElapsed() > sliceNs) return timer_.start(0);
  }
  finish(true);
}

void SlicedWalk::finish(bool whole) {
  timer_.stop();
  running_ = false;
  visit_ = nullptr;
  const Done done = std::exchange(done_, nullptr);
  done(whole);
}

}  // namespace octetscope
