// MessageOutput: the messages selected go through it to standard output; it counts them, stops at the limit, and knows
// the exit code.
#pragma once

#include "app/cli/decode_options.h"
#include "app/cli/output.h"

#include <memory>

namespace octetscope::cli {

class MessageOutput {
 public:
  /// `live`: messages in error are said on standard error, too. `columns`: where the format is CSV.
  MessageOutput(const DecodeOptions &options, bool live, const CsvColumns &columns = {});

  /// Prints a message. False where no further one will be: the limit is reached, or nobody reads.
  bool write(const MessageRecord &record);
  /// True where messages are not printed, only counted: whether their fields can be read follows from their sizes.
  bool onlyCounts() const { return !live_ && options_.format == Format::None && readableBySize_; }
  /// The same as write() for many, where onlyCounts().
  bool count(Direction direction, std::span<const Message> messages);
  /// False as above.
  bool goesOn() const { return !output_.isOver() && (!options_.limit || messages_ < *options_.limit); }
  /// What was printed leaves the program now.
  void flush() { output_.flush(); }
  /// Says a message's error on standard error, once for each place.
  void tell(const MessageRecord &record);
  /// What of the stream could not be joined for the framing inside (MessageReader::takeTroubles()): said, and part of
  /// the exit code.
  void tellTroubles(const StreamLabel &label, const QStringList &troubles);
  /// Something failed: said, and part of the exit code.
  void fail(const Error &error);

  /// Prints what still has to be, and the totals; gives the exit code.
  int finish();

  Output &output() { return output_; }

 private:
  const DecodeOptions options_;
  const bool live_;
  Output output_;
  std::unique_ptr<MessageWriter> writer_;
  bool begun_ = false;
  bool readableBySize_ = true;  // whether fields can be read follows from the sizes of payloads
  bool failed_ = false;
  bool notJoined_ = false;
  quint64 messages_ = 0;
  std::array<quint64, 3> byStatus_ = {};
  quint64 unreadable_ = 0;
  quint64 bytes_ = 0;
  quint64 payloadBytes_ = 0;
  QList<std::array<quint64, 3>> told_;  // connection, direction, offset of errors that were said
};

}  // namespace octetscope::cli
