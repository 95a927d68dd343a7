#include "model/items/row_merger.h"

#include <limits>

namespace octetscope {

namespace {

constexpr qint64 never = std::numeric_limits<qint64>::max();
constexpr int runsBetweenLooks = 64;

std::size_t at(RowKind kind) {
  return static_cast<std::size_t>(kind);
}

/// Messages of `source` that can have rows: the final ones, and the last one once it is known to be the last.
quint64 knownMessages(const RowMerger::Source &source, quint64 final) {
  return final + (source.isFramed && source.rest.size > 0 ? 1 : 0);
}

}  // namespace

Message RowMerger::message(RowKind kind, const Source &source, quint64 number) {
  MessageGroup &group = groups_[at(kind)];
  if (!group.contains(number)) {
    if (number >= source.index->count()) return source.rest;
    source.index->find(*source.view, number, group);
  }
  return group.at(number);
}

/// The byte that gives message `number` its place.
quint64 RowMerger::seenFrom(RowKind kind, const Source &source, quint64 number) {
  const Message own = message(kind, source, number);
  if (number == 0) return source.index->framer().seenFrom(*source.view, own, nullptr);
  const Message before = message(kind, source, number - 1);
  return source.index->framer().seenFrom(*source.view, own, &before);
}

RowMerger::Candidate RowMerger::candidateOf(RowKind kind, const Source &source) {
  const ChunkView &chunks = source.view->chunks;
  const quint64 next = next_[at(kind)];
  if (next < knownMessages(source, source.index->count())) {
    return {chunks.timeOf(seenFrom(kind, source, next)), kind, true};
  }
  const quint64 framed = source.index->framed();
  // What is not framed yet begins here, or later where the row of a last message is there already.
  if (!source.isFramed && framed < source.view->size()) return {chunks.timeOf(framed), kind, false};
  return {source.moreFrom.value_or(never), kind, false};
}

/// Where the messages end that come before `bound`, which the message next_ does.
quint64 RowMerger::runEnd(const Candidate &first, const Source &source, const Candidate &bound) {
  const StreamView &view = *source.view;
  const quint64 final = source.index->count();
  const quint64 known = knownMessages(source, final);
  // Messages that are seen before this offset come before `bound`.
  quint64 limit = view.size();
  if (bound.time != never) {
    const bool orAtIt = first.kind < bound.kind;
    const quint64 chunks = view.chunks.countUntil(orAtIt ? bound.time : bound.time - 1);
    if (chunks < view.chunks.count()) limit = view.chunks[chunks].offset;
  }
  if (source.index->framed() <= limit) {
    // All final messages end before it.
    return known > final && seenFrom(first.kind, source, final) >= limit ? final : known;
  }
  // Only the message that has the byte before the limit may be seen later than it begins.
  quint64 number = next_[at(first.kind)] + 1;
  for (MessageGroup &group = groups_[at(first.kind)]; group.contains(number); ++number) {
    if (group.at(number).end() >= limit) return number + (seenFrom(first.kind, source, number) < limit ? 1 : 0);
  }
  if (number >= final) return number;
  const quint64 over = source.index->numberAt(view, limit - 1);
  return std::max(number, over < known && seenFrom(first.kind, source, over) < limit ? over + 1 : over);
}

bool RowMerger::merge(RowOrder &rows, const Source &in, const Source &out, const Events &events,
                      const std::function<bool()> &isTimeUp) {
  for (int run = 1;; ++run) {
    if (run % runsBetweenLooks == 0 && isTimeUp()) return false;
    const quint64 nextEvent = next_[at(RowKind::Event)];
    std::array<Candidate, 3> candidates = {candidateOf(RowKind::In, in), candidateOf(RowKind::Out, out),
                                           nextEvent < events.count
                                               ? Candidate{events.timeOf(nextEvent), RowKind::Event, true}
                                               : Candidate{never, RowKind::Event, false}};
    std::ranges::sort(candidates, [](const Candidate &a, const Candidate &b) { return a.comesBefore(b); });
    const Candidate &first = candidates[0];
    if (!first.isReady) return true;
    quint64 &next = next_[at(first.kind)];
    const quint64 end =
        first.kind == RowKind::Event ? next + 1 : runEnd(first, first.kind == RowKind::In ? in : out, candidates[1]);
    rows.append(first.kind, end - next);
    next = end;
  }
}

}  // namespace octetscope
