#include "widgets/hexview/hex_geometry.h"

#include <QTest>

#include <limits>

using namespace octetscope;

namespace {

constexpr quint64 kibi = 1024;
constexpr quint64 tenGigabytes = 10'000'000'000;
constexpr quint64 sixtyFourGibi = 64ULL << 30;
const HexMetrics metrics{.charWidth = 8, .rowHeight = 20, .margin = 8};

HexGeometry geometryOf(quint64 size, int perRow = 16) {
  HexGeometry geometry;
  geometry.set(metrics, perRow, size);
  return geometry;
}

}  // namespace

class TestHexGeometry : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void rows_data();
  void rows();
  void rangeOfRows();
  void offsetsTakeTheDigitsTheyNeed_data();
  void offsetsTakeTheDigitsTheyNeed();
  void cellsLieSideBySide_data();
  void cellsLieSideBySide();
  void everyCellFindsItsByte_data();
  void everyCellFindsItsByte();
  void pointsBesideBytesFindTheNearest();
  void asManyBytesAsFit();
};

void TestHexGeometry::rows_data() {
  QTest::addColumn<quint64>("size");
  QTest::addColumn<int>("perRow");
  QTest::addColumn<quint64>("count");
  QTest::newRow("empty") << 0ULL << 16 << 0ULL;
  QTest::newRow("one byte") << 1ULL << 16 << 1ULL;
  QTest::newRow("a row") << 16ULL << 16 << 1ULL;
  QTest::newRow("a row and a byte") << 17ULL << 16 << 2ULL;
  QTest::newRow("32 a row") << 65ULL << 32 << 3ULL;
  QTest::newRow("ten gigabytes") << tenGigabytes << 16 << 625'000'000ULL;
  QTest::newRow("64 GiB") << sixtyFourGibi << 16 << (1ULL << 32);
  QTest::newRow("all there can be") << ~0ULL << 16 << (1ULL << 60);
}

void TestHexGeometry::rows() {
  QFETCH(const quint64, size);
  QFETCH(const int, perRow);
  QFETCH(const quint64, count);
  const HexGeometry geometry = geometryOf(size, perRow);
  QCOMPARE(geometry.rowCount(), count);
  if (size == 0) return;
  QCOMPARE(geometry.rowOf(size - 1), count - 1);
  QCOMPARE(geometry.offsetOfRow(count - 1) + static_cast<quint64>(geometry.columnOf(size - 1)), size - 1);
}

void TestHexGeometry::rangeOfRows() {
  const HexGeometry geometry = geometryOf(100);
  QCOMPARE(geometry.rangeOfRows(0, 2), (ByteRange{0, 32}));
  QCOMPARE(geometry.rangeOfRows(5, 1), (ByteRange{80, 96}));
  QCOMPARE(geometry.rangeOfRows(5, 2), (ByteRange{80, 100}));
  QCOMPARE(geometry.rangeOfRows(6, ~0ULL), (ByteRange{96, 100}));
  QCOMPARE(geometry.rangeOfRows(7, 1), (ByteRange{100, 100}));
  QVERIFY(geometryOf(0).rangeOfRows(0, 10).isEmpty());
  const HexGeometry huge = geometryOf(~0ULL);
  QCOMPARE(huge.rangeOfRows(huge.rowCount() - 1, 5), (ByteRange{~0ULL - 15, ~0ULL}));
}

void TestHexGeometry::offsetsTakeTheDigitsTheyNeed_data() {
  QTest::addColumn<quint64>("size");
  QTest::addColumn<int>("digits");
  QTest::newRow("empty") << 0ULL << 8;
  QTest::newRow("4 GiB") << (1ULL << 32) << 8;
  QTest::newRow("4 GiB and a byte") << (1ULL << 32) + 1 << 10;
  QTest::newRow("64 GiB") << sixtyFourGibi << 10;
  QTest::newRow("1 TiB and a byte") << (1ULL << 40) + 1 << 12;
  QTest::newRow("all there can be") << ~0ULL << 16;
}

void TestHexGeometry::offsetsTakeTheDigitsTheyNeed() {
  QFETCH(const quint64, size);
  QFETCH(const int, digits);
  QCOMPARE(geometryOf(size).offsetDigits(), digits);
}

void TestHexGeometry::cellsLieSideBySide_data() {
  QTest::addColumn<int>("perRow");
  for (const int perRow : {1, 7, 8, 16, 32, 128}) QTest::addRow("%d a row", perRow) << perRow;
}

void TestHexGeometry::cellsLieSideBySide() {
  QFETCH(const int, perRow);
  const HexGeometry geometry = geometryOf(kibi, perRow);
  QVERIFY(geometry.cellX(HexColumn::Hex, 0) >= geometry.offsetX() + 8 * metrics.charWidth);
  for (int i = 1; i < perRow; ++i) {
    const qreal gap = geometry.cellX(HexColumn::Hex, i) -
                      (geometry.cellX(HexColumn::Hex, i - 1) + geometry.cellWidth(HexColumn::Hex));
    if (i % 8 == 0) {
      QVERIFY(gap > 0);
    } else {
      QCOMPARE(gap, 0.0);
    }
  }
  const qreal hexRight = geometry.cellX(HexColumn::Hex, perRow - 1) + geometry.cellWidth(HexColumn::Hex);
  QVERIFY(geometry.cellX(HexColumn::Text, 0) > hexRight);
  QCOMPARE(geometry.width(), geometry.cellX(HexColumn::Text, 0) + perRow * metrics.charWidth + metrics.margin);
}

void TestHexGeometry::everyCellFindsItsByte_data() {
  QTest::addColumn<quint64>("size");
  QTest::addColumn<quint64>("topRow");
  QTest::addColumn<int>("perRow");
  QTest::newRow("begin") << kibi << 0ULL << 16;
  QTest::newRow("middle, 32") << kibi << 3ULL << 32;
  QTest::newRow("128 a row") << kibi << 0ULL << 128;
  QTest::newRow("end of ten gigabytes") << tenGigabytes << tenGigabytes / 16 - 20 << 16;
  QTest::newRow("beyond 2^31 rows") << sixtyFourGibi << (1ULL << 31) + 5 << 16;
}

void TestHexGeometry::everyCellFindsItsByte() {
  QFETCH(const quint64, size);
  QFETCH(const quint64, topRow);
  QFETCH(const int, perRow);
  const HexGeometry geometry = geometryOf(size, perRow);
  const ByteRange range = geometry.rangeOfRows(topRow, 20);
  for (quint64 offset = range.begin; offset < range.end; ++offset) {
    for (const auto column : {HexColumn::Hex, HexColumn::Text}) {
      const QRectF cell = geometry.cellRect(column, offset, topRow);
      for (const QPointF point : {cell.center(), cell.topLeft(), cell.bottomRight() - QPointF(0.5, 0.5)}) {
        const auto place = geometry.placeAt(point.x(), point.y(), topRow);
        QCOMPARE(place.offset, offset);
        QCOMPARE(place.column, column);
        QVERIFY(place.exact);
      }
    }
  }
}

void TestHexGeometry::pointsBesideBytesFindTheNearest() {
  const HexGeometry geometry = geometryOf(100);
  const auto far = [&](qreal x, qreal y, quint64 top = 0) { return geometry.placeAt(x, y, top); };
  QCOMPARE(far(0, 5).offset, 0ULL);
  QVERIFY(!far(0, 5).exact);
  QCOMPARE(far(geometry.width() * 2, 5).offset, 15ULL);
  QCOMPARE(far(geometry.width() * 2, 5).column, HexColumn::Text);
  QCOMPARE(far(geometry.cellX(HexColumn::Hex, 3), 1e7).offset, 99ULL);
  QCOMPARE(far(geometry.cellX(HexColumn::Hex, 2), 1e7).offset, 98ULL);
  QCOMPARE(far(geometry.cellX(HexColumn::Hex, 2), -1e7, 5).offset, 2ULL);
  QCOMPARE(far(geometry.cellX(HexColumn::Hex, 2), -1, 5).offset, 4 * 16 + 2ULL);
  QVERIFY(!geometryOf(0).placeAt(100, 10, 0).exact);
  // The gap behind the eighth byte is the eighth byte's, but not its own cell.
  const qreal gap = geometry.cellX(HexColumn::Hex, 8) - 1;
  QCOMPARE(far(gap, 5).offset, 7ULL);
  QVERIFY(!far(gap, 5).exact);
}

void TestHexGeometry::asManyBytesAsFit() {
  QCOMPARE(HexGeometry::bytesThatFit(metrics, kibi, 0), 8);
  for (const int bytes : {8, 16, 24, 32, 64}) {
    const qreal width = geometryOf(kibi, bytes).width();
    QCOMPARE(HexGeometry::bytesThatFit(metrics, kibi, width), bytes);
    if (bytes > 8) QCOMPARE(HexGeometry::bytesThatFit(metrics, kibi, width - 1), bytes - 8);
  }
  QCOMPARE(HexGeometry::bytesThatFit(metrics, kibi, 1e6, 64), 64);
}

QTEST_APPLESS_MAIN(TestHexGeometry)
#include "tst_hex_geometry.moc"
