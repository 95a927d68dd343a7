// Output: standard output, written in blocks, and standard error, a line at a time. A reader that went away ends the
// program quietly; what was captured never reaches a terminal raw.
#pragma once

#include "model/files/text_buffer.h"
#include "model/result.h"

namespace octetscope::cli {

enum ExitCode : quint8 {
  Whole = 0,       ///< all decoded and complete
  Incomplete = 1,  ///< some message is not complete, a field could not be read, or something failed after output
  Nothing = 2,     ///< nothing could be done
};

/// Writes `octetscope-cli: LINE` to standard error, control characters escaped.
void say(const QString &line);
/// Says it; gives Nothing.
int refuse(const Error &error);

class Output {
 public:
  Output();
  Output(const Output &) = delete;
  Output &operator=(const Output &) = delete;

  TextBuffer &buffer() { return buffer_; }
  void flush() { buffer_.flush(); }

  /// Nobody reads any more (EPIPE), or writing failed: nothing more is written.
  bool isOver() const { return isClosed_ || hasFailed_; }
  bool isClosed() const { return isClosed_; }
  /// It was said why.
  bool hasFailed() const { return hasFailed_; }
  bool hasWritten() const { return hasWritten_; }

  static bool isTerminal();

 private:
  void write(std::string_view text);

  TextBuffer buffer_;
  bool isClosed_ = false;
  bool hasFailed_ = false;
  bool hasWritten_ = false;
};

}  // namespace octetscope::cli
