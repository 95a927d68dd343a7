// PackedLook: what going through a compressed message finds; PackedLooks: the last of these, so that who asks about a
// message that was just scanned need not decompress it again.
#pragma once

#include "model/bytes/byte_store.h"
#include "model/framing/inflater.h"

#include <array>
#include <mutex>

namespace octetscope {

struct PackedLook {
  Inflater::Outcome outcome = Inflater::Outcome::More;
  bool isError = false;                 ///< More, too: where more is over the limit
  quint64 taken = 0;                    ///< bytes of the message; in error: up to the byte that was wrong
  quint64 produced = 0;                 ///< bytes that came out of them
  quint32 checksum = 0;                 ///< of these
  QString trouble = {};                 ///< zlib's own words
  std::optional<quint64> dataEnd = {};  ///< where the compressed data ends, counted from the message's begin

  static PackedLook of(const Inflater &inflater, Inflater::Outcome outcome, bool isError) {
    return {outcome,
            isError,
            inflater.taken(),
            inflater.produced(),
            inflater.checksum(),
            isError ? inflater.trouble() : QString(),
            inflater.dataEnd()};
  }
};

/// What a state remembers of a message in error.
class KeptLook final : public ScanMemory {
 public:
  explicit KeptLook(PackedLook kept) : look(std::move(kept)) {}
  quint64 memoryUsed() const override { return sizeof(*this); }
  const PackedLook look;
};

/// A hint and no more: what is not in it is found again from the bytes, and is the same. Any thread.
class PackedLooks {
 public:
  /// What was found of the message at `offset` of `bytes`, which is not whole.
  void keep(const ByteSnapshot &bytes, quint64 offset, PackedLook look) {
    const std::lock_guard lock(mutex_);
    entryOf(bytes, offset) = {bytes.block(), offset, std::move(look)};
  }
  /// What was found of its first `size` bytes.
  std::optional<PackedLook> find(const ByteSnapshot &bytes, quint64 offset, quint64 size) const {
    const std::lock_guard lock(mutex_);
    const Entry &entry = entryOf(bytes, offset);
    const std::weak_ptr<const ByteBlock> block = bytes.block();
    const bool isSame = !entry.block.owner_before(block) && !block.owner_before(entry.block) && entry.offset == offset;
    const PackedLook &look = entry.look;
    // An error stays what it is, whatever follows.
    const bool fits = look.isError
                          ? size > look.taken || (size == look.taken && look.outcome != Inflater::Outcome::More)
                          : size == look.taken;
    return isSame && fits ? std::optional(look) : std::nullopt;
  }

 private:
  struct Entry {
    std::weak_ptr<const ByteBlock> block;
    quint64 offset = 0;
    PackedLook look;
  };
  static constexpr std::size_t places = 64;

  Entry &entryOf(const ByteSnapshot &bytes, quint64 offset) const {
    return entries_[(reinterpret_cast<std::uintptr_t>(bytes.data()) / 4096 + offset) % places];
  }

  mutable std::mutex mutex_;
  mutable std::array<Entry, places> entries_;
};

}  // namespace octetscope
