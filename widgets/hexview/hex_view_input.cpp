// What the user does to a HexView: mouse, wheel, keys, menu, clipboard.
#include "model/framing/framing_words.h"
#include "widgets/hexview/hex_accessible.h"
#include "widgets/hexview/hex_view.h"
#include "widgets/hexview/hex_words.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QLocale>
#include <QMenu>
#include <QScrollBar>
#include <QStyleHints>
#include <QToolTip>
#include <QWheelEvent>

#include <cmath>

namespace octetscope {

namespace {

constexpr int dragScrollMs = 40;

}  // namespace

void HexView::addActions() {
  copyHex_ = addOwnAction(tr("Copy as he&x"), QKeySequence::Copy, &HexView::copyAsHex);
  copyText_ = addOwnAction(tr("&Copy as text"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), &HexView::copyAsText);
  selectAll_ = addOwnAction(tr("Select all &bytes"), QKeySequence::SelectAll, &HexView::selectAllBytes);
  zoomIn_ = addOwnAction(tr("&Larger text"), {}, &HexView::zoomInOnce);
  // Ctrl+= is Ctrl++ without Shift on many keyboards.
  zoomIn_->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)});
  zoomOut_ = addOwnAction(tr("Sm&aller text"), QKeySequence(Qt::CTRL | Qt::Key_Minus), &HexView::zoomOutOnce);
  zoomReset_ = addOwnAction(tr("Normal text si&ze"), QKeySequence(Qt::CTRL | Qt::Key_0), &HexView::resetZoom);
}

QAction *HexView::addOwnAction(const QString &text, const QKeySequence &key, void (HexView::*act)()) {
  auto *action = new QAction(text, this);
  action->setShortcut(key);
  action->setShortcutContext(Qt::WidgetShortcut);
  connect(action, &QAction::triggered, this, act);
  addAction(action);
  return action;
}

void HexView::zoomInOnce() {
  setZoom(zoom_ + 1);
  Q_EMIT zoomChanged(zoom_);
}
void HexView::zoomOutOnce() {
  setZoom(zoom_ - 1);
  Q_EMIT zoomChanged(zoom_);
}
void HexView::resetZoom() {
  setZoom(0);
  Q_EMIT zoomChanged(zoom_);
}

// Selection

void HexView::setSelection(ByteRange range) {
  const quint64 size = geometry_.size();
  // An empty one at the end stands on no byte: the caret goes to the last.
  const ByteRange part = range.isEmpty() ? ByteRange{range.begin, range.begin} : range.intersected({0, size});
  selection_ = part;
  caret_ = size == 0 ? 0 : std::min(part.begin, size - 1);
  anchor_ = part.isEmpty() ? caret_ : part.end - 1;
  viewport()->update();
  tellAssistants();
}

void HexView::select(ByteRange range) {
  setSelection(range);
  scrollTo(range);
  if (caret()) revealSideways(activeColumn_, *caret());
  Q_EMIT selectionChanged(selection_);
}

bool HexView::goToOffset(quint64 offset) {
  if (offset >= geometry_.size()) return false;
  select({offset, offset});
  return true;
}

void HexView::changeSelection(ByteRange range, quint64 anchor, quint64 caret) {
  anchor_ = anchor;
  caret_ = caret;
  selection_ = range;
  viewport()->update();
  tellAssistants();
  // Also where it is the same: the caret stands at byte 0 before anything was chosen.
  Q_EMIT selectionChanged(selection_);
}

void HexView::moveCaret(quint64 offset, bool extend) {
  if (geometry_.size() == 0) return;
  offset = std::min(offset, geometry_.size() - 1);
  if (extend) {
    changeSelection({std::min(anchor_, offset), std::max(anchor_, offset) + 1}, anchor_, offset);
  } else {
    changeSelection({offset, offset}, offset, offset);
  }
}

void HexView::selectAllBytes() {
  if (geometry_.size() == 0) return;
  changeSelection({0, geometry_.size()}, 0, geometry_.size() - 1);
}

// Keys

void HexView::keyPressEvent(QKeyEvent *event) {
  if (moveBy(event)) {
    event->accept();
    return;
  }
  // Not the scroll area's keys: they would scroll behind the caret's back.
  event->ignore();
}

bool HexView::moveBy(const QKeyEvent *event) {
  const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
  const bool extend = modifiers.testFlag(Qt::ShiftModifier);
  const bool far = modifiers.testFlag(Qt::ControlModifier);
  if (modifiers & ~(Qt::ShiftModifier | Qt::ControlModifier)) return false;
  const quint64 size = geometry_.size();
  const quint64 last = size == 0 ? 0 : size - 1;
  const quint64 at = std::min(caret_, last);
  const quint64 row = geometry_.rowOf(at);
  const ByteRange here = geometry_.rows().rangeOf(row);
  const quint64 lastRow = std::max<quint64>(geometry_.rowCount(), 1) - 1;
  const quint64 page = std::max<quint64>(visibleRows(), 2) - 1;
  // The byte below or above, or the last one of a row that is shorter.
  const auto inRow = [&](quint64 other) {
    const ByteRange there = geometry_.rows().rangeOf(other);
    return std::min(there.begin + (at - here.begin), std::max(there.end, there.begin + 1) - 1);
  };
  quint64 to = at;
  qint64 scrollRows = 0;
  switch (event->key()) {
    case Qt::Key_Left:
      if (far) return false;
      to = at == 0 ? 0 : at - 1;
      break;
    case Qt::Key_Right:
      if (far) return false;
      to = at + 1;
      break;
    case Qt::Key_Up:
      if (far) return false;  // Ctrl+Up and Ctrl+Down go from message to message: the window's
      to = row > 0 ? inRow(row - 1) : at;
      break;
    case Qt::Key_Down:
      if (far) return false;
      to = row < lastRow ? inRow(row + 1) : at;
      break;
    case Qt::Key_Home:
      to = far ? 0 : here.begin;
      break;
    case Qt::Key_End:
      to = far ? last : std::max(here.end, here.begin + 1) - 1;
      break;
    case Qt::Key_PageUp:
      to = inRow(row >= page ? row - page : 0);
      scrollRows = -static_cast<qint64>(page);
      break;
    case Qt::Key_PageDown:
      to = lastRow - row >= page ? inRow(row + page) : last;
      scrollRows = static_cast<qint64>(page);
      break;
    default:
      return false;
  }
  if (size == 0) return true;
  if (scrollRows != 0) scroll_.scrollBy(scrollRows);
  moveCaret(to, extend);
  reveal(caret_);
  return true;
}

bool HexView::focusNextPrevChild(bool next) {
  // Tab goes from the hex to the text, and from there on to the next widget, so that nobody is caught here.
  const HexColumn leaving = next ? HexColumn::Text : HexColumn::Hex;
  if (hasFocus() && activeColumn_ != leaving && geometry_.size() > 0) {
    activeColumn_ = leaving;
    revealSideways(activeColumn_, std::min(caret_, geometry_.size() - 1));
    viewport()->update();
    tellAssistants();
    return true;
  }
  return QAbstractScrollArea::focusNextPrevChild(next);
}

void HexView::focusInEvent(QFocusEvent *event) {
  QAbstractScrollArea::focusInEvent(event);
  if (event->reason() == Qt::TabFocusReason) activeColumn_ = HexColumn::Hex;
  if (event->reason() == Qt::BacktabFocusReason) activeColumn_ = HexColumn::Text;
  viewport()->update();
  tellAssistants();
}

void HexView::focusOutEvent(QFocusEvent *event) {
  QAbstractScrollArea::focusOutEvent(event);
  viewport()->update();
}

// Mouse

void HexView::mousePressEvent(QMouseEvent *event) {
  if (event->button() != Qt::LeftButton || geometry_.size() == 0 || event->position().y() < rowsTop()) return;
  const auto place = placeAt(event->position());
  const QPointF moved = event->position() - doubleClickPoint_;
  const bool isThird = sinceDoubleClick_.isValid() &&
                       sinceDoubleClick_.elapsed() < QGuiApplication::styleHints()->mouseDoubleClickInterval() &&
                       moved.manhattanLength() < QGuiApplication::styleHints()->startDragDistance();
  sinceDoubleClick_.invalidate();
  activeColumn_ = place.column;
  if (isThird && source_) {
    const ByteRange message = source_->messageRange(place.offset);
    if (!message.isEmpty()) changeSelection(message, message.end - 1, message.begin);
    return;
  }
  dragging_ = true;
  dragPoint_ = event->position();
  moveCaret(place.offset, event->modifiers().testFlag(Qt::ShiftModifier));
}

void HexView::mouseMoveEvent(QMouseEvent *event) {
  if (!dragging_ || !event->buttons().testFlag(Qt::LeftButton)) return;
  const bool still = (event->position() - dragPoint_).manhattanLength() < 3 && selection_.isEmpty();
  if (still) return;
  dragPoint_ = event->position();
  const QRectF rows(0, rowsTop(), viewport()->width(), viewport()->height() - rowsTop());
  if (dragPoint_.y() < rows.top() || dragPoint_.y() > rows.bottom()) {
    if (!dragTimer_.isActive()) dragTimer_.start(dragScrollMs, this);
  } else {
    dragTimer_.stop();
  }
  const quint64 offset = placeAt(dragPoint_).offset;
  if (offset != caret_ || !selection_.isEmpty()) moveCaret(offset, true);
}

void HexView::mouseReleaseEvent(QMouseEvent *event) {
  if (event->button() != Qt::LeftButton) return;
  dragging_ = false;
  dragTimer_.stop();
}

void HexView::mouseDoubleClickEvent(QMouseEvent *event) {
  if (event->button() != Qt::LeftButton || !source_ || geometry_.size() == 0 || event->position().y() < rowsTop()) {
    return;
  }
  dragging_ = false;
  sinceDoubleClick_.start();
  doubleClickPoint_ = event->position();
  const auto place = placeAt(event->position());
  const ByteRange field = source_->fieldRange(place.offset);
  if (!field.isEmpty()) changeSelection(field, field.end - 1, field.begin);
}

void HexView::timerEvent(QTimerEvent *event) {
  if (event->timerId() != dragTimer_.timerId()) {
    QAbstractScrollArea::timerEvent(event);
    return;
  }
  // The farther outside, the faster.
  const qreal above = rowsTop() - dragPoint_.y();
  const qreal below = dragPoint_.y() - viewport()->height();
  const qreal outside = std::max(above, below);
  if (outside <= 0) {
    dragTimer_.stop();
    return;
  }
  const auto rows = 1 + static_cast<qint64>(std::min(outside / 8, 64.0));
  scroll_.scrollBy(above > 0 ? -rows : rows);
  moveCaret(placeAt(dragPoint_).offset, true);
}

void HexView::wheelEvent(QWheelEvent *event) {
  if (event->modifiers().testFlag(Qt::ControlModifier)) {
    wheelRest_ += event->angleDelta().y() / 120.0;
    const int steps = static_cast<int>(wheelRest_);
    wheelRest_ -= steps;
    if (steps != 0) {
      setZoom(zoom_ + steps);
      Q_EMIT zoomChanged(zoom_);
    }
    event->accept();
    return;
  }
  const bool sideways = event->angleDelta().y() == 0 || event->modifiers().testFlag(Qt::AltModifier);
  if (sideways) {
    const int turned = event->angleDelta().x() != 0 ? event->angleDelta().x() : event->angleDelta().y();
    QScrollBar *bar = horizontalScrollBar();
    bar->setValue(bar->value() - turned * bar->singleStep() / 40);
    event->accept();
    return;
  }
  const double rows = event->pixelDelta().y() != 0 ? event->pixelDelta().y() / geometry_.metrics().rowHeight
                                                   : event->angleDelta().y() / 120.0 * QApplication::wheelScrollLines();
  if ((rows < 0) != (wheelRest_ < 0)) wheelRest_ = 0;  // the direction changed
  wheelRest_ += rows;
  const double whole = std::trunc(wheelRest_);
  wheelRest_ -= whole;
  if (whole != 0) scroll_.scrollBy(-static_cast<qint64>(whole));
  event->accept();
}

void HexView::contextMenuEvent(QContextMenuEvent *event) {
  QMenu menu(this);
  const bool hasBytes = geometry_.size() > 0;
  for (QAction *action : {copyHex_, copyText_}) {
    action->setEnabled(hasBytes);
    menu.addAction(action);
  }
  if (copyMenu_) menu.addMenu(copyMenu_);
  menu.addSeparator();
  menu.addAction(selectAll_);
  menu.addSeparator();
  menu.addActions(moreActions_);
  if (!moreActions_.isEmpty()) menu.addSeparator();
  if (viewMenu_) menu.addMenu(viewMenu_);
  for (QAction *action : {zoomIn_, zoomOut_, zoomReset_}) menu.addAction(action);
  QPoint at = event->globalPos();
  if (event->reason() == QContextMenuEvent::Keyboard && caret()) {
    at = viewport()->mapToGlobal(cellRect(activeColumn_, *caret()).bottomLeft().toPoint());
  }
  menu.exec(at);
  for (QAction *action : {copyHex_, copyText_}) action->setEnabled(true);
}

bool HexView::viewportEvent(QEvent *event) {
  if (event->type() == QEvent::ToolTip) {
    showToolTip(static_cast<QHelpEvent *>(event));
    return true;
  }
  return QAbstractScrollArea::viewportEvent(event);
}

void HexView::showToolTip(const QHelpEvent *event) {
  const auto offset = offsetAt(event->pos());
  QString text = offset && source_ ? hexToolTip(*source_, *offset) : QString();
  if (const QString marks = offset ? markWordsAt(*offset) : QString(); !marks.isEmpty()) text += u'\n' + marks;
  if (text.isEmpty()) {
    QToolTip::hideText();
    return;
  }
  // Bytes are never markup: escaped, with its line ends kept.
  QString safe = text.toHtmlEscaped();
  safe.replace(u'\n', QLatin1String("<br>"));
  const auto place = placeAt(event->pos());
  QToolTip::showText(event->globalPos(), QLatin1String("<p style='white-space:pre'>") + safe + QLatin1String("</p>"),
                     viewport(), cellRect(place.column, *offset).toAlignedRect());
}

// Clipboard

ByteRange HexView::copiedRange() const {
  if (!source_ || geometry_.size() == 0) return {};
  return selection_.isEmpty() ? ByteRange::ofSize(*caret(), 1) : selection_;
}

Result<void> HexView::copy(CopyFormat format) {
  const ByteRange range = copiedRange();
  if (range.isEmpty()) return fail(tr("There are no bytes to copy"));
  std::vector<CopiedPiece> pieces(1);
  pieces[0].view.bytes = source_->snapshot();
  pieces[0].range = range;
  pieces[0].textCode = textCode_;
  if (const auto can = canCopy(pieces, format); !can) return can;
  const quint64 characters = copiedCharacters(pieces, format);
  const QString done = tr("Copied %1 as %2.").arg(byteCount(range.size()), copyFormatWords(format, textCode_));
  copier_.start([pieces = std::move(pieces),
                 format](const std::atomic<bool> &isCancelled) { return copyText(pieces, format, isCancelled); },
                characters, done);
  return {};
}

void HexView::copyOrSay(CopyFormat format) {
  const auto copied = copy(format);
  if (copied) return;
  const QString words = copied.error().line();
  QToolTip::showText(viewport()->mapToGlobal(QPoint(16, static_cast<int>(rowsTop()))), words, viewport());
  Q_EMIT said(words);
}

}  // namespace octetscope
