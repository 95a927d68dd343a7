#include "app/cli/interrupt.h"

#include <QSocketNotifier>

#include <csignal>

#include <sys/signalfd.h>
#include <unistd.h>

namespace octetscope::cli {

namespace {

sigset_t endingSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

}  // namespace

Interrupt::Interrupt(QObject *parent) : QObject(parent) {
  const sigset_t signals = endingSignals();
  if (pthread_sigmask(SIG_BLOCK, &signals, nullptr) == 0) {
    file_ = ::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
  }
}

Interrupt::~Interrupt() {
  notifier_.reset();
  if (file_ >= 0) ::close(file_);
}

void Interrupt::take() {
  // Read first: what is still pending would end the program once it is let through.
  signalfd_siginfo info;
  while (::read(file_, &info, sizeof info) == sizeof info) {
  }
  const sigset_t signals = endingSignals();
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

void Interrupt::watch() {
  if (file_ < 0 || notifier_) return;
  notifier_ = std::make_unique<QSocketNotifier>(file_, QSocketNotifier::Read);
  connect(notifier_.get(), &QSocketNotifier::activated, this, [this] {
    take();
    Q_EMIT interrupted();
  });
}

}  // namespace octetscope::cli
