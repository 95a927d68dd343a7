// What lies over several rows of a hex view, row by row.
#pragma once

#include "widgets/hexview/hex_geometry.h"

namespace octetscope {

/// Calls act(column, x, width, row) for each row's stretch of `range`, in both columns.
template <typename Act>
void eachStretch(const HexGeometry &geometry, ByteRange range, Act act) {
  if (range.isEmpty()) return;
  const quint64 lastRow = geometry.rowOf(range.end - 1);
  for (quint64 row = geometry.rowOf(range.begin); row <= lastRow; ++row) {
    const ByteRange here = geometry.rows().rangeOf(row);
    const int from = range.begin > here.begin ? static_cast<int>(range.begin - here.begin) : 0;
    const int to = static_cast<int>(std::min(range.end, here.end) - 1 - here.begin);
    for (const auto column : {HexColumn::Hex, HexColumn::Text}) {
      act(column, geometry.spanX(column, from), geometry.spanWidth(column, from, to), row);
    }
  }
}

}  // namespace octetscope
