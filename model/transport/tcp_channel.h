// TcpChannel: a Channel on a socket descriptor of its own (Unix). QTcpSocket closes both directions when the peer
// half-closes, cannot tell FIN from RST, and merges what it reads; this does none of that: a chunk is one recv() or
// send(), FIN is recv() = 0, RST is ECONNRESET. It owns the descriptor, and keeps Channel's promises to the letter.
#pragma once

#include "model/transport/recording_channel.h"

#include <QTimer>

#include <optional>

class QSocketNotifier;

namespace octetscope {

class TcpChannel final : public RecordingChannel {
  Q_OBJECT
 public:
  /// Takes over `descriptor`: a connected TCP socket. `accepted`: the peer opened the connection. Reading begins with
  /// the event loop of the calling thread, in which it lives.
  TcpChannel(int descriptor, std::shared_ptr<Connection> connection, bool accepted, QObject *parent = nullptr);
  /// As cut(), without a signal.
  ~TcpChannel() override;

  ChannelAbilities abilities() const override { return {}; }
  void send(QByteArray bytes) override;
  void finishSending() override;
  void close() override;
  void reset() override;
  void cut() override;
  void setReading(bool reading) override;

 private:
  /// What happened and is not told yet; told from the event loop only, in this order.
  struct News {
    bool sent = false;
    bool drained = false;
    bool weFinished = false;
    std::optional<Error> failure = {};
    bool over = false;
  };

  bool readsNow() const { return !peerFinished_ && (reading_ || closing_ || resetSeen_); }
  void onReadable();
  void onWritable();
  void onTrouble();
  void onCloseTimer();
  void writeSome();
  void receiveError(int number);
  void sendError(int number);
  void finishIfDrained();
  void settle();
  void updateNotifiers();
  void endWithPeerReset();
  void fail(const Error &error);
  void letGo(bool withReset);
  void postNews();
  void tellNews();

  int descriptor_;
  QSocketNotifier *readNotifier_;
  QSocketNotifier *writeNotifier_;
  QSocketNotifier *troubleNotifier_;  // watches for RST while nothing is read
  QTimer closeTimer_;
  qsizetype headSent_ = 0;  // bytes of queue_.front() that went out
  bool weFinished_ = false;
  bool peerFinished_ = false;
  bool resetSeen_ = false;     // what was received before the RST is still read
  bool troubleSpent_ = false;  // the notifier told what it knows, and would tell it for ever
  News news_;
  bool newsPosted_ = false;
};

}  // namespace octetscope
