// OutlinedStyle: Fusion, but for the outlines of check boxes and radio buttons on a dark ground, which Fusion draws
// darker than the ground: there an unchecked one cannot be seen.
#pragma once

#include <QProxyStyle>

namespace octetscope {

class OutlinedStyle : public QProxyStyle {
  Q_OBJECT
 public:
  OutlinedStyle();

  void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
};

}  // namespace octetscope
