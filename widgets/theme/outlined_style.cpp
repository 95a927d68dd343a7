#include "widgets/theme/outlined_style.h"

#include "widgets/theme/theme.h"

#include <QPainter>
#include <QStyleOption>

namespace octetscope {

OutlinedStyle::OutlinedStyle() : QProxyStyle(QStringLiteral("Fusion")) {}

void OutlinedStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                  const QWidget *widget) const {
  QProxyStyle::drawPrimitive(element, option, painter, widget);
  const bool isBox = element == PE_IndicatorCheckBox;
  if ((!isBox && element != PE_IndicatorRadioButton) || !Theme::of(option->palette).isDark()) return;
  QColor line = option->palette.color(QPalette::WindowText);
  line.setAlphaF(option->state & State_Enabled ? 0.6F : 0.3F);
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing, !isBox);
  painter->setPen(line);
  painter->setBrush(Qt::NoBrush);
  const QRect rect = option->rect.adjusted(0, 0, -1, -1);
  if (isBox) {
    painter->drawRect(rect);
  } else {
    painter->drawEllipse(rect);
  }
  painter->restore();
}

}  // namespace octetscope
