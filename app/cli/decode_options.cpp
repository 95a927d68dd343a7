#include "app/cli/decode_options.h"

#include "app/cli/output.h"
#include "model/framing/registry.h"

namespace octetscope::cli {

using namespace Qt::StringLiterals;

namespace {

/// The place of `value` in `choices`.
Result<qsizetype> choice(const Arguments &arguments, const QString &name, const QStringList &choices) {
  const QString value = arguments.value(name, choices.first());
  const qsizetype index = choices.indexOf(value);
  if (index < 0) {
    return fail(u"%1 %2 is not known"_s.arg(name, value), u"it is one of "_s + choices.join(u", "_s));
  }
  return index;
}

/// What is wrong with a SPEC or LAYOUT, told with the option that gave it. CPython's words have no place of their own.
std::unexpected<Error> failIn(const QString &option, const QString &text, const Error &error) {
  QString what = u"%1 %2: %3"_s.arg(option, text, error.what);
  QString mend = error.mend.isEmpty() ? u"`framings` lists the framings, --help the options"_s : error.mend;
  if (error.position >= 0 && !error.what.contains(u"at character"_s)) {
    const QString place =
        u"at character %1"_s.arg(text.first(std::min(error.position, text.size())).toUcs4().size() + 1);
    what += u' ' + place;
    // A layout's errors have it behind CPython's words; once is enough.
    if (mend.startsWith(place + u": "_s)) mend.remove(0, place.size() + 2);
  }
  return fail(what, mend);
}

Result<FilterPtr> readFilter(const QString &text, const DecodeOptions &options) {
  const auto refuse = [&](const FilterError &error) {
    Error known = error;
    if (known.mend.isEmpty()) known.mend = u"`help filter` tells how to write it"_s;
    return failIn(u"--filter"_s, text, known);
  };
  const auto expression = FilterExpression::parse(text);
  if (!expression) return refuse(expression.error());
  std::array<FilterScope, 2> scopes;
  for (std::size_t d = 0; d < 2; ++d) {
    FramerPtr framer = options.framers[d];
    while (framer->joinedBy()) framer = framer->joinedBy();
    scopes[d] = FilterScope::of(framer, options.layouts[d]);
  }
  const auto program = FilterProgram::create(*expression, scopes);
  if (!program) return refuse(program.error());
  return *program;
}

const QStringList &directionSuffixes() {
  static const QStringList suffixes{u"-in"_s, u"-out"_s};
  return suffixes;
}

}  // namespace

Result<QList<quint64>> readChunks(const QString &text) {
  QList<quint64> sizes;
  for (const QString &word : text.split(u',')) {
    bool isNumber = false;
    const quint64 size = word.toULongLong(&isNumber);
    if (!isNumber || size == 0 || size > (1ULL << 62)) {
      return fail(u"--chunks %1: %2 is no size"_s.arg(text, word.isEmpty() ? u"nothing"_s : word),
                  u"write sizes in bytes, 1 or more, such as --chunks 100,8192"_s);
    }
    sizes.append(size);
  }
  return sizes;
}

OptionRow chunksRow() {
  return {u"--chunks"_s, u"SIZE[,SIZE…]"_s,
          u"how a raw file is to have arrived; the last SIZE repeats (default one chunk)"_s};
}

OptionRow inputRow() {
  return {u"--input"_s, u"auto|raw"_s, u"what FILE is (default auto: by its content)"_s};
}

Result<bool> readInputIsRaw(const Arguments &arguments) {
  const auto input = choice(arguments, u"--input"_s, {u"auto"_s, u"raw"_s, u"pcap"_s, u"pcapng"_s, u"capture"_s});
  if (!input) return std::unexpected(input.error());
  if (*input > 1) {
    return fail(u"this version does not read --input %1"_s.arg(*arguments.value(u"--input"_s)),
                u"give it the bytes of one stream, with --input raw"_s);
  }
  return *input == 1;
}

QList<OptionRow> DecodeOptions::rows(bool live) {
  QList<OptionRow> rows{
      {u"--framing"_s, u"SPEC"_s,
       live ? u"where messages end, both directions (default chunks); `framings` lists them"_s
            : u"where messages end, both directions (default until-close); `framings` lists them"_s},
      {u"--framing-in"_s, u"SPEC"_s, u"the same for what comes in"_s},
      {u"--framing-out"_s, u"SPEC"_s, u"the same for what goes out"_s},
      {u"--struct"_s, u"LAYOUT"_s, u"the fields of a payload, as Python's struct writes them; code:name names one"_s},
      {u"--struct-in"_s, u"LAYOUT"_s, u"the same for what comes in"_s},
      {u"--struct-out"_s, u"LAYOUT"_s, u"the same for what goes out"_s},
      {u"--start"_s, u"OFFSET"_s, u"the first byte of each stream that is framed (default 0)"_s},
      {u"--max-message"_s, u"BYTES"_s, u"the largest message, where the SPEC has no max= (default 64 MiB)"_s},
      {u"--direction"_s, u"in|out|both"_s, u"print the messages of one direction alone (default both)"_s},
      {u"--connection"_s, u"N"_s, u"print the messages of one connection alone"_s},
      {u"--filter"_s, u"EXPR"_s,
       u"print the messages alone that pass, such as 'size > 100 && seq == 5'; `help filter` tells how to write it"_s},
      {u"--limit"_s, u"N"_s, u"end after N printed messages"_s},
      {u"--payload"_s, u"none|hex|sha256"_s, u"print payloads too (default none)"_s},
      {u"--format"_s, u"text|jsonl|csv|none"_s, u"how messages are printed (default text)"_s},
      {u"--stats"_s, {}, u"print totals to standard error at the end"_s, OptionRow::Flag},
      {u"--color"_s, u"auto|always|never"_s, u"colours in text (default auto: on a terminal)"_s},
      {u"--ksy"_s, u"FILE"_s, u"this version does not read .ksy files; describe the fields with --struct"_s,
       OptionRow::NotHere},
      {u"-I"_s, u"DIR"_s, u"this version does not read .ksy files; describe the fields with --struct"_s,
       OptionRow::NotHere},
  };
  if (!live) {
    rows.insert(7, inputRow());
    rows.insert(8, chunksRow());
  }
  return rows;
}

Result<DecodeOptions> DecodeOptions::read(const Arguments &arguments, const QString &framing, const QString &layout) {
  DecodeOptions options;
  const auto most = arguments.number(u"--max-message"_s);
  if (!most) return std::unexpected(most.error());
  if (*most == std::optional<quint64>(0)) {
    return fail(u"--max-message 0 leaves no room for a message"_s, u"write 1 or more"_s);
  }
  for (std::size_t i = 0; i < 2; ++i) {
    const QString &suffix = directionSuffixes()[static_cast<qsizetype>(i)];
    QString option = u"--framing"_s + suffix;
    if (!arguments.has(option)) option = u"--framing"_s;
    options.framingGiven = options.framingGiven || arguments.has(option);
    const QString spec = arguments.value(option, framing);
    const auto framer = framerFromSpec(spec, most->value_or(0));
    if (!framer) return failIn(option, spec, framer.error());
    options.framers[i] = *framer;

    option = u"--struct"_s + suffix;
    if (!arguments.has(option)) option = u"--struct"_s;
    if (!arguments.has(option) && layout.isEmpty()) continue;
    const QString text = arguments.value(option, layout);
    auto parsed = Layout::parse(text);
    if (!parsed) return failIn(option, text, parsed.error());
    options.layouts[i] = std::move(*parsed);
  }

  const auto start = arguments.number(u"--start"_s);
  if (!start) return std::unexpected(start.error());
  options.start = start->value_or(0);
  const auto connection = arguments.number(u"--connection"_s);
  if (!connection) return std::unexpected(connection.error());
  options.connection = *connection;
  const auto limit = arguments.number(u"--limit"_s);
  if (!limit) return std::unexpected(limit.error());
  options.limit = *limit;
  if (const auto chunks = arguments.value(u"--chunks"_s)) {
    auto sizes = readChunks(*chunks);
    if (!sizes) return std::unexpected(sizes.error());
    options.chunks = std::move(*sizes);
  }

  const auto direction = choice(arguments, u"--direction"_s, {u"both"_s, u"in"_s, u"out"_s});
  if (!direction) return std::unexpected(direction.error());
  if (*direction == 1) options.selected[1] = false;
  if (*direction == 2) options.selected[0] = false;
  const auto payload = choice(arguments, u"--payload"_s, {u"none"_s, u"hex"_s, u"sha256"_s});
  if (!payload) return std::unexpected(payload.error());
  options.payload = static_cast<PayloadForm>(*payload);
  const auto format = choice(arguments, u"--format"_s, {u"text"_s, u"jsonl"_s, u"csv"_s, u"none"_s});
  if (!format) return std::unexpected(format.error());
  options.format = static_cast<Format>(*format);
  const auto colour = choice(arguments, u"--color"_s, {u"auto"_s, u"always"_s, u"never"_s});
  if (!colour) return std::unexpected(colour.error());
  options.colours = *colour == 1 || (*colour == 0 && Output::isTerminal());
  options.stats = arguments.has(u"--stats"_s);

  const auto isRaw = readInputIsRaw(arguments);
  if (!isRaw) return std::unexpected(isRaw.error());
  options.inputIsRaw = *isRaw;
  if (const auto filter = arguments.value(u"--filter"_s)) {
    auto program = readFilter(*filter, options);
    if (!program) return std::unexpected(program.error());
    options.filter = *std::move(program);
  }
  return options;
}

WriterOptions DecodeOptions::writerOptions() const {
  WriterOptions options{.fields = {layouts[0], layouts[1]}, .payload = payload};
  for (std::size_t d = 0; d < framers.size(); ++d) {
    FramerPtr framer = framers[d];
    while (framer->joinedBy()) framer = framer->joinedBy();
    options.isLayered = options.isLayered || framer->inner();
    options.hasOwnFields[d] = framer->fields() != nullptr;
  }
  return options;
}

}  // namespace octetscope::cli
