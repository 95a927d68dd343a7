// Where the bytes of an example and the words below them stand: whatever messages and parts there are and however wide
// it is, each byte has its place, and no label lies on another or on another's line.
#include "widgets/help/example_geometry.h"

#include <QTest>

#include <random>

using namespace octetscope;

class TestExampleGeometry : public QObject {
  Q_OBJECT

  static std::vector<ByteRange> blocksOf(const std::vector<quint64> &sizes) {
    std::vector<ByteRange> blocks;
    for (const quint64 size : sizes) blocks.push_back(ByteRange::ofSize(blocks.empty() ? 0 : blocks.back().end, size));
    return blocks;
  }

  static int levelsOf(const ExampleGeometry &geometry) {
    int most = 0;
    for (const ExampleGeometry::Label &label : geometry.labels()) most = std::max(most, label.level + 1);
    return most;
  }

  /// What is wrong; empty: nothing.
  static QString flaw(const ExampleGeometry &geometry, const std::vector<ByteRange> &blocks) {
    double bottom = 0;
    for (std::size_t row = 0; row < geometry.rowCount(); ++row) {
      if (geometry.laneTop(row, 0) < bottom) return QStringLiteral("row %1 begins above the end of another").arg(row);
      if (geometry.cellTop(row) <= geometry.laneTop(row, 0)) return QStringLiteral("a lane lies on the bytes");
      bottom = geometry.cellBottom(row);
      for (const ExampleGeometry::Label &label : geometry.labels()) {
        if (label.bracket.row == row) bottom = std::max(bottom, label.box.bottom());
      }
    }
    if (bottom > geometry.height()) return QStringLiteral("it is higher than it says");
    QRectF before;
    for (quint64 at = 0; at < blocks.back().end; ++at) {
      const QRectF cell = geometry.cell(at);
      quint64 found = ~0ULL;
      if (!geometry.byteAt(cell.center().x(), cell.center().y(), found) || found != at) {
        return QStringLiteral("byte %1 is not at its place").arg(at);
      }
      if (cell.left() < 0 || cell.right() > geometry.width()) return QStringLiteral("byte %1 is outside").arg(at);
      const bool isNewBlock = std::ranges::any_of(blocks, [&](ByteRange block) { return block.begin == at; });
      if (at > 0 && cell.top() == before.top() && isNewBlock != (cell.left() > before.right() + 1)) {
        return QStringLiteral("byte %1: a gap where no message ends, or none where one does").arg(at);
      }
      before = cell;
    }
    for (const auto &a : geometry.labels()) {
      if (a.box.left() < -1 || a.box.right() > geometry.width() + 1) return QStringLiteral("a label is outside");
      if (a.leader < a.bracket.left || a.leader > a.bracket.right) return QStringLiteral("a line misses its bytes");
      if (a.leader < a.box.left() || a.leader > a.box.right()) return QStringLiteral("a line misses its label");
      for (const auto &b : geometry.labels()) {
        if (&a == &b || a.bracket.row != b.bracket.row) continue;
        if (a.box.intersects(b.box)) return QStringLiteral("labels lie on each other");
        const bool passes = b.level > a.level && b.leader > a.box.left() && b.leader < a.box.right();
        if (passes) return QStringLiteral("a line goes through a label");
      }
    }
    return {};
  }

 private Q_SLOTS:
  void standsWhereItShould() {
    std::minstd_rand random(17);
    for (int round = 0; round < 3000; ++round) {
      std::vector<quint64> sizes(1 + random() % 8);
      for (quint64 &size : sizes) size = 1 + random() % 40;
      const std::vector<ByteRange> blocks = blocksOf(sizes);
      std::vector<ExampleSegment> segments;
      for (const ByteRange &block : blocks) {
        for (quint64 at = block.begin; at < block.end;) {
          const quint64 end = std::min(block.end, at + 1 + random() % 9);
          segments.push_back({{at, end}, random() % 8 == 0 ? 0.0 : static_cast<double>(30 + random() % 200)});
          at = end;
        }
      }
      ExampleGeometry geometry;
      const ExampleMetrics metrics;
      geometry.set(metrics, blocks, segments, 1 + static_cast<int>(random() % 3),
                   static_cast<double>(300 + random() % 1100));
      QCOMPARE(flaw(geometry, blocks), QString());
      QVERIFY(!geometry.labels().empty() || segments.size() < 3);
    }
  }

  // Four short messages of four parts each, as `sync` has them: words do not step down to the cellar.
  void labelsStayNearTheBytes_data() {
    QTest::addColumn<double>("width");
    for (const int width : {560, 700, 1000, 1360}) QTest::addRow("%d", width) << static_cast<double>(width);
  }
  void labelsStayNearTheBytes() {
    QFETCH(double, width);
    std::vector<ByteRange> blocks = blocksOf({9, 6, 2, 6});
    std::vector<ExampleSegment> segments;
    for (const ByteRange &block : blocks) {
      if (block.size() == 2) {
        segments.push_back({block, 70});
        continue;
      }
      segments.push_back({{block.begin, block.begin + 2}, 90});
      segments.push_back({{block.begin + 2, block.begin + 3}, 80});
      segments.push_back({{block.begin + 3, block.end - 1}, 70});
      segments.push_back({{block.end - 1, block.end}, 130});
    }
    ExampleGeometry geometry;
    geometry.set({}, blocks, segments, 1, width);
    QCOMPARE(flaw(geometry, blocks), QString());
    QCOMPARE(geometry.labels().size(), segments.size());
    QVERIFY2(levelsOf(geometry) <= 4, qPrintable(QString::number(levelsOf(geometry))));
  }

  void aLongMessageIsWrapped() {
    const std::vector<ByteRange> blocks = blocksOf({100});
    ExampleGeometry geometry;
    geometry.set({}, blocks, {{{0, 100}, 60}}, 2, 24 * 20 + 60);
    QCOMPARE(geometry.rowCount(), 5U);
    QCOMPARE(geometry.piecesOf({10, 50}).size(), 3U);
    QCOMPARE(geometry.spansOf({0, 100}).size(), 5U);
    QCOMPARE(geometry.labels().size(), 1U);  // below its first piece
    quint64 offset = 0;
    QVERIFY(!geometry.byteAt(geometry.width() - 1, geometry.cellTop(0) + 1, offset));
    QVERIFY(!geometry.byteAt(1, geometry.cellTop(0) - 1, offset));
    // A narrow place has a few bytes a row all the same.
    geometry.set({}, blocks, {}, 1, 10);
    QCOMPARE(flaw(geometry, blocks), QString());
  }
};

QTEST_APPLESS_MAIN(TestExampleGeometry)
#include "tst_example_geometry.moc"
