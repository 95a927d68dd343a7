// RibbonInk: what a ribbon is painted with: its fonts and colours, and labels that fit their boxes. A plain value that
// the painters share.
#pragma once

#include "widgets/theme/ribbon_colors.h"

#include <QFont>
#include <QPainter>
#include <QPalette>

#include <array>

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
  qreal widthOf(const QString &text) const;

  /// The edge of a pixel of the device next to `x`.
  qreal sharp(qreal x) const { return qRound(x * pixelRatio) / pixelRatio; }
  /// Draws `label` in the painter's font, cut with an ellipsis where it does not fit, and not at all where that says
  /// nothing.
  void drawLabel(QPainter &painter, const QString &label, QRectF box, const QColor &color, Qt::Alignment where) const;
  /// Fills `box`, whose edges are sharp, without its outermost pixels at the corners. Narrow boxes look like rounded
  /// ones, at a tenth of the cost: a ribbon has thousands.
  void fillNotched(QPainter &painter, QRectF box, const QColor &color) const;

 private:
  std::array<qreal, 128> asciiWidths_ = {};
};

}  // namespace octetscope
