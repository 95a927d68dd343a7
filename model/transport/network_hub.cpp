#include "model/transport/network_hub.h"

#include "model/capture/capture.h"
#include "model/handover.h"
#include "model/transport/hub_core.h"
#include "model/transport/io_thread.h"

#include <QPointer>

namespace octetscope {

namespace {

constexpr int tickMs = 16;  // a painted frame

}  // namespace

LiveListener::LiveListener(NetworkHub *hub, Capture *capture, ListenOptions options, int id)
    : QObject(hub), hub_(hub), capture_(capture), options_(std::move(options)), id_(id) {}

void LiveListener::stop() {
  hub_->post([id = id_](HubCore &core) { core.stopListener(id); });
}

void LiveListener::setReceiveSize(int bytes) {
  options_.receiveSize = bytes;
  hub_->post([id = id_, bytes](HubCore &core) {
    core.changeListener(id, [bytes](ListenOptions &options) { options.receiveSize = bytes; });
  });
}

void LiveListener::setAutoFinish(bool on) {
  options_.autoFinish = on;
  hub_->post([id = id_, on](HubCore &core) {
    core.changeListener(id, [on](ListenOptions &options) { options.autoFinish = on; });
  });
}

void LiveListener::applyListening(const Endpoint &endpoint) {
  endpoint_ = endpoint;
  listening_ = true;
  Q_EMIT listening(endpoint);
}

void LiveListener::applyStopped() {
  listening_ = false;
  Q_EMIT stopped();
}

NetworkHub::NetworkHub(QObject *parent) : QObject(parent), io_(std::make_unique<IoThread>()), tickTimer_(this) {
  io_->runAndWait([this] { core_ = new HubCore(this); });
  tickTimer_.setSingleShot(true);
  tickTimer_.setTimerType(Qt::PreciseTimer);
  connect(&tickTimer_, &QTimer::timeout, this, &NetworkHub::runTick);
}

NetworkHub::~NetworkHub() {
  io_->runAndWait([this] {
    core_->stop(nullptr);
    delete core_;
    core_ = nullptr;
  });
  io_.reset();
  // The handles go while the hub's members still stand.
  qDeleteAll(std::exchange(connections_, {}));
  qDeleteAll(std::exchange(listeners_, {}));
}

void NetworkHub::post(std::function<void(HubCore &)> function) {
  io_->run([this, function = std::move(function)] { function(*core_); });
}

LiveListener *NetworkHub::listen(Capture *capture, const ListenOptions &options) {
  auto *listener = new LiveListener(this, capture, options, ++lastListener_);
  listeners_.append(listener);
  post([id = listener->id_, capture, options](HubCore &core) { core.listen(id, capture, options); });
  return listener;
}

LiveConnection *NetworkHub::connectTo(Capture *capture, const ConnectOptions &options) {
  auto shared = std::make_shared<LinkShared>(this, capture->addConnection({}, Endpoint{options.host, options.port}));
  shared->receiveSize = options.receiveSize;
  shared->autoFinish = options.autoFinish;
  LiveConnection *const live = adopt(capture, shared);
  post([shared, capture, options](HubCore &core) { core.connectTo(shared, capture, options); });
  return live;
}

LiveConnection *NetworkHub::adopt(Capture *capture, const std::shared_ptr<LinkShared> &shared) {
  auto *live = new LiveConnection(this, capture, shared);
  connections_.append(live);
  Q_EMIT connectionAdded(live);
  // What was recorded before there was a handle asked for a tick that did not find it.
  if (shared->dirty.load(std::memory_order_acquire)) requestTick();
  return live;
}

LiveListener *NetworkHub::listenerOf(int id) const {
  for (LiveListener *listener : listeners_) {
    if (listener->id_ == id) return listener;
  }
  return nullptr;
}

LiveConnection *NetworkHub::live(const Capture *capture, int number) const {
  for (LiveConnection *connection : connections_) {
    if (connection->capture() == capture && connection->number() == number) return connection;
  }
  return nullptr;
}

void NetworkHub::release(Capture *capture) {
  io_->runAndWait([this, capture] { core_->stop(capture); });
  // A connection that was accepted just before must not get a handle when its news arrives.
  released_.append(capture);
  QMetaObject::invokeMethod(this, [this, capture] { released_.removeOne(capture); }, Qt::QueuedConnection);
  // The caller may be in a slot of one of them.
  const auto retire = [capture](auto *one) {
    if (one->capture() != capture) return false;
    one->blockSignals(true);
    one->deleteLater();
    return true;
  };
  connections_.removeIf([&](LiveConnection *one) {
    if (!retire(one)) return false;
    one->shared_->live = nullptr;
    return true;
  });
  listeners_.removeIf(retire);
}

void NetworkHub::stopAll() {
  io_->runAndWait([this] { core_->stop(nullptr); });
}

void NetworkHub::requestTick() {
  if (tickIsRequested_.exchange(true, std::memory_order_acq_rel)) return;
  runLater(this, [this] { tickRequested(); });
}

void NetworkHub::tickRequested() {
  const qint64 since = sinceTick_.isValid() ? sinceTick_.elapsed() : tickMs;
  if (since >= tickMs) {
    runTick();
  } else {
    tickTimer_.start(static_cast<int>(tickMs - since));
  }
}

void NetworkHub::runTick() {
  sinceTick_.start();
  // Before the flags are read: whatever is set from now on asks for a tick of its own.
  tickIsRequested_.store(false, std::memory_order_release);
  QList<QPointer<LiveConnection>> changed;
  for (LiveConnection *connection : std::as_const(connections_)) {
    if (connection->shared_->dirty.exchange(false, std::memory_order_acq_rel)) changed.append(connection);
  }
  for (const QPointer<LiveConnection> &connection : std::as_const(changed)) {
    if (connection) connection->tick();
  }
  if (!changed.isEmpty()) Q_EMIT activity();
}

}  // namespace octetscope
