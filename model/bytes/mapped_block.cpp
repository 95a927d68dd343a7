#include "model/bytes/mapped_block.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <mutex>

#include <sys/mman.h>
#include <unistd.h>

namespace octetscope {

namespace {

// A signal handler can reach nothing but what is global; this table is the one exception to "no globals".
struct GuardSlot {
  std::atomic<bool> used = false;
  std::atomic<bool> damaged = false;
  std::atomic<std::uintptr_t> begin = 0;
  std::atomic<std::uintptr_t> end = 0;
};
constexpr int guardSlots = 1024;
std::array<GuardSlot, guardSlots> guards;
struct sigaction previousAction;

void onBusError(int signal, siginfo_t *info, void *context) {
  const auto address = reinterpret_cast<std::uintptr_t>(info->si_addr);
  const auto pageSize = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  for (GuardSlot &slot : guards) {
    if (!slot.used.load(std::memory_order_acquire)) continue;
    if (address < slot.begin.load(std::memory_order_relaxed) || address >= slot.end.load(std::memory_order_relaxed)) {
      continue;
    }
    void *page = reinterpret_cast<void *>(address & ~(pageSize - 1));
    if (::mmap(page, pageSize, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != MAP_FAILED) {
      slot.damaged.store(true, std::memory_order_release);
      return;
    }
  }
  // Not ours: as it would have been without us.
  if (previousAction.sa_flags & SA_SIGINFO) {
    previousAction.sa_sigaction(signal, info, context);
  } else if (previousAction.sa_handler != SIG_DFL && previousAction.sa_handler != SIG_IGN) {
    previousAction.sa_handler(signal);
  } else {
    ::signal(signal, SIG_DFL);
    ::raise(signal);
  }
}

void installHandler() {
  static std::once_flag once;
  std::call_once(once, [] {
    struct sigaction action = {};
    action.sa_sigaction = onBusError;
    action.sa_flags = SA_SIGINFO | SA_NODEFER;
    sigemptyset(&action.sa_mask);
    ::sigaction(SIGBUS, &action, &previousAction);
  });
}

int takeGuard(std::uintptr_t begin, std::uintptr_t end) {
  static std::mutex takers;
  const std::lock_guard lock(takers);
  for (int i = 0; i < guardSlots; ++i) {
    GuardSlot &slot = guards[i];
    if (slot.used.load(std::memory_order_acquire)) continue;
    slot.begin.store(begin, std::memory_order_relaxed);
    slot.end.store(end, std::memory_order_relaxed);
    slot.damaged.store(false, std::memory_order_relaxed);
    slot.used.store(true, std::memory_order_release);
    return i;
  }
  return -1;  // so many mappings that one goes unguarded: it still works
}

}  // namespace

Result<std::shared_ptr<const ByteBlock>> MappedBlock::create(int file, quint64 length) {
  void *address = ::mmap(nullptr, length, PROT_READ, MAP_SHARED | MAP_NORESERVE, file, 0);
  if (address == MAP_FAILED) {
    return fail(QStringLiteral("cannot map %1 bytes of a file (%2)")
                    .arg(length)
                    .arg(QString::fromLocal8Bit(std::strerror(errno))),
                QStringLiteral("close a capture"));
  }
  installHandler();
  const auto begin = reinterpret_cast<std::uintptr_t>(address);
  const int guard = takeGuard(begin, begin + length);
  return std::shared_ptr<const ByteBlock>(new MappedBlock(static_cast<const std::uint8_t *>(address), length, guard));
}

MappedBlock::~MappedBlock() {
  if (guard_ >= 0) guards[guard_].used.store(false, std::memory_order_release);
  ::munmap(const_cast<std::uint8_t *>(data_), length_);
}

bool MappedBlock::isDamaged() const {
  return guard_ >= 0 && guards[guard_].damaged.load(std::memory_order_acquire);
}

}  // namespace octetscope
