#include "model/items/connection_decoder.h"

#include "model/background_pool.h"
#include "model/items/decode_run.h"
#include "model/items/message_contents.h"
#include "model/mailbox.h"

#include <QElapsedTimer>
#include <QTimer>

namespace octetscope {

using namespace Qt::StringLiterals;

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

}  // namespace

class ConnectionDecoder::Private {
 public:
  Private(ConnectionDecoder *decoder, QThreadPool *threads)
      : q(decoder),
        pool(threads ? threads : backgroundPool()),
        mailbox(std::make_shared<Mailbox<ConnectionDecoder>>(decoder)),
        contents(*decoder) {
    timer.setSingleShot(true);
    timer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&timer, &QTimer::timeout, q, [this] { launch(); });
    silence.setSingleShot(true);
    silence.setTimerType(Qt::PreciseTimer);
    QObject::connect(&silence, &QTimer::timeout, q, [this] { request(); });
  }
  ~Private() {
    mailbox->close();
    dispose(std::move(run));
  }

  /// Lets go of a run: freeing the tables of a hundred million messages takes too long for the window's thread.
  void dispose(std::shared_ptr<DecodeRun> old) {
    if (!old) return;
    old->cancel();
    runInPool(pool, [old = std::move(old)]() mutable { old.reset(); });
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
    runInPool(pool, [current = run, box = mailbox, limit]() mutable {
      DecodeStep found = current->work(limit);
      box->tell(box, [from = std::move(current), found = std::move(found)](ConnectionDecoder &receiver) mutable {
        receiver.d_->publish(std::move(from), std::move(found));
      });
    });
  }

  void restart(DirectionReader in, DirectionReader out, quint64 firstEvent) {
    Q_EMIT q->aboutToRestart();
    timer.stop();
    silence.stop();
    std::array<bool, 2> wasJoined = {};
    for (std::size_t d = 0; d < 2; ++d) wasJoined[d] = run && run->reader(directionOf(d)).outer;
    dispose(std::move(run));
    run = std::make_shared<DecodeRun>(q->connection_, std::array{std::move(in), std::move(out)}, firstEvent);
    isRunning = isRequested = false;
    sincePublished.invalidate();
    // The bytes stay: only what is made of them begins anew.
    DecodeStep fresh;
    fresh.views = std::move(live.views);
    for (std::size_t d = 0; d < 2; ++d) {
      // Joined payloads are other bytes than the stream's: none of either may be read as the other.
      if (wasJoined[d] || run->reader(directionOf(d)).outer) fresh.views[d] = {};
    }
    fresh.events = live.events;
    fresh.startNs = live.startNs;
    fresh.isComplete = false;
    live = std::move(fresh);
    step = shown();
    for (MessageCache &cache : caches) cache.clear();
    contents.clear();
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
    const bool isNew = differ(live, found);
    live = std::move(found);
    if (!show(shown())) return;
    if (isNew) Q_EMIT q->liveAdvanced();
    if (from != run) return;
    const bool isComplete = live.isComplete;
    setBusy(!isComplete);
    if (from != run) return;
    if (!isComplete) {
      launch();
    } else if (isRequested) {
      request();
    } else {
      waitForSilence();
    }
  }

  /// Comes back when a last message will be final because nothing came after it: nobody else will tell.
  void waitForSilence() {
    qint64 first = noTime;
    for (std::size_t d = 0; d < 2; ++d) {
      // Without a clock no silence will ever be known.
      if (live.views[d].end != StreamEnd::Open || live.views[d].nowNs == noTime) continue;
      // While bytes wait to be joined, none of those before them become final by silence.
      qint64 at = live.joinedAt[d];
      if (at == noTime && live.rests[d].status == Status::Incomplete && live.rests[d].size > 0) {
        at = run->reader(directionOf(d)).framer->finalAt(live.views[d], live.rests[d]);
      }
      if (at != noTime && (first == noTime || at < first)) first = at;
    }
    if (first == noTime) {
      silence.stop();
    } else {
      silence.start(q->connection_->clock().millisecondsUntil(first));
    }
  }

  /// What is to be seen of the live step.
  DecodeStep shown() const { return moment && run ? run->at(live, *moment) : live; }

  static bool differ(const DecodeStep &a, const DecodeStep &b) {
    bool isSame = a.rowCount == b.rowCount && a.isComplete == b.isComplete && a.framed == b.framed &&
                  a.events == b.events && a.finals == b.finals;
    for (std::size_t d = 0; d < 2; ++d) {
      isSame = isSame && a.views[d].size() == b.views[d].size() && a.views[d].end == b.views[d].end;
    }
    return !isSame;
  }

  /// Publishes `next` in place of what is. False where a listener has started a new generation meanwhile.
  bool show(DecodeStep next) {
    const std::shared_ptr<DecodeRun> mine = run;
    const DecodeStep old = step;
    const quint64 before = old.rowCount;
    const quint64 after = next.rowCount;
    bool isChanged = differ(old, next);
    if (after > before) Q_EMIT q->rowsAboutToBeAdded(before, after - 1);
    if (after < before) Q_EMIT q->rowsAboutToBeRemoved(after, before - 1);
    if (run != mine) return false;
    step = std::move(next);
    if (after > before) Q_EMIT q->rowsAdded(before, after - 1);
    if (after < before) Q_EMIT q->rowsRemoved(after, before - 1);
    if (run != mine) return false;
    for (std::size_t d = 0; d < 2; ++d) {
      // What is last and not final, before or now, may have grown or shrunk, be final now, or wait in vain.
      const quint64 number = std::min(old.finals[d], step.finals[d]);
      if (number >= std::min(old.messages[d], step.messages[d])) continue;
      const Direction direction = directionOf(d);
      const Message was = number < old.finals[d] ? q->liveMessage(direction, number) : old.rests[d];
      if (was == q->message(direction, number) && old.finals[d] == step.finals[d] &&
          old.views[d].end == step.views[d].end) {
        continue;
      }
      isChanged = true;
      Q_EMIT q->rowChanged(run->rows().rowOf(kindOf(direction), number));
      if (run != mine) return false;
    }
    if (isChanged) Q_EMIT q->advanced();
    return run == mine;
  }

  void setBusy(bool busy) {
    if (busy == isBusy) return;
    isBusy = busy;
    Q_EMIT q->busyChanged(busy);
  }

  /// What is final stays as it is, so it is the same at every moment that has it.
  Message finalMessage(Direction direction, quint64 number) {
    return caches[at(direction)].message(run->index(direction), live.views[at(direction)], number);
  }

  ConnectionDecoder *const q;
  QThreadPool *const pool;
  const std::shared_ptr<Mailbox<ConnectionDecoder>> mailbox;
  const DirectionReader noReader = {};
  std::shared_ptr<DecodeRun> run;  // null before setReaders()
  DecodeStep live;                 // what is known
  DecodeStep step;                 // what is published: `live`, or what there was of it at `moment`
  std::optional<Moment> moment;
  std::array<MessageCache, 2> caches;
  MessageContents contents;
  bool isRunning = false;    // a slice of `run` is under way, or its step waits to be published
  bool isRequested = false;  // and another is wanted after it
  bool isBusy = false;
  QTimer timer;
  QTimer silence;                // until a last message is final without a byte more
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
  return d_->live.framedBytes();
}
quint64 ConnectionDecoder::totalBytes() const {
  return d_->live.totalBytes();
}
void ConnectionDecoder::setMoment(const std::optional<Moment> &moment) {
  if (moment == d_->moment) return;
  d_->moment = moment;
  if (d_->run && !d_->show(d_->shown())) return;
  Q_EMIT momentChanged();
}

const std::optional<Moment> &ConnectionDecoder::moment() const {
  return d_->moment;
}

Timeline ConnectionDecoder::timeline() const {
  return d_->run ? d_->run->timelineOf(d_->live) : Timeline();
}

ConnectionDecoder::Known ConnectionDecoder::knownAt(Direction direction, const Moment &moment) const {
  if (!d_->run) return {};
  const DecodeStep then = d_->run->at(d_->live, moment);
  return {then.finals[at(direction)], then.rests[at(direction)]};
}

const StreamView &ConnectionDecoder::liveView(Direction direction) const {
  return d_->live.views[at(direction)];
}
quint64 ConnectionDecoder::liveRowCount() const {
  return d_->live.rowCount;
}
quint64 ConnectionDecoder::liveMessageCount(Direction direction) const {
  return d_->live.messages[at(direction)];
}
quint64 ConnectionDecoder::liveFinalCount(Direction direction) const {
  return std::min(d_->live.finals[at(direction)], d_->live.messages[at(direction)]);
}

Message ConnectionDecoder::liveMessage(Direction direction, quint64 number) const {
  const std::size_t d = at(direction);
  return number >= d_->live.finals[d] ? d_->live.rests[d] : d_->finalMessage(direction, number);
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
  return d_->finalMessage(direction, number);
}

std::optional<LocatedMessage> ConnectionDecoder::locate(Direction direction, quint64 offset) const {
  if (!d_->run) return std::nullopt;
  const std::size_t d = at(direction);
  const DecodeStep &step = d_->step;
  // The index may be ahead of what is published: bytes that are not in the view cannot be read.
  if (offset >= step.views[d].size()) return std::nullopt;
  const auto found = d_->caches[d].locate(d_->run->index(direction), d_->live.views[d], offset);
  if (found && found->number < step.finals[d]) {
    return found->number < step.messages[d] ? found : std::nullopt;
  }
  const quint64 last = step.finals[d];
  if (last < step.messages[d] && step.rests[d].end() > offset) return LocatedMessage{last, step.rests[d]};
  return std::nullopt;
}

std::optional<MessageIndex::Landmark> ConnectionDecoder::landmarkBefore(Direction direction, quint64 offset) const {
  if (!d_->run) return std::nullopt;
  const std::size_t d = at(direction);
  const auto found = d_->run->index(direction).landmarkBefore(offset);
  return found && found->number < std::min(d_->step.finals[d], d_->step.messages[d]) ? found : std::nullopt;
}

std::optional<quint64> ConnectionDecoder::messageAt(Direction direction, quint64 offset) const {
  const auto found = locate(direction, offset);
  return found ? std::optional(found->number) : std::nullopt;
}

std::optional<quint64> ConnectionDecoder::firstFlaw(Direction direction, quint64 first, quint64 end) const {
  if (!d_->run) return std::nullopt;
  const std::size_t d = at(direction);
  const DecodeStep &step = d_->step;
  end = std::min(end, step.messages[d]);
  const auto flaw = d_->run->index(direction).firstFlaw(d_->live.views[d], first, std::min(end, step.finals[d]));
  if (flaw) return flaw;
  const bool hasRest = first <= step.finals[d] && step.finals[d] < end;
  return hasRest && step.rests[d].status != Status::Complete ? std::optional(step.finals[d]) : std::nullopt;
}

const StreamView &ConnectionDecoder::view(Direction direction) const {
  return d_->step.views[at(direction)];
}

std::optional<JoinedStream::Origin> ConnectionDecoder::originOf(Direction direction, ByteRange range) const {
  const JoinedStream *joined = d_->run ? d_->run->joined(direction) : nullptr;
  range = range.intersected({0, view(direction).size()});
  return joined && !range.isEmpty() ? std::optional(joined->originOf(range)) : std::nullopt;
}

ScanState ConnectionDecoder::stateFor(Direction direction, const Message &message, quint64 offset) const {
  if (!d_->run) return ScanState::startingAt(message.offset);
  return d_->run->index(direction).stateFor(message.offset, offset);
}

Verdict ConnectionDecoder::verdict(Direction direction, const Message &message) const {
  const FramerPtr &framer = reader(direction).framer;
  if (message.status == Status::Complete) return {};
  return framer ? framer->verdictFrom(view(direction), message, tailState(direction, message)) : Verdict();
}

QString ConnectionDecoder::explain(Direction direction, const Message &message, quint64 number) const {
  const FramerPtr &framer = reader(direction).framer;
  return framer ? framer->explainFrom(view(direction), message, number, tailState(direction, message)) : QString();
}

ScanState ConnectionDecoder::tailState(Direction direction, const Message &message) const {
  return stateFor(direction, message, message.end() - std::min(message.size, Framer::tailBytes));
}

MessageContents &ConnectionDecoder::contents() const {
  return d_->contents;
}

Event ConnectionDecoder::eventAt(quint64 number) const {
  return connection_->event((d_->run ? d_->run->firstEvent() : 0) + number);
}
std::shared_ptr<const DecodeRun> ConnectionDecoder::run() const {
  return d_->run;
}
const DecodeStep &ConnectionDecoder::liveStep() const {
  return d_->live;
}
const DecodeStep &ConnectionDecoder::shownStep() const {
  return d_->step;
}
qint64 ConnectionDecoder::startTimeNs() const {
  return d_->step.startNs;
}

}  // namespace octetscope
