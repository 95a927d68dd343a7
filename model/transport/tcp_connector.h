// TcpConnector: opens one TCP connection: finds the addresses of a name, tries them in order within one time limit, and
// gives a Channel. It records the events of the way there into the Connection. Lives in the I/O thread.
#pragma once

#include "model/result.h"
#include "model/transport/channel.h"

#include <QElapsedTimer>
#include <QHostAddress>
#include <QTimer>

#include <memory>

class QHostInfo;
class QTcpSocket;

namespace octetscope {

/// A Channel for a connected descriptor, which it takes over: TcpChannel where the system has what it needs (Unix),
/// SocketChannel elsewhere.
Channel *makeChannel(qintptr descriptor, std::shared_ptr<Connection> connection, bool accepted);

class TcpConnector : public QObject {
  Q_OBJECT
 public:
  struct Target {
    Endpoint peer;           ///< a name, an IPv4 or an IPv6 address (with %scope), and a port > 0
    QString bindHost = {};   ///< an address of this machine; empty: the system's choice
    int timeoutMs = 10'000;  ///< for all of it, > 0
  };

  TcpConnector(Target target, std::shared_ptr<Connection> connection, QObject *parent = nullptr);
  ~TcpConnector() override;

  void start();
  /// Gives up: the connection is over; neither signal comes.
  void cancel();

 Q_SIGNALS:
  // One of the two, once, from the event loop.
  /// The receiver owns the channel. Its connection has its endpoints and its Connected event.
  void connected(octetscope::Channel *channel);
  void failed(const octetscope::Error &error);

 private:
  void lookedUp(const QHostInfo &info);
  void tryNext();
  void socketConnected();
  void socketFailed(int error, const QString &systemWords);
  void fail(const Error &error);
  void endSocket();

  const Target target_;
  const std::shared_ptr<Connection> connection_;
  QList<QHostAddress> addresses_;
  QHostAddress bindAddress_;
  qsizetype at_ = 0;  // the next address to try
  Error lastError_;
  QTcpSocket *socket_ = nullptr;
  QTimer timer_;
  QElapsedTimer elapsed_;
  int lookup_ = -1;
  bool done_ = false;
};

}  // namespace octetscope
