#include "model/items/connection_marks.h"

#include "model/items/joined_places.h"
#include "model/items/mark_words.h"

#include <algorithm>

namespace octetscope {

namespace {

constexpr std::size_t mostCounted = 100;

}  // namespace

ConnectionMarks::ConnectionMarks(CaptureMarks *marks, ConnectionDecoder *decoder, int connection, QObject *parent)
    : QObject(parent), marks_(marks), decoder_(decoder), connection_(connection) {
  connect(marks, &CaptureMarks::changed, this, &ConnectionMarks::changed);
  connect(decoder, &ConnectionDecoder::restarted, this, &ConnectionMarks::changed);
}

ConnectionMarks::Shown ConnectionMarks::at(std::size_t row) const {
  const Mark &mark = marks_->table().at(row);
  return {&mark, decoder_ ? asShown(*decoder_, mark.place.direction, mark.place.range) : mark.place.range};
}

void ConnectionMarks::overlapping(Direction direction, ByteRange range, std::vector<Shown> &marks,
                                  std::size_t most) const {
  if (!hasMarks()) return;
  std::vector<std::size_t> rows;
  marks_->table().overlapping(connection_, direction, inStream(*decoder_, direction, range), rows, most);
  for (const std::size_t row : rows) {
    // Between the bytes of two payloads lies what carried them.
    const Shown shown = at(row);
    if (!shown.range.intersected(range).isEmpty()) marks.push_back(shown);
  }
}

MarkTable::Rows ConnectionMarks::beginningIn(Direction direction, ByteRange range) const {
  if (!hasMarks() || range.isEmpty()) return {};
  if (decoder_->reader(direction).outer) {
    // What begins behind the byte before and not behind the last one.
    const quint64 before = range.begin == 0 ? 0 : inStream(*decoder_, direction, {range.begin - 1, range.begin}).end;
    range = {before, std::max(before, inStream(*decoder_, direction, range).end)};
  }
  return marks_->table().rowsBeginningIn(connection_, direction, range);
}

ConnectionMarks::Found ConnectionMarks::over(Direction direction, ByteRange range) const {
  std::vector<Shown> marks;
  overlapping(direction, range, marks, mostCounted);
  if (marks.empty()) return {};
  Found found{marks.front().mark, marks.size()};
  const auto row = marks_->table().rowOf({connection_, direction, inStream(*decoder_, direction, range)});
  if (row) found.mark = at(*row).mark;
  return found;
}

ConnectionMarks::Found ConnectionMarks::inside(Direction direction, ByteRange range) const {
  Found found;
  const MarkTable::Rows rows = beginningIn(direction, range);
  for (std::size_t row = rows.first; row < rows.last && row - rows.first < mostCounted; ++row) {
    const Shown shown = at(row);
    if (shown.range.end > range.end || shown.range.isEmpty()) continue;
    ++found.count;
    if (!found.mark || shown.range == range) found.mark = shown.mark;
  }
  return found;
}

QString ConnectionMarks::wordsOf(const Mark &mark) const {
  const bool isJoined = decoder_ && decoder_->reader(mark.place.direction).outer;
  return markWords(mark, isJoined ? MarkWords::OfStream : MarkWords::AsShown);
}

}  // namespace octetscope
