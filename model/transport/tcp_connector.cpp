#include "model/transport/tcp_connector.h"

#include "model/transport/network_error.h"
#ifdef Q_OS_UNIX
#include "model/transport/tcp_channel.h"

#include <fcntl.h>
#else
#include "model/transport/socket_channel.h"
#endif

#include <QHostInfo>
#include <QNetworkProxy>
#include <QTcpSocket>

namespace octetscope {

Channel *makeChannel(qintptr descriptor, std::shared_ptr<Connection> connection, bool accepted) {
#ifdef Q_OS_UNIX
  return new TcpChannel(static_cast<int>(descriptor), std::move(connection), accepted);
#else
  auto *socket = new QTcpSocket;
  socket->setSocketDescriptor(descriptor);
  return new SocketChannel(socket, std::move(connection), accepted);
#endif
}

TcpConnector::TcpConnector(Target target, std::shared_ptr<Connection> connection, QObject *parent)
    : QObject(parent), target_(std::move(target)), connection_(std::move(connection)), timer_(this) {
  timer_.setSingleShot(true);
  timer_.setTimerType(Qt::PreciseTimer);  // a coarse one may be 5 % early
  connect(&timer_, &QTimer::timeout, this,
          [this] { socketFailed(QAbstractSocket::SocketTimeoutError, tr("time is up")); });
}

TcpConnector::~TcpConnector() {
  cancel();
}

void TcpConnector::start() {
  elapsed_.start();
  timer_.start(target_.timeoutMs);
  connection_->addEvent(Event::Kind::Connecting, tr("connecting to %1").arg(target_.peer.text()));
  if (!target_.bindHost.isEmpty() && !bindAddress_.setAddress(target_.bindHost)) {
    const Error error{tr("cannot connect from %1: it is no IP address").arg(target_.bindHost),
                      tr("give an address of this machine, like 127.0.0.1, or none to let the system choose")};
    QMetaObject::invokeMethod(this, [this, error] { fail(error); }, Qt::QueuedConnection);
    return;
  }
  QHostAddress literal;
  if (literal.setAddress(target_.peer.host)) {
    addresses_ = {literal};
    QMetaObject::invokeMethod(this, &TcpConnector::tryNext, Qt::QueuedConnection);
  } else {
    lookup_ = QHostInfo::lookupHost(target_.peer.host, this, &TcpConnector::lookedUp);
  }
}

void TcpConnector::cancel() {
  if (std::exchange(done_, true)) return;
  if (lookup_ >= 0) QHostInfo::abortHostLookup(lookup_);
  timer_.stop();
  endSocket();
  const qint64 now = connection_->clock().stamp();
  connection_->stream(Direction::In).finish(StreamEnd::Cut, now);
  connection_->stream(Direction::Out).finish(StreamEnd::Cut, now);
  connection_->addEvent(Event::Kind::Closed, tr("given up before it was connected"));
  connection_->setOver();
}

void TcpConnector::lookedUp(const QHostInfo &info) {
  lookup_ = -1;
  if (done_) return;
  addresses_ = info.addresses();
  if (info.error() != QHostInfo::NoError || addresses_.isEmpty()) {
    fail(connectError(QAbstractSocket::HostNotFoundError, info.errorString(), target_.peer));
    return;
  }
  tryNext();
}

void TcpConnector::tryNext() {
  if (done_) return;
  // From an IPv4 address only IPv4 can be reached, and the other way round.
  while (at_ < addresses_.size() && !bindAddress_.isNull() && addresses_[at_].protocol() != bindAddress_.protocol()) {
    ++at_;
  }
  if (at_ == addresses_.size()) {
    if (lastError_.what.isEmpty()) {
      lastError_ = {tr("%1 has no address of the kind of %2").arg(target_.peer.host, target_.bindHost),
                    tr("connect from an address of the same kind (IPv4 or IPv6), or let the system choose")};
    }
    fail(lastError_);
    return;
  }
  // What time is left is shared by the addresses that are left: one that never answers must not use up all of it.
  const qint64 left = std::max<qint64>(target_.timeoutMs - elapsed_.elapsed(), 1);
  timer_.start(static_cast<int>(std::max<qint64>(left / (addresses_.size() - at_), 1)));
  const QHostAddress address = addresses_[at_++];
  socket_ = new QTcpSocket(this);
  socket_->setProxy(QNetworkProxy::NoProxy);
  if (!bindAddress_.isNull() && !socket_->bind(bindAddress_)) {
    fail(bindError(socket_->error(), socket_->errorString(), target_.bindHost));
    return;
  }
  connect(socket_, &QTcpSocket::connected, this, &TcpConnector::socketConnected);
  connect(socket_, &QTcpSocket::errorOccurred, this,
          [this](QAbstractSocket::SocketError error) { socketFailed(error, socket_->errorString()); });
  socket_->connectToHost(address, target_.peer.port);
}

void TcpConnector::socketConnected() {
  const Endpoint local{socket_->localAddress().toString(), socket_->localPort()};
  const Endpoint peer{socket_->peerAddress().toString(), socket_->peerPort()};
#ifdef Q_OS_UNIX
  // Nothing goes out when the socket is aborted, while the duplicate is open.
  const int descriptor = ::fcntl(static_cast<int>(socket_->socketDescriptor()), F_DUPFD_CLOEXEC, 3);
  if (descriptor < 0) {
    fail(connectError(QAbstractSocket::SocketResourceError, {}, target_.peer));
    return;
  }
  done_ = true;
  timer_.stop();
  endSocket();
  connection_->setEndpoints(local, peer);
  connection_->addEvent(Event::Kind::Connected, tr("connected to %1 from %2").arg(peer.text(), local.text()));
  Q_EMIT connected(makeChannel(descriptor, connection_, false));
#else
  done_ = true;
  timer_.stop();
  QTcpSocket *socket = std::exchange(socket_, nullptr);
  socket->disconnect(this);
  socket->setParent(nullptr);
  connection_->setEndpoints(local, peer);
  connection_->addEvent(Event::Kind::Connected, tr("connected to %1 from %2").arg(peer.text(), local.text()));
  Q_EMIT connected(new SocketChannel(socket, connection_, false));
#endif
}

void TcpConnector::socketFailed(int error, const QString &systemWords) {
  if (done_) return;
  if (lookup_ >= 0) {
    QHostInfo::abortHostLookup(lookup_);
    lookup_ = -1;
    fail({tr("the name %1 was not found within the time allowed").arg(target_.peer.host),
          tr("check the name and the network, or give the IP address")});
    return;
  }
  const QHostAddress address = addresses_[at_ - 1];
  endSocket();
  // The name is what the user knows; the address is what was tried.
  const Endpoint tried{address.toString(), target_.peer.port};
  const bool timeUp = elapsed_.elapsed() >= target_.timeoutMs;
  lastError_ = connectError(static_cast<QAbstractSocket::SocketError>(error), systemWords,
                            addresses_.size() > 1 ? target_.peer : tried, target_.timeoutMs);
  if (addresses_.size() > 1) {
    connection_->addEvent(
        Event::Kind::Note,
        connectError(static_cast<QAbstractSocket::SocketError>(error), systemWords, tried, elapsed_.elapsed()).what);
  }
  if (timeUp) {
    fail(lastError_);
  } else {
    tryNext();
  }
}

void TcpConnector::fail(const Error &error) {
  if (std::exchange(done_, true)) return;
  timer_.stop();
  endSocket();
  const qint64 now = connection_->clock().stamp();
  connection_->stream(Direction::In).finish(StreamEnd::Cut, now);
  connection_->stream(Direction::Out).finish(StreamEnd::Cut, now);
  connection_->addEvent(Event::Kind::Failed, error.line());
  connection_->setOver();
  Q_EMIT failed(error);
}

void TcpConnector::endSocket() {
  if (!socket_) return;
  QTcpSocket *socket = std::exchange(socket_, nullptr);
  socket->disconnect(this);
  socket->abort();
  socket->deleteLater();
}

}  // namespace octetscope
