#include "widgets/messages/message_tree_accessible.h"

#include "model/items/message_tree_model.h"
#include "widgets/messages/message_header.h"
#include "widgets/messages/message_tree_view.h"

#include <QAccessibleWidget>
#include <QHash>

#include <climits>

namespace octetscope {

namespace {

constexpr qsizetype mostCells = 1024;  // kept at a time, apart from those in sight
constexpr quint64 mostListed = 1000;   // selected rows that are listed one by one

int toInt(quint64 value) {
  return static_cast<int>(std::min<quint64>(value, INT_MAX));
}

class Tree;

/// A cell of a row, or a column's heading.
class Cell : public QAccessibleInterface, public QAccessibleTableCellInterface, public QAccessibleActionInterface {
 public:
  Cell(Tree *tree, const QModelIndex &index) : tree_(tree), index_(index) {}

  QModelIndex modelIndex() const { return index_; }

  bool isValid() const override;
  QObject *object() const override { return nullptr; }
  QAccessibleInterface *childAt(int, int) const override { return nullptr; }
  QAccessibleInterface *parent() const override;
  QAccessibleInterface *child(int) const override { return nullptr; }
  int childCount() const override { return 0; }
  int indexOfChild(const QAccessibleInterface *) const override { return -1; }
  QString text(QAccessible::Text kind) const override;
  void setText(QAccessible::Text, const QString &) override {}
  QRect rect() const override;
  QAccessible::Role role() const override { return QAccessible::TreeItem; }
  QAccessible::State state() const override;
  void *interface_cast(QAccessible::InterfaceType type) override {
    if (type == QAccessible::TableCellInterface) return static_cast<QAccessibleTableCellInterface *>(this);
    if (type == QAccessible::ActionInterface) return static_cast<QAccessibleActionInterface *>(this);
    return nullptr;
  }

  bool isSelected() const override;
  QList<QAccessibleInterface *> columnHeaderCells() const override;
  QList<QAccessibleInterface *> rowHeaderCells() const override { return {}; }
  int columnIndex() const override;
  int rowIndex() const override;
  int columnExtent() const override { return 1; }
  int rowExtent() const override { return 1; }
  QAccessibleInterface *table() const override;

  QStringList actionNames() const override;
  void doAction(const QString &name) override;
  QStringList keyBindingsForAction(const QString &) const override { return {}; }

 private:
  MessageTreeView *view() const;
  QModelIndex row() const { return modelIndex().siblingAtColumn(0); }

  Tree *tree_;
  QPersistentModelIndex index_;
};

class Heading : public QAccessibleInterface {
 public:
  Heading(Tree *tree, int column) : tree_(tree), column_(column) {}

  bool isValid() const override;
  QObject *object() const override { return nullptr; }
  QAccessibleInterface *childAt(int, int) const override { return nullptr; }
  QAccessibleInterface *parent() const override;
  QAccessibleInterface *child(int) const override { return nullptr; }
  int childCount() const override { return 0; }
  int indexOfChild(const QAccessibleInterface *) const override { return -1; }
  QString text(QAccessible::Text kind) const override;
  void setText(QAccessible::Text, const QString &) override {}
  QRect rect() const override;
  QAccessible::Role role() const override { return QAccessible::ColumnHeader; }
  QAccessible::State state() const override { return {}; }
  int column() const { return column_; }

 private:
  Tree *tree_;
  int column_;
};

class Tree : public QAccessibleWidget, public QAccessibleTableInterface {
 public:
  explicit Tree(MessageTreeView *view) : QAccessibleWidget(view, QAccessible::Tree) {}
  ~Tree() override { forget(); }

  MessageTreeView *view() const { return static_cast<MessageTreeView *>(widget()); }

  void *interface_cast(QAccessible::InterfaceType type) override {
    if (type == QAccessible::TableInterface) return static_cast<QAccessibleTableInterface *>(this);
    return QAccessibleWidget::interface_cast(type);
  }

  // Columns as they stand on the screen, hidden ones left out.
  QList<int> columns() const {
    QList<int> result;
    const MessageHeader *header = view()->header();
    for (int visual = 0; visual < header->count(); ++visual) {
      const int column = header->logicalIndex(visual);
      if (!header->isSectionHidden(column)) result.append(column);
    }
    return result;
  }
  quint64 linesInSight() const {
    const quint64 lines = view()->lineCount();
    return lines - std::min(lines, view()->topLine()) < view()->linesPerPage() + 1
               ? lines - std::min(lines, view()->topLine())
               : view()->linesPerPage() + 1;
  }

  QAccessibleInterface *cell(const QModelIndex &index) {
    if (!index.isValid() || view()->header()->isSectionHidden(index.column())) return nullptr;
    if (const auto known = cells_.constFind(index); known != cells_.constEnd()) {
      auto *cell = static_cast<Cell *>(QAccessible::accessibleInterface(*known));
      if (cell && cell->modelIndex() == index) return cell;
      QAccessible::deleteAccessibleInterface(*known);  // rows have moved: it stands for another one now
      cells_.erase(known);
    }
    if (cells_.size() > mostCells) prune();
    auto *cell = new Cell(this, index);
    cells_.insert(index, QAccessible::registerAccessibleInterface(cell));
    return cell;
  }
  QAccessibleInterface *heading(int column) {
    if (const auto known = headings_.constFind(column); known != headings_.constEnd()) {
      return QAccessible::accessibleInterface(*known);
    }
    auto *made = new Heading(this, column);
    headings_.insert(column, QAccessible::registerAccessibleInterface(made));
    return made;
  }

  int childCount() const override { return static_cast<int>(columns().size() * qsizetype(linesInSight() + 1)); }
  QAccessibleInterface *child(int index) const override {
    const QList<int> shown = columns();
    if (index < 0 || index >= childCount()) return nullptr;
    const int column = shown[index % shown.size()];
    auto *self = const_cast<Tree *>(this);
    if (index < shown.size()) return self->heading(column);
    const quint64 line = view()->topLine() + static_cast<quint64>(index / shown.size() - 1);
    return self->cell(view()->indexAtLine(line).siblingAtColumn(column));
  }
  int indexOfChild(const QAccessibleInterface *child) const override {
    const QList<int> shown = columns();
    if (const auto *heading = dynamic_cast<const Heading *>(child)) {
      return static_cast<int>(shown.indexOf(heading->column()));
    }
    const auto *cell = dynamic_cast<const Cell *>(child);
    if (!cell) return -1;
    const auto line = view()->lineOf(cell->modelIndex());
    if (!line || *line < view()->topLine() || *line - view()->topLine() >= linesInSight()) return -1;
    return static_cast<int>(qsizetype(*line - view()->topLine() + 1) * shown.size() +
                            shown.indexOf(cell->modelIndex().column()));
  }
  QAccessibleInterface *childAt(int x, int y) const override {
    const QPoint at = view()->viewport()->mapFromGlobal(QPoint(x, y));
    auto *self = const_cast<Tree *>(this);
    if (view()->viewport()->rect().contains(at)) return self->cell(view()->indexAt(at));
    const int column = view()->header()->logicalIndexAt(at.x());
    return view()->header()->rect().contains(view()->header()->mapFromGlobal(QPoint(x, y))) && column >= 0
               ? self->heading(column)
               : nullptr;
  }
  QAccessibleInterface *focusChild() const override { return const_cast<Tree *>(this)->cell(view()->currentIndex()); }
  QString text(QAccessible::Text kind) const override {
    if (kind == QAccessible::Description && view()->lineCount() == 0) return view()->emptyText();
    return QAccessibleWidget::text(kind);
  }
  QAccessible::State state() const override {
    QAccessible::State state = QAccessibleWidget::state();
    state.multiSelectable = true;
    state.extSelectable = true;
    return state;
  }

  // The table.
  QAccessibleInterface *caption() const override { return nullptr; }
  QAccessibleInterface *summary() const override { return nullptr; }
  QAccessibleInterface *cellAt(int row, int column) const override {
    const QList<int> shown = columns();
    if (row < 0 || column < 0 || column >= shown.size()) return nullptr;
    const QModelIndex index = view()->indexAtLine(static_cast<quint64>(row));
    return const_cast<Tree *>(this)->cell(index.siblingAtColumn(shown[column]));
  }
  int columnCount() const override { return static_cast<int>(columns().size()); }
  int rowCount() const override { return toInt(view()->lineCount()); }
  QString columnDescription(int column) const override {
    const QList<int> shown = columns();
    if (column < 0 || column >= shown.size()) return {};
    return view()->model()->headerData(shown[column], Qt::Horizontal).toString();
  }
  QString rowDescription(int) const override { return {}; }

  int selectedCellCount() const override { return toInt(quint64(selectedRowCount()) * quint64(columnCount())); }
  QList<QAccessibleInterface *> selectedCells() const override {
    QList<QAccessibleInterface *> result;
    for (const int row : selectedRows()) {
      for (int column = 0; column < columnCount(); ++column) result.append(cellAt(row, column));
    }
    return result;
  }
  int selectedColumnCount() const override { return 0; }
  QList<int> selectedColumns() const override { return {}; }
  int selectedRowCount() const override { return toInt(view()->selectedLines().count()); }
  QList<int> selectedRows() const override {
    QList<int> result;
    const LineRuns lines = view()->selectedLines();
    LineWalk walk(lines);
    for (quint64 left = std::min(lines.count(), mostListed); left > 0; --left) result.append(toInt(walk.next()));
    return result;
  }
  bool isColumnSelected(int) const override { return false; }
  bool isRowSelected(int row) const override { return row >= 0 && view()->selectedLines().contains(quint64(row)); }
  bool selectRow(int row) override {
    if (row < 0 || quint64(row) >= view()->lineCount()) return false;
    view()->goTo(view()->indexAtLine(static_cast<quint64>(row)));
    return true;
  }
  bool selectColumn(int) override { return false; }
  bool unselectRow(int row) override {
    // Something stays selected.
    if (!isRowSelected(row) || selectedRowCount() == 1) return false;
    view()->toggleSelected(view()->indexAtLine(static_cast<quint64>(row)));
    return true;
  }
  bool unselectColumn(int) override { return false; }
  void modelChange(QAccessibleTableModelChangeEvent *event) override {
    if (event->modelChangeType() == QAccessibleTableModelChangeEvent::ModelReset) forget();
  }

 private:
  void forget() {
    for (const auto id : std::as_const(cells_)) QAccessible::deleteAccessibleInterface(id);
    for (const auto id : std::as_const(headings_)) QAccessible::deleteAccessibleInterface(id);
    cells_.clear();
    headings_.clear();
  }
  void prune() {
    for (auto it = cells_.begin(); it != cells_.end();) {
      auto *cell = static_cast<Cell *>(QAccessible::accessibleInterface(*it));
      if (cell && indexOfChild(cell) >= 0 && cell->modelIndex() == it.key()) {
        ++it;
        continue;
      }
      QAccessible::deleteAccessibleInterface(*it);
      it = cells_.erase(it);
    }
  }

  QHash<QModelIndex, QAccessible::Id> cells_;
  QHash<int, QAccessible::Id> headings_;
};

MessageTreeView *Cell::view() const {
  return tree_->view();
}
bool Cell::isValid() const {
  return tree_->isValid() && index_.isValid();
}
QAccessibleInterface *Cell::parent() const {
  return tree_;
}
QAccessibleInterface *Cell::table() const {
  return tree_;
}

QString Cell::text(QAccessible::Text kind) const {
  if (!index_.isValid()) return {};
  if (kind == QAccessible::Name || kind == QAccessible::Value) {
    const bool isSpan = MessageRowPainter::isSpanning(index_) && index_.column() == MessageTreeModel::NumberColumn;
    const QString own = MessageRowPainter::cellText(index_);
    // An event has no number: its words stand for it.
    return isSpan && own.isEmpty()
               ? MessageRowPainter::cellText(modelIndex().siblingAtColumn(MessageTreeModel::SummaryColumn))
               : own;
  }
  if (kind != QAccessible::Description || index_.column() != MessageTreeModel::NumberColumn) return {};
  // What is read when the keyboard comes to the row: all of it, with the columns' names.
  QStringList words;
  for (const int column : tree_->columns()) {
    const QString text = modelIndex().siblingAtColumn(column).data(Qt::DisplayRole).toString();
    if (text.isEmpty()) continue;
    words.append(view()->model()->headerData(column, Qt::Horizontal).toString() + QLatin1Char(' ') + text);
  }
  if (const QString marked = view()->markWordsOf(modelIndex()); !marked.isEmpty()) words.append(marked);
  return words.join(QLatin1String(", "));
}

QRect Cell::rect() const {
  const QRect rect = view()->visualRect(index_);
  return rect.isEmpty() ? QRect() : QRect(view()->viewport()->mapToGlobal(rect.topLeft()), rect.size());
}

QAccessible::State Cell::state() const {
  QAccessible::State state;
  if (!isValid()) {
    state.invalid = true;
    return state;
  }
  state.selectable = true;
  state.focusable = true;
  state.readOnly = true;
  state.selected = isSelected();
  state.focused = view()->hasFocus() && view()->currentIndex() == row() && index_.column() == 0;
  state.active = view()->currentIndex() == row();
  if (view()->model()->hasChildren(row())) {
    state.expandable = true;
    state.expanded = view()->isOpen(row());
    state.collapsed = !state.expanded;
  }
  if (view()->visualRect(index_).isEmpty()) state.offscreen = true;
  return state;
}

bool Cell::isSelected() const {
  const auto line = view()->lineOf(index_);
  return line && view()->selectedLines().contains(*line);
}

QList<QAccessibleInterface *> Cell::columnHeaderCells() const {
  return {tree_->heading(index_.column())};
}
int Cell::columnIndex() const {
  return static_cast<int>(tree_->columns().indexOf(index_.column()));
}
int Cell::rowIndex() const {
  const auto line = view()->lineOf(index_);
  return line ? toInt(*line) : -1;
}

QStringList Cell::actionNames() const {
  QStringList names{setFocusAction()};
  if (index_.isValid() && view()->model()->hasChildren(row())) names.append(toggleAction());
  return names;
}

void Cell::doAction(const QString &name) {
  if (!isValid()) return;
  if (name == setFocusAction()) {
    view()->setFocus();
    view()->goTo(row());
  } else if (name == toggleAction()) {
    view()->setOpen(row(), !view()->isOpen(row()));
  }
}

bool Heading::isValid() const {
  return tree_->isValid();
}
QAccessibleInterface *Heading::parent() const {
  return tree_;
}
QString Heading::text(QAccessible::Text kind) const {
  if (kind != QAccessible::Name || !tree_->view()->model()) return {};
  return tree_->view()->model()->headerData(column_, Qt::Horizontal).toString();
}
QRect Heading::rect() const {
  const MessageHeader *header = tree_->view()->header();
  const QRect rect(header->sectionViewportPosition(column_), 0, header->sectionSize(column_), header->height());
  return {header->mapToGlobal(rect.topLeft()), rect.size()};
}

QAccessibleInterface *create(const QString &, QObject *object) {
  auto *view = qobject_cast<MessageTreeView *>(object);
  return view ? new Tree(view) : nullptr;
}

}  // namespace

void installMessageTreeAccessibility() {
  QAccessible::installFactory(create);  // Qt keeps one of each
}

QAccessibleInterface *accessibleCell(MessageTreeView *view, const QModelIndex &index) {
  auto *tree = dynamic_cast<Tree *>(QAccessible::queryAccessibleInterface(view));
  return tree ? tree->cell(index) : nullptr;
}

}  // namespace octetscope
