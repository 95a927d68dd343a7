#include "widgets/ribbon/ribbon_found.h"

#include <cmath>

namespace octetscope {

std::vector<RibbonPage::Highlight> foundPieces(const SearchHits &hits, Direction direction, const RibbonAxis &axis,
                                               const RibbonGeometry &geometry) {
  std::vector<RibbonPage::Highlight> pieces;
  const quint64 size = axis.sizeOf(direction);
  const quint64 count = hits.count();
  // One that begins left of the window may reach into it.
  const quint64 first = axis.bytesBefore(direction, geometry.left());
  quint64 number = hits.numberAt(first);
  if (number > 0 && hits.at(number - 1).range().end > first) --number;
  while (number < count) {
    const SearchHit hit = hits.at(number);
    const quint64 end = std::min(hit.range().end, size);
    if (hit.offset >= end) break;
    const double left = geometry.xOf(axis.positionOf(direction, hit.offset));
    if (left > geometry.width()) break;
    const double right = std::max(geometry.xOf(axis.endOf(direction, end)), left + 1);
    pieces.push_back({direction, left, right});
    // The next that begins a pixel further to the right; in its own pixel it would not be seen.
    const quint64 beyond = axis.bytesBefore(direction, geometry.positionAt(std::floor(left) + 1) + 1);
    number = std::max(number + 1, beyond > hit.offset + 1 ? hits.numberAt(beyond - 1) : 0);
  }
  return pieces;
}

std::vector<RibbonPage::Highlight> foundPieces(const FieldFinder &finder, const RibbonAxis &axis,
                                               const RibbonGeometry &geometry) {
  std::vector<RibbonPage::Highlight> pieces;
  const ConnectionDecoder *decoder = finder.decoder();
  if (!decoder || !finder.isLooking()) return pieces;
  for (const Direction direction : {Direction::In, Direction::Out}) {
    if (!axis.shows(direction)) continue;
    const quint64 size = axis.sizeOf(direction);
    auto at = decoder->messageAt(direction, axis.bytesBefore(direction, geometry.left()));
    while (at && (at = finder.next(direction, *at))) {
      const ByteRange message = decoder->message(direction, *at).range();
      const quint64 end = std::min(message.end, size);
      if (message.begin >= end) break;
      const double left = geometry.xOf(axis.positionOf(direction, message.begin));
      if (left > geometry.width()) break;
      pieces.push_back({direction, left, std::max(geometry.xOf(axis.endOf(direction, end)), left + 1)});
      // The next that begins a pixel further to the right; in its own pixel it would not be seen.
      const quint64 beyond = axis.bytesBefore(direction, geometry.positionAt(std::floor(left) + 1) + 1);
      const auto there = beyond > end ? decoder->messageAt(direction, beyond - 1) : std::nullopt;
      at = std::max(*at + 1, there.value_or(0));
    }
  }
  return pieces;
}

}  // namespace octetscope
