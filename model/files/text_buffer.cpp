#include "model/files/text_buffer.h"

#include "model/json/json_value.h"

#include <QString>

#include <array>
#include <cmath>

namespace octetscope {

namespace {

constexpr std::size_t atOnce = 64 * 1024;  // bytes handled between two looks at whether the buffer is full

constexpr auto hexPairs = [] {
  std::array<char, 512> pairs{};
  const char *const digits = "0123456789abcdef";
  for (std::size_t i = 0; i < 256; ++i) {
    pairs[2 * i] = digits[i >> 4];
    pairs[2 * i + 1] = digits[i & 15];
  }
  return pairs;
}();

}  // namespace

void TextBuffer::appendHex(ByteView bytes) {
  while (!bytes.empty()) {
    const ByteView part = bytes.first(std::min(bytes.size(), atOnce));
    char *at = room(part.size() * 2);
    for (const std::uint8_t byte : part) {
      std::memcpy(at, hexPairs.data() + 2 * static_cast<std::size_t>(byte), 2);
      at += 2;
    }
    advance(part.size() * 2);
    bytes = bytes.subspan(part.size());
    flushWhereFull();
  }
}

void TextBuffer::appendRepr(double number) {
  if (std::isnan(number)) return append("nan");
  if (std::isinf(number)) return append(number < 0 ? std::string_view("-inf") : std::string_view("inf"));
  // The shortest digits that read back the same, as d.ddde±xx; CPython then writes those with 16 or fewer places before
  // the point, and not too many zeros behind it, without an exponent.
  char scientific[32];
  const auto end = std::to_chars(scientific, scientific + sizeof scientific, number, std::chars_format::scientific).ptr;
  const char *const mark = std::find(static_cast<const char *>(scientific), static_cast<const char *>(end), 'e');
  int exponent = 0;
  std::from_chars(mark[1] == '+' ? mark + 2 : mark + 1, end, exponent);
  if (exponent < -4 || exponent >= 16) return append(std::string_view(scientific, end));
  char digits[24];
  int count = 0;
  for (const char *at = scientific; at != mark; ++at) {
    if (*at >= '0' && *at <= '9') digits[count++] = *at;
  }
  char *const begin = room(48);
  char *at = begin;
  if (scientific[0] == '-') *at++ = '-';
  const int whole = exponent + 1;  // digits before the point
  if (whole <= 0) {
    *at++ = '0';
    *at++ = '.';
    for (int i = whole; i < 0; ++i) *at++ = '0';
    for (int i = 0; i < count; ++i) *at++ = digits[i];
  } else {
    for (int i = 0; i < whole; ++i) *at++ = i < count ? digits[i] : '0';
    *at++ = '.';
    if (count <= whole) *at++ = '0';
    for (int i = whole; i < count; ++i) *at++ = digits[i];
  }
  advance(static_cast<std::size_t>(at - begin));
}

void TextBuffer::appendJsonEscaped(std::string_view utf8) {
  std::size_t done = 0;
  const auto escape = [&](std::size_t from, std::size_t size, std::string_view instead) {
    append(utf8.substr(done, from - done));
    append(instead);
    done = from + size;
  };
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    if (byte == '"') {
      escape(i, 1, "\\\"");
    } else if (byte == '\\') {
      escape(i, 1, "\\\\");
    } else if (byte < 0x20 || byte == 0x7f) {
      char code[] = "\\u0000";
      std::memcpy(code + 4, hexPairs.data() + 2 * static_cast<std::size_t>(byte), 2);
      const std::string_view short_ = byte == '\n' ? "\\n" : byte == '\r' ? "\\r" : byte == '\t' ? "\\t" : code;
      escape(i, 1, short_);
    } else if (byte == 0xc2 && i + 1 < utf8.size() && static_cast<unsigned char>(utf8[i + 1]) < 0xa0) {
      char code[] = "\\u0000";  // C1 controls: some terminals obey them too
      std::memcpy(code + 4, hexPairs.data() + 2 * static_cast<std::size_t>(static_cast<unsigned char>(utf8[i + 1])), 2);
      escape(i, 2, code);
      ++i;
    }
    if (i + 1 >= done + atOnce) {
      append(utf8.substr(done, i + 1 - done));
      done = i + 1;
      flushWhereFull();
    }
  }
  if (done < utf8.size()) append(utf8.substr(done));
}

void TextBuffer::appendJsonString(QStringView text) {
  if (!text.isValidUtf16()) {
    // Half of a surrogate pair, which a key of JSON may have and UTF-8 has not.
    QByteArray escaped;
    octetscope::appendJsonString(escaped, text);
    return append(std::string_view(escaped.constData(), static_cast<std::size_t>(escaped.size())));
  }
  const QByteArray utf8 = text.toUtf8();
  append('"');
  appendJsonEscaped({utf8.constData(), static_cast<std::size_t>(utf8.size())});
  append('"');
}

}  // namespace octetscope
