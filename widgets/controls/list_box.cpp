#include "widgets/controls/list_box.h"

#include <QKeyEvent>
#include <QWheelEvent>

namespace octetscope {

void ListBox::keyPressEvent(QKeyEvent *event) {
  switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
    case Qt::Key_Home:
    case Qt::Key_End:
      showPopup();
      event->accept();
      break;
    default:
      QComboBox::keyPressEvent(event);
  }
}

void ListBox::wheelEvent(QWheelEvent *event) {
  event->ignore();
}

}  // namespace octetscope
