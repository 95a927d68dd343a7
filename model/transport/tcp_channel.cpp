#include "model/transport/tcp_channel.h"

#include "model/transport/network_error.h"

#include <QSocketNotifier>

#include <cerrno>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace octetscope {

namespace {

// One activation does at most this much, so that no connection starves the others of its thread.
constexpr int mostCalls = 64;
constexpr quint64 mostBytes = 512 * 1024;
constexpr qsizetype mostInOneSend = 1024 * 1024;
constexpr int largestReceiveSize = 16 * 1024 * 1024;

void setOption(int descriptor, int level, int name) {
  const int on = 1;
  ::setsockopt(descriptor, level, name, &on, sizeof on);
}

}  // namespace

TcpChannel::TcpChannel(int descriptor, std::shared_ptr<Connection> connection, bool accepted, QObject *parent)
    : Channel(parent), recorder_(std::move(connection)), descriptor_(descriptor), closeTimer_(this) {
  recorder_.setAccepted(accepted);
  ::fcntl(descriptor_, F_SETFL, ::fcntl(descriptor_, F_GETFL) | O_NONBLOCK);
  ::fcntl(descriptor_, F_SETFD, FD_CLOEXEC);
  setOption(descriptor_, IPPROTO_TCP, TCP_NODELAY);  // pieces go out as they were sent
  setOption(descriptor_, SOL_SOCKET, SO_OOBINLINE);  // an urgent byte is a byte of the stream too

  readNotifier_ = new QSocketNotifier(descriptor_, QSocketNotifier::Read, this);
  writeNotifier_ = new QSocketNotifier(descriptor_, QSocketNotifier::Write, this);
  troubleNotifier_ = new QSocketNotifier(descriptor_, QSocketNotifier::Exception, this);
  connect(readNotifier_, &QSocketNotifier::activated, this, &TcpChannel::onReadable);
  connect(writeNotifier_, &QSocketNotifier::activated, this, &TcpChannel::onWritable);
  connect(troubleNotifier_, &QSocketNotifier::activated, this, &TcpChannel::onTrouble);
  updateNotifiers();

  closeTimer_.setSingleShot(true);
  closeTimer_.setInterval(closeWaitMs);
  closeTimer_.setTimerType(Qt::PreciseTimer);  // a coarse one may be 5 % early
  connect(&closeTimer_, &QTimer::timeout, this, &TcpChannel::onCloseTimer);
}

TcpChannel::~TcpChannel() {
  if (descriptor_ < 0) return;
  recorder_.cut();
  letGo(false);
}

void TcpChannel::send(QByteArray bytes) {
  if (descriptor_ < 0 || finishWanted_ || resetSeen_ || bytes.isEmpty()) return;
  unsent_ += static_cast<quint64>(bytes.size());
  queue_.push_back(std::move(bytes));
  if (queue_.size() == 1) writeSome();
  settle();
  postNews();
}

void TcpChannel::finishSending() {
  if (descriptor_ < 0 || finishWanted_) return;
  finishWanted_ = true;
  finishIfDrained();
  settle();
  postNews();
}

void TcpChannel::close() {
  if (descriptor_ < 0 || closing_) return;
  closing_ = true;
  finishWanted_ = true;
  closeTimer_.start();
  finishIfDrained();
  settle();
  postNews();
}

void TcpChannel::reset() {
  if (descriptor_ < 0) return;
  recorder_.weReset(unsent_);
  letGo(true);
  postNews();
}

void TcpChannel::cut() {
  if (descriptor_ < 0) return;
  recorder_.cut();
  letGo(false);
  postNews();
}

void TcpChannel::setReceiveSize(int bytes) {
  receiveSize_ = std::clamp(bytes, 1, largestReceiveSize);
}

void TcpChannel::setReading(bool reading) {
  if (reading == reading_) return;
  reading_ = reading;
  troubleSpent_ = false;
  updateNotifiers();
}

void TcpChannel::onReadable() {
  bool any = false;
  bool finished = false;
  quint64 bytes = 0;
  for (int calls = 0; calls < mostCalls && bytes < mostBytes && descriptor_ >= 0 && readsNow(); ++calls) {
    const auto room = recorder_.in().reserve(static_cast<quint64>(receiveSize_));
    if (!room) {
      fail(recordingError(room.error()));
      break;
    }
    const ssize_t count = ::recv(descriptor_, room->data(), static_cast<std::size_t>(receiveSize_), 0);
    const int number = errno;
    if (count > 0) {
      if (const auto kept = recorder_.received(static_cast<quint64>(count)); !kept) {
        fail(recordingError(kept.error()));
        break;
      }
      any = true;
      bytes += static_cast<quint64>(count);
      if (count < receiveSize_ && !resetSeen_) break;  // the socket is empty, most likely: ask poll() first
      continue;
    }
    if (count == 0 && !resetSeen_) {
      peerFinished_ = true;
      finished = true;
      recorder_.peerFinished();
    } else if (count == 0) {
      endWithPeerReset();
    } else {
      receiveError(number);
    }
    break;
  }
  if (any) Q_EMIT received();
  if (finished) Q_EMIT peerFinished();
  settle();
  tellNews();
}

void TcpChannel::receiveError(int number) {
  if (number == EINTR) return;
  if (number == EAGAIN || number == EWOULDBLOCK) {
    if (resetSeen_) endWithPeerReset();
    return;
  }
  if (number == ECONNRESET || number == EPIPE) {
    endWithPeerReset();
  } else {
    fail(connectionError(number, recorder_.peer()));
  }
}

void TcpChannel::onWritable() {
  writeSome();
  settle();
  tellNews();
}

void TcpChannel::writeSome() {
  quint64 bytes = 0;
  for (int calls = 0; calls < mostCalls && bytes < mostBytes && descriptor_ >= 0 && !queue_.empty(); ++calls) {
    const QByteArray &head = queue_.front();
    const qsizetype size = std::min(head.size() - headSent_, mostInOneSend);
    const ssize_t count =
        ::send(descriptor_, head.constData() + headSent_, static_cast<std::size_t>(size), MSG_NOSIGNAL);
    if (count < 0) {
      sendError(errno);
      break;
    }
    const QByteArrayView part = QByteArrayView(head).sliced(headSent_, count);
    if (const auto kept = recorder_.sent(viewOf(part)); !kept) {
      fail(recordingError(kept.error()));
      return;
    }
    bytes += static_cast<quint64>(count);
    unsent_ -= static_cast<quint64>(count);
    headSent_ += count;
    if (headSent_ == head.size()) {
      queue_.pop_front();
      headSent_ = 0;
    }
    if (count < size) break;
  }
  if (bytes == 0) return;
  news_.sent = true;
  if (descriptor_ < 0) return;
  if (closing_) closeTimer_.start();  // the peer takes something: it is not stalled
  if (queue_.empty()) news_.drained = true;
  finishIfDrained();
}

void TcpChannel::sendError(int number) {
  if (number == EAGAIN || number == EWOULDBLOCK || number == EINTR) return;
  if (number == EPIPE || number == ECONNRESET) {
    // What the peer sent before its RST still lies in the system: it is read before the connection is over.
    resetSeen_ = true;
    if (peerFinished_) endWithPeerReset();
  } else {
    fail(connectionError(number, recorder_.peer()));
  }
}

void TcpChannel::onTrouble() {
  int number = 0;
  socklen_t size = sizeof number;
  ::getsockopt(descriptor_, SOL_SOCKET, SO_ERROR, &number, &size);
  if (number == 0) {
    troubleSpent_ = true;
  } else {
    sendError(number);
  }
  settle();
  tellNews();
}

void TcpChannel::onCloseTimer() {
  if (descriptor_ < 0) return;
  if (unsent_ > 0) {
    // A FIN now would tell the peer that it has everything.
    recorder_.weReset(unsent_, tr("RST sent: while closing, the peer took nothing for 5 seconds"));
    letGo(true);
  } else {
    recorder_.closed(tr("closed: the peer did not finish within 5 seconds after our FIN"));
    letGo(false);
  }
  tellNews();
}

void TcpChannel::finishIfDrained() {
  if (descriptor_ < 0 || !finishWanted_ || weFinished_ || resetSeen_ || !queue_.empty()) return;
  if (::shutdown(descriptor_, SHUT_WR) != 0) {
    sendError(errno == ENOTCONN ? ECONNRESET : errno);
    return;
  }
  weFinished_ = true;
  recorder_.weFinished();
  news_.weFinished = true;
  if (closing_) closeTimer_.start();
}

void TcpChannel::settle() {
  if (descriptor_ < 0) return;
  if (peerFinished_ && weFinished_) {
    recorder_.bothFinished();
    letGo(false);
  } else {
    updateNotifiers();
  }
}

void TcpChannel::updateNotifiers() {
  if (descriptor_ < 0) return;
  const bool reads = readsNow();
  readNotifier_->setEnabled(reads);
  writeNotifier_->setEnabled(!queue_.empty() && !resetSeen_);
  troubleNotifier_->setEnabled(!reads && !troubleSpent_);
}

void TcpChannel::endWithPeerReset() {
  recorder_.peerReset(unsent_);
  letGo(false);
}

void TcpChannel::fail(const Error &error) {
  recorder_.failed(error);
  news_.failure = error;
  letGo(false);
}

void TcpChannel::letGo(bool withReset) {
  closeTimer_.stop();
  for (QSocketNotifier *notifier : {readNotifier_, writeNotifier_, troubleNotifier_}) {
    notifier->setEnabled(false);
    notifier->deleteLater();
  }
  if (withReset) {
    const linger off{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &off, sizeof off);
  }
  ::close(descriptor_);
  descriptor_ = -1;
  queue_.clear();
  headSent_ = 0;
  unsent_ = 0;
  news_.over = true;
}

void TcpChannel::postNews() {
  if (newsPosted_) return;
  newsPosted_ = true;
  QMetaObject::invokeMethod(
      this,
      [this] {
        newsPosted_ = false;
        tellNews();
      },
      Qt::QueuedConnection);
}

void TcpChannel::tellNews() {
  const News news = std::exchange(news_, {});
  if (news.sent) Q_EMIT sent(unsent_);
  if (news.drained && queue_.empty()) Q_EMIT drained();
  if (news.weFinished) Q_EMIT weFinished();
  if (news.failure) Q_EMIT failed(*news.failure);
  if (news.over) Q_EMIT over();
}

}  // namespace octetscope
