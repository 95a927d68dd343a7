#include "model/framing/scan_stack.h"

namespace octetscope {

// One block after the other: blocks that free each other would nest as deep as the message does.
ScanStack::Block::~Block() {
  while (below && !below->isShared()) below = Memory(static_cast<Block *>(below.data())->below);
}

/// Without what another state has, too.
quint64 ScanStack::Block::memoryUsed() const {
  quint64 sum = sizeof(Block);
  for (const auto *block = static_cast<const Block *>(below.constData()); block && !block->isShared();
       block = static_cast<const Block *>(block->below.constData())) {
    sum += sizeof(Block);
  }
  return sum;
}

void ScanStack::own(quint64 place) {
  if (place > 0) {
    memory_ = Memory(new Block(*static_cast<const Block *>(memory_.constData())));
    return;
  }
  auto *const block = new Block;
  block->below = std::move(memory_);
  memory_ = Memory(block);
}

}  // namespace octetscope
