// CrcFolding: a CRC of up to 64 bits over long runs, by multiplication without carries (PCLMULQDQ), where the processor
// has it: sixty-four bytes at a time become the few that leave the same remainder. What it does not take, tables do.
#pragma once

#include "model/bytes/byte_view.h"
#include "model/checks/crc_catalogue.h"

#include <array>

namespace octetscope {

class CrcFolding {
 public:
  CrcFolding() = default;
  /// `powers(n)`: what is left of x^n, divided by the CRC's polynomial, in the register that a CRC of that order of
  /// bits has in Checksum: 64 bits, the unused ones at its lower degrees.
  template <typename Powers>
  CrcFolding(BitOrder order, Powers powers) : order_(order) {
    // Where the lowest bit comes first, a product of two registers stands one place too low.
    const int shift = order == BitOrder::LsbFirst ? 1 : 0;
    far_ = {powers(512 + 64 - shift), powers(512 - shift)};
    near_ = {powers(128 + 64 - shift), powers(128 - shift)};
  }

  /// Runs shorter than this are none of its business.
  static constexpr std::size_t least = 64;
  static bool isAvailable();

  /// Takes the front of `bytes`, least at least, into account: what remains of it, 16 bytes that give the same register
  /// when it was 0 before them. `crc`: the register so far. `bytes`: what is left, less than 16.
  std::array<std::uint8_t, 16> fold(quint64 crc, ByteView &bytes) const;

 private:
  struct Pair {
    quint64 first = 0;  // of the eight bytes that come first
    quint64 second = 0;
  };

  template <BitOrder order>
  std::array<std::uint8_t, 16> folded(quint64 crc, ByteView &bytes) const;

  BitOrder order_ = BitOrder::LsbFirst;
  Pair far_;   // over 64 bytes
  Pair near_;  // over 16 bytes
};

}  // namespace octetscope
