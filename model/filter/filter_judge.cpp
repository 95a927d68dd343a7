// What a batch of messages says by itself: where they lie, when they came, numbers at fixed places.
#include "model/filter/filter_judge.h"

#include <bit>

namespace octetscope {

namespace {

quint64 bitOf(std::size_t i, bool holds) {
  return static_cast<quint64>(holds) << i;
}

}  // namespace

template <typename Holds>
quint64 FilterMachine::each(quint64 wanted, Holds holds) const {
  quint64 found = 0;
  if (wanted == ~0ULL) {
    // A whole batch: a loop that the compiler can go over at once.
    for (std::size_t i = 0; i < FilterBatch::most; ++i) found |= bitOf(i, holds(i));
    return found;
  }
  for (quint64 left = wanted; left != 0; left &= left - 1) {
    const auto i = static_cast<std::size_t>(std::countr_zero(left));
    found |= bitOf(i, holds(i));
  }
  return found;
}

quint64 FilterMachine::judge(const FilterLeaf &leaf, quint64 wanted) {
  switch (leaf.kind) {
    case FilterLeaf::Kind::Constant:
      return leaf.constant ? wanted : 0;
    case FilterLeaf::Kind::Statuses:
      return each(wanted, [&](std::size_t i) { return leaf.statuses[static_cast<std::size_t>(message(i).status)]; });
    case FilterLeaf::Kind::OfMessage:
      return judgeNumbers(leaf, wanted);
    case FilterLeaf::Kind::AtPlace:
      return judgePlaces(leaf, wanted);
    case FilterLeaf::Kind::General:
      break;
  }
  return each(wanted, [&](std::size_t i) { return holds(leaf, i); });
}

qint64 lastOtherWay(const ChunkView &otherWay, Direction direction, qint64 timeNs) {
  return timeNs == noTime ? noTime : otherWay.lastUntil(direction == Direction::In ? timeNs - 1 : timeNs);
}

std::optional<qint64> FilterMachine::timeOf(std::size_t i) const {
  const FilterStream &stream = batch_.stream;
  const qint64 time =
      stream.arrivals ? stream.arrivals->timeOf(message(i).range()) : stream.view.chunks.timeOf(message(i).offset);
  return time == noTime ? std::nullopt : std::optional(time);
}

/// What a name that is a number or a time has; times in nanoseconds.
std::optional<WideNumber> FilterMachine::numberOf(FilterName name, std::size_t i) const {
  const FilterStream &stream = batch_.stream;
  const Message &here = message(i);
  switch (name) {
    case FilterName::Number:
      return batch_.first + i;
    case FilterName::Connection:
      return stream.connection;
    case FilterName::Offset:
      return here.offset;
    case FilterName::Size:
      return here.size;
    case FilterName::PayloadOffset:
      if (!here.hasPayloadRange() || here.status == Status::Error) return std::nullopt;
      return here.payloadOffset;
    case FilterName::PayloadSize:
      return here.status == Status::Error ? 0 : here.payloadSize;
    case FilterName::Chunks:
      return stream.arrivals ? stream.arrivals->chunksOf(here.range()) : stream.view.chunks.countIn(here.range());
    case FilterName::Needs:
      if (here.status != Status::Incomplete) return std::nullopt;
      return needsOf(here);
    case FilterName::Time: {
      const auto time = timeOf(i);
      if (!time || stream.startNs == noTime) return std::nullopt;
      return *time - stream.startNs;
    }
    case FilterName::Epoch:
      return timeOf(i);
    case FilterName::Delta: {
      const Message *before = i > 0 ? &message(i - 1) : batch_.before;
      const auto time = timeOf(i);
      if (!before || !time) return std::nullopt;
      const qint64 then =
          stream.arrivals ? stream.arrivals->timeOf(before->range()) : stream.view.chunks.timeOf(before->offset);
      return then == noTime ? std::nullopt : std::optional<WideNumber>(*time - then);
    }
    case FilterName::DeltaOther: {
      const auto time = timeOf(i);
      const qint64 then = time ? lastOtherWay(stream.otherWay, stream.direction, *time) : noTime;
      return then == noTime ? std::nullopt : std::optional<WideNumber>(*time - then);
    }
    default:
      return std::nullopt;
  }
}

std::optional<quint64> FilterMachine::needsOf(const Message &here) const {
  return scope_.layers[0].framer->verdict(batch_.stream.view, here).needs;
}

quint64 FilterMachine::judgeNumbers(const FilterLeaf &leaf, quint64 wanted) const {
  const RangesOf<quint64> &ranges = leaf.natural;
  const auto plain = [&](auto read) {
    if (leaf.mask) return each(wanted, [&](std::size_t i) { return ranges.contains(read(i) & *leaf.mask); });
    if (ranges.isSingle()) return each(wanted, [&](std::size_t i) { return ranges.inSingle(read(i)); });
    return ranges.isEmpty() ? quint64{0} : each(wanted, [&](std::size_t i) { return ranges.contains(read(i)); });
  };
  switch (leaf.name) {
    case FilterName::Size:
      return plain([this](std::size_t i) { return message(i).size; });
    case FilterName::Offset:
      return plain([this](std::size_t i) { return message(i).offset; });
    case FilterName::Number:
      return plain([this](std::size_t i) { return batch_.first + i; });
    case FilterName::PayloadSize:
      return plain([this](std::size_t i) { return message(i).status == Status::Error ? 0 : message(i).payloadSize; });
    default:
      break;
  }
  return each(wanted, [&](std::size_t i) {
    const auto number = numberOf(leaf.name, i);
    if (!number) return false;
    return leaf.ranges.contains(leaf.mask ? static_cast<WideNumber>(static_cast<quint64>(*number) & *leaf.mask)
                                          : *number);
  });
}

quint64 FilterMachine::judgePlaces(const FilterLeaf &leaf, quint64 wanted) {
  const std::uint8_t *const data = batch_.stream.view.bytes.data();
  const quint64 needed = leaf.item.offset + leaf.item.size;
  quint64 elsewhere = 0;  // payloads that are no range of the stream
  quint64 found = 0;
  detail::withKind(leaf.item.kind, [&]<ItemKind kind>() {
    using Element = decltype(detail::elementAt<kind>(data));
    if constexpr (std::is_same_v<Element, qint64> || std::is_same_v<Element, quint64> ||
                  std::is_same_v<Element, bool>) {
      using Number = std::conditional_t<std::is_same_v<Element, qint64>, qint64, quint64>;
      const auto read = [&](auto isIn) {
        found = each(wanted, [&](std::size_t i) {
          const Message &here = message(i);
          if (here.status == Status::Error) return false;
          if (!here.hasPayloadRange()) {
            elsewhere |= 1ULL << i;
            return false;
          }
          if (here.payloadSize < needed) return false;
          return isIn(static_cast<Number>(detail::elementAt<kind>(data + here.payloadOffset + leaf.item.offset)));
        });
      };
      const auto &ranges = [&]() -> const RangesOf<Number> & {
        if constexpr (std::is_same_v<Number, qint64>) {
          return leaf.integer;
        } else {
          return leaf.natural;
        }
      }();
      if (leaf.mask) {
        read([&](Number number) { return leaf.natural.contains(static_cast<quint64>(number) & *leaf.mask); });
      } else if (ranges.isSingle()) {
        read([&](Number number) { return ranges.inSingle(number); });
      } else {
        read([&](Number number) { return ranges.contains(number); });
      }
    }
  });
  if (elsewhere == 0) return found;
  return found | each(elsewhere, [&](std::size_t i) { return holds(leaf, i); });
}

}  // namespace octetscope
