#include "app/cli/live_decoder.h"

#include <algorithm>
#include <limits>

namespace octetscope::cli {

LiveDecoder::LiveDecoder(const Capture &capture, bool accepted, const DecodeOptions &options, MessageOutput &output)
    : capture_(capture), accepted_(accepted), options_(options), output_(output) {}

// One thread records everything, with rising stamps. So whatever was stamped before this moment is there to be seen,
// and what came later waits for the next time: that makes the order of two directions the true one.
bool LiveDecoder::advance() {
  return print(capture_.clock().stamp());
}

void LiveDecoder::finish() {
  print(std::numeric_limits<qint64>::max());
}

void LiveDecoder::findConnections() {
  for (const int count = capture_.connectionCount(); known_ < count; ++known_) {
    const auto connection = capture_.connection(known_);
    for (const Direction direction : {Direction::In, Direction::Out}) {
      if (!options_.wants(known_, direction)) continue;
      const StreamLabel label{.connection = known_, .direction = direction};
      sources_.push_back(std::make_unique<Source>(
          connection, direction,
          MessageReader(options_.framers[static_cast<std::size_t>(direction)], label, options_.start),
          options_.filter));
    }
  }
}

void LiveDecoder::findStart() {
  for (int number = 0; startNs_ == noTime && number < capture_.connectionCount(); ++number) {
    // Not only of the streams that are printed: it is the capture's.
    qint64 first = std::numeric_limits<qint64>::max();
    for (int other = 0; other < capture_.connectionCount(); ++other) {
      for (const Direction direction : {Direction::In, Direction::Out}) {
        const StreamView view = capture_.connection(other)->stream(direction).view();
        if (view.chunks.count() > 0) first = std::min(first, view.chunks[0].timeNs);
      }
    }
    if (first == std::numeric_limits<qint64>::max()) return;
    startNs_ = first;
  }
}

void LiveDecoder::label(Source &source) const {
  StreamLabel &label = source.reader.label();
  label.startNs = startNs_;
  if (!label.from.isEmpty() && !label.to.isEmpty()) return;
  const QByteArray opener = source.connection->from().text().toUtf8();
  const QByteArray acceptor = source.connection->to().text().toUtf8();
  const bool fromOpener = (source.direction == Direction::In) == accepted_;
  label.from = fromOpener ? opener : acceptor;
  label.to = fromOpener ? acceptor : opener;
}

std::optional<LiveDecoder::Next> LiveDecoder::nextOf(Source &source) const {
  const qint64 ended = source.connection->stream(source.direction).endTimeNs();
  if (source.reader.hasNext()) {
    const qint64 arrived = source.reader.finalTime();
    return Next{arrived == noTime ? ended : arrived, &source, false};
  }
  if (source.reader.view().end == StreamEnd::Open) return std::nullopt;
  return Next{ended, &source, true};
}

bool LiveDecoder::print(qint64 until) {
  findConnections();
  if (startNs_ == noTime) findStart();
  const auto isLater = [](const Next &a, const Next &b) { return a.timeNs > b.timeNs; };
  std::vector<Next> heap;
  for (const auto &source : sources_) {
    // Over without an end is over all the same; asked in this order nothing is missed.
    const bool isOver = source->connection->isOver();
    StreamView view = source->connection->stream(source->direction).view();
    if (isOver && view.end == StreamEnd::Open) view.end = StreamEnd::Cut;
    if (source->reader.framer().readsOther()) {
      // Taken after the view itself, so that it holds all that had come by then; what came later does not count.
      const Stream &other = source->connection->stream(opposite(source->direction));
      view.other = std::make_shared<const StreamView>(other.view());
    }
    source->reader.setView(std::move(view));
    label(*source);
    if (const auto next = nextOf(*source)) heap.push_back(*next);
  }
  std::make_heap(heap.begin(), heap.end(), isLater);
  bool isMore = false;
  while (!heap.empty() && output_.goesOn()) {
    std::pop_heap(heap.begin(), heap.end(), isLater);
    const Next next = heap.back();
    heap.pop_back();
    if (next.timeNs > until) {
      isMore = true;
      break;
    }
    if (next.isRest) {
      const MessageRecord rest = next.source->reader.rest();
      if (rest.message.size > 0 && next.source->selection.takes(rest)) output_.write(rest);
      next.source->isOver = true;
      continue;
    }
    if (next.source->selection.takesFront()) output_.write(next.source->reader.front());
    next.source->reader.pop();
    if (const auto following = nextOf(*next.source)) {
      heap.push_back(*following);
      std::push_heap(heap.begin(), heap.end(), isLater);
    }
  }
  comeBackAt_ = noTime;
  if (output_.goesOn()) {
    for (const auto &source : sources_) {
      output_.tellTroubles(source->reader.label(), source->reader.takeTroubles());
      if (source->isOver || source->reader.hasNext()) continue;
      const MessageRecord rest = source->reader.rest();
      if (rest.message.status == Status::Error && source->selection.takes(rest)) output_.tell(rest);
      const qint64 silent = source->reader.nextFinalAt();
      if (silent != noTime && (comeBackAt_ == noTime || silent < comeBackAt_)) comeBackAt_ = silent;
    }
  }
  std::erase_if(sources_, [](const auto &source) { return source->isOver; });
  output_.flush();
  return isMore;
}

}  // namespace octetscope::cli
