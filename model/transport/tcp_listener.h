// TcpListener: listens on one address and gives a Channel for each connection it accepts, as many at once as the system
// allows. Lives in the I/O thread.
#pragma once

#include "model/result.h"
#include "model/transport/channel.h"

#include <QHostAddress>
#include <QTimer>

#include <functional>
#include <memory>

class QHostInfo;
class QTcpServer;

namespace octetscope {

class TcpListener : public QObject {
  Q_OBJECT
 public:
  /// Makes what an accepted connection is recorded in: Capture::addConnection(), usually.
  using MakeConnection = std::function<std::shared_ptr<Connection>(Endpoint from, Endpoint to)>;

  explicit TcpListener(MakeConnection makeConnection, QObject *parent = nullptr);
  ~TcpListener() override;

  /// `local.host`: an address or a name of this machine; "*" for all its addresses. Port 0: any free one. Call it once.
  void listen(const Endpoint &local);
  /// Accepts no more. Connections that stand are not touched. stopped() follows.
  void stop();

 Q_SIGNALS:
  void listening(const octetscope::Endpoint &local);
  /// The receiver owns the channel. Its connection has its Accepted event.
  void accepted(octetscope::Channel *channel);
  /// Cannot listen (stopped() follows), or could not accept for the moment (it goes on).
  void failed(const octetscope::Error &error);
  /// Once.
  void stopped();

 private:
  class Server;
  void bindTo(const QList<QHostAddress> &addresses);
  void acceptDescriptor(qintptr descriptor);
  void fail(const Error &error);

  const MakeConnection makeConnection_;
  Endpoint wanted_;
  Server *server_;
  QTimer retry_;
  int lookup_ = -1;
  bool stopped_ = false;
};

}  // namespace octetscope
