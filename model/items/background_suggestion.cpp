#include "model/items/background_suggestion.h"

#include "model/background_pool.h"
#include "model/mailbox.h"

#include <atomic>
#include <utility>

namespace octetscope {

struct BackgroundSuggestion::Job {
  Job(SuggestionInput input, BackgroundSuggestion *owner) : suggester(std::move(input)), mailbox(owner) {}

  Suggester suggester;
  std::atomic<bool> isCancelled = false;
  Mailbox<BackgroundSuggestion> mailbox;
};

BackgroundSuggestion::BackgroundSuggestion(QObject *parent, QThreadPool *pool)
    : QObject(parent), pool_(pool ? pool : backgroundPool()) {}

BackgroundSuggestion::~BackgroundSuggestion() {
  cancel();
}

void BackgroundSuggestion::start(SuggestionInput input) {
  cancel();
  job_ = std::make_shared<Job>(std::move(input), this);
  runInPool(pool_, [job = job_] { run(job); });
}

void BackgroundSuggestion::cancel() {
  const std::shared_ptr<Job> job = std::exchange(job_, nullptr);
  if (!job) return;
  job->isCancelled.store(true, std::memory_order_relaxed);
  job->mailbox.close();
}

void BackgroundSuggestion::run(const std::shared_ptr<Job> &job) {
  double told = 0;
  while (job->suggester.advance()) {
    if (job->isCancelled.load(std::memory_order_relaxed)) return;
    const double done = job->suggester.progress();
    if (done <= told) continue;
    told = done;
    job->mailbox.tell(job, [done](BackgroundSuggestion &suggestion) { Q_EMIT suggestion.progressed(done); });
  }
  job->mailbox.tell(job, [job](BackgroundSuggestion &suggestion) { suggestion.finish(job); });
}

void BackgroundSuggestion::finish(const std::shared_ptr<Job> &job) {
  if (job_ != job) return;
  job_.reset();
  job->mailbox.close();
  Q_EMIT found(job->suggester.suggestions());
}

}  // namespace octetscope
