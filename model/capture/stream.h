// Stream: one direction of one connection: its bytes, when they arrived and how it ended. One thread records (the I/O
// thread, or the opener of a file); any thread reads through a StreamView.
#pragma once

#include "model/bytes/append_only_table.h"
#include "model/bytes/byte_store.h"
#include "model/capture/capture_clock.h"

#include <QtGlobal>

#include <atomic>
#include <memory>

namespace octetscope {

/// One direction as seen from Octetscope; in relays and captures from files as seen from the server.
enum class Direction : quint8 { In, Out };
inline Direction opposite(Direction direction) {
  return direction == Direction::In ? Direction::Out : Direction::In;
}

/// What one recv() or send() carried; it reaches up to the next chunk, or to the end of the stream.
struct Chunk {
  quint64 offset;
  /// Nanoseconds since the epoch. Live stamps are strictly increasing over a whole capture, so they also order the
  /// chunks of different streams (see CaptureClock). noTime where the source has none.
  qint64 timeNs;
};
inline constexpr qint64 noTime = -1;

/// How a stream ended. Cut: our own doing (closed, interrupted, the capture stopped), no more will come.
enum class StreamEnd : quint8 { Open, Fin, Reset, Cut };

using ChunkTable = AppendOnlyTable<Chunk>;

/// The first count() chunks of a table.
class ChunkView {
 public:
  ChunkView() = default;
  ChunkView(std::shared_ptr<const ChunkTable> table, quint64 count) : table_(std::move(table)), count_(count) {}

  quint64 count() const { return count_; }
  const Chunk &operator[](quint64 index) const { return (*table_)[index]; }
  /// The chunk that holds byte `offset`; count() > 0 and offset >= 0 of the first chunk. O(log count).
  quint64 indexOf(quint64 offset) const {
    if (count_ == 0) return 0;
    const quint64 after = table_->partitionPoint(count_, [offset](const Chunk &c) { return c.offset <= offset; });
    return after == 0 ? 0 : after - 1;
  }
  /// Arrival of byte `offset`, or noTime.
  qint64 timeOf(quint64 offset) const { return count_ == 0 ? noTime : (*table_)[indexOf(offset)].timeNs; }
  /// How many chunks carry bytes of `range`; 0 for an empty range.
  quint64 countIn(ByteRange range) const {
    return range.isEmpty() || count_ == 0 ? 0 : indexOf(range.end - 1) - indexOf(range.begin) + 1;
  }
  /// Chunks that begin before `offset`: how many there are in a prefix of the stream. O(log count).
  quint64 countBefore(quint64 offset) const {
    return count_ == 0 ? 0 : table_->partitionPoint(count_, [offset](const Chunk &c) { return c.offset < offset; });
  }
  /// Chunks stamped at or before `timeNs`. O(log count).
  quint64 countUntil(qint64 timeNs) const {
    return count_ == 0 ? 0 : table_->partitionPoint(count_, [timeNs](const Chunk &c) { return c.timeNs <= timeNs; });
  }
  /// The last stamp that is not behind `timeNs`, or noTime. O(log count).
  qint64 lastUntil(qint64 timeNs) const {
    const quint64 until = countUntil(timeNs);
    return until == 0 ? noTime : (*table_)[until - 1].timeNs;
  }
  ChunkView prefix(quint64 count) const { return {table_, std::min(count, count_)}; }

 private:
  std::shared_ptr<const ChunkTable> table_;
  quint64 count_ = 0;
};

/// What a reader sees of one stream: valid in any thread while held, whatever is appended meanwhile.
struct StreamView {
  ByteSnapshot bytes;
  ChunkView chunks;
  StreamEnd end = StreamEnd::Open;
  /// All that was stamped before this moment is in the view: how long nothing has come (for framings that wait for
  /// silence). noTime: not known.
  qint64 nowNs = noTime;
  /// What had gone the other way at that moment, for framings that read it (Framer::readsOther()); null: not known.
  std::shared_ptr<const StreamView> other = {};
  /// Where framing began, or began anew: what is before it is not read for what comes behind.
  quint64 framedFrom = 0;

  quint64 size() const { return bytes.size(); }
  /// The stream as it was when it had `size` bytes and the next one was about to come, still open unless that is all of
  /// it.
  StreamView prefix(quint64 size) const {
    if (size >= this->size()) return *this;
    const quint64 count = chunks.countBefore(size);
    qint64 now = nowNs;
    if (chunks.count() > 0) {
      const bool atNextChunk = count < chunks.count() && chunks[count].offset == size;
      const qint64 next = chunks[atNextChunk || count == 0 ? count : count - 1].timeNs;
      if (next != noTime) now = next;
    }
    return {bytes.prefix(size), chunks.prefix(count), StreamEnd::Open, now, other, framedFrom};
  }
};

class Stream {
 public:
  /// `clock`: what its chunks are stamped by, where they come live; views then know how long nothing has come.
  explicit Stream(std::shared_ptr<CaptureClock> clock = nullptr);
  /// A stream over bytes that are there already (a raw file): `end` is set at once.
  Stream(std::unique_ptr<ByteStore> store, StreamEnd end);

  /// Between the stamping of something and its publication one of these must live: a view that is taken then does not
  /// take for silence what is about to be seen. The recording thread alone.
  class Recording {
   public:
    explicit Recording(Stream &stream) : stream_(stream) { stream_.isRecording_.store(true); }
    ~Recording() { stream_.isRecording_.store(false); }
    Recording(const Recording &) = delete;
    Recording &operator=(const Recording &) = delete;

   private:
    Stream &stream_;
  };

  /// The bytes of one recv() or send(); empty ones are ignored. The recording thread alone.
  /// On an error (disk full) nothing of `bytes` is recorded.
  Result<void> append(ByteView bytes, qint64 timeNs);
  /// Room to receive into, and the publication of what was received: ByteStore's, with the chunk's time.
  Result<std::span<std::uint8_t>> reserve(quint64 size) { return store_->reserve(size); }
  Result<void> commit(quint64 size, qint64 timeNs);
  /// Declares that a chunk of a mapped file began at `offset`; in rising order. The recording thread alone.
  void addChunk(quint64 offset, qint64 timeNs) { chunks_->append({offset, timeNs}); }
  /// How it ended, once; later calls are ignored. The recording thread alone.
  void finish(StreamEnd end, qint64 timeNs);

  // Any thread:
  quint64 size() const { return store_->size(); }
  quint64 chunkCount() const { return chunks_->size(); }
  StreamEnd end() const { return end_.load(std::memory_order_acquire); }
  qint64 endTimeNs() const { return endTimeNs_.load(std::memory_order_acquire); }
  StreamView view() const;
  /// Its chunks alone; the bytes of the last ones may not be seen yet.
  ChunkView chunks() const { return {chunks_, chunks_->size()}; }
  const ByteStore &store() const { return *store_; }

 private:
  qint64 quietUntil() const;

  std::unique_ptr<ByteStore> store_;
  std::shared_ptr<ChunkTable> chunks_;
  const std::shared_ptr<CaptureClock> clock_;
  std::atomic<bool> isRecording_ = false;
  mutable std::atomic<qint64> quietUntil_ = noTime;  // what was stamped before this can be seen
  std::atomic<StreamEnd> end_ = StreamEnd::Open;
  std::atomic<qint64> endTimeNs_ = noTime;
};

}  // namespace octetscope
