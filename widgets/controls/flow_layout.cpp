#include "widgets/controls/flow_layout.h"

#include <QWidget>

namespace octetscope {

FlowLayout::FlowLayout(Mode mode, int columnWidth, QWidget *parent)
    : QLayout(parent), mode_(mode), columnWidth_(columnWidth) {
  setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout() {
  qDeleteAll(items_);
}

void FlowLayout::addItem(QLayoutItem *item) {
  items_.append(item);
}

QLayoutItem *FlowLayout::takeAt(int index) {
  return index >= 0 && index < items_.size() ? items_.takeAt(index) : nullptr;
}

QList<QLayoutItem *> FlowLayout::shown() const {
  QList<QLayoutItem *> result;
  for (QLayoutItem *item : items_) {
    if (!item->isEmpty()) result.append(item);
  }
  return result;
}

int FlowLayout::columnsIn(int width, qsizetype count) const {
  if (mode_ == Mode::Natural) return 1;
  const int least = std::max(columnWidth_, minimumSize().width());  // the widest item fits too
  const int fit = (width + gap()) / (least + gap());
  return std::clamp<int>(fit, 1, std::max<int>(1, static_cast<int>(count)));
}

QList<FlowLayout::Row> FlowLayout::rows(const QList<QLayoutItem *> &items, int width) const {
  QList<Row> result;
  const int columns = columnsIn(width, items.size());
  Row row;
  for (qsizetype i = 0; i < items.size(); ++i) {
    const QSize hint = items[i]->sizeHint();
    const int wide = std::min(hint.width(), width);
    const bool full = mode_ == Mode::Columns ? row.count == columns : row.count > 0 && row.width + gap() + wide > width;
    if (full) {
      result.append(row);
      row = {i, 0, 0, 0};
    }
    row.width += (row.count > 0 ? gap() : 0) + wide;
    row.height = std::max(row.height, hint.height());
    ++row.count;
  }
  if (row.count > 0) result.append(row);
  return result;
}

int FlowLayout::heightForWidth(int width) const {
  const QMargins margins = contentsMargins();
  int height = margins.top() + margins.bottom();
  const auto all = rows(shown(), width - margins.left() - margins.right());
  for (const Row &row : all) height += row.height;
  return height + gap() * std::max<int>(0, static_cast<int>(all.size()) - 1);
}

QSize FlowLayout::minimumSize() const {
  QSize size;
  for (const QLayoutItem *item : shown()) size = size.expandedTo(item->minimumSize());
  return size.grownBy(contentsMargins());
}

QSize FlowLayout::sizeHint() const {
  int width = 0;
  int height = 0;
  for (const QLayoutItem *item : shown()) {
    width += item->sizeHint().width() + (width > 0 ? gap() : 0);
    height = std::max(height, item->sizeHint().height());
  }
  return QSize(width, height).grownBy(contentsMargins());
}

void FlowLayout::setGeometry(const QRect &rect) {
  QLayout::setGeometry(rect);
  const QRect inside = rect.marginsRemoved(contentsMargins());
  const auto items = shown();
  const int columns = columnsIn(inside.width(), items.size());
  const bool mirrored = parentWidget() && parentWidget()->isRightToLeft();
  int y = inside.top();
  for (const Row &row : rows(items, inside.width())) {
    int x = inside.left();
    for (qsizetype i = row.first; i < row.first + row.count; ++i) {
      QLayoutItem *item = items[i];
      int wide = std::min(item->sizeHint().width(), inside.width());
      if (mode_ == Mode::Columns) {
        const int column = static_cast<int>(i - row.first);
        const int free = inside.width() - gap() * (columns - 1);
        wide = free * (column + 1) / columns - free * column / columns;
      } else if (item->alignment() & Qt::AlignRight) {
        int rest = -gap();
        for (qsizetype j = i; j < row.first + row.count; ++j) {
          rest += gap() + std::min(items[j]->sizeHint().width(), inside.width());
        }
        x = std::max(x, inside.left() + inside.width() - rest);
      }
      QRect place(x, y, wide, row.height);
      if (mirrored) place.moveLeft(inside.left() + inside.right() - place.right());
      // A right alignment is meant for the row; the item itself fills its place.
      if (QWidget *widget = item->widget()) {
        const int tall = std::min(row.height, item->maximumSize().height());
        widget->setGeometry(QRect(place.x(), y + (row.height - tall) / 2, wide, tall));
      } else {
        item->setGeometry(place);
      }
      x += wide + gap();
    }
    y += row.height + gap();
  }
}

}  // namespace octetscope
