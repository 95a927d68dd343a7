// RibbonAxis against a list of every byte in the order in which it came.
#include "widgets/ribbon/ribbon_axis.h"

#include <QRandomGenerator>
#include <QTest>

using namespace octetscope;

namespace {

struct Sample {
  std::array<StreamView, 2> views;
  std::vector<RibbonAxis::Place> bytes;  // in the order of time
};

/// Chunks of these directions and sizes, one after the other.
Sample sampleOf(const std::vector<std::pair<Direction, quint64>> &chunks, bool hasTimes = true) {
  Sample sample;
  std::array<std::shared_ptr<ChunkTable>, 2> tables = {std::make_shared<ChunkTable>(), std::make_shared<ChunkTable>()};
  std::array<quint64, 2> sizes = {};
  qint64 time = 1000;
  for (const auto &[direction, size] : chunks) {
    const auto d = static_cast<std::size_t>(direction);
    time += 1 + static_cast<qint64>(size % 3);
    tables[d]->append({sizes[d], hasTimes ? time : noTime});
    for (quint64 i = 0; i < size; ++i) sample.bytes.push_back({direction, sizes[d] + i});
    sizes[d] += size;
  }
  for (std::size_t d = 0; d < 2; ++d) {
    const quint64 count = tables[d]->size();
    sample.views[d] = {ByteSnapshot::of(QByteArray(static_cast<qsizetype>(sizes[d]), 'x')), ChunkView(tables[d], count),
                       StreamEnd::Open, noTime};
  }
  return sample;
}

std::vector<std::pair<Direction, quint64>> randomChunks(quint32 seed, int count, int runLength, int most) {
  QRandomGenerator random(seed);
  std::vector<std::pair<Direction, quint64>> chunks;
  Direction direction = random.bounded(2) ? Direction::In : Direction::Out;
  for (int i = 0; i < count; ++i) {
    if (random.bounded(runLength) == 0) direction = opposite(direction);
    chunks.emplace_back(direction, 1 + random.bounded(most));
  }
  return chunks;
}

}  // namespace

class TestRibbonAxis : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void equalsTheListOfBytes_data() {
    QTest::addColumn<quint32>("seed");
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("runLength");
    QTest::addColumn<int>("most");
    quint32 seed = 0;
    for (const int count : {0, 1, 2, 3, 7, 64, 200}) {
      for (const int run : {1, 2, 9, 1000}) {
        for (const int most : {1, 5, 40})
          QTest::addRow("%d chunks, runs of %d, %d bytes", count, run, most) << ++seed << count << run << most;
      }
    }
  }
  void equalsTheListOfBytes() {
    QFETCH(quint32, seed);
    QFETCH(int, count);
    QFETCH(int, runLength);
    QFETCH(int, most);
    const Sample sample = sampleOf(randomChunks(seed, count, runLength, most));
    const RibbonAxis axis(std::nullopt, sample.views[0], sample.views[1]);
    QCOMPARE(axis.size(), static_cast<quint64>(sample.bytes.size()));
    std::array<quint64, 2> before = {};
    for (quint64 position = 0; position < axis.size(); ++position) {
      const RibbonAxis::Place place = sample.bytes[position];
      QVERIFY2(axis.placeAt(position) == place, qPrintable(QString::number(position)));
      QCOMPARE(axis.positionOf(place.direction, place.offset), position);
      QCOMPARE(axis.endOf(place.direction, place.offset + 1), position + 1);
      for (const Direction direction : {Direction::In, Direction::Out}) {
        QCOMPARE(axis.bytesBefore(direction, position), before[static_cast<std::size_t>(direction)]);
      }
      ++before[static_cast<std::size_t>(place.direction)];
      quint64 run = position;
      while (run < axis.size() && sample.bytes[run].direction == place.direction) ++run;
      QCOMPARE(axis.runEnd(place.direction, place.offset), sample.bytes[run - 1].offset + 1);
    }
    for (const Direction direction : {Direction::In, Direction::Out}) {
      QCOMPARE(axis.bytesBefore(direction, axis.size()), axis.sizeOf(direction));
      QCOMPARE(axis.bytesBefore(direction, ~0ULL), axis.sizeOf(direction));
      QCOMPARE(axis.endOf(direction, 0), 0ULL);
    }
  }

  void positionsNeverChange() {
    const auto chunks = randomChunks(77, 120, 3, 20);
    const Sample whole = sampleOf(chunks);
    const RibbonAxis all(std::nullopt, whole.views[0], whole.views[1]);
    for (std::size_t count = 0; count < chunks.size(); count += 7) {
      const Sample part = sampleOf({chunks.begin(), chunks.begin() + static_cast<std::ptrdiff_t>(count)});
      const RibbonAxis axis(std::nullopt, part.views[0], part.views[1]);
      for (quint64 position = 0; position < axis.size(); ++position) {
        QVERIFY(axis.placeAt(position) == all.placeAt(position));
      }
    }
  }

  void oneDirectionIsItsOffsets() {
    const Sample sample = sampleOf(randomChunks(5, 50, 2, 9));
    for (const Direction direction : {Direction::In, Direction::Out}) {
      const RibbonAxis axis(direction, sample.views[0], sample.views[1]);
      const quint64 size = sample.views[static_cast<std::size_t>(direction)].size();
      QCOMPARE(axis.size(), size);
      QCOMPARE(axis.sizeOf(opposite(direction)), 0ULL);
      QVERIFY(!axis.shows(opposite(direction)));
      for (quint64 at = 0; at < size; ++at) {
        QCOMPARE(axis.positionOf(direction, at), at);
        QVERIFY((axis.placeAt(at) == RibbonAxis::Place{direction, at}));
        QCOMPARE(axis.bytesBefore(direction, at), at);
      }
      QCOMPARE(axis.runEnd(direction, 0), size);
    }
  }

  void withoutTimesInComesFirst() {
    const Sample sample =
        sampleOf({{Direction::In, 3}, {Direction::In, 4}, {Direction::Out, 2}, {Direction::Out, 5}}, false);
    const RibbonAxis axis(std::nullopt, sample.views[0], sample.views[1]);
    for (quint64 position = 0; position < axis.size(); ++position) {
      QVERIFY(axis.placeAt(position) == sample.bytes[position]);
    }
  }

  /// Offsets far beyond 32 bits.
  void isExactAtTerabytes() {
    auto in = std::make_shared<ChunkTable>();
    auto out = std::make_shared<ChunkTable>();
    constexpr quint64 step = 1ULL << 34;
    for (quint64 i = 0; i < 100'000; ++i) {
      in->append({i * step, static_cast<qint64>(2 * i)});
      out->append({i * 3, static_cast<qint64>(2 * i + 1)});
    }
    // The bytes themselves are not looked at.
    const StreamView views[2] = {
        {ByteSnapshot(nullptr, 100'000 * step), ChunkView(in, 100'000), StreamEnd::Open, noTime},
        {ByteSnapshot(nullptr, 300'000), ChunkView(out, 100'000), StreamEnd::Open, noTime}};
    const RibbonAxis axis(std::nullopt, views[0], views[1]);
    for (const quint64 i : {0ULL, 1ULL, 77'777ULL, 99'998ULL}) {
      const quint64 position = i * step + 5 + 3 * i;
      QCOMPARE(axis.positionOf(Direction::In, i * step + 5), position);
      QVERIFY((axis.placeAt(position) == RibbonAxis::Place{Direction::In, i * step + 5}));
      QVERIFY((axis.placeAt((i + 1) * step + 3 * i + 1) == RibbonAxis::Place{Direction::Out, 3 * i + 1}));
    }
  }
};

QTEST_GUILESS_MAIN(TestRibbonAxis)
#include "tst_ribbon_axis.moc"
