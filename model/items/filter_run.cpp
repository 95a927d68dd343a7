#include "model/items/filter_run.h"

#include <QDeadlineTimer>

#include <algorithm>

namespace octetscope {

namespace {

constexpr quint64 rowsAtOnce = 64;

RowKind kindOf(std::size_t d) {
  return static_cast<RowKind>(d);
}

}  // namespace

FilterRun::FilterRun(std::shared_ptr<const FilterProgram> program, std::shared_ptr<const DecodeRun> decoded,
                     std::shared_ptr<const Connection> connection)
    : program_(std::move(program)), decoded_(std::move(decoded)), connection_(std::move(connection)) {}

FilterStream filterStreamOf(const Connection &connection, Direction direction, const StreamView &view, qint64 startNs) {
  const bool isOurs = connection.eventCount() > 0 && connection.event(0).kind == Event::Kind::Connecting;
  const QByteArray opener = connection.from().text().toUtf8();
  const QByteArray acceptor = connection.to().text().toUtf8();
  const bool isFromOpener = (direction == Direction::In) != isOurs;
  return {.view = view,
          .direction = direction,
          .connection = connection.number(),
          .startNs = startNs,
          .from = isFromOpener ? opener : acceptor,
          .to = isFromOpener ? acceptor : opener,
          .otherWay = connection.stream(opposite(direction)).chunks()};
}

std::array<FilterStream, 2> filterStreamsOf(const Connection &connection, const DecodeStep &step) {
  return {filterStreamOf(connection, Direction::In, step.views[0], step.startNs),
          filterStreamOf(connection, Direction::Out, step.views[1], step.startNs)};
}

/// The bits of final messages [first, first + count), count <= 64.
quint64 FilterRun::judge(const FilterStream &stream, quint64 first, quint64 count) {
  Cursor &cursor = cursors_[static_cast<std::size_t>(stream.direction)];
  const MessageIndex &index = decoded_->index(stream.direction);
  quint64 bits = 0;
  for (quint64 done = 0; done < count;) {
    const quint64 number = first + done;
    const MessageCursor::Found found = cursor.messages.find(index, stream.view, number);
    if (found == MessageCursor::Found::No) return bits;  // it passes nowhere
    const MessageGroup &group = cursor.messages.group();
    if (found == MessageCursor::Found::Read) {
      cursor.bits = program_->judge({stream, group.batch.messages(), group.first, cursor.messages.before()});
    }
    const quint64 at = number - group.first;
    const quint64 step = std::min(count - done, group.count() - at);
    const quint64 part = cursor.bits >> at & (step == 64 ? ~0ULL : (1ULL << step) - 1);
    bits |= part << done;
    done += step;
  }
  return bits;
}

/// The bits of `count` <= 64 rows from `row` on. `numbers`: of the first message of each direction among them, and then
/// behind them.
quint64 FilterRun::judgeRows(const DecodeStep &live, const std::array<FilterStream, 2> &streams, quint64 row,
                             quint64 count, std::array<quint64, 2> &numbers, FilterFinding &slice) {
  const RowOrder &rows = decoded_->rows();
  std::array<quint64, 2> counts;
  for (std::size_t d = 0; d < 2; ++d) counts[d] = rows.countOf(kindOf(d), row + count) - numbers[d];
  std::array<quint64, 2> bits;
  for (std::size_t d = 0; d < 2; ++d) {
    const quint64 finals = std::min(counts[d], live.finals[d] - std::min(live.finals[d], numbers[d]));
    bits[d] = finals == 0 ? 0 : judge(streams[d], numbers[d], finals);
    if (finals < counts[d]) {
      waiting_[d] = {rows.rowOf(kindOf(d), numbers[d] + finals), numbers[d] + finals};
      slice.waiting[d] = waiting_[d]->first;
    }
    numbers[d] += counts[d];
    if (counts[d] > 0) slice.ofMessages[d].emplace_back(bits[d], counts[d]);
  }
  if (counts[0] == count) return bits[0];
  if (counts[1] == count) return bits[1];
  quint64 all = 0;
  for (quint64 i = 0; i < count; ++i) {
    const RowKind kind = rows.at(row + i).kind;
    if (kind == RowKind::Event) continue;
    quint64 &of = bits[static_cast<std::size_t>(kind)];
    all |= (of & 1) << i;
    of >>= 1;
  }
  return all;
}

FilterFinding FilterRun::work(const DecodeStep &live, const DecodeStep &shown, int milliseconds) {
  const QDeadlineTimer deadline(milliseconds, Qt::PreciseTimer);
  const std::array<FilterStream, 2> streams = filterStreamsOf(*connection_, live);
  FilterFinding slice{.from = judged_};
  for (std::size_t d = 0; d < 2; ++d) {
    if (!waiting_[d]) continue;
    const auto [row, number] = *waiting_[d];
    if (number < live.finals[d]) {
      slice.settled.emplace_back(row, judge(streams[d], number, 1) != 0);
      waiting_[d].reset();
    } else {
      slice.waiting[d] = row;
    }
  }
  const RowOrder &rows = decoded_->rows();
  std::array<quint64, 2> numbers;
  for (std::size_t d = 0; d < 2; ++d) numbers[d] = rows.countOf(kindOf(d), judged_);
  bool isTimeUp = false;
  while (judged_ < live.rowCount && !isTimeUp) {
    const quint64 count = std::min(rowsAtOnce, live.rowCount - judged_);
    slice.bits.push_back(judgeRows(live, streams, judged_, count, numbers, slice));
    judged_ += count;
    slice.count += count;
    isTimeUp = isCancelled_.load(std::memory_order_relaxed) || deadline.hasExpired();
  }
  slice.isComplete = judged_ == live.rowCount;
  for (std::size_t d = 0; d < 2; ++d) {
    const quint64 number = shown.finals[d];
    if (number >= shown.messages[d] || shown.rests[d].size == 0) continue;
    const FilterStream stream = filterStreamOf(*connection_, static_cast<Direction>(d), shown.views[d], shown.startNs);
    std::optional<Message> before;
    if (number > 0) before = decoded_->index(stream.direction).at(stream.view, number - 1);
    const bool passes = program_->passes(stream, shown.rests[d], number, before ? &*before : nullptr);
    slice.rests[d] = {rows.rowOf(kindOf(d), number), shown.rests[d], passes};
  }
  return slice;
}

}  // namespace octetscope
