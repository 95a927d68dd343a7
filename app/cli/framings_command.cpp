// framings: every framing with its options, a line each, or as JSON for programs; and all of one, with examples.
#include "app/cli/commands.h"
#include "app/cli/framing_page.h"
#include "app/cli/output.h"
#include "model/framing/framing_examples.h"
#include "model/framing/registry.h"

namespace octetscope::cli {

using namespace Qt::StringLiterals;

namespace {

QString nameOf(FramingOption::Kind kind) {
  switch (kind) {
    case FramingOption::Kind::Number:
      return u"number"_s;
    case FramingOption::Kind::Text:
      return u"text"_s;
    case FramingOption::Kind::Choice:
      return u"choice"_s;
    case FramingOption::Kind::Flag:
      return u"flag"_s;
    case FramingOption::Kind::Char:
      return u"char"_s;
    case FramingOption::Kind::Hex:
      return u"hex"_s;
    case FramingOption::Kind::Pair:
      return u"pair"_s;
    case FramingOption::Kind::Bytes:
      break;
  }
  return u"bytes"_s;
}

void appendStrings(TextBuffer &out, const QStringList &strings) {
  out.append('[');
  for (qsizetype i = 0; i < strings.size(); ++i) {
    if (i > 0) out.append(',');
    out.appendJsonString(strings[i]);
  }
  out.append(']');
}

void appendOption(TextBuffer &out, const FramingOption &option) {
  out.append(R"({"name":)");
  out.appendJsonString(option.name);
  out.append(R"(,"kind":)");
  out.appendJsonString(nameOf(option.kind));
  out.append(R"(,"default":)");
  if (option.defaultValue.isEmpty()) {
    out.append("null");
  } else {
    out.appendJsonString(option.defaultValue);
  }
  out.append(R"(,"choices":)");
  appendStrings(out, option.choices);
  if (!option.aliases.isEmpty()) {
    out.append(R"(,"aliases":{)");
    for (qsizetype i = 0; i < option.aliases.size(); ++i) {
      if (i > 0) out.append(',');
      out.appendJsonString(option.aliases[i].first);
      out.append(':');
      out.appendJsonString(option.aliases[i].second);
    }
    out.append('}');
  }
  out.append(R"(,"help":)");
  out.appendJsonString(option.help);
  out.append('}');
}

void appendKind(TextBuffer &out, const FramingKind &kind) {
  out.append(R"({"name":)");
  out.appendJsonString(kind.name);
  out.append(R"(,"title":)");
  out.appendJsonString(kind.title);
  out.append(R"(,"spec":)");
  out.appendJsonString(synopsisOf(kind));
  out.append(R"(,"summary":)");
  out.appendJsonString(kind.summary);
  out.append(R"(,"argument":)");
  if (kind.argument) {
    appendOption(out, *kind.argument);
  } else {
    out.append("null");
  }
  out.append(R"(,"options":[)");
  for (qsizetype i = 0; i < kind.options.size(); ++i) {
    if (i > 0) out.append(',');
    appendOption(out, kind.options[i]);
  }
  out.append(R"(],"examples":)");
  appendStrings(out, kind.examples);
  out.append('}');
}

Result<QList<FramingKind>> chosen(const QStringList &names) {
  if (names.isEmpty()) return framingKinds();
  if (names == QStringList{layersKind().name}) return QList{layersKind()};
  const FramingKind *const kind = framingKind(names[0]);
  if (kind && names.size() == 1) return QList{*kind};
  return fail(u"framings takes no \"%1\""_s.arg(kind ? names[1] : names[0]),
              u"write framings alone, or behind it the name of one framing, or layers"_s);
}

int run(const Arguments &arguments) {
  const auto kinds = chosen(arguments.positional());
  if (!kinds) return refuse(kinds.error());
  const QString format = arguments.value(u"--format"_s, u"text"_s);
  if (format != u"text"_s && format != u"json"_s) {
    return refuse({u"--format %1 is not known"_s.arg(format), u"it is one of text, json"_s});
  }
  Output output;
  TextBuffer &out = output.buffer();
  const bool json = format == u"json"_s;
  if (json) out.append('[');
  bool first = true;
  for (const FramingKind &kind : *kinds) {
    if (json) {
      if (!first) out.append(",\n ");
      appendKind(out, kind);
    } else if (arguments.positional().isEmpty()) {
      out.append(u"%1  %2\n"_s.arg(synopsisOf(kind), kind.summary).toStdString());
    } else {
      out.append(framingPage(kind).toStdString());
    }
    first = false;
  }
  if (json) out.append("]\n");
  output.flush();
  return output.hasFailed() ? Nothing : Whole;
}

}  // namespace

CommandRow framingsCommand() {
  return {
      .name = u"framings"_s,
      .synopsis = u"[NAME]"_s,
      .summary =
          u"lists every framing with its options, a line each; of one all there is to say, with examples; layers: of framings in framings"_s,
      .options = {{u"--format"_s, u"text|json"_s, u"how the list is printed (default text)"_s}},
      .run = run};
}

}  // namespace octetscope::cli
