#include "model/marks/mark_table.h"

#include <algorithm>
#include <bit>

namespace octetscope {

namespace {

bool isBefore(const Mark &mark, const MarkPlace &place) {
  return mark.place < place;
}

}  // namespace

std::size_t MarkTable::rowFor(const MarkPlace &place) const {
  return static_cast<std::size_t>(std::lower_bound(marks_.begin(), marks_.end(), place, isBefore) - marks_.begin());
}

std::optional<std::size_t> MarkTable::rowOf(const MarkPlace &place) const {
  const std::size_t row = rowFor(place);
  return row < marks_.size() && marks_[row].place == place ? std::optional(row) : std::nullopt;
}

MarkTable::Rows MarkTable::rowsOf(int connection, Direction direction) const {
  return rowsBeginningIn(connection, direction, {0, ~0ULL});
}

MarkTable::Rows MarkTable::rowsBeginningIn(int connection, Direction direction, ByteRange range) const {
  const std::size_t first = rowFor({connection, direction, {range.begin, range.begin}});
  const std::size_t last = rowFor({connection, direction, {range.end, range.end}});
  return {first, std::max(first, last)};
}

void MarkTable::overlapping(int connection, Direction direction, ByteRange range, std::vector<std::size_t> &rows,
                            std::size_t most) const {
  if (range.isEmpty()) return;
  const Rows before = rowsBeginningIn(connection, direction, {0, range.end});
  std::size_t row = before.first;
  for (; most > 0; --most) {
    row = nextReaching(row, before.last, range.begin);
    if (row == before.last) return;
    rows.push_back(row++);
  }
}

std::optional<std::size_t> MarkTable::smallestAround(int connection, Direction direction, ByteRange range,
                                                     std::size_t most) const {
  std::vector<std::size_t> rows;
  overlapping(connection, direction, {range.begin, range.begin + 1}, rows, most);
  std::optional<std::size_t> smallest;
  for (const std::size_t row : rows) {
    const ByteRange here = marks_[row].place.range;
    if (here.end < range.end) continue;
    if (!smallest || here.size() < marks_[*smallest].place.range.size()) smallest = row;
  }
  return smallest;
}

/// The first row in [from, to) whose range ends behind `beyond`; `to` where none does.
std::size_t MarkTable::nextReaching(std::size_t from, std::size_t to, quint64 beyond) const {
  if (from >= to) return to;
  if (leaves_ == 0) {
    leaves_ = std::bit_ceil(marks_.size());
    ends_.assign(2 * leaves_, 0);
    for (std::size_t row = 0; row < marks_.size(); ++row) ends_[leaves_ + row] = marks_[row].place.range.end;
    for (std::size_t node = leaves_ - 1; node > 0; --node) ends_[node] = std::max(ends_[2 * node], ends_[2 * node + 1]);
  }
  std::size_t node = leaves_ + from;
  while (ends_[node] <= beyond) {
    // Up while it is a right child, then to the neighbour on the right.
    while (node % 2 == 1 && node > 1) node /= 2;
    if (node <= 1) return to;
    ++node;
  }
  while (node < leaves_) {
    node *= 2;
    if (ends_[node] <= beyond) ++node;
  }
  return std::min(node - leaves_, to);
}

std::size_t MarkTable::insert(Mark mark) {
  const std::size_t row = rowFor(mark.place);
  marks_.insert(marks_.begin() + static_cast<std::ptrdiff_t>(row), std::move(mark));
  leaves_ = 0;
  return row;
}

void MarkTable::remove(std::size_t row) {
  marks_.erase(marks_.begin() + static_cast<std::ptrdiff_t>(row));
  leaves_ = 0;
}

void MarkTable::replace(std::size_t row, MarkColor color, QString note) {
  marks_[row].color = color;
  marks_[row].note = std::move(note);
}

void MarkTable::assign(std::vector<Mark> marks) {
  std::ranges::stable_sort(marks, {}, &Mark::place);
  marks_.clear();
  for (Mark &mark : marks) {
    if (!marks_.empty() && marks_.back().place == mark.place) {
      marks_.back() = std::move(mark);
    } else {
      marks_.push_back(std::move(mark));
    }
  }
  leaves_ = 0;
}

}  // namespace octetscope
