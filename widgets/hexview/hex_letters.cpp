#include "widgets/hexview/hex_letters.h"

#include "model/bytes/ebcdic.h"
#include "model/structs/value.h"

#include <array>

namespace octetscope {

namespace {

char32_t shown(char32_t character) {
  return isPlainCharacter(character) ? character : noLetter;
}

/// Bytes of the UTF-8 sequence that begins at `at`; 0: none does, or it is cut or wrong.
std::size_t sequenceAt(ByteView bytes, std::size_t at, char32_t &character) {
  const std::uint8_t lead = bytes[at];
  if (lead < 0x80) {
    character = lead;
    return 1;
  }
  const std::size_t size = lead >= 0xf0 && lead < 0xf5   ? 4
                           : lead >= 0xe0 && lead < 0xf0 ? 3
                           : lead >= 0xc2 && lead < 0xe0 ? 2
                                                         : 0;
  if (size == 0 || at + size > bytes.size()) return 0;
  character = lead & (0x7f >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((bytes[at + i] & 0xc0) != 0x80) return 0;
    character = character << 6 | (bytes[at + i] & 0x3f);
  }
  constexpr std::array<char32_t, 5> least = {0, 0, 0x80, 0x800, 0x10000};
  const bool isSurrogate = character >= 0xd800 && character < 0xe000;
  return character < least[size] || character > 0x10ffff || isSurrogate ? 0 : size;
}

void readUtf8(ByteView bytes, std::size_t first, std::size_t count, std::vector<char32_t> &letters) {
  // A sequence that reaches into what is shown begins at most 3 bytes before it; which one does is found from the
  // front, because no byte of a sequence begins another.
  std::size_t at = first > 3 ? first - 3 : 0;
  while (at < first + count) {
    char32_t character = 0;
    const std::size_t size = sequenceAt(bytes, at, character);
    const char32_t letter = size == 0 ? noLetter : shown(character);
    for (std::size_t i = 0; i < std::max<std::size_t>(size, 1); ++i) {
      const std::size_t byte = at + i;
      if (byte < first || byte >= first + count) continue;
      // A character that is not shown is a placeholder for each of its bytes.
      letters[byte - first] = i == 0 || letter == noLetter ? letter : sameLetter;
    }
    at += std::max<std::size_t>(size, 1);
  }
}

}  // namespace

void readLetters(ByteView bytes, std::size_t first, std::size_t count, TextCode code, std::vector<char32_t> &letters) {
  letters.assign(count, noLetter);
  if (code == TextCode::Utf8) return readUtf8(bytes, first, count, letters);
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint8_t byte = bytes[first + i];
    switch (code) {
      case TextCode::Ascii:
        letters[i] = byte < 0x80 ? shown(byte) : noLetter;
        break;
      case TextCode::Latin1:
        letters[i] = shown(byte);
        break;
      case TextCode::Ebcdic:
        letters[i] = shown(ebcdicCharacters[byte]);
        break;
      case TextCode::Utf8:
        break;
    }
  }
}

}  // namespace octetscope
