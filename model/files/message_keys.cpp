#include "model/files/message_keys.h"

namespace octetscope {

void appendSeconds(TextBuffer &out, qint64 nanoseconds) {
  constexpr quint64 second = 1'000'000'000;
  if (nanoseconds < 0) out.append('-');
  const quint64 magnitude = nanoseconds < 0 ? 0 - static_cast<quint64>(nanoseconds) : static_cast<quint64>(nanoseconds);
  out.append(magnitude / second);
  char decimals[] = ".000000000";
  quint64 rest = magnitude % second;
  for (int i = 9; i > 0; --i, rest /= 10) decimals[i] = static_cast<char>('0' + rest % 10);
  out.append(std::string_view(decimals, 10));
}

void appendShortSeconds(TextBuffer &out, qint64 nanoseconds) {
  appendSeconds(out, nanoseconds);
  const std::string_view text = out.text();
  std::size_t zeros = 0;
  while (zeros < 8 && text[text.size() - 1 - zeros] == '0') ++zeros;
  out.chop(zeros);
}

}  // namespace octetscope
