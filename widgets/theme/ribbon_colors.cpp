#include "widgets/theme/ribbon_colors.h"

namespace octetscope {

QColor RibbonColors::chunk(bool odd) const {
  return odd ? pick(0xffdfe5ed, 0xff343b44) : pick(0xffc7d1de, 0xff454e5a);
}

QColor RibbonColors::message(Direction direction) const {
  return direction == Direction::In ? pick(0xffd2e3f6, 0xff223a54) : pick(0xfff3e2d0, 0xff4a3826);
}

QColor RibbonColors::messageLine(Direction direction) const {
  return direction == Direction::In ? pick(0xff2b6cae, 0xff78aede) : pick(0xff9a6326, 0xffd9a670);
}

QColor RibbonColors::playhead() const {
  return pick(0xffcf2e28, 0xffff6b5e);
}

}  // namespace octetscope
