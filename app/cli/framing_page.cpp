#include "app/cli/framing_page.h"

#include "model/framing/framing_examples.h"
#include "model/framing/framing_words.h"
#include "model/framing/joined_stream.h"
#include "model/framing/payload_stream.h"
#include "model/framing/registry.h"
#include "model/structs/value.h"

namespace octetscope::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype fewChoices = 16;
constexpr int shownParts = 100;
constexpr qsizetype hexColumn = 38;  // letters; what is longer pushes the words to the right

QString optionLines(const QString &head, const FramingOption &option) {
  QString text = u"  %1\n      %2: %3"_s.arg(head, option.title, option.help);
  if (!option.defaultValue.isEmpty()) text += u" Default: %1."_s.arg(option.defaultValue);
  text += u'\n';
  const bool isList = option.kind == FramingOption::Kind::Choice || option.kind == FramingOption::Kind::Pair;
  if (isList && option.choices.size() <= fewChoices) {
    text += u"      One of %1.\n"_s.arg(option.choices.join(u", "_s));
  } else if (isList) {
    text += u"      One of %1 names; framings --format json lists them.\n"_s.arg(option.choices.size());
  }
  return text;
}

QString statusWords(const Framer &framer, const StreamView &view, const Message &message) {
  if (message.status == Status::Complete) return u"complete"_s;
  const Verdict verdict = framer.verdict(view, message);
  if (message.status == Status::Error) return u"error, %1"_s.arg(verdict.error);
  return verdict.needs ? u"incomplete, %1 missing"_s.arg(byteCount(*verdict.needs)) : u"incomplete"_s;
}

/// A message and, under it, those inside it. `name`: "2", or "2.0" of one inside message 2.
QString messageLines(const Framer &framer, const StreamView &view, const Message &message, const QString &name,
                     quint64 number, const QString &indent) {
  QString text =
      u"%1message %2, %3: %4\n"_s.arg(indent, name, bytesAt(message.range()), statusWords(framer, view, message));
  const auto parts = framer.parts(view, message, ScanState::startingAt(message.offset), message.range(), shownParts);
  for (const FramingPart &part : parts) {
    const ByteView bytes = view.bytes.view(part.range);
    QString words = part.name;
    if (words.isEmpty()) words = part.role == PartRole::Payload ? u"payload"_s : u"not read"_s;
    if (!part.value.isEmpty()) words += u" = "_s + part.value;
    if (part.role == PartRole::Payload) words += u' ' + displayBytes(bytes);
    text += u"%1  %2  %3\n"_s.arg(indent, hexWords(bytes).leftJustified(hexColumn), words);
  }
  text += u"%1  %2\n"_s.arg(indent, framer.explain(view, message, number));
  const FramerPtr inner = framer.inner();
  if (!inner) return text;
  const auto payload = PayloadStream::of(framer, view, message);
  if (!payload) return text;
  quint64 count = 0;
  payload->forEach(*inner, [&](const Message &found) {
    text += messageLines(*inner, payload->view, found, name + u'.' + QString::number(count), count, indent + u"    "_s);
    ++count;
    return true;
  });
  return text;
}

QString streamLines(const Framer &framer, const StreamView &view) {
  QString text;
  ScanState state;
  MessageBatch batch;
  quint64 number = 0;
  const auto add = [&](const Message &message) {
    text += messageLines(framer, view, message, QString::number(number), number, u"  "_s);
    ++number;
  };
  do {
    batch.start(state.at);
    framer.scan(view, state, batch);
    for (const Message &message : batch.messages()) add(message);
  } while (batch.isFull());
  if (const Message rest = framer.rest(view, state); state.at < view.size() && rest.size > 0) add(rest);
  return text;
}

QString exampleLines(const FramingExample &example) {
  QString text = u"\nExample, %1\n  %2\n"_s.arg(example.spec, example.about);
  const auto framer = framerFromSpec(example.spec);
  const auto stream = streamOf(example);
  if (!framer || !stream) return text;
  const StreamView view = (*stream)->view();
  text += streamLines(**framer, view);
  if (!(*framer)->joinedBy()) return text;
  const auto joined = JoinedStream::of(*framer);
  while (joined->advance(view, ~0ULL)) {
  }
  return text + u"  The payloads, joined:\n"_s + streamLines(*joined->cutBy(), joined->view());
}

}  // namespace

QString framingPage(const FramingKind &kind) {
  const bool isLayers = kind.name == layersKind().name;
  QString text = u"%1: %2\n  %3\n\nSPEC\n  %4\n"_s.arg(kind.name, kind.title, kind.summary,
                                                       isLayers ? u"A | B    A |+ B"_s : synopsisOf(kind));
  if (kind.argument) text += optionLines(kind.name + u':' + argumentWord(*kind.argument), *kind.argument);
  for (const FramingOption &option : kind.options) {
    text += optionLines(option.name + u'=' + valueWord(option), option);
  }
  text += u"  For example: %1\n"_s.arg(kind.examples.join(u"  "_s));
  for (const FramingExample &example : examplesOf(kind.name)) text += exampleLines(example);
  return text;
}

}  // namespace octetscope::cli
