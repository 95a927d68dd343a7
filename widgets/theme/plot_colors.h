// The colours of charts. As everywhere, none of them says anything alone: a kind of line or a pattern goes with each.
#pragma once

#include "widgets/theme/theme.h"

namespace octetscope {

/// Lines and bars of what goes in a direction.
inline QColor plotLine(const Theme &theme, Direction direction) {
  if (direction == Direction::In) return theme.isDark() ? QColor(0xff56b4e9) : QColor(0xff005f9e);
  return theme.isDark() ? QColor(0xffe69f00) : QColor(0xffb34a00);
}

}  // namespace octetscope
