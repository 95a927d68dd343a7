// What the bytes of formats that are text are (JSON, XML), and skipping those of which nothing needs to be known.
#pragma once

#include <QtGlobal>

#include <bit>
#include <cstdint>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace octetscope {

constexpr bool isTextSpace(std::uint8_t byte) {
  return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}
constexpr bool isTextDigit(std::uint8_t byte) {
  return byte >= '0' && byte <= '9';
}
constexpr bool isTextHexDigit(std::uint8_t byte) {
  return isTextDigit(byte) || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'f');
}

/// The first byte of bytes[at, end) that is `a`, `b` or `c`, or no visible ASCII (a control character, or from 80 on);
/// `end` where there is none.
inline quint64 skipPlain(const std::uint8_t *bytes, quint64 at, quint64 end, std::uint8_t a, std::uint8_t b,
                         std::uint8_t c) {
#ifdef __SSE2__
  const __m128i all[] = {_mm_set1_epi8(static_cast<char>(a)), _mm_set1_epi8(static_cast<char>(b)),
                         _mm_set1_epi8(static_cast<char>(c))};
  const __m128i space = _mm_set1_epi8(' ');
  for (; end - at >= 16; at += 16) {
    const __m128i text = _mm_loadu_si128(reinterpret_cast<const __m128i *>(bytes + at));
    // Signed: what is below a space are the control characters, and all from 80 on.
    const __m128i special = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(text, all[0]), _mm_cmpeq_epi8(text, all[1])),
                                         _mm_or_si128(_mm_cmpeq_epi8(text, all[2]), _mm_cmplt_epi8(text, space)));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(special));
    if (mask != 0) return at + static_cast<quint64>(std::countr_zero(mask));
  }
#endif
  while (at < end && bytes[at] >= 0x20 && bytes[at] < 0x80 && bytes[at] != a && bytes[at] != b && bytes[at] != c) ++at;
  return at;
}

}  // namespace octetscope
