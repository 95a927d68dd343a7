#include "model/items/connection_marks.h"

namespace octetscope {

namespace {

constexpr std::size_t mostCounted = 100;

}  // namespace

ConnectionMarks::ConnectionMarks(CaptureMarks *marks, ConnectionDecoder *decoder, int connection, QObject *parent)
    : QObject(parent), marks_(marks), decoder_(decoder), connection_(connection) {
  connect(marks, &CaptureMarks::changed, this, &ConnectionMarks::changed);
  connect(decoder, &ConnectionDecoder::restarted, this, &ConnectionMarks::changed);
}

bool ConnectionMarks::isShown(Direction direction) const {
  return marks_ && decoder_ && !decoder_->reader(direction).outer;
}

void ConnectionMarks::overlapping(Direction direction, ByteRange range, std::vector<const Mark *> &marks,
                                  std::size_t most) const {
  if (!isShown(direction) || marks_->table().count() == 0) return;
  std::vector<std::size_t> rows;
  marks_->table().overlapping(connection_, direction, range, rows, most);
  for (const std::size_t row : rows) marks.push_back(&at(row));
}

MarkTable::Rows ConnectionMarks::beginningIn(Direction direction, ByteRange range) const {
  return isShown(direction) ? marks_->table().rowsBeginningIn(connection_, direction, range) : MarkTable::Rows();
}

ConnectionMarks::Found ConnectionMarks::over(Direction direction, ByteRange range) const {
  std::vector<const Mark *> marks;
  overlapping(direction, range, marks, mostCounted);
  if (marks.empty()) return {};
  Found found{marks.front(), marks.size()};
  if (const auto row = marks_->table().rowOf({connection_, direction, range})) found.mark = &at(*row);
  return found;
}

ConnectionMarks::Found ConnectionMarks::inside(Direction direction, ByteRange range) const {
  Found found;
  const MarkTable::Rows rows = beginningIn(direction, range);
  for (std::size_t row = rows.first; row < rows.last && row - rows.first < mostCounted; ++row) {
    const Mark &mark = at(row);
    if (mark.place.range.end > range.end) continue;
    ++found.count;
    if (!found.mark || mark.place.range == range) found.mark = &mark;
  }
  return found;
}

}  // namespace octetscope
