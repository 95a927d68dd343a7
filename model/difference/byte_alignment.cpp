#include "model/difference/byte_alignment.h"

#include <cstdint>

namespace octetscope {

namespace {

/// E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986: the greedy search forward, which keeps for
/// each number of edits how far the diagonals reached.
class FewestEdits {
 public:
  FewestEdits(ByteView left, ByteView right) : left_(left), right_(right) {}

  bool search(int most, const std::atomic<bool> &isCancelled);
  /// What removes bytes of the left and inserts those of the right, from the back to the front: the places (x, y) in
  /// front of which an edit stands, and whether it inserts.
  struct Edit {
    qint64 x;
    qint64 y;
    bool isInsertion;
  };
  std::vector<Edit> edits() const;

 private:
  using Reached = std::vector<std::int32_t>;  // x on the diagonals -d, -d + 2, … d
  qint64 run(qint64 x, qint64 k) const;
  /// Where diagonal k begins with d edits, before equal bytes are passed; `before`: what d - 1 edits reached.
  static std::pair<qint64, bool> begin(const Reached &before, qint64 d, qint64 k);

  ByteView left_;
  ByteView right_;
  std::vector<Reached> reached_;
};

qint64 FewestEdits::run(qint64 x, qint64 k) const {
  const auto width = static_cast<qint64>(left_.size());
  const auto height = static_cast<qint64>(right_.size());
  while (x < width && x - k < height && left_[static_cast<std::size_t>(x)] == right_[static_cast<std::size_t>(x - k)]) {
    ++x;
  }
  return x;
}

std::pair<qint64, bool> FewestEdits::begin(const Reached &before, qint64 d, qint64 k) {
  const auto at = [&](qint64 diagonal) { return qint64{before[static_cast<std::size_t>((diagonal + d - 1) / 2)]}; };
  const bool isInsertion = k == -d || (k != d && at(k - 1) < at(k + 1));
  return {isInsertion ? at(k + 1) : at(k - 1) + 1, isInsertion};
}

bool FewestEdits::search(int most, const std::atomic<bool> &isCancelled) {
  const auto width = static_cast<qint64>(left_.size());
  const auto height = static_cast<qint64>(right_.size());
  if (std::abs(width - height) > most) return false;
  for (qint64 d = 0; d <= most; ++d) {
    if (isCancelled) return false;
    Reached now;
    now.reserve(static_cast<std::size_t>(d) + 1);
    for (qint64 k = -d; k <= d; k += 2) {
      const qint64 x = run(d == 0 ? 0 : begin(reached_.back(), d, k).first, k);
      now.push_back(static_cast<std::int32_t>(x));
      if (x >= width && x - k >= height) {
        reached_.push_back(std::move(now));
        return true;
      }
    }
    reached_.push_back(std::move(now));
  }
  return false;
}

std::vector<FewestEdits::Edit> FewestEdits::edits() const {
  std::vector<Edit> edits;
  auto k = static_cast<qint64>(left_.size()) - static_cast<qint64>(right_.size());
  for (auto d = static_cast<qint64>(reached_.size()) - 1; d > 0; --d) {
    const auto [x, isInsertion] = begin(reached_[static_cast<std::size_t>(d) - 1], d, k);
    k += isInsertion ? 1 : -1;
    const qint64 from = isInsertion ? x : x - 1;
    edits.push_back({from, from - k, isInsertion});
  }
  return edits;
}

}  // namespace

ByteAlignment::ByteAlignment(quint64 leftSize, quint64 rightSize) {
  append(leftSize, rightSize);
}

/// The next `left` bytes of the one beside the next `right` bytes of the other.
void ByteAlignment::append(quint64 left, quint64 right) {
  if (left == 0 && right == 0) return;
  Piece piece;
  if (!pieces_.empty()) {
    piece.cell = pieces_.back().end();
    for (std::size_t i = 0; i < 2; ++i) piece.ranges[i].begin = pieces_.back().ranges[i].end;
  }
  piece.ranges[0].end = piece.ranges[0].begin + left;
  piece.ranges[1].end = piece.ranges[1].begin + right;
  pieces_.push_back(piece);
}

std::optional<ByteAlignment> ByteAlignment::fewestEdits(ByteView left, ByteView right,
                                                        const std::atomic<bool> &isCancelled, int most) {
  const auto front = static_cast<std::size_t>(std::ranges::mismatch(left, right).in1 - left.begin());
  ByteView restLeft = left.subspan(front);
  ByteView restRight = right.subspan(front);
  std::size_t back = 0;
  const std::size_t shorter = std::min(restLeft.size(), restRight.size());
  while (back < shorter && restLeft[restLeft.size() - 1 - back] == restRight[restRight.size() - 1 - back]) ++back;
  restLeft = restLeft.first(restLeft.size() - back);
  restRight = restRight.first(restRight.size() - back);

  FewestEdits search(restLeft, restRight);
  if (!search.search(most, isCancelled)) return std::nullopt;
  const auto edits = search.edits();
  ByteAlignment alignment;
  quint64 equal = front;
  quint64 removed = 0;
  quint64 inserted = 0;
  qint64 x = 0;  // behind what was appended or counted
  for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
    if (edit->x > x) {
      // Equal bytes part it from the edits before.
      alignment.append(removed, inserted);
      removed = inserted = 0;
      equal += static_cast<quint64>(edit->x - x);
      x = edit->x;
    }
    alignment.append(equal, equal);
    equal = 0;
    if (edit->isInsertion) {
      ++inserted;
    } else {
      ++removed;
      ++x;
    }
  }
  alignment.append(removed, inserted);
  equal += restLeft.size() - static_cast<std::size_t>(x) + back;
  alignment.append(equal, equal);
  return alignment;
}

std::size_t ByteAlignment::pieceAt(quint64 cell) const {
  const auto behind = std::ranges::upper_bound(pieces_, cell, {}, &Piece::cell);
  return static_cast<std::size_t>(behind - pieces_.begin()) - 1;
}

ByteAlignment::Cell ByteAlignment::at(quint64 cell) const {
  const Piece &piece = pieces_[pieceAt(cell)];
  Cell found;
  for (std::size_t i = 0; i < 2; ++i) {
    const quint64 offset = cell - piece.cell;
    if (offset < piece.ranges[i].size()) found.offsets[i] = piece.ranges[i].begin + offset;
  }
  return found;
}

quint64 ByteAlignment::cellOf(Side side, quint64 offset) const {
  const auto piece =
      std::ranges::partition_point(pieces_, [&](const Piece &one) { return one.of(side).end <= offset; });
  return piece == pieces_.end() ? cellCount() : piece->cell + (offset - piece->of(side).begin);
}

}  // namespace octetscope
