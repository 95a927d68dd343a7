// AppendOnlyTable<T>: grows at the end, never moves what it holds. One thread appends; any number of threads read what
// was published, without a lock. Blocks double in size, so a fixed directory of them is enough for any count, finding
// an element is a bit operation, and the memory that is not filled yet is not touched.
#pragma once

#include <QtGlobal>

#include <array>
#include <atomic>
#include <bit>
#include <memory>
#include <type_traits>

namespace octetscope {

template <typename T>
class AppendOnlyTable {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);
  static constexpr int firstBits = 6;  // the first block holds 64 elements; each further one as many as all before it
  static constexpr int directorySize = 42;

 public:
  AppendOnlyTable() = default;
  AppendOnlyTable(const AppendOnlyTable &) = delete;
  AppendOnlyTable &operator=(const AppendOnlyTable &) = delete;
  ~AppendOnlyTable() {
    for (auto &block : blocks_) ::operator delete(block.load(std::memory_order_relaxed));
  }

  /// How many elements are published. Any thread.
  quint64 size() const { return size_.load(std::memory_order_acquire); }
  bool isEmpty() const { return size() == 0; }

  /// Element `index`, which must be < size(). Any thread.
  const T &operator[](quint64 index) const { return *slot(index); }
  const T &last() const { return (*this)[size() - 1]; }

  /// Adds one element and publishes it. The appending thread alone.
  void append(const T &value) {
    const quint64 index = size_.load(std::memory_order_relaxed);
    const int number = blockOf(index);
    if (!blocks_[number].load(std::memory_order_relaxed)) {
      blocks_[number].store(static_cast<T *>(::operator new(sizeof(T) * capacityOf(number))),
                            std::memory_order_release);
    }
    *slot(index) = value;
    size_.store(index + 1, std::memory_order_release);
  }

  /// The element `index` for writing: only for fields that readers load atomically. The appending thread alone.
  T &mutableAt(quint64 index) { return *slot(index); }

  /// Index of the first element for which `before(element)` is false, among the first `count`; `before` must be true
  /// for a prefix and false for the rest. O(log count).
  template <typename Before>
  quint64 partitionPoint(quint64 count, Before before) const {
    quint64 low = 0;
    while (low < count) {
      const quint64 middle = low + (count - low) / 2;
      if (before((*this)[middle])) {
        low = middle + 1;
      } else {
        count = middle;
      }
    }
    return low;
  }

  /// Bytes of address space taken; what is not filled yet costs no memory.
  quint64 reservedBytes() const {
    quint64 sum = 0;
    for (int i = 0; i < directorySize; ++i) {
      if (blocks_[i].load(std::memory_order_relaxed)) sum += sizeof(T) * capacityOf(i);
    }
    return sum;
  }

 private:
  static int blockOf(quint64 index) { return std::bit_width(index >> firstBits); }
  static quint64 capacityOf(int block) { return block == 0 ? 1ULL << firstBits : 1ULL << (firstBits + block - 1); }
  static quint64 baseOf(int block) { return block == 0 ? 0 : 1ULL << (firstBits + block - 1); }
  T *slot(quint64 index) const {
    const int block = blockOf(index);
    return blocks_[block].load(std::memory_order_acquire) + (index - baseOf(block));
  }

  std::array<std::atomic<T *>, directorySize> blocks_ = {};
  std::atomic<quint64> size_ = 0;
};

}  // namespace octetscope
