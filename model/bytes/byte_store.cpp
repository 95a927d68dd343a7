#include "model/bytes/byte_store.h"

#include "model/bytes/mapped_block.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace octetscope {

namespace {

class MemoryBlock final : public ByteBlock {
 public:
  explicit MemoryBlock(std::uint8_t *memory) : memory_(memory) {}
  ~MemoryBlock() override { std::free(memory_); }
  const std::uint8_t *data() const override { return memory_; }

 private:
  std::uint8_t *memory_;
};

class ArrayBlock final : public ByteBlock {
 public:
  explicit ArrayBlock(QByteArray bytes) : bytes_(std::move(bytes)) {}
  const std::uint8_t *data() const override { return reinterpret_cast<const std::uint8_t *>(bytes_.constData()); }

 private:
  QByteArray bytes_;
};

constexpr quint64 firstCapacity = 4096;
constexpr quint64 firstMapping = 64ULL << 20;

QString systemWords() {
  return QString::fromLocal8Bit(std::strerror(errno));
}

/// An open file without a name in a folder that has room, or -1.
int openUnnamed(const QString &wanted) {
  QStringList folders;
  if (!wanted.isEmpty()) {
    folders = {wanted};
  } else {
    folders = {QStandardPaths::writableLocation(QStandardPaths::CacheLocation), QDir::tempPath()};
  }
  for (const QString &folder : std::as_const(folders)) {
    if (folder.isEmpty() || !QDir().mkpath(folder)) continue;
    QByteArray name = QFile::encodeName(folder + QStringLiteral("/octetscope-spill-XXXXXX"));
    const int file = ::mkostemp(name.data(), O_CLOEXEC);
    if (file < 0) continue;
    ::unlink(name.constData());
    return file;
  }
  return -1;
}

}  // namespace

ByteSnapshot ByteSnapshot::of(QByteArray bytes) {
  const auto size = static_cast<quint64>(bytes.size());
  return {std::make_shared<ArrayBlock>(std::move(bytes)), size};
}

ByteStore::ByteStore() : ByteStore(Options{}) {}
ByteStore::ByteStore(Options options) : options_(std::move(options)) {}

ByteStore::~ByteStore() {
  if (spillFile_ >= 0) ::close(spillFile_);
}

Result<std::unique_ptr<ByteStore>> ByteStore::map(const QString &path) {
  const int file = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) {
    return fail(QStringLiteral("cannot open %1 (%2)").arg(path, systemWords()),
                QStringLiteral("check the name and the permissions"));
  }
  struct stat status = {};
  if (::fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(file);
    return fail(QStringLiteral("%1 is not a regular file").arg(path),
                QStringLiteral("give a file, or pipe the bytes in with -"));
  }
  auto store = std::make_unique<ByteStore>();
  const auto size = static_cast<quint64>(status.st_size);
  if (size > 0) {
    auto block = MappedBlock::create(file, size);
    if (!block) {
      ::close(file);
      return std::unexpected(block.error());
    }
    store->publish(std::move(*block));
    store->size_.store(size, std::memory_order_release);
  }
  ::close(file);
  return store;
}

void ByteStore::publish(std::shared_ptr<const ByteBlock> block) {
  const std::lock_guard lock(mutex_);
  block_ = std::move(block);
}

ByteSnapshot ByteStore::snapshot() const {
  const std::lock_guard lock(mutex_);
  // The size is read under the lock: a block published later is never smaller than what was published before it.
  return {block_, size()};
}

bool ByteStore::isInMemory() const {
  return spillFile_ < 0;
}

Result<void> ByteStore::growMemory(quint64 needed) {
  quint64 capacity = std::max(firstCapacity, capacity_);
  while (capacity < needed) capacity *= 2;
  auto *memory = static_cast<std::uint8_t *>(std::malloc(capacity));
  if (!memory) return fail(QStringLiteral("no memory for %1 bytes").arg(capacity), QStringLiteral("close a capture"));
  const quint64 used = size();
  if (used > 0) std::memcpy(memory, memory_, used);
  memory_ = memory;
  capacity_ = capacity;
  publish(std::make_shared<MemoryBlock>(memory));
  return {};
}

Result<std::span<std::uint8_t>> ByteStore::reserve(quint64 size) {
  const quint64 used = this->size();
  if (spillFile_ < 0 && used + size <= options_.spillThreshold) {
    if (used + size > capacity_) {
      if (auto grown = growMemory(used + size); !grown) return std::unexpected(grown.error());
    }
    reservedInBuffer_ = false;
    return std::span(memory_ + used, size);
  }
  reservedInBuffer_ = true;
  if (static_cast<quint64>(buffer_.size()) < size) buffer_.resize(static_cast<qsizetype>(size));
  return std::span(reinterpret_cast<std::uint8_t *>(buffer_.data()), size);
}

Result<void> ByteStore::commit(quint64 size) {
  const quint64 used = this->size();
  if (!reservedInBuffer_) {
    size_.store(used + size, std::memory_order_release);
    return {};
  }
  return append({reinterpret_cast<const std::uint8_t *>(buffer_.constData()), static_cast<std::size_t>(size)});
}

Result<void> ByteStore::append(ByteView bytes) {
  if (bytes.empty()) return {};
  const quint64 used = size();
  if (spillFile_ < 0 && used + bytes.size() <= options_.spillThreshold) {
    if (used + bytes.size() > capacity_) {
      if (auto grown = growMemory(used + bytes.size()); !grown) return grown;
    }
    std::memcpy(memory_ + used, bytes.data(), bytes.size());
    size_.store(used + bytes.size(), std::memory_order_release);
    return {};
  }
  return spill(bytes);
}

Result<void> ByteStore::startSpilling() {
  spillFile_ = openUnnamed(options_.spillFolder);
  if (spillFile_ < 0) {
    return fail(QStringLiteral("cannot create a spill file (%1)").arg(systemWords()),
                QStringLiteral("make room, or set TMPDIR to a folder that has some"));
  }
  capacity_ = 0;
  const ByteView held{memory_, static_cast<std::size_t>(size())};
  quint64 written = 0;
  while (written < held.size()) {
    const ssize_t count =
        ::pwrite(spillFile_, held.data() + written, held.size() - written, static_cast<off_t>(written));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      Error error{QStringLiteral("cannot write the spill file (%1)").arg(systemWords()), QStringLiteral("make room")};
      ::close(spillFile_);
      spillFile_ = -1;
      return std::unexpected(error);
    }
    written += static_cast<quint64>(count);
  }
  return {};
}

Result<void> ByteStore::spill(ByteView bytes) {
  if (spillFile_ < 0) {
    if (auto started = startSpilling(); !started) return started;
  }
  const quint64 used = size();
  quint64 written = 0;
  while (written < bytes.size()) {
    const ssize_t count =
        ::pwrite(spillFile_, bytes.data() + written, bytes.size() - written, static_cast<off_t>(used + written));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      return fail(QStringLiteral("cannot write the spill file (%1)").arg(systemWords()),
                  QStringLiteral("make room, or set TMPDIR to a folder that has some"));
    }
    written += static_cast<quint64>(count);
  }
  if (used + bytes.size() > capacity_) {
    // A mapping may be longer than its file: only the pages that the file has are ever looked at.
    quint64 capacity = std::max(firstMapping, capacity_);
    while (capacity < used + bytes.size()) capacity *= 2;
    auto block = MappedBlock::create(spillFile_, capacity);
    if (!block) return std::unexpected(block.error());
    capacity_ = capacity;
    publish(std::move(*block));
  }
  size_.store(used + bytes.size(), std::memory_order_release);
  return {};
}

}  // namespace octetscope
