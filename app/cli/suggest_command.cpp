// suggest: which framings fit the bytes of a file, best first, with the evidence in words.
#include "app/cli/commands.h"
#include "app/cli/decode_options.h"
#include "app/cli/input_kind.h"
#include "app/cli/output.h"
#include "model/capture/capture.h"
#include "model/framing/framing_words.h"
#include "model/framing/suggestion/suggester.h"

#include <QFile>

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace octetscope::cli {

using namespace Qt::StringLiterals;

namespace {

struct Options {
  QList<quint64> chunks = {};
  quint64 start = 0;
  QString other = {};
  bool inputIsRaw = false;
  bool json = false;
};

Result<Options> readOptions(const Arguments &arguments) {
  Options options;
  const QString format = arguments.value(u"--format"_s, u"text"_s);
  if (format != u"text"_s && format != u"json"_s) {
    return fail(u"--format %1 is not known"_s.arg(format), u"it is one of text, json"_s);
  }
  options.json = format == u"json"_s;
  const auto start = arguments.number(u"--start"_s);
  if (!start) return std::unexpected(start.error());
  options.start = start->value_or(0);
  if (const auto text = arguments.value(u"--chunks"_s)) {
    auto sizes = readChunks(*text);
    if (!sizes) return std::unexpected(sizes.error());
    options.chunks = std::move(*sizes);
  }
  options.other = arguments.value(u"--other"_s, QString());
  const auto isRaw = readInputIsRaw(arguments);
  if (!isRaw) return std::unexpected(isRaw.error());
  options.inputIsRaw = *isRaw;
  return options;
}

void printJson(TextBuffer &out, const QList<Suggestion> &suggestions) {
  out.append('[');
  for (qsizetype i = 0; i < suggestions.size(); ++i) {
    const Suggestion &one = suggestions[i];
    if (i > 0) out.append(",\n ");
    out.append(R"({"framing":)");
    out.appendJsonString(one.spec);
    out.append(R"(,"score":)");
    out.append(QString::number(one.score, 'f', 3).toStdString());
    out.append(R"(,"messages":)");
    out.append(one.messages);
    out.append(R"(,"start":)");
    out.append(one.starts[one.fits[0] ? 0 : 1]);
    out.append(one.fits[0] && one.fits[1] ? R"(,"directions":["in","out"],"start_out":)"
               : one.fits[0]              ? R"(,"directions":["in"])"
                                          : R"(,"directions":["out"])");
    if (one.fits[0] && one.fits[1]) out.append(one.starts[1]);
    out.append(R"(,"why":)");
    out.appendJsonString(one.why);
    out.append('}');
  }
  out.append("]\n");
}

void printText(TextBuffer &out, const QList<Suggestion> &suggestions, quint64 size) {
  if (suggestions.isEmpty()) {
    const QString words = size == 0 ? u"There are no bytes to frame.\n"_s
                                    : u"No framing fits: nothing in these %1 says where messages end better than "
                                      "chance would.\n"_s.arg(byteCount(size));
    out.append(words.toStdString());
    return;
  }
  for (const Suggestion &one : suggestions) {
    out.append(u"%1  (score %2, %3 message%4)\n    "_s
                   .arg(one.spec, QString::number(one.score, 'f', 2), grouped(one.messages),
                        one.messages == 1 ? u""_s : u"s"_s)
                   .toStdString());
    out.append(one.why.toStdString());
    out.append('\n');
  }
}

/// What a file holds as one direction of a connection. It keeps what the view looks into.
struct Side {
  std::unique_ptr<Capture> capture = {};
  std::unique_ptr<Stream> stream = {};

  StreamView view() const { return capture ? capture->connection(0)->stream(Direction::In).view() : stream->view(); }
};

/// Everything that comes is read first: what fits is said of the whole.
Result<Side> readToEnd(int file, const QString &name, const QList<quint64> &chunks) {
  auto store = std::make_unique<ByteStore>();
  QByteArray buffer(256 * 1024, Qt::Uninitialized);
  for (;;) {
    const ssize_t size = ::read(file, buffer.data(), static_cast<std::size_t>(buffer.size()));
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) {
      return fail(u"cannot read %1 (%2)"_s.arg(name, QString::fromLocal8Bit(std::strerror(errno))),
                  u"check what it is"_s);
    }
    if (size == 0) break;
    const auto stored = store->append(viewOf(QByteArrayView(buffer.constData(), size)));
    if (!stored) return std::unexpected(stored.error());
  }
  const quint64 end = store->size();
  Side side{.stream = std::make_unique<Stream>(std::move(store), StreamEnd::Fin)};
  quint64 offset = 0;
  for (qsizetype i = 0; offset < end; ++i) {
    side.stream->addChunk(offset, noTime);
    offset += chunks.isEmpty() ? end : chunks[std::min(i, chunks.size() - 1)];
  }
  return side;
}

Result<Side> openSide(const QString &path, const QList<quint64> &chunks) {
  if (path == u"-"_s) return readToEnd(STDIN_FILENO, u"standard input"_s, chunks);
  struct stat found = {};
  const QByteArray encoded = QFile::encodeName(path);
  if (::stat(encoded.constData(), &found) == 0 && !S_ISREG(found.st_mode) && !S_ISDIR(found.st_mode)) {
    const int file = ::open(encoded.constData(), O_RDONLY | O_CLOEXEC);
    if (file < 0) {
      return fail(u"cannot open %1 (%2)"_s.arg(path, QString::fromLocal8Bit(std::strerror(errno))),
                  u"check its name and permissions"_s);
    }
    auto side = readToEnd(file, path, chunks);
    ::close(file);
    return side;
  }
  auto capture = Capture::openRaw(path, chunks);
  if (!capture) return std::unexpected(capture.error());
  return Side{.capture = *std::move(capture)};
}

/// The same, once it is clear that it holds nothing but the bytes of one direction.
Result<Side> openRawSide(const QString &path, const QList<quint64> &chunks, bool inputIsRaw) {
  auto side = openSide(path, chunks);
  if (!side || inputIsRaw) return side;
  const QString kind = captureKindOf(side->view().bytes.view({0, signatureSize}));
  if (!kind.isEmpty()) return std::unexpected(captureRefused(path == u"-"_s ? u"standard input"_s : path, kind));
  return side;
}

int run(const Arguments &arguments) {
  if (arguments.positional().isEmpty()) {
    return refuse({u"suggest needs a file"_s, u"write suggest FILE, or - for standard input"_s});
  }
  if (arguments.positional().size() > 1) {
    return refuse({u"suggest takes one file, not also %1"_s.arg(arguments.positional()[1]), u"run it once for each"_s});
  }
  const auto options = readOptions(arguments);
  if (!options) return refuse(options.error());
  const QString path = arguments.positional()[0];
  if (path == u"-"_s && options->other == u"-"_s) {
    return refuse({u"standard input cannot be both directions"_s, u"write one of them to a file first"_s});
  }
  const auto side = openRawSide(path, options->chunks, options->inputIsRaw);
  if (!side) return refuse(side.error());
  SuggestionInput input{.streams = {side->view(), {}}, .starts = {options->start, 0}};
  Side other;
  if (!options->other.isEmpty()) {
    auto opened = openRawSide(options->other, {}, options->inputIsRaw);
    if (!opened) return refuse(opened.error());
    other = *std::move(opened);
    input.streams[1] = other.view();
  }
  const quint64 size = input.streams[0].size() - std::min(options->start, input.streams[0].size());
  const quint64 otherSize = input.streams[1].size();
  Suggester suggester(std::move(input));
  while (suggester.advance()) continue;
  Output output;
  if (options->json) {
    printJson(output.buffer(), suggester.suggestions());
  } else {
    printText(output.buffer(), suggester.suggestions(), size + otherSize);
  }
  output.flush();
  return output.hasFailed() ? Nothing : Whole;
}

}  // namespace

CommandRow suggestCommand() {
  return {.name = u"suggest"_s,
          .synopsis = u"FILE"_s,
          .summary = u"ranks the framings that fit the bytes of a file, best first; - is standard input"_s,
          .options = {{u"--format"_s, u"text|json"_s, u"how the list is printed (default text)"_s},
                      {u"--start"_s, u"OFFSET"_s, u"the first byte that is framed (default 0)"_s},
                      {u"--other"_s, u"FILE"_s, u"what went the other way in the same conversation: evidence, too"_s},
                      inputRow(),
                      chunksRow()},
          .run = run};
}

}  // namespace octetscope::cli
