#include "app/cli/output.h"

#include "model/structs/value.h"

#include <QList>
#include <QString>

#include <cerrno>
#include <cstring>

#include <poll.h>
#include <unistd.h>

namespace octetscope::cli {

using namespace Qt::StringLiterals;

namespace {

/// Writes all of it; the errno that stopped it, or 0.
int writeAll(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t done = ::write(file, text.data(), text.size());
    if (done >= 0) {
      text.remove_prefix(static_cast<std::size_t>(done));
    } else if (errno == EAGAIN) {
      pollfd waiting{file, POLLOUT, 0};
      ::poll(&waiting, 1, -1);
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

}  // namespace

void say(const QString &line) {
  QString text = u"octetscope-cli: "_s;
  for (const uint point : line.toUcs4()) {
    if (isPlainCharacter(point)) {
      text += QString::fromUcs4(reinterpret_cast<const char32_t *>(&point), 1);
    } else {
      text += u"\\u{%1}"_s.arg(point, 0, 16);
    }
  }
  text += u'\n';
  writeAll(STDERR_FILENO, text.toStdString());
}

int refuse(const Error &error) {
  say(error.line());
  return Nothing;
}

Output::Output() : buffer_([this](std::string_view text) { write(text); }) {}

void Output::write(std::string_view text) {
  if (isOver()) return;
  const int error = writeAll(STDOUT_FILENO, text);
  if (error == 0) {
    hasWritten_ = true;
  } else if (error == EPIPE) {
    isClosed_ = true;
  } else {
    hasFailed_ = true;
    say(u"cannot write the results (%1): check where standard output goes"_s.arg(
        QString::fromLocal8Bit(std::strerror(error))));
  }
}

bool Output::isTerminal() {
  return ::isatty(STDOUT_FILENO) == 1;
}

}  // namespace octetscope::cli
