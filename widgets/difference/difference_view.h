// DifferenceView: two messages as two hex dumps side by side. Bytes that differ have a ground, a line below them and
// their row a ≠; where one side has nothing it is hatched. It draws what is in sight and looks at no other byte. The
// caret stands on the same cell of both sides. What assistive technology gets of it is in difference_accessible.cpp.
#pragma once

#include "model/difference/message_difference.h"
#include "widgets/controls/row_scroll.h"
#include "widgets/difference/difference_geometry.h"

#include <QAbstractScrollArea>
#include <QAccessible>

namespace octetscope {

class Theme;

class DifferenceView : public QAbstractScrollArea {
  Q_OBJECT
 public:
  explicit DifferenceView(QWidget *parent = nullptr);

  /// What is shown, once it is ready; null: nothing. Not owned; another is to be set before it goes.
  void setDifference(const MessageDifference *difference);
  /// More of it is known.
  void refresh();

  /// The cell the caret stands on; none where there is none.
  std::optional<quint64> caret() const;
  Side side() const { return side_; }
  void goTo(quint64 cell);
  void goTo(DifferenceGeometry::Place place);
  /// To the next stretch that differs (1) or the previous one (-1); false: there is none.
  bool step(int by);
  const DifferenceGeometry &geometry() const { return geometry_; }
  /// Where a byte stands in the viewport, as hex and as text.
  QRect hexRect(Side side, quint64 cell) const;
  QRect textRect(Side side, quint64 cell) const;
  /// The cell nearest to a point of the viewport; none where there are none.
  std::optional<DifferenceGeometry::Place> placeAt(QPointF point) const;

  /// Rows in sight, [begin, end).
  ByteRange visibleRows() const;
  /// A row as it is drawn: a letter for each character's place.
  QString textOfRow(quint64 row) const;
  /// What stands in a cell of one side: "byte 3: 0x65 'e', field text = "hello"".
  QString byteWords(Side side, quint64 cell) const;
  /// What stands in the caret's cell of both, and whether they differ; empty where there is none.
  QString caretWords() const;

 Q_SIGNALS:
  void caretMoved();
  void copyAsked();

 protected:
  void paintEvent(QPaintEvent *event) override;
  void resizeEvent(QResizeEvent *event) override;
  void keyPressEvent(QKeyEvent *event) override;
  void mousePressEvent(QMouseEvent *event) override;
  void wheelEvent(QWheelEvent *event) override;
  void changeEvent(QEvent *event) override;
  void focusInEvent(QFocusEvent *event) override;
  void focusOutEvent(QFocusEvent *event) override;
  bool viewportEvent(QEvent *event) override;
  void scrollContentsBy(int dx, int dy) override;
  /// Tells assistive technology. Virtual so that a test hears it: Qt drops events while none is running.
  virtual void announce(QAccessibleEvent *event);

 private:
  void measure();
  void layOut();
  void paintRow(QPainter &painter, quint64 row) const;
  void paintSide(QPainter &painter, const Theme &theme, Side side, ByteRange cells) const;
  void paintCaret(QPainter &painter) const;
  QString textOfSide(Side side, ByteRange cells) const;
  bool differsIn(ByteRange cells) const;
  void tellAssistants();
  qreal left() const;
  bool isShown() const { return difference_ && difference_->isReady() && geometry_.cells > 0; }

  const MessageDifference *difference_ = nullptr;
  DifferenceGeometry geometry_;
  RowScroll scroll_;
  quint64 caret_ = 0;
  Side side_ = Side::Left;
  qreal ascent_ = 0;
  int wheelRest_ = 0;
};

}  // namespace octetscope
