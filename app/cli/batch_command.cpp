// batch: JSON Lines requests on standard input, answered one line each, in order: thousands of cases in one process.
#include "app/cli/batch_decode.h"
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "model/structs/pack_request.h"

#include <cerrno>
#include <cstring>

#include <unistd.h>

namespace octetscope::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype readSize = 256 * 1024;
constexpr qsizetype mostLine = 1 << 30;  // bytes; a longer request is answered with an error

QByteArray answer(QByteArrayView line) {
  const auto request = parseJson(line);
  if (!request) return errorAnswer(request.error().line());
  if (isPackRequest(*request)) return answerPackRequest(*request);
  if (isDecodeRequest(*request)) return answerDecodeRequest(*request);
  return errorAnswer(u"do must be calcsize, unpack, pack or decode"_s);
}

/// Takes lines from what comes in pieces.
class Lines {
 public:
  void add(QByteArrayView bytes) {
    buffer_.append(bytes);
    if (buffer_.size() - begin_ > mostLine && buffer_.indexOf('\n', searched_) < 0) {
      // Its beginning is not needed to refuse it.
      buffer_.truncate(begin_);
      searched_ = begin_;
      isTooLong_ = true;
    }
  }
  /// The next whole line; at the end of the input also one without its end. None: there is none.
  std::optional<QByteArrayView> next(bool atEnd) {
    qsizetype end = buffer_.indexOf('\n', searched_);
    if (end < 0) {
      searched_ = buffer_.size();
      if (!atEnd || begin_ == buffer_.size()) {
        buffer_.remove(0, begin_);
        searched_ -= begin_;
        begin_ = 0;
        return std::nullopt;
      }
      end = buffer_.size();
    }
    const QByteArrayView line = QByteArrayView(buffer_).sliced(begin_, end - begin_);
    begin_ = searched_ = std::min(end + 1, buffer_.size());
    return line;
  }
  bool takeTooLong() { return std::exchange(isTooLong_, false); }

 private:
  QByteArray buffer_;
  qsizetype begin_ = 0;
  qsizetype searched_ = 0;
  bool isTooLong_ = false;
};

int run(const Arguments &arguments) {
  if (!arguments.positional().isEmpty()) {
    return refuse({u"batch takes no %1"_s.arg(arguments.positional()[0]), u"write requests to standard input"_s});
  }
  Output output;
  Lines lines;
  QByteArray buffer(readSize, Qt::Uninitialized);
  bool atEnd = false;
  while (!atEnd && !output.isOver()) {
    const ssize_t size = ::read(STDIN_FILENO, buffer.data(), readSize);
    if (size < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (size < 0) {
      say(u"cannot read standard input (%1): check what it is"_s.arg(QString::fromLocal8Bit(std::strerror(errno))));
      return output.hasWritten() ? Incomplete : Nothing;
    }
    atEnd = size == 0;
    lines.add({buffer.constData(), size});
    while (const auto line = lines.next(atEnd)) {
      const QByteArray words =
          lines.takeTooLong() ? errorAnswer(u"the request has more than %1 bytes"_s.arg(mostLine)) : answer(*line);
      output.buffer().append({words.constData(), static_cast<std::size_t>(words.size())});
      output.buffer().append('\n');
      output.buffer().flushWhereFull();
    }
    output.flush();
  }
  if (!output.hasFailed()) return Whole;
  return output.hasWritten() ? Incomplete : Nothing;
}

}  // namespace

CommandRow batchCommand() {
  return {.name = u"batch"_s,
          .synopsis = {},
          .summary = u"answers JSON Lines requests on standard input, one line each: calcsize, unpack, pack, decode"_s,
          .run = run};
}

}  // namespace octetscope::cli
