// BoxShapes: rounded boxes, painted by the hundred. A box of one height and colour is drawn smoothly once; each further
// one is its two ends copied from there and a plain middle, at a fifth of the cost of drawing it again.
#pragma once

#include <QColor>
#include <QHash>
#include <QPainter>
#include <QPixmap>

namespace octetscope {

class BoxShapes {
 public:
  /// `radius` of the corners, at most half of a box; `line` around it, about one pixel, within `box`; an invalid
  /// colour: none.
  struct Look {
    QColor fill;
    QColor line;
    int radius = 4;
  };

  /// Pixels of the device for one of the widget. What was drawn for another ratio goes.
  void setPixelRatio(qreal ratio);
  /// Fills `box`, whose edges are sharp on the device.
  void paint(QPainter &painter, QRectF box, const Look &look) const;

 private:
  struct Key {
    QRgb fill;
    QRgb line;
    int radius;
    int height;  // of the device
    bool operator==(const Key &) const = default;
    friend size_t qHash(const Key &key, size_t seed) {
      return qHashMulti(seed, key.fill, key.line, key.radius, key.height);
    }
  };

  QPixmap ends(const Key &key, const Look &look) const;

  qreal ratio_ = 1;
  mutable QHash<Key, QPixmap> ends_;
};

}  // namespace octetscope
