// HexAccessible: what assistive technology sees of a HexView: the visible rows as read-only text, a cursor in them, and
// the byte under the caret in words as the description.
#pragma once

#include <QAccessibleWidget>

namespace octetscope {

class HexView;

class HexAccessible : public QAccessibleWidget, public QAccessibleTextInterface {
 public:
  explicit HexAccessible(HexView *view);

  QString text(QAccessible::Text kind) const override;
  QAccessible::State state() const override;
  void *interface_cast(QAccessible::InterfaceType type) override;

  // Positions count in the text of the visible rows: "00000010  41 42 …  AB…", a line for each.
  void selection(int index, int *start, int *end) const override;
  int selectionCount() const override;
  void addSelection(int start, int end) override;
  void removeSelection(int index) override;
  void setSelection(int index, int start, int end) override;
  int cursorPosition() const override;
  void setCursorPosition(int position) override;
  QString text(int start, int end) const override;
  int characterCount() const override;
  QRect characterRect(int position) const override;
  int offsetAtPoint(const QPoint &point) const override;
  void scrollToSubstring(int start, int end) override;
  QString attributes(int position, int *start, int *end) const override;

 private:
  HexView *view() const;
  QString wholeText() const;
  int lineLength() const;
  /// Position of a byte's first character in the column that has the caret.
  int positionOf(quint64 offset) const;
  /// The byte a position stands on or nearest to it; view()'s stream must not be empty.
  quint64 byteAt(int position) const;
};

/// Registers the interface above for every HexView; may be called again.
void installHexAccessibility();

}  // namespace octetscope
