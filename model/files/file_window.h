// FileWindow: a file read forwards through one buffer, for who goes through it once. The first look at each page of a
// mapping costs more than copying the page. Single-threaded.
#pragma once

#include "model/bytes/byte_store.h"

#include <memory>

namespace octetscope {

class FileWindow {
 public:
  /// A file that cannot be opened is one without bytes: whoever maps it says why.
  explicit FileWindow(const QString &path);
  ~FileWindow();
  FileWindow(const FileWindow &) = delete;
  FileWindow &operator=(const FileWindow &) = delete;

  /// `size` bytes of the file from offset `from` on, fewer at its end or where it cannot be read, as the end of a
  /// snapshot of its first from + size bytes. Bytes before `from` must not be looked at; the others until the next
  /// read().
  ByteSnapshot read(quint64 from, quint64 size);

 private:
  class Buffer;
  int file_;
  std::shared_ptr<Buffer> buffer_;
};

}  // namespace octetscope
