#include "widgets/ribbon/box_shapes.h"

#include <algorithm>
#include <cmath>

namespace octetscope {

namespace {

constexpr qsizetype mostKept = 64;  // a window has a dozen; while one is resized each height is another

}  // namespace

void BoxShapes::setPixelRatio(qreal ratio) {
  if (ratio == ratio_) return;
  ratio_ = ratio;
  ends_.clear();
}

/// Both ends of a box, side by side.
QPixmap BoxShapes::ends(const Key &key, const Look &look) const {
  if (const auto known = ends_.constFind(key); known != ends_.cend()) return *known;
  const int end = static_cast<int>(std::ceil(look.radius * ratio_));
  QPixmap pixmap(2 * end, key.height);
  pixmap.fill(Qt::transparent);
  {
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    QRectF box = pixmap.rect();
    painter.setPen(Qt::NoPen);
    if (look.line.isValid()) {
      const qreal line = std::max(1.0, std::round(ratio_));
      painter.setPen(QPen(look.line, line));
      box.adjust(line / 2, line / 2, -line / 2, -line / 2);
    }
    painter.setBrush(look.fill);
    const qreal radius = std::min(look.radius * ratio_, box.height() / 2);
    painter.drawRoundedRect(box, radius, radius);
  }
  pixmap.setDevicePixelRatio(ratio_);
  if (ends_.size() >= mostKept) ends_.clear();
  ends_.insert(key, pixmap);
  return pixmap;
}

void BoxShapes::paint(QPainter &painter, QRectF box, const Look &look) const {
  const int height = qRound(box.height() * ratio_);
  if (height <= 0) return;
  const QRgb line = look.line.isValid() ? look.line.rgba() : look.fill.rgba();
  const QPixmap pixmap = ends({look.fill.rgba(), line, look.radius, height}, look);
  const qreal end = pixmap.width() / 2 / ratio_;
  const QRectF half(0, 0, pixmap.width() / 2, height);  // of the picture: its own pixels
  painter.drawPixmap(QRectF(box.left(), box.top(), end, box.height()), pixmap, half);
  painter.drawPixmap(QRectF(box.right() - end, box.top(), end, box.height()), pixmap, half.translated(half.width(), 0));
  const QRectF middle = box.adjusted(end, 0, -end, 0);
  if (middle.width() <= 0) return;
  if (!look.line.isValid()) {
    painter.fillRect(middle, look.fill);
    return;
  }
  const qreal thick = std::max(1.0, std::round(ratio_)) / ratio_;
  painter.fillRect(middle.adjusted(0, thick, 0, -thick), look.fill);
  painter.fillRect(QRectF(middle.left(), middle.top(), middle.width(), thick), look.line);
  painter.fillRect(QRectF(middle.left(), middle.bottom() - thick, middle.width(), thick), look.line);
}

}  // namespace octetscope
