#include "widgets/difference/difference_accessible.h"

#include "widgets/difference/difference_view.h"

namespace octetscope {

namespace {

QAccessibleInterface *makeDifferenceAccessible(const QString &, QObject *object) {
  auto *view = qobject_cast<DifferenceView *>(object);
  return view ? new DifferenceAccessible(view) : nullptr;
}

}  // namespace

void installDifferenceAccessibility() {
  QAccessible::installFactory(makeDifferenceAccessible);  // Qt keeps each factory once
}

void DifferenceView::announce(QAccessibleEvent *event) {
  QAccessible::updateAccessibility(event);
}

void DifferenceView::tellAssistants() {
  QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(this);
  QAccessibleTextInterface *text = interface ? interface->textInterface() : nullptr;
  if (!text) return;
  QAccessibleTextCursorEvent moved(this, text->cursorPosition());
  announce(&moved);
  QAccessibleEvent described(this, QAccessible::DescriptionChanged);
  announce(&described);
}

DifferenceAccessible::DifferenceAccessible(DifferenceView *view) : QAccessibleWidget(view, QAccessible::EditableText) {}

DifferenceView *DifferenceAccessible::view() const {
  return static_cast<DifferenceView *>(object());
}

QString DifferenceAccessible::text(QAccessible::Text kind) const {
  if (kind != QAccessible::Description) return QAccessibleWidget::text(kind);
  return view()->caret() ? view()->caretWords() : DifferenceView::tr("There is nothing to compare yet.");
}

QAccessible::State DifferenceAccessible::state() const {
  QAccessible::State state = QAccessibleWidget::state();
  state.readOnly = true;
  state.multiLine = true;
  return state;
}

void *DifferenceAccessible::interface_cast(QAccessible::InterfaceType type) {
  if (type == QAccessible::TextInterface) return static_cast<QAccessibleTextInterface *>(this);
  return QAccessibleWidget::interface_cast(type);
}

// Places

int DifferenceAccessible::lineLength() const {
  const DifferenceGeometry &geometry = view()->geometry();
  return geometry.sideX(Side::Right) + geometry.sideWidth() + 1;
}

int DifferenceAccessible::positionOf(DifferenceGeometry::Place place) const {
  const DifferenceGeometry &geometry = view()->geometry();
  const ByteRange rows = view()->visibleRows();
  const quint64 row = geometry.rowOf(place.cell);
  if (row < rows.begin) return 0;
  if (row >= rows.end) return characterCount();
  return static_cast<int>(row - rows.begin) * lineLength() + geometry.sideX(place.side) +
         geometry.hexX(geometry.columnOf(place.cell));
}

DifferenceGeometry::Place DifferenceAccessible::placeOf(int position, bool *isText) const {
  const DifferenceGeometry &geometry = view()->geometry();
  const ByteRange rows = view()->visibleRows();
  position = std::clamp(position, 0, std::max(0, characterCount() - 1));
  const quint64 row = rows.begin + static_cast<quint64>(position / lineLength());
  const int inLine = position % lineLength();
  const Side side = inLine < geometry.sideX(Side::Right) ? Side::Left : Side::Right;
  const int inSide = inLine - geometry.sideX(side);
  const bool isInText = inSide >= geometry.textX(0);
  if (isText) *isText = isInText;
  int column = 0;
  while (column + 1 < geometry.perRow &&
         (isInText ? geometry.textX(column + 1) : geometry.hexX(column + 1)) <= inSide) {
    ++column;
  }
  const ByteRange cells = geometry.cellsOf(row);
  return {side, std::min(cells.begin + static_cast<quint64>(column), cells.end - 1)};
}

void DifferenceAccessible::selection(int, int *start, int *end) const {
  *start = *end = 0;
}

int DifferenceAccessible::cursorPosition() const {
  const auto caret = view()->caret();
  return caret ? positionOf({view()->side(), *caret}) : 0;
}

void DifferenceAccessible::setCursorPosition(int position) {
  if (!view()->visibleRows().isEmpty()) view()->goTo(placeOf(position));
}

// Text

QString DifferenceAccessible::text(int start, int end) const {
  const int size = characterCount();
  start = std::clamp(start, 0, size);
  end = end < 0 ? size : std::clamp(end, start, size);
  if (start == end) return {};
  const ByteRange rows = view()->visibleRows();
  QString text;
  const int first = start / lineLength();
  for (int line = first; line * lineLength() < end; ++line) {
    text += view()->textOfRow(rows.begin + static_cast<quint64>(line)) + u'\n';
  }
  return text.mid(start - first * lineLength(), end - start);
}

int DifferenceAccessible::characterCount() const {
  return static_cast<int>(view()->visibleRows().size()) * lineLength();
}

QRect DifferenceAccessible::characterRect(int position) const {
  if (view()->visibleRows().isEmpty()) return {};
  bool isText = false;
  const DifferenceGeometry::Place place = placeOf(position, &isText);
  QRect rect = isText ? view()->textRect(place.side, place.cell) : view()->hexRect(place.side, place.cell);
  rect.moveTopLeft(view()->viewport()->mapToGlobal(rect.topLeft()));
  return rect;
}

int DifferenceAccessible::offsetAtPoint(const QPoint &point) const {
  const auto place = view()->placeAt(view()->viewport()->mapFromGlobal(point));
  return place ? positionOf(*place) : -1;
}

/// What has a position is in sight.
void DifferenceAccessible::scrollToSubstring(int, int) {}

QString DifferenceAccessible::attributes(int, int *start, int *end) const {
  *start = 0;
  *end = characterCount();
  return {};
}

}  // namespace octetscope
