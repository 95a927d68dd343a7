#include "model/search/search_hits.h"

#include "model/background_pool.h"
#include "model/mailbox.h"

#include <QDeadlineTimer>

namespace octetscope {

namespace {

constexpr quint64 sliceBytes = 1 << 20;
constexpr int sliceMs = 20;  // how long it looks before it says what it found
constexpr std::size_t hitsOfSlice = 64 * 1024;

/// A hit in eight bytes: what can be found at most is shorter than 2^20 bytes, in a stream shorter than 2^44.
constexpr int sizeBits = 20;
quint64 packed(const SearchHit &hit) {
  return hit.offset << sizeBits | hit.size;
}
SearchHit unpacked(quint64 word) {
  return {word >> sizeBits, word & ((1ULL << sizeBits) - 1)};
}

}  // namespace

/// One search through bytes that grow. One slice at a time touches what is not atomic or a table.
struct SearchHits::Job {
  Job(SearchPattern what, SearchHits *owner) : pattern(std::move(what)), mailbox(owner) {}

  SearchPattern pattern;
  AppendOnlyTable<quint64> hits;
  std::vector<SearchHit> found;  // of a slice
  std::atomic<bool> isCancelled = false;
  std::atomic<quint64> searched = 0;
  std::atomic<quint64> longestHit = 0;
  std::atomic<bool> gaveUp = false;
  Mailbox<SearchHits> mailbox;
  // What begins behind `searched`, as far as the bytes of now say; the window's thread's own once a slice is over.
  std::vector<SearchHit> tail;
  quint64 tailSize = 0;  // the size of what it was found in
};

SearchHits::SearchHits(QObject *parent, QThreadPool *pool) : QObject(parent), pool_(pool ? pool : backgroundPool()) {}

SearchHits::~SearchHits() {
  if (!job_) return;
  job_->isCancelled = true;
  job_->mailbox.close();
}

void SearchHits::setPattern(std::optional<SearchPattern> pattern) {
  pattern_ = std::move(pattern);
  restart();
}

void SearchHits::setBytes(const ByteSnapshot &bytes) {
  bytes_ = bytes;
  restart();
}

void SearchHits::advance(const ByteSnapshot &bytes) {
  if (bytes.size() == bytes_.size()) return;
  bytes_ = bytes;
  launch();
  Q_EMIT changed();
}

void SearchHits::restart() {
  if (job_) {
    job_->isCancelled = true;
    job_->mailbox.close();
  }
  job_.reset();
  isRunning_ = false;
  if (pattern_) {
    job_ = std::make_shared<Job>(*pattern_, this);
    launch();
  }
  Q_EMIT changed();
}

void SearchHits::launch() {
  if (!job_ || isRunning_ || isFull() || job_->gaveUp) return;
  if (job_->tailSize >= bytes_.size()) return;  // of the past everything is known
  isRunning_ = true;
  runInPool(pool_, [job = job_, bytes = bytes_] { run(job, bytes); });
}

void SearchHits::run(const std::shared_ptr<Job> &job, ByteSnapshot bytes) {
  const QDeadlineTimer deadline(sliceMs);
  const ByteView view = bytes.view();
  quint64 at = job->searched.load(std::memory_order_relaxed);
  quint64 longest = job->longestHit.load(std::memory_order_relaxed);
  bool isAtEnd = at >= bytes.size();
  while (!isAtEnd && !deadline.hasExpired() && !job->isCancelled && job->hits.size() < mostHits) {
    job->found.clear();
    const SearchPattern::Slice slice =
        job->pattern.find(view, ByteRange::ofSize(at, sliceBytes), false, job->found, hitsOfSlice);
    for (const SearchHit &hit : job->found) {
      longest = std::max(longest, hit.size);
      job->longestHit.store(longest, std::memory_order_relaxed);
      job->hits.append(packed(hit));
    }
    isAtEnd = slice.gaveUp || slice.next <= at;
    at = std::max(at, slice.next);
    job->searched.store(at, std::memory_order_release);
    if (slice.gaveUp) job->gaveUp = true;
    isAtEnd = isAtEnd || at >= bytes.size();
  }
  const bool isFull = job->hits.size() >= mostHits;
  std::vector<SearchHit> tail;
  if (isAtEnd && !job->gaveUp && !isFull && at < bytes.size()) {
    const SearchPattern::Slice slice = job->pattern.find(view, {at, bytes.size()}, true, tail, hitsOfSlice);
    if (slice.gaveUp) job->gaveUp = true;
  }
  job->mailbox.tell(job, [job, isAtEnd, size = bytes.size(), tail = std::move(tail)](SearchHits &hits) mutable {
    if (isAtEnd) {
      job->tail = std::move(tail);
      job->tailSize = size;
    }
    hits.sliceEnded();
  });
}

void SearchHits::sliceEnded() {
  isRunning_ = false;
  launch();
  Q_EMIT changed();
}

quint64 SearchHits::count() const {
  if (!job_) return 0;
  const quint64 known = job_->hits.size();
  const quint64 size = bytes_.size();
  // Nearly always: all that is known lies in the bytes. Ends rise as begins do.
  if (known == 0 || unpacked(job_->hits[known - 1]).range().end <= size) {
    return known + (job_->tailSize == size ? job_->tail.size() : 0);
  }
  return job_->hits.partitionPoint(known, [size](quint64 word) { return unpacked(word).range().end <= size; });
}

SearchHit SearchHits::at(quint64 number) const {
  const quint64 known = job_->hits.size();
  if (number < known) return unpacked(job_->hits[number]);
  const quint64 inTail = number - known;
  return inTail < job_->tail.size() ? job_->tail[inTail] : SearchHit{};
}

quint64 SearchHits::numberAt(quint64 offset) const {
  const quint64 all = count();
  quint64 low = 0;
  for (quint64 high = all; low < high;) {
    const quint64 middle = low + (high - low) / 2;
    if (at(middle).offset < offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

void SearchHits::within(ByteRange range, std::vector<ByteRange> &ranges, std::size_t most) const {
  if (!job_) return;
  const quint64 all = count();
  const quint64 reach = std::max<quint64>(job_->longestHit.load(), SearchPattern::maxNeedle);
  for (quint64 number = numberAt(range.begin - std::min(range.begin, reach)); number < all && most > 0; ++number) {
    const ByteRange hit = at(number).range();
    if (hit.begin >= range.end) break;
    if (hit.end <= range.begin) continue;
    ranges.push_back(hit);
    --most;
  }
}

bool SearchHits::hasOneIn(ByteRange range) const {
  const quint64 number = numberAt(range.begin);
  return number < count() && at(number).offset < range.end;
}

quint64 SearchHits::searched() const {
  if (!job_) return 0;
  if (job_->tailSize == bytes_.size()) return bytes_.size();
  return std::min(job_->searched.load(std::memory_order_acquire), bytes_.size());
}

bool SearchHits::isComplete() const {
  return job_ && !isFull() && !job_->gaveUp && searched() >= bytes_.size();
}

bool SearchHits::isFull() const {
  return job_ && job_->hits.size() >= mostHits;
}

std::optional<quint64> SearchHits::gaveUpAt() const {
  if (!job_ || !job_->gaveUp) return std::nullopt;
  return job_->searched.load();
}

}  // namespace octetscope
