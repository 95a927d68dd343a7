// LiveDecoder: prints the messages of a capture as they become final, in that order, whatever connection and direction
// they belong to. Lives in the main thread; the capture is recorded by another.
#pragma once

#include "app/cli/message_output.h"
#include "model/capture/capture.h"

#include <memory>
#include <vector>

namespace octetscope::cli {

class LiveDecoder {
 public:
  /// All must outlive it. `accepted`: whether the capture's connections were accepted here, or opened.
  LiveDecoder(const Capture &capture, bool accepted, const DecodeOptions &options, MessageOutput &output);

  /// Prints what has become final since the last time. True where more is there that came too late for the order to be
  /// known: call again.
  bool advance();
  /// When to call again though nothing more was recorded: a message is final then because nothing came after it.
  /// noTime: there is none that waits for that. After advance().
  qint64 comeBackAt() const { return comeBackAt_; }
  /// The same when nothing more will be recorded.
  void finish();

 private:
  struct Source {
    std::shared_ptr<const Connection> connection;
    Direction direction;
    MessageReader reader;
    MessageSelection selection;
    bool isOver = false;

    Source(std::shared_ptr<const Connection> of, Direction which, MessageReader reads, const FilterPtr &filter)
        : connection(std::move(of)), direction(which), reader(std::move(reads)), selection(filter, reader) {}
  };
  /// When the next message of a source became final.
  struct Next {
    qint64 timeNs;
    Source *source;
    bool isRest;
  };

  void findConnections();
  void findStart();
  void label(Source &source) const;
  std::optional<Next> nextOf(Source &source) const;
  bool print(qint64 until);

  const Capture &capture_;
  const bool accepted_;
  const DecodeOptions options_;
  MessageOutput &output_;
  int known_ = 0;
  qint64 startNs_ = noTime;
  qint64 comeBackAt_ = noTime;
  std::vector<std::unique_ptr<Source>> sources_;  // those whose end was not printed yet
};

}  // namespace octetscope::cli
