#include "model/transport/hub_core.h"

#include "model/capture/capture.h"
#include "model/handover.h"

namespace octetscope {

void HubCore::listen(int id, Capture *capture, ListenOptions options) {
  auto *listener = new TcpListener(
      [capture](Endpoint from, Endpoint to) { return capture->addConnection(std::move(from), std::move(to)); }, this);
  const Endpoint local{options.host, options.port};
  listening_.insert(id, {listener, capture, std::move(options)});
  connect(listener, &TcpListener::listening, this, [this, id](const Endpoint &endpoint) {
    tellListener(id, [endpoint](LiveListener &live) { live.applyListening(endpoint); });
  });
  connect(listener, &TcpListener::failed, this, [this, id](const Error &error) {
    tellListener(id, [error](LiveListener &live) { Q_EMIT live.failed(error); });
  });
  connect(listener, &TcpListener::stopped, this, [this, id, listener] {
    listening_.remove(id);
    listener->deleteLater();
    tellListener(id, [](LiveListener &live) { live.applyStopped(); });
  });
  connect(listener, &TcpListener::accepted, this, [this, id](Channel *channel) { accept(id, channel); });
  listener->listen(local);
}

void HubCore::changeListener(int id, const std::function<void(ListenOptions &)> &change) {
  if (const auto found = listening_.find(id); found != listening_.end()) change(found->options);
}

void HubCore::stopListener(int id) {
  if (const auto found = listening_.constFind(id); found != listening_.cend()) found->listener->stop();
}

void HubCore::accept(int id, Channel *channel) {
  const auto found = listening_.constFind(id);
  if (found == listening_.cend()) {
    delete channel;
    return;
  }
  const ListenOptions options = found->options;
  Capture *const capture = found->capture;
  auto shared = std::make_shared<LinkShared>(hub_, channel->connection());
  shared->accepted = true;
  shared->receiveSize = options.receiveSize;
  shared->autoFinish = options.autoFinish;
  auto *driver = new LinkDriver(shared, capture, this);
  runLater(hub_, [hub = hub_, id, capture, shared] {
    if (hub->isReleased(capture)) return;
    LiveConnection *const live = hub->adopt(capture, shared);
    LiveListener *const listener = hub->listenerOf(id);
    if (listener) Q_EMIT listener->accepted(live);
  });
  std::unique_ptr<Responder> responder;
  if (options.respond == Respond::Echo) responder = std::make_unique<EchoResponder>();
  if (options.respond == Respond::FramedEcho && options.framer) {
    responder = std::make_unique<FramedEchoResponder>(options.framer);
  }
  driver->take(channel, std::move(responder));
  if (options.respond == Respond::Close) driver->close();
  if (options.once) stopListener(id);
}

void HubCore::connectTo(const std::shared_ptr<LinkShared> &shared, Capture *capture, const ConnectOptions &options) {
  auto *driver = new LinkDriver(shared, capture, this);
  driver->open({.peer = {options.host, options.port}, .bindHost = options.bindHost, .timeoutMs = options.timeoutMs});
}

void HubCore::stop(const Capture *capture) {
  const auto listening = listening_;
  for (const Listening &one : listening) {
    if (!capture || one.capture == capture) one.listener->stop();
  }
  const auto drivers = findChildren<LinkDriver *>(QString(), Qt::FindDirectChildrenOnly);
  for (LinkDriver *driver : drivers) {
    if (!capture || driver->capture() == capture) driver->cut();
  }
}

void HubCore::tellListener(int id, std::function<void(LiveListener &)> function) {
  runLater(hub_, [hub = hub_, id, function = std::move(function)] {
    if (LiveListener *const listener = hub->listenerOf(id)) function(*listener);
  });
}

}  // namespace octetscope
