// What users do in the message list: keys, menu, type-ahead, copying. The mouse is in message_tree_view_mouse.cpp.
#include "model/items/message_tree_model.h"
#include "widgets/messages/message_header.h"
#include "widgets/messages/message_tree_accessible.h"
#include "widgets/messages/message_tree_view.h"
#include "widgets/messages/row_place.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QMenu>

namespace octetscope {

namespace {

/// Events in a row that going to the next message passes over.
constexpr int mostPassedOver = 100'000;

MessageTreeModel::Kind kindOf(const QModelIndex &index) {
  return static_cast<MessageTreeModel::Kind>(index.data(MessageTreeModel::KindRole).toInt());
}

}  // namespace

// Where the user stands

QModelIndex MessageTreeView::currentCell() const {
  return QModelIndex(current_).siblingAtColumn(clickedColumn_);
}

void MessageTreeView::setCurrentIndex(const QModelIndex &index) {
  if (index.isValid() && index.model() != model_) return;
  // Opening what it stands in must not run to the end first.
  const auto line = lineOf(index);
  if (index.isValid() && (!line || *line + 1 != lineCount())) scroll_.changeFollowing(false);
  setCurrent(index, Selecting::One);
  showCurrent();
}

void MessageTreeView::moveTo(quint64 line, Selecting how) {
  if (lineCount() == 0) return;
  typeAhead_.cancel();
  line = std::min(line, lineCount() - 1);
  setCurrent(indexAtLine(line), how);
  showLine(line);
  scroll_.changeFollowing(line + 1 == lineCount() && scroll_.isAtEnd());
  tellHub();
}

void MessageTreeView::goTo(const QModelIndex &index) {
  if (!index.isValid() || index.model() != model_) return;
  if (!lineOf(index)) setOpen(index.parent(), true);
  if (const auto line = lineOf(index)) moveTo(*line, Selecting::One);
}

void MessageTreeView::toggle(const QModelIndex &index) {
  openByUser(index, !isOpen(index));
}

void MessageTreeView::openByUser(const QModelIndex &index, bool open) {
  if (!index.isValid() || !model_->hasChildren(index)) return;
  // What was opened is to be read: it should not run off with the next message.
  if (open) scroll_.changeFollowing(false);
  setOpen(index, open);
  if (open) {
    // As many of its rows as there is room for.
    const auto line = lineOf(index);
    if (!line) return;
    quint64 end = *line;
    for (quint64 at = *line + 1; at < std::min(lineCount(), *line + linesPerPage()); ++at) {
      const QModelIndex row = indexAtLine(at);
      if (!row.parent().isValid()) break;
      end = at;
    }
    if (end >= topLine() + linesPerPage()) scroll_.setTop(std::min(*line, end - linesPerPage() + 1));
  }
}

void MessageTreeView::goToPreviousMessage() {
  goToMessage(-1);
}

void MessageTreeView::goToNextMessage() {
  goToMessage(1);
}

void MessageTreeView::goToMessage(int step) {
  if (!model_ || lineCount() == 0) return;
  QModelIndex at = current_.isValid() ? QModelIndex(current_) : indexAtLine(topLine());
  const bool fromNowhere = !current_.isValid();
  at = topLevelRow(at);
  int row = at.row() + (fromNowhere ? 0 : step);
  const int rows = model_->rowCount();
  for (int passed = 0; row >= 0 && row < rows && passed < mostPassedOver; row += step, ++passed) {
    const QModelIndex index = model_->index(row, 0);
    if (kindOf(index) != MessageTreeModel::Kind::Message) continue;
    moveTo(lineOf(index).value_or(0), Selecting::One);
    return;
  }
}

// Keys

void MessageTreeView::keyPressEvent(QKeyEvent *event) {
  if (!model_) return QAbstractScrollArea::keyPressEvent(event);
  if (event->matches(QKeySequence::Copy)) {
    copy();
  } else if (event->matches(QKeySequence::SelectAll)) {
    selectAll();
  } else if (!handleMoveKey(event) && !handleBranchKey(event)) {
    const auto held = event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier);
    const QString text = event->text();
    if (held != Qt::NoModifier || text.isEmpty() || !text.at(0).isPrint()) {
      return QAbstractScrollArea::keyPressEvent(event);
    }
    typeAhead(event);
  }
  event->accept();
}

bool MessageTreeView::handleMoveKey(QKeyEvent *event) {
  const bool control = event->modifiers().testFlag(Qt::ControlModifier);
  const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
  // Control alone goes from message to message.
  const auto how = !shift ? Selecting::One : control ? Selecting::Nothing : Selecting::Range;
  const auto current = lineOf(current_);
  const quint64 at = current.value_or(topLine());
  const quint64 page = std::max<quint64>(linesPerPage(), 2) - 1;
  switch (event->key()) {
    case Qt::Key_Up:
      if (control && !shift) {
        goToPreviousMessage();
      } else {
        moveTo(current && at > 0 ? at - 1 : at, how);
      }
      return true;
    case Qt::Key_Down:
      if (control && !shift) {
        goToNextMessage();
      } else {
        moveTo(current ? at + 1 : at, how);
      }
      return true;
    case Qt::Key_PageUp:
      moveTo(at - std::min(at, page), how);
      return true;
    case Qt::Key_PageDown:
      moveTo(at + page, how);
      return true;
    case Qt::Key_Home:
      moveTo(0, how);
      return true;
    case Qt::Key_End:
      if (lineCount() > 0) moveTo(lineCount() - 1, how);
      return true;
    case Qt::Key_Space:
      if (control && current) moveTo(at, shift ? Selecting::RangeToo : Selecting::Toggle);
      return control;
    default:
      return false;
  }
}

bool MessageTreeView::handleBranchKey(QKeyEvent *event) {
  const auto held = event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier);
  const QModelIndex row = current_;
  if (held != Qt::NoModifier || !row.isValid()) return false;
  const bool isTyping = typeAhead_.isTyping(event->timestamp());
  switch (event->key()) {
    case Qt::Key_Left:
      if (isOpen(row)) {
        openByUser(row, false);
      } else if (row.parent().isValid()) {
        moveTo(lineOf(row.parent()).value_or(0), Selecting::One);
      }
      return true;
    case Qt::Key_Right:
      if (!model_->hasChildren(row)) return true;
      if (!isOpen(row)) {
        openByUser(row, true);
      } else if (model_->rowCount(row) > 0) {
        moveTo(lineOf(row).value_or(0) + 1, Selecting::One);
      }
      return true;
    case Qt::Key_Enter:
    case Qt::Key_Return:
      toggle(row);
      return true;
    case Qt::Key_Space:
      if (isTyping) return false;
      toggle(row);
      return true;
    case Qt::Key_Asterisk:
      if (isTyping) return false;
      scroll_.changeFollowing(false);
      openAllBelow(row);
      return true;
    case Qt::Key_Plus:
      if (isTyping) return false;
      openByUser(row, true);
      return true;
    case Qt::Key_Minus:
      if (isTyping) return false;
      openByUser(row, false);
      return true;
    default:
      return false;
  }
}

void MessageTreeView::typeAhead(const QKeyEvent *event) {
  if (lineCount() == 0) return;
  typeAhead_.type(event->text(), event->timestamp(), lineCount(), lineOf(current_).value_or(topLine()),
                  current_.isValid());
}

QString MessageTreeView::textOfLine(quint64 line, const QList<int> &columns) const {
  const ShownRow row = shownRow(line);
  QString text(row.depth * 2, QLatin1Char(' '));
  for (qsizetype i = 0; i < columns.size(); ++i) {
    if (i > 0) text.append(QLatin1Char('\t'));
    // A tab or a line break inside a cell would make it two.
    text.append(row.index.siblingAtColumn(columns[i]).data(Qt::DisplayRole).toString().simplified());
  }
  return text;
}

void MessageTreeView::copy() {
  const LineRuns selected = selectedLines();
  if (selected.isEmpty()) return;
  QList<int> columns;
  for (int visual = 0; visual < header_->count(); ++visual) {
    const int column = header_->logicalIndex(visual);
    if (!header_->isSectionHidden(column)) columns.append(column);
  }
  copier_.start(selected, [this, columns](quint64 line) { return textOfLine(line, columns); });
}

// The menu

QMenu *MessageTreeView::createRowMenu(QWidget *parent) {
  Q_EMIT rowMenuAsked();
  auto *menu = new QMenu(parent);
  const QModelIndex row = current_;
  // The place is taken when the menu opens: rows may come while it is open.
  const std::optional<Selection> place = currentPlace_;
  const auto add = [&](const QString &text, bool enabled, auto act) {
    QAction *action = menu->addAction(text);
    action->setEnabled(enabled);
    connect(action, &QAction::triggered, this, act);
    return action;
  };
  const QPersistentModelIndex kept = row;
  const bool isBranch = row.isValid() && model_->hasChildren(row);
  add(tr("&Copy"), row.isValid(), [this] { copy(); })->setShortcut(QKeySequence::Copy);
  add(tr("Copy as He&x"), place.has_value(), [this, place] { Q_EMIT copyAsHexRequested(*place); });
  if (copyMenu_) menu->addMenu(copyMenu_);
  add(tr("&Go to Bytes"), place.has_value(), [this, place] { Q_EMIT goToBytesRequested(*place); });
  menu->addActions(moreActions_);
  menu->addSeparator();
  add(isOpen(row) ? tr("Cl&ose") : tr("&Open"), isBranch, [this, kept] { toggle(kept); });
  add(tr("O&pen All Below"), isBranch, [this, kept] {
    scroll_.changeFollowing(false);
    openAllBelow(kept);
  });
  add(tr("Close All Belo&w"), isBranch && isOpen(row), [this, kept] { closeAllBelow(kept); });
  add(tr("C&lose All Messages"), rows_.openCount() > 0, [this] { closeAll(); });
  menu->addSeparator();
  menu->addMenu(header_->createColumnMenu(menu));
  return menu;
}

void MessageTreeView::contextMenuEvent(QContextMenuEvent *event) {
  if (!model_) return;
  QPoint at = event->globalPos();
  if (event->reason() == QContextMenuEvent::Keyboard) {
    const QRect rect = visualRect(current_);
    at = viewport()->mapToGlobal(rect.isEmpty() ? QPoint(8, 8) : QPoint(rect.left() + rowHeight_, rect.bottom()));
  }
  QMenu *menu = createRowMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->popup(at);
  event->accept();
}

// Words for assistive technology

void MessageTreeView::announce(QAccessibleEvent *event) {
  QAccessible::updateAccessibility(event);
}

void MessageTreeView::announceState(const QModelIndex &row, QAccessible::State state) {
  QAccessibleInterface *cell = accessibleCell(this, row);
  if (!cell) return;
  QAccessibleStateChangeEvent changed(cell, state);
  announce(&changed);
}

}  // namespace octetscope
