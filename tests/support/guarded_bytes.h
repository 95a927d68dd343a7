// GuardedBytes: many bytes of which only some pages may be looked at: whoever reads others ends the test. For tests
// that something costs what is shown of it, or looks at nothing twice.
#pragma once

#include "model/bytes/byte_store.h"

#include <cstring>

#include <sys/mman.h>

namespace octetscope::test {

class GuardedBytes final : public ByteBlock {
 public:
  static constexpr std::size_t page = 4096;

  /// `size` bytes; the first `readable` of them (whole pages) are `fill` and may be looked at.
  GuardedBytes(std::size_t size, char fill, std::size_t readable = page)
      : bytes_(::mmap(nullptr, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)), size_(size) {
    if (bytes_ == MAP_FAILED || ::mprotect(bytes_, readable, PROT_READ | PROT_WRITE) != 0) qFatal("no memory");
    std::memset(bytes_, fill, readable);
  }
  ~GuardedBytes() override { ::munmap(bytes_, size_); }

  const std::uint8_t *data() const override { return static_cast<const std::uint8_t *>(bytes_); }
  ByteView view() const { return {data(), size_}; }
  /// From now on nobody may look at the first `size` bytes (whole pages).
  void forbid(std::size_t size) { forbidBetween(0, size); }
  /// Nor at those in [begin, end).
  void forbidBetween(std::size_t begin, std::size_t end) {
    if (::mprotect(static_cast<char *>(bytes_) + begin, end - begin, PROT_NONE) != 0) qFatal("not forbidden");
  }

 private:
  void *bytes_;
  std::size_t size_;
};

}  // namespace octetscope::test
