// ScriptedChannel: a Channel without a network: its peer is a script of chunks, pauses, FIN and RST. For lessons and
// tests: what arrives, and how it is cut, is exactly what the script says. Keeps Channel's promises; what is sent is
// recorded and taken at once, unless the script says that the peer takes nothing.
#pragma once

#include "model/transport/recording_channel.h"

#include <QTimer>

#include <vector>

namespace octetscope {

struct ScriptStep {
  enum class Kind : quint8 {
    Chunk,   ///< `bytes` arrive at once, as one chunk (cut where the receive size is smaller)
    Fin,     ///< the peer's FIN; after ours the channel is over
    Reset,   ///< the peer's RST
    Stall,   ///< from here on the peer takes nothing that is sent
    Take,    ///< from here on it takes everything again
    Demand,  ///< waits for proceed()
    Answer,  ///< waits until `count` bytes in all were taken from us
  };
  Kind kind = Kind::Chunk;
  QByteArray bytes = {};
  int delayMs = 0;  ///< before the step; 0: as soon as the event loop comes to it
  quint64 count = 0;

  static ScriptStep chunk(QByteArray bytes, int delayMs = 0) { return {Kind::Chunk, std::move(bytes), delayMs}; }
  static ScriptStep fin(int delayMs = 0) { return {Kind::Fin, {}, delayMs}; }
  static ScriptStep reset(int delayMs = 0) { return {Kind::Reset, {}, delayMs}; }
  static ScriptStep stall() { return {Kind::Stall}; }
  static ScriptStep take() { return {Kind::Take}; }
  static ScriptStep demand() { return {Kind::Demand}; }
  static ScriptStep answer(quint64 count) { return {Kind::Answer, {}, 0, count}; }
};

class ScriptedChannel final : public RecordingChannel {
  Q_OBJECT
 public:
  ScriptedChannel(std::vector<ScriptStep> script, std::shared_ptr<Connection> connection, QObject *parent = nullptr);

  /// Goes on after a Demand step; also one that is still to come.
  void proceed();
  /// True once every step was played.
  bool isAtEnd() const { return at_ == script_.size(); }

  ChannelAbilities abilities() const override { return {}; }
  void send(QByteArray bytes) override;
  void finishSending() override;
  void close() override;
  void reset() override;
  void cut() override;
  void setReading(bool reading) override;

 private:
  void play();
  void schedule();
  void receive(QByteArrayView bytes);
  void pass();
  void takeQueue();
  void letGo();

  const std::vector<ScriptStep> script_;
  std::size_t at_ = 0;
  bool delayed_ = false;  // the pause before the step at at_ is over
  int demands_ = 0;
  QTimer stepTimer_;
  QTimer passTimer_;
  QTimer closeTimer_;
  quint64 taken_ = 0;
  bool stalled_ = false;
  bool weFinished_ = false;
  bool peerFinished_ = false;
  bool over_ = false;
  bool overTold_ = false;
};

}  // namespace octetscope
