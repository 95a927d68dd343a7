#include "model/capture/connection.h"

namespace octetscope {

QString Endpoint::text() const {
  if (isNone()) return {};
  const QString shown = host.contains(QLatin1Char(':')) ? QString(QLatin1Char('[') + host + QLatin1Char(']')) : host;
  return shown + QLatin1Char(':') + QString::number(port);
}

Connection::Connection(int number, std::shared_ptr<CaptureClock> clock, Endpoint from, Endpoint to)
    : number_(number),
      clock_(std::move(clock)),
      streams_{std::make_unique<Stream>(clock_), std::make_unique<Stream>(clock_)},
      from_(std::move(from)),
      to_(std::move(to)) {}

Connection::Connection(int number, std::shared_ptr<CaptureClock> clock, std::unique_ptr<Stream> in, bool isExample)
    : number_(number),
      clock_(std::move(clock)),
      isExample_(isExample),
      streams_{std::move(in), std::make_unique<Stream>()},
      over_(true) {}

Endpoint Connection::from() const {
  const std::lock_guard lock(mutex_);
  return from_;
}

Endpoint Connection::to() const {
  const std::lock_guard lock(mutex_);
  return to_;
}

void Connection::setEndpoints(Endpoint from, Endpoint to) {
  const std::lock_guard lock(mutex_);
  from_ = std::move(from);
  to_ = std::move(to);
}

quint64 Connection::eventCount() const {
  const std::lock_guard lock(mutex_);
  return events_.size();
}

Event Connection::event(quint64 index) const {
  const std::lock_guard lock(mutex_);
  return events_.at(index);
}

void Connection::addEvent(Event::Kind kind, QString text) {
  Event event{kind, clock_->stamp(), std::move(text), stream(Direction::In).size(), stream(Direction::Out).size()};
  const std::lock_guard lock(mutex_);
  events_.push_back(std::move(event));
}

}  // namespace octetscope
