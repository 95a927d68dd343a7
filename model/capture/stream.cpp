#include "model/capture/stream.h"

#include "model/capture/capture_clock.h"

namespace octetscope {

Stream::Stream() : store_(std::make_unique<ByteStore>()), chunks_(std::make_shared<ChunkTable>()) {}

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

StreamView Stream::view() const {
  // In this order: an end that is seen has all its bytes, and bytes that are seen have their chunks.
  const StreamEnd end = this->end();
  ByteSnapshot bytes = store_->snapshot();
  const ChunkView published{chunks_, chunks_->size()};
  ChunkView chunks = published.prefix(published.countBefore(bytes.size()));
  return {std::move(bytes), std::move(chunks), end, CaptureClock::wallNow()};
}

}  // namespace octetscope
