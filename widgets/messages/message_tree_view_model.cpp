// How the message list follows its model and the selection hub.
#include "model/items/message_tree_model.h"
#include "widgets/messages/message_header.h"
#include "widgets/messages/message_tree_view.h"
#include "widgets/messages/row_place.h"

#include <QAccessible>

#include <algorithm>
#include <utility>

namespace octetscope {

void MessageTreeView::setModel(QAbstractItemModel *model, Locator locator) {
  if (model_) model_->disconnect(this);
  model_ = model;
  locator_ = std::move(locator);
  kept_.clear();
  currentPlace_.reset();
  const bool columnsAreNew = header_->count() == 0;
  header_->setModel(model);
  if (columnsAreNew) header_->setDefaults();
  if (model_) connectModel();
  onReset();
  if (hub_) onHubChanged(hub_->current(), nullptr);
}

void MessageTreeView::connectModel() {
  connect(model_, &QAbstractItemModel::rowsInserted, this, &MessageTreeView::onRowsInserted);
  connect(model_, &QAbstractItemModel::rowsAboutToBeRemoved, this, &MessageTreeView::onRowsAboutToBeRemoved);
  connect(model_, &QAbstractItemModel::rowsRemoved, this, &MessageTreeView::onRowsRemoved);
  connect(model_, &QAbstractItemModel::dataChanged, this, &MessageTreeView::onDataChanged);
  connect(model_, &QAbstractItemModel::layoutAboutToBeChanged, this, &MessageTreeView::onLayoutAboutToChange);
  connect(model_, &QAbstractItemModel::layoutChanged, this, &MessageTreeView::onLayoutChanged);
  connect(model_, &QAbstractItemModel::rowsAboutToBeMoved, this, &MessageTreeView::onLayoutAboutToChange);
  connect(model_, &QAbstractItemModel::rowsMoved, this, &MessageTreeView::onLayoutChanged);
  connect(model_, &QAbstractItemModel::modelAboutToBeReset, this, [this] {
    if (current_.isValid()) {
      rememberOnScreen();
    } else if (!lineOnScreen_) {
      // A selected row that has not been here for a while is to be seen when it comes back.
      lineOnScreen_ = linesPerPage() / 3;
    }
  });
  connect(model_, &QAbstractItemModel::modelReset, this, [this] {
    keepPlaces();
    onReset();
    findKept();
  });
  connect(model_, &QAbstractItemModel::headerDataChanged, viewport(), qOverload<>(&QWidget::update));
  connect(model_, &QAbstractItemModel::columnsInserted, this, [this](const QModelIndex &, int first, int last) {
    onColumnsChanged(QAccessibleTableModelChangeEvent::ColumnsInserted, first, last);
  });
  connect(model_, &QAbstractItemModel::columnsRemoved, this, [this](const QModelIndex &, int first, int last) {
    if (clickedColumn_ >= first) clickedColumn_ = 0;
    onColumnsChanged(QAccessibleTableModelChangeEvent::ColumnsRemoved, first, last);
  });
  connect(model_, &QObject::destroyed, this, [this] {
    model_ = nullptr;
    locator_ = nullptr;
    onReset();
  });
}

void MessageTreeView::setSelectionHub(SelectionHub *hub) {
  if (hub_) hub_->disconnect(this);
  hub_ = hub;
  if (!hub_) return;
  connect(hub_, &SelectionHub::changed, this, &MessageTreeView::onHubChanged);
  connect(hub_, &QObject::destroyed, this, [this] { hub_ = nullptr; });
  onHubChanged(hub_->current(), nullptr);
}

QModelIndex MessageTreeView::indexAtLine(quint64 line) const {
  if (line >= lineCount()) return {};
  QModelIndex index;
  for (const quint64 row : rows_.pathAt(line)) index = model_->index(static_cast<int>(row), 0, index);
  return index;
}

std::optional<quint64> MessageTreeView::lineOf(const QModelIndex &index) const {
  return index.isValid() && index.model() == model_ ? rows_.positionOf(rowPath(index)) : std::nullopt;
}

bool MessageTreeView::isOpen(const QModelIndex &index) const {
  return index.isValid() && rows_.isOpen(rowPath(index));
}

// Opening

bool MessageTreeView::openBranch(const RowPath &path, const QModelIndex &index) {
  if (!model_->hasChildren(index)) return false;
  if (model_->canFetchMore(index)) model_->fetchMore(index);
  if (!rows_.open(path, static_cast<quint64>(model_->rowCount(index)))) return false;
  if (path.size() == 1) {
    if (const auto place = rowSelection(index)) kept_.addOpened(*place);
  }
  return true;
}

void MessageTreeView::setOpen(const QModelIndex &index, bool open) {
  if (!index.isValid() || index.model() != model_) return;
  const QModelIndex row = index.siblingAtColumn(0);
  const RowPath path = rowPath(row);
  const QModelIndex topRow = indexAtLine(topLine());
  if (open) {
    QList<QModelIndex> chain;
    for (QModelIndex at = row; at.isValid(); at = at.parent()) chain.prepend(at);
    for (qsizetype level = 0; level < chain.size(); ++level) {
      openBranch(RowPath(path.cbegin(), path.cbegin() + level + 1), chain[level]);
    }
  } else {
    if (!rows_.close(path)) return;
    const auto place = rowSelection(row);
    if (path.size() == 1 && place) kept_.removeOpened(*place);
  }
  typeAhead_.cancel();
  copier_.cancel();
  afterClosing();
  // What stood at the top stays there, or, where it has gone, what it was in.
  QModelIndex at = topRow;
  while (at.isValid() && !lineOf(at)) at = at.parent();
  updateBars(lineOf(at).value_or(topLine()));
  QAccessible::State state;
  state.expanded = true;
  announceState(row, state);
}

/// The keyboard never stands on a row that cannot be seen: it moves to the branch that was closed over it. What else is
/// selected stays.
void MessageTreeView::afterClosing() {
  if (selection_.dropHidden() || selectedLines().count() > 1) Q_EMIT selectedRowsChanged();
  QModelIndex current = current_;
  while (current.isValid() && !lineOf(current)) current = current.parent();
  if (current == QModelIndex(current_)) return;
  setCurrent(current, selection_.lines().isEmpty() ? Selecting::One : Selecting::Nothing);
}

void MessageTreeView::openAllBelow(const QModelIndex &index) {
  // Looking at more rows, or opening more branches, would keep the window waiting.
  constexpr int mostLookedAt = 8192;
  constexpr int mostOpened = 2048;
  if (!index.isValid()) return;
  setOpen(index, true);
  QList<QModelIndex> branches{index.siblingAtColumn(0)};
  int looked = 0;
  int opened = 0;
  for (qsizetype at = 0; at < branches.size(); ++at) {
    const QModelIndex branch = branches[at];
    const RowPath path = rowPath(branch);
    for (int row = 0, rows = model_->rowCount(branch); row < rows; ++row) {
      if (++looked > mostLookedAt || opened > mostOpened) {
        updateBars();
        Q_EMIT notice(tr("Opened the first %1 branches; there are more below.").arg(locale().toString(opened)));
        return;
      }
      const QModelIndex child = model_->index(row, 0, branch);
      if (!model_->hasChildren(child)) continue;
      RowPath childPath = path;
      childPath.append(static_cast<quint64>(row));
      openBranch(childPath, child);
      ++opened;
      branches.append(child);
    }
  }
  updateBars();
}

void MessageTreeView::closeAllBelow(const QModelIndex &index) {
  if (!isOpen(index)) return;
  const QModelIndex row = index.siblingAtColumn(0);
  const RowPath path = rowPath(row);
  rows_.close(path);
  setOpen(row, true);
}

void MessageTreeView::closeAll() {
  typeAhead_.cancel();
  copier_.cancel();
  const QModelIndex topRow = topLevelRow(indexAtLine(topLine()));
  rows_.reset(rows_.topLevelRows());
  kept_.clearOpened();
  afterClosing();
  updateBars(topRow.isValid() ? static_cast<quint64>(topRow.row()) : topLine());
}

// The model's signals

void MessageTreeView::onRowsInserted(const QModelIndex &parent, int first, int last) {
  const RowPath path = rowPath(parent);
  const auto count = static_cast<quint64>(last - first) + 1;
  const quint64 before = lineCount();
  RowPath at = path;
  at.append(static_cast<quint64>(first));
  const auto line = rows_.positionOf(at);  // where they push others down; none at the end of a branch
  const bool atEnd = path.isEmpty() && !line;
  rows_.insertRows(path, static_cast<quint64>(first), count);
  const quint64 added = lineCount() - before;
  if (added > 0 && !atEnd) {
    typeAhead_.cancel();
    copier_.cancel();
  }
  quint64 top = topLine();
  if (added > 0 && !atEnd) {
    const auto where = rows_.positionOf(at);
    if (where && *where <= top && top > 0) top += added;
  }
  const bool fills = before < top + linesPerPage() + 1;
  if (isFollowing() || !atEnd || fills) {
    updateBars(top);
  } else {
    // Behind what is in sight: the bar grows, nothing is painted.
    scroll_.setRows(lineCount(), linesPerPage());
  }
  if (QAccessible::isActive()) {
    QAccessibleTableModelChangeEvent changed(this, QAccessibleTableModelChangeEvent::RowsInserted);
    QAccessible::updateAccessibility(&changed);
  }
  findKept();
}

void MessageTreeView::onRowsAboutToBeRemoved(const QModelIndex &parent, int first, int last) {
  RowPath path = rowPath(parent);
  path.append(static_cast<quint64>(first));
  const auto from = rows_.positionOf(path);
  path.back() = static_cast<quint64>(last);
  const auto to = rows_.positionOf(path);
  losesSelected_ = from && to && selection_.dropLines({*from, *to + rows_.linesBelow(path)});
}

void MessageTreeView::onRowsRemoved(const QModelIndex &parent, int first, int last) {
  typeAhead_.cancel();
  copier_.cancel();
  const RowPath path = rowPath(parent);
  RowPath at = path;
  at.append(static_cast<quint64>(first));
  const auto line = rows_.positionOf(at);
  const quint64 before = lineCount();
  rows_.removeRows(path, static_cast<quint64>(first), static_cast<quint64>(last - first) + 1);
  quint64 top = topLine();
  if (line && *line < top) top -= std::min(before - lineCount(), top - *line);
  // A branch that lost its last row has no arrow to close it with.
  if (!path.isEmpty() && model_->rowCount(parent) == 0) rows_.close(path);
  if (!current_.isValid()) currentPlace_.reset();
  if (path.isEmpty() && locator_) {
    kept_.waitForGone([this](const Selection &message) { return locator_(message).isValid(); });
  }
  updateBars(top);
  if (std::exchange(losesSelected_, false)) Q_EMIT selectedRowsChanged();
  if (QAccessible::isActive()) {
    QAccessibleTableModelChangeEvent changed(this, QAccessibleTableModelChangeEvent::RowsRemoved);
    QAccessible::updateAccessibility(&changed);
  }
}

void MessageTreeView::onDataChanged(const QModelIndex &first, const QModelIndex &last) {
  const auto from = lineOf(first);
  const auto to = lineOf(last);
  if (!from || !to) return;
  const quint64 bottom = topLine() + linesPerPage();
  const quint64 end = *to + rows_.linesBelow(rowPath(last));
  if (*from > bottom || end < topLine()) return;
  const quint64 shownFrom = std::max(*from, topLine()) - topLine();
  const quint64 shownTo = std::min(end, bottom) - topLine();
  viewport()->update(0, static_cast<int>(shownFrom) * rowHeight_, viewport()->width(),
                     static_cast<int>(shownTo - shownFrom + 1) * rowHeight_);
}

/// What the keyboard stands on stays in its place on the screen, if it is in sight.
void MessageTreeView::rememberOnScreen() {
  lineOnScreen_.reset();
  if (const auto line = lineOf(current_); line && *line >= topLine() && *line < topLine() + linesPerPage()) {
    lineOnScreen_ = *line - topLine();
  }
}

void MessageTreeView::onLayoutAboutToChange() {
  rememberOnScreen();
  selection_.beginReordering();
  openWhileLayoutChanges_.clear();
  for (const RowPath &path : rows_.openBranches()) {
    QModelIndex index;
    for (const quint64 row : path) index = model_->index(static_cast<int>(row), 0, index);
    openWhileLayoutChanges_.append(index);
  }
}

void MessageTreeView::onLayoutChanged() {
  typeAhead_.cancel();
  copier_.cancel();
  rows_.reset(static_cast<quint64>(model_->rowCount()));
  for (const QPersistentModelIndex &index : std::as_const(openWhileLayoutChanges_)) {
    if (index.isValid()) rows_.open(rowPath(index), static_cast<quint64>(model_->rowCount(index)));
  }
  openWhileLayoutChanges_.clear();
  if (!selection_.endReordering()) {
    Q_EMIT notice(tr("The order changed, and more than %1 rows were selected: now the current one is.")
                      .arg(locale().toString(RowSelection::mostFollowed)));
    Q_EMIT selectedRowsChanged();
  }
  const auto line = lineOnScreen_ ? lineOf(current_) : std::nullopt;
  updateBars(line ? *line - std::min(*line, *lineOnScreen_) : topLine());
}

void MessageTreeView::onColumnsChanged(int how, int first, int last) {
  copier_.cancel();
  updateBars();
  if (!QAccessible::isActive()) return;
  QAccessibleTableModelChangeEvent changed(this, static_cast<QAccessibleTableModelChangeEvent::ModelChangeType>(how));
  changed.setFirstColumn(first);
  changed.setLastColumn(last);
  QAccessible::updateAccessibility(&changed);
}

void MessageTreeView::onReset() {
  typeAhead_.cancel();
  copier_.cancel();
  current_ = QModelIndex();
  selection_.clear();
  rows_.reset(model_ ? static_cast<quint64>(model_->rowCount()) : 0);
  updateBars(0);
  if (QAccessible::isActive()) {
    QAccessibleTableModelChangeEvent changed(this, QAccessibleTableModelChangeEvent::ModelReset);
    QAccessible::updateAccessibility(&changed);
  }
}

// What outlives a new beginning: bytes stay what they are, only their messages are cut anew.

/// Asked for while the rows are there: once the model begins anew it is too late.
void MessageTreeView::rememberTop() {
  if (const auto place = rowSelection(indexAtLine(topLine()))) kept_.setTop(*place);
}

KeptPlaces MessageTreeView::places() {
  rememberTop();
  return kept_;
}

void MessageTreeView::setPlaces(const KeptPlaces &places) {
  kept_ = places;
  kept_.startWaiting(true, std::nullopt);
  findKept();
}

void MessageTreeView::returnToTop(const Selection &message) {
  kept_.forget(KeptPlaces::Why::Top);
  kept_.wait(KeptPlaces::Why::Top, message.withoutMessages());
  findKept();
}

/// The user goes elsewhere: what was in sight before need not come back.
void MessageTreeView::forgetPlaces() {
  kept_.forget(KeptPlaces::Why::Current);
  kept_.forget(KeptPlaces::Why::Top);
  lineOnScreen_.reset();
}

void MessageTreeView::keepPlaces() {
  kept_.startWaiting(!isFollowing(), hub_ ? hub_->current() : currentPlace_);
}

void MessageTreeView::findKept() {
  if (!kept_.isWaiting() || !locator_) return;
  QList<KeptPlaces::Place> still;
  bool isCurrentBack = false;
  for (const KeptPlaces::Place &place : kept_.take()) {
    const QModelIndex innermost = locator_(place.at);
    if (!innermost.isValid()) {
      still.append(place);
      continue;
    }
    const QModelIndex message = topLevelRow(innermost.siblingAtColumn(0));
    switch (place.why) {
      case KeptPlaces::Why::Open:
        if (const auto range = rowRange(message); range && range->begin == place.at.range.begin) {
          setOpen(message, true);
        }
        break;
      case KeptPlaces::Why::Top:
        scroll_.setTop(lineOf(message).value_or(0));
        if (topLine() < lineOf(message).value_or(0)) still.append(place);  // the rows below it are still to come
        break;
      case KeptPlaces::Why::Current:
        setCurrent(rowFor(place.at), Selecting::One);
        currentPlace_ = place.at;
        if (const auto line = lineOf(current_); line && lineOnScreen_ && !isFollowing()) {
          const quint64 top = *line - std::min(*line, *lineOnScreen_);
          scroll_.setTop(top);
          isCurrentBack = true;
          if (topLine() < top) still.append(place);  // the rows below it are still to come
        }
        break;
    }
  }
  // Where the selected row stands in its place, so do the others.
  if (isCurrentBack) {
    still.removeIf([](const KeptPlaces::Place &place) { return place.why == KeptPlaces::Why::Top; });
  }
  kept_.giveBack(still);
}

// The hub

QModelIndex MessageTreeView::rowFor(const Selection &selection) const {
  return locator_ ? rowHolding(locator_(selection), selection) : QModelIndex();
}

void MessageTreeView::onHubChanged(const std::optional<Selection> &selection, const QObject *who) {
  if (who == this || !model_) return;
  kept_.forget(KeptPlaces::Why::Current);
  lineOnScreen_.reset();
  currentPlace_ = selection;
  if (!selection) {
    setCurrent({}, Selecting::One);
    return;
  }
  const QModelIndex row = rowFor(*selection);
  if (!row.isValid()) {
    // Not framed yet: goes there once it is.
    setCurrent({}, Selecting::One);
    kept_.wait(KeptPlaces::Why::Current, *selection);
    return;
  }
  setCurrentIndex(row);
}

void MessageTreeView::tellHub() {
  currentPlace_ = rowSelection(current_);
  forgetPlaces();
  if (hub_) hub_->select(currentPlace_, this);
}

}  // namespace octetscope
