// RecordingChannel: what every kind of Channel has: its recorder, what waits to be sent, and what it was told to do.
// How bytes come and go, and what is told when, is each kind's own.
#pragma once

#include "model/transport/channel.h"
#include "model/transport/channel_recorder.h"

#include <algorithm>
#include <deque>

namespace octetscope {

class RecordingChannel : public Channel {
  Q_OBJECT
 public:
  /// How long close() waits: for the peer to take anything, and then, after our FIN, for its FIN. Milliseconds.
  static constexpr int closeWaitMs = 5000;

  std::shared_ptr<Connection> connection() const final { return recorder_.connection(); }
  quint64 unsent() const final { return unsent_; }
  void setReceiveSize(int bytes) override { receiveSize_ = std::clamp(bytes, 1, largestReceiveSize); }

 protected:
  RecordingChannel(std::shared_ptr<Connection> connection, QObject *parent)
      : Channel(parent), recorder_(std::move(connection)) {}

  ChannelRecorder recorder_;
  std::deque<QByteArray> queue_;  // what the system has not taken, or not wholly
  quint64 unsent_ = 0;            // bytes of it
  int receiveSize_ = 8192;
  bool reading_ = true;
  bool closing_ = false;
  bool finishWanted_ = false;
};

}  // namespace octetscope
