#include "app/cli/live_session.h"

#include <QCoreApplication>

namespace octetscope::cli {

LiveSession::LiveSession(const DecodeOptions &options, bool accepted)
    : capture_(QString()), output_(options, true), decoder_(capture_, accepted, options, output_) {
  again_.setSingleShot(true);
  again_.setTimerType(Qt::PreciseTimer);
  connect(&again_, &QTimer::timeout, this, &LiveSession::advance);
  connect(&hub_, &NetworkHub::activity, this, &LiveSession::advance);
  // The end of a connection may be told by its state alone.
  connect(&hub_, &NetworkHub::connectionAdded, this, [this](LiveConnection *connection) {
    connect(connection, &LiveConnection::stateChanged, this, &LiveSession::advance);
  });
  connect(&interrupt_, &Interrupt::interrupted, this, &LiveSession::end);
}

LiveSession::~LiveSession() {
  hub_.release(&capture_);
}

void LiveSession::advance() {
  if (ended_) return;
  if (decoder_.advance()) {
    again_.start(0);
  } else if (const qint64 at = decoder_.comeBackAt(); at != noTime) {
    again_.start(capture_.clock().millisecondsUntil(at));
  }
  // The limit was reached, or nobody reads any more.
  if (!output_.goesOn()) end();
}

void LiveSession::end() {
  if (std::exchange(ended_, true)) return;
  hub_.stopAll();
  decoder_.finish();
  QCoreApplication::quit();
}

void LiveSession::endWith(LiveConnection *connection) {
  connect(connection, &LiveConnection::stateChanged, this, [this](LinkState state) {
    if (state == LinkState::Over) end();
  });
}

int LiveSession::exec() {
  interrupt_.watch();
  if (!ended_) QCoreApplication::exec();
  return output_.finish();
}

}  // namespace octetscope::cli
