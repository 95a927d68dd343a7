// ScanStack: a stack of bytes in a ScanState, for framings that nest (JSON's brackets, XML's elements). It lies in
// blocks that copies of a state share: a copy costs nothing, and a push after it at most one block. So a stack as large
// as its message may be kept at every step of an index, and the memory of all of them is that of the deepest.
#pragma once

#include "model/framing/message.h"

namespace octetscope {

class ScanStack {
 public:
  using Memory = QExplicitlySharedDataPointer<ScanMemory>;

  ScanStack() = default;
  /// The stack in `memory`, which holds `size` bytes. An empty stack has no memory.
  ScanStack(Memory memory, quint64 size) : memory_(std::move(memory)), size_(size) {}

  bool isEmpty() const { return size_ == 0; }
  quint64 size() const { return size_; }
  const Memory &memory() const { return memory_; }

  void push(std::uint8_t byte) {
    const quint64 place = size_ % blockSize;
    if (place == 0 || memory_->isShared()) own(place);
    static_cast<Block *>(memory_.data())->bytes[place] = byte;
    ++size_;
  }
  /// The byte that was pushed last; the stack is not empty.
  std::uint8_t pop() {
    --size_;
    const quint64 place = size_ % blockSize;
    const std::uint8_t byte = static_cast<const Block *>(memory_.constData())->bytes[place];
    if (place == 0) memory_ = Memory(static_cast<const Block *>(memory_.constData())->below);
    return byte;
  }
  void clear() {
    memory_.reset();
    size_ = 0;
  }

 private:
  static constexpr quint64 blockSize = 1000;

  struct Block final : ScanMemory {
    Block() = default;
    Block(const Block &) = default;
    Block &operator=(const Block &) = delete;
    ~Block() override;
    quint64 memoryUsed() const override;

    Memory below;
    std::array<std::uint8_t, blockSize> bytes;
  };

  /// Makes the block of the byte `place` writable: a new one at place 0, else a copy of one that is shared.
  void own(quint64 place);

  Memory memory_;
  quint64 size_ = 0;
};

}  // namespace octetscope
