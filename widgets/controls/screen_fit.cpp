#include "widgets/controls/screen_fit.h"

#include <QScreen>
#include <QWidget>

#include <algorithm>

namespace octetscope {

void fitIntoScreen(QWidget *window) {
  const QRect free = window->screen()->availableGeometry();
  // What the frame takes is known once there is one.
  const QSize frame = window->frameGeometry().size() - window->size();
  const QSize fits = window->size().boundedTo(free.size() - frame);
  if (fits != window->size()) window->resize(fits);
  const QRect whole = window->frameGeometry();
  const QPoint at(std::max(free.left(), std::min(whole.left(), free.right() + 1 - whole.width())),
                  std::max(free.top(), std::min(whole.top(), free.bottom() + 1 - whole.height())));
  if (at != whole.topLeft()) window->move(at);
}

}  // namespace octetscope
