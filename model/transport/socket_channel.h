// SocketChannel: a Channel on a QTcpSocket, for systems where TcpChannel does not work and, later, for TLS. QTcpSocket
// hides what TCP does; abilities() says plainly what this channel cannot do because of it. It owns the socket.
#pragma once

#include "model/transport/channel.h"
#include "model/transport/channel_recorder.h"

#include <QTimer>

#include <deque>

class QTcpSocket;

namespace octetscope {

class SocketChannel final : public Channel {
  Q_OBJECT
 public:
  /// `socket` is connected; the channel becomes its owner.
  SocketChannel(QTcpSocket *socket, std::shared_ptr<Connection> connection, bool accepted, QObject *parent = nullptr);
  ~SocketChannel() override;

  ChannelAbilities abilities() const override;
  std::shared_ptr<Connection> connection() const override { return recorder_.connection(); }
  void send(QByteArray bytes) override;
  quint64 unsent() const override { return unsent_; }
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

  ChannelRecorder recorder_;
  QTcpSocket *socket_;
  QTimer closeTimer_;
  std::deque<QByteArray> queue_;  // what was given to the socket and has not left it
  qsizetype headSent_ = 0;
  quint64 unsent_ = 0;
  int receiveSize_ = 8192;
  bool reading_ = true;
  bool closing_ = false;
  bool finishWanted_ = false;
  bool peerGone_ = false;
  bool over_ = false;
  bool passPosted_ = false;
};

}  // namespace octetscope
