// ListBox: a box whose list must be open for the keyboard or the wheel to choose another entry: of choices that change
// everything that is shown, and are not to be changed in passing.
#pragma once

#include <QComboBox>

namespace octetscope {

class ListBox : public QComboBox {
 public:
  using QComboBox::QComboBox;

 protected:
  void keyPressEvent(QKeyEvent *event) override;
  void wheelEvent(QWheelEvent *event) override;
};

}  // namespace octetscope
