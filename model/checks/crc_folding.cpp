#include "model/checks/crc_folding.h"

#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#define OCTETSCOPE_CARRYLESS __attribute__((target("pclmul,ssse3,sse4.1")))
#endif

namespace octetscope {

#if defined(__x86_64__)

namespace {

/// Sixteen bytes of a message, its highest degrees where the multiplication wants them.
template <BitOrder order>
OCTETSCOPE_CARRYLESS inline __m128i turned(__m128i bytes) {
  if constexpr (order == BitOrder::LsbFirst) return bytes;
  return _mm_shuffle_epi8(bytes, _mm_set_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
}

template <BitOrder order>
OCTETSCOPE_CARRYLESS inline __m128i load(const std::uint8_t *at) {
  return turned<order>(_mm_loadu_si128(reinterpret_cast<const __m128i *>(at)));
}

/// What `block` leaves so many bytes further on, as `by` says.
OCTETSCOPE_CARRYLESS inline __m128i moved(__m128i block, __m128i by) {
  return _mm_xor_si128(_mm_clmulepi64_si128(block, by, 0x00), _mm_clmulepi64_si128(block, by, 0x11));
}

}  // namespace

bool CrcFolding::isAvailable() {
  static const bool has = __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("sse4.1");
  return has;
}

template <BitOrder order>
OCTETSCOPE_CARRYLESS std::array<std::uint8_t, 16> CrcFolding::folded(quint64 crc, ByteView &bytes) const {
  constexpr bool isLsbFirst = order == BitOrder::LsbFirst;
  const auto halves = [](quint64 first, quint64 second) {
    return isLsbFirst ? _mm_set_epi64x(static_cast<qint64>(second), static_cast<qint64>(first))
                      : _mm_set_epi64x(static_cast<qint64>(first), static_cast<qint64>(second));
  };
  const __m128i far = halves(far_.first, far_.second);
  const __m128i near = halves(near_.first, near_.second);
  const std::uint8_t *at = bytes.data();
  const std::uint8_t *const end = at + bytes.size();
  __m128i a = _mm_xor_si128(load<order>(at), halves(crc, 0));
  __m128i b = load<order>(at + 16);
  __m128i c = load<order>(at + 32);
  __m128i d = load<order>(at + 48);
  for (at += 64; end - at >= 64; at += 64) {
    a = _mm_xor_si128(moved(a, far), load<order>(at));
    b = _mm_xor_si128(moved(b, far), load<order>(at + 16));
    c = _mm_xor_si128(moved(c, far), load<order>(at + 32));
    d = _mm_xor_si128(moved(d, far), load<order>(at + 48));
  }
  a = _mm_xor_si128(moved(a, near), b);
  a = _mm_xor_si128(moved(a, near), c);
  a = _mm_xor_si128(moved(a, near), d);
  for (; end - at >= 16; at += 16) a = _mm_xor_si128(moved(a, near), load<order>(at));
  bytes = {at, end};
  std::array<std::uint8_t, 16> left;
  _mm_storeu_si128(reinterpret_cast<__m128i *>(left.data()), turned<order>(a));
  return left;
}

std::array<std::uint8_t, 16> CrcFolding::fold(quint64 crc, ByteView &bytes) const {
  Q_ASSERT(bytes.size() >= least);
  return order_ == BitOrder::LsbFirst ? folded<BitOrder::LsbFirst>(crc, bytes) : folded<BitOrder::MsbFirst>(crc, bytes);
}

#else

bool CrcFolding::isAvailable() {
  return false;
}

std::array<std::uint8_t, 16> CrcFolding::fold(quint64, ByteView &) const {
  Q_UNREACHABLE();
}

#endif

}  // namespace octetscope
