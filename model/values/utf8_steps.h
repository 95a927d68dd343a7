// UTF-8 checked byte by byte, so that a walk can stop inside a character: what may follow a first byte, as a small
// number (Unicode 14, table 3-7: no overlong forms, no surrogates, nothing beyond 10FFFF).
#pragma once

#include <QtGlobal>

#include <array>
#include <cstdint>

namespace octetscope {

/// What of a character is still to come: 0: nothing; 1 to 3: as many bytes from 80 to BF; 4 to 7: a byte of a smaller
/// range first.
using Utf8Rest = quint8;

/// What follows the first byte of a character of several bytes; 0: it can be none.
constexpr Utf8Rest utf8RestAfter(std::uint8_t first) {
  if (first < 0xc2 || first > 0xf4) return 0;
  if (first < 0xe0) return 1;
  if (first < 0xf0) return first == 0xe0 ? 4 : first == 0xed ? 5 : 2;
  return first == 0xf0 ? 6 : first == 0xf4 ? 7 : 3;
}

/// Takes the next byte of a character off `rest`; false where it may not follow.
constexpr bool takeUtf8(Utf8Rest &rest, std::uint8_t byte) {
  struct Step {
    std::uint8_t low, high;
    Utf8Rest next;
  };
  constexpr std::array<Step, 8> steps = {{{1, 0, 0},
                                          {0x80, 0xbf, 0},
                                          {0x80, 0xbf, 1},
                                          {0x80, 0xbf, 2},
                                          {0xa0, 0xbf, 1},
                                          {0x80, 0x9f, 1},
                                          {0x90, 0xbf, 2},
                                          {0x80, 0x8f, 2}}};
  const Step &step = steps[rest];
  if (byte < step.low || byte > step.high) return false;
  rest = step.next;
  return true;
}

}  // namespace octetscope
