// decode: a file, or standard input as it comes, cut into messages and fields. Memory does not grow with the input: a
// file is mapped, and what is read from a pipe goes to a file of its own past a few megabytes.
#include "app/cli/commands.h"
#include "app/cli/input_kind.h"
#include "app/cli/interrupt.h"
#include "app/cli/message_output.h"
#include "model/capture/capture.h"
#include "model/files/file_window.h"

#include <QFile>

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace octetscope::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t readSize = 256 * 1024;

QString systemError(int code) {
  return QString::fromLocal8Bit(std::strerror(code));
}

/// Counts all messages of the view that pass, but for the last, not final one.
void countFinal(MessageReader &reader, MessageSelection &selection, MessageOutput &output) {
  std::array<Message, MessageBatch::capacity> room;
  while (output.goesOn() && reader.hasNext()) {
    output.count(Direction::In, selection.ofBatch(room));
    reader.popBatch();
  }
}

/// Counts as much of a file as can be read in pieces, each with whole messages: with no output, that is most of the
/// work. The rest is left to the mapping `whole`: long messages, what chunks decide, and the end.
void countPieces(const QString &path, const StreamView &whole, MessageReader &reader, MessageSelection &selection,
                 MessageOutput &output) {
  // A filter may ask for chunks.
  if (reader.framer().readsChunks() || !selection.takesAll()) return;
  FileWindow window(path);
  while (output.goesOn()) {
    const quint64 from = reader.position();
    const ByteSnapshot bytes = window.read(from, readSize);
    if (bytes.size() >= whole.size() || bytes.size() == from) return;
    reader.setView({bytes, {}, StreamEnd::Open, noTime});
    countFinal(reader, selection, output);
    if (reader.position() == from) return;
  }
}

/// All messages of the view that pass, but for the last, not final one.
void writeFinal(MessageReader &reader, MessageSelection &selection, MessageOutput &output) {
  if (output.onlyCounts()) return countFinal(reader, selection, output);
  while (output.goesOn() && reader.hasNext()) {
    const bool goesOn = !selection.takesFront() || output.write(reader.front());
    reader.pop();
    if (!goesOn) return;
  }
  output.tellTroubles(reader.label(), reader.takeTroubles());
}

void writeRest(MessageReader &reader, const MessageSelection &selection, MessageOutput &output) {
  if (!output.goesOn()) return;
  const MessageRecord rest = reader.rest();
  if (rest.message.size > 0 && selection.takes(rest)) output.write(rest);
}

/// The columns that the fields of all messages need.
CsvColumns columnsFor(const DecodeOptions &options, const StreamView &view) {
  CsvColumns columns{.hasRest = false};
  if (options.format != Format::Csv) return columns;
  MessageReader reader(options.framers[0], {}, options.start);
  reader.setView(view);
  const FieldSource source = FieldSource::of(reader.framer(), options.layouts[0]);
  if (!source) return columns;
  MessageSelection selection(options.filter, reader);
  for (quint64 left = options.limit.value_or(~0ULL); left > 0;) {
    if (!reader.hasNext()) {
      const MessageRecord rest = reader.rest();
      if (rest.message.size > 0 && selection.takes(rest)) columns.add(rest, source);
      break;
    }
    if (selection.takesFront()) {
      columns.add(reader.front(), source);
      --left;
    }
    reader.pop();
  }
  return columns;
}

int decodeFile(const QString &path, const QString &name, const DecodeOptions &options) {
  const auto capture = Capture::openRaw(path, options.chunks);
  if (!capture) return refuse(capture.error());
  const StreamView view = (*capture)->connection(0)->stream(Direction::In).view();
  if (!options.inputIsRaw) {
    const QString kind = captureKindOf(view.bytes.view({0, signatureSize}));
    if (!kind.isEmpty()) return refuse(captureRefused(name, kind));
  }
  MessageOutput output(options, false, columnsFor(options, view));
  if (options.wants(0, Direction::In)) {
    MessageReader reader(options.framers[0], {}, options.start);
    MessageSelection selection(options.filter, reader);
    if (output.onlyCounts()) countPieces(path, view, reader, selection, output);
    reader.setView(view);
    writeFinal(reader, selection, output);
    writeRest(reader, selection, output);
  }
  if (view.bytes.isDamaged()) {
    output.fail({u"%1 changed while it was read"_s.arg(name), u"what lies behind its new end was read as zeros"_s});
  }
  return output.finish();
}

/// Bytes that come from a pipe, with the chunks they are to have.
class Feed {
 public:
  explicit Feed(const DecodeOptions &options)
      : sizes_(options.chunks), chunksAreReads_(options.chunks.isEmpty() && options.framers[0]->readsChunks()) {
    auto store = std::make_unique<ByteStore>();
    store_ = store.get();
    stream_ = std::make_unique<Stream>(std::move(store), StreamEnd::Open);
  }

  Result<void> append(ByteView bytes) {
    const quint64 begin = store_->size();
    const quint64 end = begin + bytes.size();
    if (auto done = store_->append(bytes); !done) return done;
    if (sizes_.isEmpty()) {
      if (begin == 0 || chunksAreReads_) stream_->addChunk(begin, noTime);
      shown_ = end;
    }
    while (!sizes_.isEmpty() && nextChunk_ < end) {
      stream_->addChunk(nextChunk_, noTime);
      shown_ = nextChunk_;
      nextChunk_ += sizes_[std::min(chunks_++, sizes_.size() - 1)];
      if (nextChunk_ == end) shown_ = end;
    }
    if (nextChunk_ == end) shown_ = end;
    return {};
  }
  void finish(StreamEnd end) {
    stream_->finish(end, noTime);
    shown_ = store_->size();
  }
  /// What of it has arrived in whole chunks.
  StreamView view() const { return stream_->view().prefix(shown_); }
  ByteView beginning() const { return stream_->view().bytes.view({0, signatureSize}); }

 private:
  const QList<quint64> sizes_;
  const bool chunksAreReads_;
  ByteStore *store_;
  std::unique_ptr<Stream> stream_;
  quint64 nextChunk_ = 0;
  qsizetype chunks_ = 0;
  quint64 shown_ = 0;
};

/// What waiting for bytes came to: bytes, the end, or what else ended it.
enum class Waited : quint8 { Bytes, Interrupted, Failed };

Waited waitFor(int file, const Interrupt &interrupt) {
  pollfd both[2] = {{file, POLLIN, 0}, {interrupt.file(), POLLIN, 0}};
  while (::poll(both, 2, -1) < 0) {
    if (errno != EINTR) return Waited::Failed;
  }
  return both[1].revents != 0 ? Waited::Interrupted : Waited::Bytes;
}

int decodeStream(int file, const QString &name, const DecodeOptions &options) {
  Interrupt interrupt;
  Feed feed(options);
  MessageReader reader(options.framers[0], {}, options.start);
  MessageSelection selection(options.filter, reader);
  MessageOutput output(options, true);
  const bool wanted = options.wants(0, Direction::In);
  bool kindIsKnown = options.inputIsRaw;
  QByteArray buffer(readSize, Qt::Uninitialized);
  StreamEnd end = StreamEnd::Open;
  const auto decode = [&] {
    if (!wanted) return;
    reader.setView(feed.view());
    writeFinal(reader, selection, output);
    if (end != StreamEnd::Open) {
      writeRest(reader, selection, output);
    } else if (const MessageRecord rest = reader.rest();
               output.goesOn() && rest.message.status == Status::Error && selection.takes(rest)) {
      output.tell(rest);
    }
    output.flush();
  };
  while (end == StreamEnd::Open && output.goesOn()) {
    const Waited waited = waitFor(file, interrupt);
    if (waited == Waited::Interrupted) {
      interrupt.take();
      end = StreamEnd::Cut;
    }
    const ssize_t size = waited == Waited::Bytes ? ::read(file, buffer.data(), readSize) : 0;
    if (size < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (size < 0 || waited == Waited::Failed) {
      const Error error{u"cannot read %1 (%2)"_s.arg(name, systemError(errno)), u"check what it is"_s};
      if (feed.beginning().empty()) return refuse(error);
      output.fail(error);
      end = StreamEnd::Cut;
    } else if (size == 0 && end == StreamEnd::Open) {
      end = StreamEnd::Fin;
    }
    if (size > 0) {
      if (const auto stored =
              feed.append({reinterpret_cast<const std::uint8_t *>(buffer.constData()), static_cast<std::size_t>(size)});
          !stored) {
        output.fail(stored.error());
        end = StreamEnd::Cut;
      }
    }
    if (end != StreamEnd::Open) feed.finish(end);
    if (!kindIsKnown) {
      if (end == StreamEnd::Open && mayBecomeCapture(feed.beginning())) continue;
      const QString kind = captureKindOf(feed.beginning());
      if (!kind.isEmpty()) return refuse(captureRefused(name, kind));
      kindIsKnown = true;
    }
    decode();
  }
  return output.finish();
}

int run(const Arguments &arguments) {
  if (arguments.positional().isEmpty()) {
    return refuse({u"decode needs a file"_s, u"write decode FILE, or - for standard input"_s});
  }
  if (arguments.positional().size() > 1) {
    return refuse({u"decode takes one file, not also %1"_s.arg(arguments.positional()[1]), u"run it once for each"_s});
  }
  const auto options = DecodeOptions::read(arguments, u"until-close"_s);
  if (!options) return refuse(options.error());
  const QString path = arguments.positional()[0];
  struct stat found = {};
  if (path == u"-"_s) {
    // A file that was redirected here is a file all the same.
    const bool isWholeFile =
        ::fstat(STDIN_FILENO, &found) == 0 && S_ISREG(found.st_mode) && ::lseek(STDIN_FILENO, 0, SEEK_CUR) == 0;
    return isWholeFile ? decodeFile(u"/proc/self/fd/0"_s, u"standard input"_s, *options)
                       : decodeStream(STDIN_FILENO, u"standard input"_s, *options);
  }
  const QByteArray encoded = QFile::encodeName(path);
  if (::stat(encoded.constData(), &found) == 0 && !S_ISREG(found.st_mode) && !S_ISDIR(found.st_mode)) {
    const int file = ::open(encoded.constData(), O_RDONLY | O_CLOEXEC);
    if (file < 0) {
      return refuse({u"cannot open %1 (%2)"_s.arg(path, systemError(errno)), u"check its name and permissions"_s});
    }
    const int code = decodeStream(file, path, *options);
    ::close(file);
    return code;
  }
  return decodeFile(path, path, *options);
}

}  // namespace

CommandRow decodeCommand() {
  return {.name = u"decode"_s,
          .synopsis = u"FILE"_s,
          .summary = u"cuts the bytes of a file into messages and fields; - is standard input"_s,
          .options = DecodeOptions::rows(false),
          .run = run};
}

}  // namespace octetscope::cli
