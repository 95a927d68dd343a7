// listen: accepts connections and prints what arrives.
#include "app/cli/commands.h"
#include "app/cli/live_session.h"
#include "model/transport/endpoint_text.h"

#include <cstdio>

namespace octetscope::cli {

using namespace Qt::StringLiterals;

namespace {

int run(const Arguments &arguments) {
  if (arguments.positional().size() != 1) {
    return refuse({arguments.positional().isEmpty() ? u"listen needs a port"_s : u"listen takes one [HOST:]PORT"_s,
                   u"write listen [HOST:]PORT; port 0 picks a free one"_s});
  }
  const auto endpoint = parseEndpoint(arguments.positional()[0]);
  if (!endpoint) return refuse(endpoint.error());
  const auto options = DecodeOptions::read(arguments, u"chunks"_s);
  if (!options) return refuse(options.error());

  static constexpr const char16_t *responses[] = {u"none", u"echo", u"framed-echo", u"discard", u"close"};
  const QString response = arguments.value(u"--respond"_s, u"none"_s);
  const auto *const found = std::find(std::begin(responses), std::end(responses), QStringView(response));
  if (found == std::end(responses)) {
    return refuse(
        {u"--respond %1 is not known"_s.arg(response), u"it is one of none, echo, framed-echo, discard, close"_s});
  }
  ListenOptions listening;
  listening.host = endpoint->host;
  listening.port = endpoint->port;
  listening.once = arguments.has(u"--once"_s);
  listening.respond = static_cast<Respond>(found - std::begin(responses));
  listening.framer = options->framers[0];
  if (listening.respond == Respond::FramedEcho && !options->framingGiven) {
    return refuse({u"--respond framed-echo needs to know where messages end"_s, u"add --framing SPEC"_s});
  }

  LiveSession session(*options, true);
  const LiveListener *const listener = session.hub().listen(&session.capture(), listening);
  QObject::connect(listener, &LiveListener::listening, &session, [](const Endpoint &where) {
    std::fputs(u"listening on %1\n"_s.arg(where.text()).toUtf8().constData(), stderr);
    std::fflush(stderr);
  });
  QObject::connect(listener, &LiveListener::failed, &session, [&](const Error &error) {
    session.fail(error);
    if (!listener->isListening()) session.end();
  });
  QObject::connect(&session.hub(), &NetworkHub::connectionAdded, &session, [&](LiveConnection *connection) {
    QObject::connect(connection, &LiveConnection::failed, &session, [&](const Error &error) { session.fail(error); });
    if (listening.once) session.endWith(connection);
  });
  return session.exec();
}

}  // namespace

CommandRow listenCommand() {
  QList<OptionRow> options{
      {u"--once"_s, {}, u"accept one connection and end with it"_s, OptionRow::Flag},
      {u"--respond"_s, u"none|echo|framed-echo|discard|close"_s,
       u"what is answered: nothing, every byte, each payload framed anew, nothing on purpose, or the end at once"_s},
      {u"--udp"_s, {}, u"this version speaks TCP alone"_s, OptionRow::NotHere},
  };
  return {.name = u"listen"_s,
          .synopsis = u"[HOST:]PORT"_s,
          .summary = u"accepts TCP connections and prints what arrives, until interrupted; port 0 picks a free one"_s,
          .options = options + DecodeOptions::rows(true),
          .run = run};
}

}  // namespace octetscope::cli
