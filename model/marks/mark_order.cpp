#include "model/marks/mark_order.h"

#include <array>
#include <tuple>

namespace octetscope {

namespace {

using Key = std::tuple<qint64, int, quint64, quint64>;

class Connections {
 public:
  Connections(const Capture &capture, const MarkTable &marks) : capture_(capture), marks_(marks) {}

  /// The next row of connection `number` behind `after`, or of all of them; the one before for `by` -1.
  std::optional<std::size_t> best(int number, const std::optional<MarkPlace> &after, int by) const {
    const auto connection = capture_.connection(number);
    const std::array chunks = {connection->stream(Direction::In).view().chunks,
                               connection->stream(Direction::Out).view().chunks};
    const auto keyOf = [&](const MarkPlace &place) {
      const auto direction = static_cast<std::size_t>(place.direction);
      return Key(chunks[direction].timeOf(place.range.begin), static_cast<int>(direction), place.range.begin,
                 place.range.end);
    };
    std::optional<std::size_t> found;
    std::optional<Key> key;
    for (const Direction direction : {Direction::In, Direction::Out}) {
      // Within a stream, what begins later came later or with it: keys rise with the rows.
      const MarkTable::Rows rows = marks_.rowsOf(number, direction);
      std::size_t low = rows.first;
      std::size_t high = rows.last;
      if (!after) {
        low = by > 0 ? rows.first : rows.last;
      } else {
        const Key from = keyOf(*after);
        while (low < high) {
          const std::size_t middle = low + (high - low) / 2;
          const Key here = keyOf(marks_.at(middle).place);
          if (by > 0 ? here <= from : here < from) {
            low = middle + 1;
          } else {
            high = middle;
          }
        }
      }
      if (by > 0 ? low == rows.last : low == rows.first) continue;
      const std::size_t row = by > 0 ? low : low - 1;
      const Key here = keyOf(marks_.at(row).place);
      if (key && (by > 0 ? *key < here : here < *key)) continue;
      found = row;
      key = here;
    }
    return found;
  }

 private:
  const Capture &capture_;
  const MarkTable &marks_;
};

}  // namespace

std::optional<std::size_t> markBeside(const Capture &capture, const MarkTable &marks, const MarkPlace &from, int by) {
  const Connections connections(capture, marks);
  const int count = capture.connectionCount();
  if (from.connection >= 0 && from.connection < count) {
    if (const auto row = connections.best(from.connection, from, by)) return row;
  }
  int number = from.connection;
  for (int looked = 0; looked < count; ++looked) {
    number = ((number + by) % count + count) % count;
    if (const auto row = connections.best(number, std::nullopt, by)) return row;
  }
  return std::nullopt;
}

}  // namespace octetscope
