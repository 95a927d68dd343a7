// What a ribbon is painted with for speed looks like what Qt would have drawn: labels of measured letters, boxes of
// copied ends.
#include "widgets/ribbon/box_shapes.h"
#include "widgets/ribbon/label_letters.h"

#include <QFontDatabase>
#include <QImage>
#include <QTest>

using namespace octetscope;
using namespace Qt::StringLiterals;

namespace {

QImage blank(int width, int height, qreal ratio = 1) {
  QImage image(qRound(width * ratio), qRound(height * ratio), QImage::Format_RGB32);
  image.setDevicePixelRatio(ratio);
  image.fill(Qt::white);
  return image;
}

/// The share of all that was drawn in either picture which is as dark in both, row by row and column by column.
double likeness(const QImage &a, const QImage &b) {
  const auto darkness = [](const QImage &image, int x, int y) { return 255 - qGray(image.pixel(x, y)); };
  double same = 0;
  double all = 0;
  for (int y = 0; y < a.height(); ++y) {
    for (int x = 0; x < a.width(); ++x) {
      // Letters may stand a pixel aside: hinting moves each by itself.
      int other = 0;
      for (int near = std::max(0, x - 1); near <= std::min(a.width() - 1, x + 1); ++near) {
        other = std::max(other, darkness(b, near, y));
      }
      const int own = darkness(a, x, y);
      same += std::min(own, other);
      all += own;
    }
  }
  return all == 0 ? 0 : same / all;
}

}  // namespace

class TestRibbonInk : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void labelsAreAsWideAsText_data() {
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"", "#0  56 B", "text = \"Hello. Every …", "1,234,567 messages", "≠ A and B part", "中文", "é ü ß", "a\tb"}) {
      QTest::newRow(text) << QString::fromUtf8(text);
    }
  }
  void labelsAreAsWideAsText() {
    QFETCH(QString, text);
    const LabelLetters letters{QFont()};
    const qreal width = letters.widthOf(text);
    // Kerning is left out: a fraction of a pixel for a letter.
    const qreal asText = QFontMetricsF(QFont()).horizontalAdvance(text);
    QVERIFY2(std::abs(width - asText) <= 0.5 * static_cast<double>(text.size()) + 0.01,
             qPrintable(u"%1, as text %2"_s.arg(width).arg(asText)));
    QCOMPARE(letters.fitted(text, width), text);
    for (const qreal part : {0.9, 0.5, 0.2}) {
      const QString fitted = letters.fitted(text, width * part);
      if (fitted == text) continue;  // nothing is drawn of it
      QVERIFY(fitted.isEmpty() || (fitted.endsWith(u'…') && text.startsWith(fitted.chopped(1))));
      QVERIFY(letters.widthOf(fitted) <= width * part + 0.01);
      QVERIFY(fitted.size() != 1);
    }
    QCOMPARE(letters.fitted(text, 0), QString());
  }

  void labelsLookLikeText_data() {
    QTest::addColumn<QString>("text");
    for (const char *text : {"#0  56 B", "seq = 12", "1,234 messages…", "中 ≠ B"})
      QTest::newRow(text) << QString::fromUtf8(text);
  }
  void labelsLookLikeText() {
    QFETCH(QString, text);
    const QFont font;
    const LabelLetters letters{font};
    QImage own = blank(220, 30);
    QImage asText = blank(220, 30);
    {
      QPainter painter(&own);
      painter.setFont(font);
      letters.draw(painter, {5, 20}, text);
    }
    {
      QPainter painter(&asText);
      painter.setFont(font);
      painter.drawText(QPointF(5, 20), text);
    }
    QVERIFY2(likeness(own, asText) > 0.8, qPrintable(QString::number(likeness(own, asText))));
    QVERIFY2(likeness(asText, own) > 0.8, qPrintable(QString::number(likeness(asText, own))));
  }

  void boxesAreRoundAndWhole_data() {
    QTest::addColumn<qreal>("ratio");
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("radius");
    QTest::addColumn<bool>("hasLine");
    for (const qreal ratio : {1.0, 2.0}) {
      for (const int width : {9, 24, 120}) {
        for (const int radius : {1, 4}) {
          for (const bool hasLine : {false, true}) {
            QTest::addRow("x%g, %d wide, radius %d%s", ratio, width, radius, hasLine ? ", line" : "")
                << ratio << width << radius << hasLine;
          }
        }
      }
    }
  }
  void boxesAreRoundAndWhole() {
    QFETCH(qreal, ratio);
    QFETCH(int, width);
    QFETCH(int, radius);
    QFETCH(bool, hasLine);
    const QColor fill(40, 120, 200);
    const QColor line = hasLine ? QColor(200, 20, 20) : QColor();
    BoxShapes shapes;
    shapes.setPixelRatio(ratio);
    QImage image = blank(140, 40, ratio);
    {
      QPainter painter(&image);
      shapes.paint(painter, QRectF(10, 8, width, 22), {fill, line, radius});
    }
    const auto at = [&](qreal x, qreal y) { return image.pixelColor(qRound(x * ratio), qRound(y * ratio)); };
    const qreal right = 10 + width - 1 / ratio;
    const qreal bottom = 8 + 22 - 1 / ratio;
    const QColor edge = hasLine ? line : fill;
    // Inside it is one colour from end to end, with no seam.
    for (qreal x = 10 + 1; x < right - 1 + 1 / ratio; x += 1 / ratio) {
      if (x > 10 + radius && x < right - radius) {
        QCOMPARE(at(x, 8), edge);
        QCOMPARE(at(x, bottom), edge);
      }
      QCOMPARE(at(x, 19), fill);
    }
    QCOMPARE(at(10, 19), edge);
    QCOMPARE(at(right, 19), edge);
    // Nothing outside, and corners that are not square.
    for (const qreal x : {10 - 1 / ratio, right + 1 / ratio}) QCOMPARE(at(x, 19), QColor(Qt::white));
    for (const qreal y : {8 - 1 / ratio, bottom + 1 / ratio}) QCOMPARE(at(10 + width / 2.0, y), QColor(Qt::white));
    if (radius > 1) {
      for (const qreal x : {10.0, right}) {
        for (const qreal y : {8.0, bottom}) QVERIFY(at(x, y).lightness() > edge.lightness() + 40);
      }
    }
  }
};

QTEST_MAIN(TestRibbonInk)
#include "tst_ribbon_ink.moc"
