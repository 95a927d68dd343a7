// ByteStore: the bytes of one stream, append-only. They never move or change for whoever holds a ByteSnapshot.
// Small streams live in memory. Past a threshold the bytes go to an unlinked spill file, written with pwrite and mapped
// read-only. A raw file is mapped as it is. One thread appends; any thread takes snapshots.
#pragma once

#include "model/bytes/byte_view.h"
#include "model/result.h"

#include <atomic>
#include <memory>
#include <mutex>

namespace octetscope {

/// A block of memory or a mapping; lives until its last holder lets go.
class ByteBlock {
 public:
  ByteBlock() = default;
  ByteBlock(const ByteBlock &) = delete;
  ByteBlock &operator=(const ByteBlock &) = delete;
  virtual ~ByteBlock() = default;
  virtual const std::uint8_t *data() const = 0;
  /// True once the file behind a mapping was found cut or unreadable: the bytes read as zeros from there on.
  virtual bool isDamaged() const { return false; }
};

/// What a reader sees of a store: its first size() bytes, valid in any thread while this is held.
class ByteSnapshot {
 public:
  ByteSnapshot() = default;
  ByteSnapshot(std::shared_ptr<const ByteBlock> block, quint64 size) : block_(std::move(block)), size_(size) {
    data_ = block_ ? block_->data() : nullptr;
  }
  /// A snapshot of a copy of `bytes`: for tests and for derived payloads.
  static ByteSnapshot of(QByteArray bytes);
  /// The first `size` bytes of something, of which `block` has only those from `begin` on: no others may be looked at.
  static ByteSnapshot endingWith(std::shared_ptr<const ByteBlock> block, quint64 begin, quint64 size) {
    ByteSnapshot result(std::move(block), size);
    result.data_ = reinterpret_cast<const std::uint8_t *>(reinterpret_cast<std::uintptr_t>(result.data_) - begin);
    return result;
  }

  quint64 size() const { return size_; }
  const std::uint8_t *data() const { return data_; }
  std::uint8_t operator[](quint64 offset) const { return data_[offset]; }
  ByteView view() const { return {data_, static_cast<std::size_t>(size_)}; }
  /// The part of `range` that is there.
  ByteView view(ByteRange range) const {
    const ByteRange part = ByteRange{0, size_}.intersected(range);
    return {data_ + part.begin, static_cast<std::size_t>(part.isEmpty() ? 0 : part.size())};
  }
  /// The same bytes, fewer of them: what the receiver had when `size` bytes were there.
  ByteSnapshot prefix(quint64 size) const {
    ByteSnapshot result = *this;
    result.size_ = std::min(size, size_);
    return result;
  }
  bool isDamaged() const { return block_ && block_->isDamaged(); }
  /// Where the bytes lie: snapshots with the same block have the same bytes at the same offsets.
  std::weak_ptr<const ByteBlock> block() const { return block_; }

 private:
  std::shared_ptr<const ByteBlock> block_;
  const std::uint8_t *data_ = nullptr;
  quint64 size_ = 0;
};

class ByteStore {
 public:
  struct Options {
    quint64 spillThreshold = 8ULL << 20;  ///< bytes; beyond it a spill file takes over
    QString spillFolder = {};             ///< empty: the user's cache folder, or else the temporary one
  };

  ByteStore();
  explicit ByteStore(Options options);
  ~ByteStore();
  ByteStore(const ByteStore &) = delete;
  ByteStore &operator=(const ByteStore &) = delete;

  /// Maps a file read-only: nothing of it is read until it is looked at. Errors: cannot be opened, is not a regular
  /// file.
  static Result<std::unique_ptr<ByteStore>> map(const QString &path);

  /// Adds bytes at the end and publishes them. The appending thread alone. Errors: no space left, no memory;
  /// what was there before stays readable.
  Result<void> append(ByteView bytes);

  /// Room for a reader to receive into: at least `size` bytes right behind the end where the store is in memory, else
  /// an own buffer; publish with commit(). The appending thread alone.
  Result<std::span<std::uint8_t>> reserve(quint64 size);
  Result<void> commit(quint64 size);

  quint64 size() const { return size_.load(std::memory_order_acquire); }
  ByteSnapshot snapshot() const;
  bool isInMemory() const;

 private:
  Result<void> growMemory(quint64 needed);
  Result<void> startSpilling();
  Result<void> spill(ByteView bytes);
  void publish(std::shared_ptr<const ByteBlock> block);

  Options options_;
  mutable std::mutex mutex_;  // guards block_
  std::shared_ptr<const ByteBlock> block_;
  std::atomic<quint64> size_ = 0;
  // The appending thread's own:
  std::uint8_t *memory_ = nullptr;  // where block_ is memory
  quint64 capacity_ = 0;
  int spillFile_ = -1;
  QByteArray buffer_;  // what reserve() gives where memory_ has no room
  bool reservedInBuffer_ = false;
};

}  // namespace octetscope
