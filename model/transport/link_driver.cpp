#include "model/transport/link_driver.h"

#include "model/handover.h"
#include "model/transport/network_hub.h"

namespace octetscope {

void LinkShared::tell(std::function<void(LiveConnection &)> function) {
  runLater(hub_, [self = shared_from_this(), function = std::move(function)] {
    if (self->live) function(*self->live);
  });
}

void LinkShared::touch() {
  if (!dirty.exchange(true, std::memory_order_acq_rel)) hub_->requestTick();
}

LinkDriver::LinkDriver(std::shared_ptr<LinkShared> shared, const void *capture, QObject *parent)
    : QObject(parent),
      shared_(std::move(shared)),
      capture_(capture),
      receiveSize_(shared_->receiveSize),
      autoFinish_(shared_->autoFinish) {
  shared_->driver = this;
  silence_.setSingleShot(true);
  silence_.setTimerType(Qt::PreciseTimer);
  connect(&silence_, &QTimer::timeout, this, &LinkDriver::respond);
}

LinkDriver::~LinkDriver() {
  cut();
  shared_->driver = nullptr;
}

void LinkDriver::open(TcpConnector::Target target) {
  connector_ = new TcpConnector(std::move(target), shared_->connection, this);
  connect(connector_, &TcpConnector::connected, this, [this](Channel *channel) {
    connector_->deleteLater();
    connector_ = nullptr;
    take(channel, nullptr);
  });
  connect(connector_, &TcpConnector::failed, this, [this](const Error &error) {
    tellFailure(error);
    end();
  });
  connector_->start();
  shared_->touch();
}

void LinkDriver::take(Channel *channel, std::unique_ptr<Responder> responder) {
  channel_ = channel;
  channel_->setParent(this);
  responder_ = std::move(responder);
  channel_->setReceiveSize(receiveSize_);
  updateReading();
  connect(channel_, &Channel::received, this, [this] {
    shared_->touch();
    respond();
  });
  connect(channel_, &Channel::sent, this, &LinkDriver::onSent);
  connect(channel_, &Channel::drained, this, &LinkDriver::finishWhenNothingIsLeft);
  connect(channel_, &Channel::peerFinished, this, [this] {
    peerFinished_ = true;
    if (state_ == LinkState::Open) setState(LinkState::PeerFinished);
    shared_->touch();
    respond();
    finishWhenNothingIsLeft();
  });
  connect(channel_, &Channel::weFinished, this, [this] {
    shared_->touch();
    if (state_ == LinkState::Open) setState(LinkState::WeFinished);
  });
  connect(channel_, &Channel::failed, this, &LinkDriver::tellFailure);
  connect(channel_, &Channel::over, this, &LinkDriver::end);
  shared_->tell([abilities = channel_->abilities()](LiveConnection &live) { live.applyAbilities(abilities); });
  setState(LinkState::Open);
  shared_->touch();
  respond();
  startNextDelivery();
  if (closeAsked_) {
    setState(LinkState::Closing);
  }
}

void LinkDriver::deliver(int number, QByteArray bytes, const QString &path, DeliveryPlan plan) {
  const auto size = static_cast<quint64>(bytes.size());
  if (ended_ || finishAsked_) {
    shared_->posted.fetch_sub(size);
    // The handle knows by itself what becomes of it when the connection is over.
    if (!ended_) tellDeliveryEnd(number, DeliveryEnd::Cancelled);
    return;
  }
  waitingBytes_ += size;
  waiting_.push_back({number, std::move(bytes), path, std::move(plan)});
  updateUnsent();
  shared_->posted.fetch_sub(size);
  if (!delivery_) startNextDelivery();
}

void LinkDriver::startNextDelivery() {
  while (channel_ && !delivery_ && !waiting_.empty()) {
    Waiting next = std::move(waiting_.front());
    waiting_.pop_front();
    deliveryNumber_ = next.number;
    waitingBytes_ -= static_cast<quint64>(next.bytes.size());
    if (next.path.isEmpty()) {
      delivery_ = Delivery::ofBytes(std::move(next.bytes), std::move(next.plan));
    } else if (auto opened = Delivery::ofFile(next.path, std::move(next.plan)); opened) {
      delivery_ = std::move(*opened);
    } else {
      shared_->connection->addEvent(Event::Kind::Note, opened.error().line());
      tellFailure(opened.error());
      tellDeliveryEnd(next.number, DeliveryEnd::Failed);
      continue;
    }
    connect(delivery_.get(), &Delivery::progress, this, [this](quint64 done, quint64) {
      shared_->done.store(done);
      shared_->touch();
    });
    connect(delivery_.get(), &Delivery::finished, this, [this] { endDelivery(DeliveryEnd::Sent); });
    connect(delivery_.get(), &Delivery::failed, this, [this](const Error &error) {
      shared_->connection->addEvent(Event::Kind::Note, error.line());
      tellFailure(error);
      endDelivery(DeliveryEnd::Failed);
    });
    shared_->done.store(0);
    shared_->total.store(delivery_->total());
    shared_->delivery.store(next.number);
    delivery_->start(channel_);
  }
  updateUnsent();
  // Nothing is left to hand over: what was asked for after it comes now.
  if (!channel_ || delivery_ || !waiting_.empty()) return;
  if (closeAsked_) {
    channel_->close();
  } else if (finishAsked_) {
    channel_->finishSending();
  } else {
    finishWhenNothingIsLeft();
  }
}

void LinkDriver::endDelivery(DeliveryEnd end) {
  if (!delivery_) return;
  tellDeliveryEnd(deliveryNumber_, end, delivery_->done(), delivery_->total());
  shared_->delivery.store(0);
  // It may be the one that called.
  delivery_->disconnect(this);
  delivery_->cancel();
  delivery_.release()->deleteLater();
  if (!ended_) startNextDelivery();
}

void LinkDriver::tellDeliveryEnd(int number, DeliveryEnd end, quint64 done, quint64 total) {
  shared_->touch();
  shared_->tell([=](LiveConnection &live) { live.applyDeliveryEnd(number, end, done, total); });
}

void LinkDriver::cancelDeliveries() {
  for (const Waiting &one : std::exchange(waiting_, {})) tellDeliveryEnd(one.number, DeliveryEnd::Cancelled);
  waitingBytes_ = 0;
  endDelivery(DeliveryEnd::Cancelled);
  updateUnsent();
}

void LinkDriver::finishSending() {
  if (ended_ || finishAsked_) return;
  finishAsked_ = true;
  if (channel_) startNextDelivery();
}

void LinkDriver::close() {
  if (ended_) return;
  if (!channel_) {
    cut();
    return;
  }
  finishAsked_ = true;
  if (closeAsked_) {
    cancelDeliveries();
  }
  closeAsked_ = true;
  setState(LinkState::Closing);
  if (!ended_) startNextDelivery();
}

void LinkDriver::reset() {
  if (ended_) return;
  if (channel_) channel_->reset();
  end();
}

void LinkDriver::cut() {
  if (ended_) return;
  if (channel_) channel_->cut();
  if (connector_) connector_->cancel();
  end();
}

void LinkDriver::setReceiveSize(int bytes) {
  receiveSize_ = bytes;
  if (channel_) channel_->setReceiveSize(bytes);
}

void LinkDriver::setReading(bool reading) {
  userReads_ = reading;
  updateReading();
}

void LinkDriver::setAutoFinish(bool on) {
  autoFinish_ = on;
  finishWhenNothingIsLeft();
}

void LinkDriver::addNote(const QString &text) {
  if (ended_) return;
  shared_->connection->addEvent(Event::Kind::Note, text);
  shared_->touch();
}

void LinkDriver::updateReading() {
  if (channel_) channel_->setReading(userReads_ && !responderPauses_);
}

void LinkDriver::updateUnsent() {
  const quint64 sum = waitingBytes_ + (delivery_ ? delivery_->waiting() : 0) + (channel_ ? channel_->unsent() : 0);
  shared_->unsent.store(ended_ ? 0 : sum);
}

void LinkDriver::onSent() {
  updateUnsent();
  shared_->touch();
  if (responderHasMore_ || responderPauses_) respondLater();
}

void LinkDriver::respondLater() {
  if (std::exchange(responsePosted_, true)) return;
  QMetaObject::invokeMethod(
      this,
      [this] {
        responsePosted_ = false;
        respond();
      },
      Qt::QueuedConnection);
}

void LinkDriver::respond() {
  if (!responder_ || !channel_ || ended_) return;
  if (finishAsked_) {
    // The user finished sending: nothing is answered any more, but what comes is still read.
    responderHasMore_ = responderPauses_ = false;
    updateReading();
    return;
  }
  // While the queue is long, sent() calls again.
  if (channel_->unsent() >= Responder::mostUnsent) {
    responderPauses_ = responderHasMore_ = true;
    updateReading();
    return;
  }
  const auto answer = responder_->respond(shared_->connection->stream(Direction::In).view(), *channel_);
  responderHasMore_ = answer.more;
  responderPauses_ = answer.pause;
  if (answer.againAt != noTime) {
    silence_.start(shared_->connection->clock().millisecondsUntil(answer.againAt));
  } else {
    silence_.stop();
  }
  if (answer.trouble) {
    shared_->connection->addEvent(Event::Kind::Note, answer.trouble->line());
    tellFailure(*answer.trouble);
  }
  updateReading();
  updateUnsent();
  if (responderHasMore_ && channel_->unsent() < Responder::mostUnsent) respondLater();
  finishWhenNothingIsLeft();
}

void LinkDriver::finishWhenNothingIsLeft() {
  if (!autoFinish_ || !peerFinished_ || finishAsked_ || ended_ || !channel_) return;
  if (delivery_ || !waiting_.empty() || responderHasMore_ || channel_->unsent() > 0) return;
  finishAsked_ = true;
  channel_->finishSending();
}

void LinkDriver::setState(LinkState state) {
  if (state == state_) return;
  state_ = state;
  shared_->tell([state](LiveConnection &live) { live.applyState(state); });
}

void LinkDriver::tellFailure(const Error &error) {
  shared_->touch();
  shared_->tell([error](LiveConnection &live) { Q_EMIT live.failed(error); });
}

void LinkDriver::end() {
  if (std::exchange(ended_, true)) return;
  if (channel_) channel_->disconnect(this);
  cancelDeliveries();
  updateUnsent();
  shared_->touch();
  setState(LinkState::Over);
  deleteLater();
}

}  // namespace octetscope
