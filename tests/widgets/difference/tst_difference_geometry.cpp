// DifferenceGeometry: cells of two dumps side by side do not overlap, are found again where they are drawn, and fit.
#include "widgets/difference/difference_geometry.h"

#include <QTest>

using namespace octetscope;

class TestDifferenceGeometry : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void cellsAreFoundWhereTheyAre_data() {
    QTest::addColumn<double>("width");
    QTest::addColumn<int>("perRow");
    QTest::newRow("too narrow for anything") << 100.0 << 8;
    QTest::newRow("just eight") << 560.0 << 8;
    QTest::newRow("sixteen") << 1100.0 << 16;
    QTest::newRow("all there may be") << 4000.0 << 32;
  }
  void cellsAreFoundWhereTheyAre() {
    QFETCH(double, width);
    QFETCH(int, perRow);
    DifferenceGeometry geometry;
    geometry.charWidth = 7.25;
    geometry.offsetDigits = 4;
    geometry.cells = 100;
    geometry.fit(width);
    QCOMPARE(geometry.perRow, perRow);
    if (perRow > 8) QVERIFY(geometry.width() <= width);
    // The right side stands under its head, which begins at half of the width.
    if (perRow > 8)
      QVERIFY(std::abs(geometry.sideX(Side::Right) * geometry.charWidth - width / 2) <= geometry.charWidth);
    QVERIFY(geometry.signX() > geometry.sideX(Side::Left) + geometry.sideWidth());
    QVERIFY(geometry.signX() < geometry.sideX(Side::Right));
    for (quint64 cell = 0; cell < geometry.cells; ++cell) {
      QRectF before;
      for (const Side side : {Side::Left, Side::Right}) {
        for (const QRectF &rect : {geometry.hexRect(side, cell, 1), geometry.textRect(side, cell, 1)}) {
          QVERIFY(before.isNull() || rect.left() >= before.right());
          before = rect;
          const auto place = geometry.placeAt(rect.center(), 1);
          QCOMPARE(place->cell, cell);
          QCOMPARE(place->side, side);
        }
      }
    }
  }
};

QTEST_GUILESS_MAIN(TestDifferenceGeometry)
#include "tst_difference_geometry.moc"
