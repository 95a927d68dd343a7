// GuardedBytes: many bytes of which only the front may be looked at: whoever reads further ends the test. For tests
// that what is shown of something costs what is shown.
#pragma once

#include "model/bytes/byte_view.h"

#include <cstring>

#include <sys/mman.h>

namespace octetscope::test {

class GuardedBytes {
 public:
  static constexpr std::size_t readable = 4096;

  /// `size` bytes, the first `readable` of them are `fill`.
  GuardedBytes(std::size_t size, char fill)
      : bytes_(::mmap(nullptr, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)), size_(size) {
    if (bytes_ == MAP_FAILED || ::mprotect(bytes_, readable, PROT_READ | PROT_WRITE) != 0) qFatal("no memory");
    std::memset(bytes_, fill, readable);
  }
  ~GuardedBytes() { ::munmap(bytes_, size_); }
  GuardedBytes(const GuardedBytes &) = delete;
  GuardedBytes &operator=(const GuardedBytes &) = delete;

  ByteView view() const { return {static_cast<const std::uint8_t *>(bytes_), size_}; }

 private:
  void *bytes_;
  std::size_t size_;
};

}  // namespace octetscope::test
