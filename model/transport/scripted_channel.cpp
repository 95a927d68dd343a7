#include "model/transport/scripted_channel.h"

#include "model/transport/network_error.h"

namespace octetscope {

ScriptedChannel::ScriptedChannel(std::vector<ScriptStep> script, std::shared_ptr<Connection> connection,
                                 QObject *parent)
    : Channel(parent),
      recorder_(std::move(connection)),
      script_(std::move(script)),
      stepTimer_(this),
      passTimer_(this),
      closeTimer_(this) {
  for (QTimer *timer : {&stepTimer_, &passTimer_, &closeTimer_}) timer->setSingleShot(true);
  closeTimer_.setInterval(5000);
  connect(&stepTimer_, &QTimer::timeout, this, [this] {
    delayed_ = true;
    play();
  });
  connect(&passTimer_, &QTimer::timeout, this, &ScriptedChannel::pass);
  connect(&closeTimer_, &QTimer::timeout, this, [this] {
    if (over_) return;
    if (unsent_ > 0) {
      recorder_.weReset(unsent_, tr("RST sent: while closing, the peer took nothing for 5 seconds"));
    } else {
      recorder_.closed(tr("closed: the peer did not finish within 5 seconds after our FIN"));
    }
    letGo();
  });
  schedule();
}

void ScriptedChannel::proceed() {
  ++demands_;
  schedule();
}

void ScriptedChannel::schedule() {
  if (over_ || isAtEnd() || stepTimer_.isActive()) return;
  const ScriptStep &step = script_[at_];
  const bool receives = step.kind == ScriptStep::Kind::Chunk || step.kind == ScriptStep::Kind::Fin;
  if (receives && !reading_ && !closing_) return;
  if (step.kind == ScriptStep::Kind::Demand && demands_ == 0) return;
  if (step.kind == ScriptStep::Kind::Answer && taken_ < step.count) return;
  stepTimer_.start(delayed_ ? 0 : step.delayMs);
}

void ScriptedChannel::play() {
  if (over_ || isAtEnd()) return;
  const ScriptStep &step = script_[at_];
  const bool receives = step.kind == ScriptStep::Kind::Chunk || step.kind == ScriptStep::Kind::Fin;
  if (receives && !reading_ && !closing_) return;
  ++at_;
  delayed_ = false;
  switch (step.kind) {
    case ScriptStep::Kind::Chunk:
      if (!peerFinished_) receive(step.bytes);
      break;
    case ScriptStep::Kind::Fin:
      if (peerFinished_) break;
      peerFinished_ = true;
      recorder_.peerFinished();
      Q_EMIT peerFinished();
      break;
    case ScriptStep::Kind::Reset:
      recorder_.peerReset(unsent_);
      letGo();
      break;
    case ScriptStep::Kind::Stall:
      stalled_ = true;
      break;
    case ScriptStep::Kind::Take:
      stalled_ = false;
      break;
    case ScriptStep::Kind::Demand:
      --demands_;
      break;
    case ScriptStep::Kind::Answer:
      break;
  }
  passTimer_.start(0);
  schedule();
}

void ScriptedChannel::receive(QByteArrayView bytes) {
  while (!bytes.isEmpty()) {
    const QByteArrayView chunk = bytes.first(std::min<qsizetype>(receiveSize_, bytes.size()));
    if (const auto kept = recorder_.received(viewOf(chunk)); !kept) {
      const Error error = recordingError(kept.error());
      recorder_.failed(error);
      Q_EMIT failed(error);
      letGo();
      return;
    }
    bytes = bytes.sliced(chunk.size());
  }
  Q_EMIT received();
}

void ScriptedChannel::send(QByteArray bytes) {
  if (over_ || finishWanted_ || bytes.isEmpty()) return;
  unsent_ += static_cast<quint64>(bytes.size());
  queue_.push_back(std::move(bytes));
  passTimer_.start(0);
}

void ScriptedChannel::takeQueue() {
  if (stalled_ || queue_.empty()) return;
  for (const QByteArray &bytes : std::exchange(queue_, {})) {
    if (const auto kept = recorder_.sent(viewOf(bytes)); !kept) {
      const Error error = recordingError(kept.error());
      recorder_.failed(error);
      Q_EMIT failed(error);
      letGo();
      return;
    }
    taken_ += static_cast<quint64>(bytes.size());
    unsent_ -= static_cast<quint64>(bytes.size());
  }
  Q_EMIT sent(unsent_);
  if (queue_.empty() && !over_) Q_EMIT drained();
}

void ScriptedChannel::pass() {
  if (!over_) takeQueue();
  if (!over_ && finishWanted_ && !weFinished_ && queue_.empty()) {
    weFinished_ = true;
    recorder_.weFinished();
    if (closing_) closeTimer_.start();
    Q_EMIT weFinished();
  }
  if (!over_ && weFinished_ && peerFinished_) {
    recorder_.bothFinished();
    letGo();
  }
  if (over_ && !std::exchange(overTold_, true)) Q_EMIT over();
  schedule();
}

void ScriptedChannel::finishSending() {
  if (over_) return;
  finishWanted_ = true;
  passTimer_.start(0);
}

void ScriptedChannel::close() {
  if (over_ || closing_) return;
  closing_ = true;
  finishWanted_ = true;
  closeTimer_.start();
  passTimer_.start(0);
}

void ScriptedChannel::reset() {
  if (over_) return;
  recorder_.weReset(unsent_);
  letGo();
}

void ScriptedChannel::cut() {
  if (over_) return;
  recorder_.cut();
  letGo();
}

void ScriptedChannel::setReading(bool reading) {
  reading_ = reading;
  if (reading) schedule();
}

void ScriptedChannel::letGo() {
  over_ = true;
  stepTimer_.stop();
  closeTimer_.stop();
  queue_.clear();
  unsent_ = 0;
  passTimer_.start(0);
}

}  // namespace octetscope
