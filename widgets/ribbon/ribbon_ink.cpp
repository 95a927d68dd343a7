#include "widgets/ribbon/ribbon_ink.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace octetscope {

void RibbonInk::setFont(const QFont &widgetFont, qreal ratio) {
  font = widgetFont;
  if (widgetFont.pointSizeF() > 0) font.setPointSizeF(std::max(5.0, widgetFont.pointSizeF() * 0.92));
  small = font;
  if (small.pointSizeF() > 0) small.setPointSizeF(std::max(5.0, font.pointSizeF() * 0.88));
  pixelRatio = std::max(0.1, ratio);
  lineHeight = std::ceil(QFontMetricsF(font).height());
}

void RibbonInk::setPalette(const QPalette &widgetPalette) {
  theme = Theme::of(widgetPalette);
  colors = RibbonColors(theme);
  palette = widgetPalette;
}

void RibbonInk::drawLabel(QPainter &painter, const QString &label, QRectF box, const QColor &color,
                          Qt::Alignment where) const {
  const QFontMetricsF metrics(painter.font());
  QString text = label;
  qreal width = metrics.horizontalAdvance(text);
  if (width > box.width()) {
    if (box.width() < 2 * textMargin) return;
    text = metrics.elidedText(text, Qt::ElideRight, box.width());
    width = metrics.horizontalAdvance(text);
    if (text.size() < 2) return;
  }
  painter.setPen(color);
  const qreal x = where.testFlag(Qt::AlignLeft)    ? box.left()
                  : where.testFlag(Qt::AlignRight) ? box.right() - width
                                                   : box.center().x() - width / 2;
  painter.drawText(QPointF(sharp(x), sharp(box.center().y() + (metrics.ascent() - metrics.descent()) / 2)), text);
}

}  // namespace octetscope
