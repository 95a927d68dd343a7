#include "model/transport/live_connection.h"

#include "model/transport/hub_core.h"
#include "model/transport/io_thread.h"
#include "model/transport/network_hub.h"

namespace octetscope {

namespace {

/// Runs `function` with the driver in the I/O thread, where there still is one.
template <typename Function>
auto withDriver(std::shared_ptr<LinkShared> shared, Function function) {
  return [shared = std::move(shared), function = std::move(function)](HubCore &) mutable {
    if (shared->driver) function(*shared->driver);
  };
}

}  // namespace

LiveConnection::LiveConnection(NetworkHub *hub, Capture *capture, std::shared_ptr<LinkShared> shared)
    : QObject(hub),
      hub_(hub),
      capture_(capture),
      shared_(std::move(shared)),
      connection_(shared_->connection),
      accepted_(shared_->accepted),
      receiveSize_(shared_->receiveSize),
      autoFinish_(shared_->autoFinish) {
  shared_->live = this;
}

LiveConnection::~LiveConnection() {
  shared_->live = nullptr;
}

int LiveConnection::send(QByteArray bytes, DeliveryPlan plan) {
  return deliver(std::move(bytes), {}, std::move(plan));
}

int LiveConnection::sendFile(const QString &path, DeliveryPlan plan) {
  return deliver({}, path, std::move(plan));
}

int LiveConnection::deliver(QByteArray bytes, QString path, DeliveryPlan plan) {
  if (ends_) return 0;
  const int number = ++lastDelivery_;
  underWay_.append(number);
  shared_->posted.fetch_add(static_cast<quint64>(bytes.size()));
  hub_->post([shared = shared_, number, bytes = std::move(bytes), path = std::move(path),
              plan = std::move(plan)](HubCore &) mutable {
    if (shared->driver) {
      shared->driver->deliver(number, std::move(bytes), path, std::move(plan));
    } else {
      shared->posted.fetch_sub(static_cast<quint64>(bytes.size()));
    }
  });
  return number;
}

quint64 LiveConnection::unsent() const {
  return shared_->posted.load() + shared_->unsent.load();
}

void LiveConnection::cancelDelivery() {
  hub_->post(withDriver(shared_, [](LinkDriver &driver) { driver.cancelDeliveries(); }));
}

void LiveConnection::finishSending() {
  finishAsked_ = true;
  hub_->post(withDriver(shared_, [](LinkDriver &driver) { driver.finishSending(); }));
}

void LiveConnection::close() {
  finishAsked_ = true;
  hub_->post(withDriver(shared_, [](LinkDriver &driver) { driver.close(); }));
}

void LiveConnection::reset() {
  finishAsked_ = true;
  hub_->post(withDriver(shared_, [](LinkDriver &driver) { driver.reset(); }));
}

void LiveConnection::cut() {
  finishAsked_ = true;
  hub_->post(withDriver(shared_, [](LinkDriver &driver) { driver.cut(); }));
}

void LiveConnection::setReceiveSize(int bytes) {
  receiveSize_ = std::clamp(bytes, 1, Channel::largestReceiveSize);
  hub_->post(withDriver(shared_, [size = receiveSize_](LinkDriver &driver) { driver.setReceiveSize(size); }));
}

void LiveConnection::setReading(bool reading) {
  reading_ = reading;
  hub_->post(withDriver(shared_, [reading](LinkDriver &driver) { driver.setReading(reading); }));
}

void LiveConnection::setAutoFinish(bool on) {
  autoFinish_ = on;
  hub_->post(withDriver(shared_, [on](LinkDriver &driver) { driver.setAutoFinish(on); }));
}

void LiveConnection::addNote(QString text) {
  hub_->post(withDriver(shared_, [text = std::move(text)](LinkDriver &driver) { driver.addNote(text); }));
}

void LiveConnection::applyState(LinkState state) {
  // Whoever acts on the end finds everything told that came before it.
  if (state == LinkState::Over) {
    if (shared_->dirty.exchange(false, std::memory_order_acq_rel)) {
      tick();
      Q_EMIT hub_->activity();
    }
    ends_ = true;
    // These were on their way when the connection ended.
    while (!underWay_.isEmpty()) Q_EMIT deliveryEnded(underWay_.takeFirst(), DeliveryEnd::Cancelled);
  }
  state_ = state;
  Q_EMIT stateChanged(state);
}

void LiveConnection::applyDeliveryEnd(int number, DeliveryEnd end, quint64 done, quint64 total) {
  underWay_.removeOne(number);
  if (total > 0) Q_EMIT deliveryProgress(number, done, total);
  Q_EMIT deliveryEnded(number, end);
}

void LiveConnection::tick() {
  Q_EMIT activity();
  // A new delivery may begin between the loads; the next tick puts that right.
  const int delivery = shared_->delivery.load();
  if (delivery > 0) Q_EMIT deliveryProgress(delivery, shared_->done.load(), shared_->total.load());
}

}  // namespace octetscope
