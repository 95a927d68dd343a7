#include "app/cli/input_pump.h"

#include <cerrno>
#include <cstring>

#include <sys/stat.h>
#include <unistd.h>

namespace octetscope::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype readSize = 64 * 1024;
constexpr quint64 mostUnsent = 2 << 20;  // bytes that wait for the peer before reading stops

}  // namespace

bool InputPump::hasInput() {
  struct stat input = {};
  if (::fstat(STDIN_FILENO, &input) != 0 || ::isatty(STDIN_FILENO) == 1) return false;
  struct stat null = {};
  const bool isNull = S_ISCHR(input.st_mode) && ::stat("/dev/null", &null) == 0 && input.st_rdev == null.st_rdev;
  return !isNull;
}

InputPump::InputPump(LiveConnection &connection)
    : connection_(connection), notifier_(STDIN_FILENO, QSocketNotifier::Read), buffer_(readSize, Qt::Uninitialized) {
  connect(&notifier_, &QSocketNotifier::activated, this, &InputPump::read);
  connect(&connection, &LiveConnection::activity, this, &InputPump::update);
  connect(&connection, &LiveConnection::deliveryEnded, this, &InputPump::update);
  connect(&connection, &LiveConnection::stateChanged, this, &InputPump::update);
}

void InputPump::update() {
  const bool isOver = connection_.state() == LinkState::Over;
  notifier_.setEnabled(!ended_ && !isOver && connection_.unsent() < mostUnsent);
}

void InputPump::read() {
  const ssize_t size = ::read(STDIN_FILENO, buffer_.data(), readSize);
  if (size < 0 && (errno == EINTR || errno == EAGAIN)) return;
  if (size > 0) {
    connection_.send(QByteArray(buffer_.constData(), size));
  } else {
    if (size < 0) {
      Q_EMIT failed({u"cannot read standard input (%1)"_s.arg(QString::fromLocal8Bit(std::strerror(errno))),
                     u"what was read before was sent"_s});
    }
    ended_ = true;
    connection_.finishSending();
  }
  update();
}

}  // namespace octetscope::cli
