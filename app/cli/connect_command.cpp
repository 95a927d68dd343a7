// connect: a connection for hand and pipe: items first, then standard input as it comes; prints what arrives.
#include "app/cli/client.h"
#include "app/cli/commands.h"
#include "app/cli/input_pump.h"

namespace octetscope::cli {

using namespace Qt::StringLiterals;

namespace {

int run(const Arguments &arguments) {
  const auto where = Client::endpointOf(arguments, u"connect"_s);
  if (!where) return refuse(where.error());
  const auto options = DecodeOptions::read(arguments, u"chunks"_s);
  if (!options) return refuse(options.error());
  const auto items = SendItems::read(arguments, *options);
  if (!items) return refuse(items.error());

  LiveSession session(*options, false);
  const Client client(session, *where, *items);
  LiveConnection &connection = client.connection();
  std::unique_ptr<InputPump> pump;
  if (InputPump::hasInput()) {
    pump = std::make_unique<InputPump>(connection);
    QObject::connect(pump.get(), &InputPump::failed, &session, [&](const Error &error) { session.fail(error); });
  } else {
    // Nobody finishes our side; it ends with the peer's.
    QObject::connect(&connection, &LiveConnection::stateChanged, &session, [&connection](LinkState state) {
      if (state == LinkState::PeerFinished) connection.finishSending();
    });
  }
  return session.exec();
}

}  // namespace

CommandRow connectCommand() {
  return {.name = u"connect"_s,
          .synopsis = u"HOST:PORT"_s,
          .summary = u"connects, sends its items, then standard input as it comes, and prints what arrives"_s,
          .options = SendItems::rows() + DecodeOptions::rows(true),
          .run = run};
}

}  // namespace octetscope::cli
