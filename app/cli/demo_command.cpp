// demo: the built-in demonstration, in the terminal: what the server of it sees, act by act.
#include "app/cli/commands.h"
#include "app/cli/live_session.h"
#include "model/transport/demonstration.h"

#include <limits>

namespace octetscope::cli {

using namespace Qt::StringLiterals;

namespace {

int run(const Arguments &arguments) {
  if (!arguments.positional().isEmpty()) {
    return refuse({u"demo takes no %1"_s.arg(arguments.positional()[0]), u"write demo alone"_s});
  }
  const auto options = DecodeOptions::read(arguments, Demonstration::framing(), Demonstration::layout());
  if (!options) return refuse(options.error());
  const auto every = arguments.number(u"--every"_s);
  if (!every) return refuse(every.error());
  Demonstration::Options pace;
  if (*every) pace.intervalMs = static_cast<int>(std::min<quint64>(**every, std::numeric_limits<int>::max()));

  LiveSession session(*options, true);
  Demonstration demonstration(&session.hub(), &session.capture(), pace);
  bool failed = false;
  QObject::connect(&demonstration, &Demonstration::captionChanged, &session, [&](const QString &caption) {
    session.advance();
    if (options->format == Format::Text) {
      session.output().output().buffer().append(u"\n%1\n"_s.arg(caption).toStdString());
      session.output().flush();
    } else {
      say(caption);
    }
  });
  QObject::connect(&demonstration, &Demonstration::failed, &session, [&](const Error &error) {
    failed = true;
    session.fail(error);
  });
  QObject::connect(&demonstration, &Demonstration::finished, &session, &LiveSession::end);
  demonstration.start();
  const int code = session.exec();
  // It shows a message that stays incomplete: that is no failure of the program.
  return failed || session.output().output().hasFailed() ? code : int{Whole};
}

}  // namespace

CommandRow demoCommand() {
  const QList<OptionRow> options{{u"--every"_s, u"MS"_s, u"milliseconds between its steps (default 700)"_s}};
  return {.name = u"demo"_s,
          .synopsis = {},
          .summary = u"the built-in demonstration: a client and a server that talk over real sockets on loopback"_s,
          .options = options + DecodeOptions::rows(true),
          .run = run};
}

}  // namespace octetscope::cli
