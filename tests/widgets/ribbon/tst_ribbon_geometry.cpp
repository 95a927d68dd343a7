// RibbonGeometry bare: positions and pixels there and back, zoom that keeps what is under the cursor, ends that hold.
#include "widgets/ribbon/ribbon_geometry.h"
#include "widgets/ribbon/ribbon_rows.h"

#include <QRandomGenerator>
#include <QTest>

#include <cmath>

using namespace octetscope;

class TestRibbonGeometry : public QObject {
  Q_OBJECT

  static RibbonGeometry make(quint64 size, double width = 1000, double room = 100) {
    RibbonGeometry geometry;
    geometry.setWidth(width, room);
    geometry.setSize(size);
    return geometry;
  }

 private Q_SLOTS:
  void thereAndBack_data() {
    QTest::addColumn<quint64>("size");
    QTest::addColumn<double>("scale");
    for (const int bits : {3, 10, 20, 32, 40, 48, 62}) {
      for (const double scale : {48.0, 7.3, 1.0, 0.11, 1e-3, 1e-6, 1e-9, 1e-15}) {
        QTest::addRow("2^%d bytes, %g pixels a byte", bits, scale) << (1ULL << bits) << scale;
      }
    }
  }
  void thereAndBack() {
    QFETCH(quint64, size);
    QFETCH(double, scale);
    RibbonGeometry geometry = make(size);
    geometry.setScale(scale, 0);
    QRandomGenerator64 random(size);
    for (int round = 0; round < 300; ++round) {
      geometry.setLeft(random.generate64() % size);
      geometry.pan((random.generateDouble() - 0.5) * 50);
      const double x = random.generateDouble() * geometry.width();
      const quint64 position = geometry.positionAt(x);
      QVERIFY(position <= size);
      // The position's own pixels hold x: exactly where a byte is wider than a rounding error.
      const double slack = 1e-4;
      QVERIFY2(geometry.xOf(position) <= x + slack, qPrintable(QString::number(geometry.xOf(position) - x)));
      if (position < size) QVERIFY(geometry.xOf(position + 1) >= x - slack - geometry.scale() * 1e-9);
      if (geometry.scale() > 1e-3) QCOMPARE(geometry.positionAt(geometry.xOf(position)), position);
    }
  }

  void zoomKeepsWhatIsUnderTheCursor_data() {
    QTest::addColumn<quint64>("size");
    for (const int bits : {12, 24, 40, 55}) QTest::addRow("2^%d", bits) << (1ULL << bits);
  }
  void zoomKeepsWhatIsUnderTheCursor() {
    QFETCH(quint64, size);
    QRandomGenerator64 random(size);
    RibbonGeometry geometry = make(size);
    geometry.fitAll();
    quint64 target = size / 3;
    double x = geometry.xOf(target);
    // All the way in, and out again: the byte stays under the cursor to a pixel.
    for (int i = 0; i < 200 && geometry.scale() < RibbonGeometry::largestScale; ++i) {
      geometry.zoom(1.35, x);
      QVERIFY2(std::abs(geometry.xOf(target) - x) < 1, qPrintable(QString::number(geometry.xOf(target))));
    }
    QCOMPARE(geometry.scale(), RibbonGeometry::largestScale);
    for (int i = 0; i < 200; ++i) geometry.zoom(1 / 1.35, x);
    QCOMPARE(geometry.scale(), geometry.fitScale());
    QCOMPARE(geometry.left(), 0ULL);
    for (int round = 0; round < 200; ++round) {
      geometry.setScale(std::pow(2.0, -random.generateDouble() * 20), 0);
      geometry.setLeft(size / 4 + random.generate64() % (size / 2));
      x = random.generateDouble() * 900;
      target = geometry.positionAt(x);
      const double at = geometry.xOf(target);
      const bool isAtAnEnd = geometry.left() == 0 || geometry.isAtEnd();
      geometry.zoom(1.5, x);
      if (isAtAnEnd || geometry.scale() == RibbonGeometry::largestScale) continue;
      QVERIFY(std::abs(geometry.xOf(target) - (x + (at - x) * 1.5)) < 0.5);
    }
  }

  void endsHold() {
    RibbonGeometry geometry = make(10'000);
    geometry.setScale(2, 0);
    geometry.pan(-500);
    QCOMPARE(geometry.left(), 0ULL);
    QCOMPARE(geometry.xOf(0), 0.0);
    geometry.pan(1e9);
    QVERIFY(geometry.isAtEnd());
    QCOMPARE(geometry.xOf(10'000), 900.0);
    geometry.setLeft(~0ULL);
    QCOMPARE(geometry.left(), geometry.lastLeft());
    geometry.setScale(1e9, 10);
    QCOMPARE(geometry.scale(), RibbonGeometry::largestScale);
    geometry.setScale(0, 10);
    QCOMPARE(geometry.scale(), 0.09);
    QCOMPARE(geometry.positionAt(-5), 0ULL);
    QCOMPARE(geometry.positionAt(1e12), 10'000ULL);
    geometry.setSize(0);
    QCOMPARE(geometry.visible(), (ByteRange{0, 0}));
    QCOMPARE(geometry.left(), 0ULL);
  }

  void panMovesByPixels() {
    RibbonGeometry geometry = make(1'000'000);
    geometry.setScale(30, 0);
    geometry.setLeft(5000);
    const double before = geometry.xOf(5010);
    for (int i = 0; i < 100; ++i) geometry.pan(1);
    QVERIFY(std::abs(before - geometry.xOf(5010) - 100) < 1e-6);
    for (int i = 0; i < 100; ++i) geometry.pan(-1);
    QVERIFY(std::abs(before - geometry.xOf(5010)) < 1e-6);
  }

  void followsTheEnd() {
    RibbonGeometry geometry = make(100);
    geometry.setScale(5, 0);
    geometry.setFollowing(true);
    QCOMPARE(geometry.left(), 0ULL);
    for (quint64 size = 100; size < 5000; size += 37) {
      geometry.setSize(size);
      QVERIFY(geometry.isAtEnd());
      QVERIFY(geometry.xOf(size) <= 900.0 + 5);
      if (size > 200) QVERIFY(geometry.xOf(size) > 890);
    }
    geometry.setFollowing(false);
    const quint64 left = geometry.left();
    geometry.setSize(100'000);
    QCOMPARE(geometry.left(), left);
  }

  void fitsWhatItIsTold_data() {
    QTest::addColumn<quint64>("begin");
    QTest::addColumn<quint64>("size");
    QTest::newRow("a byte") << 500ULL << 1ULL;
    QTest::newRow("the first") << 0ULL << 100ULL;
    QTest::newRow("the last") << (1ULL << 40) - 100 << 100ULL;
    QTest::newRow("a gigabyte") << (1ULL << 33) << (1ULL << 30);
    QTest::newRow("all") << 0ULL << (1ULL << 40);
  }
  void fitsWhatItIsTold() {
    QFETCH(quint64, begin);
    QFETCH(quint64, size);
    RibbonGeometry geometry = make(1ULL << 40);
    geometry.fit({begin, begin + size});
    QVERIFY(geometry.xOf(begin) >= -0.5);
    QVERIFY(geometry.xOf(begin + size) <= geometry.width() + 0.5);
    const bool isAsLargeAsCanBe = geometry.scale() == RibbonGeometry::largestScale ||
                                  geometry.widthOf({begin, begin + size}) >= geometry.width() * 0.85;
    QVERIFY(isAsLargeAsCanBe);
  }

  void revealsWithoutZoom() {
    RibbonGeometry geometry = make(1ULL << 40);
    geometry.setScale(4, 0);
    QRandomGenerator64 random(4);
    for (int round = 0; round < 200; ++round) {
      const quint64 begin = random.generate64() % ((1ULL << 40) - 100);
      const ByteRange range{begin, begin + 1 + random.generate64() % 90};
      geometry.reveal(range);
      QCOMPARE(geometry.scale(), 4.0);
      QVERIFY(geometry.xOf(range.begin) >= 0 && geometry.xOf(range.end) <= geometry.width());
      const quint64 left = geometry.left();
      geometry.reveal(range);
      QCOMPARE(geometry.left(), left);
    }
    geometry.reveal({1000, 900'000});
    QVERIFY(geometry.xOf(1000) >= 0 && geometry.xOf(1000) < 100);
  }

  void lanesShareTheHeight_data() {
    QTest::addColumn<int>("directions");
    QTest::addColumn<bool>("hasSecond");
    for (const int directions : {1, 2}) {
      QTest::addRow("%d", directions) << directions << false;
      QTest::addRow("%d, A and B", directions) << directions << true;
    }
  }
  void lanesShareTheHeight() {
    QFETCH(int, directions);
    QFETCH(bool, hasSecond);
    RibbonRows::Stacks shown = {{Direction::In, 0, hasSecond, 0}, {Direction::Out, 2, hasSecond, 1}};
    shown.resize(static_cast<std::size_t>(directions));
    const std::size_t lanes = directions == 1 ? (hasSecond ? 5 : 3) : (hasSecond ? 13 : 8);
    const double least = RibbonRows::leastHeight(shown, 15);
    for (double height = 0; height < 600; height += 13) {
      RibbonRows rows;
      rows.set(shown, 15, height);
      QCOMPARE(rows.lanes().size(), lanes);
      double y = rows.ruler().bottom();
      for (std::size_t i = 0; i < rows.lanes().size(); ++i) {
        const RibbonRows::Lane &lane = rows.lanes()[i];
        QVERIFY(lane.band.top >= y - 1e-9);
        QVERIFY(lane.band.height >= 15 - 1e-9);
        y = lane.band.bottom();
        QCOMPARE(rows.laneAt(lane.band.top + 1), static_cast<int>(i));
        const RibbonRows::Group *group = rows.groupOf(lane.direction);
        QVERIFY(group && group->band.top <= lane.band.top && lane.band.bottom() <= group->band.bottom());
      }
      if (height >= least) QVERIFY(rows.bottom() <= height + 1e-6);
      QCOMPARE(rows.laneAt(rows.bottom() + 1), -1);
    }
  }
};

QTEST_GUILESS_MAIN(TestRibbonGeometry)
#include "tst_ribbon_geometry.moc"
