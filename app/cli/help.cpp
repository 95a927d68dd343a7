#include "app/cli/help.h"

namespace octetscope::cli {

using namespace Qt::StringLiterals;

namespace {

QString headOf(const OptionRow &option) {
  return option.value.isEmpty() ? option.name : QString(option.name + u' ' + option.value);
}

}  // namespace

QString overview(const QList<CommandRow> &commands) {
  QString text =
      u"octetscope-cli shows how messages travel over TCP: it cuts streams of bytes into messages and fields.\n\n"
      "Usage: octetscope-cli COMMAND [ARGUMENTS] [OPTIONS]\n\nCommands:\n"_s;
  for (const CommandRow &command : commands) {
    text += u"  %1 %2\n"_s.arg(command.name.leftJustified(9), command.synopsis);
    text += u"            %1\n"_s.arg(command.summary);
  }
  text +=
      u"\noctetscope-cli COMMAND --help tells a command's options, help filter how filters are written, --version the "
      "version.\n\n"
      "Exit codes: 0 all decoded and complete, 1 something is incomplete, in error or failed on the way, 2 nothing "
      "could "
      "be done.\n"_s;
  return text;
}

QString helpOf(const CommandRow &command) {
  QString text = u"Usage: octetscope-cli %1"_s.arg(command.name);
  if (!command.synopsis.isEmpty()) text += u' ' + command.synopsis;
  if (!command.options.isEmpty()) text += u" [OPTIONS]"_s;
  text += u"\n\n%1%2.\n"_s.arg(command.summary[0].toUpper()).arg(command.summary.sliced(1));
  if (command.options.isEmpty()) return text;
  text += u"\nOptions:\n"_s;
  for (const OptionRow &option : command.options) {
    if (option.kind == OptionRow::NotHere) continue;
    text += u"  %1\n      %2\n"_s.arg(headOf(option), option.help);
  }
  return text;
}

}  // namespace octetscope::cli
