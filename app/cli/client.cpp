#include "app/cli/client.h"

#include "model/transport/endpoint_text.h"

namespace octetscope::cli {

using namespace Qt::StringLiterals;

Client::Client(LiveSession &session, const Endpoint &where, const SendItems &items) : session_(session) {
  ConnectOptions options;
  options.host = where.host;
  options.port = where.port;
  connection_ = session.hub().connectTo(&session.capture(), options);
  connect(connection_, &LiveConnection::failed, this, [this](const Error &error) {
    lossIsTold_ = true;
    session_.fail(error);
  });
  connect(connection_, &LiveConnection::deliveryEnded, this, [this](int, DeliveryEnd end) { onDeliveryEnded(end); });
  session.endWith(connection_);
  items.deliver(*connection_);
}

void Client::onDeliveryEnded(DeliveryEnd end) {
  if (end != DeliveryEnd::Cancelled || session_.hasEnded() || std::exchange(lossIsTold_, true)) return;
  session_.fail({u"the connection ended before everything was sent"_s, u"ask the peer why it let go"_s});
}

Result<Endpoint> Client::endpointOf(const Arguments &arguments, const QString &command) {
  if (arguments.positional().size() != 1) {
    return octetscope::fail(arguments.positional().isEmpty()
                                ? u"%1 needs to know whom to connect to"_s.arg(command)
                                : u"%1 takes one HOST:PORT, not also %2"_s.arg(command, arguments.positional()[1]),
                            u"write %1 HOST:PORT"_s.arg(command));
  }
  return parseEndpoint(arguments.positional()[0], {}, false);
}

}  // namespace octetscope::cli
