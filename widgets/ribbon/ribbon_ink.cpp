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
  const QFontMetricsF metrics(font);
  lineHeight = std::ceil(metrics.height());
  for (std::size_t i = 0; i < asciiWidths_.size(); ++i) {
    asciiWidths_[i] = metrics.horizontalAdvance(QChar(static_cast<char16_t>(i)));
  }
}

qreal RibbonInk::widthOf(const QString &text) const {
  qreal width = 0;
  for (const QChar letter : text) {
    if (letter.unicode() >= asciiWidths_.size()) return QFontMetricsF(font).horizontalAdvance(text);
    width += asciiWidths_[letter.unicode()];
  }
  return width;
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
  qreal width = painter.font() == font ? widthOf(text) : metrics.horizontalAdvance(text);
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

void RibbonInk::fillNotched(QPainter &painter, QRectF box, const QColor &color) const {
  const qreal notch = std::max(1.0, std::round(pixelRatio)) / pixelRatio;
  if (box.width() < 4 * notch || box.height() < 4 * notch) {
    painter.fillRect(box, color);
    return;
  }
  painter.fillRect(box.adjusted(notch, 0, -notch, 0), color);
  painter.fillRect(QRectF(box.left(), box.top() + notch, notch, box.height() - 2 * notch), color);
  painter.fillRect(QRectF(box.right() - notch, box.top() + notch, notch, box.height() - 2 * notch), color);
}

}  // namespace octetscope
