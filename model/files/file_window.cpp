#include "model/files/file_window.h"

#include <QFile>

#include <cerrno>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace octetscope {

class FileWindow::Buffer : public ByteBlock {
 public:
  std::uint8_t *room(quint64 size) {
    if (bytes_.size() < size) bytes_.resize(size);
    return bytes_.data();
  }
  const std::uint8_t *data() const override { return bytes_.data(); }

 private:
  std::vector<std::uint8_t> bytes_;
};

FileWindow::FileWindow(const QString &path)
    : file_(::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC)), buffer_(std::make_shared<Buffer>()) {}

FileWindow::~FileWindow() {
  if (file_ >= 0) ::close(file_);
}

ByteSnapshot FileWindow::read(quint64 from, quint64 size) {
  std::uint8_t *const room = buffer_->room(size);
  quint64 here = 0;
  while (file_ >= 0 && here < size) {
    const ssize_t count = ::pread(file_, room + here, size - here, static_cast<off_t>(from + here));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    here += static_cast<quint64>(count);
  }
  return ByteSnapshot::endingWith(buffer_, from, from + here);
}

}  // namespace octetscope
