#include "app/cli/framing_page.h"

#include "model/files/message_reader.h"
#include "model/framing/framing_examples.h"
#include "model/framing/framing_words.h"
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

QString messageLines(const MessageRecord &record) {
  const Message &message = record.message;
  QString text = u"  message %1, %2: %3\n"_s.arg(QString::number(record.index), bytesAt(message.range()),
                                                 statusWords(record.framer, record.view, message));
  const auto parts =
      record.framer.parts(record.view, message, ScanState::startingAt(message.offset), message.range(), shownParts);
  for (const FramingPart &part : parts) {
    const ByteView bytes = record.view.bytes.view(part.range);
    QString words = part.name;
    if (words.isEmpty()) words = part.role == PartRole::Payload ? u"payload"_s : u"not read"_s;
    if (!part.value.isEmpty()) words += u" = "_s + part.value;
    if (part.role == PartRole::Payload) words += u' ' + displayBytes(bytes);
    text += u"    %1  %2\n"_s.arg(hexWords(bytes).leftJustified(hexColumn), words);
  }
  return text + u"    %1\n"_s.arg(record.framer.explain(record.view, message, record.index));
}

QString exampleLines(const FramingExample &example) {
  QString text = u"\nExample, %1\n  %2\n"_s.arg(example.spec, example.about);
  auto framer = framerFromSpec(example.spec);
  const auto stream = streamOf(example);
  if (!framer || !stream) return text;
  MessageReader reader(*std::move(framer), {});
  reader.setView((*stream)->view());
  while (reader.hasNext()) {
    text += messageLines(reader.front());
    reader.pop();
  }
  if (const MessageRecord rest = reader.rest(); rest.message.size > 0) text += messageLines(rest);
  return text;
}

}  // namespace

QString framingPage(const FramingKind &kind) {
  QString text = u"%1: %2\n  %3\n\nSPEC\n  %4\n"_s.arg(kind.name, kind.title, kind.summary, synopsisOf(kind));
  if (kind.argument) text += optionLines(kind.name + u':' + argumentWord(*kind.argument), *kind.argument);
  for (const FramingOption &option : kind.options) {
    text += optionLines(option.name + u'=' + valueWord(option), option);
  }
  text += u"  For example: %1\n"_s.arg(kind.examples.join(u"  "_s));
  for (const FramingExample &example : examplesOf(kind.name)) text += exampleLines(example);
  return text;
}

}  // namespace octetscope::cli
