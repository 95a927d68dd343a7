// What the writers of messages share: words and forms of the keys.
#pragma once

#include "model/files/text_buffer.h"
#include "model/framing/message.h"

#include <string_view>

namespace octetscope {

inline std::string_view nameOf(Status status) {
  switch (status) {
    case Status::Complete:
      return "complete";
    case Status::Incomplete:
      return "incomplete";
    case Status::Error:
      break;
  }
  return "error";
}

/// Nanoseconds as seconds with 9 decimals: "1698634314.104000000".
void appendSeconds(TextBuffer &out, qint64 nanoseconds);
/// The same without zeros at the end, with one decimal at least: "0.178", "2.0".
void appendShortSeconds(TextBuffer &out, qint64 nanoseconds);

}  // namespace octetscope
