#include "model/items/connection_decoder.h"

#include "model/framing/registry.h"
#include "model/framing/restarting_framer.h"
#include "model/items/decode_run.h"
#include "model/structs/layout.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QThreadPool>
#include <QTimer>

namespace octetscope {

namespace {

constexpr int frameMs = 16;
constexpr int firstSliceMs = 4;
constexpr quint64 quickBytes = 1 << 20;  // what is framed before anybody could read that it is busy

std::size_t at(Direction direction) {
  return static_cast<std::size_t>(direction);
}

Direction directionOf(std::size_t d) {
  return static_cast<Direction>(d);
}

RowKind kindOf(Direction direction) {
  return direction == Direction::In ? RowKind::In : RowKind::Out;
}

/// The last groups of messages that were looked up.
class MessageCache {
 public:
  void clear() {
    for (MessageGroup &group : groups_) group.batch.start(0);
  }
  Message message(const MessageIndex &index, const StreamView &view, quint64 number) {
    for (const MessageGroup &group : groups_) {
      if (group.contains(number)) return group.at(number);
    }
    MessageGroup &group = groups_[next_];
    next_ = (next_ + 1) % groups_.size();
    index.find(view, number, group);
    return group.contains(number) ? group.at(number) : Message{};
  }

 private:
  std::array<MessageGroup, 8> groups_ = {};
  std::size_t next_ = 0;
};

}  // namespace

Result<DirectionReader> DirectionReader::create(const DirectionSettings &settings, const QList<quint64> &restarts) {
  auto framer = framerFromSpec(settings.framing, settings.maxMessage);
  if (!framer) return std::unexpected(framer.error());
  DirectionReader reader{withRestarts(std::move(*framer), restarts), nullptr};
  if (!settings.layout.trimmed().isEmpty()) {
    auto layout = Layout::parse(settings.layout);
    if (!layout) return std::unexpected(layout.error());
    reader.fields = std::move(*layout);
  }
  return reader;
}

class ConnectionDecoder::Private {
 public:
  /// How a slice finds its decoder, which may be gone by then.
  struct Mailbox {
    std::mutex mutex;  // guards receiver
    ConnectionDecoder *receiver;
  };

  Private(ConnectionDecoder *decoder, QThreadPool *threads)
      : q(decoder), pool(threads ? threads : QThreadPool::globalInstance()), mailbox(std::make_shared<Mailbox>()) {
    mailbox->receiver = decoder;
    timer.setSingleShot(true);
    timer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&timer, &QTimer::timeout, q, [this] { launch(); });
  }
  ~Private() {
    {
      const std::lock_guard lock(mailbox->mutex);
      mailbox->receiver = nullptr;
    }
    dispose(std::move(run));
  }

  /// Lets go of a run: freeing the tables of a hundred million messages takes too long for the window's thread.
  void dispose(std::shared_ptr<DecodeRun> old) {
    if (!old) return;
    old->cancel();
    pool->start([old = std::move(old)]() mutable { old.reset(); });
  }

  /// Begins a slice as soon as it may: at most one publication in a painted frame.
  void request() {
    if (!run) return;
    if (isRunning) {
      isRequested = true;
      return;
    }
    const qint64 since = sincePublished.isValid() ? sincePublished.elapsed() : frameMs;
    if (since >= frameMs) {
      launch();
    } else if (!timer.isActive()) {
      timer.start(static_cast<int>(frameMs - since));
    }
  }

  void launch() {
    if (!run || isRunning) return;
    timer.stop();
    isRunning = true;
    isRequested = false;
    const int limit = sincePublished.isValid() ? frameMs : firstSliceMs;
    pool->start([current = run, box = mailbox, limit]() mutable {
      DecodeStep found = current->work(limit);
      const std::lock_guard lock(box->mutex);
      if (!box->receiver) return;
      ConnectionDecoder *const receiver = box->receiver;
      QMetaObject::invokeMethod(
          receiver,
          [receiver, from = std::move(current), found = std::move(found)]() mutable {
            receiver->d_->publish(std::move(from), std::move(found));
          },
          Qt::QueuedConnection);
    });
  }

  void restart(DirectionReader in, DirectionReader out, quint64 firstEvent) {
    Q_EMIT q->aboutToRestart();
    timer.stop();
    dispose(std::move(run));
    run = std::make_shared<DecodeRun>(q->connection_, std::array{std::move(in), std::move(out)}, firstEvent);
    isRunning = isRequested = false;
    sincePublished.invalidate();
    // The bytes stay: only what is made of them begins anew.
    DecodeStep fresh;
    fresh.views = std::move(step.views);
    fresh.startNs = step.startNs;
    fresh.isComplete = false;
    step = std::move(fresh);
    for (MessageCache &cache : caches) cache.clear();
    const std::shared_ptr<DecodeRun> mine = run;
    Q_EMIT q->restarted();
    if (run != mine) return;  // a listener has restarted it already
    const Connection &connection = *q->connection_;
    if (connection.stream(Direction::In).size() + connection.stream(Direction::Out).size() > quickBytes) setBusy(true);
    if (run == mine) launch();
  }

  void publish(std::shared_ptr<DecodeRun> from, DecodeStep found) {
    if (from != run) return dispose(std::move(from));  // of an older generation
    isRunning = false;
    sincePublished.start();
    const DecodeStep old = step;
    const bool hasRows = found.rowCount > old.rowCount;
    bool isChanged = hasRows || old.isComplete != found.isComplete || old.framedBytes != found.framedBytes;
    for (std::size_t d = 0; d < 2; ++d) {
      isChanged = isChanged || old.views[d].size() != found.views[d].size() || old.views[d].end != found.views[d].end;
    }
    if (hasRows) {
      Q_EMIT q->rowsAboutToBeAdded(old.rowCount, found.rowCount - 1);
      if (from != run) return;
    }
    step = std::move(found);
    if (hasRows) {
      Q_EMIT q->rowsAdded(old.rowCount, step.rowCount - 1);
      if (from != run) return;
    }
    for (std::size_t d = 0; d < 2; ++d) {
      // What was last and not final may have grown, be final now, or wait in vain.
      if (old.messages[d] <= old.finals[d]) continue;
      const Direction direction = directionOf(d);
      const quint64 number = old.finals[d];
      if (q->message(direction, number) == old.rests[d] && old.views[d].end == step.views[d].end) continue;
      isChanged = true;
      Q_EMIT q->rowChanged(run->rows().rowOf(kindOf(direction), number));
      if (from != run) return;
    }
    const bool isComplete = step.isComplete;
    if (isChanged) Q_EMIT q->advanced();
    if (from != run) return;
    setBusy(!isComplete);
    if (from != run) return;
    if (!isComplete) {
      launch();
    } else if (isRequested) {
      request();
    }
  }

  void setBusy(bool busy) {
    if (busy == isBusy) return;
    isBusy = busy;
    Q_EMIT q->busyChanged(busy);
  }

  ConnectionDecoder *const q;
  QThreadPool *const pool;
  const std::shared_ptr<Mailbox> mailbox;
  const DirectionReader noReader = {};
  std::shared_ptr<DecodeRun> run;  // null before setReaders()
  DecodeStep step;                 // what is published
  std::array<MessageCache, 2> caches;
  bool isRunning = false;    // a slice of `run` is under way, or its step waits to be published
  bool isRequested = false;  // and another is wanted after it
  bool isBusy = false;
  QTimer timer;
  QElapsedTimer sincePublished;  // invalid: nothing of this generation was
};

ConnectionDecoder::ConnectionDecoder(std::shared_ptr<Connection> connection, QObject *parent, QThreadPool *pool)
    : QObject(parent), connection_(std::move(connection)), d_(std::make_unique<Private>(this, pool)) {}

ConnectionDecoder::~ConnectionDecoder() = default;

void ConnectionDecoder::setReaders(DirectionReader in, DirectionReader out, quint64 firstEvent) {
  d_->restart(std::move(in), std::move(out), firstEvent);
}

const DirectionReader &ConnectionDecoder::reader(Direction direction) const {
  return d_->run ? d_->run->reader(direction) : d_->noReader;
}

void ConnectionDecoder::advance() {
  d_->request();
}
bool ConnectionDecoder::isBusy() const {
  return d_->isBusy;
}
quint64 ConnectionDecoder::framedBytes() const {
  return d_->step.framedBytes;
}
quint64 ConnectionDecoder::totalBytes() const {
  return d_->step.totalBytes();
}
quint64 ConnectionDecoder::rowCount() const {
  return d_->step.rowCount;
}

RowOrder::Row ConnectionDecoder::row(quint64 row) const {
  return d_->run->rows().at(row);
}

quint64 ConnectionDecoder::rowOf(RowKind kind, quint64 number) const {
  return d_->run->rows().rowOf(kind, number);
}

quint64 ConnectionDecoder::messageCount(Direction direction) const {
  return d_->step.messages[at(direction)];
}

Message ConnectionDecoder::message(Direction direction, quint64 number) const {
  const std::size_t d = at(direction);
  if (number >= d_->step.finals[d]) return d_->step.rests[d];
  return d_->caches[d].message(d_->run->index(direction), d_->step.views[d], number);
}

std::optional<quint64> ConnectionDecoder::messageAt(Direction direction, quint64 offset) const {
  if (!d_->run) return std::nullopt;
  const std::size_t d = at(direction);
  const DecodeStep &step = d_->step;
  const quint64 final = std::min(step.finals[d], step.messages[d]);
  const quint64 number = std::min(step.finals[d], d_->run->index(direction).numberAt(step.views[d], offset));
  if (number < final) return number;
  if (number < step.messages[d] && step.rests[d].end() > offset) return number;
  return std::nullopt;
}

std::optional<quint64> ConnectionDecoder::firstFlaw(Direction direction, quint64 first, quint64 end) const {
  if (!d_->run) return std::nullopt;
  const std::size_t d = at(direction);
  const DecodeStep &step = d_->step;
  end = std::min(end, step.messages[d]);
  const auto flaw = d_->run->index(direction).firstFlaw(step.views[d], first, std::min(end, step.finals[d]));
  if (flaw) return flaw;
  const bool hasRest = first <= step.finals[d] && step.finals[d] < end;
  return hasRest && step.rests[d].status != Status::Complete ? std::optional(step.finals[d]) : std::nullopt;
}

const StreamView &ConnectionDecoder::view(Direction direction) const {
  return d_->step.views[at(direction)];
}

ScanState ConnectionDecoder::stateFor(Direction direction, const Message &message, quint64 offset) const {
  if (!d_->run) return ScanState::startingAt(message.offset);
  return d_->run->index(direction).stateFor(message.offset, offset);
}

Event ConnectionDecoder::eventAt(quint64 number) const {
  return connection_->event((d_->run ? d_->run->firstEvent() : 0) + number);
}
qint64 ConnectionDecoder::startTimeNs() const {
  return d_->step.startNs;
}

}  // namespace octetscope
