#include "model/transport/socket_channel.h"

#include "model/transport/network_error.h"

#include <QTcpSocket>

namespace octetscope {

namespace {

constexpr quint64 mostBytes = 512 * 1024;
constexpr int mostCalls = 64;
constexpr int closeWaitMs = 5000;
constexpr int largestReceiveSize = 16 * 1024 * 1024;

}  // namespace

SocketChannel::SocketChannel(QTcpSocket *socket, std::shared_ptr<Connection> connection, bool accepted, QObject *parent)
    : Channel(parent), recorder_(std::move(connection)), socket_(socket), closeTimer_(this) {
  recorder_.setAccepted(accepted);
  socket_->setParent(this);
  socket_->setSocketOption(QAbstractSocket::LowDelayOption, 1);
  // The socket buffers no more than one read, so that not reading is back-pressure.
  socket_->setReadBufferSize(receiveSize_);
  connect(socket_, &QTcpSocket::readyRead, this, &SocketChannel::postPass);
  connect(socket_, &QTcpSocket::bytesWritten, this, &SocketChannel::onWritten);
  connect(socket_, &QTcpSocket::disconnected, this, &SocketChannel::onDisconnected);
  closeTimer_.setSingleShot(true);
  closeTimer_.setInterval(closeWaitMs);
  connect(&closeTimer_, &QTimer::timeout, this, [this] {
    if (over_) return;
    recorder_.closed(
        unsent_ > 0 ? tr("closed: the peer took nothing for 5 seconds; %1 not sent are lost").arg(bytesText(unsent_))
                    : tr("closed: the peer did not finish within 5 seconds"));
    letGo();
  });
  postPass();
}

SocketChannel::~SocketChannel() {
  socket_->disconnect(this);
  if (over_) return;
  recorder_.cut();
  socket_->abort();
}

ChannelAbilities SocketChannel::abilities() const {
  return {.halfClose = false,
          .reset = false,
          .exactChunks = false,
          .limits = tr("This kind of connection cannot half-close: when either side finishes, both directions end. It "
                       "cannot send RST, nor tell the peer's RST from its FIN. A chunk is what one read of its buffer "
                       "gave, which may hold several that arrived.")};
}

void SocketChannel::send(QByteArray bytes) {
  if (over_ || peerGone_ || finishWanted_ || bytes.isEmpty()) return;
  unsent_ += static_cast<quint64>(bytes.size());
  queue_.push_back(bytes);
  socket_->write(bytes);
}

void SocketChannel::onWritten(qint64 bytes) {
  if (over_) return;
  while (bytes > 0 && !queue_.empty()) {
    const QByteArrayView head = queue_.front();
    const qsizetype part = std::min<qsizetype>(bytes, head.size() - headSent_);
    if (const auto kept = recorder_.sent(viewOf(head.sliced(headSent_, part))); !kept) {
      fail(recordingError(kept.error()));
      return;
    }
    bytes -= part;
    unsent_ -= static_cast<quint64>(part);
    headSent_ += part;
    if (headSent_ == head.size()) {
      queue_.pop_front();
      headSent_ = 0;
    }
  }
  if (closing_) closeTimer_.start();
  Q_EMIT sent(unsent_);
  if (unsent_ == 0) Q_EMIT drained();
  disconnectWhenDrained();
}

void SocketChannel::finishSending() {
  if (over_ || finishWanted_) return;
  finishWanted_ = true;
  postPass();
}

void SocketChannel::close() {
  if (over_ || closing_) return;
  closing_ = true;
  finishWanted_ = true;
  closeTimer_.start();
  postPass();
}

void SocketChannel::reset() {
  if (over_) return;
  recorder_.weReset(unsent_,
                    tr("broken off: this kind of connection cannot send RST, so the system chose what to send"));
  letGo();
}

void SocketChannel::cut() {
  if (over_) return;
  recorder_.cut();
  letGo();
}

void SocketChannel::setReceiveSize(int bytes) {
  receiveSize_ = std::clamp(bytes, 1, largestReceiveSize);
  socket_->setReadBufferSize(receiveSize_);
}

void SocketChannel::setReading(bool reading) {
  reading_ = reading;
  if (reading) postPass();
}

void SocketChannel::readSome() {
  bool any = false;
  quint64 bytes = 0;
  for (int calls = 0; calls < mostCalls && bytes < mostBytes; ++calls) {
    if (over_ || !(reading_ || closing_ || peerGone_) || socket_->bytesAvailable() == 0) break;
    const auto room = recorder_.in().reserve(static_cast<quint64>(receiveSize_));
    if (!room) {
      fail(recordingError(room.error()));
      break;
    }
    const qint64 count = socket_->read(reinterpret_cast<char *>(room->data()), receiveSize_);
    if (count <= 0) break;
    if (const auto kept = recorder_.received(static_cast<quint64>(count)); !kept) {
      fail(recordingError(kept.error()));
      break;
    }
    any = true;
    bytes += static_cast<quint64>(count);
  }
  if (any) Q_EMIT received();
  if (!over_ && (reading_ || closing_ || peerGone_) && socket_->bytesAvailable() > 0) postPass();
}

void SocketChannel::onDisconnected() {
  peerGone_ = true;
  postPass();
}

void SocketChannel::disconnectWhenDrained() {
  if (over_ || peerGone_ || !finishWanted_ || unsent_ > 0) return;
  // What has arrived up to now is read; QTcpSocket gives nothing after this.
  if (socket_->bytesAvailable() > 0) return;
  if (socket_->state() != QAbstractSocket::ConnectedState) return;
  recorder_.weFinished(tr("FIN sent: this kind of connection ends both directions with it"));
  socket_->disconnect(this);
  socket_->disconnectFromHost();
  Q_EMIT weFinished();
  if (over_) return;
  recorder_.closed(tr("closed: we have finished"));
  letGo();
}

void SocketChannel::postPass() {
  if (passPosted_ || over_) return;
  passPosted_ = true;
  QMetaObject::invokeMethod(
      this,
      [this] {
        passPosted_ = false;
        pass();
      },
      Qt::QueuedConnection);
}

void SocketChannel::pass() {
  if (over_) return;
  readSome();
  if (over_) return;
  disconnectWhenDrained();
  if (over_ || !peerGone_ || socket_->bytesAvailable() > 0) return;
  recorder_.peerFinished(tr("the peer ended the connection (FIN or RST: this kind of connection cannot tell)"));
  Q_EMIT peerFinished();
  if (over_) return;
  recorder_.closed(unsent_ > 0
                       ? tr("closed: both directions end with the peer's; %1 not sent are lost").arg(bytesText(unsent_))
                       : tr("closed: both directions end with the peer's"));
  letGo();
}

void SocketChannel::fail(const Error &error) {
  recorder_.failed(error);
  QMetaObject::invokeMethod(this, [this, error] { Q_EMIT failed(error); }, Qt::QueuedConnection);
  letGo();
}

void SocketChannel::letGo() {
  over_ = true;
  closeTimer_.stop();
  socket_->disconnect(this);
  // A socket that still sends what it was given, or waits for the system to, ends by itself.
  if (socket_->state() != QAbstractSocket::ClosingState) socket_->abort();
  queue_.clear();
  unsent_ = 0;
  QMetaObject::invokeMethod(this, [this] { Q_EMIT over(); }, Qt::QueuedConnection);
}

}  // namespace octetscope
