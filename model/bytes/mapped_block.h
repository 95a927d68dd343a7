// MappedBlock: a file mapped read-only, guarded. When the file is cut by another program, reading past its new end
// raises SIGBUS; the guard puts a page of zeros there and raises a flag, so the program survives and can say so.
#pragma once

#include "model/bytes/byte_store.h"

namespace octetscope {

class MappedBlock final : public ByteBlock {
 public:
  /// Maps the first `length` bytes of the open file `file`, which may be shorter: only what the file has may be read.
  /// The descriptor may be closed afterwards. Errors: the system's.
  static Result<std::shared_ptr<const ByteBlock>> create(int file, quint64 length);
  ~MappedBlock() override;

  const std::uint8_t *data() const override { return data_; }
  bool isDamaged() const override;

 private:
  MappedBlock(const std::uint8_t *data, quint64 length, int guard) : data_(data), length_(length), guard_(guard) {}

  const std::uint8_t *data_;
  quint64 length_;
  int guard_;  // slot in the table the signal handler reads
};

}  // namespace octetscope
