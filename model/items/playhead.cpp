#include "model/items/playhead.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 frameNs = 16'000'000;  // more often than the window paints is in vain
constexpr qint64 nsInMs = 1'000'000;
constexpr double nsInSecond = 1e9;
constexpr double untimedSteps = 10;  // a second, where the source has no times to play it by
constexpr std::array both = {Direction::In, Direction::Out};

QString counted(quint64 number) {
  return QLocale::c().toString(number);
}

}  // namespace

Playhead::Playhead(QObject *parent, std::unique_ptr<PlayClock> clock) : QObject(parent) {
  setClock(std::move(clock));
}

Playhead::~Playhead() = default;

void Playhead::setClock(std::unique_ptr<PlayClock> clock) {
  stopPlaying();
  clock_ = clock ? std::move(clock) : std::make_unique<SystemPlayClock>();
  connect(clock_.get(), &PlayClock::woke, this, &Playhead::tick);
}

void Playhead::setDecoder(ConnectionDecoder *decoder) {
  if (decoder == decoder_) return;
  stopPlaying();
  if (decoder_) decoder_->disconnect(this);
  decoder_ = decoder;
  if (decoder) {
    connect(decoder, &ConnectionDecoder::momentChanged, this, [this] {
      Q_EMIT momentChanged();
      Q_EMIT changed();
    });
    connect(decoder, &ConnectionDecoder::liveAdvanced, this, &Playhead::changed);
  }
  Q_EMIT momentChanged();
  Q_EMIT changed();
}

std::optional<Moment> Playhead::moment() const {
  return decoder_ ? decoder_->moment() : std::nullopt;
}

Moment Playhead::shown() const {
  if (const auto held = moment()) return *held;
  return timeline().last();
}

Timeline Playhead::timeline() const {
  return decoder_ ? decoder_->timeline() : Timeline();
}

void Playhead::set(const std::optional<Moment> &moment) {
  if (decoder_) decoder_->setMoment(moment);
}

void Playhead::goTo(const Moment &moment) {
  stopPlaying();
  const Timeline there = timeline();
  const Moment last = there.last();
  set(last.isBefore(moment) ? last : moment);
}

void Playhead::stepTo(const Moment &moment) {
  if (moment == timeline().last()) return returnToLive();
  goTo(moment);
}

void Playhead::hold() {
  goTo(shown());
}

void Playhead::returnToLive() {
  stopPlaying();
  set(std::nullopt);
}

void Playhead::first() {
  goTo(Moment{});
}

// Steps

bool Playhead::canStepChunk(qint64 steps) const {
  if (!decoder_) return false;
  const Timeline there = timeline();
  const Moment from = shown();
  return steps < 0 ? Moment{}.isBefore(from) : from.isBefore(there.last());
}

void Playhead::stepChunk(qint64 steps) {
  if (steps == 0 || !canStepChunk(steps)) return;
  const Timeline there = timeline();
  const Moment from = shown();
  const quint64 begun = there.stepsOf(from);
  if (steps < 0) {
    const auto back = static_cast<quint64>(-steps);
    stepTo(there.after(begun - std::min(begun, back)));
    return;
  }
  // A chunk that is partly there is the first step.
  const quint64 done = from.isBefore(there.after(begun)) ? begun - 1 : begun;
  stepTo(there.after(done + static_cast<quint64>(steps)));
}

/// The moment at which message `number` of a direction was known to be complete, or in error; where it never was: at
/// which its last byte had come.
Moment Playhead::completionOf(const Timeline &timeline, Direction direction, quint64 number) const {
  const Message message = decoder_->liveMessage(direction, number);
  const quint64 size = decoder_->liveView(direction).size();
  const Moment atEnd = timeline.momentOf(direction, message.end());
  if (number < decoder_->liveFinalCount(direction)) {
    if (decoder_->knownAt(direction, atEnd).finals > number) return atEnd;
    if (message.end() < size) return timeline.momentOf(direction, message.end() + 1);
    // All its bytes were there, and then the stream ended.
    quint64 low = timeline.stepsOf(atEnd);
    quint64 high = timeline.stepCount();
    while (low < high) {
      const quint64 middle = low + (high - low) / 2;
      if (decoder_->knownAt(direction, timeline.after(middle)).finals > number) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return timeline.after(low);
  }
  if (message.status != Status::Error) return atEnd;
  // Once it is in error it stays so.
  quint64 low = message.offset + 1;
  quint64 high = message.end();
  while (low < high) {
    const quint64 middle = low + (high - low) / 2;
    const auto known = decoder_->knownAt(direction, timeline.momentOf(direction, middle));
    if (known.finals >= number && known.rest.status == Status::Error) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return timeline.momentOf(direction, low);
}

std::optional<Moment> Playhead::messageMoment(int by) const {
  if (!decoder_ || by == 0) return std::nullopt;
  const Timeline there = timeline();
  const Moment from = shown();
  const auto isBehind = [&](const Moment &moment) { return by > 0 ? from.isBefore(moment) : moment.isBefore(from); };
  std::optional<Moment> best;
  for (const Direction direction : both) {
    const quint64 count = decoder_->liveMessageCount(direction);
    const quint64 here = decoder_->knownAt(direction, from).finals;
    // The neighbours of the first message that is not complete here, nearest first.
    const std::array<quint64, 2> onward = {here, here + 1};
    const std::array<quint64, 3> back = {here, here - 1, here - 2};
    for (const quint64 number : by > 0 ? std::span<const quint64>(onward) : std::span<const quint64>(back)) {
      if (number >= count) continue;  // -1 and -2 among them
      const Moment candidate = completionOf(there, direction, number);
      if (!isBehind(candidate)) continue;
      if (!best || (by > 0 ? candidate.isBefore(*best) : best->isBefore(candidate))) best = candidate;
      break;
    }
  }
  const Moment limit = by > 0 ? there.last() : Moment{};
  if (!best && isBehind(limit)) best = limit;
  return best;
}

bool Playhead::canStepMessage(int by) const {
  return canStepChunk(by);
}

void Playhead::stepMessage(int by) {
  if (const auto found = messageMoment(by)) stepTo(*found);
}

void Playhead::goToMessage(Direction direction, quint64 number) {
  if (!decoder_ || number >= decoder_->liveMessageCount(direction)) return;
  stepTo(completionOf(timeline(), direction, number));
}

std::optional<Playhead::Place> Playhead::latestMessage() const {
  if (!decoder_) return std::nullopt;
  const Timeline there = timeline();
  const Moment here = shown();
  const quint64 steps = there.stepsOf(here);
  if (steps == 0) return std::nullopt;
  const RowKind kind = there.step(steps - 1).kind;
  if (kind == RowKind::Event) return std::nullopt;
  const auto direction = static_cast<Direction>(kind);
  const auto number = decoder_->messageAt(direction, here.bytesOf(direction) - 1);
  return number ? std::optional(Place{direction, *number}) : std::nullopt;
}

// Playing

bool Playhead::canPlay() const {
  return decoder_ && timeline().stepCount() > 0;
}

void Playhead::setSpeed(PlaySpeed speed) {
  if (speed == speed_ || !(speed.factor > 0)) return;
  const bool isSameKind = speed.kind == speed_.kind;
  if (isPlaying_) playOn();
  speed_ = speed;
  // What was waited already counts; the rest of the wait is another one now.
  if (isPlaying_) isSameKind ? playOn() : startPlaying();
  Q_EMIT speedChanged();
}

void Playhead::play() {
  if (isPlaying_ || !canPlay()) return;
  if (isLive() || !canStepChunk(1)) set(Moment{});
  isPlaying_ = true;
  startPlaying();
  Q_EMIT playingChanged(true);
}

void Playhead::pause() {
  if (!isPlaying_) return;
  playOn();
  stopPlaying();
}

void Playhead::stopPlaying() {
  if (!isPlaying_) return;
  isPlaying_ = false;
  clock_->cancel();
  Q_EMIT playingChanged(false);
}

void Playhead::startPlaying() {
  const Timeline there = timeline();
  tickedNs_ = clock_->nowNs();
  owedSteps_ = 0;
  recordedNs_ = there.stampOf(shown());
  // What came first is not waited for.
  if (recordedNs_ == noTime && there.stepCount() > 0) recordedNs_ = there.stampOfStep(there.stepsOf(shown()));
  playOn();
}

void Playhead::tick() {
  if (isPlaying_) playOn();
}

void Playhead::playSteps(quint64 steps, quint64 from, const Timeline &timeline) {
  if (steps > from) set(timeline.after(steps));
}

/// Spends the time that has passed, and asks to be woken for the next step.
void Playhead::playOn() {
  if (!decoder_) return stopPlaying();
  const Timeline there = timeline();
  const qint64 now = clock_->nowNs();
  const double passed = static_cast<double>(now - tickedNs_);
  tickedNs_ = now;
  const Moment from = shown();
  const quint64 begun = there.stepsOf(from);
  const quint64 done = from.isBefore(there.after(begun)) && begun > 0 ? begun - 1 : begun;
  quint64 reached = done;
  double waitNs = 0;
  const bool isTimed = there.stampOf(there.last()) != noTime;
  if (speed_.kind == PlaySpeed::Kind::StepsPerSecond || !isTimed) {
    const double perSecond = speed_.kind == PlaySpeed::Kind::Recorded ? untimedSteps * speed_.factor : speed_.factor;
    owedSteps_ += passed * perSecond / nsInSecond;
    const double whole = std::floor(owedSteps_);
    owedSteps_ -= whole;
    reached = done + std::min(static_cast<quint64>(whole), there.stepCount() - done);
    waitNs = (1 - owedSteps_) * nsInSecond / perSecond;
  } else {
    recordedNs_ += static_cast<qint64>(passed * speed_.factor);
    reached = std::max(done, there.stepsUntil(recordedNs_));
    if (reached < there.stepCount()) {
      const qint64 next = there.stampOfStep(reached);
      const auto longest = static_cast<qint64>(static_cast<double>(longestSilenceNs) * speed_.factor);
      recordedNs_ = std::max(recordedNs_, next - longest);
      waitNs = static_cast<double>(next - recordedNs_) / speed_.factor;
    }
  }
  playSteps(reached, done, there);
  if (!isPlaying_) return;  // a listener has stopped it
  if (reached >= there.stepCount()) return returnToLive();
  clock_->wakeIn(std::max(frameNs, static_cast<qint64>(std::ceil(waitNs))));
}

// Words

QString Playhead::words() const {
  if (!decoder_) return {};
  const Timeline there = timeline();
  if (isLive()) {
    return decoder_->connection()->isOver() ? tr("all that was recorded") : tr("live");
  }
  const Moment here = *moment();
  QStringList parts{stepWords(there, here)};
  if (const qint64 stamp = there.stampOf(here); stamp != noTime) {
    parts.append(QDateTime::fromMSecsSinceEpoch(stamp / nsInMs).toString(u"HH:mm:ss.zzz"_s));
  }
  parts.append(sinceWords(there, here));
  parts.removeAll(QString());
  return parts.join(u" · "_s);
}

QString Playhead::stepWords(const Timeline &timeline, const Moment &moment) const {
  const quint64 steps = timeline.stepsOf(moment);
  if (steps == 0) return tr("before the first byte");
  const RowOrder::Row what = timeline.step(steps - 1);
  if (what.kind == RowKind::Event) return decoder_->connection()->event(what.number).text;
  const auto direction = static_cast<Direction>(what.kind);
  const ByteRange chunk = timeline.chunkRange(direction, what.number);
  QString name = direction == Direction::In ? tr("recv()") : tr("send()");
  if (decoder_->connection()->isObserved()) {
    name = direction == Direction::In ? tr("client→server chunk") : tr("server→client chunk");
  } else if (timeline.stampOf(moment) == noTime) {
    name = tr("chunk");
  }
  const QString place = tr("%1 %2 of %3").arg(name, counted(what.number + 1), counted(timeline.count(what.kind)));
  const quint64 bytes = moment.bytesOf(direction);
  if (bytes >= chunk.end) return place;
  return tr("%1, %2 of its %3 bytes").arg(place, counted(bytes - chunk.begin), counted(chunk.size()));
}

QString Playhead::sinceWords(const Timeline &timeline, const Moment &moment) const {
  quint64 chunks = 0;
  for (const Direction direction : both) {
    const RowKind kind = direction == Direction::In ? RowKind::In : RowKind::Out;
    chunks += timeline.count(kind) - std::min(timeline.count(kind), timeline.chunksOf(direction, moment));
  }
  const quint64 events = timeline.count(RowKind::Event) - std::min(moment.events, timeline.count(RowKind::Event));
  QString more;
  if (chunks > 0) {
    more = chunks == 1 ? tr("1 more chunk since") : tr("%1 more chunks since").arg(counted(chunks));
  } else if (events > 0) {
    more = events == 1 ? tr("1 more event since") : tr("%1 more events since").arg(counted(events));
  }
  if (decoder_->connection()->isOver()) return more;
  return more.isEmpty() ? tr("live goes on") : tr("live goes on: %1").arg(more);
}

}  // namespace octetscope
