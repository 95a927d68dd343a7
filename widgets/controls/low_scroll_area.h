// LowScrollArea: what holds a panel that needs some height in a window that may have less. Where it is to give way it
// may be made lower than the panel, and scrolls; else it is as if it were not there.
#pragma once

#include <QScrollArea>

namespace octetscope {

class LowScrollArea : public QScrollArea {
  Q_OBJECT
 public:
  /// Takes `widget` over. `lines`: of text, which are the least that is in sight.
  LowScrollArea(QWidget *widget, int lines, QWidget *parent = nullptr);

  void setGivesWay(bool givesWay);
  bool givesWay() const { return givesWay_; }

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void resizeEvent(QResizeEvent *event) override;

 private:
  const int lines_;
  bool givesWay_ = false;
};

}  // namespace octetscope
