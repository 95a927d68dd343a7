// How the message list follows its model and the selection hub.
#include "model/items/message_tree_model.h"
#include "widgets/messages/message_header.h"
#include "widgets/messages/message_tree_view.h"

#include <QAccessible>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace octetscope {

namespace {

constexpr qsizetype mostKeptOpen = 64;

RowPath pathOf(const QModelIndex &index) {
  RowPath path;
  for (QModelIndex at = index; at.isValid(); at = at.parent()) path.append(static_cast<quint64>(at.row()));
  std::reverse(path.begin(), path.end());
  return path;
}

std::optional<ByteRange> rangeOf(const QModelIndex &index) {
  const QVariant begin = index.data(MessageTreeModel::RangeBeginRole);
  const QVariant end = index.data(MessageTreeModel::RangeEndRole);
  if (!begin.isValid() || !end.isValid() || end.toULongLong() < begin.toULongLong()) return std::nullopt;
  return ByteRange{begin.toULongLong(), end.toULongLong()};
}

/// What a row stands for; of one without bytes of the stream, what the branch it is in stands for.
std::optional<Selection> selectionOf(QModelIndex index) {
  for (; index.isValid(); index = index.parent()) {
    const auto range = rangeOf(index);
    const QVariant direction = index.data(MessageTreeModel::DirectionRole);
    if (!range || !direction.isValid()) continue;
    const QVariant number = index.data(MessageTreeModel::MessageNumberRole);
    return Selection{.direction = static_cast<Direction>(direction.toInt()),
                     .range = *range,
                     .message = number.isValid() ? std::optional(number.toULongLong()) : std::nullopt};
  }
  return std::nullopt;
}

}  // namespace

void MessageTreeView::setModel(QAbstractItemModel *model, Locator locator) {
  if (model_) model_->disconnect(this);
  model_ = model;
  locator_ = std::move(locator);
  kept_.clear();
  opened_.clear();
  currentPlace_.reset();
  topPlace_.reset();
  const bool columnsAreNew = header_->count() == 0;
  header_->setModel(model);
  if (columnsAreNew) header_->setDefaultWidths();
  if (model_) connectModel();
  onReset();
  if (hub_) onHubChanged(hub_->current(), nullptr);
}

void MessageTreeView::connectModel() {
  connect(model_, &QAbstractItemModel::rowsInserted, this, &MessageTreeView::onRowsInserted);
  connect(model_, &QAbstractItemModel::rowsRemoved, this, &MessageTreeView::onRowsRemoved);
  connect(model_, &QAbstractItemModel::dataChanged, this, &MessageTreeView::onDataChanged);
  connect(model_, &QAbstractItemModel::layoutAboutToBeChanged, this, &MessageTreeView::onLayoutAboutToChange);
  connect(model_, &QAbstractItemModel::layoutChanged, this, &MessageTreeView::onLayoutChanged);
  connect(model_, &QAbstractItemModel::rowsAboutToBeMoved, this, &MessageTreeView::onLayoutAboutToChange);
  connect(model_, &QAbstractItemModel::rowsMoved, this, &MessageTreeView::onLayoutChanged);
  connect(model_, &QAbstractItemModel::modelReset, this, [this] {
    keepPlaces();
    onReset();
    findKept();
  });
  connect(model_, &QAbstractItemModel::headerDataChanged, viewport(), qOverload<>(&QWidget::update));
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
  return index.isValid() && index.model() == model_ ? rows_.positionOf(pathOf(index)) : std::nullopt;
}

bool MessageTreeView::isOpen(const QModelIndex &index) const {
  return index.isValid() && rows_.isOpen(pathOf(index));
}

// Opening

bool MessageTreeView::openBranch(const RowPath &path, const QModelIndex &index) {
  if (!model_->hasChildren(index)) return false;
  if (model_->canFetchMore(index)) model_->fetchMore(index);
  if (!rows_.open(path, static_cast<quint64>(model_->rowCount(index)))) return false;
  if (path.size() == 1) {
    if (const auto place = selectionOf(index)) {
      forgetOpened(index);
      opened_.append(*place);
      if (opened_.size() > mostKeptOpen) opened_.removeFirst();
    }
  }
  return true;
}

void MessageTreeView::forgetOpened(const QModelIndex &index) {
  const auto place = selectionOf(index);
  opened_.removeIf([&place](const Selection &opened) {
    return place && opened.direction == place->direction && opened.range.begin == place->range.begin;
  });
}

void MessageTreeView::setOpen(const QModelIndex &index, bool open) {
  if (!index.isValid() || index.model() != model_) return;
  const QModelIndex row = index.siblingAtColumn(0);
  const RowPath path = pathOf(row);
  const QModelIndex topRow = indexAtLine(top_);
  if (open) {
    QList<QModelIndex> chain;
    for (QModelIndex at = row; at.isValid(); at = at.parent()) chain.prepend(at);
    for (qsizetype level = 0; level < chain.size(); ++level) {
      openBranch(RowPath(path.cbegin(), path.cbegin() + level + 1), chain[level]);
    }
  } else {
    if (!rows_.close(path)) return;
    if (path.size() == 1) forgetOpened(row);
  }
  search_.cancel();
  copying_.cancel();
  liftCurrent();
  // What stood at the top stays there, or, where it has gone, what it was in.
  if (!following_) {
    QModelIndex at = topRow;
    while (at.isValid() && !lineOf(at)) at = at.parent();
    if (const auto line = lineOf(at)) top_ = *line;
  }
  updateBars();
  QAccessible::State state;
  state.expanded = true;
  announceState(row, state);
}

/// The keyboard never stands on a row that cannot be seen: it moves to the branch that was closed over it.
void MessageTreeView::liftCurrent() {
  QModelIndex current = current_;
  while (current.isValid() && !lineOf(current)) current = current.parent();
  if (current != QModelIndex(current_)) setCurrent(current, Selecting::One);
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
    const RowPath path = pathOf(branch);
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
  const RowPath path = pathOf(row);
  rows_.close(path);
  setOpen(row, true);
}

void MessageTreeView::closeAll() {
  search_.cancel();
  copying_.cancel();
  QModelIndex topRow = indexAtLine(top_);
  while (topRow.parent().isValid()) topRow = topRow.parent();
  rows_.reset(rows_.topLevelRows());
  opened_.clear();
  if (topRow.isValid()) top_ = static_cast<quint64>(topRow.row());
  liftCurrent();
  updateBars();
}

// The model's signals

void MessageTreeView::onRowsInserted(const QModelIndex &parent, int first, int last) {
  const RowPath path = pathOf(parent);
  const auto count = static_cast<quint64>(last - first) + 1;
  const quint64 before = lineCount();
  RowPath at = path;
  at.append(static_cast<quint64>(first));
  const auto line = rows_.positionOf(at);  // where they push others down; none at the end of a branch
  const bool atEnd = path.isEmpty() && !line;
  rows_.insertRows(path, static_cast<quint64>(first), count);
  const quint64 added = lineCount() - before;
  if (added > 0 && !atEnd) {
    search_.cancel();
    copying_.cancel();
  }
  if (added > 0 && !atEnd && !following_) {
    const auto where = rows_.positionOf(at);
    if (where && *where <= top_ && top_ > 0) top_ += added;
  }
  const bool fills = before < top_ + linesPerPage() + 1;
  if (following_ || !atEnd || fills) {
    updateBars();
  } else {
    // Behind what is in sight: the bar grows, nothing is painted.
    updatingBars_ = true;
    map_ = LineScrollMap(lastTop());
    verticalScrollBar()->setRange(0, map_.lastValue());
    verticalScrollBar()->setValue(map_.toValue(top_));
    updatingBars_ = false;
  }
  if (QAccessible::isActive()) {
    QAccessibleTableModelChangeEvent changed(this, QAccessibleTableModelChangeEvent::RowsInserted);
    QAccessible::updateAccessibility(&changed);
  }
  findKept();
}

void MessageTreeView::onRowsRemoved(const QModelIndex &parent, int first, int last) {
  search_.cancel();
  copying_.cancel();
  const RowPath path = pathOf(parent);
  RowPath at = path;
  at.append(static_cast<quint64>(first));
  const auto line = rows_.positionOf(at);
  const quint64 before = lineCount();
  rows_.removeRows(path, static_cast<quint64>(first), static_cast<quint64>(last - first) + 1);
  if (!following_ && line && *line < top_) top_ -= std::min(before - lineCount(), top_ - *line);
  // A branch that lost its last row has no arrow to close it with.
  if (!path.isEmpty() && model_->rowCount(parent) == 0) rows_.close(path);
  if (!current_.isValid()) currentPlace_.reset();
  updateBars();
  if (QAccessible::isActive()) {
    QAccessibleTableModelChangeEvent changed(this, QAccessibleTableModelChangeEvent::RowsRemoved);
    QAccessible::updateAccessibility(&changed);
  }
}

void MessageTreeView::onDataChanged(const QModelIndex &first, const QModelIndex &last) {
  const auto from = lineOf(first);
  const auto to = lineOf(last);
  if (!from || !to) return;
  const quint64 bottom = top_ + linesPerPage();
  const quint64 end = *to + rows_.linesBelow(pathOf(last));
  if (*from > bottom || end < top_) return;
  const quint64 shownFrom = std::max(*from, top_) - top_;
  const quint64 shownTo = std::min(end, bottom) - top_;
  viewport()->update(0, static_cast<int>(shownFrom) * rowHeight_, viewport()->width(),
                     static_cast<int>(shownTo - shownFrom + 1) * rowHeight_);
}

void MessageTreeView::onLayoutAboutToChange() {
  openWhileLayoutChanges_.clear();
  for (const RowPath &path : rows_.openBranches()) {
    QModelIndex index;
    for (const quint64 row : path) index = model_->index(static_cast<int>(row), 0, index);
    openWhileLayoutChanges_.append(index);
  }
}

void MessageTreeView::onLayoutChanged() {
  search_.cancel();
  copying_.cancel();
  rows_.reset(static_cast<quint64>(model_->rowCount()));
  for (const QPersistentModelIndex &index : std::as_const(openWhileLayoutChanges_)) {
    if (index.isValid()) rows_.open(pathOf(index), static_cast<quint64>(model_->rowCount(index)));
  }
  openWhileLayoutChanges_.clear();
  updateBars();
}

void MessageTreeView::onReset() {
  search_.cancel();
  copying_.cancel();
  current_ = QModelIndex();
  anchor_ = QModelIndex();
  rows_.reset(model_ ? static_cast<quint64>(model_->rowCount()) : 0);
  top_ = 0;
  updateBars();
  if (QAccessible::isActive()) {
    QAccessibleTableModelChangeEvent changed(this, QAccessibleTableModelChangeEvent::ModelReset);
    QAccessible::updateAccessibility(&changed);
  }
}

// What outlives a new beginning: bytes stay what they are, only their messages are cut anew.

/// Asked for while the rows are there: once the model begins anew it is too late.
void MessageTreeView::rememberTop() {
  if (const auto place = selectionOf(indexAtLine(top_))) topPlace_ = place;
}

void MessageTreeView::keepPlaces() {
  // What still waits since the last time is what the user saw; what stands there now is only on its way.
  kept_.removeIf([](const Kept &kept) { return kept.why == Kept::Why::Current; });
  const bool waits = std::any_of(kept_.cbegin(), kept_.cend(), [](const Kept &k) { return k.why == Kept::Why::Top; });
  for (const Selection &opened : std::as_const(opened_)) kept_.append({Kept::Why::Open, opened});
  opened_.clear();
  if (!waits && !following_ && topPlace_) kept_.append({Kept::Why::Top, *topPlace_});
  const auto current = hub_ ? hub_->current() : currentPlace_;
  if (current) kept_.append({Kept::Why::Current, *current});
  while (kept_.size() > mostKeptOpen + 2) kept_.removeFirst();
  // Numbers belonged to the old messages.
  for (Kept &kept : kept_) kept.place.message.reset();
}

void MessageTreeView::findKept() {
  if (kept_.isEmpty() || !locator_) return;
  const QList<Kept> waiting = std::exchange(kept_, {});
  QList<Kept> still;
  for (const Kept &kept : waiting) {
    const QModelIndex innermost = locator_(kept.place);
    if (!innermost.isValid()) {
      still.append(kept);
      continue;
    }
    QModelIndex message = innermost.siblingAtColumn(0);
    while (message.parent().isValid()) message = message.parent();
    switch (kept.why) {
      case Kept::Why::Open:
        if (const auto range = rangeOf(message); range && range->begin == kept.place.range.begin) {
          setOpen(message, true);
        }
        break;
      case Kept::Why::Top:
        setTop(lineOf(message).value_or(0));
        if (top_ < lineOf(message).value_or(0)) still.append(kept);  // the rows below it are still to come
        break;
      case Kept::Why::Current:
        setCurrent(rowFor(kept.place), Selecting::One);
        currentPlace_ = kept.place;
        break;
    }
  }
  kept_ = still + kept_;
}

// The hub

QModelIndex MessageTreeView::rowFor(const Selection &selection) const {
  QModelIndex index = locator_ ? locator_(selection).siblingAtColumn(0) : QModelIndex();
  QModelIndex found;
  for (; index.isValid(); index = index.parent()) {
    const auto range = rangeOf(index);
    const bool holds = range && range->begin <= selection.range.begin && selection.range.end <= range->end;
    // The outermost of those that are just what was selected, else the innermost that holds it, else the message.
    if (range == selection.range || (holds && !found.isValid()) || (!found.isValid() && !index.parent().isValid())) {
      found = index;
    }
  }
  return found;
}

void MessageTreeView::onHubChanged(const std::optional<Selection> &selection, const QObject *who) {
  if (who == this || !model_) return;
  kept_.removeIf([](const Kept &kept) { return kept.why == Kept::Why::Current; });
  currentPlace_ = selection;
  if (!selection) {
    setCurrent({}, Selecting::One);
    return;
  }
  const QModelIndex row = rowFor(*selection);
  if (!row.isValid()) {
    // Not framed yet: goes there once it is.
    setCurrent({}, Selecting::One);
    kept_.append({Kept::Why::Current, *selection});
    return;
  }
  setCurrentIndex(row);
}

void MessageTreeView::tellHub() {
  currentPlace_ = selectionOf(current_);
  kept_.removeIf([](const Kept &kept) { return kept.why == Kept::Why::Current; });
  if (hub_) hub_->select(currentPlace_, this);
}

}  // namespace octetscope
