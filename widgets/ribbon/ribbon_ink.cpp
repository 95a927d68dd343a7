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
  boxes_.setPixelRatio(pixelRatio);
  if (letters_.isNull() || letters_.font() != font) letters_ = LabelLetters(font);
  if (smallLetters_.isNull() || smallLetters_.font() != small) smallLetters_ = LabelLetters(small);
  lineHeight = std::ceil(letters_.height());
}

void RibbonInk::setPalette(const QPalette &widgetPalette) {
  theme = Theme::of(widgetPalette);
  colors = RibbonColors(theme);
  palette = widgetPalette;
}

void RibbonInk::drawLabel(QPainter &painter, const QString &label, QRectF box, const QColor &color,
                          Qt::Alignment where) const {
  const QFont &current = painter.font();
  const LabelLetters *letters = current == font ? &letters_ : current == small ? &smallLetters_ : nullptr;
  if (!letters) {
    const QFontMetricsF metrics(current);
    const QString text = metrics.elidedText(label, Qt::ElideRight, box.width());
    painter.setPen(color);
    painter.drawText(box, static_cast<int>(where | Qt::AlignVCenter | Qt::TextSingleLine), text);
    return;
  }
  const QString text = letters->fitted(label, box.width());
  if (text.isEmpty() || (text.size() < label.size() && box.width() < 2 * textMargin)) return;
  const qreal width = letters->widthOf(text);
  const qreal x = where.testFlag(Qt::AlignLeft)    ? box.left()
                  : where.testFlag(Qt::AlignRight) ? box.right() - width
                                                   : box.center().x() - width / 2;
  painter.setPen(color);
  letters->draw(painter, {sharp(x), sharp(box.center().y() + letters->ascent() - letters->height() / 2)}, text);
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
