#include "widgets/controls/low_scroll_area.h"

#include <QApplication>
#include <QScrollBar>

namespace octetscope {

LowScrollArea::LowScrollArea(QWidget *widget, int lines, QWidget *parent) : QScrollArea(parent), lines_(lines) {
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setFocusPolicy(Qt::NoFocus);
  setWidget(widget);
  // What the keyboard goes to comes into sight, however it goes there.
  connect(qApp, &QApplication::focusChanged, this, [this](const QWidget *, QWidget *now) {
    if (now && this->widget()->isAncestorOf(now)) ensureWidgetVisible(now, 0, 0);
  });
}

/// Not left to QScrollArea, which gives a panel with wrapped lines the height it likes, and scrolls where it would fit.
void LowScrollArea::resizeEvent(QResizeEvent *event) {
  QScrollArea::resizeEvent(event);
  widget()->resize(viewport()->width(), std::max(viewport()->height(), widget()->minimumSizeHint().height()));
}

void LowScrollArea::setGivesWay(bool givesWay) {
  if (givesWay == givesWay_) return;
  givesWay_ = givesWay;
  updateGeometry();
}

QSize LowScrollArea::sizeHint() const {
  return widget()->sizeHint();
}

QSize LowScrollArea::minimumSizeHint() const {
  const QSize whole = widget()->minimumSizeHint();
  return {whole.width() + verticalScrollBar()->sizeHint().width(),
          givesWay_ ? std::min(whole.height(), lines_ * fontMetrics().lineSpacing()) : whole.height()};
}

}  // namespace octetscope
