#include "widgets/controls/row_scroll.h"

#include <QScopedValueRollback>
#include <QScrollBar>

namespace octetscope {

RowScroll::RowScroll(QScrollBar *bar, QObject *parent) : QObject(parent), bar_(bar) {
  bar_->setSingleStep(1);
  connect(bar_, &QScrollBar::actionTriggered, this, &RowScroll::act);
  connect(bar_, &QScrollBar::valueChanged, this, &RowScroll::take);
}

void RowScroll::setRows(quint64 rows, quint64 visible, quint64 top) {
  rows_ = rows;
  visible_ = std::max<quint64>(visible, 1);
  top_ = following_ ? lastTop() : std::min(top, lastTop());
  show();
}

void RowScroll::setTop(quint64 row) {
  row = std::min(row, lastTop());
  if (row == top_) return;
  top_ = row;
  show();
  Q_EMIT moved();
}

void RowScroll::scrollTo(quint64 row) {
  setTop(row);
  Q_EMIT scrolledByUser();
  changeFollowing(isAtEnd());
}

void RowScroll::scrollBy(qint64 rows) {
  const auto by = static_cast<quint64>(rows < 0 ? -rows : rows);
  scrollTo(rows < 0 ? top_ - std::min(by, top_) : top_ + std::min(by, lastTop() - std::min(top_, lastTop())));
}

void RowScroll::setFollowing(bool following) {
  following_ = following;
  if (following) setTop(lastTop());
}

void RowScroll::changeFollowing(bool following) {
  if (following_ == following) return;
  following_ = following;
  Q_EMIT followingChanged(following);
}

void RowScroll::act(int action) {
  // A value of the bar may be many rows, or a fraction of one: steps are ours, only dragging goes through the bar. A
  // page leaves a row of the last one in sight.
  const auto page = static_cast<qint64>(std::max<quint64>(visible_, 2) - 1);
  switch (action) {
    case QAbstractSlider::SliderSingleStepAdd:
      scrollBy(1);
      break;
    case QAbstractSlider::SliderSingleStepSub:
      scrollBy(-1);
      break;
    case QAbstractSlider::SliderPageStepAdd:
      scrollBy(page);
      break;
    case QAbstractSlider::SliderPageStepSub:
      scrollBy(-page);
      break;
    default:
      return;
  }
  bar_->setSliderPosition(ScrollMap(lastTop()).valueOf(top_));
}

void RowScroll::take(int value) {
  const ScrollMap map(lastTop());
  if (!showing_ && map.valueOf(top_) != value) scrollTo(map.rowOf(value));
}

void RowScroll::show() {
  const QScopedValueRollback<bool> guard(showing_, true);
  bar_->setPageStep(ScrollMap(lastTop()).pageStep(visible_));
  // A bar that appears or goes changes how many rows fit, and comes back here: nothing is kept across this.
  bar_->setRange(0, ScrollMap(lastTop()).maximum());
  bar_->setValue(ScrollMap(lastTop()).valueOf(top_));
}

}  // namespace octetscope
