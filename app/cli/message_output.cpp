#include "app/cli/message_output.h"

namespace octetscope::cli {

using namespace Qt::StringLiterals;

namespace {

std::unique_ptr<MessageWriter> writerFor(const DecodeOptions &options, const CsvColumns &columns) {
  switch (options.format) {
    case Format::JsonLines:
      return jsonLinesWriter(options.writerOptions());
    case Format::Csv:
      return csvWriter(options.writerOptions(), columns);
    case Format::None:
      return nullWriter(options.writerOptions());
    case Format::Text:
      break;
  }
  return textWriter(options.writerOptions(), options.colours);
}

}  // namespace

MessageOutput::MessageOutput(const DecodeOptions &options, bool live, const CsvColumns &columns)
    : options_(options), live_(live), writer_(writerFor(options, columns)) {
  for (const FramerPtr &framer : options.framers) {
    if (framer->inner() || framer->joinedBy() || framer->fields()) readableBySize_ = false;
  }
}

bool MessageOutput::write(const MessageRecord &record) {
  if (!goesOn()) return false;
  if (!begun_) writer_->begin(output_.buffer());
  begun_ = true;
  if (!writer_->write(output_.buffer(), record)) ++unreadable_;
  output_.buffer().flushWhereFull();
  ++messages_;
  ++byStatus_[static_cast<std::size_t>(record.message.status)];
  bytes_ += record.message.size;
  payloadBytes_ += record.message.status == Status::Error ? 0 : record.message.payloadSize;
  if (live_ && record.message.status == Status::Error) tell(record);
  return goesOn();
}

bool MessageOutput::count(Direction direction, std::span<const Message> messages) {
  if (options_.limit) messages = messages.first(std::min<std::size_t>(messages.size(), *options_.limit - messages_));
  messages_ += messages.size();
  const auto &layout = options_.layouts[static_cast<std::size_t>(direction)];
  const quint64 needed = layout ? layout->size() : 0;
  for (const Message &message : messages) {
    if (message.status != Status::Error && message.payloadSize < needed) ++unreadable_;
    ++byStatus_[static_cast<std::size_t>(message.status)];
    bytes_ += message.size;
    payloadBytes_ += message.status == Status::Error ? 0 : message.payloadSize;
  }
  return goesOn();
}

void MessageOutput::tell(const MessageRecord &record) {
  const std::array<quint64, 3> place{static_cast<quint64>(record.label.connection),
                                     static_cast<quint64>(record.label.direction), record.message.offset};
  if (told_.contains(place)) return;
  told_.append(place);
  if (told_.size() > 64) told_.removeFirst();
  say(u"connection %1 %2, message %3 at byte %4: %5"_s.arg(
      QString::number(record.label.connection), record.label.direction == Direction::In ? u"in"_s : u"out"_s,
      QString::number(record.index), QString::number(record.message.offset), record.verdict().error));
}

void MessageOutput::tellTroubles(const StreamLabel &label, const QStringList &troubles) {
  for (const QString &trouble : troubles) {
    notJoined_ = true;
    say(u"connection %1 %2, %3"_s.arg(QString::number(label.connection),
                                      label.direction == Direction::In ? u"in"_s : u"out"_s, trouble));
  }
}

void MessageOutput::fail(const Error &error) {
  failed_ = true;
  say(error.line());
}

int MessageOutput::finish() {
  // A command that could do nothing prints nothing.
  if (!begun_ && !failed_) writer_->begin(output_.buffer());
  output_.flush();
  if (output_.isClosed()) return Whole;
  if (options_.stats) {
    say(u"%1 messages, %2 complete, %3 incomplete, %4 in error; %5 with fields that could not be read; %6 bytes, "
        "%7 of them payload"_s.arg(QString::number(messages_), QString::number(byStatus_[0]),
                                   QString::number(byStatus_[1]), QString::number(byStatus_[2]),
                                   QString::number(unreadable_), QString::number(bytes_),
                                   QString::number(payloadBytes_)));
  }
  const bool somethingFailed = failed_ || output_.hasFailed();
  if (somethingFailed && (messages_ == 0 || (output_.hasFailed() && !output_.hasWritten()))) return Nothing;
  return somethingFailed || notJoined_ || byStatus_[1] + byStatus_[2] + unreadable_ > 0 ? Incomplete : Whole;
}

}  // namespace octetscope::cli
