// What the mouse does in the message list: selecting, opening, scrolling, and dragging rows to where their bytes are
// wanted.
#include "model/items/message_tree_model.h"
#include "widgets/messages/message_header.h"
#include "widgets/messages/message_tree_view.h"

#include <QApplication>
#include <QDrag>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QPixmap>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>
#include <utility>

namespace octetscope {

void MessageTreeView::mousePressEvent(QMouseEvent *event) {
  const QPoint at = event->position().toPoint();
  const auto line = lineAt(at);
  if (!line || (event->button() != Qt::LeftButton && event->button() != Qt::RightButton)) return;
  const ShownRow row = shownRow(*line);
  const int y = static_cast<int>(*line - topLine()) * rowHeight_;
  clickedColumn_ = std::max(0, header_->logicalIndexAt(at.x()));
  const bool onTree = clickedColumn_ == MessageTreeModel::NumberColumn;
  if (event->button() == Qt::LeftButton && row.hasChildren && onTree &&
      painter().arrowRect(row.depth, y).contains(at)) {
    toggle(row.index);
    return;
  }
  const LineRuns selected = selectedLines();
  const bool isInSelection = selected.contains(*line);
  if (event->button() == Qt::RightButton && isInSelection) {
    // The menu is about this row, and about all that are selected.
    if (lineOf(current_) != line) moveTo(*line, Selecting::Nothing);
    return;
  }
  const bool control = event->modifiers().testFlag(Qt::ControlModifier) && event->button() == Qt::LeftButton;
  const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
  whenReleased_ = control ? Selecting::Toggle : Selecting::One;
  whenMoved_ = control ? Selecting::RangeToo : Selecting::Range;
  pressed_.reset();
  const bool isPlain = event->button() == Qt::LeftButton && event->modifiers() == Qt::NoModifier;
  pressedRow_ = isPlain && !isInSelection ? QPersistentModelIndex(row.index) : QPersistentModelIndex();
  if (event->button() == Qt::LeftButton && (event->modifiers() & ~Qt::ControlModifier) == Qt::NoModifier) {
    pressed_ = at;
    pressedOnSelected_ = isInSelection;
    // What is selected stays so until it is clear that it is not to be dragged.
    if (isInSelection && (control || selected.count() > 1)) return;
  }
  moveTo(*line, shift ? whenMoved_ : whenReleased_);
}

void MessageTreeView::mouseReleaseEvent(QMouseEvent *event) {
  event->accept();  // it is ours: what lies below should not see half a click
  pressedRow_ = QPersistentModelIndex();
  if (event->button() != Qt::LeftButton || !std::exchange(pressed_, std::nullopt) || !pressedOnSelected_) return;
  if (const auto line = lineAt(event->position().toPoint())) moveTo(*line, whenReleased_);
}

void MessageTreeView::mouseMoveEvent(QMouseEvent *event) {
  if (!event->buttons().testFlag(Qt::LeftButton) || !current_.isValid() || lineCount() == 0) return;
  const QPoint at = event->position().toPoint();
  if (pressed_) {
    // Selected rows are dragged wherever one goes; others to the side, because up and down selects.
    const QPoint moved = at - *pressed_;
    const bool isSideways = std::abs(moved.x()) > 2 * std::abs(moved.y());
    if (moved.manhattanLength() >= QApplication::startDragDistance() && (pressedOnSelected_ || isSideways)) {
      pressed_.reset();
      return startDrag();
    }
    if (pressedOnSelected_) return;
  }
  const int y = at.y();
  // Out of the list, to its heads or to the Send panel: not to select more, for which Shift and Ctrl are.
  if ((y < 0 || y >= viewport()->height()) && pressedRow_.isValid()) {
    setCurrent(std::exchange(pressedRow_, {}), Selecting::One);
    tellHub();
    pressed_.reset();
    return startDrag();
  }
  quint64 line = topLine();
  if (y < 0) {
    line = topLine() > 0 ? topLine() - 1 : 0;
  } else {
    line = std::min(topLine() + std::min(static_cast<quint64>(y / rowHeight_), linesPerPage()), lineCount() - 1);
  }
  if (line == lineOf(current_)) return;
  pressed_.reset();
  moveTo(line, whenMoved_);
}

// Dragging

void MessageTreeView::startDrag() {
  const QModelIndexList rows = selectedRows(mostDraggedRows);
  QMimeData *const bytes = rows.isEmpty() ? nullptr : model_->mimeData(rows);
  if (!bytes) {
    Q_EMIT notice(tr("Nothing is dragged: what is selected has no bytes, or too many (%1 rows and a mebibyte at most).")
                      .arg(locale().toString(mostDraggedRows)));
    return;
  }
  // What is under way shows at the cursor.
  const int message = static_cast<int>(MessageTreeModel::Kind::Message);
  QString words = rows.first().data(Qt::DisplayRole).toString();
  if (rows.first().data(MessageTreeModel::KindRole).toInt() == message) words = tr("Message %1").arg(words);
  if (rows.size() > 1) words = tr("%1 rows").arg(locale().toString(rows.size()));
  const QRect box = fontMetrics().boundingRect(words).adjusted(-6, -3, 6, 3);
  QPixmap picture(box.size() * devicePixelRatioF());
  picture.setDevicePixelRatio(devicePixelRatioF());
  picture.fill(palette().color(QPalette::Highlight));
  QPainter brush(&picture);
  brush.setFont(font());
  brush.setPen(palette().color(QPalette::HighlightedText));
  brush.drawText(QRect(QPoint(), box.size()), Qt::AlignCenter, words);
  brush.end();
  auto *drag = new QDrag(this);
  drag->setMimeData(bytes);
  drag->setPixmap(picture);
  drag->setHotSpot(QPoint(-12, -4));
  drag->exec(Qt::CopyAction);
}

void MessageTreeView::mouseDoubleClickEvent(QMouseEvent *event) {
  // Quick clicks that add rows and take them out are clicks.
  if (event->modifiers().testFlag(Qt::ControlModifier)) return mousePressEvent(event);
  const QPoint at = event->position().toPoint();
  const auto line = lineAt(at);
  if (!line || event->button() != Qt::LeftButton) return;
  const ShownRow row = shownRow(*line);
  const bool onArrow = header_->logicalIndexAt(at.x()) == MessageTreeModel::NumberColumn && row.hasChildren &&
                       painter().arrowRect(row.depth, static_cast<int>(*line - topLine()) * rowHeight_).contains(at);
  // On the arrow the first click has toggled; two quick ones are two toggles.
  if (onArrow || row.hasChildren) toggle(row.index);
}

void MessageTreeView::wheelEvent(QWheelEvent *event) {
  const QPoint delta = event->angleDelta();
  const bool sideways = event->modifiers() & (Qt::ShiftModifier | Qt::AltModifier) || delta.y() == 0;
  if (sideways) {
    const int by = delta.x() != 0 ? delta.x() : delta.y();
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - by / 2);
  } else {
    if ((wheelRest_ > 0) != (delta.y() > 0)) wheelRest_ = 0;
    wheelRest_ += delta.y() * QApplication::wheelScrollLines();
    const int lines = wheelRest_ / 120;
    wheelRest_ -= lines * 120;
    if (lines != 0) scroll_.scrollBy(-lines);
  }
  event->accept();
}

}  // namespace octetscope
