#include "model/search/background_search.h"

#include "model/background_pool.h"
#include "model/mailbox.h"

#include <array>
#include <utility>

namespace octetscope {

struct BackgroundSearch::Job {
  Job(SearchPattern what, BackgroundSearch *search) : pattern(std::move(what)), mailbox(search) {}

  ByteSnapshot bytes;
  SearchPattern pattern;
  quint64 from = 0;
  Toward toward = Toward::End;
  std::atomic<bool> cancelled = false;
  Mailbox<BackgroundSearch> mailbox;
  // Written by the worker before it calls finish(), read behind it.
  std::optional<SearchHit> result;
  std::optional<quint64> gaveUpAt;
  bool wrapped = false;
};

BackgroundSearch::BackgroundSearch(QObject *parent) : QObject(parent) {}

BackgroundSearch::~BackgroundSearch() {
  cancel();
}

void BackgroundSearch::start(ByteSnapshot bytes, SearchPattern pattern, quint64 from, Toward toward) {
  cancel();
  auto job = std::make_shared<Job>(std::move(pattern), this);
  job->bytes = std::move(bytes);
  job->from = std::min(from, job->bytes.size());
  job->toward = toward;
  job_ = job;
  runInPool(backgroundPool(), [job] { run(job); });
}

void BackgroundSearch::cancel() {
  // It is held until the lock is open again: the worker may let go of it first.
  const std::shared_ptr<Job> job = std::exchange(job_, nullptr);
  if (!job) return;
  job->cancelled.store(true, std::memory_order_relaxed);
  job->mailbox.close();
}

void BackgroundSearch::run(const std::shared_ptr<Job> &job) {
  const quint64 size = job->bytes.size();
  const ByteView bytes = job->bytes.view();
  const ByteRange before{0, job->from};
  const ByteRange after{job->from, size};
  const bool forward = job->toward == Toward::End;
  const std::array<ByteRange, 2> parts = forward ? std::array{after, before} : std::array{before, after};
  quint64 searched = 0;
  std::vector<SearchHit> hits;
  for (std::size_t part = 0; part < parts.size() && !job->result && !job->gaveUpAt; ++part) {
    ByteRange left = parts[part];
    while (!left.isEmpty() && !job->result && !job->gaveUpAt) {
      if (job->cancelled.load(std::memory_order_relaxed)) return;
      const quint64 step = std::min(left.size(), sliceSize);
      const ByteRange slice = forward ? ByteRange::ofSize(left.begin, step) : ByteRange::ofSize(left.end - step, step);
      if (forward) {
        const SearchPattern::Slice looked = job->pattern.find(bytes, slice, true, hits, 1);
        if (!hits.empty()) job->result = hits.front();
        if (looked.gaveUp) job->gaveUpAt = looked.next;
        left.begin = std::clamp(looked.next, slice.end, left.end);
      } else {
        const SearchPattern::Last last = job->pattern.findLast(bytes, slice);
        job->result = last.hit;
        if (last.gaveUpAt) job->gaveUpAt = last.gaveUpAt;
        left.end = slice.begin;
      }
      searched += step;
      job->wrapped = part == 1;
      job->mailbox.tell(job, [searched, size](BackgroundSearch &search) { Q_EMIT search.progressed(searched, size); });
    }
  }
  job->mailbox.tell(job, [job](BackgroundSearch &search) { search.finish(job); });
}

void BackgroundSearch::finish(const std::shared_ptr<Job> &job) {
  if (job_ != job) return;
  job_.reset();
  if (job->result) {
    Q_EMIT found(job->result->range(), job->wrapped);
  } else if (job->gaveUpAt) {
    Q_EMIT gaveUp(*job->gaveUpAt);
  } else {
    Q_EMIT notFound();
  }
}

}  // namespace octetscope
