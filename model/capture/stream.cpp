#include "model/capture/stream.h"

namespace octetscope {

Stream::Stream(std::shared_ptr<CaptureClock> clock)
    : store_(std::make_unique<ByteStore>()), chunks_(std::make_shared<ChunkTable>()), clock_(std::move(clock)) {}

Stream::Stream(std::unique_ptr<ByteStore> store, StreamEnd end)
    : store_(std::move(store)), chunks_(std::make_shared<ChunkTable>()), end_(end) {}

Result<void> Stream::append(ByteView bytes, qint64 timeNs) {
  if (bytes.empty()) return {};
  const quint64 offset = store_->size();
  // The chunk comes first: whoever sees the bytes finds the chunk that carried them. Whoever sees the chunk alone cuts
  // it off (view()).
  chunks_->append({offset, timeNs});
  return store_->append(bytes);
}

Result<void> Stream::commit(quint64 size, qint64 timeNs) {
  if (size == 0) return {};
  chunks_->append({store_->size(), timeNs});
  return store_->commit(size);
}

void Stream::finish(StreamEnd end, qint64 timeNs) {
  if (this->end() != StreamEnd::Open) return;
  endTimeNs_.store(timeNs, std::memory_order_relaxed);
  end_.store(end, std::memory_order_release);
}

/// The moment before which nothing can have been stamped that is not to be seen from now on. It never goes back.
qint64 Stream::quietUntil() const {
  if (!clock_) return noTime;
  // Whoever records says so first and takes a stamp then; here it is the other way round. So if nobody records now, the
  // next stamp of a recording will be greater than this one.
  const qint64 now = clock_->stamp();
  qint64 known = quietUntil_.load(std::memory_order_acquire);
  if (isRecording_.load()) return known;
  while (known < now && !quietUntil_.compare_exchange_weak(known, now, std::memory_order_acq_rel)) {
  }
  return std::max(known, now);
}

StreamView Stream::view() const {
  // In this order: an end that is seen has all its bytes, bytes that are seen have their chunks, and what was stamped
  // before the moment of the view can be seen in it.
  const qint64 quiet = quietUntil();
  const StreamEnd end = this->end();
  ByteSnapshot bytes = store_->snapshot();
  const ChunkView published{chunks_, chunks_->size()};
  ChunkView chunks = published.prefix(published.countBefore(bytes.size()));
  // Nothing comes behind an end: silence counts up to there.
  return {std::move(bytes), std::move(chunks), end, end == StreamEnd::Open ? quiet : endTimeNs()};
}

}  // namespace octetscope
