// octetscope-cli: the headless twin of the window. This file finds the command and hands it its arguments.
#include "app/cli/commands.h"
#include "app/cli/help.h"
#include "app/cli/output.h"
#include "model/filter/filter_help.h"

#include <QCoreApplication>

#include <clocale>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <langinfo.h>
#include <unistd.h>

namespace octetscope::cli {

using namespace Qt::StringLiterals;

namespace {

QList<CommandRow> commands() {
  return {decodeCommand(), listenCommand(),   connectCommand(), sendCommand(),     demoCommand(),   packCommand(),
          unpackCommand(), calcsizeCommand(), batchCommand(),   framingsCommand(), suggestCommand()};
}

/// Commands of the contract that come later.
const QStringList &laterCommands() {
  static const QStringList names{u"relay"_s, u"export"_s};
  return names;
}

int print(const QString &text) {
  Output output;
  output.buffer().append(text.toStdString());
  output.flush();
  return output.hasFailed() ? Nothing : Whole;
}

int runCommand(const CommandRow &command, const QStringList &words) {
  // Asked for help, nothing else is looked at. Behind `--` words are values, and so is every word of some commands.
  for (const QString &word : words) {
    if (word == u"--"_s) break;
    if (word == u"--help"_s || word == u"-h"_s) return print(helpOf(command));
    if (command.runWords) break;
  }
  if (command.runWords) return command.runWords(words);
  const auto arguments = Arguments::parse(words, command.options);
  if (!arguments) return refuse(arguments.error());
  return command.run(*arguments);
}

int run(QStringList words) {
  const QList<CommandRow> all = commands();
  if (words.isEmpty()) {
    return refuse({u"no command given"_s, u"octetscope-cli --help lists the commands"_s});
  }
  QString name = words.takeFirst();
  if (name == u"--version"_s || name == u"-V"_s) return print(u"octetscope-cli " OCTETSCOPE_VERSION "\n"_s);
  if (name == u"--help"_s || name == u"-h"_s || name == u"help"_s) {
    if (words.isEmpty()) return print(overview(all));
    name = words.takeFirst();
    if (name == u"filter"_s) return print(filterHelp());
    words = {u"--help"_s};
  }
  for (const CommandRow &command : all) {
    if (command.name == name) return runCommand(command, words);
  }
  if (laterCommands().contains(name)) {
    return refuse({u"%1 is not in this version"_s.arg(name), u"octetscope-cli --help lists the commands"_s});
  }
  return refuse({u"%1 is no command"_s.arg(name), u"octetscope-cli --help lists the commands"_s});
}

}  // namespace

}  // namespace octetscope::cli

int main(int argc, char **argv) {
  // A descriptor that was closed for us would be the next one opened, a socket perhaps. Nothing can be read from what
  // stands there instead, and writing to it fails, which is said.
  for (const int file : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(file, F_GETFD) < 0) ::open("/dev/null", O_RDONLY);
  }
  // Text is UTF-8 here, whatever the locale says; Qt would warn about it where only results and errors are expected.
  std::setlocale(LC_ALL, "");
  if (std::strcmp(nl_langinfo(CODESET), "UTF-8") != 0) ::setenv("LC_ALL", "C.UTF-8", 1);
  // Who reads us may go away: write() then says so, and the program ends quietly.
  std::signal(SIGPIPE, SIG_IGN);
  QStringList words;
  for (int i = 1; i < argc; ++i) words.append(QString::fromUtf8(argv[i]));
  const QCoreApplication application(argc, argv);
  return octetscope::cli::run(words);
}
