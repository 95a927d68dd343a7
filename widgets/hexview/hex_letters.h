// HexLetters: what the text column of a hex view shows of each byte: the character it is in ASCII, Latin-1 or EBCDIC,
// or the one that begins with it in UTF-8. Pure functions over plain values.
#pragma once

#include "model/bytes/hex_text.h"

#include <vector>

namespace octetscope {

/// In place of a character: a byte that is none, and one that belongs to the character before it.
inline constexpr char32_t noLetter = 0;
inline constexpr char32_t sameLetter = ~char32_t{0};

/// Fills `letters` with one for each byte from `first` on, `count` of them. What lies around those in `bytes` is looked
/// at where a character may reach over their ends: 3 bytes on either side are enough.
void readLetters(ByteView bytes, std::size_t first, std::size_t count, TextCode code, std::vector<char32_t> &letters);

}  // namespace octetscope
