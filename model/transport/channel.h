// Channel: one live TCP connection, as the program drives it. The interface; TcpChannel and SocketChannel keep it, and
// one contract test holds both to it. A channel lives in the I/O thread; its functions are called there.
#pragma once

#include "model/capture/connection.h"
#include "model/result.h"

#include <QObject>

#include <memory>

namespace octetscope {

/// What a channel can do beyond sending and receiving: asked before a control is offered.
struct ChannelAbilities {
  bool halfClose = true;    ///< the peer's FIN leaves our side usable, and ours leaves reading going on
  bool reset = true;        ///< can send RST, and tells a peer's RST from its FIN
  bool exactChunks = true;  ///< a chunk is one recv()
  QString limits = {};      ///< what it cannot do, in plain words; empty where it can do all
};

/// Records into its Connection: bytes as chunks, and events (FIN, RST, errors), stamped as they happen.
class Channel : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;

  virtual ChannelAbilities abilities() const = 0;
  virtual std::shared_ptr<Connection> connection() const = 0;

  /// Queues bytes to be sent, in order. Ignored after finishSending(), close() or reset(). They are recorded in `out`
  /// as the system takes them: each send() is a chunk.
  /// Emits nothing itself: signals come from the event loop.
  virtual void send(QByteArray bytes) = 0;
  /// Bytes queued and not yet taken by the system.
  virtual quint64 unsent() const = 0;

  /// Sends FIN once everything queued has gone out; receiving goes on.
  virtual void finishSending() = 0;
  /// FIN after the queue, then drains what the peer still sends for up to 5 seconds, then lets go.
  virtual void close() = 0;
  /// Sends RST at once; what is queued is lost, on purpose.
  virtual void reset() = 0;
  /// Lets go at once and records nothing more: the streams end as Cut. For the end of a capture or of the program.
  virtual void cut() = 0;

  static constexpr int largestReceiveSize = 16 * 1024 * 1024;
  /// Bytes offered to each recv(), 1 to largestReceiveSize. Default 8192.
  virtual void setReceiveSize(int bytes) = 0;
  /// Back-pressure: while false nothing is read, and the peer will have to wait.
  virtual void setReading(bool reading) = 0;

 Q_SIGNALS:
  /// Bytes were recorded in `in`. At most once per return to the event loop.
  void received();
  /// Bytes were recorded in `out`; `unsent` are left.
  void sent(quint64 unsent);
  /// Everything queued has gone out.
  void drained();
  /// The peer's FIN was read: no more will arrive; we may go on sending.
  void peerFinished();
  /// Our FIN went out; receiving goes on.
  void weFinished();
  /// It could not go on: over() follows. The same words stand in a Failed event.
  void failed(const octetscope::Error &error);
  /// Nothing more will happen; the events of the connection say why. Emitted once, from the event loop, and the
  /// last signal; delete the channel with deleteLater().
  void over();
};

}  // namespace octetscope
