#include "widgets/hexview/hex_rows.h"

#include <algorithm>
#include <span>

namespace octetscope {

namespace {

quint64 rowsFor(quint64 bytes, quint64 perRow) {
  return bytes / perRow + (bytes % perRow ? 1 : 0);
}

}  // namespace

void HexRows::setRunning(int bytesPerRow, quint64 size) {
  *this = HexRows();
  bytesPerRow_ = static_cast<quint64>(std::max(1, bytesPerRow));
  size_ = size;
  count_ = rowsFor(size_, bytesPerRow_);
}

void HexRows::setByMessage(int bytesPerRow, quint64 size, const HexSource &source) {
  setRunning(bytesPerRow, size);
  isByMessage_ = true;
  source_ = &source;
  landmarks_ = source.rowLandmarks(bytesPerRow);
  if (landmarks_) {
    const quint64 messages = source.messageCount();
    const auto end = std::ranges::partition_point(
        *landmarks_, [&](const RowLandmark &mark) { return mark.offset < size && mark.message < messages; });
    landmarkCount_ = static_cast<std::size_t>(end - landmarks_->begin());
  }
  last_ = blockFrom(landmarkCount_);
  known_ = last_;
  const Begin &begin = last_.begins.back();
  count_ = begin.row + rowsFor(size_ - std::min(size_, begin.offset), bytesPerRow_);
}

/// Block 0 holds what lies before the first landmark, block n what lies from landmark n - 1 on.
HexRows::Block HexRows::blockFrom(std::size_t number) const {
  Block found{.number = number, .end = number < landmarkCount_ ? (*landmarks_)[number].offset : size_};
  quint64 message = 0;
  if (number == 0) {
    found.begins.push_back({0, 0, std::nullopt});
  } else {
    const RowLandmark &mark = (*landmarks_)[number - 1];
    found.begins.push_back({mark.offset, mark.row, mark.message});
    message = mark.message + 1;
  }
  const quint64 most = number < landmarkCount_ ? (*landmarks_)[number].message : message + mostBehind;
  const quint64 there = source_ ? source_->messageCount() : 0;
  for (; message < std::min(most, there); ++message) {
    const quint64 offset = source_->rangeOfMessage(message).begin;
    Begin &before = found.begins.back();
    if (offset >= found.end || offset < before.offset) break;
    if (offset == before.offset) {
      before.message = message;
      continue;
    }
    found.begins.push_back({offset, before.row + rowsFor(offset - before.offset, bytesPerRow_), message});
  }
  return found;
}

const HexRows::Block &HexRows::block(std::size_t number) const {
  if (number == landmarkCount_) return last_;
  if (known_.number != number) known_ = blockFrom(number);
  return known_;
}

/// The last begin for which `before(begin)` holds, which it does for the first one.
template <typename Before>
std::pair<const HexRows::Block *, std::size_t> HexRows::find(Before before) const {
  std::size_t number = 0;
  if (landmarkCount_ > 0) {
    const auto marks = std::span(*landmarks_).first(landmarkCount_);
    number = static_cast<std::size_t>(std::ranges::partition_point(marks, before) - marks.begin());
  }
  const Block &in = block(number);
  const auto after = std::ranges::partition_point(in.begins, before);
  const auto index = static_cast<std::size_t>(after - in.begins.begin());
  return {&in, index == 0 ? 0 : index - 1};
}

quint64 HexRows::rowOf(quint64 offset) const {
  if (!isByMessage_) return offset / bytesPerRow_;
  const auto [in, at] = find([offset](const auto &begin) { return begin.offset <= offset; });
  return in->begins[at].row + (offset - in->begins[at].offset) / bytesPerRow_;
}

ByteRange HexRows::rangeOf(quint64 row) const {
  if (!isByMessage_) return {row * bytesPerRow_, row + 1 < count_ ? (row + 1) * bytesPerRow_ : size_};
  const auto [in, at] = find([row](const auto &begin) { return begin.row <= row; });
  const quint64 from = in->begins[at].offset + (row - in->begins[at].row) * bytesPerRow_;
  const quint64 next = at + 1 < in->begins.size() ? in->begins[at + 1].offset : in->end;
  return {from, std::min(next, from + bytesPerRow_)};
}

std::optional<quint64> HexRows::messageAt(quint64 row) const {
  if (!isByMessage_) return std::nullopt;
  const auto [in, at] = find([row](const auto &begin) { return begin.row <= row; });
  return in->begins[at].row == row ? in->begins[at].message : std::nullopt;
}

}  // namespace octetscope
