#include "app/cli/batch_decode.h"

#include "app/cli/message_selection.h"
#include "model/bytes/hex_text.h"
#include "model/files/message_writer.h"
#include "model/framing/registry.h"
#include "model/structs/layout.h"
#include "model/structs/pack_request.h"

namespace octetscope::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr quint64 mostMissing = 1'000'000;      // values of a layout beyond one for each byte of the request
constexpr std::size_t mostAnswer = 1ULL << 30;  // bytes; a longer answer is refused

/// A member that is text; `otherwise` where it is not there or null.
Result<QString> textOf(const JsonValue &request, QStringView key, const QString &otherwise) {
  const JsonValue *value = request.find(key);
  if (!value || value->isNull()) return otherwise;
  if (const QString *text = value->string()) return *text;
  return fail(u"%1 must be a string"_s.arg(key));
}

/// A JSON number as a whole number of at least `least`.
std::optional<quint64> wholeOf(const JsonValue &value, quint64 least) {
  const JsonNumber *number = value.number();
  if (!number) return std::nullopt;
  bool isWhole = false;
  const quint64 result = number->text.toULongLong(&isWhole);
  return isWhole && result >= least && result <= (1ULL << 62) ? std::optional(result) : std::nullopt;
}

Result<quint64> numberOf(const JsonValue &request, QStringView key) {
  const JsonValue *value = request.find(key);
  if (!value || value->isNull()) return 0;
  if (const auto number = wholeOf(*value, 0)) return *number;
  return fail(u"%1 must be a whole number"_s.arg(key));
}

/// When the bytes arrived: sizes, the last repeating; none: one chunk.
Result<ChunkView> chunksOf(const JsonValue &request, quint64 size) {
  QList<quint64> sizes;
  if (const JsonValue *value = request.find(u"chunks"); value && !value->isNull()) {
    const JsonValue::Array *array = value->array();
    if (!array) return fail(u"chunks must be an array of sizes"_s);
    for (const JsonValue &one : *array) {
      const auto number = wholeOf(one, 1);
      if (!number) return fail(u"chunks must be an array of sizes, each 1 or more"_s);
      sizes.append(*number);
    }
  }
  if (sizes.isEmpty()) sizes.append(std::max<quint64>(size, 1));
  auto table = std::make_shared<ChunkTable>();
  quint64 offset = 0;
  for (qsizetype i = 0; offset < size; ++i) {
    table->append({offset, noTime});
    offset += sizes[std::min(i, sizes.size() - 1)];
  }
  const quint64 count = table->size();
  return ChunkView(std::move(table), count);
}

Result<WriterOptions> writerOptionsOf(const JsonValue &request) {
  WriterOptions options;
  if (const JsonValue *ksy = request.find(u"ksy"); ksy && !ksy->isNull()) {
    return fail(u"this version does not read .ksy files"_s, u"describe the fields with struct"_s);
  }
  if (const JsonValue *given = request.find(u"struct"); given && !given->isNull()) {
    const QString *text = given->string();
    if (!text) return fail(u"struct must be a string"_s);
    auto layout = Layout::parse(*text);
    if (!layout) return std::unexpected(layout.error());
    options.fields[0] = std::move(*layout);
  }
  const auto payload = textOf(request, u"payload", u"none"_s);
  if (!payload) return std::unexpected(payload.error());
  const qsizetype form = QStringList{u"none"_s, u"hex"_s, u"sha256"_s}.indexOf(*payload);
  if (form < 0) return fail(u"payload must be none, hex or sha256"_s);
  options.payload = static_cast<PayloadForm>(form);
  return options;
}

/// What of the messages is wanted; null: all.
Result<FilterPtr> filterOf(const JsonValue &request, FramerPtr framer, const FieldDecoderPtr &layout) {
  const JsonValue *given = request.find(u"filter");
  if (!given || given->isNull()) return FilterPtr();
  const QString *text = given->string();
  if (!text) return fail(u"filter must be a string"_s);
  const auto expression = FilterExpression::parse(*text);
  if (!expression) return std::unexpected(expression.error());
  while (framer->joinedBy()) framer = framer->joinedBy();
  const auto scope = FilterScope::of(framer, layout);
  const auto program = FilterProgram::create(*expression, {scope, scope});
  if (!program) return std::unexpected(program.error());
  return *program;
}

Result<QByteArray> decode(const JsonValue &request) {
  const auto hex = textOf(request, u"hex", {});
  if (!hex) return std::unexpected(hex.error());
  auto bytes = parseHexBytes(*hex);
  if (!bytes) return std::unexpected(bytes.error());
  const auto most = numberOf(request, u"max_message");
  if (!most) return std::unexpected(most.error());
  const auto start = numberOf(request, u"start");
  if (!start) return std::unexpected(start.error());
  const auto spec = textOf(request, u"framing", u"until-close"_s);
  if (!spec) return std::unexpected(spec.error());
  const auto framer = framerFromSpec(*spec, *most);
  if (!framer) return std::unexpected(framer.error());
  const auto options = writerOptionsOf(request);
  if (!options) return std::unexpected(options.error());
  // Each value that is not there is a field too: a layout of a few characters could ask for any number of them.
  const auto *const layout = dynamic_cast<const Layout *>(options->fields[0].get());
  if (layout && layout->valueCount() > mostMissing + static_cast<quint64>(bytes->size())) {
    return fail(u"the layout has %1 values, and the request %2 bytes"_s.arg(layout->valueCount()).arg(bytes->size()),
                u"take a layout that fits the messages, or end it with *CODE"_s);
  }
  const auto chunks = chunksOf(request, static_cast<quint64>(bytes->size()));
  if (!chunks) return std::unexpected(chunks.error());
  StreamEnd end = StreamEnd::Fin;
  if (const JsonValue *closed = request.find(u"closed"); closed && !closed->isNull()) {
    if (!closed->boolean()) return fail(u"closed must be true or false"_s);
    if (!*closed->boolean()) end = StreamEnd::Open;
  }

  const auto filter = filterOf(request, *framer, options->fields[0]);
  if (!filter) return std::unexpected(filter.error());
  MessageReader reader(*framer, {}, *start);
  MessageSelection selection(*filter, reader);
  reader.setView({ByteSnapshot::of(std::move(*bytes)), *chunks, end, noTime});
  const auto writer = jsonLinesWriter(*options);
  TextBuffer out;
  const auto write = [&](const MessageRecord &record) {
    out.append(out.size() == 0 ? '[' : ',');
    writer->write(out, record);
    out.chop(1);  // its line end
  };
  for (; reader.hasNext() && out.size() <= mostAnswer; reader.pop()) {
    if (selection.takesFront()) write(reader.front());
  }
  if (out.size() > mostAnswer) {
    return fail(u"the answer has more than %1 bytes"_s.arg(mostAnswer), u"ask for less at a time"_s);
  }
  if (const MessageRecord rest = reader.rest(); rest.message.size > 0 && selection.takes(rest)) write(rest);
  if (out.size() == 0) out.append('[');
  out.append(']');
  if (const QStringList troubles = reader.takeTroubles(); !troubles.isEmpty()) {
    // What could not be joined stands beside the messages of the joined stream.
    out.append(R"(,"outer_errors":[)");
    for (qsizetype i = 0; i < troubles.size(); ++i) {
      if (i > 0) out.append(',');
      out.appendJsonString(troubles[i]);
    }
    out.append(']');
  }
  return QByteArray(out.text().data(), static_cast<qsizetype>(out.size()));
}

}  // namespace

bool isDecodeRequest(const JsonValue &request) {
  const JsonValue *what = request.find(u"do");
  return what && what->string() && *what->string() == u"decode";
}

QByteArray answerDecodeRequest(const JsonValue &request) {
  const auto messages = decode(request);
  return messages ? QByteArray("{\"result\":" + *messages + '}') : errorAnswer(messages.error().line());
}

}  // namespace octetscope::cli
