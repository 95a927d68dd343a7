// RibbonPainter: flags and bars of what the user marked.
#include "widgets/ribbon/ribbon_painter.h"

#include <QLocale>

#include <cmath>

namespace octetscope {

namespace {

constexpr qreal barHeight = 3;
constexpr std::size_t mostCounted = 99;

}  // namespace

qreal RibbonPainter::flagWidth() const {
  return std::ceil(QFontMetricsF(ink_.small).horizontalAdvance(QStringLiteral("●99+"))) + 4;
}

void RibbonPainter::paintMarkBars(QPainter &painter, const RibbonPage &page) const {
  for (const RibbonPage::MarkBar &bar : page.markBars) {
    const RibbonRows::Group *group = page.rows->groupOf(bar.direction);
    if (!group) continue;
    const qreal left = ink_.sharp(std::max(bar.left, -4.0));
    const qreal right = ink_.sharp(std::min(bar.right, ink_.right + 4));
    const QColor color = ink_.theme.mark(bar.color);
    // At the top, with feet where it begins and ends.
    painter.fillRect(QRectF(left, group->band.top, right - left, barHeight), color);
    for (const qreal x : {left, right - 1}) painter.fillRect(QRectF(x, group->band.top, 1, 3 * barHeight), color);
  }
}

/// A pole over the lanes of its direction, and a flag in the ruler: a glyph, and how many it stands for.
void RibbonPainter::paintFlags(QPainter &painter, const RibbonPage &page) const {
  const RibbonBand ruler = page.rows->ruler();
  painter.setFont(ink_.small);
  const QFontMetricsF metrics(ink_.small);
  for (const RibbonPage::Flag &flag : page.flags) {
    const RibbonRows::Group *group = page.rows->groupOf(flag.direction);
    if (!group) continue;
    const QColor color = ink_.theme.mark(flag.color);
    const qreal x = ink_.sharp(flag.x);
    QColor pole = color;
    pole.setAlphaF(0.55F);
    painter.fillRect(QRectF(x, ruler.top, 1, group->band.top - ruler.top), color);
    painter.fillRect(QRectF(x, group->band.top, 1, group->band.height), pole);
    QString text = Theme::glyph(flag.color);
    if (flag.count > mostCounted) {
      text += QStringLiteral("%1+").arg(mostCounted);
    } else if (flag.count > 1) {
      text += QLocale().toString(static_cast<qulonglong>(flag.count));
    }
    const QRectF box(x, ruler.top, std::ceil(metrics.horizontalAdvance(text)) + 4, ruler.height - 1);
    painter.fillRect(box, color);
    ink_.drawLabel(painter, text, box, ink_.palette.color(QPalette::Base), Qt::AlignCenter);
  }
  painter.setFont(ink_.font);
}

}  // namespace octetscope
