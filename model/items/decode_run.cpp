#include "model/items/decode_run.h"

#include <QDeadlineTimer>

#include <algorithm>

namespace octetscope {

namespace {

constexpr quint64 sliceBytes = 256 * 1024;

qint64 lastTimeOf(const StreamView &view) {
  return view.chunks.count() == 0 ? noTime : view.chunks[view.chunks.count() - 1].timeNs;
}

/// The view as it was at `moment`.
StreamView until(StreamView view, qint64 moment, qint64 nowNs) {
  const quint64 chunks = view.chunks.countUntil(moment);
  if (chunks < view.chunks.count()) {
    view = view.prefix(view.chunks[chunks].offset);
  } else if (view.end == StreamEnd::Open) {
    // More may have come since this was known: silence counts only up to then.
    view.nowNs = nowNs;
  }
  return view;
}

/// Lets each direction see the other one, which is what had come by the same moment.
void pair(std::array<StreamView, 2> &views) {
  for (StreamView &view : views) view.other.reset();
  auto out = std::make_shared<const StreamView>(views[1]);
  views[1].other = std::make_shared<const StreamView>(views[0]);
  views[0].other = std::move(out);
}

}  // namespace

DecodeRun::DecodeRun(std::shared_ptr<const Connection> connection, std::array<DirectionReader, 2> readers,
                     quint64 firstEvent)
    : connection_(std::move(connection)),
      readers_(std::move(readers)),
      firstEvent_(firstEvent),
      indexes_{MessageIndex(readers_[0].framer, readers_[0].start),
               MessageIndex(readers_[1].framer, readers_[1].start)} {
  for (std::size_t d = 0; d < 2; ++d) {
    if (readers_[d].outer) joined_[d] = JoinedStream::of(readers_[d].outer);
  }
}

/// Fills in the views of one common moment; returns the number of events up to then.
quint64 DecodeRun::takeViews(DecodeStep &step) {
  // One thread records, in the order of the stamps. So once a stamp was seen, everything with a smaller one can be
  // seen too, by whoever looks after that: look for the moment first, then take what there is up to it.
  const StreamView in = connection_->stream(Direction::In).view();
  const StreamView out = connection_->stream(Direction::Out).view();
  qint64 moment = std::max(lastTimeOf(in), lastTimeOf(out));
  if (const quint64 events = connection_->eventCount(); events > 0) {
    moment = std::max(moment, connection_->event(events - 1).timeNs);
  }
  step.views = {until(connection_->stream(Direction::In).view(), moment, in.nowNs),
                until(connection_->stream(Direction::Out).view(), moment, out.nowNs)};
  for (std::size_t d = 0; d < 2; ++d) step.views[d].framedFrom = readers_[d].start;
  pair(step.views);
  const quint64 events = connection_->eventCount();
  while (eventCount_ < events && connection_->event(eventCount_).timeNs <= moment) ++eventCount_;
  for (const StreamView &view : step.views) {
    if (view.chunks.count() == 0 || view.chunks[0].timeNs == noTime) continue;
    step.startNs = step.startNs == noTime ? view.chunks[0].timeNs : std::min(step.startNs, view.chunks[0].timeNs);
  }
  if (eventCount_ > 0) {
    const qint64 first = connection_->event(0).timeNs;
    step.startNs = step.startNs == noTime ? first : std::min(step.startNs, first);
  }
  return eventCount_;
}

DecodeStep DecodeRun::work(int milliseconds) {
  DecodeStep step;
  const QDeadlineTimer deadline(milliseconds, Qt::PreciseTimer);
  const auto isTimeUp = [&] { return isCancelled_.load(std::memory_order_relaxed) || deadline.hasExpired(); };
  const quint64 events = takeViews(step);

  const std::array<StreamView, 2> streams = step.views;
  std::array<bool, 2> isJoined = {!joined_[0], !joined_[1]};
  std::array<bool, 2> isFramed = {};
  bool isMerged = false;
  do {
    for (std::size_t d = 0; d < 2; ++d) {
      if (isFramed[d]) continue;
      if (joined_[d]) {
        isJoined[d] = !joined_[d]->advance(streams[d], sliceBytes);
        step.views[d] = joined_[d]->view();
      }
      isFramed[d] = !indexes_[d].advance(step.views[d], sliceBytes) && isJoined[d];
      if (const Message rest = indexes_[d].rest(step.views[d]); rest.size > 0 || isFramed[d]) rests_[d] = rest;
    }
    // A payload is stamped with the last byte of its message, which comes no earlier than the first.
    const auto moreFrom = [&](std::size_t d) -> std::optional<qint64> {
      if (isJoined[d]) return std::nullopt;
      return streams[d].chunks.timeOf(joined_[d]->reached());
    };
    isMerged = merger_.merge(rows_, {&indexes_[0], &step.views[0], isFramed[0], rests_[0], moreFrom(0)},
                             {&indexes_[1], &step.views[1], isFramed[1], rests_[1], moreFrom(1)},
                             {events - std::min(events, firstEvent_),
                              [this](quint64 number) { return connection_->event(firstEvent_ + number).timeNs; }},
                             isTimeUp);
  } while (!(isFramed[0] && isFramed[1] && isMerged) && !isTimeUp());

  step.rowCount = rows_.count();
  step.events = events;
  step.isComplete = isFramed[0] && isFramed[1] && isMerged;
  for (std::size_t d = 0; d < 2; ++d) {
    step.finals[d] = indexes_[d].count();
    if (joined_[d]) step.joinedAt[d] = joined_[d]->finalAt();
    step.rests[d] = rests_[d];
    step.messages[d] = merger_.count(d == 0 ? RowKind::In : RowKind::Out);
    step.framed[d] = isFramed[d] ? step.views[d].size() : std::min(indexes_[d].reached(), step.views[d].size());
  }
  return step;
}

Timeline DecodeRun::timelineOf(const DecodeStep &live) const {
  return {live.views, live.events,
          [connection = connection_](quint64 event) { return connection->event(event).timeNs; }};
}

/// How many of the first `rows` rows there are before one of a kind comes that has `most` of its kind before it.
quint64 DecodeRun::rowsWithin(quint64 rows, const std::array<quint64, 3> &most) const {
  quint64 low = 0;
  while (low < rows) {
    const quint64 middle = rows - (rows - low) / 2;
    bool isWithin = true;
    for (const RowKind kind : {RowKind::In, RowKind::Out, RowKind::Event}) {
      isWithin = isWithin && rows_.countOf(kind, middle) <= most[static_cast<std::size_t>(kind)];
    }
    if (isWithin) {
      low = middle;
    } else {
      rows = middle - 1;
    }
  }
  return low;
}

DecodeStep DecodeRun::at(const DecodeStep &live, const Moment &moment) const {
  const Timeline timeline = timelineOf(live);
  DecodeStep step;
  const qint64 stamp = timeline.stampOf(moment);
  step.events = std::min(moment.events, live.events);
  const bool isAll =
      moment.bytes[0] >= live.views[0].size() && moment.bytes[1] >= live.views[1].size() && step.events == live.events;
  std::array<quint64, 3> most = {0, 0, step.events - std::min(step.events, firstEvent_)};
  for (std::size_t d = 0; d < 2; ++d) {
    const auto direction = static_cast<Direction>(d);
    const StreamView &all = live.views[d];
    const FramerPtr &framer = readers_[d].framer;
    quint64 size = std::min(moment.bytes[d], all.size());
    if (framer->readsChunks() && size > 0) size = timeline.chunkRange(direction, all.chunks.indexOf(size - 1)).end;
    StreamView &view = step.views[d] = all.prefix(size);
    // What was silence then is silence still.
    if (stamp != noTime && view.nowNs != noTime) view.nowNs = std::min(view.nowNs, stamp);
    // An end has a stamp of its own, and an event that tells of it. Where none does, it came when all was over.
    const qint64 endTime = connection_->stream(direction).endTimeNs();
    const bool hasEnded = endTime == noTime || stamp >= endTime || (isAll && connection_->isOver());
    view.end = size == all.size() && hasEnded ? all.end : StreamEnd::Open;
    if (size > 0 || step.events > 0) step.startNs = live.startNs;

    step.framed[d] = std::min(size, live.framed[d]);
    if (size <= live.framed[d]) {
      const MessageIndex::Prefix known = indexes_[d].within(view);
      step.finals[d] = known.count;
      step.rests[d] = known.rest;
      most[d] = known.count + (known.rest.size > 0 ? 1 : 0);
    } else {
      step.finals[d] = live.finals[d];
      step.rests[d] = live.rests[d];
      most[d] = live.messages[d];
    }
  }
  pair(step.views);
  step.rowCount = rowsWithin(live.rowCount, most);
  for (std::size_t d = 0; d < 2; ++d) {
    step.messages[d] = rows_.countOf(static_cast<RowKind>(d), step.rowCount);
    step.isComplete = step.isComplete && step.framed[d] == step.views[d].size();
  }
  step.isComplete = step.isComplete && step.rowCount == most[0] + most[1] + most[2];
  return step;
}

}  // namespace octetscope
