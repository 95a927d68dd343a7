// LiveSession: what every live command has: a capture, the network, the printing of what arrives, and a clean end on
// SIGINT and SIGTERM.
#pragma once

#include "app/cli/interrupt.h"
#include "app/cli/live_decoder.h"
#include "model/transport/network_hub.h"

#include <QTimer>

namespace octetscope::cli {

class LiveSession : public QObject {
  Q_OBJECT
 public:
  /// `accepted`: whether the connections printed were accepted here, or opened.
  LiveSession(const DecodeOptions &options, bool accepted);
  ~LiveSession() override;

  NetworkHub &hub() { return hub_; }
  Capture &capture() { return capture_; }
  MessageOutput &output() { return output_; }

  /// Prints what is there up to now.
  void advance();
  /// Something failed: said, and part of the exit code.
  void fail(const Error &error) { output_.fail(error); }
  /// Ends every connection, prints what is left and lets exec() return.
  void end();
  /// The same once nothing is under way any more: `connection` is over.
  void endWith(LiveConnection *connection);

  bool hasEnded() const { return ended_; }

  /// Runs until end(); gives the exit code.
  int exec();

 private:
  Interrupt interrupt_;  // before the hub: its thread must not take the signals
  Capture capture_;
  NetworkHub hub_;
  MessageOutput output_;
  LiveDecoder decoder_;
  QTimer again_;
  bool ended_ = false;
};

}  // namespace octetscope::cli
