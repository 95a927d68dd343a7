// DifferenceAccessible: what assistive technology sees of a DifferenceView: the visible rows as read-only text, a
// cursor in them on the side that has the caret, and in words what stands there on both sides as the description.
#pragma once

#include "widgets/difference/difference_geometry.h"

#include <QAccessibleWidget>

namespace octetscope {

class DifferenceView;

class DifferenceAccessible : public QAccessibleWidget, public QAccessibleTextInterface {
 public:
  explicit DifferenceAccessible(DifferenceView *view);

  QString text(QAccessible::Text kind) const override;
  QAccessible::State state() const override;
  void *interface_cast(QAccessible::InterfaceType type) override;

  // Positions count in the text of the visible rows, a line each: DifferenceView::textOfRow(). Nothing is selected.
  void selection(int index, int *start, int *end) const override;
  int selectionCount() const override { return 0; }
  void addSelection(int, int) override {}
  void removeSelection(int) override {}
  void setSelection(int, int, int) override {}
  int cursorPosition() const override;
  void setCursorPosition(int position) override;
  QString text(int start, int end) const override;
  int characterCount() const override;
  QRect characterRect(int position) const override;
  int offsetAtPoint(const QPoint &point) const override;
  void scrollToSubstring(int start, int end) override;
  QString attributes(int position, int *start, int *end) const override;

 private:
  DifferenceView *view() const;
  int lineLength() const;
  int positionOf(DifferenceGeometry::Place place) const;
  /// The cell a position stands on or nearest to, and whether in the text of its side; there must be cells.
  DifferenceGeometry::Place placeOf(int position, bool *isText = nullptr) const;
};

/// Registers the interface above for every DifferenceView; may be called again.
void installDifferenceAccessibility();

}  // namespace octetscope
