// RibbonColors: the colours of what only the ribbon shows, light and dark: boxes of chunks and messages, the playhead.
// Theme has those that it shares with the other views.
#pragma once

#include "widgets/theme/theme.h"

namespace octetscope {

class RibbonColors {
 public:
  explicit RibbonColors(const Theme &theme) : dark_(theme.isDark()) {}

  QColor chunk(bool odd) const;               ///< boxes of chunks, by turns
  QColor message(Direction direction) const;  ///< boxes of messages
  QColor messageLine(Direction direction) const;
  QColor playhead() const;

 private:
  QColor pick(QRgb light, QRgb dark) const { return QColor::fromRgb(dark_ ? dark : light); }

  bool dark_;
};

}  // namespace octetscope
