// Wire: one Channel in the test's own thread, connected to a plain Python peer over loopback.
#pragma once

#include "model/capture/capture.h"
#include "model/transport/socket_channel.h"
#include "model/transport/tcp_connector.h"
#include "model/transport/tcp_listener.h"
#include "tests/support/live_test.h"
#include "tests/support/python_peer.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>

#include <memory>
#include <tuple>

namespace octetscope::test {

class Wire {
 public:
  enum class Python { Serves, Connects };
  enum class Kind { Tcp, Socket };

  Wire(Python role, const QStringList &behaviour, Kind kind = Kind::Tcp,
       const QString &host = QStringLiteral("127.0.0.1")) {
    if (role == Python::Serves) {
      start({QStringLiteral("listen"), QStringLiteral("--host"), host}, behaviour);
      const quint16 port = python->port();
      if (kind == Kind::Socket) {
        connection = capture.addConnection({}, {host, port});
        auto *socket = new QTcpSocket;
        socket->connectToHost(host, port);
        if (QTest::qWaitFor([&] { return socket->state() == QAbstractSocket::ConnectedState; }, 60'000)) {
          use(new SocketChannel(socket, connection, false));
        } else {
          delete socket;
        }
        return;
      }
      connection = capture.addConnection({}, {host, port});
      TcpConnector connector({.peer = {host, port}}, connection);
      QObject::connect(&connector, &TcpConnector::connected, &connector, [this](Channel *made) { use(made); });
      connector.start();
      waitForChannel();
      return;
    }
    TcpListener listener(
        [this](Endpoint from, Endpoint to) { return capture.addConnection(std::move(from), std::move(to)); });
    quint16 port = 0;
    QObject::connect(&listener, &TcpListener::listening, &listener, [&](const Endpoint &at) { port = at.port; });
    QObject::connect(&listener, &TcpListener::accepted, &listener, [this](Channel *made) {
      connection = made->connection();
      use(made);
    });
    listener.listen({host, 0});
    start({QStringLiteral("connect"), QStringLiteral("--host"), host, QString::number(port)}, behaviour);
    waitForChannel();
  }

  /// Sends `command` to a peer that obeys; its answer.
  QByteArray order(const QByteArray &command) {
    python->tell(command);
    return python->line();
  }
  bool waitOver(int timeoutMs = 60'000) {
    return QTest::qWaitFor([this] { return overs > 0; }, timeoutMs);
  }
  QByteArray in() const { return bytesOf(*connection, Direction::In); }
  QByteArray out() const { return bytesOf(*connection, Direction::Out); }

  Capture capture{QStringLiteral("test")};
  std::shared_ptr<Connection> connection;
  std::unique_ptr<PythonPeer> python;
  std::unique_ptr<Channel> channel;
  int overs = 0;
  QStringList signalsSeen;  // in order, equal neighbours once

 private:
  /// Where it does not come, `channel` stays empty, which every test looks at first.
  void waitForChannel() {
    std::ignore = QTest::qWaitFor([this] { return channel != nullptr; }, 60'000);
  }
  void start(QStringList role, const QStringList &behaviour) {
    python = std::make_unique<PythonPeer>(QStringLiteral("tcp_peer.py"), role + behaviour);
  }
  void saw(const char *name) {
    const QString text = QString::fromLatin1(name);
    if (signalsSeen.isEmpty() || signalsSeen.last() != text) signalsSeen.append(text);
  }
  void use(Channel *made) {
    channel.reset(made);
    QObject::connect(made, &Channel::received, made, [this] { saw("received"); });
    QObject::connect(made, &Channel::peerFinished, made, [this] { saw("peerFinished"); });
    QObject::connect(made, &Channel::weFinished, made, [this] { saw("weFinished"); });
    QObject::connect(made, &Channel::failed, made, [this] { saw("failed"); });
    QObject::connect(made, &Channel::over, made, [this] {
      saw("over");
      ++overs;
    });
  }
};

}  // namespace octetscope::test
