#include "model/items/background_suggestion.h"

#include "model/background_pool.h"
#include "model/handover.h"

#include <atomic>
#include <mutex>
#include <utility>

namespace octetscope {

struct BackgroundSuggestion::Job {
  Suggester suggester;
  std::atomic<bool> isCancelled = false;
  std::mutex mutex = {};  // guards receiver
  BackgroundSuggestion *receiver = nullptr;

  /// Runs `act` in the receiver's thread, if it still wants to know of this job.
  template <typename Act>
  void tell(Act act) {
    const std::lock_guard lock(mutex);
    if (receiver) runLater(receiver, std::move(act));
  }
};

BackgroundSuggestion::BackgroundSuggestion(QObject *parent, QThreadPool *pool)
    : QObject(parent), pool_(pool ? pool : backgroundPool()) {}

BackgroundSuggestion::~BackgroundSuggestion() {
  cancel();
}

void BackgroundSuggestion::start(SuggestionInput input) {
  cancel();
  job_ = std::shared_ptr<Job>(new Job{.suggester = Suggester(std::move(input)), .receiver = this});
  runInPool(pool_, [job = job_] { run(job); });
}

void BackgroundSuggestion::cancel() {
  // It is held until the lock is open again: the worker may let go of it first.
  const std::shared_ptr<Job> job = std::exchange(job_, nullptr);
  if (!job) return;
  job->isCancelled.store(true, std::memory_order_relaxed);
  const std::lock_guard lock(job->mutex);
  job->receiver = nullptr;
}

void BackgroundSuggestion::run(const std::shared_ptr<Job> &job) {
  double told = 0;
  while (job->suggester.advance()) {
    if (job->isCancelled.load(std::memory_order_relaxed)) return;
    const double done = job->suggester.progress();
    if (done <= told) continue;
    told = done;
    job->tell([job, done] {
      if (job->receiver && job->receiver->job_ == job) Q_EMIT job->receiver->progressed(done);
    });
  }
  job->tell([job] {
    if (job->receiver) job->receiver->finish(job);
  });
}

void BackgroundSuggestion::finish(const std::shared_ptr<Job> &job) {
  if (job_ != job) return;
  job_.reset();
  {
    const std::lock_guard lock(job->mutex);
    job->receiver = nullptr;
  }
  Q_EMIT found(job->suggester.suggestions());
}

}  // namespace octetscope
