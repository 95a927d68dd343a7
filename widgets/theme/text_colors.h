// Colours of what the user types, light and dark. An error's is Theme::status(Status::Error).
#pragma once

#include "widgets/theme/theme.h"

namespace octetscope {

/// A text that is right, and holds: green. A word or a glyph goes with it.
inline QColor inForceColor(const Theme &theme) {
  return theme.isDark() ? QColor(0x5f, 0xd0, 0xa0) : QColor(0x1b, 0x7f, 0x5a);
}

}  // namespace octetscope
