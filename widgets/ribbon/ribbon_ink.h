// RibbonInk: what a ribbon is painted with: its fonts and colours, and labels that fit their boxes. A plain value that
// the painters share.
#pragma once

#include "widgets/ribbon/box_shapes.h"
#include "widgets/ribbon/label_letters.h"
#include "widgets/theme/ribbon_colors.h"

#include <QFont>
#include <QPainter>
#include <QPalette>

namespace octetscope {

struct RibbonInk {
  static constexpr qreal textMargin = 4;

  QFont font;
  QFont small;
  qreal lineHeight = 16;
  qreal pixelRatio = 1;  ///< pixels of the device for one of the widget
  Theme theme = Theme(false);
  RibbonColors colors = RibbonColors(theme);
  QPalette palette;
  qreal right = 0;  ///< of the lanes, which begin at 0

  /// The sizes that go with a widget's font.
  void setFont(const QFont &widgetFont, qreal ratio);
  void setPalette(const QPalette &widgetPalette);

  /// Pixels that `text` needs in `font`, to about one: what is drawn often is measured by its letters, without shaping.
  qreal widthOf(const QString &text) const { return letters_.widthOf(text); }

  /// The edge of a pixel of the device next to `x`.
  qreal sharp(qreal x) const { return qRound(x * pixelRatio) / pixelRatio; }
  /// Draws `label` in the painter's font, cut with an ellipsis where it does not fit, and not at all where that says
  /// nothing.
  void drawLabel(QPainter &painter, const QString &label, QRectF box, const QColor &color, Qt::Alignment where) const;
  /// Fills `box`, whose edges are sharp, with round corners and, where `line` is a colour, with a line around it.
  void fillRounded(QPainter &painter, QRectF box, const QColor &fill, int radius, const QColor &line = {}) const {
    boxes_.paint(painter, box, {fill, line, radius});
  }
  /// Fills `box`, whose edges are sharp, without its outermost pixels at the corners. Narrow boxes look like rounded
  /// ones, at a tenth of the cost: a ribbon has thousands.
  void fillNotched(QPainter &painter, QRectF box, const QColor &color) const;

 private:
  LabelLetters letters_;
  LabelLetters smallLetters_;
  BoxShapes boxes_;
};

}  // namespace octetscope
