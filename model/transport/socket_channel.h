// SocketChannel: a Channel on a QTcpSocket, for systems where TcpChannel does not work and, later, for TLS. QTcpSocket
// hides what TCP does; abilities() says plainly what this channel cannot do because of it. It owns the socket.
#pragma once

#include "model/transport/recording_channel.h"

#include <QTimer>

class QTcpSocket;

namespace octetscope {

class SocketChannel final : public RecordingChannel {
  Q_OBJECT
 public:
  /// `socket` is connected; the channel becomes its owner.
  SocketChannel(QTcpSocket *socket, std::shared_ptr<Connection> connection, bool accepted, QObject *parent = nullptr);
  ~SocketChannel() override;

  ChannelAbilities abilities() const override;
  void send(QByteArray bytes) override;
  void finishSending() override;
  void close() override;
  void reset() override;
  void cut() override;
  void setReceiveSize(int bytes) override;
  void setReading(bool reading) override;

 private:
  void readSome();
  void onWritten(qint64 bytes);
  void onDisconnected();
  void disconnectWhenDrained();
  void postPass();
  void pass();
  void fail(const Error &error);
  void letGo();

  QTcpSocket *socket_;
  QTimer closeTimer_;
  qsizetype headSent_ = 0;
  bool peerGone_ = false;
  bool over_ = false;
  bool passPosted_ = false;
};

}  // namespace octetscope
