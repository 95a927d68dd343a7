#include "model/transport/tcp_listener.h"

#include "model/transport/network_error.h"
#include "model/transport/tcp_connector.h"

#include <QHostInfo>
#include <QNetworkProxy>
#include <QTcpServer>
#include <QTcpSocket>

#ifdef Q_OS_UNIX
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace octetscope {

namespace {

constexpr int acceptRetryMs = 1000;
constexpr int backlog = 128;

/// "::ffff:1.2.3.4" is 1.2.3.4 to people.
QString plainAddress(const QHostAddress &address) {
  bool isV4 = false;
  const quint32 v4 = address.toIPv4Address(&isV4);
  return isV4 ? QHostAddress(v4).toString() : address.toString();
}

#ifdef Q_OS_UNIX
using NameOf = int (*)(int, sockaddr *, socklen_t *);

Endpoint endpointOf(qintptr descriptor, NameOf nameOf) {
  sockaddr_storage storage = {};
  socklen_t size = sizeof storage;
  auto *address = reinterpret_cast<sockaddr *>(&storage);
  if (nameOf(static_cast<int>(descriptor), address, &size) != 0) return {};
  const quint16 port = storage.ss_family == AF_INET6 ? ntohs(reinterpret_cast<sockaddr_in6 *>(&storage)->sin6_port)
                                                     : ntohs(reinterpret_cast<sockaddr_in *>(&storage)->sin_port);
  return {plainAddress(QHostAddress(address)), port};
}
#endif

}  // namespace

class TcpListener::Server final : public QTcpServer {
 public:
  explicit Server(TcpListener *listener) : QTcpServer(listener), listener_(listener) {}

 protected:
  void incomingConnection(qintptr descriptor) override { listener_->acceptDescriptor(descriptor); }

 private:
  TcpListener *const listener_;
};

TcpListener::TcpListener(MakeConnection makeConnection, QObject *parent)
    : QObject(parent), makeConnection_(std::move(makeConnection)), server_(new Server(this)), retry_(this) {
  server_->setProxy(QNetworkProxy::NoProxy);
  server_->setListenBacklogSize(backlog);
  retry_.setSingleShot(true);
  retry_.setInterval(acceptRetryMs);
  connect(&retry_, &QTimer::timeout, server_, &QTcpServer::resumeAccepting);
  connect(server_, &QTcpServer::acceptError, this, [this] {
    // The server pauses itself; what made it fail (too many open files) passes.
    retry_.start();
    Q_EMIT failed(acceptError(server_->errorString()));
  });
}

TcpListener::~TcpListener() = default;

void TcpListener::listen(const Endpoint &local) {
  wanted_ = local;
  QHostAddress literal;
  if (local.host == QLatin1String("*")) {
    bindTo({QHostAddress(QHostAddress::Any)});
  } else if (literal.setAddress(local.host)) {
    bindTo({literal});
  } else {
    lookup_ = QHostInfo::lookupHost(local.host, this, [this](const QHostInfo &info) {
      lookup_ = -1;
      if (stopped_) return;
      if (info.addresses().isEmpty()) {
        fail(listenError(QAbstractSocket::HostNotFoundError, info.errorString(), wanted_));
      } else {
        bindTo(info.addresses());
      }
    });
  }
}

void TcpListener::bindTo(const QList<QHostAddress> &addresses) {
  for (const QHostAddress &address : addresses) {
    if (server_->listen(address, wanted_.port)) {
      Q_EMIT listening({server_->serverAddress().toString(), server_->serverPort()});
      return;
    }
  }
  fail(listenError(server_->serverError(), server_->errorString(), wanted_));
}

void TcpListener::fail(const Error &error) {
  Q_EMIT failed(error);
  stop();
}

void TcpListener::stop() {
  if (std::exchange(stopped_, true)) return;
  if (lookup_ >= 0) QHostInfo::abortHostLookup(lookup_);
  retry_.stop();
  server_->close();
  Q_EMIT stopped();
}

void TcpListener::acceptDescriptor(qintptr descriptor) {
#ifdef Q_OS_UNIX
  if (stopped_) {
    ::close(static_cast<int>(descriptor));
    return;
  }
  const Endpoint from = endpointOf(descriptor, &::getpeername);
  const Endpoint to = endpointOf(descriptor, &::getsockname);
#else
  QTcpSocket socket;
  socket.setSocketDescriptor(descriptor);
  const Endpoint from{plainAddress(socket.peerAddress()), socket.peerPort()};
  const Endpoint to{plainAddress(socket.localAddress()), socket.localPort()};
#endif
  auto connection = makeConnection_(from, to);
  connection->addEvent(Event::Kind::Accepted,
                       tr("accepted from %1").arg(from.isNone() ? tr("a peer that has gone already") : from.text()));
  Q_EMIT accepted(makeChannel(descriptor, std::move(connection), true));
}

}  // namespace octetscope
