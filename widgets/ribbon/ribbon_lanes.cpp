#include "widgets/ribbon/ribbon_lanes.h"

#include <QLocale>

#include <bit>
#include <cmath>
#include <utility>

namespace octetscope {

namespace {

constexpr qreal besideSplit = 9;     // pixels: room for the mark of what is cut there
constexpr double mostBuckets = 450;  // of a lane: each costs a look-up, and nobody counts bars that are narrower
constexpr quint64 mostBorders = 8192;
constexpr qreal unseen = 2;      // pixels of a summary within which a border may move; less than what stands by itself
constexpr qreal leastPiece = 2;  // pixels; pieces of one thing that are nearer are one

}  // namespace

QString shortSize(quint64 bytes) {
  const QLocale locale;
  if (bytes < 100'000) return RibbonLanes::tr("%1 B").arg(locale.toString(bytes));
  static constexpr std::array units = {"kB", "MB", "GB", "TB", "PB", "EB"};
  double value = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  while (value >= 999.5 && unit + 1 < units.size()) {
    value /= 1000;
    ++unit;
  }
  return locale.toString(value, 'f', value < 10 ? 1 : 0) + u' ' + QLatin1String(units[unit]);
}

RibbonLanes::RibbonLanes(const ConnectionDecoder &decoder, const RibbonAxis &axis, const RibbonGeometry &geometry)
    : decoder_(decoder), axis_(axis), geometry_(geometry) {
  const double bytes = std::max(leastWidth, geometry.width() / mostBuckets) * geometry.bytesPerPixel();
  if (bytes > 1) bucket_ = bytes >= 0x1p62 ? 1ULL << 63 : std::bit_ceil(static_cast<quint64>(std::ceil(bytes)));
}

quint64 RibbonLanes::sizeOf(Direction direction) const {
  return std::min(axis_.sizeOf(direction), view(direction).size());
}

/// Bytes of the stream that are in sight.
ByteRange RibbonLanes::visibleOf(Direction direction) const {
  const ByteRange positions = geometry_.visible();
  const quint64 size = sizeOf(direction);
  const quint64 begin = std::min(size, axis_.bytesBefore(direction, positions.begin));
  return {begin, std::max(begin, std::min(size, axis_.bytesBefore(direction, positions.end)))};
}

qreal RibbonLanes::leftOf(Direction direction, quint64 offset) const {
  return geometry_.xOf(axis_.positionOf(direction, offset));
}

qreal RibbonLanes::rightOf(Direction direction, quint64 end) const {
  return geometry_.xOf(axis_.endOf(direction, end));
}

std::optional<RibbonLanes::Unit> RibbonLanes::messageAt(Direction direction, quint64 offset) const {
  const auto found = decoder_.locate(direction, offset);
  if (!found || found->message.size == 0 || found->message.end() > sizeOf(direction)) return std::nullopt;
  return Unit{found->number, found->message.range(), found->message.status};
}

/// To find the very message at a border, those from the last landmark on have to be framed. Where they all lie within a
/// pixel or two, the landmark serves as well, and the buckets meet there.
std::optional<RibbonLanes::Unit> RibbonLanes::messageBefore(Direction direction, quint64 offset,
                                                            const RibbonAxis::Border &near) const {
  const auto found = decoder_.landmarkBefore(direction, offset);
  if (!found || found->next > sizeOf(direction)) return std::nullopt;
  const ByteRange all{found->at, found->next};
  if (geometry_.widthOf(all) > unseen || geometry_.widthOf(axis_.spanOf(direction, all, near)) > unseen) {
    return std::nullopt;
  }
  Unit unit{found->number, {found->at, found->at + 1}};
  unit.positions = axis_.spanOf(direction, unit.range, near);
  unit.isLandmark = true;
  return unit;
}

std::optional<RibbonLanes::Unit> RibbonLanes::chunkAt(Direction direction, quint64 offset,
                                                      const RibbonAxis::Border &near) const {
  const ChunkView &chunks = view(direction).chunks;
  if (chunks.count() == 0 || offset >= sizeOf(direction)) return std::nullopt;
  const quint64 number = axis_.chunkAt(direction, offset, near);
  const quint64 end = number + 1 < chunks.count() ? chunks[number + 1].offset : sizeOf(direction);
  return Unit{number, {chunks[number].offset, end}};
}

// Chunks and messages

/// Adds the item once for each stretch of the axis that has bytes of `range`, as far as it is in sight.
void RibbonLanes::addPieces(Direction direction, const RibbonItem &like, ByteRange range,
                            std::vector<RibbonItem> &items) const {
  if (range.isEmpty()) return;
  if (!axis_.showsBoth()) {
    RibbonItem item = like;
    item.left = leftOf(direction, range.begin);
    item.right = rightOf(direction, range.end);
    items.push_back(std::move(item));
    return;
  }
  const ByteRange sight = visibleOf(direction);
  quint64 at = range.begin;
  bool isFirst = true;
  if (sight.begin > at) {
    // What lies left of the window is one piece, or a part of the first one that is seen.
    at = std::min(sight.begin, range.end - 1);
    isFirst = axis_.runEnd(direction, range.begin) > at;
    if (isFirst) at = range.begin;
  }
  while (at < range.end) {
    RibbonItem item = like;
    item.isFirstPiece = isFirst;
    item.left = leftOf(direction, at);
    quint64 end = std::min(range.end, axis_.runEnd(direction, at));
    item.right = rightOf(direction, end);
    // Pieces and gaps that are narrower than a hair are one.
    while (end < range.end && leftOf(direction, end) - item.right < leastPiece && item.right < geometry_.width()) {
      const quint64 next = axis_.bytesBefore(direction, geometry_.positionAt(item.right + leastPiece));
      end = std::min(range.end, std::max(axis_.runEnd(direction, end), next));
      item.right = rightOf(direction, end);
    }
    item.isLastPiece = end >= range.end;
    const bool isBeyond = item.right > geometry_.width();
    items.push_back(std::move(item));
    if (isBeyond) return;
    isFirst = false;
    at = end;
  }
}

/// A line of the grid. All lanes ask for the same lines.
RibbonAxis::Border RibbonLanes::borderAt(quint64 position) const {
  const quint64 first = geometry_.visible().begin / bucket_;
  const quint64 line = position / bucket_ - first;
  if (position % bucket_ != 0 || line > mostBorders) return axis_.borderAt(position);
  if (line >= borders_.size()) borders_.resize(line + 1);
  std::optional<RibbonAxis::Border> &known = borders_[line];
  if (!known) known = axis_.borderAt(position);
  return *known;
}

void RibbonLanes::sweep(Direction direction, const Units &units, RibbonLane &lane) const {
  const ByteRange sight = visibleOf(direction);
  const auto itemOf = [&units](const Unit &unit) {
    RibbonItem item;
    item.kind = units.kind;
    item.range = unit.range;
    item.number = unit.number;
    item.status = unit.status;
    return item;
  };
  // Each look-up on the axis costs as much as one of a message, and at every pixel they add up: once for each unit, and
  // from the border next to it.
  RibbonAxis::Border near = axis_.borderAt(geometry_.visible().begin);
  const auto unitAt = [&](quint64 offset) {
    std::optional<Unit> unit = units.at(offset, near);
    if (unit) unit->positions = axis_.spanOf(direction, unit->range, near);
    return unit;
  };
  // What the next bucket begins with, at `edge` or, where that is as good, a little before.
  const auto nextAt = [&](const Unit &unit, quint64 edge) {
    if (units.before && edge > unit.range.end) {
      const std::optional<Unit> next = units.before(edge, near);
      if (next && next->number > unit.number) return next;
    }
    return unitAt(std::max(edge, unit.range.end));
  };
  const auto isWide = [&](const Unit &unit) { return geometry_.widthOf(unit.positions) >= leastWidth; };
  // Also where none of its bytes is in sight: bytes of the other direction may lie inside a message.
  std::optional<Unit> unit = unitAt(sight.begin);
  quint64 border = 0;
  while (unit && unit->range.begin < sight.end) {
    if (isWide(*unit)) {
      addPieces(direction, itemOf(*unit), unit->range, lane.items);
      unit = unitAt(unit->range.end);
      continue;
    }
    // A bucket: up to what holds the next line of the grid, which belongs to the bucket it ends in.
    const quint64 before = border;
    const quint64 position = std::max(unit->positions.end - 1, border);
    border = position / bucket_ >= ~0ULL / bucket_ ? ~0ULL : (position / bucket_ + 1) * bucket_;
    near = borderAt(border);
    const std::optional<Unit> next = nextAt(*unit, near.bytes[static_cast<std::size_t>(direction)]);
    const quint64 count = (next ? next->number : units.count()) - unit->number;
    if (unit->isLandmark && count < 2) {
      // It reaches to the border by itself, so it matters where it ends.
      unit = unitAt(unit->range.begin);
      border = before;
      continue;
    }
    RibbonItem item = itemOf(*unit);
    item.count = count;
    item.left = geometry_.xOf(unit->positions.begin);
    // One by itself ends where it ends: what lies before the next may be filler.
    if (item.count > 1) item.range.end = next ? next->range.begin : std::max(unit->range.end, units.end());
    // Bytes of the other direction may stand between it and the next, and are not its own.
    const bool touches = item.count > 1 && next && next->positions.begin <= border;
    item.right =
        touches ? geometry_.xOf(next->positions.begin) : geometry_.xOf(axis_.endOf(direction, item.range.end, near));
    if (item.count > 1) {
      if (units.kind == RibbonItem::Kind::Message) {
        const auto flaw = decoder_.firstFlaw(direction, unit->number, unit->number + item.count);
        item.status = Status::Complete;
        if (flaw) {
          item.flaw = *flaw;
          item.status = decoder_.message(direction, *flaw).status;
        }
      }
      lane.density = std::max(lane.density, static_cast<double>(item.count) / std::max(1.0, item.width()));
    }
    lane.items.push_back(std::move(item));
    unit = next;
  }
}

RibbonLane RibbonLanes::chunks(Direction direction) const {
  RibbonLane lane{RibbonLane::Kind::Chunks, direction};
  sweep(direction,
        {[this, direction](quint64 offset, const RibbonAxis::Border &near) { return chunkAt(direction, offset, near); },
         [this, direction] { return view(direction).chunks.count(); }, [this, direction] { return sizeOf(direction); },
         RibbonItem::Kind::Chunk},
        lane);
  for (RibbonItem &item : lane.items) {
    if (!item.isSummary() && item.width() >= leastLabel) item.label = shortSize(item.range.size());
  }
  return lane;
}

RibbonLane RibbonLanes::messages(Direction direction) const {
  RibbonLane lane{RibbonLane::Kind::Messages, direction};
  sweep(direction,
        {[this, direction](quint64 offset, const RibbonAxis::Border &) { return messageAt(direction, offset); },
         [this, direction] { return decoder_.messageCount(direction); },
         [this, direction] {
           const quint64 count = decoder_.messageCount(direction);
           return count == 0 ? 0 : std::min(sizeOf(direction), decoder_.message(direction, count - 1).end());
         },
         RibbonItem::Kind::Message,
         [this, direction](quint64 offset, const RibbonAxis::Border &near) {
           return messageBefore(direction, offset, near);
         }},
        lane);
  for (RibbonItem &item : lane.items) {
    if (item.isSummary() || item.width() < leastLabel) continue;
    item.label = sizeWords(direction, item.number, decoder_.message(direction, item.number));
  }
  return lane;
}

void RibbonLanes::dim(RibbonScene &scene, const MessageFilter *filter) {
  const bool isFiltered = filter && filter->isActive();
  for (RibbonLane &lane : scene.lanes) {
    if (lane.kind == RibbonLane::Kind::Chunks || lane.isSecond) continue;
    for (RibbonItem &item : lane.items) {
      // What lies in a message passes with it.
      const bool isInside = lane.kind == RibbonLane::Kind::Inner && !item.outer.isEmpty();
      const quint64 number = isInside ? item.outer.first() : item.number;
      const quint64 count = lane.kind == RibbonLane::Kind::Messages ? item.count : 1;
      item.isDimmed = isFiltered && !filter->mayPass(lane.direction, number, number + count);
    }
  }
}

QString RibbonLanes::sizeWords(Direction direction, quint64 number, const Message &message) const {
  const QString name = u'#' + QLocale().toString(number);
  QString size = shortSize(message.size);
  if (message.status == Status::Incomplete) {
    if (const auto needs = decoder_.verdict(direction, message).needs) {
      size = tr("%1 of %2").arg(QLocale().toString(message.size), shortSize(message.size + *needs));
    }
  }
  return tr("%1  %2").arg(name, size);
}

void RibbonLanes::addGhost(RibbonLane &messages) const {
  const Direction direction = messages.direction;
  const quint64 count = decoder_.messageCount(direction);
  const FramerPtr &framer = decoder_.reader(direction).framer;
  if (count == 0 || !framer) return;
  const Message last = decoder_.message(direction, count - 1);
  if (last.status != Status::Incomplete || last.size == 0 || last.end() != view(direction).size()) return;
  const auto needs = decoder_.verdict(direction, last).needs;
  if (!needs || *needs == 0) return;
  // Behind all that has come: that is where the missing bytes would stand.
  const quint64 end = view(Direction::In).size() * axis_.shows(Direction::In) +
                      view(Direction::Out).size() * axis_.shows(Direction::Out);
  RibbonItem ghost;
  ghost.kind = RibbonItem::Kind::Ghost;
  ghost.number = count - 1;
  ghost.count = 1;
  ghost.status = Status::Incomplete;
  ghost.range = {last.end(), *needs > ~0ULL - last.end() ? ~0ULL : last.end() + *needs};
  ghost.left = geometry_.xOf(std::min(end, axis_.size()));
  if (ghost.left > geometry_.width()) return;
  const qreal most = std::max(geometry_.width() - ghost.left - 4, leastWidth);
  ghost.right = ghost.left + std::clamp(geometry_.widthOf(ghost.range), leastWidth, most);
  const QString bytes = QLocale().toString(*needs);
  ghost.label = view(direction).end == StreamEnd::Open ? tr("needs %1").arg(bytes) : tr("%1 missing").arg(bytes);
  messages.items.push_back(std::move(ghost));
}

// Marks

/// What a chunk's end at `offset` cuts in `message`.
RibbonMark::Kind RibbonLanes::edgeKind(Direction direction, const Message &message, quint64 offset) const {
  const FramerPtr &framer = decoder_.reader(direction).framer;
  if (!framer) return RibbonMark::Kind::Split;
  const ByteRange around{offset - 1, offset + 1};
  const ScanState state = decoder_.stateFor(direction, message, around.begin);
  bool isHead = true;
  bool isDelimiter = true;
  quint64 covered = 0;
  for (const FramingPart &part : framer->parts(view(direction), message, state, around, 4)) {
    const ByteRange here = part.range.intersected(around);
    if (here.isEmpty()) continue;
    covered += here.size();
    isHead = isHead && (part.role == PartRole::Head || part.role == PartRole::Length);
    isDelimiter = isDelimiter && part.role == PartRole::Delimiter;
  }
  if (covered < around.size()) return RibbonMark::Kind::Split;
  return isHead        ? RibbonMark::Kind::SplitHead
         : isDelimiter ? RibbonMark::Kind::SplitDelimiter
                       : RibbonMark::Kind::Split;
}

void RibbonLanes::mark(const RibbonLane &chunks, const QList<quint64> &restarts, RibbonScene &scene) const {
  const Direction direction = chunks.direction;
  const quint64 size = sizeOf(direction);
  const ChunkView &table = view(direction).chunks;
  const bool readsChunks = decoder_.reader(direction).framer && decoder_.reader(direction).framer->readsChunks();
  const auto add = [&](RibbonMark mark) {
    mark.direction = direction;
    if (mark.x >= -leastMarks && mark.x <= geometry_.width() + leastMarks) scene.marks.push_back(mark);
  };
  bool isSplitBefore = false;  // at the left edge of the chunk
  for (const RibbonItem &chunk : chunks.items) {
    const bool beginsInMessage = std::exchange(isSplitBefore, false);
    if (chunk.isSummary()) continue;
    const quint64 end = chunk.range.end;
    if (chunk.right <= geometry_.width()) scene.edges.push_back({direction, chunk.right});
    if (chunk.width() < leastMarks || readsChunks) continue;
    const auto first = messageAt(direction, chunk.range.begin);
    auto last = messageAt(direction, end - 1);
    // Behind the last message there may be filler.
    if (const quint64 count = decoder_.messageCount(direction); !last && count > 0) {
      const Message message = decoder_.message(direction, count - 1);
      if (message.end() < end) last = Unit{count - 1, message.range(), message.status};
    }
    if (first && last && first->range.begin < end && last->number > first->number) {
      const quint64 behind = last->range.begin < end ? last->number + 1 : last->number;
      add({.kind = RibbonMark::Kind::Several,
           .x = chunk.left + (beginsInMessage ? besideSplit : 0),
           .offset = chunk.range.begin,
           .number = first->number,
           .chunk = chunk.number,
           .count = behind - first->number});
    }
    if (!last || end >= size || !last->range.contains(end)) continue;
    const Message message = decoder_.message(direction, last->number);
    if (message.offset >= end) continue;
    isSplitBefore = true;
    add({.kind = edgeKind(direction, message, end),
         .x = chunk.right,
         .offset = end,
         .number = last->number,
         .chunk = chunk.number,
         .count = table.countIn(message.range())});
  }
  for (const quint64 offset : restarts) {
    if (offset >= size) continue;
    add({.kind = RibbonMark::Kind::Restart, .x = leftOf(direction, offset), .offset = offset});
  }
  if (view(direction).end == StreamEnd::Open) return;
  const qreal x = rightOf(direction, size);
  add({.kind = RibbonMark::Kind::End, .x = x, .offset = size, .end = view(direction).end});
  const quint64 count = decoder_.messageCount(direction);
  if (count == 0) return;
  const Message last = decoder_.message(direction, count - 1);
  if (last.status == Status::Incomplete && last.end() == view(direction).size()) {
    add({.kind = RibbonMark::Kind::LeftOver,
         .x = std::max(leftOf(direction, last.offset), -leastMarks / 2),
         .offset = last.offset,
         .number = count - 1,
         .count = last.size});
  }
}

}  // namespace octetscope
